//! Forms of compositions that have no failing neighbour.
use static_net::prelude::*;

const TIMES: usize = 3;
const WIDTH: usize = 4;

network! {
    /// Labels that differ in what the names of types leave out.
    struct Alike<
        4
        => a_b: residual(x: relu 4)
        => a: residual(b: residual(relu 3 => 4) => 4)
        => x: residual(relu 3 => 4) => x_: residual(relu 3 => 4)
    >;
    #[derive(Clone, Debug, PartialEq)]
    pub struct Deep<
        const H: usize;
        4
        => repeat(TIMES; residual(up: relu H => down: WIDTH))
        => sum(concat(1 | 3) | WIDTH | identity)
        => [{ WIDTH }]
        => relu repeat(2; residual(softplus(2.0) H => 4; project: 4))
    >;
    /// Sizes that only rustc knows, behind one of a const parameter.
    struct Joined< const H: usize; H => concat(relu 3 | tanh 2 => WIDTH) => 2 >;
}

#[test]
fn builds_and_runs() {
    let net = Deep::<7>::new(&mut StdRng::seed_from_u64(1));
    assert_eq!(net.stage1.len(), TIMES);
    assert_eq!(net.stage1[2].up.weight.shape(), (7, 4));
    assert_eq!(net.stage3[1].project.bias.len(), 4);
    let copy = net.clone();
    assert_eq!(*copy, *net);
    assert_eq!(Alike::zeros().a.b.stage1.bias.len(), 3);
    assert_eq!(Joined::<5>::zeros().stage2.weight.shape(), (2, 3 + WIDTH));
}
