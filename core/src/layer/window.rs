//! The window that convolutions and pools slide over an image, as types.

use core::marker::PhantomData;

use nalgebra::SMatrix;

use crate::parameters::Parameters;
use crate::scalar::Float;

/// The size of a window. A window over `[channels, length]` is one high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KernelSize<const HEIGHT: usize, const WIDTH: usize>;

/// How far the window moves from one output to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stride<const HEIGHT: usize, const WIDTH: usize>;

/// How many rows are added above and columns on the left. Below and on the right it is as many as the
/// output's size asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Padding<const HEIGHT: usize, const WIDTH: usize>;

/// As many columns on the left as a window over a signal reaches back, and none on the right: an output depends on
/// no value behind its own place. It stands in the place of a [`Padding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Causal;

/// How far apart the window's values lie in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dilation<const HEIGHT: usize, const WIDTH: usize>;

/// A window with all that says where it stands: [`KernelSize`], [`Stride`], [`Padding`], [`Dilation`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window<K, S = Stride<1, 1>, P = Padding<0, 0>, D = Dilation<1, 1>>(
    PhantomData<fn() -> (K, S, P, D)>,
);

mod sealed {
    pub trait Sealed {}
}

/// What a [`Window`] says, each as `[height, width]`.
pub trait Windowed: sealed::Sealed + Send + Sync + 'static {
    /// Its size.
    const KERNEL: [usize; 2];
    /// How far it moves from one output to the next.
    const STRIDE: [usize; 2];
    /// How many rows are added above and columns on the left.
    const PADDING: [usize; 2];
    /// How far apart its values lie in the input.
    const DILATION: [usize; 2];
    /// One value for each place of the window.
    type Values<T: Float>: Parameters<T> + Clone + core::fmt::Debug + PartialEq;
}

impl<K, S, P, D> sealed::Sealed for Window<K, S, P, D> {}

impl<
    const KH: usize,
    const KW: usize,
    const SH: usize,
    const SW: usize,
    const PH: usize,
    const PW: usize,
    const DH: usize,
    const DW: usize,
> Windowed for Window<KernelSize<KH, KW>, Stride<SH, SW>, Padding<PH, PW>, Dilation<DH, DW>>
{
    const KERNEL: [usize; 2] = [KH, KW];
    const STRIDE: [usize; 2] = [SH, SW];
    const PADDING: [usize; 2] = [PH, PW];
    const DILATION: [usize; 2] = [DH, DW];
    type Values<T: Float> = SMatrix<T, KH, KW>;
}

impl<const KW: usize, const DW: usize> Windowed
    for Window<KernelSize<1, KW>, Stride<1, 1>, Causal, Dilation<1, DW>>
{
    const KERNEL: [usize; 2] = [1, KW];
    const STRIDE: [usize; 2] = [1, 1];
    const PADDING: [usize; 2] = [0, KW.saturating_sub(1) * DW];
    const DILATION: [usize; 2] = [1, DW];
    type Values<T: Float> = SMatrix<T, 1, KW>;
}
