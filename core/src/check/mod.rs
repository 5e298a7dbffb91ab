//! Checks that only rustc can make, because a size is a const or another network's.
//!
//! `network!` calls these in constants. A check that fails panics while the constant is computed, with
//! a text that holds the numbers, and rustc puts its caret on the user's tokens.

mod layer;
mod limits;
mod named;
mod stage;
mod tokens;

pub use layer::{
    Call, Declared, Given, Inferred, Part, Site, among, argument, behind, call, fits, infer,
    number, sizes, word,
};
pub use limits::{held, repeated, times, weights, width};
use nalgebra::SMatrix;
pub use named::{dims, has_output, inputs, offset, outputs, takes, takes_all};
pub use stage::{
    Context, Ending, Joined, accepts, agrees, along, concat, holds, takes_vector, tied, varies,
};
pub use tokens::{fits_kind, input, kind, padding, steps, vocabulary};

use crate::layer::Layer;
use crate::parameters::{Kind, Parameters, Tensors, check_layout};
use crate::scalar::Float;

/// What can be a stage of a network with values of type `T`: a [`Layer`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a stage of an `{T}` network",
    label = "not a layer or network of `{T}`",
    note = "a stage is a width, a word of the language, a network declared with `network!` that computes in `{T}` \
            as this one does, or a type that implements `static_net::layer::Layer<{T}>`"
)]
pub trait StageOf<T: Float> {}

// Else rustc would list all layers that there are.
#[diagnostic::do_not_recommend]
impl<T: Float, L: Layer<T>> StageOf<T> for L {}

/// `L` is a layer of `T`. The value is only there to be named: what names it counts as reported already
/// where this is not so.
pub const fn layer<T: Float, L: StageOf<T>>() -> usize {
    0
}

/// What a field of a struct with `#[derive(Parameters)]` can be: [`Parameters`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not made of `{T}` parameters only",
    label = "not plain `{T}` parameters",
    note = "a layer's fields are `SMatrix<{T}, R, C>`, `SVector<{T}, N>`, `{T}` or other layers of `{T}`; \
            what is not learned can be a const parameter of the type"
)]
pub trait ParameterField<T: Float> {
    /// How many values are trained.
    const PARAMETERS: usize;
    /// How many values there are.
    const VALUES: usize;

    /// Lists the tensors under the field's name.
    fn describe(tensors: &mut Tensors, name: &str);

    /// The same, where the names of stages with a label leave out the field's.
    fn describe_place(tensors: &mut Tensors, name: &str);
}

// Else rustc would list all parameters that there are.
#[diagnostic::do_not_recommend]
impl<T: Float, P: Parameters<T>> ParameterField<T> for P {
    const PARAMETERS: usize = P::PARAMETERS;
    const VALUES: usize = P::VALUES;

    fn describe(tensors: &mut Tensors, name: &str) {
        tensors.part::<T, P>(name);
    }

    fn describe_place(tensors: &mut Tensors, name: &str) {
        tensors.place::<T, P>(name);
    }
}

/// What a field with `#[tensor(matrix)]` can be: an `SMatrix`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no matrix of `{T}`",
    label = "not an `SMatrix<{T}, R, C>`",
    note = "`#[tensor(matrix)]` says that a matrix is one even where it has a single column"
)]
pub trait MatrixField<T: Float> {
    /// Lists the matrix under the field's name.
    fn describe(tensors: &mut Tensors, name: &str);
}

// What it is implemented for is in the note.
#[diagnostic::do_not_recommend]
impl<T: Float, const R: usize, const C: usize> MatrixField<T> for SMatrix<T, R, C> {
    fn describe(tensors: &mut Tensors, name: &str) {
        tensors.matrix(name, R, C, Kind::Trained);
    }
}

/// Fails to compile where `P` is anything besides its values.
#[track_caller]
pub const fn layout<T: Float, P: Parameters<T>>() {
    check_layout::<T, P>();
}

/// A size is at least one, and no larger than memory.
#[track_caller]
pub const fn size(value: usize, name: &str) {
    if value == 0 {
        panic!("{}", limits::other_value(static_net_rules::size::zero(name), name).as_str());
    }
    limits::addressable(value, name);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_passes() {
        size(1, "H");
        assert_eq!(layer::<f32, crate::layer::Dense<f32, 2, 3>>(), 0);
    }
}
