//! Groups of parameters as text: what is printed and saved of them.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Debug, Formatter};
use core::ops::Range;

use super::groups::Group;
use super::state::Setting;
use crate::parameters::Kind;
use crate::part::Runs;

/// One group to a line: the values, whether they decay with the others, whether they are frozen, the factor of the rate, a
/// weight decay of their own, and how many steps they took.
impl Setting for Runs<Group> {
    fn text(&self) -> String {
        let line = |(range, group): (&Range<usize>, &Group)| {
            let Group { kind, is_frozen, rate_factor, weight_decay, steps } = group;
            let decays = *kind == Kind::Trained;
            let decay = weight_decay.map_or("common".into(), |decay| format!("{decay}"));
            format!(
                "{}..{} {decays} {is_frozen} {rate_factor} {decay} {steps}",
                range.start, range.end
            )
        };
        self.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn read(&mut self, text: &str) -> bool {
        let read: Option<Runs<Group>> = text.lines().map(read).collect();
        match read.filter(|read| read.covers_same(self)) {
            Some(read) => {
                *self = read;
                true
            }
            None => false,
        }
    }
}

fn read(line: &str) -> Option<(Range<usize>, Group)> {
    let words: Vec<&str> = line.split(' ').collect();
    let &[range, decays, is_frozen, rate_factor, weight_decay, steps] = &words[..] else {
        return None;
    };
    let (start, end) = range.split_once("..")?;
    let decays: bool = decays.parse().ok()?;
    let group = Group {
        kind: if decays { Kind::Trained } else { Kind::TrainedWithoutDecay },
        is_frozen: is_frozen.parse().ok()?,
        rate_factor: rate_factor.parse().ok()?,
        weight_decay: match weight_decay {
            "common" => None,
            own => Some(own.parse().ok()?),
        },
        steps: steps.parse().ok()?,
    };
    Some((start.parse().ok()?..end.parse().ok()?, group))
}

/// Only what is particular.
impl Debug for Runs<Group> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_map();
        for (range, group) in self.iter() {
            if group.is_frozen {
                shown.entry(range, &format_args!("frozen"));
            } else if group.rate_factor != 1.0 || group.weight_decay.is_some() {
                let Group { rate_factor, weight_decay, .. } = group;
                match weight_decay {
                    Some(decay) => shown
                        .entry(range, &format_args!("rate * {rate_factor}, weight decay {decay}")),
                    None => shown.entry(range, &format_args!("rate * {rate_factor}")),
                };
            }
        }
        shown.finish()
    }
}
