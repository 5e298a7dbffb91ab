//! Checks that only rustc can make, because a size is a const or another network's.
//!
//! `network!` calls these in constants. A check that fails panics while the constant is computed, with
//! a text that holds the numbers, and rustc puts its caret on the user's tokens.

mod arrangement;
mod attention;
mod normalization;
mod output;
mod recurrence;
mod sequence;
mod spatial;
mod text;
mod tokens;

pub use arrangement::{flatten, permute, reshape};
pub use attention::{heads, pairs, positions, projected, rotary};
pub use normalization::{groups_of, instances, normalized};
pub use output::{Slid, adaptive, global, mode, slide, spread, upsample};
pub use recurrence::{Recurred, recurrent};
pub use sequence::{features, sequence, takes_sequence};
pub use spatial::{
    Spatial, causal, causal_stride, depthwise, dilation, groups, kernel, out, output_padding,
    padding, pool_padding, same, spatial, stride,
};

pub use tokens::{kind, steps, vocabulary};

pub(crate) use text::Text;

use crate::layer::Layer;
use crate::parameters::{Parameters, Tensors};
use crate::scalar::Float;
use crate::shape::Dims;

/// How a shape came to be, and what to write instead.
#[derive(Clone, Copy, Debug)]
pub struct Route<'a> {
    /// The parts of the declaration up to the one that is checked, each with the shape that it gives
    /// where its text does not show it.
    pub parts: &'a [(&'a str, &'a [usize])],
    /// The declaration in front of and behind the size that would fit; empty where none is known.
    pub help: (&'a str, &'a str),
}

/// A layer that is checked.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// Its word.
    pub name: &'a str,
    /// The shape that it gets.
    pub gives: &'a [usize],
    /// What gives it.
    pub from: &'a str,
    /// The way there.
    pub route: &'a Route<'a>,
}

/// What can be a stage of a network with values of type `T`: a [`Layer`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a stage of an `{T}` network",
    label = "not a layer or network of `{T}`",
    note = "a stage is a width, a word of the language, a network of `{T}` declared with `network!`, \
            or a type that implements `static_net::layer::Layer<{T}>`"
)]
pub trait Stage<T: Float> {}

// Else rustc would list all layers that there are.
#[diagnostic::do_not_recommend]
impl<T: Float, L: Layer<T>> Stage<T> for L {}

/// `L` is a layer of `T`. The value is only there to be named: what names it counts as reported already
/// where this is not so.
pub const fn layer<T: Float, L: Stage<T>>() -> usize {
    0
}

/// What a field of a struct with `#[derive(Parameters)]` can be: [`Parameters`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not made of `{T}` parameters only",
    label = "not plain `{T}` parameters",
    note = "a layer's fields are `SMatrix<{T}, R, C>`, `SVector<{T}, N>`, `{T}` or other layers of `{T}`; \
            what is no parameter belongs in the layer's type"
)]
pub trait Field<T: Float> {
    /// How many values are trained.
    const PARAMETERS: usize;

    /// Lists the tensors under the field's name.
    fn describe(tensors: &mut Tensors, name: &str);
}

// Else rustc would list all parameters that there are.
#[diagnostic::do_not_recommend]
impl<T: Float, P: Parameters<T>> Field<T> for P {
    const PARAMETERS: usize = P::PARAMETERS;

    fn describe(tensors: &mut Tensors, name: &str) {
        tensors.part::<T, P>(name);
    }
}

/// A size is at least one.
#[track_caller]
pub const fn size(value: usize, name: &str) {
    if value == 0 {
        let text = Text::new()
            .text("a size of zero: `")
            .text(name)
            .text("` is 0\nhelp: a size is at least 1, give `")
            .text(name)
            .text("` another value");
        panic!("{}", text.as_str());
    }
}

/// A const size, which is at least one.
#[track_caller]
pub const fn sized(value: usize, name: &str) -> usize {
    size(value, name);
    value
}

/// The network or layer `name` takes the shape that `from` gives.
#[track_caller]
pub const fn accepts(takes: &[usize], gives: &[usize], name: &str, from: &str, route: &Route<'_>) {
    if !is_same(takes, gives) {
        let text = Text::new()
            .text(name)
            .text(" takes ")
            .shape(takes)
            .text(", but ")
            .text(from)
            .text(" gives ")
            .shape(gives)
            .route(route)
            .help(route, takes);
        panic!("{}", text.as_str());
    }
}

/// The shape stated in the declaration is the one that `from` gives.
#[track_caller]
pub const fn holds(stated: &[usize], gives: &[usize], from: &str, route: &Route<'_>) {
    if !is_same(stated, gives) {
        let text = Text::new()
            .text("the stated shape ")
            .shape(stated)
            .text(" does not hold: ")
            .text(from)
            .text(" gives ")
            .shape(gives)
            .route(route)
            .text("\nhelp: ")
            .text(route.help.0)
            .shape(gives)
            .text(route.help.1);
        panic!("{}", text.as_str());
    }
}

/// Stage `position`, a dense layer, follows a vector. The route's help is a declaration in front of and behind what
/// would make one fit: the stated shape of a sequence, or `flatten`; or all of it, with nothing behind.
///
/// Behind `[length, features]` it would be another type, which cannot be chosen by a shape that only rustc knows.
#[track_caller]
pub const fn takes_vector(gives: &[usize], position: usize, from: &str, route: &Route<'_>) {
    if gives.len() != 1 {
        let text = Text::new()
            .text("stage ")
            .number(position)
            .text(" is a dense layer, which takes a vector or a stated [length, features], but ")
            .text(from)
            .text(" gives ")
            .shape(gives)
            .route(route)
            .text("\nhelp: ")
            .text(route.help.0);
        let behind = route.help.1;
        let text = match gives.len() {
            _ if behind.is_empty() => text,
            2 => text.shape(gives).text(behind),
            _ => text.text("flatten").text(behind),
        };
        panic!("{}", text.as_str());
    }
}

/// What stages give is of the shape that they are joined with. `says` stands in front of either shape and
/// of the one that would fit.
#[track_caller]
pub const fn agrees(gives: &[usize], fits: &[usize], says: [&str; 3], route: &Route<'_>) {
    if !is_same(gives, fits) {
        let text = Text::new()
            .text(says[0])
            .shape(gives)
            .text(says[1])
            .shape(fits)
            .route(route)
            .text("\nhelp: ")
            .text(says[2])
            .shape(fits);
        panic!("{}", text.as_str());
    }
}

/// The shape of branches that stand one behind the other along their first axis; the other sizes agree.
#[track_caller]
pub const fn concat(branches: &[&[usize]], route: &Route<'_>) -> Dims {
    let first = branches[0];
    let mut sizes = [1; 3];
    let mut axis = 0;
    while axis < first.len() {
        sizes[axis] = first[axis];
        axis += 1;
    }
    let mut index = 1;
    while index < branches.len() {
        let gives = branches[index];
        if gives.len() != first.len() || !is_same(gives.split_at(1).1, first.split_at(1).1) {
            let text = Text::new()
                .text("branch ")
                .number(index + 1)
                .text(" of `concat` gives ")
                .shape(gives)
                .text(", but branch 1 gives ")
                .shape(first)
                .text(": they may differ in their first size only")
                .route(route)
                .text("\nhelp: end the branches with stages that agree in all but the first size");
            panic!("{}", text.as_str());
        }
        sizes[0] += gives[0];
        index += 1;
    }
    Dims::new(sizes.split_at(first.len()).0)
}

/// Whether two shapes are the same. A size of zero has been reported where it stands and fits any other.
const fn is_same(left: &[usize], right: &[usize]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut axis = 0;
    while axis < left.len() {
        if left[axis] != right[axis] && left[axis] != 0 && right[axis] != 0 {
            return false;
        }
        axis += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::text::CAPACITY;
    use super::*;

    const ROUTE: Route<'static> = Route {
        parts: &[("10", &[]), ("relu H", &[32]), ("Encoder", &[])],
        help: ("< 10 => relu ", " => Encoder >"),
    };

    #[test]
    fn what_fits_passes() {
        size(1, "H");
        accepts(&[16], &[16], "stage 2 `Encoder`", "stage 1", &ROUTE);
        holds(&[1, 28, 28], &[1, 28, 28], "the input", &ROUTE);
        takes_vector(&[16], 2, "stage 1", &ROUTE);
        assert_eq!(layer::<f32, crate::layer::Dense<f32, 2, 3>>(), 0);
    }

    #[test]
    #[should_panic(expected = "stage 2 `Encoder` takes [16], but stage 1 gives [32]\n\
        route: 10 => relu H (gives [32]) => Encoder\nhelp: < 10 => relu 16 => Encoder >")]
    fn a_message_holds_shapes_route_and_help() {
        accepts(&[16], &[32], "stage 2 `Encoder`", "stage 1", &ROUTE);
    }

    #[test]
    #[should_panic(expected = "but stage 2 gives [9, 2]\n\
        route: 10 => relu H (gives [32]) => Encoder\nhelp: < 10 => relu [9, 2] => Encoder >")]
    fn a_sequence_is_to_be_stated() {
        takes_vector(&[9, 2], 3, "stage 2", &ROUTE);
    }

    #[test]
    #[should_panic(expected = "help: < 10 => relu flatten => Encoder >")]
    fn an_image_is_to_be_flattened() {
        takes_vector(&[2, 9, 2], 3, "stage 2", &ROUTE);
    }

    #[test]
    #[should_panic(expected = "route: 10 => concat(relu 3 | 4\nhelp: end `sum` with [10]")]
    fn a_route_into_a_composition_is_written_as_one() {
        let parts =
            &[("10", [].as_slice()), ("concat(", &[]), ("relu 3", &[]), ("|", &[]), ("4", &[])];
        let route = Route { parts, help: ("", "") };
        agrees(&[4], &[10], ["gives ", " not ", "end `sum` with "], &route);
    }

    #[test]
    fn branches_stand_behind_each_other() {
        assert_eq!(concat(&[&[2, 7, 7], &[3, 7, 7]], &ROUTE).sizes(), [5, 7, 7]);
        assert_eq!(concat(&[&[2], &[3], &[4]], &ROUTE).sizes(), [9]);
    }

    #[test]
    #[should_panic(expected = "branch 2 of `concat` gives [3, 6, 7], but branch 1 gives [2, 7, 7]")]
    fn branches_that_differ_are_refused() {
        concat(&[&[2, 7, 7], &[3, 6, 7]], &ROUTE);
    }

    #[test]
    fn a_long_name_is_cut() {
        let name = "x".repeat(2 * CAPACITY);
        assert_eq!(Text::new().text(&name).as_str().len(), CAPACITY);
        assert_eq!(Text::new().number(0).number(usize::MAX).as_str(), "018446744073709551615");
    }
}
