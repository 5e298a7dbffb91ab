//! One sample through a small network, beside the same network written plainly over nalgebra and beside
//! one written by hand in AVX-512 intrinsics for these very sizes.
//!
//! `cargo bench -p static-net --bench forward` prints a table of times and then the ratios, each the
//! median over pairs that were timed one right after the other.

#[cfg(target_arch = "x86_64")]
mod handwritten;
mod pairs;

use divan::{Bencher, black_box};
use pairs::{Pair, ratio};
use static_net::prelude::*;

network! {
    struct Small< 10 => relu 32 => relu 16 => 2 >;
    struct Square< 64 => relu 64 => relu 64 => 4 >;
}

/// What a nalgebra user writes without this library.
#[inline(never)]
fn small_plain(net: &Small, x: &SVector<f32, 10>) -> SVector<f32, 2> {
    let h1 = (net.stage1.weight * x + net.stage1.bias).map(|value| value.max(0.0));
    let h2 = (net.stage2.weight * h1 + net.stage2.bias).map(|value| value.max(0.0));
    net.stage3.weight * h2 + net.stage3.bias
}

#[inline(never)]
fn square_plain(net: &Square, x: &SVector<f32, 64>) -> SVector<f32, 4> {
    let h1 = (net.stage1.weight * x + net.stage1.bias).map(|value| value.max(0.0));
    let h2 = (net.stage2.weight * h1 + net.stage2.bias).map(|value| value.max(0.0));
    net.stage3.weight * h2 + net.stage3.bias
}

#[inline]
fn small(net: &Small, x: &SVector<f32, 10>) -> SVector<f32, 2> {
    net.forward(x)
}

#[inline]
fn square(net: &Square, x: &SVector<f32, 64>) -> SVector<f32, 4> {
    net.forward(x)
}

fn small_net() -> (Aligned<Small>, SVector<f32, 10>) {
    let x = SVector::from_fn(|feature, _| feature as f32 * 0.1 - 0.4);
    (Small::new(&mut StdRng::seed_from_u64(1)), x)
}

fn square_net() -> (Aligned<Square>, SVector<f32, 64>) {
    let x = SVector::from_fn(|feature, _| feature as f32 * 0.01 - 0.4);
    (Square::new(&mut StdRng::seed_from_u64(1)), x)
}

fn main() {
    divan::main();
    let (small_net, x10) = small_net();
    let (square_net, x64) = square_net();
    assert!((small(&small_net, &x10) - small_plain(&small_net, &x10)).norm() < 1e-5);
    assert!((square(&square_net, &x64) - square_plain(&square_net, &x64)).norm() < 1e-5);
    println!("\ninstructions: {}", static_net::simd::instruction_set_name());
    println!("10-32-16-2, 64-64-64-4: time of nalgebra written plainly / time of static-net");
    ratio(
        "10-32-16-2",
        Pair {
            ours: || small(black_box(&small_net), black_box(&x10)),
            peer: || small_plain(black_box(&small_net), black_box(&x10)),
        },
    );
    ratio(
        "64-64-64-4",
        Pair {
            ours: || square(black_box(&square_net), black_box(&x64)),
            peer: || square_plain(black_box(&square_net), black_box(&x64)),
        },
    );
    by_hand(&small_net, &x10, &square_net, &x64);
}

#[cfg(target_arch = "x86_64")]
fn by_hand(small_net: &Small, x10: &SVector<f32, 10>, square_net: &Square, x64: &SVector<f32, 64>) {
    if static_net::simd::instruction_set_name() != "AVX-512" {
        println!("no AVX-512 here: nothing to compare with intrinsics");
        return;
    }
    let small_by_hand = || small_by_hand(black_box(small_net), black_box(x10));
    let square_by_hand = || square_by_hand(black_box(square_net), black_box(x64));
    assert!((SVector::from(small_by_hand()) - small(small_net, x10)).norm() < 1e-5);
    assert!((SVector::from(square_by_hand()) - square(square_net, x64)).norm() < 1e-5);
    println!("time of AVX-512 intrinsics by hand / time of static-net");
    ratio(
        "10-32-16-2",
        Pair { ours: || small(black_box(small_net), black_box(x10)), peer: small_by_hand },
    );
    ratio(
        "64-64-64-4",
        Pair { ours: || square(black_box(square_net), black_box(x64)), peer: square_by_hand },
    );
}

#[cfg(not(target_arch = "x86_64"))]
fn by_hand(_: &Small, _: &SVector<f32, 10>, _: &Square, _: &SVector<f32, 64>) {}

#[cfg(target_arch = "x86_64")]
fn small_by_hand(net: &Small, x: &SVector<f32, 10>) -> [f32; 2] {
    let (first, second, third) = (&net.stage1, &net.stage2, &net.stage3);
    // SAFETY: AVX-512 is there (`by_hand` has asked), and the arrays have the layers' sizes.
    unsafe {
        handwritten::forward_10_32_16_2(
            first.weight.data.0.as_flattened().try_into().unwrap(),
            &first.bias.data.0[0],
            second.weight.data.0.as_flattened().try_into().unwrap(),
            &second.bias.data.0[0],
            third.weight.data.0.as_flattened().try_into().unwrap(),
            &third.bias.data.0[0],
            &x.data.0[0],
        )
    }
}

#[cfg(target_arch = "x86_64")]
fn square_by_hand(net: &Square, x: &SVector<f32, 64>) -> [f32; 4] {
    let (first, second, third) = (&net.stage1, &net.stage2, &net.stage3);
    // SAFETY: as in `small_by_hand`.
    unsafe {
        handwritten::forward_64_64_64_4(
            first.weight.data.0.as_flattened().try_into().unwrap(),
            &first.bias.data.0[0],
            second.weight.data.0.as_flattened().try_into().unwrap(),
            &second.bias.data.0[0],
            third.weight.data.0.as_flattened().try_into().unwrap(),
            &third.bias.data.0[0],
            &x.data.0[0],
        )
    }
}

#[divan::bench]
fn small_static_net(bencher: Bencher<'_, '_>) {
    let (net, x) = small_net();
    bencher.bench_local(|| small(black_box(&net), black_box(&x)));
}

#[divan::bench]
fn small_nalgebra(bencher: Bencher<'_, '_>) {
    let (net, x) = small_net();
    bencher.bench_local(|| small_plain(black_box(&net), black_box(&x)));
}

#[divan::bench]
fn square_static_net(bencher: Bencher<'_, '_>) {
    let (net, x) = square_net();
    bencher.bench_local(|| square(black_box(&net), black_box(&x)));
}

#[divan::bench]
fn square_nalgebra(bencher: Bencher<'_, '_>) {
    let (net, x) = square_net();
    bencher.bench_local(|| square_plain(black_box(&net), black_box(&x)));
}
