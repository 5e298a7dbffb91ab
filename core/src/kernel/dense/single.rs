//! A dense layer for one sample: sums stay in registers, and a small layer is unrolled for its size.

use core::marker::PhantomData;

use super::sizes::{FEWEST_GIVEN, Given, Known, Sizes, is_unrolled};
use crate::kernel::Identity;
use crate::kernel::epilogue::{Epilogue, Map};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here, separate};
#[cfg(feature = "threads")]
use crate::threads::{self, Halves, Split, join};

/// Vectors of outputs that are summed at once.
const MOST_VECTORS: usize = 4;

/// Independent sums for each output: additions wait four cycles for each other, two can start in each.
const fn chains(vectors: usize, input: usize) -> usize {
    let wanted = match vectors {
        1 => 8,
        2 => 4,
        _ => 2,
    };
    if input >= 2 * wanted {
        wanted
    } else if input >= 8 {
        4
    } else if input >= 4 {
        2
    } else {
        1
    }
}

/// The same pointer, of which the compiler forgets where it comes from.
///
/// The inputs of a layer are often the outputs of the layer before, still in registers. Without this LLVM
/// takes them apart there, with two shuffles for each input and one port that can shuffle; loading them
/// again, each into all lanes, takes one instruction on ports that are free.
#[inline(always)]
fn in_memory<T>(pointer: *const T) -> *const T {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    {
        let mut pointer = pointer;
        // SAFETY: there is no instruction, and the pointer stays as it is.
        unsafe {
            core::arch::asm!("/* {} */", inout(reg) pointer, options(nostack, preserves_flags, readonly))
        };
        pointer
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    pointer
}

/// [`super::affine`] for one sample.
///
/// # Panics
/// If there are not as many weights and biases as the layer has, or `pre` is too short.
#[inline(always)]
pub(super) fn affine<
    T: Float,
    I: InstructionSet,
    E: Epilogue<T>,
    const IN: usize,
    const OUT: usize,
>(
    instructions: I,
    weight: &[T],
    bias: Option<&[T]>,
    input: &[T; IN],
    output: &mut [T; OUT],
    pre: Option<&mut [T]>,
) {
    if const { !is_unrolled(IN, OUT) } {
        AffineGiven { weight, outputs: OUT, bias, input, output }.call(instructions);
        if let Some(pre) = pre {
            pre[..OUT].copy_from_slice(output);
        }
        if !E::IS_IDENTITY {
            E::map(instructions, Map::new(None, output));
        }
        return;
    }
    assert!(weight.len() == IN * OUT && bias.is_none_or(|bias| bias.len() == OUT));
    assert!(pre.as_ref().is_none_or(|pre| pre.len() >= OUT));
    let layer = Affine::<T, E, IN, OUT> {
        weight: weight.as_ptr(),
        bias: bias.map(<[T]>::as_ptr),
        input: input.as_ptr(),
        output: output.as_mut_ptr(),
        pre: pre.map(<[T]>::as_mut_ptr),
        epilogue: PhantomData,
    };
    separate(instructions, layer);
}

/// A layer that is unrolled, whose lengths have been checked.
struct Affine<T, E, const IN: usize, const OUT: usize> {
    weight: *const T,
    bias: Option<*const T>,
    input: *const T,
    output: *mut T,
    pre: Option<*mut T>,
    epilogue: PhantomData<E>,
}

impl<T: Float, E: Epilogue<T>, const IN: usize, const OUT: usize> Kernel for Affine<T, E, IN, OUT> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        // SAFETY: `affine` made this: it has asserted `IN * OUT` weights, `OUT` biases or none, and `OUT` values
        // of `pre` at least; input and output are arrays of `IN` and `OUT`.
        unsafe {
            affine_unrolled::<T, T::Vector<I>, E, IN, OUT>(
                self.weight,
                self.bias,
                self.input,
                self.output,
                self.pre,
            );
        }
    }
}

/// `output = weight * input + bias` for one sample of a layer that is not unrolled, or for some of its rows.
struct AffineGiven<'a, T> {
    /// From the first of the rows on.
    weight: &'a [T],
    /// How many rows the layer has.
    outputs: usize,
    bias: Option<&'a [T]>,
    input: &'a [T],
    output: &'a mut [T],
}

compiled_here!(AffineGiven<'a, T>);

/// Rows that are computed together, of whichever instruction set: parts of a layer are so many, or several times as many.
#[cfg(feature = "threads")]
const ROWS_TOGETHER: usize = 64;

#[cfg(feature = "threads")]
impl<T: Float> AffineGiven<'_, T> {
    /// How many parts repay it. Each weight is used once, so that memory is the limit: it takes as long as two multiply-adds
    /// or more.
    fn parts(&self) -> usize {
        threads::parts(self.weight.len().saturating_mul(2), self.output.len() / ROWS_TOGETHER)
    }

    /// Computes so many parts side by side, of some rows each.
    fn run_in_parts<I: InstructionSet>(self, instructions: I, parts: usize) {
        if parts == 1 {
            return self.call(instructions);
        }
        let Self { weight, outputs, bias, input, output } = self;
        let halves = Halves::of(parts, output.len() / ROWS_TOGETHER);
        let rows = halves.samples[0] * ROWS_TOGETHER;
        let [bias, bias_behind] = bias.split(rows);
        let [output, output_behind] = output.split(rows);
        let front = AffineGiven { weight, outputs, bias, input, output };
        let behind = AffineGiven {
            weight: &weight[rows..],
            outputs,
            bias: bias_behind,
            input,
            output: output_behind,
        };
        join(
            || front.run_in_parts(instructions, halves.parts[0]),
            || behind.run_in_parts(instructions, halves.parts[1]),
        );
    }
}

impl<T: Float> Kernel for AffineGiven<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        #[cfg(feature = "threads")]
        if let parts @ 2.. = self.parts() {
            return self.run_in_parts(instructions, parts);
        }
        let _ = instructions;
        let Self { weight, outputs, bias, input, output } = self;
        let sizes = Given { inputs: input.len(), outputs };
        let rows = output.len();
        assert!(sizes.inputs >= FEWEST_GIVEN && rows <= outputs);
        assert!(bias.is_none_or(|bias| bias.len() == rows));
        assert!(weight.len() >= (sizes.inputs - 1) * outputs + rows);
        // Of a last vector that is not whole as many rows count as the layer leaves.
        let lanes = T::Vector::<I>::LANES;
        assert!(rows.is_multiple_of(lanes) || (outputs - rows).is_multiple_of(lanes));
        // SAFETY: `output` and `bias`, if there is one, have as many values as there are rows, and `weight` has them in each
        // column, as was asserted.
        unsafe {
            affine_given::<T, T::Vector<I>>(
                sizes,
                rows,
                RowBlock {
                    weight: weight.as_ptr(),
                    bias: bias.map(<[T]>::as_ptr),
                    input: in_memory(input.as_ptr()),
                    output: output.as_mut_ptr(),
                    pre: None,
                },
            );
        }
    }
}

/// `output = epilogue(weight * input + bias)`; `pre`, if given, gets the value before the epilogue.
///
/// # Safety
/// `weight` can be read for `IN * OUT` values, `input` for `IN` and `bias`, if given, for `OUT`; `output` and `pre`, if
/// given, can be written for `OUT`, and overlap with nothing else.
#[inline(always)]
unsafe fn affine_unrolled<
    T: Float,
    V: Vector<T>,
    E: Epilogue<T>,
    const IN: usize,
    const OUT: usize,
>(
    weight: *const T,
    bias: Option<*const T>,
    input: *const T,
    output: *mut T,
    pre: Option<*mut T>,
) {
    let input = in_memory(input);
    if const { OUT < V::LANES && OUT.is_power_of_two() && V::LANES.is_multiple_of(OUT) } {
        // SAFETY: both ask the same of their callers.
        return unsafe { narrow::<T, V, E, IN, OUT>(weight, bias, input, output, pre) };
    }
    let sizes = Known::<IN, OUT>;
    let mut row = 0;
    // SAFETY: the block begins at row `row`, and as many rows are computed as are left of the `OUT` that the caller
    // promises: `MOST_VECTORS` vectors while there are as many, and then what `last_rows` says.
    unsafe {
        let mut block = RowBlock { weight, bias, input, output, pre };
        while OUT - row >= MOST_VECTORS * V::LANES {
            block.run::<V, E, _, MOST_VECTORS, false>(sizes);
            block.advance(MOST_VECTORS * V::LANES);
            row += MOST_VECTORS * V::LANES;
        }
        match const { last_rows(OUT, V::LANES) } {
            1 => block.run::<V, E, _, 1, true>(sizes),
            2 => block.run::<V, E, _, 1, false>(sizes),
            3 => block.run::<V, E, _, 2, true>(sizes),
            4 => block.run::<V, E, _, 2, false>(sizes),
            5 => block.run::<V, E, _, 3, true>(sizes),
            6 => block.run::<V, E, _, 3, false>(sizes),
            7 => block.run::<V, E, _, 4, true>(sizes),
            _ => {}
        }
    }
}

/// The same for so many rows of a layer whose sizes are given, and without an epilogue.
///
/// # Safety
/// As for [`affine_unrolled`], with as many inputs and outputs as `sizes` says, and so many rows from where the block begins.
/// If they do not fill whole vectors, the last of them is that of the layer.
#[inline(always)]
unsafe fn affine_given<T: Float, V: Vector<T>>(sizes: Given, rows: usize, mut block: RowBlock<T>) {
    let mut row = 0;
    // SAFETY: the block begins at row `row`, and as many rows are computed as are left of those that the caller
    // promises: `MOST_VECTORS` vectors while there are as many, and then what `last_rows` says.
    unsafe {
        while rows - row >= MOST_VECTORS * V::LANES {
            block.run::<V, Identity, _, MOST_VECTORS, false>(sizes);
            block.advance(MOST_VECTORS * V::LANES);
            row += MOST_VECTORS * V::LANES;
        }
        match last_rows(rows, V::LANES) {
            1 => block.run::<V, Identity, _, 1, true>(sizes),
            2 => block.run::<V, Identity, _, 1, false>(sizes),
            3 => block.run::<V, Identity, _, 2, true>(sizes),
            4 => block.run::<V, Identity, _, 2, false>(sizes),
            5 => block.run::<V, Identity, _, 3, true>(sizes),
            6 => block.run::<V, Identity, _, 3, false>(sizes),
            7 => block.run::<V, Identity, _, 4, true>(sizes),
            _ => {}
        }
    }
}

/// Twice the whole vectors behind the blocks of [`MOST_VECTORS`], and one for a vector that is not whole.
const fn last_rows(outputs: usize, lanes: usize) -> usize {
    outputs % (MOST_VECTORS * lanes) / lanes * 2 + (!outputs.is_multiple_of(lanes)) as usize
}

/// Some rows of the layer.
struct RowBlock<T> {
    weight: *const T,
    bias: Option<*const T>,
    input: *const T,
    output: *mut T,
    pre: Option<*mut T>,
}

impl<T: Float> RowBlock<T> {
    /// # Safety
    /// So many rows are left from where the block begins.
    #[inline(always)]
    unsafe fn advance(&mut self, rows: usize) {
        // SAFETY: the caller promises the rows, so that each pointer stays in its slice or comes to its end.
        unsafe {
            self.weight = self.weight.add(rows);
            self.bias = self.bias.map(|bias| bias.add(rows));
            self.output = self.output.add(rows);
            self.pre = self.pre.map(|pre| pre.add(rows));
        }
    }

    /// # Safety
    /// `VECTORS` vectors of rows are left from where the block begins; if `PARTIAL`, the last one has only the rows
    /// that the outputs leave. The pointers are valid as [`affine_unrolled`] says, of a layer of these sizes.
    #[inline(always)]
    unsafe fn run<V, E, S, const VECTORS: usize, const PARTIAL: bool>(&self, sizes: S)
    where
        V: Vector<T>,
        E: Epilogue<T>,
        S: Sizes,
    {
        // SAFETY: `sum` asks the same of its caller.
        unsafe {
            match const { chains(VECTORS, S::FEWEST_INPUTS) } {
                8 => self.sum::<V, E, S, VECTORS, PARTIAL, 8>(sizes),
                4 => self.sum::<V, E, S, VECTORS, PARTIAL, 4>(sizes),
                2 => self.sum::<V, E, S, VECTORS, PARTIAL, 2>(sizes),
                _ => self.sum::<V, E, S, VECTORS, PARTIAL, 1>(sizes),
            }
        }
    }

    /// # Safety
    /// As for [`RowBlock::run`].
    #[inline(always)]
    unsafe fn sum<
        V: Vector<T>,
        E: Epilogue<T>,
        S: Sizes,
        const VECTORS: usize,
        const PARTIAL: bool,
        const CHAINS: usize,
    >(
        &self,
        sizes: S,
    ) {
        let (inputs, outputs) = (sizes.inputs(), sizes.outputs());
        let last = outputs % V::LANES;
        // SAFETY: `source` is the first of the block's rows in the bias or in a column of weights, where the caller
        // promises `VECTORS` vectors; of the last one, if it is partial, `last` rows.
        let load = |source: *const T, vector: usize| unsafe {
            let source = source.add(vector * V::LANES);
            if PARTIAL && vector + 1 == VECTORS {
                V::load_partial_pointer(source, last)
            } else {
                V::load_pointer(source)
            }
        };
        // SAFETY: `target` is the first of the block's rows in `output` or `pre`, where the caller promises as many.
        let store = |value: V, target: *mut T, vector: usize| unsafe {
            let target = target.add(vector * V::LANES);
            if PARTIAL && vector + 1 == VECTORS {
                value.store_partial_pointer(target, last)
            } else {
                value.store_pointer(target)
            }
        };
        // SAFETY: all columns below are less than `inputs`, as many values as the caller promises.
        let value = |column: usize| unsafe { V::splat(*self.input.add(column)) };
        let weight = |column: usize, vector: usize| {
            // SAFETY: all columns below are less than `inputs`, and each has `outputs` weights.
            let start = unsafe { self.weight.add(column * outputs) };
            load(start, vector)
        };

        // The first chain begins with the bias, if there is one, the others with a product: no addition of zeros.
        let mut sums = [[V::zero(); VECTORS]; CHAINS];
        for (chain, sums) in sums.iter_mut().enumerate() {
            if chain >= inputs {
                break;
            }
            let value = value(chain);
            for (vector, sum) in sums.iter_mut().enumerate() {
                *sum = match self.bias {
                    Some(bias) if chain == 0 => {
                        weight(0, vector).mul_add(value, load(bias, vector))
                    }
                    _ => weight(chain, vector) * value,
                };
            }
        }
        let mut column = CHAINS;
        while column + CHAINS <= inputs {
            for (chain, sums) in sums.iter_mut().enumerate() {
                let value = value(column + chain);
                for (vector, sum) in sums.iter_mut().enumerate() {
                    *sum = weight(column + chain, vector).mul_add(value, *sum);
                }
            }
            column += CHAINS;
        }
        for (chain, sums) in
            sums.iter_mut().enumerate().take(inputs.saturating_sub(CHAINS) % CHAINS)
        {
            let value = value(column + chain);
            for (vector, sum) in sums.iter_mut().enumerate() {
                *sum = weight(column + chain, vector).mul_add(value, *sum);
            }
        }

        let mut width = CHAINS;
        while width > 1 {
            width /= 2;
            let (first, second) = sums.split_at_mut(width);
            for (first, second) in first.iter_mut().zip(second) {
                for (sum, &other) in first.iter_mut().zip(&*second) {
                    *sum = *sum + other;
                }
            }
        }
        for (vector, &sum) in sums[0].iter().enumerate() {
            if let Some(pre) = self.pre {
                store(sum, pre, vector);
            }
            store(E::apply(sum), self.output, vector);
        }
    }
}

/// A layer of fewer outputs than a vector has lanes: each vector multiplies several columns.
///
/// # Safety
/// As for [`affine_unrolled`].
#[inline(always)]
unsafe fn narrow<T: Float, V: Vector<T>, E: Epilogue<T>, const IN: usize, const OUT: usize>(
    weight: *const T,
    bias: Option<*const T>,
    input: *const T,
    output: *mut T,
    pre: Option<*mut T>,
) {
    const CHAINS: usize = 4;
    let columns = V::LANES / OUT;
    // SAFETY: a vector holds the weights of `columns` columns, and is read only where as many are left of `IN`; of the
    // columns behind, the bias and what is written `OUT` values are taken, less than a vector.
    unsafe {
        let mut sums = [V::zero(); CHAINS];
        let mut chain = 0;
        let mut column = 0;
        while column + CHAINS * columns <= IN {
            for (chain, sum) in sums.iter_mut().enumerate() {
                let column = column + chain * columns;
                let values = V::load_repeated::<OUT>(input.add(column));
                *sum = V::load_pointer(weight.add(column * OUT)).mul_add(values, *sum);
            }
            column += CHAINS * columns;
        }
        while column + columns <= IN {
            let values = V::load_repeated::<OUT>(input.add(column));
            sums[chain] = V::load_pointer(weight.add(column * OUT)).mul_add(values, sums[chain]);
            chain += 1;
            column += columns;
        }
        let mut sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])).fold::<OUT>();
        if let Some(bias) = bias {
            sum = sum + V::load_partial_pointer(bias, OUT);
        }
        while column < IN {
            let values = V::splat(*input.add(column));
            sum = V::load_partial_pointer(weight.add(column * OUT), OUT).mul_add(values, sum);
            column += 1;
        }
        if let Some(pre) = pre {
            sum.store_partial_pointer(pre, OUT);
        }
        E::apply(sum).store_partial_pointer(output, OUT);
    }
}

#[cfg(all(test, feature = "threads"))]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;
    use crate::simd::dispatch;
    use crate::threads::REPAID;

    struct Single<'a, T, const IN: usize, const OUT: usize> {
        layer: [&'a [T]; 2],
        input: &'a [T; IN],
        output: &'a mut [T; OUT],
    }

    impl<T: Float, const IN: usize, const OUT: usize> Kernel for Single<'_, T, IN, OUT> {
        type Output = ();

        #[inline(always)]
        fn run<I: InstructionSet>(self, instructions: I) {
            let ([weight, bias], Self { input, output, .. }) = (self.layer, self);
            let bias = Some(bias);
            affine::<T, I, Identity, IN, OUT>(instructions, weight, bias, input, output, None);
        }
    }

    fn rows_are_split<T: Float>() {
        const IN: usize = 1037;
        const OUT: usize = 3333;
        let number = |index: usize| T::from_f64((index * 7919 % 1009) as f64 / 1009.0 - 0.5);
        let numbers = |count: usize| (0..count).map(number).collect::<Vec<T>>();
        let (weight, bias, input) = (numbers(IN * OUT), numbers(OUT), numbers(IN));
        let on = |threads: usize| {
            let mut output = vec![T::ZERO; OUT];
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                assert_eq!(threads::parts(2 * IN * OUT, OUT / ROWS_TOGETHER), threads);
                dispatch(Single::<T, IN, OUT> {
                    layer: [&weight, &bias],
                    input: input.as_slice().try_into().unwrap(),
                    output: output.as_mut_slice().try_into().unwrap(),
                });
            });
            output
        };
        let alone = on(1);
        for row in [0, 63, 64, 1500, OUT - 1] {
            let products = (0..IN).map(|column| weight[column * OUT + row] * input[column]);
            let sum = products.fold(bias[row].to_f64(), |sum, product| sum + product.to_f64());
            assert!((sum - alone[row].to_f64()).abs() < 1e-3, "{sum} {}", alone[row]);
        }
        for threads in [2, 3] {
            assert_eq!(on(threads), alone);
        }
    }

    #[test]
    fn a_large_layer_is_the_same_on_any_number_of_threads() {
        const { assert!(2 * 1037 * 3333 > 3 * REPAID) };
        rows_are_split::<f32>();
        rows_are_split::<f64>();
    }
}
