//! Layers around another layer, whose fields and methods are also theirs.

/// Makes a layer dereference to one of its fields: `dereference!([L, A] Activated<L, A> => layer: L);`.
macro_rules! dereference {
    ([$($parameters:tt)*] $wrapper:ty => $field:ident: $target:ty) => {
        impl<$($parameters)*> core::ops::Deref for $wrapper {
            type Target = $target;

            fn deref(&self) -> &$target {
                &self.$field
            }
        }

        impl<$($parameters)*> core::ops::DerefMut for $wrapper {
            fn deref_mut(&mut self) -> &mut $target {
                &mut self.$field
            }
        }
    };
}

pub(super) use dereference;
