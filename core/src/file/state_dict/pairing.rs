//! Which stored tensor each tensor of a network takes.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::super::error::Mismatch;
use super::super::stored_tensor::StoredTensor;
use crate::parameters::{Kind, Tensor};

/// What PyTorch calls how many batches a normalisation has seen.
const BATCH_COUNT: &str = "num_batches_tracked";

/// How a stored tensor is called that a tensor of a network takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// As the network's.
    Same,
    /// As the network's, with something in front.
    EndAlike,
}

impl Names {
    /// Which of the network's tensors a stored one is meant for.
    fn meant(self, stored: &str, by_name: &BTreeMap<&str, usize>) -> Option<usize> {
        match self {
            Names::Same => by_name.get(stored).copied(),
            Names::EndAlike => ends(stored).find_map(|end| by_name.get(end).copied()),
        }
    }
}

/// A name, and what is left of it behind each character that is no part of a word.
fn ends(name: &str) -> impl Iterator<Item = &str> {
    let separates = |character: char| !character.is_alphanumeric() && character != '_';
    let behind = name.match_indices(separates).map(|(at, found)| &name[at + found.len()..]);
    core::iter::once(name).chain(behind)
}

/// Finds the stored tensor for each of a network's, whose values are of this type, or all that is wrong.
pub fn pair<'t, 's, 'a>(
    tensors: &'t [Tensor],
    all: &'s [StoredTensor<'a>],
    dtype: &str,
    names: Names,
) -> Result<Vec<(&'t Tensor, &'s StoredTensor<'a>)>, Vec<Mismatch>> {
    let mut mismatches = Vec::new();
    let mut known = BTreeSet::new();
    let mut once = Vec::new();
    for stored in all {
        match known.insert(stored.name.as_str()) {
            true => once.push(stored),
            false => mismatches.push(Mismatch::Twice { name: stored.name.clone() }),
        }
    }

    let by_name = tensors.iter().enumerate().map(|(index, tensor)| (tensor.name.as_str(), index));
    let by_name: BTreeMap<&str, usize> = by_name.collect();
    let mut candidates = vec![Vec::new(); tensors.len()];
    let mut extra = Vec::new();
    for stored in once {
        match names.meant(&stored.name, &by_name) {
            Some(index) => candidates[index].push(stored),
            None => extra.push(stored),
        }
    }

    let mut pairs = Vec::new();
    for (tensor, candidates) in tensors.iter().zip(candidates) {
        let name = tensor.name.clone();
        match candidates.as_slice() {
            &[stored] => {
                check(tensor, stored, dtype, &mut mismatches);
                pairs.push((tensor, stored));
            }
            [] => mismatches.push(Mismatch::Missing { name, shape: tensor.shape.clone() }),
            several => {
                let candidates = several.iter().map(|stored| stored.name.clone()).collect();
                mismatches.push(Mismatch::Ambiguous { name, candidates });
            }
        }
    }

    extra.retain(|stored| !counts_batches(stored, &pairs));
    // Beside other tensors that do not fit, how many batches were seen is not worth a line.
    if !mismatches.is_empty() || !extra.iter().all(|stored| is_batch_count(stored)) {
        extra.retain(|stored| !is_batch_count(stored));
    }
    mismatches.extend(
        extra.into_iter().map(|stored| Mismatch::Extra {
            name: stored.name.clone(),
            shape: stored.shape.clone(),
        }),
    );
    if mismatches.is_empty() { Ok(pairs) } else { Err(mismatches) }
}

/// Says what of a stored tensor is not as it is in the network.
fn check(tensor: &Tensor, stored: &StoredTensor<'_>, dtype: &str, mismatches: &mut Vec<Mismatch>) {
    let name = || tensor.name.clone();
    if stored.shape != tensor.shape {
        let (expected, found) = (tensor.shape.clone(), stored.shape.clone());
        mismatches.push(Mismatch::Shape { name: name(), expected, found });
    }
    if stored.dtype != dtype {
        let (expected, found) = (String::from(dtype), stored.dtype.clone());
        mismatches.push(Mismatch::Type { name: name(), expected, found });
    }
}

/// Whether it is what PyTorch keeps besides the statistics of a normalisation over the batch: how many
/// batches it has seen. A normalisation here has a momentum, for which the number does not matter, and PyTorch
/// does not miss it in a file of ours.
fn counts_batches(count: &StoredTensor<'_>, pairs: &[(&Tensor, &StoredTensor<'_>)]) -> bool {
    let Some(prefix) = count.name.strip_suffix(BATCH_COUNT) else { return false };
    let is_mean = |(tensor, stored): &(&Tensor, &StoredTensor<'_>)| {
        tensor.kind == Kind::RunningStatistic
            && stored.name.strip_prefix(prefix) == Some("running_mean")
    };
    is_batch_count(count) && pairs.iter().any(is_mean)
}

/// Whether it has the name and the type of such a number.
fn is_batch_count(stored: &StoredTensor<'_>) -> bool {
    stored.name.ends_with(BATCH_COUNT) && stored.dtype == "I64" && stored.shape.is_empty()
}
