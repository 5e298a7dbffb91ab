//! A macro call without a declaration.
use static_net::prelude::*;

network! {}

fn main() {}
