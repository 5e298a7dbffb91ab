//! The functions of vectors against `libm` in `f64`, and the ways to move data, on every instruction set.

use alloc::vec::Vec;

use super::accuracy::{Bound, functions};
use super::{InstructionSet, Kernel, Vector, dispatch_each, portable};
use crate::scalar::Float;

functions! {
    Exp, ulp(1.5), |x| x.exp(), |x| x.exp();
    ExpM1, ulp(2.0), |x| x.exp_m1(), |x| x.exp_m1();
    Ln, ulp(1.0), |x| x.ln(), |x| x.ln();
    Ln1p, ulp(2.0), |x| x.ln_1p(), |x| x.ln_1p();
    Tanh, ulp(2.5), |x| x.tanh(), |x| x.tanh();
    Erf, ulp(1.5), |x| x.erf(), |x| libm::erf(x);
    Sigmoid, or_subnormal(2.5), |x| x.sigmoid(), |x| 1.0 / (1.0 + (-x).exp());
    Softplus, or_subnormal(2.0), |x| x.softplus(), |x| if x > 40.0 { x } else { x.exp().ln_1p() };
}

/// The same of results that are normal; others may be zero.
const fn or_subnormal(ulp: f64) -> Bound {
    Bound { ulp, absolute: f32::MIN_POSITIVE as f64 }
}

/// A bound that is relative to the result.
const fn ulp(ulp: f64) -> Bound {
    Bound { ulp, absolute: 0.0 }
}

fn move_data<T: Float, V: Vector<T>>() {
    let numbers: Vec<T> = (0..256).map(|i| T::from_usize(i + 1)).collect();
    let lanes = V::LANES;
    for count in 0..=lanes {
        // The slice ends where the lanes do.
        let source = &numbers[..count];
        let mut stored = numbers[20..20 + count].to_vec();
        let vector = V::load_partial(source, count);
        assert_eq!(vector.sum(), T::from_usize(count * (count + 1) / 2));
        vector.store_partial(&mut stored, count);
        assert_eq!(stored, source);
    }
    let vector = V::load(&numbers);
    assert_eq!(vector.sum(), T::from_usize(lanes * (lanes + 1) / 2));
    assert_eq!(vector.max_lane(), T::from_usize(lanes));
    assert_eq!((-vector).max_lane(), -T::ONE);
    assert_eq!((-vector).abs().max_lane(), T::from_usize(lanes));

    let zero = V::zero();
    assert_eq!(
        V::sum_four([vector, zero, -vector, V::splat(T::ONE)]).map(|x| x / vector.sum())[..3],
        [T::ONE, T::ZERO, -T::ONE]
    );
    assert_eq!(V::sum_four([zero, zero, zero, V::splat(T::ONE)])[3], T::from_usize(lanes));

    repeat_and_fold::<T, V, 1>(&numbers);
    repeat_and_fold::<T, V, 2>(&numbers);
    if lanes > 4 {
        repeat_and_fold::<T, V, 4>(&numbers);
    }
    if lanes > 8 {
        repeat_and_fold::<T, V, 8>(&numbers);
    }

    for rows in 0..=lanes {
        // Rows are nine numbers apart, and the memory ends with the last one.
        let source = numbers[..(rows.max(1) - 1) * 9 + V::TRANSPOSED].to_vec();
        let mut columns = alloc::vec![T::ONE; lanes * V::TRANSPOSED];
        // SAFETY: `source` ends with the last of `TRANSPOSED` numbers of the last row, `columns` has `lanes` for each
        // of them.
        unsafe { V::transpose(source.as_ptr(), 9, rows, columns.as_mut_ptr(), lanes) };
        for (j, column) in columns.chunks_exact(lanes).enumerate() {
            for (i, &value) in column.iter().enumerate() {
                assert_eq!(value, if i < rows { source[i * 9 + j] } else { T::ZERO });
            }
        }
    }
}

fn repeat_and_fold<T: Float, V: Vector<T>, const N: usize>(numbers: &[T]) {
    let mut lanes = [T::ZERO; 16];
    let tight = numbers[..V::LANES / N].to_vec();
    // SAFETY: `tight` has `LANES / N` numbers.
    unsafe { V::load_repeated::<N>(tight.as_ptr()) }.store(&mut lanes);
    for (i, lane) in lanes[..V::LANES].iter().enumerate() {
        assert_eq!(*lane, numbers[i / N]);
    }
    V::load(numbers).fold::<N>().store(&mut lanes);
    for (i, lane) in lanes[..N].iter().enumerate() {
        let expected = (i..V::LANES).step_by(N).fold(T::ZERO, |sum, k| sum + numbers[k]);
        assert_eq!(*lane, expected);
    }
}

#[test]
fn data_moves_as_told() {
    #[derive(Clone)]
    struct Move;
    impl Kernel for Move {
        type Output = ();
        #[inline(always)]
        fn run<I: InstructionSet>(self, _: I) {
            move_data::<f32, I::F32>();
            move_data::<f64, I::F64>();
        }
    }
    dispatch_each(Move, |_, ()| {});
    move_data::<f32, portable::F32x4>();
    move_data::<f64, portable::F64x2>();
}

/// Numbers at the borders of all exponents, and the special ones.
macro_rules! borders {
    ($float:ident, $exponents:expr, $mantissa:literal) => {
        (0..=$exponents)
            .flat_map(|exponent| {
                let border = exponent << $mantissa;
                [border, border + 1, (border + (1 << $mantissa)) - 1, border | (1 << 20)]
            })
            .map($float::from_bits)
            .flat_map(|number| [number, -number])
            .collect::<Vec<_>>()
    };
}

fn flush<T: Float, V: Vector<T>>(name: &str, numbers: &[T], bits: impl Fn(T) -> u64) {
    for number in numbers {
        let expected = match number.abs() < T::SMALLEST_KEPT {
            true => T::ZERO,
            false => *number,
        };
        let mut flushed = [T::ONE; 16];
        V::splat(*number).flush_to_zero().store(&mut flushed);
        for flushed in [&flushed[..V::LANES], &[number.flush_to_zero()]].concat() {
            assert_eq!(bits(flushed), bits(expected), "{name}: {number:?} became {flushed:?}");
        }
    }
}

#[test]
fn what_is_too_small_is_flushed_and_all_else_stays_bit_for_bit() {
    #[derive(Clone)]
    struct Flush;
    impl Kernel for Flush {
        type Output = ();
        #[inline(always)]
        fn run<I: InstructionSet>(self, _: I) {
            flush::<f32, I::F32>(I::LEVEL.name(), &borders!(f32, 0xffu32, 23), |x| {
                x.to_bits().into()
            });
            flush::<f64, I::F64>(I::LEVEL.name(), &borders!(f64, 0x7ffu64, 52), f64::to_bits);
        }
    }
    dispatch_each(Flush, |_, ()| {});
    flush::<f32, portable::F32x4>("portable", &borders!(f32, 0xffu32, 23), |x| x.to_bits().into());
    flush::<f64, portable::F64x2>("portable", &borders!(f64, 0x7ffu64, 52), f64::to_bits);
}

#[test]
fn comparisons_treat_nan_as_documented() {
    #[derive(Clone)]
    struct Compare;
    impl Kernel for Compare {
        type Output = ();
        #[inline(always)]
        fn run<I: InstructionSet>(self, _: I) {
            let (nan, one) = (I::F32::splat(f32::NAN), I::F32::splat(1.0));
            assert_eq!(nan.max(one).sum() / I::F32::LANES as f32, 1.0);
            assert!(one.max(nan).sum().is_nan());
            assert!(nan.relu().sum().is_nan());
            assert_eq!(nan.greater_than_zero_or(one, -one).max_lane(), -1.0);
        }
    }
    dispatch_each(Compare, |_, ()| {});
}
