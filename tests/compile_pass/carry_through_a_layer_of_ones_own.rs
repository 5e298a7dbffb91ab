//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::layer::{
    Backward, CarriesState, Layer, Mode, Pass, StreamMemory, Streaming, TimeFirst,
};
use static_net::prelude::*;
use static_net::shape::Rank2;
use static_net::simd::InstructionSet;

#[derive(Parameters)]
#[repr(C)]
struct Sum {}

impl CarriesState for Sum {}

impl Layer<f32> for Sum {
    type Input = Rank2<3, 1>;
    type Output = Rank2<3, 1>;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    fn forward<I: InstructionSet, M: Mode<f32>>(
        &self,
        _: &[[[f32; 1]; 3]],
        _: &mut [[[f32; 1]; 3]],
        _: &mut Pass<'_, f32, I, M>,
    ) {
    }

    fn backward<I: InstructionSet>(
        &self,
        _: Backward<'_, f32, Self>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, f32, I>,
    ) {
    }
}

impl Streaming<f32, TimeFirst> for Sum {
    type Behind = TimeFirst;

    const MEMORY: StreamMemory = StreamMemory { state: 1, ..StreamMemory::NONE };

    fn step<I: InstructionSet>(
        &self,
        _: &[f32],
        _: &mut [f32],
        _: &mut [f32],
        _: usize,
        _: &mut Pass<'_, f32, I>,
    ) {
    }
}

network! { struct Net< [3, 1] => residual(Sum) => rnn(2) >; }

fn main() {
    let mut net = Net::zeros();
    let mut states = vec![StreamState::<Net>::new(); 2];
    let x = SMatrix::<f32, 3, 2>::zeros();
    net.train_from(&x, &mut states, &mut StdRng::seed_from_u64(1));
}
