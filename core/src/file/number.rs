//! Numbers of the types that files have.

use alloc::vec;
use alloc::vec::Vec;

use crate::scalar::Float;

/// Whether it is one of the four types of floating-point numbers that can be read, as safetensors names them.
pub fn is_float(dtype: &str) -> bool {
    matches!(dtype, "F16" | "BF16" | "F32" | "F64")
}

/// The numbers in these bytes, each the nearest one of type `T`; `None` where they are of another type than [these](is_float).
pub fn read<T: Float>(dtype: &str, bytes: &[u8]) -> Option<Vec<T>> {
    Some(match dtype {
        "F16" => each(bytes, |bytes| f64::from(from_half(u16::from_le_bytes(bytes)))),
        "BF16" => each(bytes, |bytes| f64::from(from_bfloat(u16::from_le_bytes(bytes)))),
        "F32" => each(bytes, |bytes| f64::from(f32::from_le_bytes(bytes))),
        "F64" => each(bytes, f64::from_le_bytes),
        _ => return None,
    })
}

fn each<T: Float, const N: usize>(bytes: &[u8], number: impl Fn([u8; N]) -> f64) -> Vec<T> {
    let (numbers, _) = bytes.as_chunks();
    numbers.iter().map(|&bytes| T::from_f64(number(bytes))).collect()
}

/// The bytes of these numbers.
pub fn write<T: Float>(numbers: &[T]) -> Vec<u8> {
    let mut bytes = vec![0; size_of_val(numbers)];
    T::write_le(numbers, 1, &mut bytes);
    bytes
}

/// The bytes of these numbers in a type that a network computes with; `None` of another one, which would round them.
pub fn write_as(dtype: &str, numbers: &[f64]) -> Option<Vec<u8>> {
    match dtype {
        "F32" => {
            let numbers: Vec<f32> = numbers.iter().map(|&number| number as f32).collect();
            Some(write(&numbers))
        }
        "F64" => Some(write(numbers)),
        _ => None,
    }
}

/// The name that safetensors has for a number type.
pub fn dtype<T: Float>() -> &'static str {
    match T::NAME {
        "f32" => "F32",
        _ => "F64",
    }
}

/// A number of one sign bit, 5 bits of exponent and 10 of fraction (IEEE 754 binary16).
fn from_half(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let (exponent, fraction) = (u32::from(bits >> 10 & 0x1f), u32::from(bits & 0x3ff));
    match exponent {
        // Below the smallest power of two there are only multiples of it; exact in single precision.
        0 => {
            f32::from_bits(sign | 0x3f80_0000) * fraction as f32 * f32::from_bits((127 - 24) << 23)
        }
        0x1f => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 127 - 15) << 23 | fraction << 13),
    }
}

/// The front half of a number of single precision.
fn from_bfloat(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_what_ieee_says() {
        for (bits, value) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0x3c01, 1.000_976_6),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0400, 6.103_515_6e-5),
            (0x03ff, 6.097_555e-5),
            (0x0001, 5.960_464_5e-8),
            (0x8001, -5.960_464_5e-8),
            (0x3555, 0.333_251_95),
            (0x7c00, f32::INFINITY),
            (0xfc00, f32::NEG_INFINITY),
        ] {
            assert_eq!(from_half(bits).to_bits(), f32::to_bits(value), "{bits:#x}");
        }
        assert_eq!(from_half(0x8000).to_bits(), (-0.0_f32).to_bits());
        assert!(from_half(0x7e00).is_nan());
    }

    #[test]
    fn a_bfloat_is_half_a_single() {
        assert_eq!(from_bfloat(0x3f80), 1.0);
        assert_eq!(from_bfloat(0xc049), -3.140_625);
        assert!(from_bfloat(0x7fc0).is_nan());
    }

    #[test]
    fn numbers_are_rounded_to_the_nearest() {
        let bytes = [0.1_f64.to_le_bytes(), 1e300_f64.to_le_bytes()].concat();
        assert_eq!(read::<f32>("F64", &bytes).unwrap(), [0.1, f32::INFINITY]);
        assert_eq!(read::<f64>("F64", &bytes).unwrap(), [0.1, 1e300]);
        assert_eq!(read::<f64>("F32", &0.1_f32.to_le_bytes()).unwrap(), [f64::from(0.1_f32)]);
        assert_eq!(read::<f32>("I64", &[0; 8]), None);
        assert_eq!(write_as("F32", &[0.1]).unwrap(), 0.1_f32.to_le_bytes());
        assert_eq!(write_as("F16", &[0.1]), None);
    }
}
