//! What a layer or network is made of: plain floats, each with a place and a name.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use nalgebra::SMatrix;

use crate::scalar::Float;

/// What becomes of a tensor in training.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Trained, and drawn towards zero by weight decay.
    Trained,
    /// Trained, but spared by weight decay: biases, gains of normalisations.
    TrainedWithoutDecay,
    /// Not trained by gradients: the running statistics of a normalisation.
    RunningStatistic,
}

/// One tensor of a network: its name and shape as `torch.nn` gives them, and where its values lie in
/// [`state`](crate::Network::state).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tensor {
    /// The name in a state dict, such as `latent.weight`.
    pub name: String,
    /// The size along each axis, as PyTorch has it: a dense weight is `[outputs, inputs]`.
    pub shape: Vec<usize>,
    /// How far apart two neighbours along each axis lie in memory, in values: `[1, outputs]` for a
    /// dense weight, which nalgebra keeps column by column.
    pub strides: Vec<usize>,
    /// Which values of the network's state it is.
    pub range: Range<usize>,
    /// What becomes of it in training.
    pub kind: Kind,
}

/// A type that is nothing but values of type `T`: a matrix, a layer, a whole network.
///
/// `#[derive(Parameters)]` implements it for a `#[repr(C)]` struct whose fields all implement it, which
/// is what a user's own layer needs.
///
/// # Safety
/// The type consists of values of type `T` only: no padding, no pointers, no other types, so that any
/// values (zeros too) make a valid object; and [`describe`](Parameters::describe) covers them all, in
/// memory order.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not made of `{T}` parameters only",
    label = "not plain `{T}` parameters",
    note = "a layer's fields are `SMatrix<{T}, R, C>`, `SVector<{T}, N>`, `{T}` or other layers of \
            `{T}`; put `#[derive(Parameters)] #[repr(C)]` on the struct that holds them"
)]
pub unsafe trait Parameters<T: Float>: Sized + Send + Sync + 'static {
    /// How many values are trained.
    const PARAMETERS: usize;

    /// Lists the tensors, in memory order.
    fn describe(tensors: &mut Tensors);
}

/// Collects the tensors of a network. [`Parameters::describe`] adds to it.
#[derive(Debug, Default)]
pub struct Tensors {
    prefix: String,
    offset: usize,
    list: Vec<Tensor>,
}

impl Tensors {
    /// The tensors of `P`.
    pub fn of<T: Float, P: Parameters<T>>() -> Vec<Tensor> {
        let mut tensors = Tensors::default();
        P::describe(&mut tensors);
        assert_eq!(
            tensors.offset * size_of::<T>(),
            size_of::<P>(),
            "the description of {} does not cover it",
            core::any::type_name::<P>()
        );
        tensors.list
    }

    /// Adds a matrix that nalgebra keeps column by column and PyTorch names `[rows, columns]`.
    pub fn matrix(&mut self, name: &str, rows: usize, columns: usize, kind: Kind) {
        self.push(name, &[rows, columns], &[1, rows], kind);
    }

    /// Adds a vector.
    pub fn vector(&mut self, name: &str, len: usize, kind: Kind) {
        self.push(name, &[len], &[1], kind);
    }

    /// Adds a tensor of any shape; `strides` say how far apart neighbours along each axis lie.
    ///
    /// # Panics
    /// If shape and strides have different lengths.
    pub fn tensor(&mut self, name: &str, shape: &[usize], strides: &[usize], kind: Kind) {
        assert_eq!(shape.len(), strides.len(), "a stride for each axis of `{name}`");
        self.push(name, shape, strides, kind);
    }

    /// Adds all tensors of a part, their names preceded by the part's own.
    pub fn part<T: Float, P: Parameters<T>>(&mut self, name: &str) {
        let outer = self.prefix.len();
        self.prefix = self.join(name);
        P::describe(self);
        self.prefix.truncate(outer);
    }

    fn push(&mut self, name: &str, shape: &[usize], strides: &[usize], kind: Kind) {
        let len: usize = shape.iter().product();
        self.list.push(Tensor {
            name: self.join(name),
            shape: shape.to_vec(),
            strides: strides.to_vec(),
            range: self.offset..self.offset + len,
            kind,
        });
        self.offset += len;
    }

    fn join(&self, name: &str) -> String {
        let mut path = self.prefix.clone();
        if !path.is_empty() && !name.is_empty() {
            path.push('.');
        }
        path.push_str(name);
        path
    }
}

// SAFETY: nalgebra's array storage is `#[repr(transparent)]` over `[[T; R]; C]`; the description
// covers `R * C` values.
unsafe impl<T: Float, const R: usize, const C: usize> Parameters<T> for SMatrix<T, R, C> {
    const PARAMETERS: usize = R * C;

    fn describe(tensors: &mut Tensors) {
        if C == 1 {
            tensors.vector("", R, Kind::TrainedWithoutDecay);
        } else {
            tensors.matrix("", R, C, Kind::Trained);
        }
    }
}

// SAFETY: an array has no padding between or behind its items; each is described in turn.
unsafe impl<T: Float, P: Parameters<T>, const N: usize> Parameters<T> for [P; N] {
    const PARAMETERS: usize = N * P::PARAMETERS;

    fn describe(tensors: &mut Tensors) {
        for index in 0..N {
            tensors.part::<T, P>(&alloc::format!("{index}"));
        }
    }
}

macro_rules! scalar_parameter {
    ($($scalar:ty),*) => {$(
        // SAFETY: one value.
        unsafe impl Parameters<$scalar> for $scalar {
            const PARAMETERS: usize = 1;

            fn describe(tensors: &mut Tensors) {
                tensors.push("", &[], &[], Kind::TrainedWithoutDecay);
            }
        }
    )*};
}
scalar_parameter!(f32, f64);

#[cfg(test)]
mod tests {
    use super::*;

    struct Part;
    // SAFETY: no values at all.
    unsafe impl Parameters<f32> for Part {
        const PARAMETERS: usize = 0;
        fn describe(tensors: &mut Tensors) {
            tensors.part::<f32, f32>("gain");
        }
    }

    #[test]
    fn names_and_ranges_follow_the_fields() {
        let mut tensors = Tensors::default();
        tensors.part::<f32, SMatrix<f32, 3, 2>>("weight");
        tensors.part::<f32, Part>("inner");
        tensors.part::<f32, SMatrix<f32, 4, 1>>("bias");
        let names: Vec<_> = tensors.list.iter().map(|tensor| tensor.name.as_str()).collect();
        assert_eq!(names, ["weight", "inner.gain", "bias"]);
        assert_eq!(tensors.list[0].strides, [1, 3]);
        assert_eq!(tensors.list[2].range, 7..11);
        assert_eq!(tensors.list[2].shape, [4]);
    }

    #[test]
    #[should_panic(expected = "does not cover it")]
    fn a_description_that_misses_values_is_found() {
        Tensors::of::<f32, Part>();
    }
}
