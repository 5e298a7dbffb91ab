//! Labels that mean something in another library, as stages; and nothing is said of the structs of a network at fault.
use static_net::prelude::*;

network! {
    struct Net< (x: 8, y: 3) => &x => mean: 4 => &y => variance: 4 => (mean | variance) >;
}

fn main() {
    let net = Net::zeros();
    let output: NetOutput = net.forward(&NetInput { x: &[0.0; 8], y: &[0.0; 3] });
    let NetOutput { mean, .. } = output;
    println!("{mean}");
}
