//! Samples are as wide as the network that represents them.

use static_net::prelude::*;
use static_net::representation::Representations;

network! { struct Net< 10 => relu 32 => 2 >; }

fn main() {
    let net = Net::new(&mut StdRng::seed_from_u64(7));
    let x = SMatrix::<f32, 10, 4>::zeros();
    let representations = Representations::of(&net, &x);
    drop(representations);
}
