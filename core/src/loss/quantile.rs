//! Quantiles: how large a value is with a given probability at most.

use super::methods::methods;
use super::pointwise::{self, Place, Pointwise};
use super::targets::{OfSample, Repeated, Source};
use super::{Loss, LossError, Targets};
use crate::scalar::Float;
use crate::simd::Vector;

/// The pinball loss `mean(max(q * d, (q - 1) * d))` over all values, with `d = target - output`: where it is least, a share
/// `q` of the targets is below the output (Koenker and Bassett 1978, <https://doi.org/10.2307/1913643>).
///
/// Output and targets are `N` values per sample. [`Quantiles`] are several of each sample's one target. (PyTorch has no such
/// loss; `torch.maximum(q * d, (q - 1) * d).mean()` is the same. Where both are equal, the slope is 0.)
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::Quantile;
///
/// let (loss, d_output) = Quantile::new(0.9).loss(&[1.0, 1.0], &[3.0, 0.0]);
/// assert!((loss - 0.5f64 * (0.9 * 2.0 + 0.1 * 1.0)).abs() < 1e-12);
/// assert!((d_output[0] + 0.45).abs() < 1e-12 && (d_output[1] - 0.05).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantile {
    share: f64,
}

/// [`Quantile`] of each output its own, of one target per sample: a network that gives `N` quantiles of a number says how sure
/// it is. The mean over all samples and quantiles.
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::Quantiles;
///
/// network! { struct Net< 1 => tanh 16 => 3 >; }
///
/// let mut net = Net::new(&mut StdRng::seed_from_u64(1));
/// let (mut training, mut adam) = (net.training(), Adam::new(&net).learning_rate(0.02));
/// // As many of 0, 1, .., 10.
/// let (x, y): (Vec<_>, Vec<_>) = (0..11).map(|i| ([1.0], [i as f32])).unzip();
/// for _ in 0..500 {
///     training.forward(&net, &x);
///     training.backward(&net, Quantiles::new([0.15, 0.5, 0.85]), &y);
///     adam.step(&mut net, training.gradient());
/// }
/// let quantiles: SVector<f32, 3> = net.forward(&[1.0]);
/// assert!((quantiles - SVector::from([1.0, 5.0, 9.0])).amax() < 0.3, "{quantiles}");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantiles<const N: usize> {
    shares: [f64; N],
}

impl Quantile {
    /// The value that a share of the targets is below.
    ///
    /// # Panics
    /// If the share is not between 0 and 1.
    #[track_caller]
    pub fn new(share: f64) -> Self {
        check_share(share);
        Quantile { share }
    }
}

impl<const N: usize> Quantiles<N> {
    /// The values that these shares of the targets are below.
    ///
    /// # Panics
    /// If a share is not between 0 and 1.
    #[track_caller]
    pub fn new(shares: [f64; N]) -> Self {
        shares.into_iter().for_each(check_share);
        Quantiles { shares }
    }
}

#[track_caller]
fn check_share(share: f64) {
    assert!(share > 0.0 && share < 1.0, "a quantile is between 0 and 1, not {share}");
}

methods!(Quantile, Targets<T, N>);
methods!([const SHARES: usize] Quantiles<SHARES>, Targets<T, 1>, where [Self: Loss<T, N, Y>]);

impl<T: Float, const N: usize, Y: Targets<T, N> + ?Sized> Loss<T, N, Y> for Quantile {
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        pointwise::evaluate(&Shares(&[T::from_f64(self.share)]), values, targets)
    }
}

impl<T: Float, const N: usize, Y: Targets<T, 1> + ?Sized> Loss<T, N, Y> for Quantiles<N> {
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        pointwise::evaluate(&Shares(&self.shares.map(T::from_f64)), values, &OfSample(targets))
    }
}

/// The share of each output, or one for all.
struct Shares<'a, T, const N: usize>(&'a [T; N]);

impl<T: Float, const N: usize> Pointwise<T> for Shares<'_, T, N> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [output]: [V; 1], target: V, place: Place) -> (V, [V; 1]) {
        let share: V = Repeated(self.0).read(place.start, place.count);
        let (difference, zero) = (target - output, V::zero());
        let (below, above) = (-share, V::splat(T::ONE) - share);
        // What is neither is equal, or NaN and stays so.
        let slope = V::select(zero.greater(difference), above, difference * zero);
        let slope = V::select(difference.greater(zero), below, slope);
        (-slope * difference, [slope])
    }
}
