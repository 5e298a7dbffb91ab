//! The same layer at each step of a sequence.

use rand::Rng;

use crate::layer::{
    Backward, Description, Layer, MOST_STEPS, Mode, Needs, Pass, StepCount, StepState,
    StreamMemory, Streaming, TimeFirst, dereference, step_by_run,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Rank1, Rank2, samples, samples_mut};
use crate::simd::InstructionSet;

/// A layer that is applied to each of `LENGTH` steps with the same parameters: `y_t = L(x_t)`. A dense layer
/// behind `[length, features]` is one, as `torch.nn.Linear` acts on the last axis.
///
/// It dereferences to `L`, whose tensors have no further prefix.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [4, 3] => relu 2 >; }
///
/// let mut net = Net::zeros();
/// net.stage1.weight = SMatrix::<f32, 2, 3>::new(1.0, 1.0, 1.0, 0.0, 0.0, 1.0);
/// let y = net.forward(&SVector::<f32, 12>::from_fn(|index, _| index as f32));
/// assert_eq!(y.as_slice(), [3.0, 2.0, 12.0, 5.0, 21.0, 8.0, 30.0, 11.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Parameters)]
#[repr(transparent)]
pub struct TimeDistributed<L, const LENGTH: usize> {
    #[tensor(name = "")]
    layer: L,
}

impl<L, const LENGTH: usize> TimeDistributed<L, LENGTH> {
    /// The layer as one that is applied to each step.
    pub fn of(layer: &L) -> &Self {
        // SAFETY: a transparent wrapper of the same layer.
        unsafe { &*(&raw const *layer).cast() }
    }

    /// The layer as one that is applied to each step, to be changed.
    pub fn of_mut(layer: &mut L) -> &mut Self {
        // SAFETY: a transparent wrapper of the same layer; the exclusive borrow is handed on.
        unsafe { &mut *(&raw mut *layer).cast() }
    }
}

dereference!([L, const LENGTH: usize] TimeDistributed<L, LENGTH> => layer: L);

impl<T, L, const LENGTH: usize, const IN: usize, const OUT: usize> Layer<T>
    for TimeDistributed<L, LENGTH>
where
    T: Float,
    L: Layer<T, Input = Rank1<IN>, Output = Rank1<OUT>>,
{
    type Input = Rank2<LENGTH, IN>;
    type Output = Rank2<LENGTH, OUT>;

    const NEEDS: Needs = L::NEEDS.of_steps(LENGTH);
    const DESCRIPTION: Description = Description::layer(LENGTH * L::DESCRIPTION.multiply_adds);

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.layer.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[[T; IN]; LENGTH]],
        output: &mut [[[T; OUT]; LENGTH]],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        self.layer.forward(input.as_flattened(), output.as_flattened_mut(), pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let step = Backward {
            input: step.input.as_flattened(),
            output: step.output.as_flattened(),
            tape: step.tape,
            d_output: step.d_output.as_flattened_mut(),
            d_input: step.d_input.map(<[_]>::as_flattened_mut),
        };
        self.layer.backward(step, gradient.map(|gradient| &mut gradient.layer), pass);
    }
}

// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, L, const LENGTH: usize, const IN: usize, const OUT: usize> Streaming<T, TimeFirst>
    for TimeDistributed<L, LENGTH>
where
    T: Float,
    L: Layer<T, Input = Rank1<IN>, Output = Rank1<OUT>>,
{
    type Behind = TimeFirst;

    const MEMORY: StreamMemory = StreamMemory {
        scratch: L::NEEDS.forward.values(1),
        block: L::NEEDS.forward.values(MOST_STEPS),
        ..StreamMemory::NONE
    };

    step_by_run!(T, TimeFirst);

    #[inline(always)]
    fn run<I: InstructionSet, C: StepCount>(
        &self,
        count: C,
        input: &[T],
        output: &mut [T],
        _: StepState<'_, T>,
        _: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        // Of one step that is known to the compiler, which then computes it without a loop over steps.
        let (input, output) = (&input[..count.times(IN)], &mut output[..count.times(OUT)]);
        let input = samples::<Rank1<IN>, T>(input);
        self.layer.forward(input, samples_mut::<Rank1<OUT>, T>(output), pass);
    }
}
