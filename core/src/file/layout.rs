//! Between memory, column by column, and files, row by row.

use alloc::vec;
use alloc::vec::Vec;
use core::convert::Infallible;

use crate::parameters::{Tensor, advance};
use crate::scalar::Float;

/// How many bytes are collected before they are written.
const CHUNK: usize = 64 * 1024;

/// Writes the values of all tensors, one after the other, as a file has them.
pub fn write<T: Float, E>(
    tensors: &[Tensor],
    state: &[T],
    sink: &mut impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let size = size_of::<T>();
    let mut chunk = vec![0; CHUNK];
    let mut filled = 0;
    for tensor in tensors {
        let values = &state[tensor.range.clone()];
        for_each_row(tensor, |first, step, len| {
            let mut done = 0;
            while done < len {
                if filled == CHUNK {
                    sink(&chunk)?;
                    filled = 0;
                }
                let count = (len - done).min((CHUNK - filled) / size);
                let bytes = &mut chunk[filled..filled + count * size];
                T::write_le(&values[first + done * step..], step, bytes);
                filled += bytes.len();
                done += count;
            }
            Ok(())
        })?;
    }
    sink(&chunk[..filled])
}

/// Takes the values of a tensor from the bytes that a file has for it. As many bytes as the tensor needs.
pub fn read<T: Float>(tensor: &Tensor, mut bytes: &[u8], state: &mut [T]) {
    let values = &mut state[tensor.range.clone()];
    let Ok(()) = for_each_row(tensor, |first, step, len| {
        let (row, rest) = bytes.split_at(len * size_of::<T>());
        T::read_le(row, &mut values[first..], step);
        bytes = rest;
        Ok::<(), Infallible>(())
    });
}

/// Visits the rows (runs along the last axis) in the order of the file: where in the tensor's memory a
/// row starts, how far apart its values lie, and how many there are.
fn for_each_row<E>(
    tensor: &Tensor,
    mut visit: impl FnMut(usize, usize, usize) -> Result<(), E>,
) -> Result<(), E> {
    let (&len, outer_shape) = tensor.shape.split_last().unwrap_or((&1, &[]));
    let (&step, outer_strides) = tensor.strides.split_last().unwrap_or((&1, &[]));
    let rows = if len == 0 { 0 } else { outer_shape.iter().product() };
    let mut index: Vec<usize> = vec![0; outer_shape.len()];
    for _ in 0..rows {
        let first = index.iter().zip(outer_strides).map(|(position, stride)| position * stride);
        visit(first.sum(), step.max(1), len)?;
        advance(&mut index, outer_shape);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Kind;

    fn tensor(shape: &[usize], strides: &[usize], start: usize) -> Tensor {
        Tensor {
            name: "weight".into(),
            shape: shape.into(),
            strides: strides.into(),
            range: start..start + shape.iter().product::<usize>(),
            kind: Kind::Trained,
        }
    }

    fn written(tensor: &Tensor, state: &[f32]) -> Vec<f32> {
        let mut bytes = Vec::new();
        let mut append = |chunk: &[u8]| {
            bytes.extend_from_slice(chunk);
            Ok::<(), Infallible>(())
        };
        let Ok(()) = write(core::slice::from_ref(tensor), state, &mut append);
        let mut back = vec![-1.0; state.len()];
        read(tensor, &bytes, &mut back);
        assert_eq!(back[tensor.range.clone()], state[tensor.range.clone()]);
        let mut values = vec![0.0; bytes.len() / 4];
        f32::read_le(&bytes, &mut values, 1);
        values
    }

    #[test]
    fn columns_become_rows() {
        let state = [9.0, 1.0, 3.0, 5.0, 2.0, 4.0, 6.0];
        assert_eq!(written(&tensor(&[3, 2], &[1, 3], 1), &state), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    }

    #[test]
    fn any_number_of_axes() {
        let state: Vec<f32> = (0..24).map(|value| value as f32).collect();
        let order: Vec<f32> =
            (0..24).map(|place| (place / 12 + place / 4 % 3 * 2 + place % 4 * 6) as f32).collect();
        assert_eq!(written(&tensor(&[2, 3, 4], &[1, 2, 6], 0), &state), order);
        assert_eq!(written(&tensor(&[], &[], 5), &state), [5.0]);
        assert_eq!(written(&tensor(&[4, 0], &[1, 4], 0), &state), [0.0; 0]);
    }

    #[test]
    fn more_than_one_chunk() {
        let state: Vec<f32> = (0..40_000).map(|value| value as f32).collect();
        let rows = written(&tensor(&[200, 200], &[1, 200], 0), &state);
        assert_eq!(rows.len(), 40_000);
        assert!((0..40_000).all(|place| rows[place] == (place / 200 + place % 200 * 200) as f32));
    }
}
