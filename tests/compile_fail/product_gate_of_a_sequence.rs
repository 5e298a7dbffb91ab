//! Of a sequence a vector could mean the steps or the features.
use static_net::prelude::*;

network! {
    struct Net< [12, 8] => lstm(12) => product(identity | mean_over_time => sigmoid 12) => 2 >;
}

fn main() {
    Net::zeros().state();
}
