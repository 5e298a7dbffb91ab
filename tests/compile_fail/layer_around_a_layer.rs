//! A layer of one's own around an attention whose sizes do not fit: the attention checks them, whoever runs it.
use static_net::layer::{Attention, Backward, Layer, Mode, Pass};
use static_net::prelude::*;
use static_net::shape::Rank2;
use static_net::simd::InstructionSet;

#[derive(Parameters)]
#[repr(C)]
struct Around {
    // Four heads of six features.
    attention: Attention<f32, 3, 6, 4, 18>,
}

impl Layer<f32> for Around {
    type Input = Rank2<3, 6>;
    type Output = Rank2<3, 6>;

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.attention.initialize(rng);
    }

    fn forward<I: InstructionSet, M: Mode<f32>>(
        &self,
        input: &[[[f32; 6]; 3]],
        output: &mut [[[f32; 6]; 3]],
        pass: &mut Pass<'_, f32, I, M>,
    ) {
        self.attention.forward(input, output, pass);
    }

    fn backward<I: InstructionSet>(
        &self,
        _: Backward<'_, f32, Self>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, f32, I>,
    ) {
    }
}

network! {
    struct Net< [3, 6] => Around >;
}

fn main() {
    Net::zeros().forward(&[0.0; 18]);
}
