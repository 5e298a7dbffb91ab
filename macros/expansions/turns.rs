// Stages once for each size of a list, and a value inside of each that a later stage reads: the chain of turns, how the
// stages of one give the value and take its gradient, and the network that keeps room for it.
//
// pub struct Net< 8 => low: repeat(W in [4, 6]; z: tanh W => 8) => concat(&low[..].z) => 2 >;

impl ::static_net::layer::Layer<f32> for NetLowTurn1 {
    #[inline(always)]
    fn forward<
        Instructions: ::static_net::simd::InstructionSet,
        Mode: ::static_net::layer::Mode<f32>,
    >(
        &self,
        input: &[::static_net::shape::Sample<Self::Input, f32>],
        output: &mut [::static_net::shape::Sample<Self::Output, f32>],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions, Mode>,
    ) {
        use ::static_net::__private::stage;
        let samples = input.len();
        let input = ::static_net::shape::values::<Self::Input, f32>(input);
        let output = ::static_net::shape::values_mut::<Self::Output, f32>(output);
        let (front, _, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let z = stage::forward(&self.z, input, front, pass);
        stage::give(z, 0, 1, pass);
        stage::forward_into(&self.stage2, z, output, pass);
    }
    #[inline(always)]
    fn backward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        step: ::static_net::layer::Backward<'_, f32, Self>,
        mut gradient: ::core::option::Option<&mut Self>,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::__private::stage;
        let samples = step.input.len();
        let (mut way, input, d_input) = stage::way_back(step, Self::STAGES.len());
        let z = way.representation(samples * 6);
        let (front, _, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let own = gradient.as_deref_mut().map(|network| &mut network.stage2);
        let way = way.through(&self.stage2, own, z, front, pass);
        let way = way.given(0, 1, pass);
        let own = gradient.as_deref_mut().map(|network| &mut network.z);
        way.finish(&self.z, own, input, d_input, pass);
    }
}
///The stages `z: tanh W => 8` of [`Net`].
#[repr(C)]
#[allow(dead_code)]
pub struct NetLow {
    ///`z: tanh W => 8`, giving [8].
    pub turn0: NetLowTurn0,
    ///`z: tanh W => 8`, giving [8].
    pub turn1: NetLowTurn1,
}
///A network: `< 8 => low: repeat(W in [4, 6]; z: tanh W => 8) => concat(&low[..].z) => 2 >`.
#[repr(C)]
#[allow(dead_code)]
pub struct Net {
    ///`low: repeat(W in [4, 6]; z: tanh W => 8)`, giving [8].
    pub low: NetLow,
}
impl ::static_net::layer::Layer<f32> for Net {
    #[inline(always)]
    fn forward<
        Instructions: ::static_net::simd::InstructionSet,
        Mode: ::static_net::layer::Mode<f32>,
    >(
        &self,
        input: &[::static_net::shape::Sample<Self::Input, f32>],
        output: &mut [::static_net::shape::Sample<Self::Output, f32>],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions, Mode>,
    ) {
        use ::static_net::__private::stage;
        let samples = input.len();
        let input = ::static_net::shape::values::<Self::Input, f32>(input);
        let output = ::static_net::shape::values_mut::<Self::Output, f32>(output);
        let (front, back, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let ([value2_of_low_place, value3_of_low_place], mut pass) = stage::referenced(
            &Self::REFERENCED,
            samples,
            pass,
        );
        let pass = &mut pass;
        let values: [&[f32]; 2] = [&[], &[]];
        let cells: [&[::core::cell::Cell<f32>]; 2] = [
            stage::cells(value2_of_low_place),
            stage::cells(value3_of_low_place),
        ];
        let references = stage::References::with_cells(
            0,
            &values,
            &cells,
            stage::outer(pass),
        );
        let low = stage::forward(
            &self.low,
            input,
            front,
            &mut stage::referring(&references, pass),
        );
        let value2_of_low = &*value2_of_low_place;
        let value3_of_low = &*value3_of_low_place;
        let values: [&[f32]; 2] = [&*value2_of_low, &*value3_of_low];
        let references = stage::References::forward(0, &values, stage::outer(pass));
        let stage2 = stage::forward(
            &self.stage2,
            low,
            back,
            &mut stage::referring(&references, pass),
        );
        stage::forward_into(&self.stage3, stage2, output, pass);
    }
    #[inline(always)]
    fn backward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        step: ::static_net::layer::Backward<'_, f32, Self>,
        mut gradient: ::core::option::Option<&mut Self>,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::__private::stage;
        let samples = step.input.len();
        let (mut way, input, d_input) = stage::way_back(step, Self::STAGES.len());
        let [value2_of_low, value3_of_low] = way
            .given_inside(&Self::REFERENCED, samples);
        let low = way.representation(samples * 8);
        let stage2 = way.representation(samples * 10);
        let (front, back, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let ([value2_of_low_gradient, value3_of_low_gradient], mut pass) = stage::gradients(
            &Self::REFERENCED,
            samples,
            pass,
        );
        let (values, gradients) = (
            [&*value2_of_low, &*value3_of_low],
            [value2_of_low_gradient, value3_of_low_gradient],
        );
        let references = stage::References::with_cells(
            0,
            &values,
            &gradients,
            stage::outer(&pass),
        );
        let pass = &mut stage::referring(&references, &mut pass);
        let own = gradient.as_deref_mut().map(|network| &mut network.stage3);
        let way = way.through(&self.stage3, own, stage2, back, pass);
        let own = gradient.as_deref_mut().map(|network| &mut network.stage2);
        let way = way.through(&self.stage2, own, low, front, pass);
        let own = gradient.as_deref_mut().map(|network| &mut network.low);
        way.finish(&self.low, own, input, d_input, pass);
    }
}
impl Net {
    const REFERENCED: ::static_net::__private::stage::Referenced<2usize> = ::static_net::__private::stage::Referenced::new([
            4, 6,
        ])
        .with_one_from_inside(0)
        .with_one_from_inside(1);
}
