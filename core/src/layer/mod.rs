//! Layers, one to a file, and the trait that they, whole networks and users' layers share.
//!
//! # A layer of one's own
//! ```
//! use static_net::layer::{Backward, Layer, Pass};
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
//!     fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {
//!         self.gain.fill(1.0);
//!     }
//!
//!     fn forward<I: InstructionSet>(
//!         &self,
//!         input: &[[f32; N]],
//!         output: &mut [[f32; N]],
//!         _: &mut Pass<'_, f32, I>,
//!     ) {
//!         for (x, y) in input.iter().zip(output) {
//!             for feature in 0..N {
//!                 y[feature] = self.gain[feature] * x[feature];
//!             }
//!         }
//!     }
//!
//!     fn backward<I: InstructionSet>(
//!         &self,
//!         step: Backward<'_, f32, Self>,
//!         gradient: &mut Self,
//!         _: &mut Pass<'_, f32, I>,
//!     ) {
//!         for (x, d_y) in step.input.iter().zip(&*step.d_output) {
//!             for feature in 0..N {
//!                 gradient.gain[feature] += x[feature] * d_y[feature];
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
mod composition;
mod convolution;
mod dense;
mod normalization;
mod pass;
mod pooling;
mod recurrence;
mod scratch;
mod sequence;
mod streaming;
mod window;

pub use activated::{Activate, Activated};
pub use arrangement::*;
pub use attention::*;
pub(crate) use composition::same;
pub use composition::*;
pub use convolution::*;
pub use dense::Dense;
pub use normalization::*;
pub use pass::{Backward, Pass};
pub use pooling::*;
pub use recurrence::*;
pub use scratch::Scratch;
pub(crate) use scratch::{larger, tape_values};
pub use sequence::*;
pub use streaming::*;
pub use window::{Causal, Dilation, KernelSize, Padding, Stride, Window, Windowed};

use rand::Rng;

use crate::network::Structure;
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

    /// Fails to compile where a network with const parameters is used with values that do not fit. It
    /// is computed where a network is created.
    #[doc(hidden)]
    const CHECKS: () = ();
    /// How many values per sample [`record`](Layer::record) keeps for [`backward`](Layer::backward)
    /// beyond input and output.
    const TAPE: usize = 0;
    /// How many values per batch the tape holds besides, behind those per sample.
    const BATCH_TAPE: usize = 0;
    /// Whether [`backward`](Layer::backward) reads [`Backward::output`]. Where it does not, what is there
    /// is unspecified.
    const NEEDS_OUTPUT: bool = true;
    /// The fewest samples that [`train`](Layer::train) can learn from: a normalisation over the batch
    /// needs two where a sample has one value per channel.
    const TRAINING_SAMPLES: usize = 1;
    /// How many pairs of values a forward pass multiplies and adds for one sample, as summaries tell.
    const MULTIPLY_ADDS: usize = 0;
    /// What the layer is made of, as summaries and diagrams show it.
    const STRUCTURE: Structure = Structure::Layer;
    /// The working memory that [`forward`](Layer::forward) and [`record`](Layer::record) take from
    /// their [`Pass`].
    const FORWARD_SCRATCH: Scratch = Scratch::NONE;
    /// The working memory that [`backward`](Layer::backward) takes from its [`Pass`].
    const BACKWARD_SCRATCH: Scratch = Scratch::NONE;

    /// Sets the parameters to where training starts. They are zero before.
    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R);

    /// Computes the output of each sample. `input` and `output` have the same length.
    fn forward<I: InstructionSet>(
        &self,
        input: &[Sample<Self::Input, T>],
        output: &mut [Sample<Self::Output, T>],
        pass: &mut Pass<'_, T, I>,
    );

    /// As [`forward`](Layer::forward), and keeps on the tape what backward needs: [`TAPE`](Layer::TAPE)
    /// values per sample, then [`BATCH_TAPE`](Layer::BATCH_TAPE).
    #[inline(always)]
    fn record<I: InstructionSet>(
        &self,
        input: &[Sample<Self::Input, T>],
        output: &mut [Sample<Self::Output, T>],
        tape: &mut [T],
        pass: &mut Pass<'_, T, I>,
    ) {
        let _ = tape;
        self.forward(input, output, pass);
    }

    /// As [`record`](Layer::record), in training: where a layer does something else than in evaluation,
    /// it draws from `rng` and updates its running statistics.
    #[inline(always)]
    fn train<I: InstructionSet>(
        &mut self,
        input: &[Sample<Self::Input, T>],
        output: &mut [Sample<Self::Output, T>],
        tape: &mut [T],
        pass: &mut Pass<'_, T, I>,
        rng: &mut dyn Rng,
    ) {
        let _ = rng;
        self.record(input, output, tape, pass);
    }

    /// From the loss's gradient with respect to the output, adds the one with respect to the
    /// parameters to `gradient` and writes the one with respect to the input, where it is wanted.
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: &mut Self,
        pass: &mut Pass<'_, T, I>,
    );
}
