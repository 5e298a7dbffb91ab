//! Dense layers without bias that do not fit.
use static_net::network;

network! {
    struct Image< [1, 28, 28] => head: dense(10, bias: false) >;
    struct Residual< 16 => residual(relu 32 => dense(bias: false, out: 8)) >;
    struct Sum< 10 => sum(dense(8, bias: false) | relu dense(9, bias: false)) >;
    struct Stated< 10 => dense(0, bias: false) => [8] => 2 >;
}

fn main() {}
