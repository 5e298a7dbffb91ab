//! Activations whose fields are exchanged for those of another batch: their sizes are trusted by kernels, so it is noticed
//! before any runs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use static_net::Network;
use static_net::nalgebra::Dyn;
use static_net::network::Activations;
use static_net::prelude::*;

network! {
    struct Encoder< 6 => tanh 5 => code: 3 >;
    struct Net<
        6
        => first: relu 6
        => inner: Encoder
        => blocks: repeat(2; residual(gelu 4 => 3))
        => both: concat(relu 2 | tanh 4 => 3)
        => batch_norm
        => 2
    >;
    struct OfTokens< tokens(4, vocab: 9) => embedding(5) => lstm(3, last: true) => 2 >;
    struct OfImages< [2, 6, 6] => conv(3, 3) => max_pool(2) => group_norm(3) => flatten => 2 >;
}

type Batch<const N: usize> = OMatrix<f32, Const<N>, Dyn>;

fn x<const N: usize>(samples: usize) -> Batch<N> {
    Batch::<N>::from_fn(samples, |row, column| ((3 * row + 5 * column) as f32).sin())
}

#[track_caller]
fn assert_refused<R>(call: impl FnOnce() -> R, expected: &str) {
    let Err(payload) = catch_unwind(AssertUnwindSafe(call)) else { panic!("did not panic") };
    let message = payload.downcast::<String>().expect("a text");
    assert!(message.contains(expected), "`{message}`, not `{expected}`");
}

/// Exchanges a field for that of seven samples, and says what is said then.
macro_rules! exchanged {
    ($net:ident, $x:expr, $other:expr, $($field:ident)*) => {{
        let net = $net::new(&mut StdRng::seed_from_u64(1));
        let d_output = x::<2>(5);
        $(
            let (mut activations, mut other) = (net.activations($x), net.activations($other));
            std::mem::swap(&mut activations.$field, &mut other.$field);
            let (name, [input, held]) = match stringify!($field) {
                "input" => (named::<$net>(0), [7, 5]),
                "output" => (named::<$net>($net::STAGES.len() - 1), [5, 7]),
                name => (name, [5, 7]),
            };
            let expected = format!("`input` holds {input} samples, `{name}` holds {held}");
            let mut gradient = $net::zeros();
            assert_refused(|| net.backward(&activations, &d_output, &mut gradient), &expected);
            assert_eq!(gradient.state(), $net::zeros().state());
            assert_refused(|| static_net::network::record(&*net, &mut *activations), &expected);
            let mut net = net.clone();
            let rng = &mut StdRng::seed_from_u64(1);
            assert_refused(|| static_net::network::train(&mut *net, &mut *activations, rng), &expected);
        )*
        // All of them: then they are of one batch, but not of the one that the tape is of.
        let (mut activations, mut other) = (net.activations($x), net.activations($other));
        $(std::mem::swap(&mut activations.$field, &mut other.$field);)*
        let mut gradient = $net::zeros();
        let expected = "hold 7 samples, but were made of 5";
        assert_refused(|| net.backward(&activations, &x::<2>(7), &mut gradient), expected);
        let expected = "hold 5 samples, but were made of 7";
        assert_refused(|| net.backward(&other, &d_output, &mut gradient), expected);
        // Run again, they are as good as any.
        net.activations_into($x, &mut activations);
        net.backward(&activations, &d_output, &mut gradient);
        let mut expected = $net::zeros();
        net.backward(&net.activations($x), &d_output, &mut expected);
        assert_eq!(gradient.state(), expected.state());
    }};
}

fn named<N: Network>(stage: usize) -> &'static str {
    N::STAGES[stage].name
}

#[test]
fn each_field_of_a_network_of_networks_and_compositions() {
    exchanged!(Net, &x::<6>(5), &x::<6>(7), input first inner blocks both stage5 output);
}

#[test]
fn each_field_behind_tokens() {
    let tokens =
        |samples: usize| -> Vec<[u32; 4]> { (0..samples).map(|i| [i as u32; 4]).collect() };
    exchanged!(OfTokens, &tokens(5), &tokens(7), input stage1 stage2 output);
}

#[test]
fn each_field_of_images() {
    exchanged!(OfImages, &x::<72>(5), &x::<72>(7), input stage1 stage2 stage3 stage4 output);
}

#[test]
fn what_no_pass_has_filled_has_no_gradient() {
    let net = Net::zeros();
    let activations = <NetActivations<Dyn> as Activations>::empty(Dyn(5));
    let expected = "hold 5 samples, but were made of 0";
    assert_refused(|| net.backward(&activations, &x::<2>(5), &mut Net::zeros()), expected);
}
