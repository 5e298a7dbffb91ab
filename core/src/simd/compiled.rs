//! Kernels whose code is part of this crate.
//!
//! A generic function is compiled in each crate that calls it, so a kernel that is inlined into the code of a network
//! costs each build of a program the time to compile it, for each layer, pass and instruction set. One that takes its
//! sizes as values need not: [`compiled_here`] makes a function of it for each number type and instruction set, and
//! programs only call these.

use super::{InstructionSet, Kernel};
use crate::scalar::Float;

/// The functions of a kernel that were compiled here: one for each number type, which picks that of the instruction
/// set.
pub trait Compiled {
    /// The kernel.
    type Kernel<'a, T: Float>: Kernel;
    /// Runs it on numbers of type `f32`.
    fn f32<'a, I: InstructionSet>(
        instructions: I,
        kernel: Self::Kernel<'a, f32>,
    ) -> <Self::Kernel<'a, f32> as Kernel>::Output;
    /// Runs it on numbers of type `f64`.
    fn f64<'a, I: InstructionSet>(
        instructions: I,
        kernel: Self::Kernel<'a, f64>,
    ) -> <Self::Kernel<'a, f64> as Kernel>::Output;
}

/// Gives kernels with a lifetime and a number type, such as `Rows<'a, T>`, a method `call` that does what
/// [`Kernel::run`] does, in code that is compiled with this crate. One that has other arguments besides, such as
/// `Map<'a, T, Relu>`, is written `for<'a, T> Map<'a, T, Relu>`.
macro_rules! compiled_here {
    ($($kernel:ident<$a:lifetime, $t:ident>),* $(,)?) => {
        $crate::simd::compiled_here!($(for<$a, $t> $kernel<$a, $t>),*);
    };
    ($(for<$a:lifetime, $t:ident> $kernel:ty),* $(,)?) => {$(
        impl<$a, $t: $crate::scalar::Float> $kernel {
            #[inline(always)]
            pub(crate) fn call<I: $crate::simd::InstructionSet>(
                self,
                instructions: I,
            ) -> <Self as $crate::simd::Kernel>::Output {
                struct Here;
                impl $crate::simd::Compiled for Here {
                    type Kernel<$a, $t: $crate::scalar::Float> = $kernel;
                    $crate::simd::compiled_here!(@scalar f32);
                    $crate::simd::compiled_here!(@scalar f64);
                }
                $t::run_compiled::<Here, I>(instructions, self)
            }
        }
    )*};
    (@scalar $scalar:ident) => {
        #[inline(always)]
        fn $scalar<'a, I: $crate::simd::InstructionSet>(
            instructions: I,
            kernel: Self::Kernel<'a, $scalar>,
        ) -> <Self::Kernel<'a, $scalar> as $crate::simd::Kernel>::Output {
            $crate::simd::with_instruction_sets!(
                [$crate::simd::compiled_for_sets]
                instructions, kernel: <Here as $crate::simd::Compiled>::Kernel<'_, $scalar>
            )
        }
    };
}
pub(crate) use compiled_here;

/// Calls the function of a kernel that was compiled for the instruction set.
macro_rules! compiled_for_sets {
    (
        ($instructions:ident, $kernel:ident: $type:ty)
        $([$(#[$doc:meta])* $name:ident, $label:literal, $f32:ident, $f64:ident, $features:literal, $list:tt])*
    ) => {
        match $crate::simd::InstructionSet::level($instructions) {
            $($crate::simd::Level::$name => {
                #[target_feature(enable = $features)]
                #[inline(never)]
                fn compiled(kernel: $type) -> <$type as $crate::simd::Kernel>::Output {
                    // SAFETY: this function is compiled with the features, so whoever called it has promised them.
                    let instructions = unsafe { <$crate::simd::$name as $crate::simd::InstructionSet>::assume() };
                    $crate::simd::Kernel::run(kernel, instructions)
                }
                // SAFETY: the caller has a value of the set of this level, so the machine has its features.
                unsafe { compiled($kernel) }
            })*
            $crate::simd::Level::Baseline => {
                #[inline(never)]
                fn compiled(kernel: $type) -> <$type as $crate::simd::Kernel>::Output {
                    $crate::simd::Kernel::run(kernel, $crate::simd::Baseline)
                }
                compiled($kernel)
            }
        }
    };
}
pub(crate) use compiled_for_sets;
