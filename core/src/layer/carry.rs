//! Which layers go on from a state.

/// A network or layer whose passes over whole sequences can go on from the state that a stream has, and whose state is
/// behind such a pass what it would be behind the steps of a stream.
///
/// What `network!` declares has it where all of its stages do: recurrences, causal convolutions, and what keeps nothing
/// between steps. A layer of one's own that keeps something asks its pass for it: [`Pass::states`](super::Pass::states).
///
/// ```
/// use static_net::layer::{
///     Backward, CarriesState, Layer, Mode, Needs, Pass, StreamMemory, Streaming, TimeFirst,
/// };
/// use static_net::prelude::*;
/// use static_net::shape::Rank2;
/// use static_net::simd::InstructionSet;
///
/// /// The sum of all steps so far.
/// #[derive(Parameters)]
/// #[repr(C)]
/// pub struct RunningSum<const LENGTH: usize> {}
///
/// impl<const LENGTH: usize> CarriesState for RunningSum<LENGTH> {}
///
/// impl<const LENGTH: usize> Layer<f32> for RunningSum<LENGTH> {
///     type Input = Rank2<LENGTH, 1>;
///     type Output = Rank2<LENGTH, 1>;
///
///     const NEEDS: Needs = Needs::NOTHING;
///
///     fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}
///
///     #[inline(always)]
///     fn forward<I: InstructionSet, M: Mode<f32>>(
///         &self,
///         input: &[[[f32; 1]; LENGTH]],
///         output: &mut [[[f32; 1]; LENGTH]],
///         pass: &mut Pass<'_, f32, I, M>,
///     ) {
///         let mut states = pass.states(self);
///         for (sample, (x, y)) in input.iter().zip(output).enumerate() {
///             let mut own = [0.0];
///             let state = match &mut states {
///                 Some(states) => states.of(sample).0,
///                 None => &mut own,
///             };
///             for (x, y) in x.iter().zip(y) {
///                 state[0] += x[0];
///                 y[0] = state[0];
///             }
///         }
///     }
///
///     #[inline(always)]
///     fn backward<I: InstructionSet>(
///         &self,
///         step: Backward<'_, f32, Self>,
///         _: Option<&mut Self>,
///         _: &mut Pass<'_, f32, I>,
///     ) {
///         let Some(d_input) = step.d_input else { return };
///         for (d_input, d_output) in d_input.iter_mut().zip(&*step.d_output) {
///             let mut sum = 0.0;
///             for (d_x, d_y) in d_input.iter_mut().zip(d_output).rev() {
///                 sum += d_y[0];
///                 d_x[0] = sum;
///             }
///         }
///     }
/// }
///
/// impl<const LENGTH: usize> Streaming<f32, TimeFirst> for RunningSum<LENGTH> {
///     type Behind = TimeFirst;
///
///     const MEMORY: StreamMemory = StreamMemory { state: 1, ..StreamMemory::NONE };
///
///     #[inline(always)]
///     fn step<I: InstructionSet>(
///         &self,
///         input: &[f32],
///         output: &mut [f32],
///         state: &mut [f32],
///         _: usize,
///         _: &mut Pass<'_, f32, I>,
///     ) {
///         state[0] += input[0];
///         output[0] = state[0];
///     }
/// }
///
/// network! { struct Net< [3, 1] => RunningSum<3> >; }
///
/// let net = Net::zeros();
/// let mut state = StreamState::<Net>::new();
/// assert_eq!(net.forward_from(&[1.0, 2.0, 3.0], &mut state).as_slice(), [1.0, 3.0, 6.0]);
/// assert_eq!(net.forward_from(&[1.0, 2.0, 3.0], &mut state).as_slice(), [7.0, 9.0, 12.0]);
/// ```
#[diagnostic::on_unimplemented(
    message = "the passes of `{Self}` over whole sequences cannot go on from a state",
    label = "what this keeps between steps is not carried from one sequence to the next",
    note = "a layer of one's own that can implements `CarriesState`"
)]
pub trait CarriesState {}
