//! Whether the matrices of activations, which anyone may exchange, are those of one batch: kernels trust their sizes.

use super::Network;
use super::activations::{Activations, Parts};
use crate::batch::Batch;

/// # Panics
/// If matrices hold different numbers of samples.
#[inline(always)]
#[track_caller]
pub(crate) fn check_of_one_batch<A: Activations>(activations: &A) {
    // A number that is part of the type is the same everywhere.
    if const { A::Batch::STATIC.is_none() } && !activations.is_of_one_batch() {
        refuse(activations);
    }
}

/// # Panics
/// If matrices hold different numbers of samples, or others than the pass ran over that filled the tape.
#[inline(always)]
#[track_caller]
pub(super) fn check_recorded<A: Activations>(activations: &A) {
    check_of_one_batch(activations);
    if const { A::Batch::STATIC.is_none() } {
        let recorded = activations.read(|parts: Parts<'_, _, _>| parts.memory.samples);
        let samples = activations.samples();
        if recorded != samples {
            refuse_recorded(A::Network::NAME, samples, recorded);
        }
    }
}

#[cold]
#[track_caller]
fn refuse<A: Activations>(activations: &A) -> ! {
    let samples = activations.samples();
    let (stage, held) = activations.read(|parts: Parts<'_, _, _>| {
        let stages = A::Network::STAGES.iter();
        let values = parts.inner.iter().map(|values| values.len()).chain([parts.output.len()]);
        let mut held = stages.zip(values).map(|(stage, values)| (stage.name, values / stage.len()));
        held.find(|(_, held)| *held != samples).expect("one holds another number")
    });
    panic!(
        "the activations of `{}` are not of one batch: `input` holds {samples} samples, `{stage}` holds {held}",
        A::Network::NAME
    );
}

#[cold]
#[track_caller]
fn refuse_recorded(network: &str, samples: usize, recorded: usize) -> ! {
    panic!(
        "the activations of `{network}` hold {samples} samples, but were made of {recorded}: run the network over what \
         is in `input` now"
    );
}
