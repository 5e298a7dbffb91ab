//! The sizes of a layer, known to the compiler or only when the program runs.

/// Weights up to this many are multiplied in code that is unrolled for the layer's sizes. Of larger layers the loops
/// would not be unrolled anyway.
const MOST_UNROLLED: usize = 4096;

/// Inputs of [`Given`] sizes, at least. With fewer the sums are too short for the chains that larger layers have.
pub(super) const FEWEST_GIVEN: usize = 16;

/// Whether one sample of a layer goes through code that is unrolled for its sizes.
pub(crate) const fn is_unrolled(input: usize, output: usize) -> bool {
    input.saturating_mul(output) <= MOST_UNROLLED || input < FEWEST_GIVEN || output < FEWEST_GIVEN
}

/// Weights up to this many are multiplied where they lie. They fit the second-level cache, from which the product
/// reads them fast enough; copying them first would only pay for large strides.
const MOST_DIRECT: usize = 65_536;

/// Whether batches copy the weights of a layer of this size before they multiply.
pub(super) const fn needs_pack(input: usize, output: usize) -> bool {
    input.saturating_mul(output) > MOST_DIRECT
}

/// The inputs and outputs of a layer.
pub(super) trait Sizes: Copy {
    /// How many inputs there are at least.
    const FEWEST_INPUTS: usize;
    fn inputs(self) -> usize;
    fn outputs(self) -> usize;
}

/// Sizes known to the compiler, which unrolls loops for them.
#[derive(Clone, Copy)]
pub(super) struct Known<const IN: usize, const OUT: usize>;

impl<const IN: usize, const OUT: usize> Sizes for Known<IN, OUT> {
    const FEWEST_INPUTS: usize = IN;
    #[inline(always)]
    fn inputs(self) -> usize {
        IN
    }
    #[inline(always)]
    fn outputs(self) -> usize {
        OUT
    }
}

/// Sizes that a function is given: at least [`FEWEST_GIVEN`] inputs.
#[derive(Clone, Copy)]
pub(super) struct Given {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
}

impl Sizes for Given {
    const FEWEST_INPUTS: usize = FEWEST_GIVEN;
    #[inline(always)]
    fn inputs(self) -> usize {
        self.inputs
    }
    #[inline(always)]
    fn outputs(self) -> usize {
        self.outputs
    }
}
