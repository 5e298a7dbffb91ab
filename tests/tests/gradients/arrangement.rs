//! Layers that arrange values anew.

use static_net::layer::{Permute, Reshape, Slice};
use static_net::shape::{Rank1, Rank2, Rank3};
use static_net_tests::gradient::check;

use super::BATCHES;

#[test]
fn reshape() {
    for (index, batch) in BATCHES.into_iter().enumerate() {
        check::<Reshape<Rank3<2, 3, 4>, Rank1<24>>>(batch, index as u64);
        check::<Reshape<Rank1<12>, Rank2<3, 4>>>(batch, index as u64);
    }
}

#[test]
fn permute() {
    for (index, batch) in BATCHES.into_iter().enumerate() {
        check::<Permute<Rank2<3, 4>, Rank2<4, 3>, 1, 0, 2>>(batch, index as u64);
        check::<Permute<Rank3<2, 3, 4>, Rank3<4, 2, 3>, 2, 0, 1>>(batch, index as u64);
        check::<Permute<Rank3<2, 3, 4>, Rank3<2, 4, 3>, 0, 2, 1>>(batch, index as u64);
    }
}

#[test]
fn slice() {
    for (index, batch) in BATCHES.into_iter().enumerate() {
        check::<Slice<Rank1<7>, Rank1<3>, 0, 2>>(batch, index as u64);
        check::<Slice<Rank2<3, 4>, Rank2<1, 4>, 0, 2>>(batch, index as u64);
        check::<Slice<Rank2<3, 4>, Rank2<3, 2>, 1, 0>>(batch, index as u64);
        check::<Slice<Rank3<2, 3, 4>, Rank3<2, 2, 4>, 1, 1>>(batch, index as u64);
        check::<Slice<Rank3<2, 3, 4>, Rank3<2, 3, 4>, 2, 0>>(batch, index as u64);
    }
}
