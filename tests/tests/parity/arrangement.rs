//! Layers that arrange values anew, as PyTorch has them.

use super::*;
use static_net::layer::{Permute, Reshape, Slice};
use static_net::shape::{Rank2, Rank3};

cases! {
    "arrangement.json";
    reshape:
        "flatten" Reshape<Rank3<2, 3, 4>, Rank1<24>>;
        "flatten_matrix" Reshape<Rank2<3, 5>, Rank1<15>>;
        "reshape" Reshape<Rank1<12>, Rank3<2, 3, 2>>;
        "reshape_axes" Reshape<Rank3<2, 3, 4>, Rank2<4, 6>>;
    transpose:
        "transpose" Permute<Rank2<3, 19>, Rank2<19, 3>, 1, 0, 2>;
    permute:
        "permute_0_1_2" Permute<Rank3<2, 3, 5>, Rank3<2, 3, 5>, 0, 1, 2>;
        "permute_0_2_1" Permute<Rank3<2, 3, 5>, Rank3<2, 5, 3>, 0, 2, 1>;
        "permute_1_0_2" Permute<Rank3<2, 3, 5>, Rank3<3, 2, 5>, 1, 0, 2>;
        "permute_1_2_0" Permute<Rank3<2, 3, 5>, Rank3<3, 5, 2>, 1, 2, 0>;
        "permute_2_0_1" Permute<Rank3<2, 3, 5>, Rank3<5, 2, 3>, 2, 0, 1>;
        "permute_2_1_0" Permute<Rank3<2, 3, 5>, Rank3<5, 3, 2>, 2, 1, 0>;
    slice:
        "slice" Slice<Rank1<9>, Rank1<3>, 0, 2>;
        "slice_steps" Slice<Rank2<6, 4>, Rank2<3, 4>, 0, 0>;
        "slice_features" Slice<Rank2<3, 19>, Rank2<3, 16>, 1, 2>;
        "slice_rows" Slice<Rank3<2, 4, 5>, Rank3<2, 3, 5>, 1, 1>;
        "slice_columns" Slice<Rank3<2, 4, 5>, Rank3<2, 4, 1>, 2, 4>;
}
