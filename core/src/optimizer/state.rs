//! What an optimizer keeps from step to step, by name: what is cloned and printed of it.

use core::fmt::Debug;

/// A setting or a count of an optimizer.
pub(super) type Setting<'a> = (&'static str, &'a dyn Debug);

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

/// Copies and prints an optimizer: its settings and how many steps there were, not the moments.
macro_rules! state {
    (
        $name:ident { $($field:ident),* $(,)? }
        settings { $($setting:ident: $($path:tt).+),* $(,)? }
    ) => {
        crate::optimizer::state::clone_fields!($name<N> { $($field),* });

        impl<N: Trainable> $name<N> {
            /// Every setting and count.
            fn settings(&self) -> impl Iterator<Item = crate::optimizer::state::Setting<'_>> {
                let settings: [crate::optimizer::state::Setting<'_>; _] =
                    [$((stringify!($setting), &self.$($path).+)),*];
                settings.into_iter()
            }
        }

        impl<N: Trainable> core::fmt::Debug for $name<N> {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let mut shown = formatter.debug_struct(stringify!($name));
                shown.field("network", &N::name());
                for (name, value) in self.settings() {
                    shown.field(name, value);
                }
                shown.finish_non_exhaustive()
            }
        }
    };
}
pub(super) use state;
