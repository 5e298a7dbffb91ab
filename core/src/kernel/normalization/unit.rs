//! Division by the Euclidean norm of the values along an axis.

use crate::kernel::Line;
use crate::kernel::lanes::{dot, read, write};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// `y = x / max(|x|, eps)` of each line.
pub(crate) struct DivideByNorm<'a, T> {
    pub(crate) line: Line,
    pub(crate) eps: f64,
    pub(crate) input: &'a [T],
    pub(crate) output: &'a mut [T],
}

/// The gradient of the input from that of the output.
pub(crate) struct DivideByNormBackward<'a, T> {
    pub(crate) line: Line,
    pub(crate) eps: f64,
    pub(crate) input: &'a [T],
    pub(crate) d_output: &'a [T],
    pub(crate) d_input: &'a mut [T],
}

compiled_here!(DivideByNorm<'a, T>, DivideByNormBackward<'a, T>);

impl<T: Float> Kernel for DivideByNorm<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { line, eps, input, output } = self;
        let eps = T::from_f64(eps);
        let blocks = input.chunks_exact(line.block()).zip(output.chunks_exact_mut(line.block()));
        for (x, y) in blocks {
            if line.stride == 1 {
                let norm = dot::<T, T::Vector<I>>(x, x).sqrt();
                // A NaN is not smaller, and stays.
                let norm = T::Vector::<I>::splat(if norm < eps { eps } else { norm });
                for (start, count) in vectors::<T, T::Vector<I>>(line.len) {
                    write(read::<T, T::Vector<I>>(x, start, count) / norm, y, start, count);
                }
                continue;
            }
            for (start, count) in vectors::<T, T::Vector<I>>(line.stride) {
                let norm = norm::<T, T::Vector<I>>(x, line, start, count);
                let norm = T::Vector::<I>::splat(eps).max(norm);
                for place in places(line, start) {
                    write(read::<T, T::Vector<I>>(x, place, count) / norm, y, place, count);
                }
            }
        }
    }
}

impl<T: Float> Kernel for DivideByNormBackward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { line, eps, input, d_output, d_input } = self;
        let eps = T::from_f64(eps);
        let blocks = input.chunks_exact(line.block()).zip(d_output.chunks_exact(line.block()));
        for ((x, d_y), d_x) in blocks.zip(d_input.chunks_exact_mut(line.block())) {
            if line.stride == 1 {
                let norm = dot::<T, T::Vector<I>>(x, x).sqrt();
                // Below eps it is a division by a constant.
                let (along, scale) = match norm < eps {
                    true => (T::ZERO, T::ONE / eps),
                    false => (dot::<T, T::Vector<I>>(x, d_y) / norm / norm, T::ONE / norm),
                };
                let along = T::Vector::<I>::splat(-along);
                let scale = T::Vector::<I>::splat(scale);
                for (start, count) in vectors::<T, T::Vector<I>>(line.len) {
                    let x: T::Vector<I> = read(x, start, count);
                    let d_y: T::Vector<I> = read(d_y, start, count);
                    write(x.mul_add(along, d_y) * scale, d_x, start, count);
                }
                continue;
            }
            for (start, count) in vectors::<T, T::Vector<I>>(line.stride) {
                let norm = norm::<T, T::Vector<I>>(x, line, start, count);
                let eps = T::Vector::<I>::splat(eps);
                let mut product = T::Vector::<I>::zero();
                for place in places(line, start) {
                    let d_y: T::Vector<I> = read(d_y, place, count);
                    product = read::<T, T::Vector<I>>(x, place, count).mul_add(d_y, product);
                }
                let is_small = eps.greater(norm);
                let along =
                    Vector::select(is_small, T::Vector::<I>::zero(), -product / norm / norm);
                let scale = T::Vector::<I>::splat(T::ONE) / Vector::select(is_small, eps, norm);
                for place in places(line, start) {
                    let x: T::Vector<I> = read(x, place, count);
                    let d_y: T::Vector<I> = read(d_y, place, count);
                    write(x.mul_add(along, d_y) * scale, d_x, place, count);
                }
            }
        }
    }
}

/// The norms of the lines that start beside each other.
#[inline(always)]
fn norm<T: Float, V: Vector<T>>(x: &[T], line: Line, start: usize, count: usize) -> V {
    let mut squares = V::zero();
    for place in places(line, start) {
        let x: V = read(x, place, count);
        squares = x.mul_add(x, squares);
    }
    squares.sqrt()
}

/// Where each vector of a run starts, and how many values it holds.
#[inline(always)]
fn vectors<T: Float, V: Vector<T>>(len: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..len).step_by(V::LANES).map(move |start| (start, V::LANES.min(len - start)))
}

/// Where the values of the lines are that start there.
#[inline(always)]
fn places(line: Line, start: usize) -> impl Iterator<Item = usize> {
    (start..line.block()).step_by(line.stride)
}
