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

/// What streams, in its implementation of `Streaming<T, Time>`, as the layer in one of its fields does, and has `run` besides:
/// `streams_as!(layer: L);`.
macro_rules! streams_as {
    ($field:ident: $layer:ty) => {
        fn describe_state(parts: &mut $crate::layer::StateParts<'_>) {
            parts.layer::<T, $layer, Time>("", 0);
        }

        const PREPARED: usize = <$layer as $crate::layer::Streaming<T, Time>>::PREPARED;

        fn prepare(&self, prepared: &mut [T]) {
            $crate::layer::Streaming::<T, Time>::prepare(&self.$field, prepared);
        }

        $crate::layer::step_by_run!(T, Time);
    };
}

pub(crate) use {dereference, streams_as};
