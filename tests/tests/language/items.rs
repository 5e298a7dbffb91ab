//! Several networks per call, with attributes, documentation and any visibility; in modules and functions.
#![forbid(unsafe_code)]
#![deny(missing_docs, warnings, dead_code, unused, nonstandard_style)]

/// A library of networks.
pub mod networks {
    use static_net::prelude::*;

    network! {
        /// Documented by its author.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Public< 3 => relu 4 => code: tanh 2 >;

        #[derive(PartialEq)]
        pub(crate) struct Crate< 2 => 1 >;

        #[allow(dead_code)]
        pub(in crate::items::networks) struct Here< 2 => 1 >;

        struct Private< 1 => 1 >;
    }

    network!(pub struct Brief< 5 => 1 >;);

    pub(crate) fn private_output() -> f32 {
        Private::zeros().forward(&[1.0; 1])[0]
    }
}

mod nameless {
    use static_net::prelude::*;

    network!(< 10 => relu 32 => relu 16 => 2 >);

    pub fn parameters() -> usize {
        Network::PARAMETERS
    }
}

#[test]
fn builds_and_runs() {
    use networks::{Brief, Crate, Public, private_output};

    let public: Public = (*Public::zeros()).clone();
    assert_eq!(public, *Public::zeros());
    assert!(format!("{public:?}").starts_with("Public {"));
    assert!(*Crate::zeros() == *Crate::zeros());
    assert_eq!(Brief::zeros().forward(&[1.0; 5]).len(), 1);
    assert_eq!(private_output(), 0.0);
    assert_eq!(nameless::parameters(), 352 + 528 + 34);

    fn inside() -> usize {
        static_net::network!(struct Local< 2 => 3 >;);
        static_net::network!(< 3 => 4 >;);
        Local::PARAMETERS + Network::PARAMETERS
    }
    assert_eq!(inside(), 9 + 16);
}
