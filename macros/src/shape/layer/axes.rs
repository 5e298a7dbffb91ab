//! What the two axes of a matrix mean: `[channels, length]` or `[length, features]`.

use super::super::Shape;
use super::super::infer::Inference;
use super::{Mend, Site};
use crate::words::{Family, Layer};

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

    fn transposed(self) -> Axes {
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

/// What a layer takes a matrix for.
fn taken(layer: &Layer) -> Axes {
    match (layer.family, layer.word) {
        (Family::Convolution | Family::Pooling, _) => Axes::Signal,
        (Family::Normalization, "batch_norm" | "group_norm" | "instance_norm") => Axes::Signal,
        (Family::Recurrence | Family::Attention, _) | (Family::Token, "tied") => Axes::Sequence,
        _ => Axes::Unknown,
    }
}

impl Inference<'_> {
    /// Whether a layer may take the matrix for what it takes it for; one that may not is reported.
    pub(super) fn takes_axes(&mut self, site: &Site<'_>) -> bool {
        let wanted = taken(site.call.word);
        if wanted == Axes::Unknown || self.axes == Axes::Unknown || self.axes == wanted {
            return true;
        }
        let what = format!(
            "`{}` takes {}, but {} gives {}{}",
            site.word(),
            wanted.text(),
            self.from,
            self.axes.text(),
            self.sizes_text()
        );
        let mend = match site.word() {
            "global_avg_pool" => Mend::Replace("mean_over_time".to_owned()),
            _ => Mend::Precede("transpose".to_owned()),
        };
        self.refuse(site, site.place(), what, mend);
        self.axes = Axes::Unknown;
        false
    }

    /// The sizes behind a colon, where the declaration gives them.
    pub(in super::super) fn sizes_text(&self) -> String {
        match &self.shape {
            Shape::Dims(_) => format!(": {}", self.shape.text()),
            _ => String::new(),
        }
    }

    /// Goes on to what the axes mean behind a layer that took `input`.
    pub(super) fn pass_axes(&mut self, site: &Site<'_>, input: &Shape) {
        let is_matrix = |shape: &Shape| match shape {
            Shape::Dims(dims) => dims.len() == 2,
            // Behind a signal only rustc may know the sizes, but a signal it stays.
            Shape::Computed(_) => self.axes != Axes::Unknown,
            _ => false,
        };
        self.axes = match (site.call.word.family, site.word()) {
            (_, "global_avg_pool" | "global_max_pool" | "take_last" | "mean_over_time") => {
                Axes::Unknown
            }
            (_, "transpose") => self.axes.transposed(),
            (_, "layer_norm" | "rms_norm" | "dropout" | "tied") => self.axes,
            (Family::Recurrence, _) if site.is_word("last", "true", false) => Axes::Unknown,
            (Family::Recurrence | Family::Attention | Family::Token, _) => Axes::Sequence,
            (Family::Arrangement, _) => Axes::Unknown,
            _ if is_matrix(input) => Axes::Signal,
            _ => Axes::Unknown,
        };
        self.keep_axes();
    }

    /// Only a matrix has axes that may mean the one or the other.
    pub(in super::super) fn keep_axes(&mut self) {
        if !matches!(&self.shape, Shape::Dims(dims) if dims.len() == 2)
            && !matches!(self.shape, Shape::Computed(_))
        {
            self.axes = Axes::Unknown;
        }
    }
}
