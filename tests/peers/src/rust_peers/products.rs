//! Only the matrix products of a workload, by the `gemm` crate or faer: what is left for all else to cost nothing.

use std::hint::black_box;

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};
use gemm::{Parallelism, gemm};

use super::numbers;
use crate::serve::Run;

const MNIST: [usize; 4] = [784, 512, 256, 10];

/// `output = left * right` of so many rows, columns of the left factor and columns, all column-major, on so many threads.
type Product = fn([usize; 3], &[f32], &[f32], &mut [f32], usize);

pub fn by_gemm(workload: &str) -> Option<Run> {
    run(workload, product_by_gemm)
}

pub fn by_faer(workload: &str) -> Option<Run> {
    run(workload, product_by_faer)
}

fn run(workload: &str, product: Product) -> Option<Run> {
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
    let threads = threads.unwrap_or(1);
    Some(Box::new(move || {
        for (sizes, left, right, output) in &mut factors {
            product(*sizes, left, right, output, threads);
        }
        black_box(&factors);
    }))
}

fn product_by_gemm(
    [rows, depth, columns]: [usize; 3],
    left: &[f32],
    right: &[f32],
    output: &mut [f32],
    threads: usize,
) {
    let parallelism = match threads {
        1 => Parallelism::None,
        several => Parallelism::Rayon(several),
    };
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

fn product_by_faer(
    [rows, depth, columns]: [usize; 3],
    left: &[f32],
    right: &[f32],
    output: &mut [f32],
    threads: usize,
) {
    let output = MatMut::from_column_major_slice_mut(output, rows, columns);
    let left = MatRef::from_column_major_slice(left, rows, depth);
    let right = MatRef::from_column_major_slice(right, depth, columns);
    let parallelism = if threads == 1 { Par::Seq } else { Par::rayon(threads) };
    matmul(output, Accum::Replace, left, right, 1.0, parallelism);
}
