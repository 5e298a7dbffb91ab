//! What the two axes of a matrix mean: `[channels, length]` or `[length, features]`.

use static_net_rules::words::{Axes, Behind};

use super::super::Shape;
use super::super::infer::Inference;
use super::{Mend, PlacedLayer};
use crate::ast::{Dim, Operation, Stage, StageKind, Value};
use crate::diagnostic::{Help, Reported};
use crate::words::{Gives, Rule};

/// What has a recurrent layer give one step, behind its other arguments.
const LAST: &str = ", last: true";

impl Inference<'_> {
    /// Refuses a matrix that a layer takes for something else.
    pub(super) fn takes_axes(&mut self, placed: &PlacedLayer<'_>) -> Result<(), Reported> {
        let wanted = placed.call.word.takes;
        if wanted == Axes::Unknown || self.axes == Axes::Unknown || self.axes == wanted {
            return Ok(());
        }
        let what = format!(
            "`{}` takes {}, but {} gives {}{}",
            placed.call.word.word,
            wanted.text(),
            self.from,
            self.axes.text(),
            self.sizes_text()
        );
        let same = match (placed.call.word.rule, placed.is_renamed()) {
            (Rule::GlobalAvgPool, _) => Some("mean_over_time"),
            (Rule::GlobalMaxPool, _) => Some("max_over_time"),
            // What another library calls so may go over either.
            (Rule::MeanOverTime, true) => Some("global_avg_pool"),
            (Rule::MaxOverTime, true) => Some("global_max_pool"),
            _ => None,
        };
        let mend = match same {
            Some(word) => Mend::Stage(format!("{}{word}", placed.front())),
            None => Mend::Precede("transpose".to_owned()),
        };
        let told = self.faults.len();
        let reported = self.refuse(placed, placed.place(), what, mend);
        if placed.is_renamed() {
            self.faults.truncate(told);
        }
        self.axes = Axes::Unknown;
        Err(reported)
    }

    /// Refuses what takes a sequence, behind a stage that gives one step of it alone.
    pub(super) fn takes_steps(&mut self, placed: &PlacedLayer<'_>) -> Result<(), Reported> {
        let is_vector = matches!(&self.shape, Shape::Dims(dims) if dims.len() == 1);
        if placed.call.word.takes != Axes::Sequence || !is_vector {
            return Ok(());
        }
        let front = self.siblings.iter().rev().find(|front| front.part < placed.stage.part);
        let Some(front) = front.filter(|front| gives_one_step(front)) else { return Ok(()) };
        let (word, before) = (placed.call.word.word, &front.operation);
        let what =
            format!("`{word}` takes a sequence [length, features], but `{before}` gives one step");
        let whole = (self.mended_so_far(front.part))
            .filter(|front| placed.call.word.gives != Gives::OneStep && front.contains(LAST));
        let help = if placed.call.word.rule == Rule::TakeLast {
            let label = placed.front().strip_suffix(&format!("{} ", placed.stage.activation));
            let same = match (placed.front(), label) {
                ("", _) => None,
                (front, Some(_)) if placed.activation.is_some() => {
                    Some(front.trim_end().to_owned())
                }
                (label, _) => Some(format!("{label}identity")),
            };
            self.mended.push((placed.stage.part, same));
            Help::Shapes
        } else if let Some(whole) = whole {
            self.mended.push((front.part, Some(whole.replacen(LAST, "", 1))));
            self.shape = Shape::Dims(vec![Dim::Faulty]);
            Help::Shapes
        } else {
            self.shape = Shape::Dims(vec![Dim::Faulty]);
            Help::Text("leave out one of the two, so that one takes the steps".to_owned())
        };
        Err(self.report(placed, placed.place(), what, help))
    }

    /// The sizes behind a colon, where the declaration gives them.
    pub(in super::super) fn sizes_text(&self) -> String {
        match &self.shape {
            Shape::Dims(dims) if dims.iter().all(|dim| dim.text() != Dim::UNKNOWN) => {
                format!(": {}", self.shape.text())
            }
            _ => String::new(),
        }
    }

    /// Goes on to what the axes mean behind a layer that took `input`.
    pub(super) fn pass_axes(&mut self, placed: &PlacedLayer<'_>, input: &Shape) {
        let is_matrix = |shape: &Shape| match shape {
            Shape::Dims(dims) => dims.len() == 2,
            // Behind a signal only rustc may know the sizes, but a signal it stays.
            Shape::Computed(_) => self.axes != Axes::Unknown,
            _ => false,
        };
        self.axes = match placed.call.word.behind {
            Behind::Same => self.axes,
            Behind::Transposed => self.axes.transposed(),
            Behind::Sequence if !placed.is_word("last", "true") => Axes::Sequence,
            Behind::Signal if is_matrix(input) => Axes::Signal,
            Behind::Sequence | Behind::Signal | Behind::Unknown => Axes::Unknown,
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

/// Whether a stage gives one step of a sequence, or what stands for all of them.
fn gives_one_step(stage: &Stage) -> bool {
    let StageKind::Layer { operation: Some(Operation::Layer(call)), .. } = &stage.kind else {
        return false;
    };
    let is_last = |slot: usize| {
        call.arguments[slot]
            .as_ref()
            .is_some_and(|argument| matches!(&argument.value, Value::Word(flag) if flag == "true"))
    };
    call.word.gives == Gives::OneStep || call.word.argument("last").is_some_and(is_last)
}
