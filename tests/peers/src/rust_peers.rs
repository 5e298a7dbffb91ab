//! The workloads in other libraries of Rust: those that they can do.

pub mod candle;
pub mod dfdx;
pub mod products;

/// So many numbers between -0.5 and 0.5 that vary.
fn numbers(count: usize) -> Vec<f32> {
    (0..count).map(|index| ((index * 7919) % 1013) as f32 / 1013.0 - 0.5).collect()
}
