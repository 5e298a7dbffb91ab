//! Sizes that safe code can state and no memory can hold: each is refused with its numbers where it is computed,
//! and none wraps round to a small one that kernels would then write behind.

use std::panic::{AssertUnwindSafe, catch_unwind};

use static_net::batch::BatchMatrix;
use static_net::layer::{
    Backward, BufferSize, Layer, Mode, Needs, Pass, StreamMemory, Streaming, TimeFirst,
};
use static_net::nalgebra::{Const, Dyn, OMatrix};
use static_net::prelude::*;
use static_net::shape::Rank2;
use static_net::simd::InstructionSet;
use static_net::{Samples, Workspace};

/// 2^62 values of four bytes are 2^64 bytes, which wrap round to none.
const HUGE: usize = 1 << 62;

/// What a call panics with.
fn panic_of<R>(call: impl FnOnce() -> R) -> String {
    let Err(payload) = catch_unwind(AssertUnwindSafe(call)) else { panic!("did not panic") };
    match payload.downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => (*payload.downcast::<&str>().expect("a text")).to_owned(),
    }
}

#[track_caller]
fn assert_refused<R>(call: impl FnOnce() -> R, expected: &str) {
    let message = panic_of(call);
    assert!(message.contains(expected), "`{message}`, not `{expected}`");
}

#[test]
fn a_workspace_that_no_memory_holds_is_refused() {
    assert_refused(
        || Workspace::<f32>::new().at_least(HUGE + 20).len(),
        "capacity overflow: a buffer would take 1 * 4611686018427387924 values",
    );
    assert_refused(
        || Workspace::<f64>::new().at_least(1 << 60).len(),
        "capacity overflow: a buffer would take 1 * 1152921504606846976 values",
    );
    let mut workspace = Workspace::<f32>::new();
    workspace.at_least(1);
    assert_refused(|| workspace.first(HUGE + 1).len(), "holds 16 values, not 4611686018427387905");
}

type Batch4 = OMatrix<f32, Const<4>, Dyn>;

#[test]
fn a_batch_that_no_memory_holds_is_refused() {
    let expected = "capacity overflow: a batch would take 4611686018427387904 * 4 values";
    assert_refused(|| <Batch4 as BatchMatrix<f32, 4>>::zeros(Dyn(HUGE)), expected);
    let mut batch = <Batch4 as BatchMatrix<f32, 4>>::zeros(Dyn(3));
    assert_refused(|| batch.resize_batch(Dyn(HUGE)), expected);
    assert_eq!(batch.shape(), (4, 3));
}

/// Samples that say to be more than they are.
struct Liar {
    says: usize,
    is: Option<Vec<[f32; 4]>>,
}

impl Samples<f32, 4> for Liar {
    type Batch = Dyn;

    fn batch(&self) -> Dyn {
        Dyn(self.says)
    }

    fn as_samples(&self) -> Option<&[[f32; 4]]> {
        self.is.as_deref()
    }

    fn copy_samples(&self, _: usize, target: &mut [[f32; 4]]) {
        target.fill([1.0; 4]);
    }
}

network! {
    struct Plain< 4 => relu 3 => batch_norm => 4 >;
}

#[test]
fn samples_that_say_a_batch_that_no_memory_holds_are_refused() {
    let expected = "capacity overflow: a batch would take 4611686018427387904 * 4 values";
    for is in [None, Some(vec![[1.0; 4]; 2])] {
        let x = Liar { says: HUGE, is };
        let mut net = Plain::zeros();
        assert_refused(|| net.forward(&x), expected);
        assert_refused(|| net.activations(&x), expected);
        assert_refused(|| net.train(&x, &mut StdRng::seed_from_u64(1)), expected);
        let mut output = net.forward(&vec![[0.0; 4]; 2]);
        assert_refused(|| net.forward_into(&x, &mut output, &mut Workspace::new()), expected);
        let mut activations = net.activations(&vec![[0.0; 4]; 2]);
        assert_refused(|| net.activations_into(&x, &mut activations), expected);
    }
}

#[test]
fn samples_that_are_fewer_than_they_say_are_refused() {
    let x = Liar { says: 9, is: Some(vec![[1.0; 4]; 2]) };
    let net = Plain::zeros();
    let expected = "`Samples` that say to be 9 are 2";
    assert_refused(|| net.forward(&x), expected);
    let mut output = net.forward(&vec![[0.0; 4]; 2]);
    assert_refused(|| net.forward_into(&x, &mut output, &mut Workspace::new()), expected);
}

/// A layer that passes its input on, and says to need so many values of tape and working memory.
macro_rules! greedy {
    ($name:ident, $needs:expr) => {
        #[derive(Parameters)]
        #[repr(C)]
        struct $name {}

        impl Layer<f32> for $name {
            type Input = Rank2<2, 2>;
            type Output = Rank2<2, 2>;

            const NEEDS: Needs = $needs;

            fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

            fn forward<I: InstructionSet, M: Mode<f32>>(
                &self,
                input: &[[[f32; 2]; 2]],
                output: &mut [[[f32; 2]; 2]],
                _: &mut Pass<'_, f32, I, M>,
            ) {
                output.copy_from_slice(input);
            }

            fn backward<I: InstructionSet>(
                &self,
                step: Backward<'_, f32, Self>,
                _: Option<&mut Self>,
                _: &mut Pass<'_, f32, I>,
            ) {
                if let Some(d_input) = step.d_input {
                    d_input.copy_from_slice(step.d_output);
                }
            }
        }
    };
}

greedy!(Taping, Needs { tape: BufferSize::per_sample(HUGE), ..Needs::OUTPUT });
greedy!(TapingABatch, Needs { tape: BufferSize::fixed(HUGE), ..Needs::OUTPUT });
greedy!(Working, Needs { forward: BufferSize::per_sample(HUGE), ..Needs::OUTPUT });
greedy!(WorkingBackward, Needs { backward: BufferSize::per_sample(HUGE), ..Needs::OUTPUT });
greedy!(Remembering, Needs::OUTPUT);

impl Streaming<f32, TimeFirst> for Remembering {
    type Behind = TimeFirst;

    const MEMORY: StreamMemory = StreamMemory { state: HUGE, ..StreamMemory::NONE };

    fn step<I: InstructionSet>(
        &self,
        input: &[f32],
        output: &mut [f32],
        _: &mut [f32],
        _: usize,
        _: &mut Pass<'_, f32, I>,
    ) {
        output.copy_from_slice(input);
    }
}

network! {
    struct TapingNet< [2, 2] => Taping >;
    struct TapingABatchNet< [2, 2] => TapingABatch >;
    struct WorkingNet< [2, 2] => Working >;
    struct WorkingBackwardNet< [2, 2] => WorkingBackward >;
    struct RememberingNet< [2, 2] => Remembering >;
}

#[test]
fn a_tape_that_no_memory_holds_is_refused() {
    let mut rng = StdRng::seed_from_u64(1);
    let one = "capacity overflow: a buffer would take 1 * 4611686018427387904 values";
    let four = "capacity overflow: a tape would take 4 * 4611686018427387904 values";
    assert_refused(|| TapingNet::zeros().activations(&[0.0; 4]), one);
    assert_refused(|| TapingNet::zeros().train(&[0.0; 4], &mut rng), one);
    assert_refused(|| TapingNet::zeros().activations(&[[0.0; 4]; 4]), four);
    assert_refused(|| TapingNet::zeros().train(&[[0.0; 4]; 4], &mut rng), four);
    assert_refused(|| TapingABatchNet::zeros().activations(&[[0.0; 4]; 4]), one);
}

#[test]
fn working_memory_that_no_memory_holds_is_refused() {
    let one = "capacity overflow: a buffer would take 1 * 4611686018427387904 values";
    assert_refused(|| WorkingNet::zeros().forward(&[0.0; 4]), one);
    assert_refused(|| WorkingNet::zeros().forward(&[[0.0; 4]; 4]), one);
    let x = OMatrix::<f32, Const<4>, Dyn>::zeros(4);
    assert_refused(|| WorkingNet::zeros().forward(&x), one);
    let mut output = x.clone();
    assert_refused(
        || WorkingNet::zeros().forward_into(&x, &mut output, &mut Workspace::new()),
        one,
    );
    let four = "capacity overflow: working memory would take 4 * 4611686018427387904 values";
    assert_refused(|| WorkingNet::zeros().activations(&x), four);

    let net = WorkingBackwardNet::zeros();
    let activations = net.activations(&x);
    let mut gradient = WorkingBackwardNet::zeros();
    assert_refused(|| net.backward(&activations, &x, &mut gradient), four);
}

#[test]
fn a_stream_that_no_memory_holds_is_refused() {
    let net = RememberingNet::zeros();
    assert_refused(
        || net.stream(),
        "capacity overflow: a buffer would take 1 * 4611686018427387904 values",
    );
}
