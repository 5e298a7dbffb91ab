//! One sample through a small network, beside the same network written by hand.
use divan::{Bencher, black_box};
use static_net::prelude::*;

network! {
    struct Small< 10 => relu 32 => relu 16 => 2 >;
    struct Square< 64 => relu 64 => relu 64 => 4 >;
}

fn main() {
    divan::main();
}

#[divan::bench]
fn small(bencher: Bencher<'_, '_>) {
    let net = Small::new(&mut StdRng::seed_from_u64(1));
    let x = SVector::<f32, 10>::from_fn(|i, _| i as f32 * 0.1 - 0.4);
    bencher.bench_local(|| net.forward(black_box(&x)));
}

#[divan::bench]
fn square(bencher: Bencher<'_, '_>) {
    let net = Square::new(&mut StdRng::seed_from_u64(1));
    let x = SVector::<f32, 64>::from_fn(|i, _| i as f32 * 0.01 - 0.4);
    bencher.bench_local(|| net.forward(black_box(&x)));
}
