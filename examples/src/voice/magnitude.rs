//! How large complex numbers are.

use static_net::Float;
use static_net::layer::{Backward, Layer, Mode, Pass};
use static_net::prelude::*;
use static_net::shape::Rank2;
use static_net::simd::InstructionSet;

/// `y = sqrt(re^2 + im^2)`: of `IN` channels the first half are real and the others imaginary parts, which gives `OUT` channels.
///
/// A layer of one's own, as there is no word for it.
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Magnitude<const IN: usize, const OUT: usize, const LENGTH: usize> {}

impl<T: Float, const IN: usize, const OUT: usize, const LENGTH: usize> Layer<T>
    for Magnitude<IN, OUT, LENGTH>
{
    type Input = Rank2<IN, LENGTH>;
    type Output = Rank2<OUT, LENGTH>;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {
        const { assert!(IN == 2 * OUT, "a real and an imaginary part for each magnitude") }
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[[[T; LENGTH]; IN]],
        output: &mut [[[T; LENGTH]; OUT]],
        _: &mut Pass<'_, T, I, M>,
    ) {
        for (x, y) in input.iter().zip(output) {
            let (real, imaginary) = x.split_at(const { IN / 2 });
            for (y, (real, imaginary)) in y.iter_mut().zip(real.iter().zip(imaginary)) {
                *y = std::array::from_fn(|time| {
                    (real[time] * real[time] + imaginary[time] * imaginary[time]).sqrt()
                });
            }
        }
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, T, I>,
    ) {
        let Some(d_input) = step.d_input else { return };
        for (sample, d_x) in d_input.iter_mut().enumerate() {
            let (x, y, d_y) = (&step.input[sample], &step.output[sample], &step.d_output[sample]);
            for (channel, d_x) in d_x.iter_mut().enumerate() {
                let of = channel % const { IN / 2 };
                // At zero there is no derivative: zero, as PyTorch has it for `abs` of a complex number.
                *d_x = std::array::from_fn(|time| match y[of][time] {
                    y if y > T::ZERO => d_y[of][time] * x[channel][time] / y,
                    _ => T::ZERO,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    network! { struct Net< f64; [4, 2] => Magnitude<4, 2, 2> >; }

    #[test]
    fn gradients_are_those_of_differences() {
        let net = Net::new(&mut StdRng::seed_from_u64(1));
        let x = SVector::<f64, 8>::from([3.0, 0.5, 0.0, -2.0, 4.0, 1.0, 0.0, 0.25]);
        let activations = net.activations(&x);
        assert_eq!(activations.output[0], 5.0);
        let d_output = SVector::<f64, 4>::from([1.0, -0.5, 2.0, 0.75]);
        let d_input = net.backward_to_input(&activations, &d_output, &mut Net::zeros());
        let loss = |x: &SVector<f64, 8>| net.forward(x).dot(&d_output);
        // The third magnitude is zero, where there is no derivative.
        for place in [0, 1, 3, 4, 5, 7] {
            let mut moved = [x; 2];
            moved[0][place] += 1e-6;
            moved[1][place] -= 1e-6;
            let difference = (loss(&moved[0]) - loss(&moved[1])) / 2e-6;
            assert!((d_input[place] - difference).abs() < 1e-8, "{place}");
        }
        assert_eq!([d_input[2], d_input[6]], [0.0; 2]);
    }
}
