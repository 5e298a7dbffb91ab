//! A layer of one's own around an attention.
#![deny(warnings)]
use static_net::layer::{Attention, Backward, Layer, Mode, Needs, Pass};
use static_net::prelude::*;
use static_net::shape::Rank2;
use static_net::simd::InstructionSet;

type Inner = Attention<f32, 3, 6, 3, 18>;

#[derive(Parameters)]
#[repr(C)]
struct Around {
    attention: Inner,
}

impl Layer<f32> for Around {
    type Input = Rank2<3, 6>;
    type Output = Rank2<3, 6>;

    const NEEDS: Needs = Inner::NEEDS;

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.attention.initialize(rng);
    }

    fn forward<I: InstructionSet, M: Mode<f32>>(
        &self,
        input: &[[[f32; 6]; 3]],
        output: &mut [[[f32; 6]; 3]],
        pass: &mut Pass<'_, f32, I, M>,
    ) {
        pass.run(&self.attention, input, output);
    }

    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, f32, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, f32, I>,
    ) {
        let tape = step.tape.of::<Inner>(step.input.len());
        let Backward { input, output, d_output, d_input, .. } = step;
        let step = Backward { input, output, tape, d_output, d_input };
        self.attention.backward(step, gradient.map(|gradient| &mut gradient.attention), pass);
    }
}

network! {
    struct Net< [3, 6] => Around >;
}

fn main() {
    let mut net = Net::new(&mut StdRng::seed_from_u64(1));
    let activations = net.train(&[0.5; 18], &mut StdRng::seed_from_u64(2));
    let mut gradient = Net::zeros();
    net.backward(&activations, &activations.output, &mut gradient);
    assert_ne!(gradient.stage1.attention.in_proj_weight, Net::zeros().stage1.attention.in_proj_weight);
}
