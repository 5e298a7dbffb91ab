//! Whether the matrices of activations, which anyone may exchange, are those of one batch: kernels trust their sizes.

use super::Network;
use super::activations::{Activations, Parts};
use crate::batch::Batch;
use crate::layer::Stage;

/// # Panics
/// If matrices hold different numbers of samples.
#[inline(always)]
#[track_caller]
pub(super) fn check_of_one_batch<A: Activations>(activations: &A) {
    // A number that is part of the type is the same everywhere.
    if const { A::Batch::STATIC.is_none() } {
        check(activations, false);
    }
}

/// # Panics
/// If matrices hold different numbers of samples, or others than the pass ran over that filled the tape.
#[inline(always)]
#[track_caller]
pub(super) fn check_recorded<A: Activations>(activations: &A) {
    if const { A::Batch::STATIC.is_none() } {
        check(activations, true);
    }
}

#[track_caller]
fn check<A: Activations>(activations: &A, is_recorded: bool) {
    let samples = activations.samples();
    let (other, recorded) = activations.read(|parts: Parts<'_, _, _>| {
        let stages = A::Network::STAGES.iter();
        let values = parts.inner.iter().map(|values| values.len()).chain([parts.output.len()]);
        let other = stages.zip(values).find(|(stage, values)| *values != samples * stage.len());
        let other = other.map(|(stage, values)| (stage, values / stage.len()));
        (other, parts.memory.samples)
    });
    if let Some((stage, held)) = other {
        refuse(A::Network::NAME, samples, stage, held);
    }
    if is_recorded && recorded != samples {
        refuse_recorded(A::Network::NAME, samples, recorded);
    }
}

#[cold]
#[track_caller]
fn refuse(network: &str, samples: usize, stage: &Stage, held: usize) -> ! {
    panic!(
        "the activations of `{network}` are not of one batch: `input` holds {samples} samples, `{}` holds {held}",
        stage.name
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
