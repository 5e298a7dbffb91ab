//! Layers side by side: what [`Concat`](super::Concat), [`Sum`](super::Sum) and [`Product`](super::Product) join.

use rand::Rng;

use super::given;
use super::joint::{Before, Joint, Place};
use crate::kernel::elementwise::add;
use crate::layer::{BufferLayout, BufferSize, Layer, Mode, Needs, Pass, Stage, Tape};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Shape};
use crate::simd::InstructionSet;
use crate::stage::{self, PlainBackward};

/// Layers that all see the same input, whose outputs `J` joins to the shape `O`: [`Branches2`](super::Branches2) to
/// [`Branches8`](super::Branches8), and what
/// `network!` writes of more.
pub trait Branches<T: Float, J: Joint, O: Shape>: Parameters<T> {
    /// The shape that all of them take.
    type Input: Numbers<T>;

    /// The shapes that they give.
    const OUTPUTS: &'static [&'static [usize]];
    /// What they are made of.
    const STAGES: &'static [Stage];
    /// What their passes need: their own outputs on the tape, where they need them.
    const NEEDS: Needs;

    /// Sets the parameters to where training starts.
    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R);

    /// Runs each over the input and joins what they give.
    #[doc(hidden)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[T],
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    );

    /// From the gradient of what was joined, adds those of the parameters and writes that of the input.
    #[doc(hidden)]
    fn backward<I: InstructionSet>(
        &self,
        step: BranchesBackward<'_, T>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    );
}

/// A run over a batch on the way back.
pub struct BranchesBackward<'a, T> {
    pub(super) input: &'a [T],
    pub(super) tape: Tape<'a, T>,
    pub(super) d_output: &'a [T],
    pub(super) d_input: Option<&'a mut [T]>,
}

/// That two branches take the same shape.
pub const fn takes_same<A: Shape, B: Shape>() {
    assert!(super::same(A::DIMS, B::DIMS), "all branches take the same shape");
}

/// Where a branch stands in what is joined.
const fn place<J: Joint, O: Shape, L: Shape>() -> Place {
    Place::new(J::JOINING, L::DIMS, O::DIMS)
}

/// Whether a branch's output is kept: it reads it on the way back, or the others do, for which the input will do where the
/// branch gives what it takes.
const fn is_kept<T: Float, J: Joint, L: Layer<T>>() -> bool {
    L::NEEDS.output || J::JOINING.reads_outputs() && !L::IS_IDENTITY
}

const fn kept<T: Float, J: Joint, L: Layer<T>>() -> BufferLayout<1> {
    let values = if is_kept::<T, J, L>() { <L::Output as Shape>::LEN } else { 0 };
    BufferLayout::new([BufferSize::per_sample(values)])
}

/// The gradients of what a branch gives and of what it takes, and working memory for the first.
const fn gradients<T: Float, J: Joint, O: Shape, L: Layer<T>>() -> BufferLayout<3> {
    BufferLayout::new([
        BufferSize::per_sample(<L::Output as Shape>::LEN),
        BufferSize::per_sample(<L::Input as Shape>::LEN),
        BufferSize::per_sample(place::<J, O, L::Output>().backward()),
    ])
}

/// The stage that a branch is.
pub const fn stage<T: Float, J: Joint, L: Layer<T>>() -> Stage {
    let stage = Stage::inside::<T, L>();
    Stage { needs: Needs { output: is_kept::<T, J, L>(), ..stage.needs }, ..stage }
}

/// What a branch needs, with its output on the tape, where that is kept.
pub const fn needs_of<T: Float, J: Joint, O: Shape, L: Layer<T>>() -> Needs {
    L::NEEDS
        .with_tape(kept::<T, J, L>().size())
        .with_forward(given::<T, L>().size())
        .with_backward(gradients::<T, J, O, L>().size())
}

/// Runs a branch forward; gives those in front of the next.
#[inline(always)]
pub fn forward<T, J, O, L, I, M>(
    layer: &L,
    before: Before,
    input: &[T],
    output: &mut [T],
    pass: &mut Pass<'_, T, I, M>,
) -> Before
where
    T: Float,
    J: Joint,
    O: Shape,
    L: Layer<T, Input: Numbers<T>>,
    I: InstructionSet,
    M: Mode<T>,
{
    let place = const { place::<J, O, L::Output>() };
    let samples = input.len() / <L::Input as Shape>::LEN;
    let behind = before.next(place);
    let kept = pass.keep(&kept::<T, J, L>(), samples);
    if let Some([kept]) = kept
        && is_kept::<T, J, L>()
    {
        stage::forward_into(layer, input, kept, pass);
        place.scatter(pass.instructions(), before, kept, output);
        return behind;
    }
    if let Some(own) = place.direct(before, samples) {
        stage::forward_into(layer, input, &mut output[own], pass);
        return behind;
    }
    let ([own], mut pass) = pass.buffers(&given::<T, L>(), samples);
    stage::forward_into(layer, input, own, &mut pass);
    place.scatter(pass.instructions(), before, own, output);
    behind
}

/// What a branch gave, where that was kept, with its place: takes it off the tape.
#[inline(always)]
pub fn output<'a, T: Float, J: Joint, O: Shape, L: Layer<T>>(
    step: &mut BranchesBackward<'a, T>,
) -> (Place, &'a [T]) {
    let samples = step.input.len() / <L::Input as Shape>::LEN;
    let [kept] = step.tape.take(&kept::<T, J, L>(), samples);
    let is_input = const { L::IS_IDENTITY && !is_kept::<T, J, L>() };
    (const { place::<J, O, L::Output>() }, if is_input { step.input } else { kept })
}

/// Runs a branch backward; takes its part of the tape. Gives those in front of the next.
#[inline(always)]
pub fn backward<T, J, O, L, I>(
    layer: &L,
    before: Before,
    given: &[(Place, &[T])],
    step: &mut BranchesBackward<'_, T>,
    gradient: Option<&mut L>,
    pass: &mut Pass<'_, T, I>,
) -> Before
where
    T: Float,
    J: Joint,
    O: Shape,
    L: Layer<T, Input: Numbers<T>>,
    I: InstructionSet,
{
    let (place, own) = given[before.index];
    let samples = step.input.len() / <L::Input as Shape>::LEN;
    let tape = step.tape.of_first::<L>(samples);
    let ([d_own, d_shared, work], mut pass) = pass.buffers(&gradients::<T, J, O, L>(), samples);
    place.gather(pass.instructions(), before, given, step.d_output, work, d_own);
    // Without need of its output, a branch is given one of the right size.
    let output = if L::NEEDS.output { own } else { step.d_output };
    let output = &output[..samples * <L::Output as Shape>::LEN];
    let d_input = step.d_input.as_deref_mut();
    // The first branch writes the gradient of the input, the others add to it.
    let (d_branch, sum) = match d_input {
        None => (None, None),
        Some(d_input) if before.index == 0 => (Some(d_input), None),
        Some(d_input) => (Some(&mut *d_shared), Some(d_input)),
    };
    let plain =
        PlainBackward { input: step.input, output, tape, d_output: d_own, d_input: d_branch };
    stage::backward(layer, gradient, plain, &mut pass);
    if let Some(d_input) = sum {
        add(pass.instructions(), d_shared, d_input);
    }
    before.next(place)
}
