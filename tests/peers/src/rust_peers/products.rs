//! Only the matrix products of a workload, by the `gemm` crate: what is left for all else to cost nothing.

use std::hint::black_box;

use gemm::{Parallelism, gemm};

use super::numbers;
use crate::serve::Run;

const MNIST: [usize; 4] = [784, 512, 256, 10];

pub fn run(workload: &str) -> Option<Run> {
    let forward = |widths: &[usize], batch| {
        widths.windows(2).map(|pair| [pair[1], pair[0], batch]).collect::<Vec<_>>()
    };
    let training = |widths: &[usize], batch| {
        let weights = widths.windows(2).map(|pair| [pair[1], batch, pair[0]]);
        let inputs = widths.windows(2).skip(1).map(|pair| [pair[0], pair[1], batch]);
        let backward = weights.chain(inputs).collect::<Vec<_>>();
        [forward(widths, batch), backward].concat()
    };
    let products = match workload {
        "infer-8" => forward(&MNIST, 8),
        "infer-64" => forward(&MNIST, 64),
        "infer-1024" => forward(&MNIST, 1024),
        "train-64-64-64-10" => training(&[64, 64, 64, 10], 32),
        "train-784-512-256-10" => training(&MNIST, 128),
        _ => return None,
    };
    let mut factors: Vec<_> = products
        .into_iter()
        .map(|[rows, depth, columns]| {
            let output = vec![0.0; rows * columns];
            ([rows, depth, columns], numbers(rows * depth), numbers(depth * columns), output)
        })
        .collect();
    let threads = std::env::var("THREADS").ok().and_then(|threads| threads.parse().ok());
    let parallelism = match threads {
        None | Some(1) => Parallelism::None,
        Some(threads) => Parallelism::Rayon(threads),
    };
    Some(Box::new(move || {
        for (sizes, left, right, output) in &mut factors {
            product(*sizes, left, right, output, parallelism);
        }
        black_box(&factors);
    }))
}

/// `output = left * right`, all column-major.
fn product(
    [rows, depth, columns]: [usize; 3],
    left: &[f32],
    right: &[f32],
    output: &mut [f32],
    parallelism: Parallelism,
) {
    assert!(left.len() == rows * depth && right.len() == depth * columns);
    assert!(output.len() == rows * columns);
    let (column_of_left, column_of_right) = (rows as isize, depth as isize);
    // SAFETY: the matrices have as many values as their sizes say, and the output overlaps with no factor.
    unsafe {
        gemm(
            rows,
            columns,
            depth,
            output.as_mut_ptr(),
            column_of_left,
            1,
            false,
            left.as_ptr(),
            column_of_left,
            1,
            right.as_ptr(),
            column_of_right,
            1,
            0.0,
            1.0,
            false,
            false,
            false,
            parallelism,
        );
    }
}
