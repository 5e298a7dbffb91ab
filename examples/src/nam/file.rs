//! `.nam` files.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};

use super::architecture::{Architecture, Group};

/// What a `.nam` file holds: the shape of a network, and its values one behind the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The shape.
    pub architecture: Architecture,
    /// The values, as NAM orders them.
    pub weights: Vec<f32>,
    /// Samples a second of what it was trained on, if the file says so.
    pub rate: Option<u32>,
}

impl Model {
    /// Reads a file. Where it holds several networks it is that of this number, counted from the smallest, or the largest.
    ///
    /// # Errors
    /// If it cannot be read, is none of Neural Amp Modeler, or has a part that no network here has; the message names it.
    pub fn open(path: &Path, size: Option<usize>) -> Result<Self> {
        let context = || format!("cannot take {}", path.display());
        let text = std::fs::read(path).with_context(context)?;
        let file: Value = serde_json::from_slice(&text).with_context(context)?;
        Self::of(&file, size).with_context(context)
    }

    pub(super) fn of(file: &Value, size: Option<usize>) -> Result<Self> {
        let name = get(file, "architecture")?.as_str().context("`architecture` is no name")?;
        let config = get(file, "config")?;
        if name == "SlimmableContainer" {
            let all = get(config, "submodels")?.as_array().context("`submodels` is no list")?;
            let index = size.unwrap_or(all.len().saturating_sub(1));
            let one = all.get(index).with_context(|| {
                format!("there are {} networks in it, counted from 0", all.len())
            })?;
            return Self::of(get(one, "model")?, None);
        }
        ensure!(size.is_none_or(|size| size == 0), "there is one network in it, number 0");
        let architecture = match name {
            "LSTM" => lstm(config)?,
            "WaveNet" => wave_net(config)?,
            _ => bail!("its architecture is {name}, and not LSTM, WaveNet or SlimmableContainer"),
        };
        let weights = get(file, "weights")?.as_array().context("`weights` is no list")?;
        let weights = weights.iter().map(|weight| weight.as_f64().map(|weight| weight as f32));
        let rate = file.get("sample_rate").and_then(Value::as_f64).map(|rate| rate as u32);
        let weights = weights.collect::<Option<_>>().context("a weight is no number")?;
        Ok(Model { architecture, weights, rate })
    }
}

fn lstm(config: &Value) -> Result<Architecture> {
    only(config, &["input_size", "hidden_size", "num_layers"])?;
    neutral(config, "input_size", &Value::from(1))?;
    Ok(Architecture::Lstm {
        layers: number(config, "num_layers")?,
        hidden: number(config, "hidden_size")?,
    })
}

fn wave_net(config: &Value) -> Result<Architecture> {
    only(config, &["layers", "head_scale"])?;
    let layers = get(config, "layers")?.as_array().context("`layers` is no list")?;
    let mut channels = 1;
    let mut groups = Vec::new();
    for (index, layer) in layers.iter().enumerate() {
        let group = group(layer, channels).with_context(|| format!("layers[{index}]"))?;
        channels = group.channels;
        groups.push(group);
    }
    Ok(Architecture::WaveNet(groups))
}

/// What of a group is read here.
const PARTS: [&str; 17] = [
    "input_size",
    "condition_size",
    "channels",
    "bottleneck",
    "dilations",
    "kernel_size",
    "kernel_sizes",
    "activation",
    "secondary_activation",
    "gated",
    "gating_mode",
    "groups_input",
    "groups_input_mixin",
    "layer1x1",
    "head",
    "head_size",
    "head_bias",
];

/// A group whose first layer stands behind so many channels.
fn group(config: &Value, channels_before: usize) -> Result<Group> {
    only(config, &PARTS)?;
    let channels = number(config, "channels")?;
    for (name, value) in [
        ("input_size", channels_before),
        ("condition_size", 1),
        ("bottleneck", channels),
        ("groups_input", 1),
        ("groups_input_mixin", 1),
    ] {
        neutral(config, name, &Value::from(value))?;
    }
    if let Some(layer) = config.get("layer1x1").filter(|layer| !layer.is_null()) {
        neutral(layer, "active", &Value::from(true)).context("`layer1x1`")?;
        neutral(layer, "groups", &Value::from(1)).context("`layer1x1`")?;
    }

    let dilations = numbers(get(config, "dilations")?).context("`dilations`")?;
    let kernels = match config.get("kernel_sizes") {
        Some(sizes) => numbers(sizes).context("`kernel_sizes`")?,
        None => vec![number(config, "kernel_size")?; dilations.len()],
    };
    ensure!(
        kernels.len() == dilations.len(),
        "there are not as many `kernel_sizes` as `dilations`"
    );
    let mode = match (config.get("gating_mode"), config.get("gated")) {
        (Some(mode), _) => same(mode, "gating_mode")?.as_str().unwrap_or_default(),
        (None, Some(Value::Bool(true))) => "gated",
        _ => "none",
    };
    ensure!(["none", "gated"].contains(&mode), "`gating_mode` is {mode}, and not none or gated");
    let is_gated = mode == "gated";
    if let (true, Some(activation)) = (is_gated, config.get("secondary_activation")) {
        let activation = name_of(same(activation, "secondary_activation")?)?;
        ensure!(activation == "Sigmoid", "`secondary_activation` is {activation}, and not Sigmoid");
    }
    let (head_size, head_kernel, head_bias) =
        match config.get("head").filter(|head| !head.is_null()) {
            Some(head) => {
                only(head, &["out_channels", "kernel_size", "bias"]).context("`head`")?;
                (number(head, "out_channels")?, number(head, "kernel_size")?, get(head, "bias")?)
            }
            None => (number(config, "head_size")?, 1, get(config, "head_bias")?),
        };
    Ok(Group {
        channels,
        kernels,
        dilations,
        activation: name_of(same(get(config, "activation")?, "activation")?)?,
        is_gated,
        head_size,
        head_kernel,
        head_bias: head_bias.as_bool().context("the bias of the head is not true or false")?,
    })
}

/// An activation with its argument, as `LeakyReLU(0.01)`.
fn name_of(activation: &Value) -> Result<String> {
    let slope = |activation: &Value| activation.get("negative_slope").and_then(Value::as_f64);
    match activation {
        Value::String(name) if name == "LeakyReLU" => Ok(format!("{name}(0.01)")),
        Value::String(name) => Ok(name.clone()),
        _ => {
            let name = get(activation, "type")?.as_str().context("an activation without a name")?;
            Ok(match slope(activation) {
                Some(slope) => format!("{name}({slope})"),
                None => name.to_owned(),
            })
        }
    }
}

fn get<'a>(value: &'a Value, name: &str) -> Result<&'a Value> {
    value.get(name).with_context(|| format!("it has no `{name}`"))
}

fn number(value: &Value, name: &str) -> Result<usize> {
    let number = get(value, name)?.as_u64().filter(|&number| number > 0);
    Ok(number.with_context(|| format!("`{name}` is no size"))? as usize)
}

fn numbers(value: &Value) -> Result<Vec<usize>> {
    let sizes = value.as_array().context("no list")?.iter();
    let sizes = sizes.map(|size| size.as_u64().filter(|&size| size > 0).map(|size| size as usize));
    sizes.collect::<Option<_>>().context("one of them is no size")
}

/// What stands there once for all layers, or for each of them but always the same.
fn same<'a>(value: &'a Value, name: &str) -> Result<&'a Value> {
    let Some(all) = value.as_array() else { return Ok(value) };
    let first = all.first().with_context(|| format!("`{name}` is empty"))?;
    ensure!(all.iter().all(|other| other == first), "`{name}` is not the same for all layers");
    Ok(first)
}

/// Refuses a part that stands there with another value than the one that changes nothing.
fn neutral(config: &Value, name: &str, value: &Value) -> Result<()> {
    match config.get(name) {
        Some(found) if found != value => bail!("`{name}` is {found}, and not {value}"),
        _ => Ok(()),
    }
}

/// Refuses what stands there beside these names, unless it is said to be missing.
fn only(config: &Value, names: &[&str]) -> Result<()> {
    let is_missing = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::Object(part) => part.get("active") == Some(&Value::Bool(false)),
        _ => false,
    };
    let parts = config.as_object().into_iter().flat_map(Map::iter);
    let mut others =
        parts.filter(|(name, value)| !names.contains(&name.as_str()) && !is_missing(value));
    match others.next() {
        Some((name, _)) => bail!("it has a `{name}`, which no network here has"),
        None => Ok(()),
    }
}
