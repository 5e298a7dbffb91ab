//! Running statistics that hold still.

use alloc::vec::Vec;
use core::ops::Range;

use crate::network::Network;
use crate::parameters::Kind;
use crate::part::Runs;

/// Which running statistics a pass in training leaves as they are.
pub(super) struct Frozen<T> {
    statistics: Runs<bool>,
    /// What those that are frozen were in front of the pass.
    before: Vec<T>,
}

impl<T: Copy> Frozen<T> {
    pub fn nothing<N: Network>() -> Self {
        let is_statistic = |kind| (kind == Kind::RunningStatistic).then_some(false);
        let statistics = Runs::of::<N>(|tensor| is_statistic(tensor.kind));
        Frozen { statistics, before: Vec::new() }
    }

    pub fn set(&mut self, part: &Range<usize>, is_frozen: bool) {
        self.statistics.change(part, |frozen| *frozen = is_frozen);
    }

    /// Keeps what is frozen, in front of a pass. Allocates only where there is more of it than before.
    pub fn keep<N: Network<Scalar = T>>(&mut self, network: &N) {
        self.before.clear();
        for range in frozen(&self.statistics) {
            self.before.extend_from_slice(&network.state()[range]);
        }
    }

    /// Puts it back behind the pass.
    pub fn put_back<N: Network<Scalar = T>>(&self, network: &mut N) {
        let mut before = &self.before[..];
        for range in frozen(&self.statistics) {
            let (values, behind) = before.split_at(range.len());
            network.state_mut()[range].copy_from_slice(values);
            before = behind;
        }
    }
}

fn frozen(statistics: &Runs<bool>) -> impl Iterator<Item = Range<usize>> {
    statistics.iter().filter(|(_, is_frozen)| **is_frozen).map(|(range, _)| range.clone())
}
