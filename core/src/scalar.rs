//! The two number types a network can be made of.

use core::fmt::{Debug, Display};

use crate::element::Element;
use crate::simd::{Compiled, InstructionSet, Kernel, Vector};

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// A floating-point type that networks compute with: `f32` or `f64`.
///
/// Arithmetic comes from [`nalgebra::Field`]; the functions below are those of the standard library,
/// or of `libm` where there is none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number type of networks",
    label = "networks compute in `f32` or `f64`"
)]
pub trait Float:
    sealed::Sealed + Element + nalgebra::Field + PartialOrd + Debug + Display + core::iter::Sum
{
    /// The number 0.
    const ZERO: Self;
    /// The number 1.
    const ONE: Self;
    /// The distance from 1 to the next larger number.
    const EPSILON: Self;
    /// Positive infinity.
    const INFINITY: Self;
    /// What is kept from step to step counts as zero where it is smaller in size: 2^-119 of `f32`, about 1.5e-36, and
    /// 2^-1015 of `f64`, about 2.8e-306.
    ///
    /// States, moments and gradients through time decay. They would end as subnormal numbers, with which some machines
    /// compute a hundred times as slowly, and stay there, since so small a number is rounded back to itself. The bound
    /// is 2^7 times the smallest normal number, so that what is kept can be multiplied with weights and slopes of a
    /// hundredth; it is far below what could be seen beside any other value of a network. As a power of two it is seen
    /// from some bits of the exponent alone.
    const SMALLEST_KEPT: Self;
    /// The name of the type in Rust: `"f32"` or `"f64"`.
    const NAME: &'static str;

    /// The vector of such numbers in the instruction set `I`.
    type Vector<I: InstructionSet>: Vector<Self>;

    /// Runs a kernel in the code that was compiled for this type.
    #[doc(hidden)]
    fn run_compiled<C: Compiled, I: InstructionSet>(
        instructions: I,
        kernel: C::Kernel<'_, Self>,
    ) -> <C::Kernel<'_, Self> as Kernel>::Output;

    /// The nearest number of this type.
    fn from_f64(value: f64) -> Self;
    /// The same number as an `f64`.
    fn to_f64(self) -> f64;
    /// The nearest number of this type.
    fn from_usize(value: usize) -> Self;
    /// Puts every `step`-th number, from the first on, into `bytes` until they are full; the least
    /// significant byte of each comes first.
    fn write_le(numbers: &[Self], step: usize, bytes: &mut [u8]);
    /// Takes every `step`-th number, from the first on, from `bytes` as
    /// [`write_le`](Float::write_le) put them there.
    fn read_le(bytes: &[u8], numbers: &mut [Self], step: usize);

    /// The absolute value.
    fn abs(self) -> Self;
    /// The larger of both; of a NaN and a number, the number.
    fn max(self, other: Self) -> Self;
    /// The smaller of both; of a NaN and a number, the number.
    fn min(self, other: Self) -> Self;
    /// Zero where the absolute value is below [`SMALLEST_KEPT`](Float::SMALLEST_KEPT), else the same number; a NaN stays.
    ///
    /// Every value that is kept from step to step goes through this, or through
    /// [`Vector::flush_to_zero`].
    fn flush_to_zero(self) -> Self;
    /// Neither infinite nor NaN.
    fn is_finite(self) -> bool;
    /// Not a number.
    fn is_nan(self) -> bool;
    /// `self * factor + addend`, rounded twice: no call into a library where the machine has no fused form.
    fn mul_add(self, factor: Self, addend: Self) -> Self;
    /// `e` to the power of `self`.
    fn exp(self) -> Self;
    /// `exp(self) - 1`, exact for small values too.
    fn exp_m1(self) -> Self;
    /// The natural logarithm.
    fn ln(self) -> Self;
    /// `ln(1 + self)`, exact for small values too.
    fn ln_1p(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// The square root.
    fn sqrt(self) -> Self;
    /// The sine.
    fn sin(self) -> Self;
    /// The cosine.
    fn cos(self) -> Self;
    /// The error function.
    fn erf(self) -> Self;
    /// `self` to an integral power.
    fn powi(self, exponent: i32) -> Self;
    /// `self` to a real power.
    fn powf(self, exponent: Self) -> Self;
}

macro_rules! float {
    ($float:ident, $vector:ident, { $($method:ident => $libm:ident),* $(,)? }, $erf:ident, $pow:ident) => {
        impl Float for $float {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const EPSILON: Self = $float::EPSILON;
            const INFINITY: Self = $float::INFINITY;
            const SMALLEST_KEPT: Self = 128.0 * $float::MIN_POSITIVE;
            const NAME: &'static str = stringify!($float);

            type Vector<I: InstructionSet> = I::$vector;

            #[inline(always)]
            fn run_compiled<C: Compiled, I: InstructionSet>(
                instructions: I,
                kernel: C::Kernel<'_, Self>,
            ) -> <C::Kernel<'_, Self> as Kernel>::Output {
                C::$float(instructions, kernel)
            }

            #[inline(always)]
            fn from_f64(value: f64) -> Self {
                value as $float
            }
            #[inline(always)]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }
            #[inline(always)]
            fn from_usize(value: usize) -> Self {
                value as $float
            }
            fn write_le(numbers: &[Self], step: usize, bytes: &mut [u8]) {
                let (places, _) = bytes.as_chunks_mut();
                for (place, number) in places.iter_mut().zip(numbers.iter().step_by(step)) {
                    *place = number.to_le_bytes();
                }
            }
            fn read_le(bytes: &[u8], numbers: &mut [Self], step: usize) {
                let (places, _) = bytes.as_chunks();
                for (place, number) in places.iter().zip(numbers.iter_mut().step_by(step)) {
                    *number = $float::from_le_bytes(*place);
                }
            }
            #[inline(always)]
            fn abs(self) -> Self {
                $float::abs(self)
            }
            #[inline(always)]
            fn max(self, other: Self) -> Self {
                $float::max(self, other)
            }
            #[inline(always)]
            fn min(self, other: Self) -> Self {
                $float::min(self, other)
            }
            #[inline(always)]
            fn flush_to_zero(self) -> Self {
                if $float::abs(self) < Self::SMALLEST_KEPT { 0.0 } else { self }
            }
            #[inline(always)]
            fn is_finite(self) -> bool {
                $float::is_finite(self)
            }
            #[inline(always)]
            fn is_nan(self) -> bool {
                $float::is_nan(self)
            }
            #[inline(always)]
            fn mul_add(self, factor: Self, addend: Self) -> Self {
                self * factor + addend
            }
            $(
                #[inline]
                fn $method(self) -> Self {
                    #[cfg(feature = "std")]
                    return $float::$method(self);
                    #[cfg(not(feature = "std"))]
                    return libm::$libm(self);
                }
            )*
            #[inline]
            fn erf(self) -> Self {
                libm::$erf(self)
            }
            #[inline]
            fn powi(self, exponent: i32) -> Self {
                #[cfg(feature = "std")]
                return $float::powi(self, exponent);
                #[cfg(not(feature = "std"))]
                return libm::$pow(self, exponent as $float);
            }
            #[inline]
            fn powf(self, exponent: Self) -> Self {
                #[cfg(feature = "std")]
                return $float::powf(self, exponent);
                #[cfg(not(feature = "std"))]
                return libm::$pow(self, exponent);
            }
        }
    };
}

float!(f32, F32, {
    exp => expf, exp_m1 => expm1f, ln => logf, ln_1p => log1pf, tanh => tanhf, sqrt => sqrtf, sin => sinf, cos => cosf,
}, erff, powf);
float!(f64, F64, {
    exp => exp, exp_m1 => expm1, ln => log, ln_1p => log1p, tanh => tanh, sqrt => sqrt, sin => sin, cos => cos,
}, erf, pow);
