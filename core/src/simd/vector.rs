//! What a vector register can do.

use core::ops::{Add, Div, Mul, Neg, Sub};

use crate::scalar::Float;

/// At least as many numbers as any vector holds.
pub(crate) const MOST_LANES: usize = 16;

/// A vector register: several numbers of type `T` that are computed with at once.
///
/// Comparisons and selections work lane by lane. Of two operands, [`max`](Vector::max) and
/// [`min`](Vector::min) give the second when one of them is NaN, as the instructions of x86 do:
/// `V::zero().max(x)` keeps a NaN of `x`.
pub trait Vector<T: Float>:
    Copy
    + Send
    + Sync
    + 'static
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// How many numbers the vector holds.
    const LANES: usize;
    /// How many columns of a product the registers can accumulate in two vectors of rows.
    const TILE_COLUMNS: usize;
    /// How many columns [`Vector::transpose`] makes.
    const TRANSPOSED: usize = 1;
    /// A truth value for each lane.
    type Mask: Copy;

    /// The same number in all lanes.
    fn splat(value: T) -> Self;
    /// Zero in all lanes.
    fn zero() -> Self;

    /// Reads `LANES` numbers, unaligned.
    ///
    /// # Safety
    /// `LANES` numbers can be read from `source`, which is aligned for one of them.
    unsafe fn load_pointer(source: *const T) -> Self;
    /// Reads the first `count <= LANES` numbers, unaligned; the other lanes are zero.
    ///
    /// # Safety
    /// `count` numbers can be read from `source`, which is aligned for one of them, and `count <= LANES`.
    unsafe fn load_partial_pointer(source: *const T, count: usize) -> Self;
    /// Writes all lanes, unaligned.
    ///
    /// # Safety
    /// `LANES` numbers can be written to `target`, which is aligned for one of them.
    unsafe fn store_pointer(self, target: *mut T);
    /// Writes the first `count <= LANES` lanes, unaligned.
    ///
    /// # Safety
    /// `count` numbers can be written to `target`, which is aligned for one of them, and `count <= LANES`.
    unsafe fn store_partial_pointer(self, target: *mut T, count: usize);

    /// [`load_partial_pointer`](Vector::load_partial_pointer) of a few numbers that may have been written just before: what is
    /// read with a mask waits until it is in the cache.
    ///
    /// # Safety
    /// `count` numbers can be read from `source`, which is aligned for one of them, and `count` is 4 and `LANES` at most.
    #[doc(hidden)]
    #[inline(always)]
    unsafe fn load_few_pointer(source: *const T, count: usize) -> Self {
        // SAFETY: the caller promises the same.
        unsafe { Self::load_partial_pointer(source, count) }
    }
    /// [`store_partial_pointer`](Vector::store_partial_pointer) of a few numbers that may be read just behind.
    ///
    /// # Safety
    /// `count` numbers can be written to `target`, which is aligned for one of them, and `count` is 4 and `LANES` at most.
    #[doc(hidden)]
    #[inline(always)]
    unsafe fn store_few_pointer(self, target: *mut T, count: usize) {
        // SAFETY: the caller promises the same.
        unsafe { self.store_partial_pointer(target, count) }
    }

    /// Reads `LANES / REPEAT` numbers, and puts each into `REPEAT` neighbouring lanes.
    ///
    /// # Safety
    /// `LANES / REPEAT` numbers can be read from `source`, which is aligned for one of them, and `REPEAT` divides `LANES`.
    #[inline(always)]
    unsafe fn load_repeated<const REPEAT: usize>(source: *const T) -> Self {
        let mut lanes = [T::ZERO; MOST_LANES];
        for (i, lane) in lanes.iter_mut().enumerate().take(Self::LANES) {
            // SAFETY: `i / REPEAT` is less than `LANES / REPEAT`, since `REPEAT` divides `LANES`; the caller promises
            // as many numbers, aligned.
            *lane = unsafe { *source.add(i / REPEAT) };
        }
        Self::load(&lanes)
    }
    /// Adds the lanes whose number is equal modulo `PERIOD`; the sums are in the first `PERIOD` lanes.
    ///
    /// `PERIOD` divides `LANES`.
    #[inline(always)]
    fn fold<const PERIOD: usize>(self) -> Self {
        let (mut lanes, mut sums) = ([T::ZERO; MOST_LANES], [T::ZERO; MOST_LANES]);
        self.store(&mut lanes);
        for i in 0..Self::LANES {
            sums[i % PERIOD] += lanes[i];
        }
        Self::load(&sums)
    }
    /// Transposes `LANES` rows of `TRANSPOSED` numbers into as many columns; rows from `rows` on are zero.
    ///
    /// # Safety
    /// `rows <= LANES`; `TRANSPOSED` numbers can be read from `source + i * source_stride` for each `i < rows`,
    /// and `LANES` numbers written to `target + j * target_stride` for each `j < TRANSPOSED`; both are aligned for one number
    /// and do not overlap.
    #[inline(always)]
    unsafe fn transpose(
        source: *const T,
        source_stride: usize,
        rows: usize,
        target: *mut T,
        target_stride: usize,
    ) {
        for j in 0..Self::TRANSPOSED {
            // SAFETY: the caller promises `TRANSPOSED` numbers of each of `rows` rows of the source, `j` being one of
            // them, and room for `LANES` in each row of the target, which `rows` is at most.
            unsafe {
                let target = target.add(j * target_stride);
                Self::zero().store_pointer(target);
                for i in 0..rows {
                    *target.add(i) = *source.add(i * source_stride + j);
                }
            }
        }
    }
    /// Applies a function to each number on its own.
    #[inline(always)]
    fn by_lane(self, function: impl Fn(T) -> T) -> Self {
        let mut lanes = [T::ZERO; MOST_LANES];
        self.store(&mut lanes);
        for lane in &mut lanes[..Self::LANES] {
            *lane = function(*lane);
        }
        Self::load(&lanes)
    }

    /// Reads the first `LANES` numbers of a slice.
    #[inline(always)]
    fn load(source: &[T]) -> Self {
        assert!(source.len() >= Self::LANES);
        // SAFETY: the slice has `LANES` numbers at least, as was asserted.
        unsafe { Self::load_pointer(source.as_ptr()) }
    }
    /// Reads the first `count` numbers of a slice; the other lanes are zero.
    #[inline(always)]
    fn load_partial(source: &[T], count: usize) -> Self {
        assert!(count <= source.len() && count <= Self::LANES);
        // SAFETY: the slice has `count` numbers at least, and those are `LANES` at most, as was asserted.
        unsafe { Self::load_partial_pointer(source.as_ptr(), count) }
    }
    /// Writes all lanes to the start of a slice.
    #[inline(always)]
    fn store(self, target: &mut [T]) {
        assert!(target.len() >= Self::LANES);
        // SAFETY: the slice has room for `LANES` numbers, as was asserted.
        unsafe { self.store_pointer(target.as_mut_ptr()) }
    }
    /// Writes the first `count` lanes to the start of a slice.
    #[inline(always)]
    fn store_partial(self, target: &mut [T], count: usize) {
        assert!(count <= target.len() && count <= Self::LANES);
        // SAFETY: the slice has room for `count` numbers, and those are `LANES` at most, as was asserted.
        unsafe { self.store_partial_pointer(target.as_mut_ptr(), count) }
    }

    /// `self / divisor` where the divisor is between 1e-30 and 1e30, or NaN, to about one part in four
    /// million at least: takes less time than a division where the machine can estimate the reciprocal.
    #[inline(always)]
    fn divide_quickly(self, divisor: Self) -> Self {
        self / divisor
    }
    /// `self * factor + addend`, fused where the instruction set can.
    fn mul_add(self, factor: Self, addend: Self) -> Self;
    /// The larger of both; `other` where one is NaN.
    fn max(self, other: Self) -> Self;
    /// The smaller of both; `other` where one is NaN.
    fn min(self, other: Self) -> Self;
    /// The absolute value.
    fn abs(self) -> Self;
    /// The square root.
    fn sqrt(self) -> Self;
    /// Where `self` is greater than `other`; false where one is NaN.
    fn greater(self, other: Self) -> Self::Mask;
    /// `yes` where the mask is true, else `no`.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;
    /// The sum of all lanes.
    fn sum(self) -> T;
    /// The sums of all lanes of four vectors.
    #[inline(always)]
    fn sum_four([a, b, c, d]: [Self; 4]) -> [T; 4] {
        [a.sum(), b.sum(), c.sum(), d.sum()]
    }
    /// The largest lane.
    fn max_lane(self) -> T;

    /// `yes` where `self` is greater than zero, else `no`.
    #[inline(always)]
    fn greater_than_zero_or(self, yes: Self, no: Self) -> Self {
        Self::select(self.greater(Self::zero()), yes, no)
    }
    /// `self` where it is greater than zero, else zero; a NaN stays.
    #[inline(always)]
    fn relu(self) -> Self {
        Self::zero().max(self)
    }
    /// Zero where the absolute value is below [`Float::SMALLEST_KEPT`], else `self`; a NaN stays.
    #[inline(always)]
    fn flush_to_zero(self) -> Self {
        let is_negligible = Self::splat(T::SMALLEST_KEPT).greater(self.abs());
        Self::select(is_negligible, Self::zero(), self)
    }
    /// `magnitude` with the sign of `self`; `magnitude` is not negative.
    fn give_sign(self, magnitude: Self) -> Self;

    // Bounds are of `f32`; functions of `f64` are those of the standard library, or of `libm`.

    /// `e` to the power of each lane, to 1.5 units in the last place.
    fn exp(self) -> Self;
    /// `exp(x) - 1`, exact for small values too: to 2 units in the last place.
    fn exp_m1(self) -> Self;
    /// The natural logarithm, to 1 unit in the last place.
    fn ln(self) -> Self;
    /// `ln(1 + x)`, exact for small values too: to 2 units in the last place.
    fn ln_1p(self) -> Self;
    /// The hyperbolic tangent, to 2.5 units in the last place, which are 1.5e-7 at most.
    fn tanh(self) -> Self;
    /// The error function, to 1.5 units in the last place.
    fn erf(self) -> Self;
    /// The logistic function `1 / (1 + exp(-x))`, to 2.5 units in the last place; it may be zero where it is subnormal.
    fn sigmoid(self) -> Self;
    /// `ln(1 + exp(x))`, without overflow, to 2 units in the last place.
    #[inline(always)]
    fn softplus(self) -> Self {
        Self::zero().max(self) + (-self.abs()).exp().ln_1p()
    }
}
