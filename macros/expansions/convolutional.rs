// Images: the shapes and the windows in the types of the layers, and the lengths in the activations.
//
// pub struct LeNet< [1, 28, 28] => relu conv(6, 5, padding: 2) => max_pool(2)
// => relu conv(16, 5) => max_pool(2) => flatten => relu 120 => relu 84 => 10 >;

///A network: `< [1, 28, 28] => relu conv(6, 5, padding: 2) => max_pool(2) => relu conv(16, 5) => max_pool(2) => flatten => relu 120 => relu 84 => 10 >`.
#[repr(C)]
#[allow(dead_code)]
pub struct LeNet {
    ///`relu conv(6, 5, padding: 2)`, giving [6, 28, 28].
    pub stage1: ::static_net::layer::Conv<
        f32,
        ::static_net::shape::Rank3<1, 28, 28>,
        ::static_net::shape::Rank3<6, 28, 28>,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<5, 5>,
            ::static_net::layer::Stride<1, 1>,
            ::static_net::layer::Padding<2, 2>,
            ::static_net::layer::Dilation<1, 1>,
        >,
        6,
        1,
        6,
        ::static_net::activation::relu,
    >,
    ///`max_pool(2)`, giving [6, 14, 14].
    pub stage2: ::static_net::layer::MaxPool<
        ::static_net::shape::Rank3<6, 28, 28>,
        ::static_net::shape::Rank3<6, 14, 14>,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<2, 2>,
            ::static_net::layer::Stride<2, 2>,
            ::static_net::layer::Padding<0, 0>,
            ::static_net::layer::Dilation<1, 1>,
        >,
    >,
    ///`flatten`, giving [400].
    pub stage5: ::static_net::layer::Reshape<
        ::static_net::shape::Rank3<16, 5, 5>,
        ::static_net::shape::Rank1<400>,
    >,
    ///`relu 120`, giving [120].
    pub stage6: ::static_net::layer::Dense<
        f32,
        400,
        120,
        ::static_net::activation::relu,
    >,
}
impl ::static_net::layer::Layer<f32> for LeNet {
    type Input = ::static_net::shape::Rank3<1, 28, 28>;
}
///Every representation that [`LeNet`] makes of a batch, from [`LeNet::activations`]. The last stage is `output` and also `stage8`.
#[repr(align(64))]
#[allow(dead_code)]
pub struct ActivationsOfLeNet<
    BatchSize: ::static_net::Batch = ::static_net::nalgebra::Const<1>,
> {
    /// What went in.
    pub input: BatchSize::Matrix<f32, 784>,
    ///What `relu conv(6, 5, padding: 2)` gives.
    pub stage1: BatchSize::Matrix<f32, 4704>,
    ///What `flatten` gives.
    pub stage5: BatchSize::Matrix<f32, 400>,
}
