//! The methods that every network has for drawings: macros, so that this crate's features decide, which
//! `network!` cannot see.

/// The methods of a network that draw it.
#[doc(hidden)]
#[macro_export]
macro_rules! diagram_methods {
    () => {
        /// A drawing of the network, as SVG.
        pub fn diagram() -> $crate::__private::alloc::string::String {
            $crate::network::diagram::<Self>()
        }

        /// The network as a graph in the language of Graphviz.
        pub fn diagram_dot() -> $crate::__private::alloc::string::String {
            $crate::network::diagram_dot::<Self>()
        }
    };
}
