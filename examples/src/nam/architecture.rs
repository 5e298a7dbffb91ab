//! What shape a network has.

use std::fmt;

/// What shape a network has, as a `.nam` file says it.
#[derive(Clone, Debug, PartialEq)]
pub enum Architecture {
    /// Long short-term memories, one behind the other, and a dense layer.
    Lstm {
        /// How many.
        layers: usize,
        /// How many units each has.
        hidden: usize,
    },
    /// Groups of layers.
    WaveNet(Vec<Group>),
}

/// Layers of a WaveNet that have equally many channels, and the head that makes the output of the values in all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Channels of each layer.
    pub channels: usize,
    /// For each layer, how many samples its convolution looks at.
    pub kernels: Vec<usize>,
    /// For each layer, how far these are from each other.
    pub dilations: Vec<usize>,
    /// The activation of all layers.
    pub activation: String,
    /// Whether a sigmoid gates each hidden value.
    pub is_gated: bool,
    /// Channels that the head gives.
    pub head_size: usize,
    /// How many samples the head looks at.
    pub head_kernel: usize,
    /// Whether the head adds something of its own.
    pub head_bias: bool,
}

impl Architecture {
    /// How many samples there are on which an output depends, if there is an end to them.
    pub fn receptive_field(&self) -> Option<usize> {
        let Architecture::WaveNet(groups) = self else { return None };
        let past = |kernel: usize, dilation: usize| (kernel - 1) * dilation;
        let of_group = |group: &Group| {
            let layers = group.kernels.iter().zip(&group.dilations);
            layers.map(|(&kernel, &dilation)| past(kernel, dilation)).sum::<usize>()
                + past(group.head_kernel, 1)
        };
        Some(1 + groups.iter().map(of_group).sum::<usize>())
    }

    /// In what this one differs from another, each as `what: this, not that`.
    pub fn differences(&self, other: &Architecture) -> Vec<String> {
        let [ours, theirs] = [self, other].map(Architecture::facts);
        let mut found = Vec::new();
        for index in 0..ours.len().max(theirs.len()) {
            match (ours.get(index), theirs.get(index)) {
                (Some(our), Some(their)) if our == their => {}
                (Some((name, our)), Some((other, their))) if name == other => {
                    found.push(format!("{name}: {our}, not {their}"));
                }
                (our, their) => {
                    let show = |fact: Option<&(String, String)>| {
                        fact.map_or("nothing".to_owned(), |(name, value)| format!("{name} {value}"))
                    };
                    found.push(format!("{}, not {}", show(our), show(their)));
                }
            }
        }
        found
    }

    fn facts(&self) -> Vec<(String, String)> {
        let fact = |name: &str, value: &dyn fmt::Debug| (name.to_owned(), format!("{value:?}"));
        match self {
            Architecture::Lstm { layers, hidden } => {
                vec![fact("num_layers", layers), fact("hidden_size", hidden)]
            }
            Architecture::WaveNet(groups) => {
                let of_group = |(index, group): (usize, &Group)| {
                    let facts = [
                        fact("channels", &group.channels),
                        fact("kernel sizes", &group.kernels),
                        fact("dilations", &group.dilations),
                        fact("activation", &group.activation),
                        fact("gated", &group.is_gated),
                        fact("head size", &group.head_size),
                        fact("kernel of the head", &group.head_kernel),
                        fact("bias of the head", &group.head_bias),
                    ];
                    facts.map(|(name, value)| (format!("layers[{index}] {name}"), value))
                };
                groups.iter().enumerate().flat_map(of_group).collect()
            }
        }
    }
}

/// In a few words: kind and sizes.
impl fmt::Display for Architecture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Architecture::Lstm { layers, hidden } => write!(f, "LSTM, {layers} of {hidden} units"),
            Architecture::WaveNet(groups) => {
                write!(f, "WaveNet")?;
                for Group { channels, dilations, is_gated, .. } in groups {
                    let gated = if *is_gated { "gated " } else { "" };
                    let many = if dilations.len() == 1 { "" } else { "s" };
                    write!(f, ", {} {gated}layer{many} of {channels} channels", dilations.len())?;
                }
                Ok(())
            }
        }
    }
}
