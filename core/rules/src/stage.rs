//! The rules of what is no layer of the language: stated shapes, dense layers, networks among the stages, and the
//! parts of compositions.

mod bridge;

use bridge::{bridge, is_channels_last, projection};

use crate::dims::{CHANNELS_FIRST, Dims, holds_zero, spread};
use crate::site::{Part, axes};
use crate::text::Text;

/// Where a stage stands.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What gives its input, as `stage 1`.
    pub from: &'a str,
    /// The parts of the declaration up to it.
    pub route: &'a [Part<'a>],
    /// The declaration in front of and behind what is to be written otherwise; or, with nothing behind, what a person
    /// has to decide.
    pub around: (&'a str, &'a str),
}

/// Two shapes that should be the same and are not.
#[derive(Clone, Copy, Debug)]
pub struct Mismatch {
    /// What is wrong, with numbers.
    pub what: Text,
    /// What would be right.
    pub mend: Mend,
}

/// What would be right where two shapes should be the same.
#[derive(Clone, Copy, Debug)]
pub enum Mend {
    /// This, in the place that [`Context::around`] leaves out.
    Write(Text),
    /// A person has to decide, by this sentence.
    Say(Text),
}

impl Mismatch {
    /// All that is said about it: what is wrong, the route, and the declaration as it should be.
    pub const fn message(&self, context: &Context<'_>) -> Text {
        let (front, behind) = context.around;
        let text = self.what.route(context.route).text("\nhelp: ");
        match &self.mend {
            Mend::Write(_) if behind.is_empty() && !front.is_empty() => text.text(front),
            Mend::Write(mended) => text.text(front).text(mended.as_str()).text(behind),
            Mend::Say(help) => text.text(help.as_str()),
        }
    }
}

/// How something is written that gives another shape than it should.
#[derive(Clone, Copy, Debug)]
pub enum Ending<'a> {
    /// A dense layer: all of it, and what stands in front of its width and behind it.
    Width(&'a str, [&'a str; 2]),
    /// A stage, or what closes a composition: others can stand behind it.
    Stage(&'a str),
    /// The stages of a residual, which a projection can stand beside.
    Residual,
    /// What takes the shape: others can stand in front of it.
    Taker(&'a str),
}

/// What gives a shape that another shape goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// The stages of a residual, which are added to its input.
    Residual,
    /// Its projection, which is added to its stages.
    Projection,
    /// The stages of a repeat, which are given what they give.
    Repeat,
    /// A branch of a sum behind the first, by its number.
    Sum(usize),
    /// A branch of a product behind the first, by its number.
    Product(usize),
    /// A branch of a concatenation behind the first, by its number, and along which axis.
    Concat(usize, usize),
}

/// The shape stated in the declaration is the one that comes.
pub const fn stated(stated: &[usize], gives: &[usize], context: &Context<'_>) -> Option<Mismatch> {
    if is_same(stated, gives) {
        return None;
    }
    let what = Text::new().text("the stated shape ").shape(stated).text(" does not hold: ");
    let what = what.text(context.from).text(" gives ").shape(gives);
    if is_channels_last(gives, stated) {
        let what = what.text(", which looks like [height, width, channels]");
        let mended = Text::new().text(CHANNELS_FIRST).text(" => ").shape(stated);
        return Some(Mismatch { what, mend: Mend::Write(mended) });
    }
    Some(Mismatch { what, mend: Mend::Write(Text::new().shape(gives)) })
}

/// A dense layer, which is called `name`, follows a vector. A sequence has to be known as one to the macro, which chooses
/// another type then: it is stated.
pub const fn dense(
    gives: &[usize],
    name: &str,
    written: &str,
    context: &Context<'_>,
) -> Option<Mismatch> {
    let (takes, front) = match gives.len() {
        _ if holds_zero(gives) => return None,
        1 => return None,
        2 => ("a vector or a stated [length, features]", Text::new().shape(gives)),
        _ => ("a vector or [length, features]", Text::new().text("flatten")),
    };
    let what = dense_takes(name, takes, context.from, Text::new().shape(gives).as_str());
    Some(Mismatch { what, mend: Mend::Write(front.text(" => ").text(written)) })
}

/// What is said where a dense layer, which is called `name`, takes something else than it gets.
pub const fn dense_takes(name: &str, takes: &str, from: &str, gives: &str) -> Text {
    let text = Text::new().text(name).text(" is a dense layer, which takes ").text(takes);
    text.text(", but ").text(from).text(" gives ").text(gives)
}

/// The network or layer `name` takes the shape that comes.
pub const fn accepted(
    takes: &[usize],
    gives: &[usize],
    name: &str,
    ending: Ending<'_>,
    context: &Context<'_>,
) -> Option<Mismatch> {
    if is_same(takes, gives) {
        return None;
    }
    let what = Text::new().text(name).text(" takes ").shape(takes).text(", but ");
    let what = what.text(context.from).text(" gives ").shape(gives);
    let mend = match ended(ending, gives, takes) {
        Some(mended) => Mend::Write(mended),
        None => {
            Mend::Say(Text::new().text("decide how ").shape(gives).text(" becomes ").shape(takes))
        }
    };
    Some(Mismatch { what, mend })
}

/// A stage that uses the table of the embedding `label` again takes as many features as that gives.
pub const fn tied(
    label: &str,
    gives: usize,
    fits: usize,
    ending: Ending<'_>,
    context: &Context<'_>,
) -> Option<Mismatch> {
    if is_same(&[gives], &[fits]) {
        return None;
    }
    let what = Text::new().text("`tied(").text(label).text(")` takes the ").number(fits as u128);
    let what = what.text(" features of the embedding, but ").text(context.from).text(" gives ");
    let what = what.number(gives as u128);
    let mend = match ended(ending, &[gives], &[fits]) {
        Some(mended) => Mend::Write(mended),
        None => Mend::Say(agreeing(&[gives], &[fits])),
    };
    Some(Mismatch { what, mend })
}

/// The activation `word` goes along an axis that a sample has. What stands in front of the number and behind it is how the
/// stage is written.
pub const fn along(
    word: &str,
    axis: usize,
    gives: &[usize],
    (front, behind): (&str, &str),
) -> Option<Mismatch> {
    if axis < gives.len() || holds_zero(gives) {
        return None;
    }
    let what = Text::new().text("`").text(word).text("` goes along axis ").number(axis as u128);
    let what = what.text(" of ").shape(gives).text(", which has ");
    let what = what.text(axes(gives.len())).text(": the batch is not counted");
    let last = gives.len().saturating_sub(1) as u128;
    let mended = Text::new().text(front).number(last).text(behind);
    Some(Mismatch { what, mend: Mend::Write(mended) })
}

/// What gives a shape gives the one that it is joined with, or, in sums and products, [`spread`] over it.
pub const fn joined(
    joined: Joined,
    gives: &[usize],
    with: &[usize],
    ending: Ending<'_>,
) -> Option<Mismatch> {
    let fits = match (joined, gives) {
        // That there is no such axis has been told.
        (Joined::Concat(_, axis), _) if axis >= with.len() => return None,
        (Joined::Concat(_, axis), _) if with.len() == gives.len() => {
            Dims::new(with).with(axis, gives[axis])
        }
        // A vector may be as long as it is.
        (Joined::Concat(..), [.., last]) if with.len() == 1 => match ending {
            Ending::Width(..) => Dims::new(&[*last]),
            _ => Dims::new(&[Dims::new(gives).values() as usize]),
        },
        (Joined::Sum(_) | Joined::Product(_), _) if spread(gives, with).is_some() => return None,
        _ => Dims::new(with),
    };
    if is_same(gives, fits.sizes()) {
        return None;
    }
    let (front, behind) = match joined {
        Joined::Residual => ("the stages of `residual` give ", ", but are added to its input of "),
        Joined::Projection => ("`project` gives ", ", but the stages it is added to give "),
        Joined::Repeat => ("the stages of `repeat` give ", ", but take "),
        Joined::Sum(_) => (" of `sum` gives ", ", but branch 1 gives "),
        Joined::Product(_) => (" of `product` gives ", ", but branch 1 gives "),
        Joined::Concat(..) => (" of `concat` gives ", ", but branch 1 gives "),
    };
    let what = match joined {
        Joined::Sum(branch) | Joined::Product(branch) | Joined::Concat(branch, _) => {
            Text::new().text("branch ").number(branch as u128).text(front)
        }
        Joined::Residual | Joined::Projection | Joined::Repeat => Text::new().text(front),
    };
    let what = what.shape(gives).text(behind).shape(with);
    let what = match joined {
        Joined::Concat(_, axis) => what.text(match axis {
            0 => ": they may differ in their first size only",
            1 => ": they may differ in their second size only",
            _ => ": they may differ in their third size only",
        }),
        _ => what,
    };
    if let Joined::Sum(_) | Joined::Product(_) = joined
        && let Some(mend) = spreading(gives, with, ending)
    {
        return Some(Mismatch { what, mend });
    }
    // What made a vector of one branch is not taken back.
    let is_open =
        matches!((joined, gives), (Joined::Sum(_) | Joined::Product(_) | Joined::Concat(..), [_]))
            && with.len() > 1;
    let mend = match ended(ending, gives, fits.sizes()) {
        Some(mended) if !is_open => Mend::Write(mended),
        _ => Mend::Say(agreeing(gives, with)),
    };
    Some(Mismatch { what, mend })
}

/// What would make of a branch one value for each channel or step of the first, or of the first one of the branch.
const fn spreading(gives: &[usize], with: &[usize], ending: Ending<'_>) -> Option<Mend> {
    if spread(with, gives).is_some() {
        let help = "put the branch that gives the shape of the whole first";
        return Some(Mend::Say(Text::new().text(help)));
    }
    let text = Text::new();
    if let ([channels, height, width], [all, rows, columns]) = (gives, with)
        && (*channels == *all || *channels == 1)
        && (*height == *rows || *height == 1)
        && (*width == *columns || *width == 1)
    {
        let text = text.text("one value stands for a channel, ").shape(&[*all, 1, 1]);
        return Some(Mend::Say(
            text.text(", or for a place in all of them, ").shape(&[1, *rows, *columns]),
        ));
    }
    let ([size], [first, .., last]) = (gives, with) else { return None };
    match (ending, with) {
        (Ending::Width(_, [front, behind]), [_, _, _]) => {
            Some(Mend::Write(text.text(front).number(*first as u128).text(behind)))
        }
        (Ending::Width(written, _) | Ending::Stage(written), [_, _]) if *size == *last => {
            let text = text.text(written).text(" => reshape").shape(&[1, *last]);
            Some(Mend::Write(text))
        }
        (Ending::Width(..) | Ending::Stage(_), _) => {
            let text = text.text("give one value for each channel, ").shape(&[*first]);
            Some(Mend::Say(text.text(", or as many as branch 1")))
        }
        (Ending::Residual | Ending::Taker(_), _) => None,
    }
}

/// What to decide where shapes that are joined differ.
const fn agreeing(gives: &[usize], with: &[usize]) -> Text {
    Text::new().text(match (gives, with) {
        ([_, rows, columns], [_, height, width]) if *rows == *height && *columns == *width => {
            "bring both to as many channels"
        }
        ([_, _, _], [_, _, _]) => {
            "bring both to the same height and width, for example by `padding: same`"
        }
        ([first, _], [same, _]) if *first == *same => {
            "bring both to as many features at each step, or, of a signal, to the same length"
        }
        ([_, _], [_, _]) => "bring both to the same sizes",
        _ => "bring both to as many sizes, for example by `flatten`",
    })
}

/// The shape of branches that stand one behind the other along an axis. Where one is not known, or they disagree in another
/// size than that one, or there is no such axis, which is reported there, all are zero.
pub const fn concatenated(axis: usize, branches: &[&[usize]]) -> Dims {
    let mut output = Dims::new(branches[0]);
    let mut is_known = !output.is_empty() && axis < output.rank();
    let mut index = 1;
    while index < branches.len() {
        let branch = Dims::new(branches[index]);
        let how = Joined::Concat(index + 1, axis);
        is_known &= !branch.is_empty()
            && joined(how, branch.sizes(), branches[0], Ending::Residual).is_none();
        if is_known {
            output = output.with(axis, output.size(axis).saturating_add(branch.size(axis)));
        }
        index += 1;
    }
    if is_known { output } else { Dims::new([0; 3].split_at(output.rank()).0) }
}

/// An ending that gives another shape, where a width, or a stage that keeps apart what is apart, makes the difference.
const fn ended(ending: Ending<'_>, gives: &[usize], fits: &[usize]) -> Option<Text> {
    let text = Text::new();
    match (ending, gives, fits) {
        (Ending::Width(_, [front, behind]), [_], [size]) => {
            Some(text.text(front).number(*size as u128).text(behind))
        }
        // At each step of a sequence no width gives a vector.
        (Ending::Width(_, [front, behind]), [_, _], [size]) => {
            Some(text.text("flatten => ").text(front).number(*size as u128).text(behind))
        }
        (Ending::Width(_, [front, behind]), [steps, _], [length, size]) if *steps == *length => {
            Some(text.text(front).number(*size as u128).text(behind))
        }
        (Ending::Width(written, _) | Ending::Stage(written), ..) => {
            bridge(gives, fits, text.text(written).text(" => "))
        }
        (Ending::Residual, ..) => match projection(fits, gives, text.text("; project: ")) {
            Some(text) => Some(text.text(")")),
            None => None,
        },
        (Ending::Taker(written), ..) => match bridge(gives, fits, text) {
            Some(text) => Some(text.text(" => ").text(written)),
            None => None,
        },
    }
}

/// Whether two shapes are the same. One with a size of zero has been reported where it stands and fits any other.
pub const fn is_same(left: &[usize], right: &[usize]) -> bool {
    if holds_zero(left) || holds_zero(right) {
        return true;
    }
    if left.len() != right.len() {
        return false;
    }
    let mut axis = 0;
    while axis < left.len() {
        if left[axis] != right[axis] {
            return false;
        }
        axis += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: Context<'static> = Context {
        from: "stage 1",
        route: &[("10", &[]), ("relu H", &[32]), ("Encoder", &[])],
        around: ("< 10 => ", " => Encoder >"),
    };

    fn said(mismatch: Option<Mismatch>) -> Text {
        mismatch.expect("they do not fit").message(&CONTEXT)
    }

    extern crate std;

    #[test]
    fn a_message_holds_shapes_route_and_help() {
        let ending = Ending::Width("relu H", ["relu ", ""]);
        let at_each_step = accepted(&[16], &[3, 26], "stage 2 `Encoder`", ending, &CONTEXT);
        assert!(said(at_each_step).as_str().ends_with("< 10 => flatten => relu 16 => Encoder >"));
        let accepted = accepted(&[16], &[32], "stage 2 `Encoder`", ending, &CONTEXT);
        assert_eq!(
            said(accepted).as_str(),
            "stage 2 `Encoder` takes [16], but stage 1 gives [32]\n\
             route: 10 => relu H (gives [32]) => Encoder\n\
             help: < 10 => relu 16 => Encoder >"
        );
    }

    #[test]
    fn what_fits_passes() {
        assert!(stated(&[1, 28, 28], &[1, 28, 28], &CONTEXT).is_none());
        assert!(dense(&[16], "stage 2", "2", &CONTEXT).is_none());
        assert!(joined(Joined::Repeat, &[10], &[10], Ending::Stage("10")).is_none());
        assert!(
            joined(Joined::Concat(2, 0), &[3, 7], &[2, 7], Ending::Stage("conv(3, 1)")).is_none()
        );
        // Reported where it stands.
        assert!(stated(&[0], &[16], &CONTEXT).is_none());
        assert!(stated(&[4, 4], &[0], &CONTEXT).is_none());
        assert!(dense(&[2, 0], "stage 2", "2", &CONTEXT).is_none());
        assert!(along("softmax", 1, &[0], ("", "")).is_none());
        assert_eq!(concatenated(0, &[&[2, 7, 7], &[2, 6, 7]]).sizes(), [0; 3]);
        assert_eq!(concatenated(0, &[&[2], &[0], &[3]]).sizes(), [0]);
        let branches: [&[usize]; 3] = [&[2, 7, 7], &[3, 7, 7], &[1, 7, 7]];
        assert_eq!(concatenated(0, &branches).sizes(), [6, 7, 7]);
        assert_eq!(concatenated(1, &[&[2, 7, 7], &[2, 6, 7]]).sizes(), [2, 13, 7]);
        assert_eq!(concatenated(2, &[&[2, 7], &[2, 7]]).sizes(), [0; 2]);
        assert!(joined(Joined::Product(2), &[2], &[2, 7, 7], Ending::Stage("relu")).is_none());
        assert!(joined(Joined::Sum(2), &[1, 7], &[2, 7], Ending::Stage("relu")).is_none());
    }

    #[test]
    fn an_axis_is_one_that_there_is() {
        let written = ("soft: softmax(axis: ", ") conv(2, 1)");
        assert!(along("softmax", 2, &[2, 9, 9], written).is_none());
        assert_eq!(
            said(along("softmax", 3, &[2, 9, 9], written)).as_str(),
            "`softmax` goes along axis 3 of [2, 9, 9], which has the axes 0, 1 and 2: the batch is not counted\n\
             route: 10 => relu H (gives [32]) => Encoder\n\
             help: < 10 => soft: softmax(axis: 2) conv(2, 1) => Encoder >"
        );
        let of_vector = said(along("log_softmax", 1, &[9], ("log_softmax(axis: ", ")")));
        assert!(of_vector.as_str().contains("axis 1 of [9], which has axis 0 alone"));
    }

    #[test]
    fn a_dense_layer_takes_a_vector() {
        let of = |gives: &[usize]| said(dense(gives, "stage 3", "relu 2", &CONTEXT));
        assert!(of(&[9, 2]).as_str().ends_with("help: < 10 => [9, 2] => relu 2 => Encoder >"));
        assert!(of(&[2, 9, 2]).as_str().ends_with("help: < 10 => flatten => relu 2 => Encoder >"));
    }

    #[test]
    fn what_is_joined_is_brought_to_the_shape_of_the_other() {
        let of = |how, gives: &[usize], with: &[usize], ending| {
            let mismatch = joined(how, gives, with, ending).expect("they do not fit");
            let (Mend::Write(mend) | Mend::Say(mend)) = mismatch.mend;
            [mismatch.what, mend].map(|text| std::string::String::from(text.as_str()))
        };
        let [what, mended] = of(Joined::Residual, &[8, 4, 4], &[4, 8, 8], Ending::Residual);
        assert_eq!(
            what,
            "the stages of `residual` give [8, 4, 4], but are added to its input of [4, 8, 8]"
        );
        assert_eq!(mended, "; project: conv(8, 1, stride: 2))");
        let width = Ending::Width("tanh 12", ["tanh ", ""]);
        let [what, mended] = of(Joined::Sum(2), &[12], &[16], width);
        assert_eq!(what, "branch 2 of `sum` gives [12], but branch 1 gives [16]");
        assert_eq!(mended, "tanh 16");
        let width = Ending::Width("dense(12, bias: false)", ["dense(", ", bias: false)"]);
        assert_eq!(of(Joined::Sum(2), &[12], &[16], width)[1], "dense(16, bias: false)");
        let [what, mended] =
            of(Joined::Concat(3, 0), &[4, 8, 8], &[2, 6, 6], Ending::Stage("conv(4, 1)"));
        assert_eq!(
            what,
            "branch 3 of `concat` gives [4, 8, 8], but branch 1 gives [2, 6, 6]: \
             they may differ in their first size only"
        );
        assert_eq!(
            mended,
            "bring both to the same height and width, for example by `padding: same`"
        );
        let [_, mended] = of(Joined::Concat(2, 0), &[24], &[2, 3, 4], Ending::Stage("flatten"));
        assert_eq!(mended, "bring both to as many sizes, for example by `flatten`");
        let [_, mended] = of(Joined::Concat(2, 0), &[2, 3, 5], &[24], Ending::Stage("relu"));
        assert_eq!(mended, "relu => flatten");
        let width = Ending::Width("relu 8", ["relu ", ""]);
        assert_eq!(of(Joined::Concat(2, 0), &[4, 8], &[12], width)[1], "flatten => relu 8");
        assert_eq!(of(Joined::Sum(2), &[4, 8], &[4, 6], width)[1], "relu 6");
        let [_, mended] = of(Joined::Sum(2), &[9, 8, 3], &[3, 9, 8], Ending::Stage("relu"));
        assert_eq!(mended, "relu => permute[2, 0, 1]");
        let gates = |gives: &[usize], with: &[usize]| of(Joined::Product(2), gives, with, width);
        let [what, mended] = gates(&[4], &[16, 5, 5]);
        assert_eq!(what, "branch 2 of `product` gives [4], but branch 1 gives [16, 5, 5]");
        assert_eq!(mended, "relu 16");
        assert_eq!(gates(&[6], &[4, 6])[1], "relu 8 => reshape[1, 6]");
        assert_eq!(
            gates(&[5], &[4, 6])[1],
            "give one value for each channel, [4], or as many as branch 1"
        );
        assert_eq!(
            gates(&[4, 6], &[4])[1],
            "put the branch that gives the shape of the whole first"
        );
        let [what, _] = of(Joined::Concat(2, 1), &[4, 8, 9], &[2, 6, 9], Ending::Stage("relu"));
        assert!(what.ends_with("[2, 6, 9]: they may differ in their second size only"));
        let [_, mended] = of(Joined::Sum(2), &[5, 8, 8], &[4, 8, 8], Ending::Stage("conv(5, 1)"));
        assert_eq!(mended, "bring both to as many channels");
        let [_, mended] = of(Joined::Repeat, &[12], &[3, 4], Ending::Stage(")"));
        assert_eq!(mended, ") => reshape[3, 4]");
    }
}
