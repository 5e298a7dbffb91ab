//! How the structs beside a network are printed.

/// `Debug` for a struct under the name that users know it by.
#[doc(hidden)]
#[macro_export]
macro_rules! debug_as {
    ($name:ident $structure:ident [$($parameters:tt)*] [$($arguments:tt)*] $($field:ident)*) => {
        impl<$($parameters)*> ::core::fmt::Debug for $structure<$($arguments)*> {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter
                    .debug_struct(::core::stringify!($name))
                    $(.field(::core::stringify!($field), &self.$field))*
                    .finish()
            }
        }
    };
}
