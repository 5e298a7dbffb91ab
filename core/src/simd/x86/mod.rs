//! Vectors of x86-64 in its own instructions: SSE2 (which every machine has), AVX2 and AVX-512.
//!
//! The intrinsics are called in functions that are inlined always, and so into a function that is compiled
//! for their instruction set. That the machine has the instructions is known because code outside of `simd` reaches
//! these types only as those of the `I` of [`Kernel::run`](super::Kernel::run), which is called with a set that
//! [`dispatch`](super::dispatch) has found the machine to have.

mod avx2;
mod avx512;
mod sse2;

pub(crate) use avx2::{F32x8, F64x4};
pub(crate) use avx512::{F32x16, F64x8};
pub(crate) use sse2::{F32x4, F64x2};

/// Declares a vector type and its operators.
macro_rules! vector {
    ($(#[$doc:meta])* $name:ident, $raw:ident, $add:ident, $sub:ident, $mul:ident, $div:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        #[repr(transparent)]
        pub(crate) struct $name(pub(super) $raw);

        vector!(@operator $name, Add, add, $add);
        vector!(@operator $name, Sub, sub, $sub);
        vector!(@operator $name, Mul, mul, $mul);
        vector!(@operator $name, Div, div, $div);

        impl core::ops::Neg for $name {
            type Output = Self;
            #[inline(always)]
            fn neg(self) -> Self {
                self.flip_sign(Self::splat(-0.0))
            }
        }
    };
    (@operator $name:ident, $trait:ident, $method:ident, $intrinsic:ident) => {
        impl core::ops::$trait for $name {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                // SAFETY: the machine has the instructions (see the module).
                Self(unsafe { $intrinsic(self.0, other.0) })
            }
        }
    };
}
use vector;

/// The methods of a vector that are one intrinsic each, inside its `impl Vector`.
macro_rules! intrinsics {
    (
        $float:ident, $splat:ident, $load:ident, $store:ident, $max:ident, $min:ident, $sqrt:ident,
        |$a:ident, $b:ident, $c:ident| $mul_add:expr
    ) => {
        #[inline(always)]
        fn splat(value: $float) -> Self {
            // SAFETY: the machine has the instructions (see the module).
            Self(unsafe { $splat(value) })
        }
        #[inline(always)]
        fn zero() -> Self {
            Self::splat(0.0)
        }
        #[inline(always)]
        unsafe fn load_pointer(source: *const $float) -> Self {
            // SAFETY: the machine has the instructions (see the module), and the caller promises that `LANES` numbers
            // can be read; the instruction asks for no alignment.
            Self(unsafe { $load(source) })
        }
        #[inline(always)]
        unsafe fn store_pointer(self, target: *mut $float) {
            // SAFETY: the machine has the instructions (see the module), and the caller promises that `LANES` numbers
            // can be written; the instruction asks for no alignment.
            unsafe { $store(target, self.0) }
        }
        #[inline(always)]
        fn mul_add(self, factor: Self, addend: Self) -> Self {
            let ($a, $b, $c) = (self.0, factor.0, addend.0);
            // SAFETY: the machine has the instructions (see the module).
            Self(unsafe { $mul_add })
        }
        #[inline(always)]
        fn max(self, other: Self) -> Self {
            // SAFETY: the machine has the instructions (see the module).
            Self(unsafe { $max(self.0, other.0) })
        }
        #[inline(always)]
        fn min(self, other: Self) -> Self {
            // SAFETY: the machine has the instructions (see the module).
            Self(unsafe { $min(self.0, other.0) })
        }
        #[inline(always)]
        fn sqrt(self) -> Self {
            // SAFETY: the machine has the instructions (see the module).
            Self(unsafe { $sqrt(self.0) })
        }
    };
}
use intrinsics;

/// The methods that work on the sign bit, inside an `impl` of the vector itself and of `Vector`.
macro_rules! sign_methods {
    () => {
        #[inline(always)]
        fn abs(self) -> Self {
            self.clear_sign()
        }
        #[inline(always)]
        fn give_sign(self, magnitude: Self) -> Self {
            magnitude.flip_sign(self.sign())
        }
    };
}
use sign_methods;
