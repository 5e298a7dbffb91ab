//! The workloads in static-net.

mod resnet;
mod stream;
mod training;

use std::hint::black_box;

use static_net::prelude::*;

use crate::serve::Run;

pub use stream::references;

network! {
    struct Small< 10 => relu 32 => relu 16 => 2 >;
    struct Square< 64 => relu 64 => relu 64 => 4 >;
    pub struct Mnist< 784 => relu 512 => relu 256 => 10 >;
}

/// How the workload of this name runs, if there is one.
pub fn run(workload: &str) -> Option<Run> {
    match workload {
        "forward-10-32-16-2" => {
            let (net, x) = (Small::new(&mut seeded()), numbers::<10>(1)[0]);
            Some(Box::new(move || {
                black_box(net.forward(black_box(&x)));
            }))
        }
        "forward-64-64-64-4" => {
            let (net, x) = (Square::new(&mut seeded()), numbers::<64>(1)[0]);
            Some(Box::new(move || {
                black_box(net.forward(black_box(&x)));
            }))
        }
        "infer-1" => {
            let (net, x) = (Mnist::new(&mut seeded()), numbers::<784>(1)[0]);
            Some(Box::new(move || {
                black_box(net.forward(black_box(&x)));
            }))
        }
        "infer-8" => Some(infer(8)),
        "infer-64" => Some(infer(64)),
        "infer-1024" => Some(infer(1024)),
        "resnet-18" => Some(resnet::run()),
        _ => training::run(workload).or_else(|| stream::run(workload)),
    }
}

fn infer(batch: usize) -> Run {
    let net = Mnist::new(&mut seeded());
    let x = numbers::<784>(batch);
    let mut output = net.forward(x.as_slice());
    let mut workspace = Workspace::new();
    Box::new(move || {
        net.forward_into(black_box(x.as_slice()), &mut output, &mut workspace);
        black_box(&output);
    })
}

fn seeded() -> StdRng {
    StdRng::seed_from_u64(1)
}

/// So many samples, between -0.5 and 0.5.
fn numbers<const N: usize>(samples: usize) -> Vec<[f32; N]> {
    let mut rng = seeded();
    (0..samples).map(|_| std::array::from_fn(|_| rng.random::<f32>() - 0.5)).collect()
}

/// So many of ten classes.
fn classes(samples: usize) -> Vec<usize> {
    (0..samples).map(|sample| sample % 10).collect()
}
