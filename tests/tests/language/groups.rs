//! What a `macro_rules!` hands on: literals, expressions and types in groups of their own.
#![deny(warnings)]
use static_net::prelude::*;

network! {
    struct Encoder< const H: usize; 8 => relu H => 4 >;
}

macro_rules! net {
    ($visibility:vis $name:ident: $input:literal, $width:expr, $layer:ty, $code:expr, $slope:expr, $shape:expr) => {
        network! {
            $visibility struct $name<
                $input => relu $width => leaky_relu($slope) 8 => $layer => [$code] => dropout(0.5) => [$code]
                    => reshape $shape => flatten => 2
            >;
        }
    };
}

macro_rules! outer {
    ($input:literal, $width:expr) => {
        net!(pub(crate) Net: $input, $width, Encoder<16>, 4, -0.5, [2, 2]);
    };
}

outer!(10, 3 * 4);

macro_rules! documented {
    ($(#[$attribute:meta])* $name:ident) => {
        network! {
            $(#[$attribute])*
            struct $name< 4 => 2 >;
        }
    };
}

documented! {
    /// A network with attributes, which is left out.
    #[cfg(any())]
    Documented
}
documented! {
    /// A network with attributes.
    #[cfg(not(any()))]
    Documented
}

/// A one-letter alias of a generic type.
type T<const H: usize> = Encoder<H>;

network! {
    struct Alias< 8 => T<3> => [4] => 8 => relu T::<2> => [4] => 2 >;
}

#[test]
fn builds_and_runs() {
    assert_eq!(Net::zeros().stage1.weight.shape(), (12, 10));
    assert_eq!(Net::zeros().stage3.stage1.bias.len(), 16);
    assert_eq!(Documented::zeros().state().len(), 10);
    assert_eq!(Alias::zeros().stage1.stage1.bias.len(), 3);
}
