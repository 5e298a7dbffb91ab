//! Vector instructions, chosen when the program runs.
//!
//! A computation is written once as a [`Kernel`], generic over an [`InstructionSet`]. [`dispatch`] picks the
//! best set that the running machine has and calls the copy of the kernel that was compiled for it, so users
//! need no compiler flags.
//!
//! The types of the sets cannot be named outside of this module: code meets them only as the `I` of
//! [`Kernel::run`], which is called where the set has been detected. That is why building their vectors
//! ([`Vector::splat`]) is safe.

mod compiled;
mod math;
#[cfg(any(test, not(target_arch = "x86_64")))]
#[cfg_attr(target_arch = "x86_64", allow(dead_code, reason = "tests compare its functions"))]
mod portable;
mod vector;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(test)]
pub(crate) mod accuracy;
#[cfg(test)]
mod tests;

pub(crate) use compiled::{Compiled, compiled_for_sets, compiled_here};
pub(crate) use vector::MOST_LANES;
pub use vector::Vector;

/// A set of vector instructions that the running machine is known to have; its value is the proof.
pub trait InstructionSet: Copy + Send + Sync + 'static + sealed::Sealed {
    /// A vector of `f32`.
    type F32: Vector<f32>;
    /// A vector of `f64`.
    type F64: Vector<f64>;
    /// Which of the sets this is.
    const LEVEL: Level;
    /// The set whose kernels of this crate are called.
    #[doc(hidden)]
    #[inline(always)]
    fn level(self) -> Level {
        Self::LEVEL
    }
    /// The set, where it is known to be there.
    ///
    /// # Safety
    /// The running machine has all features that code for the set is compiled with.
    #[doc(hidden)]
    unsafe fn assume() -> Self;
    /// Runs a kernel in a function of its own that is compiled for this set and never inlined.
    ///
    /// That keeps the code of big kernels out of the functions of the networks that call them.
    fn outline<K: Kernel>(self, kernel: K) -> K::Output;
    /// The kernels of this set, or of one whose vectors so many values fill, if there is one.
    #[doc(hidden)]
    #[inline(always)]
    fn for_values<T: crate::scalar::Float>(self, count: usize) -> impl InstructionSet {
        Kernels(self.level().for_values(count * size_of::<T>()))
    }
    /// The same of a stage, which is code that calls kernels.
    #[doc(hidden)]
    #[inline(always)]
    fn outline_stage<K: Kernel>(self, stage: K) -> K::Output {
        self.outline(stage)
    }
}

/// A computation that is compiled once for each instruction set.
///
/// Implementations mark `run` with `#[inline(always)]`: only code inlined into the function that
/// [`dispatch`] calls is compiled for the set.
pub trait Kernel {
    /// What the computation gives.
    type Output;
    /// Does the computation.
    fn run<I: InstructionSet>(self, instructions: I) -> Self::Output;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// What the compiler may assume of every machine; all kernels can run on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Baseline;

impl sealed::Sealed for Baseline {}

impl InstructionSet for Baseline {
    #[cfg(target_arch = "x86_64")]
    type F32 = x86::F32x4;
    #[cfg(target_arch = "x86_64")]
    type F64 = x86::F64x2;
    #[cfg(not(target_arch = "x86_64"))]
    type F32 = portable::F32x4;
    #[cfg(not(target_arch = "x86_64"))]
    type F64 = portable::F64x2;
    const LEVEL: Level = Level::Baseline;

    #[inline(always)]
    unsafe fn assume() -> Self {
        Baseline
    }

    #[inline(always)]
    fn outline<K: Kernel>(self, kernel: K) -> K::Output {
        #[inline(never)]
        fn outlined<K: Kernel>(kernel: K) -> K::Output {
            kernel.run(Baseline)
        }
        outlined(kernel)
    }
}

/// What the compiler may assume of every machine, and kernels of this crate for a set that the running one has: for code that
/// does little more than call kernels, which is compiled once then and not for each set.
#[derive(Clone, Copy, Debug)]
struct Kernels(Level);

impl sealed::Sealed for Kernels {}

impl InstructionSet for Kernels {
    type F32 = <Baseline as InstructionSet>::F32;
    type F64 = <Baseline as InstructionSet>::F64;
    const LEVEL: Level = Level::Baseline;

    /// Without std it is a constant, so that no code for others is part of the program.
    #[inline(always)]
    fn level(self) -> Level {
        if const { cfg!(feature = "std") } { self.0 } else { Level::of_this_machine() }
    }

    #[inline(always)]
    unsafe fn assume() -> Self {
        Kernels(Level::of_this_machine())
    }

    /// In unoptimised code its instructions hardly matter, and it is compiled once too.
    #[inline(never)]
    fn outline<K: Kernel>(self, kernel: K) -> K::Output {
        #[cfg(debug_assertions)]
        return kernel.run(self);
        #[cfg(not(debug_assertions))]
        self.level().run(kernel)
    }

    #[inline(never)]
    fn outline_stage<K: Kernel>(self, stage: K) -> K::Output {
        stage.run(self)
    }
}

/// Hands the instruction sets beside [`Baseline`] to the macro in brackets, from the least to the best. They are
/// listed here alone.
#[cfg(target_arch = "x86_64")]
macro_rules! with_instruction_sets {
    ([$($macro:tt)*] $($argument:tt)*) => {
        $($macro)*! {
            ($($argument)*)
            [
                /// AVX2 with fused multiply-add.
                Avx2, "AVX2", F32x8, F64x4, "avx2,fma", ["avx2", "fma"]
            ]
            [
                /// AVX-512 F, BW, DQ and VL, as every machine since Skylake-X has it.
                Avx512, "AVX-512", F32x16, F64x8, "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma",
                ["avx512f", "avx512bw", "avx512dq", "avx512vl", "avx2", "fma"]
            ]
        }
    };
}
#[cfg(not(target_arch = "x86_64"))]
macro_rules! with_instruction_sets {
    ([$($macro:tt)*] $($argument:tt)*) => {
        $($macro)*! { ($($argument)*) }
    };
}
pub(crate) use with_instruction_sets;

/// Declares the instruction sets, and what chooses among them.
macro_rules! instruction_sets {
    (() $([
        $(#[$doc:meta])*
        $name:ident, $label:literal, $f32:ident, $f64:ident, $features:literal, [$($feature:tt),*]
    ])*) => {
        /// The instruction sets that kernels are compiled for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Level {
            /// What every machine of the target has: SSE2 on x86-64, NEON on AArch64.
            Baseline,
            $($(#[$doc])* $name,)*
        }

        impl Level {
            const ALL: &[Level] = &[Level::Baseline, $(Level::$name),*];

            /// Whether this machine has all features of the set.
            fn is_available(self) -> bool {
                match self {
                    Level::Baseline => true,
                    $(Level::$name => $name::is_available(),)*
                }
            }

            /// The set, or one of narrower vectors that so many bytes fill. A machine that has a set has those in front of it.
            #[inline(always)]
            fn for_values(self, bytes: usize) -> Level {
                let _ = bytes;
                $(if self as u8 >= Level::$name as u8 && bytes == size_of::<x86::$f32>() {
                    return Level::$name;
                })*
                self
            }

            const fn name(self) -> &'static str {
                match self {
                    Level::Baseline => "baseline",
                    $(Level::$name => $label,)*
                }
            }

            /// The best that this machine is known to have: what code is compiled for that cannot detect more. It is a
            /// constant, so that no code for others is part of a program that would never run it.
            #[cfg(not(feature = "std"))]
            const COMPILED_FOR: Level = {
                let best = Level::Baseline;
                $(let best =
                    if true $(&& cfg!(target_feature = $feature))* { Level::$name } else { best };)*
                best
            };

            /// The best that this machine is known to have.
            #[cfg(not(feature = "std"))]
            const fn of_this_machine() -> Level {
                Level::COMPILED_FOR
            }

            /// The best that this machine has; detected once, then one relaxed load.
            #[cfg(feature = "std")]
            #[inline(always)]
            fn of_this_machine() -> Level {
                use core::sync::atomic::{AtomicU8, Ordering};
                static LEVEL: AtomicU8 = AtomicU8::new(u8::MAX);

                #[cold]
                #[inline(never)]
                fn detect() -> u8 {
                    let best = Level::Baseline;
                    $(let best = if $name::is_available() { Level::$name } else { best };)*
                    LEVEL.store(best as u8, Ordering::Relaxed);
                    best as u8
                }

                let mut level = LEVEL.load(Ordering::Relaxed);
                if level == u8::MAX {
                    level = detect();
                }
                $(if level == Level::$name as u8 {
                    return Level::$name;
                })*
                Level::Baseline
            }
        }

        impl Level {
            /// Runs a kernel compiled for the set, which this machine is known to have.
            #[cfg(any(feature = "std", not(debug_assertions)))]
            #[inline(always)]
            fn run<K: Kernel>(self, kernel: K) -> K::Output {
                match self {
                    // SAFETY: a level is had of `of_this_machine`, or where `is_available` found all features of its set.
                    $(Level::$name => unsafe { $name::run(kernel) },)*
                    Level::Baseline => kernel.run(Baseline),
                }
            }
        }

        /// Runs a kernel with the best instructions of this machine.
        #[inline]
        pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
            #[cfg(not(feature = "std"))]
            {
                $(if const { Level::COMPILED_FOR as u8 == Level::$name as u8 } {
                    // SAFETY: the whole program is compiled with all features of the set.
                    return unsafe { $name::run(kernel) };
                })*
                kernel.run(Baseline)
            }
            #[cfg(feature = "std")]
            Level::of_this_machine().run(kernel)
        }

        /// Runs a kernel on each instruction set that this machine has, for tests and comparisons.
        pub fn dispatch_each<K: Kernel + Clone>(
            kernel: K,
            mut visit: impl FnMut(&'static str, K::Output),
        ) {
            visit(Level::Baseline.name(), Baseline.outline(kernel.clone()));
            $(if $name::is_available() {
                visit(Level::$name.name(), $name(()).outline(kernel.clone()));
            })*
        }

        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub(crate) struct $name(());

            impl $name {
                /// Whether this machine has all features of the set.
                fn is_available() -> bool {
                    #[cfg(feature = "std")]
                    return true $(&& std::arch::is_x86_feature_detected!($feature))*;
                    #[cfg(not(feature = "std"))]
                    return Level::COMPILED_FOR >= Level::$name;
                }

                /// Runs a kernel compiled for this set.
                #[target_feature(enable = $features)]
                fn run<K: Kernel>(kernel: K) -> K::Output {
                    kernel.run(Self(()))
                }
            }

            impl sealed::Sealed for $name {}

            impl InstructionSet for $name {
                type F32 = x86::$f32;
                type F64 = x86::$f64;
                const LEVEL: Level = Level::$name;

                #[inline(always)]
                unsafe fn assume() -> Self {
                    Self(())
                }

                #[inline(always)]
                fn outline<K: Kernel>(self, kernel: K) -> K::Output {
                    #[target_feature(enable = $features)]
                    #[inline(never)]
                    fn outlined<K: Kernel>(kernel: K) -> K::Output {
                        kernel.run($name(()))
                    }
                    // SAFETY: `self` is a set, which is made only in code that is compiled for its features, by whoever
                    // promised them to `assume`, and where `is_available` found them.
                    unsafe { outlined(kernel) }
                }
            }
        )*
    };
}

with_instruction_sets!([instruction_sets]);

/// Runs the pass of a network with the best instructions of this machine.
///
/// A pass is compiled in the crate of the network. Where that is not optimised its instructions hardly matter, only
/// those of the kernels it calls, so it is compiled once and not for each set: a debug build takes half the time.
#[inline]
pub fn dispatch_pass<K: Kernel>(pass: K) -> K::Output {
    #[cfg(debug_assertions)]
    return dispatch_kernels(pass);
    #[cfg(not(debug_assertions))]
    dispatch(pass)
}

/// Runs a pass over so many values that only its kernels matter, with the best of this machine: it is compiled once.
#[inline]
pub(crate) fn dispatch_kernels<K: Kernel>(pass: K) -> K::Output {
    pass.run(Kernels(Level::of_this_machine()))
}

/// Runs the pass of a network with the kernels of each instruction set that this machine has, for tests.
pub fn dispatch_pass_each<K: Kernel + Clone>(
    pass: K,
    mut visit: impl FnMut(&'static str, K::Output),
) {
    for level in Level::ALL.iter().copied().filter(|level| level.is_available()) {
        visit(level.name(), Kernels(level).outline(pass.clone()));
    }
}

/// Runs a kernel as part of the calling function when optimised, else in a function of its own.
///
/// In unoptimised code every intermediate value has its own place in the stack frame, even those of branches
/// not taken. Functions of their own give that memory back, so that frames do not grow with the network.
#[inline(always)]
pub(crate) fn separate<I: InstructionSet, K: Kernel>(instructions: I, kernel: K) -> K::Output {
    #[cfg(debug_assertions)]
    return instructions.outline(kernel);
    #[cfg(not(debug_assertions))]
    kernel.run(instructions)
}

/// The name of the instruction set that [`dispatch`] uses on this machine.
pub fn instruction_set_name() -> &'static str {
    Level::of_this_machine().name()
}
