//! Where the sizes of a layer's output come from, which is known before they are.

use crate::call::Call;
use crate::words::{Gives, Source};

/// Where the sizes of a layer's output come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline {
    sizes: [Source; 3],
    rank: usize,
}

impl Call<'_> {
    /// Whether what the layer does with an input of so many sizes depends on them, and not on their number alone.
    pub const fn needs_sizes(&self, rank: usize) -> bool {
        match self.layer.gives {
            Gives::SameOfAny | Gives::OneAlongTheLastAxis => false,
            Gives::SameByChannel(name) => self.size(name) != 1,
            Gives::Flat => rank != 1,
            // All of the last axis is normalized together.
            Gives::SameOverLastAxes => match self.sizes("axes") {
                Some(axes) => rank > 1 && !matches!(axes, [1]),
                None => rank == 3,
            },
            Gives::Computed
            | Gives::Same
            | Gives::SameSequence
            | Gives::Channels(_)
            | Gives::EachChannel
            | Gives::Listed(_)
            | Gives::Transposed
            | Gives::Permuted(_)
            | Gives::Along(_)
            | Gives::Hidden
            | Gives::OneStep => true,
        }
    }
}

impl Outline {
    /// That of a layer whose input has so many sizes. `None` where it takes no such input.
    pub const fn of(call: &Call<'_>, rank: usize) -> Option<Outline> {
        use Source::{Argument, Computed, Input, Listed, One, Twice};
        let same = Some(Outline { sizes: [Input(0), Input(1), Input(2)], rank });
        match call.layer.gives {
            Gives::Same | Gives::SameOfAny | Gives::SameOverLastAxes | Gives::SameByChannel(_) => {
                same
            }
            Gives::SameSequence if rank == 2 => same,
            Gives::Channels(channels) if rank > 1 => {
                let keeps_places =
                    call.is_word("padding", "same") || call.is_word("padding", "causal");
                let sizes = match keeps_places {
                    true => [channels, Input(1), Input(2)],
                    false => [channels, Computed, Computed],
                };
                Some(Outline { sizes, rank })
            }
            Gives::EachChannel if rank > 1 => Some(Outline { sizes: [Input(0); 3], rank: 1 }),
            Gives::Flat if rank == 1 => same,
            Gives::Flat => Some(Outline { sizes: [Computed; 3], rank: 1 }),
            Gives::Listed(name) => match call.sizes(name) {
                Some(list) => {
                    let sizes = [Listed(name, 0), Listed(name, 1), Listed(name, 2)];
                    Some(Outline { sizes, rank: list.len() })
                }
                None => None,
            },
            Gives::Transposed if rank == 2 => {
                Some(Outline { sizes: [Input(1), Input(0), Input(2)], rank })
            }
            Gives::Permuted(name) => match call.sizes(name) {
                Some([first, second]) if rank == 2 => {
                    Some(Outline { sizes: [Input(*first), Input(*second), Input(2)], rank })
                }
                Some([first, second, third]) if rank == 3 => {
                    Some(Outline { sizes: [Input(*first), Input(*second), Input(*third)], rank })
                }
                _ => None,
            },
            Gives::Along(name) if call.size(name) < rank => {
                let mut sizes = [Input(0), Input(1), Input(2)];
                sizes[call.size(name)] = Computed;
                Some(Outline { sizes, rank })
            }
            Gives::Hidden if rank == 2 => {
                let width = match call.is_set("bidirectional") {
                    true => Twice("hidden"),
                    false => Argument("hidden"),
                };
                match call.is_set("last") {
                    true => Some(Outline { sizes: [width; 3], rank: 1 }),
                    false => Some(Outline { sizes: [Input(0), width, Input(2)], rank }),
                }
            }
            Gives::OneStep if rank == 2 => Some(Outline { sizes: [Input(1); 3], rank: 1 }),
            Gives::OneAlongTheLastAxis if rank == 1 => Some(Outline { sizes: [One; 3], rank }),
            Gives::OneAlongTheLastAxis if rank == 2 => {
                Some(Outline { sizes: [Input(0), One, Input(2)], rank })
            }
            Gives::SameSequence
            | Gives::OneAlongTheLastAxis
            | Gives::Channels(_)
            | Gives::EachChannel
            | Gives::Transposed
            | Gives::Along(_)
            | Gives::Hidden
            | Gives::OneStep
            | Gives::Computed => None,
        }
    }

    /// Where each size comes from.
    pub const fn sizes(&self) -> &[Source] {
        self.sizes.split_at(self.rank).0
    }
}
