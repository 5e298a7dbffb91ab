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

/// Weights up to this many are multiplied where they lie: from the second-level cache the product reads them as fast
/// as it multiplies, also a vector or two of each column.
const MOST_DIRECT: usize = 1 << 18;
/// Weights up to this many are too, for [`FEW_SAMPLES`] at most: copying them costs more than reading them from the
/// third-level cache so few times.
const MOST_DIRECT_FOR_FEW: usize = 1 << 20;
const FEW_SAMPLES: usize = 64;
/// Fewer samples than this do not repay copying weights from memory.
const FEWEST_PACKED: usize = 8;

/// Whether there are batches for which the weights of a layer of this size are copied before they are multiplied.
pub(super) const fn needs_pack(input: usize, output: usize) -> bool {
    input.saturating_mul(output) > MOST_DIRECT
}

/// Whether they are copied for a batch of so many samples.
pub(super) const fn is_packed(input: usize, output: usize, samples: usize) -> bool {
    let is_few = if input.saturating_mul(output) <= MOST_DIRECT_FOR_FEW {
        samples <= FEW_SAMPLES
    } else {
        samples < FEWEST_PACKED
    };
    needs_pack(input, output) && !is_few
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
