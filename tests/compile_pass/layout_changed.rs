//! Attributes that leave the layout alone are kept.
use static_net::prelude::*;

network! {
    #[derive(Debug)]
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().state().len(), Net::PARAMETERS);
    assert!(format!("{:?}", &*Net::zeros()).starts_with("Net { stage1: Dense {"));
}
