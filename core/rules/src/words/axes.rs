//! What the two axes of a matrix mean: `[channels, length]` or `[length, features]`.

/// What the axes of a matrix mean. Its sizes do not tell, but the layer that gives it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axes {
    /// Anything, and all that is no matrix.
    Unknown,
    /// `[channels, length]`, which convolutions and pools give.
    Signal,
    /// `[length, features]`, which embeddings, recurrent layers and attention give.
    Sequence,
}

impl Axes {
    /// With its article, as a person reads it.
    pub fn text(self) -> &'static str {
        match self {
            Axes::Unknown => "a matrix",
            Axes::Signal => "a signal [channels, length]",
            Axes::Sequence => "a sequence [length, features]",
        }
    }

    /// Of the transposed matrix.
    pub fn transposed(self) -> Axes {
        match self {
            Axes::Unknown => Axes::Unknown,
            Axes::Signal => Axes::Sequence,
            Axes::Sequence => Axes::Signal,
        }
    }

    /// Behind a composition, where its parts mean these: what is known of all of them.
    pub fn common(all: impl IntoIterator<Item = Axes>) -> Axes {
        let known = |axes: &Axes| *axes != Axes::Unknown;
        let mut all = all.into_iter().filter(known);
        let first = all.next().unwrap_or(Axes::Unknown);
        if all.all(|axes| axes == first) { first } else { Axes::Unknown }
    }
}

/// What the axes of a matrix mean behind a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// Nothing that is known.
    Unknown,
    /// The same as in front of it.
    Same,
    /// The other way round.
    Transposed,
    /// A signal where one stands in front of it, or any other matrix.
    Signal,
    /// A sequence.
    Sequence,
}
