//! What an optimizer keeps from step to step, by name: what is cloned, printed and saved of it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{Debug, Display};
use core::str::FromStr;

use super::Optimizer;
use crate::aligned::{Aligned, zeros};
use crate::trainable::Trainable;

/// An optimizer that goes on where it stopped, from what was saved of it: a
/// [`Checkpoint`](crate::file::Checkpoint) does both.
pub trait Resumable: Optimizer + Clone {
    /// What it is called, such as `Adam`.
    const NAME: &'static str;

    /// Its settings and counts, by name.
    fn settings(&self) -> Vec<(&'static str, String)>;

    /// Sets the setting or count of a name as [`settings`](Resumable::settings) gave it. Whether there is such a one, and
    /// the text is one of its values.
    fn set(&mut self, name: &str, text: &str) -> bool;

    /// The values that it keeps for each parameter, by name.
    fn moments(&self) -> Vec<(&'static str, &Self::Network)>;

    /// Keeps values of these names and no others from now on. Whether it can.
    fn keep_moments(&mut self, names: &[&str]) -> bool;

    /// What [`moments`](Resumable::moments) gives, to be changed.
    fn moments_mut(&mut self) -> Vec<(&'static str, &mut Self::Network)>;
}

/// A setting or a count of an optimizer.
pub(super) trait Setting: Debug {
    /// A text that it can be read from.
    fn text(&self) -> String;

    /// Whether the text is one.
    fn read(&mut self, text: &str) -> bool;
}

impl<V: Debug + Display + FromStr> Setting for V {
    fn text(&self) -> String {
        self.to_string()
    }

    fn read(&mut self, text: &str) -> bool {
        text.parse().map(|value| *self = value).is_ok()
    }
}

/// Values for each parameter, which there may be no need of.
pub(super) trait Moment<N> {
    fn kept(&self) -> Option<&N>;

    fn kept_mut(&mut self) -> Option<&mut N>;

    /// Whether it can be so.
    fn keep(&mut self, is_kept: bool) -> bool;
}

impl<N> Moment<N> for Aligned<N> {
    fn kept(&self) -> Option<&N> {
        Some(self)
    }

    fn kept_mut(&mut self) -> Option<&mut N> {
        Some(self)
    }

    fn keep(&mut self, is_kept: bool) -> bool {
        is_kept
    }
}

impl<N: Trainable> Moment<N> for Option<Aligned<N>> {
    fn kept(&self) -> Option<&N> {
        self.as_deref()
    }

    fn kept_mut(&mut self) -> Option<&mut N> {
        self.as_deref_mut()
    }

    fn keep(&mut self, is_kept: bool) -> bool {
        *self = is_kept.then(|| self.take().unwrap_or_else(zeros));
        true
    }
}

/// Copies field by field. What is derived would ask for networks that can be copied, and makes new memory in `clone_from`.
macro_rules! clone_fields {
    ($name:ident $(<$network:ident>)? { $($field:ident),* $(,)? }) => {
        impl $(<$network: crate::trainable::Trainable>)? Clone for $name $(<$network>)? {
            fn clone(&self) -> Self {
                $name { $($field: self.$field.clone()),* }
            }

            fn clone_from(&mut self, source: &Self) {
                $(self.$field.clone_from(&source.$field);)*
            }
        }
    };
}
pub(super) use clone_fields;

/// Copies, prints and saves an optimizer, of which the fields, the settings and the moments are listed. The moments are not
/// printed.
macro_rules! state {
    (
        $name:ident { $($field:ident),* $(,)? }
        settings { $($setting:ident: $($path:tt).+),* $(,)? }
        moments { $($moment:ident: $($place:tt).+),* $(,)? }
    ) => {
        crate::optimizer::state::clone_fields!($name<N> { $($field),* });

        impl<N: Trainable> crate::optimizer::Resumable for $name<N> {
            const NAME: &'static str = stringify!($name);

            fn settings(&self) -> alloc::vec::Vec<(&'static str, alloc::string::String)> {
                use crate::optimizer::state::Setting;
                alloc::vec![$((stringify!($setting), self.$($path).+.text())),*]
            }

            fn set(&mut self, name: &str, text: &str) -> bool {
                use crate::optimizer::state::Setting;
                match name {
                    $(stringify!($setting) => self.$($path).+.read(text),)*
                    _ => false,
                }
            }

            fn moments(&self) -> alloc::vec::Vec<(&'static str, &N)> {
                use crate::optimizer::state::Moment;
                let all = [$((stringify!($moment), self.$($place).+.kept())),*];
                all.into_iter().filter_map(|(name, kept)| Some((name, kept?))).collect()
            }

            fn keep_moments(&mut self, names: &[&str]) -> bool {
                use crate::optimizer::state::Moment;
                let known = [$(stringify!($moment)),*];
                let mut can = names.iter().all(|name| known.contains(name));
                $(can &= self.$($place).+.keep(names.contains(&stringify!($moment)));)*
                can
            }

            fn moments_mut(&mut self) -> alloc::vec::Vec<(&'static str, &mut N)> {
                use crate::optimizer::state::Moment;
                let all = [$((stringify!($moment), self.$($place).+.kept_mut())),*];
                all.into_iter().filter_map(|(name, kept)| Some((name, kept?))).collect()
            }
        }

        impl<N: Trainable> core::fmt::Debug for $name<N> {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter
                    .debug_struct(stringify!($name))
                    .field("network", &N::name())
                    $(.field(stringify!($setting), &self.$($path).+))*
                    .finish_non_exhaustive()
            }
        }
    };
}
pub(super) use state;
