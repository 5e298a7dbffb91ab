//! Vectors as plain arrays, for machines whose instructions are not written out here.
//!
//! LLVM turns their loops into the vector instructions that the target has.

use core::array::from_fn;
use core::ops::{Add, Div, Mul, Neg, Sub};

use super::{Vector, math};

macro_rules! array_vector {
    ($name:ident, $float:ident, $lanes:literal, $functions:ident) => {
        /// Numbers that LLVM keeps in one vector register.
        #[derive(Clone, Copy, Debug)]
        #[repr(transparent)]
        pub(crate) struct $name([$float; $lanes]);

        array_vector!(@operator $name, Add, add);
        array_vector!(@operator $name, Sub, sub);
        array_vector!(@operator $name, Mul, mul);
        array_vector!(@operator $name, Div, div);

        impl Neg for $name {
            type Output = Self;
            #[inline(always)]
            fn neg(self) -> Self {
                Self(self.0.map(|x| -x))
            }
        }

        impl Vector<$float> for $name {
            const LANES: usize = $lanes;
            const TILE_COLUMNS: usize = if cfg!(target_arch = "aarch64") { 8 } else { 4 };
            type Mask = [bool; $lanes];

            #[inline(always)]
            fn splat(value: $float) -> Self {
                Self([value; $lanes])
            }
            #[inline(always)]
            fn zero() -> Self {
                Self([0.0; $lanes])
            }
            #[inline(always)]
            unsafe fn load_pointer(source: *const $float) -> Self {
                // SAFETY: the caller promises that `LANES` numbers can be read; an array of them is aligned as they
                // are.
                Self(unsafe { source.cast::<[$float; $lanes]>().read() })
            }
            #[inline(always)]
            unsafe fn load_partial_pointer(source: *const $float, count: usize) -> Self {
                // SAFETY: only the first `count` numbers are read, which the caller promises.
                Self(from_fn(|i| if i < count { unsafe { *source.add(i) } } else { 0.0 }))
            }
            #[inline(always)]
            unsafe fn store_pointer(self, target: *mut $float) {
                // SAFETY: the caller promises that `LANES` numbers can be written; an array of them is aligned as they
                // are.
                unsafe { target.cast::<[$float; $lanes]>().write(self.0) }
            }
            #[inline(always)]
            unsafe fn store_partial_pointer(self, target: *mut $float, count: usize) {
                for i in 0..count {
                    // SAFETY: `i` is less than `count`, and the caller promises that `count` numbers can be written.
                    unsafe { *target.add(i) = self.0[i] }
                }
            }
            #[inline(always)]
            fn mul_add(self, factor: Self, addend: Self) -> Self {
                // Where the fused form is a call into a library, it is far slower.
                #[cfg(all(target_arch = "aarch64", feature = "std"))]
                return Self(from_fn(|i| self.0[i].mul_add(factor.0[i], addend.0[i])));
                #[cfg(not(all(target_arch = "aarch64", feature = "std")))]
                return Self(from_fn(|i| self.0[i] * factor.0[i] + addend.0[i]));
            }
            #[inline(always)]
            fn max(self, other: Self) -> Self {
                Self(from_fn(|i| if self.0[i] > other.0[i] { self.0[i] } else { other.0[i] }))
            }
            #[inline(always)]
            fn min(self, other: Self) -> Self {
                Self(from_fn(|i| if self.0[i] < other.0[i] { self.0[i] } else { other.0[i] }))
            }
            #[inline(always)]
            fn abs(self) -> Self {
                Self(self.0.map(|x| x.abs()))
            }
            #[inline(always)]
            fn sqrt(self) -> Self {
                Self(self.0.map(crate::scalar::Float::sqrt))
            }
            #[inline(always)]
            fn greater(self, other: Self) -> Self::Mask {
                from_fn(|i| self.0[i] > other.0[i])
            }
            #[inline(always)]
            fn select(mask: Self::Mask, yes: Self, no: Self) -> Self {
                Self(from_fn(|i| if mask[i] { yes.0[i] } else { no.0[i] }))
            }
            #[inline(always)]
            fn give_sign(self, magnitude: Self) -> Self {
                Self(from_fn(|i| magnitude.0[i].copysign(self.0[i])))
            }
            #[inline(always)]
            fn sum(self) -> $float {
                self.0.iter().sum()
            }
            #[inline(always)]
            fn max_lane(self) -> $float {
                self.0.into_iter().fold($float::NEG_INFINITY, |a, b| if a > b { a } else { b })
            }
            math::$functions!($name);
        }
    };
    (@operator $name:ident, $trait:ident, $method:ident) => {
        impl $trait for $name {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Self(from_fn(|i| $trait::$method(self.0[i], other.0[i])))
            }
        }
    };
}

array_vector!(F32x4, f32, 4, f32_functions);

impl math::Exponent for F32x4 {
    #[inline(always)]
    fn round(self) -> Self {
        // Adding and subtracting 1.5 * 2^23 leaves no bits behind the point; lanes here are small.
        const SHIFT: f32 = 12_582_912.0;
        Self(self.0.map(|x| (x + SHIFT) - SHIFT))
    }
    #[inline(always)]
    fn scale_exponent(self, exponent: Self) -> Self {
        Self(from_fn(|i| {
            let n = exponent.0[i] as i32;
            let half = n >> 1;
            let power = |n: i32| f32::from_bits(((n + 127) << 23) as u32);
            self.0[i] * power(half) * power(n - half)
        }))
    }
    #[inline(always)]
    fn exponent_of_lowest_bits(self) -> Self {
        Self(self.0.map(|x| f32::from_bits(x.to_bits() << 23)))
    }
    #[inline(always)]
    fn split_exponent(self) -> (Self, Self) {
        let mantissa = self.0.map(|x| f32::from_bits((x.to_bits() & 0x007f_ffff) | 0x3f00_0000));
        let exponent = self.0.map(|x| ((x.to_bits() >> 23) as i32 - 126) as f32);
        (Self(mantissa), Self(exponent))
    }
}

array_vector!(F64x2, f64, 2, f64_functions);
