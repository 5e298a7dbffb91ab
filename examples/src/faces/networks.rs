//! The three networks, each of which says where there is a face, and how to move the box around it.

use static_net::prelude::*;

network! {
    /// Proposes: looks at each window of 12 by 12 pixels, in steps of 2, of 60 by 60.
    pub struct PNet<
        [3, 60, 60] => conv1: conv(10, 3) => prelu1: prelu(10) => max_pool(2, ceil_mode: true)
        => conv2: conv(16, 3) => prelu2: prelu(16)
        => conv3: conv(32, 3) => prelu3: prelu(32)
        => (#[tensors = "conv4_1"] faces: softmax(axis: 0) conv(2, 1) | #[tensors = "conv4_2"] boxes: conv(4, 1))
    >;

    /// Refines: most of what is proposed is no face.
    pub struct RNet<
        [3, 24, 24] => conv1: conv(28, 3) => prelu1: prelu(28) => max_pool(3, stride: 2, ceil_mode: true)
        => conv2: conv(48, 3) => prelu2: prelu(48) => max_pool(3, stride: 2, ceil_mode: true)
        => conv3: conv(64, 2) => prelu3: prelu(64)
        => permute[2, 1, 0] => flatten => dense4: 128 => prelu4: prelu(128)
        => (#[tensors = "dense5_1"] faces: softmax 2 | #[tensors = "dense5_2"] boxes: 4)
    >;

    /// Decides, and says where eyes, nose and mouth are.
    pub struct ONet<
        [3, 48, 48] => conv1: conv(32, 3) => prelu1: prelu(32) => max_pool(3, stride: 2, ceil_mode: true)
        => conv2: conv(64, 3) => prelu2: prelu(64) => max_pool(3, stride: 2, ceil_mode: true)
        => conv3: conv(64, 3) => prelu3: prelu(64) => max_pool(2, ceil_mode: true)
        => conv4: conv(128, 2) => prelu4: prelu(128)
        => permute[2, 1, 0] => flatten => dense5: 256 => prelu5: prelu(256)
        => (#[tensors = "dense6_1"] faces: softmax 2 | #[tensors = "dense6_2"] boxes: 4 | #[tensors = "dense6_3"] points: 10)
    >;
}
