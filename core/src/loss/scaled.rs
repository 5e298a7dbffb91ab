//! Losses that count more or less than others.

use super::{JointLoss, Loss, LossError};
use crate::buffer::Buffer;
use crate::scalar::Float;

/// A loss times a factor, which is written so: `0.5 * MeanSquaredError`.
///
/// ```
/// use static_net::prelude::*;
///
/// let (output, targets) = ([1.0f32, 3.0], [0.0, 5.0]);
/// let (loss, d_output) = (0.5 * MeanSquaredError).loss(&output, &targets);
/// assert_eq!((loss, d_output.as_slice()), (1.25, &[0.5, -1.0][..]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaled<L> {
    /// What it is multiplied by.
    pub factor: f64,
    /// The loss.
    pub loss: L,
}

impl<L> Scaled<L> {
    fn scale<T: Float, const N: usize>(&self, loss: T, values: &mut [[T; N]]) -> T {
        let factor = T::from_f64(self.factor);
        values.as_flattened_mut().iter_mut().for_each(|value| *value *= factor);
        loss * factor
    }
}

impl<T, const N: usize, L, Y> Loss<T, N, Y> for Scaled<L>
where
    T: Float,
    L: Loss<T, N, Y>,
    Y: ?Sized,
{
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        let loss = self.loss.evaluate(values, targets)?;
        Ok(self.scale(loss, values))
    }

    fn evaluate_in(
        &self,
        values: &mut [[T; N]],
        targets: &Y,
        memory: &mut Buffer<T>,
    ) -> Result<T, LossError> {
        let loss = self.loss.evaluate_in(values, targets, memory)?;
        Ok(self.scale(loss, values))
    }
}

impl<T, const OUTPUTS: usize, const N: usize, L, Y> JointLoss<T, OUTPUTS, N, Y> for Scaled<L>
where
    T: Float,
    L: JointLoss<T, OUTPUTS, N, Y>,
    Y: ?Sized,
{
    fn evaluate(&self, mut values: [&mut [[T; N]]; OUTPUTS], targets: &Y) -> Result<T, LossError> {
        let loss = self.loss.evaluate(values.each_mut().map(|values| &mut **values), targets)?;
        for values in values {
            self.scale(loss, values);
        }
        Ok(loss * T::from_f64(self.factor))
    }
}

/// Lets a loss be multiplied by a number.
macro_rules! scalable {
    ($([$($generics:tt)*] $loss:ty;)*) => {$(
        impl<$($generics)*> core::ops::Mul<$loss> for f64 {
            type Output = $crate::loss::Scaled<$loss>;

            fn mul(self, loss: $loss) -> $crate::loss::Scaled<$loss> {
                $crate::loss::Scaled { factor: self, loss }
            }
        }
    )*};
}
pub(super) use scalable;
