//! Layers, one to a file, and the trait that they, whole networks and users' layers share.
//!
//! # A layer of one's own
//! Its passes are `#[inline(always)]`, so that they become part of the code of a network, which is compiled for the
//! instructions of the machine; a function of its own has only those that every machine has (the step of a stream then
//! took 2.3 times as long).
//!
//! ```
//! use static_net::layer::{Backward, Layer, Mode, Needs, Pass};
//! use static_net::prelude::*;
//! use static_net::shape::Rank1;
//! use static_net::simd::InstructionSet;
//!
//! /// Multiplies each of `N` features by a gain that is learned.
//! #[derive(Parameters)]
//! #[repr(C)]
//! pub struct Gain<const N: usize> {
//!     pub gain: SVector<f32, N>,
//! }
//!
//! impl<const N: usize> Layer<f32> for Gain<N> {
//!     type Input = Rank1<N>;
//!     type Output = Rank1<N>;
//!
//!     const NEEDS: Needs = Needs::NOTHING;
//!
//!     fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {
//!         self.gain.fill(1.0);
//!     }
//!
//!     #[inline(always)]
//!     fn forward<I: InstructionSet, M: Mode<f32>>(
//!         &self,
//!         input: &[[f32; N]],
//!         output: &mut [[f32; N]],
//!         _: &mut Pass<'_, f32, I, M>,
//!     ) {
//!         for (x, y) in input.iter().zip(output) {
//!             for feature in 0..N {
//!                 y[feature] = self.gain[feature] * x[feature];
//!             }
//!         }
//!     }
//!
//!     #[inline(always)]
//!     fn backward<I: InstructionSet>(
//!         &self,
//!         step: Backward<'_, f32, Self>,
//!         gradient: Option<&mut Self>,
//!         _: &mut Pass<'_, f32, I>,
//!     ) {
//!         if let Some(gradient) = gradient {
//!             for (x, d_y) in step.input.iter().zip(&*step.d_output) {
//!                 for feature in 0..N {
//!                     gradient.gain[feature] += x[feature] * d_y[feature];
//!                 }
//!             }
//!         }
//!         if let Some(d_input) = step.d_input {
//!             for (d_x, d_y) in d_input.iter_mut().zip(&*step.d_output) {
//!                 for feature in 0..N {
//!                     d_x[feature] = self.gain[feature] * d_y[feature];
//!                 }
//!             }
//!         }
//!     }
//! }
//!
//! network! {
//!     struct Net< 4 => Gain<4> => tanh 3 >;
//! }
//!
//! let net = Net::new(&mut StdRng::seed_from_u64(1));
//! assert_eq!(net.stage1.gain, SVector::from([1.0; 4]));
//! ```

mod activated;
mod arrangement;
mod attention;
mod backward;
mod carry;
pub(crate) mod chain;
pub(crate) mod composition;
mod convolution;
mod dense;
mod layout;
mod mode;
mod needs;
mod normalization;
mod pair;
mod parameter_free;
mod pass;
mod pooling;
mod prelu;
mod recurrence;
pub(crate) mod reference;
mod sequence;
mod shared;
pub(crate) mod stage;
mod states;
mod statistics;
pub(crate) mod streaming;
mod structure;
mod window;
mod wrapper;
mod written;

pub use activated::{Activate, Activated};
pub use arrangement::*;
pub use attention::*;
pub use backward::{Backward, Tape};
pub use carry::CarriesState;
pub(crate) use chain::Chain;
pub(crate) use composition::same;
pub use composition::*;
pub use convolution::*;
pub use dense::Dense;
pub(crate) use layout::larger;
pub use layout::{BufferLayout, BufferSize};
pub(crate) use mode::Carry;
pub use mode::{Evaluate, Mode, Record, Train};
pub use needs::Needs;
pub use normalization::*;
pub use pair::{Cosine, Dot, Gaussian, Similarity};
pub use pass::Pass;
pub(crate) use pass::run_stage;
pub use pooling::*;
pub use prelu::PRelu;
pub use recurrence::*;
pub use reference::{
    InputPart, Reading, ReadingBackward, ReadingLayer, Referring, Taken, TakenValues, Taking,
};
pub use sequence::*;
pub(crate) use shared::passes_of;
pub use states::LayerStates;
pub(crate) use states::{Begun, BegunAt, SampleStates};
pub use statistics::Statistics;
pub use streaming::*;
pub(crate) use structure::multiply_adds;
pub use structure::{Description, Stage, Structure};
pub use window::{Causal, Dilation, KernelSize, Padding, Stride, Window, Windowed};
pub(crate) use wrapper::{dereference, streams_as};
pub use written::{LayerKind, Written};

use rand::Rng;

use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape};
use crate::simd::InstructionSet;

/// A differentiable function from samples of one shape to samples of another, with parameters.
///
/// Dense layers, whole networks and users' layers all implement it, so each of them can be a stage of a
/// network. Hyperparameters belong in the type; the value holds parameters only, so that a gradient is
/// a value of the same type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a stage of an `{T}` network",
    label = "not a layer or network of `{T}`",
    note = "a stage is a width, a word of the language, a network of `{T}` declared with `network!`, \
            or a type that implements `Layer<{T}>`"
)]
pub trait Layer<T: Float>: Parameters<T> {
    /// The shape of a sample that goes in: numbers, or [`Tokens`](crate::shape::Tokens).
    type Input: Shape;
    /// The shape of a sample that comes out.
    type Output: Numbers<T>;

    /// What the passes need: a tape, working memory. It does not compile where the layer's own sizes do not fit.
    const NEEDS: Needs = Needs::OUTPUT;
    /// Whether it gives what it takes, value for value: where both are read on the way back, the input stands for both.
    const IS_IDENTITY: bool = false;
    /// What summaries and diagrams show.
    const DESCRIPTION: Description = Description::LAYER;

    /// Sets the parameters to where training starts. They are zero before.
    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R);

    /// Computes the output of each sample. `input` and `output` have the same length.
    ///
    /// The pass has a mode: where it [keeps](Pass::keep) what backward needs, the layer writes that, and in training it
    /// may draw from the [random source](Pass::random) and move its [running statistics](Pass::statistics).
    ///
    /// Implementations mark both passes `#[inline(always)]`, so that they are compiled for the instruction set.
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<Self::Input, T>],
        output: &mut [Sample<Self::Output, T>],
        pass: &mut Pass<'_, T, I, M>,
    );

    /// From the loss's gradient with respect to the output, adds the one with respect to the parameters to `gradient` and
    /// writes the one with respect to the input, each where it is wanted. A layer made of others hands on what it is given:
    /// `gradient.map(|gradient| &mut gradient.inner)`.
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    );
}

/// Fails to compile where the sizes of a layer do not fit: for kernels that trust them, whoever calls. Layers that call
/// no such kernel check themselves where they run, so that what the macro has refused is not refused once more.
#[inline(always)]
fn checked<T: Float, L: Layer<T>>() {
    let _ = const { L::NEEDS };
}
