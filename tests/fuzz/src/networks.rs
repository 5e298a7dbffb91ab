//! Networks of all kinds of layers over batches of all sizes and all kinds of samples, with memory that is kept from one
//! run to the next: no kernel reads or writes beyond what it is given.

#![no_main]

use std::sync::LazyLock;

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use static_net::Workspace;
use static_net::nalgebra::{Const, Dyn, OMatrix};
use static_net::prelude::*;

network! {
    struct Dense< 10 => relu 33 => gelu 16 => softmax 3 >;
    struct Wide< f64; 7 => tanh 300 => elu(0.5) 260 => 2 >;
    struct Conv< [3, 9, 7] => relu conv(5, [3, 2], stride: [2, 1], padding: [1, 0]) => max_pool(2) => flatten => 4 >;
    struct Tiled< [16, 7, 6] => conv(32, 3, padding: 1) => batch_norm => relu conv(16, 3) => avg_pool(2, padding: 1) >;
    struct Grouped< [6, 11] => conv(8, 3, groups: 2, dilation: 2, padding: same) => depthwise(4, multiplier: 3) >;
    struct Transposed< [4, 5, 3] => conv_transpose(6, 3, stride: 2, output_padding: 1) => upsample([2, 3]) => conv(1, 1) >;
    struct Adjoint< [2, 8, 8] => conv_transpose(20, [4, 1], padding: [3, 0]) => adaptive_avg_pool([3, 5]) => silu >;
    struct Norms< [8, 5, 3] => group_norm(4) => instance_norm(affine: true) => layer_norm(axes: 2) => dropout(0.3) => global_max_pool => 3 >;
    struct Lstm< [6, 5] => lstm(9, bidirectional: true) => rms_norm => gru(4, last: true) => 2 >;
    struct Rnn< f64; [5, 3] => rnn(17, nonlinearity: relu) => transpose => conv(3, 2, padding: causal) => transpose => take_last >;
    struct Attends< [19, 12] => position => residual(layer_norm => attention(3, causal: true, rotary: true, dropout: 0.2)) => mean_over_time >;
    struct Groups< [70, 8] => attention(4, kv_heads: 2) => relu 6 => 3 >;
    struct Joined< [4, 6, 6] => concat(conv(3, 1) | relu conv(5, 3, padding: 1) => conv(2, 1) | identity) => sum(tanh | conv(9, 1))
        => repeat(3; residual(relu conv(9, 3, padding: 1))) => residual(conv(6, 2, stride: 2); project: avg_pool(2) => conv(6, 1)) >;
}

network! {
    struct Tokens< tokens(9, vocab: 13) => table: embedding(8) => sinusoidal => lstm(8) => take_last => tied(table) >;
}

/// All passes of a network over samples that `$x` makes, of so many.
macro_rules! run {
    ($net:ident, $float:ty, $input:literal, $bytes:expr) => {{
        static NET: LazyLock<static_net::Aligned<$net>> =
            LazyLock::new(|| $net::new(&mut StdRng::seed_from_u64(1)));
        let bytes: &mut Unstructured<'_> = $bytes;
        let mut net = NET.clone();
        let mut workspace = Workspace::new();
        let first = OMatrix::<$float, Const<$input>, Dyn>::zeros(2);
        let mut output = net.forward(&first);
        let mut activations = net.activations(&first);
        let mut gradient = $net::zeros();
        for _ in 0..4 {
            let count = match bytes.int_in_range(0..=15).unwrap_or(0) {
                15 => 257,
                14 => 64,
                13 => 31,
                few => few,
            };
            let scale = <$float>::from([0.0, 1.0, -3.0, 1e30, 1e-40, <$float>::NAN, <$float>::INFINITY, 0.5]
                [bytes.int_in_range(0..=7).unwrap_or(0)]);
            // One row more on either side, so that samples may lie apart.
            let large = OMatrix::<$float, Const<{ $input + 2 }>, Dyn>::from_fn(count, |row, column| {
                scale * (((row * 31 + column * 17) % 23) as $float - 11.0) / 8.0
            });
            let torn = large.fixed_rows::<$input>(1);
            let whole = torn.clone_owned();
            let arrays: Vec<[$float; $input]> =
                whole.column_iter().map(|column| std::array::from_fn(|row| column[row])).collect();
            match bytes.int_in_range(0..=7).unwrap_or(0) {
                0 => drop(net.forward(&torn)),
                1 => net.forward_into(&torn, &mut output, &mut workspace),
                2 => net.forward_into(&arrays, &mut output, &mut workspace),
                3 => drop(net.forward(&whole.columns_with_step(0, count.div_ceil(2), 1.min(count / 2)))),
                4 => net.activations_into(&whole, &mut activations),
                5 if count > 1 => net.train_into(&torn, &mut StdRng::seed_from_u64(3), &mut activations),
                6 => {
                    if let Some(one) = arrays.first() {
                        let activations = net.activations(one);
                        let d_output = activations.output;
                        net.backward(&activations, &d_output, &mut gradient);
                    }
                }
                _ => {
                    let d_output = activations.output.clone();
                    net.backward_into(&activations, &d_output, &mut gradient, &mut workspace);
                    let both = net.backward_to_input(&activations, &d_output, &mut gradient);
                    assert_eq!(net.input_gradient(&activations, &d_output).len(), both.len());
                }
            }
        }
    }};
}

fuzz_target!(|data: &[u8]| {
    let bytes = &mut Unstructured::new(data);
    match bytes.int_in_range(0..=13).unwrap_or(0) {
        0 => run!(Dense, f32, 10, bytes),
        1 => run!(Wide, f64, 7, bytes),
        2 => run!(Conv, f32, 189, bytes),
        3 => run!(Tiled, f32, 672, bytes),
        4 => run!(Grouped, f32, 66, bytes),
        5 => run!(Transposed, f32, 60, bytes),
        6 => run!(Adjoint, f32, 128, bytes),
        7 => run!(Norms, f32, 120, bytes),
        8 => run!(Lstm, f32, 30, bytes),
        9 => run!(Rnn, f64, 15, bytes),
        10 => run!(Attends, f32, 228, bytes),
        11 => run!(Groups, f32, 560, bytes),
        12 => run!(Joined, f32, 144, bytes),
        _ => {
            let ids: Vec<[u32; 9]> = (0..bytes.int_in_range(0..=9).unwrap_or(0))
                .map(|sample| std::array::from_fn(|place| (sample + place) as u32 % 13))
                .collect();
            let net = Tokens::new(&mut StdRng::seed_from_u64(1));
            let activations = net.activations(&ids);
            net.backward(&activations, &activations.output, &mut Tokens::zeros());
        }
    }
});
