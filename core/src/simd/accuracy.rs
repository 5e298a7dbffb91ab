//! How far functions of `f32` vectors are from what they should give, on every instruction set.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use super::{InstructionSet, Kernel, Vector, dispatch_each, portable};

/// A function of vectors beside the same in `f64`.
pub(crate) trait Function: Send {
    const NAME: &'static str;
    const BOUND: Bound;

    fn vector<V: Vector<f32>>(x: V) -> V;
    fn exact(x: f64) -> f64;
}

/// How far a result may be off: by so many units in the last place, or by so much at least, whichever is more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound {
    pub ulp: f64,
    pub absolute: f64,
}

/// Lists functions, and the tests of all: `Name, bound, |x| of a vector, |x| of a number;`.
macro_rules! functions {
    ($($name:ident, $bound:expr, |$x:ident| $vector:expr, |$number:ident| $exact:expr;)*) => {
        $(
            struct $name;

            impl $crate::simd::accuracy::Function for $name {
                const NAME: &'static str = stringify!($name);
                const BOUND: $crate::simd::accuracy::Bound = $bound;

                #[inline(always)]
                fn vector<V: $crate::simd::Vector<f32>>($x: V) -> V {
                    $vector
                }
                fn exact($number: f64) -> f64 {
                    $exact
                }
            }
        )*

        #[test]
        fn functions_keep_their_bounds() {
            $($crate::simd::accuracy::at_some_numbers::<$name>();)*
        }

        #[test]
        #[ignore = "takes minutes: CONTRIBUTING.md has the command"]
        fn functions_keep_their_bounds_at_all_numbers() {
            $($crate::simd::accuracy::at_all_numbers::<$name>();)*
        }
    };
}
pub(crate) use functions;

/// So many numbers are computed at a time.
const CHUNK: usize = 1 << 14;

/// At every 10,007th number, and around the borders of all exponents: zeros, infinities and NaN too.
pub(crate) fn at_some_numbers<F: Function>() {
    let borders = (0..=0x1ffu32).flat_map(|exponent| {
        (-2..=2).map(move |offset| (exponent << 23).wrapping_add_signed(offset))
    });
    let bits: Vec<u32> = (0..=u32::MAX).step_by(10_007).chain(borders).collect();
    for bits in bits.chunks(CHUNK) {
        Worst::<F>::of(bits.iter().copied()).check();
    }
}

/// At every number that there is.
pub(crate) fn at_all_numbers<F: Function>() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let chunks = (1u64 << 32) / CHUNK as u64;
    let worst = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || {
                    let mut worst = Worst::<F>::NONE;
                    for chunk in (thread..chunks).step_by(threads as usize) {
                        let first = chunk as u32 * CHUNK as u32;
                        let bits = (0..CHUNK as u32).map(|offset| first + offset);
                        worst = worst.or(Worst::of(bits));
                    }
                    worst
                })
            })
            .collect();
        workers.into_iter().fold(Worst::NONE, |worst, worker| worst.or(worker.join().unwrap()))
    });
    std::println!("{} {}\n{} {}", F::NAME, worst.ulp, F::NAME, worst.absolute);
    worst.check();
}

/// The result that is furthest off, and that of those which are off by more units than the bound has.
struct Worst<F> {
    ulp: Result,
    absolute: Result,
    /// One beyond the bound.
    wrong: Option<Result>,
    function: PhantomData<F>,
}

#[derive(Clone, Copy)]
struct Result {
    set: &'static str,
    x: f32,
    found: f32,
    expected: f64,
    ulp: f64,
    absolute: f64,
}

impl<F: Function> Worst<F> {
    const NONE: Self = {
        let none = Result { set: "", x: 0.0, found: 0.0, expected: 0.0, ulp: 0.0, absolute: 0.0 };
        Worst { ulp: none, absolute: none, wrong: None, function: PhantomData }
    };

    fn of(bits: impl Iterator<Item = u32>) -> Self {
        let mut numbers: Vec<f32> = bits.map(f32::from_bits).collect();
        let count = numbers.len();
        numbers.resize(count.next_multiple_of(super::MOST_LANES), 0.0);
        let expected: Vec<f64> = numbers.iter().map(|&x| F::exact(f64::from(x))).collect();
        let mut worst = Self::NONE;
        let mut compare = |set, found: Vec<f32>| {
            for ((&x, &expected), found) in numbers.iter().zip(&expected).zip(found) {
                let [ulp, absolute] = distance(found, expected);
                let result = Result { set, x, found, expected, ulp, absolute };
                if ulp > worst.ulp.ulp {
                    worst.ulp = result;
                }
                if ulp > F::BOUND.ulp && absolute > worst.absolute.absolute {
                    worst.absolute = result;
                }
                if !(ulp <= F::BOUND.ulp || absolute <= F::BOUND.absolute) {
                    worst.wrong = Some(result);
                }
            }
        };
        let apply = Apply::<F> { numbers: &numbers, function: PhantomData };
        dispatch_each(apply.clone(), &mut compare);
        compare("portable", apply.with::<portable::F32x4>());
        worst
    }

    fn or(self, other: Self) -> Self {
        Worst {
            ulp: if other.ulp.ulp > self.ulp.ulp { other.ulp } else { self.ulp },
            absolute: match other.absolute.absolute > self.absolute.absolute {
                true => other.absolute,
                false => self.absolute,
            },
            wrong: self.wrong.or(other.wrong),
            function: PhantomData,
        }
    }

    fn check(&self) {
        if let Some(wrong) = self.wrong {
            panic!("{} {wrong}", F::NAME);
        }
    }
}

impl fmt::Display for Result {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Result { set, x, found, expected, ulp, absolute } = self;
        let found = format_args!("gives {found:e} at {x:e} in place of {expected:e}");
        write!(formatter, "{found}: {ulp:.3} ulp, {absolute:.3e} ({set})")
    }
}

struct Apply<'a, F> {
    numbers: &'a [f32],
    function: PhantomData<F>,
}

impl<F> Clone for Apply<'_, F> {
    fn clone(&self) -> Self {
        Apply { ..*self }
    }
}

impl<F: Function> Apply<'_, F> {
    #[inline(always)]
    fn with<V: Vector<f32>>(self) -> Vec<f32> {
        let mut results = vec![0.0; self.numbers.len()];
        for (numbers, results) in
            self.numbers.chunks_exact(V::LANES).zip(results.chunks_exact_mut(V::LANES))
        {
            F::vector(V::load(numbers)).store(results);
        }
        results
    }
}

impl<F: Function> Kernel for Apply<'_, F> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) -> Vec<f32> {
        self.with::<I::F32>()
    }
}

/// How far a result is off, in units in the last place and as it is. Beyond the largest number there is one more in its
/// place, infinity; below the smallest normal one a unit is that of the smallest normal one.
fn distance(found: f32, expected: f64) -> [f64; 2] {
    if found.is_nan() || expected.is_nan() {
        let both = found.is_nan() && expected.is_nan();
        return [if both { 0.0 } else { f64::INFINITY }; 2];
    }
    if f64::from(found) == expected || found == expected as f32 {
        let absolute = (f64::from(found) - expected).abs();
        return [0.0, if absolute.is_nan() { 0.0 } else { absolute }];
    }
    if expected.is_infinite() {
        return [f64::INFINITY; 2];
    }
    let found = match found.is_infinite() {
        true => 2f64.powi(128).copysign(found.into()),
        false => f64::from(found),
    };
    let absolute = (found - expected).abs();
    let size = expected.abs().max(f64::from(f32::MIN_POSITIVE)).min(f64::from(f32::MAX));
    let exponent = (size.to_bits() >> 52) as i32 - 1023;
    [absolute / 2f64.powi(exponent - 23), absolute]
}
