// Values that are read again: both passes of a network, and the type of a branch that begins with one.
//
// pub struct Code< 8 => h: relu 16 => mean: 4 => &h => log_variance: 4 => concat(identity | &mean) => 2 >;

///A network: `< 8 => h: relu 16 => mean: 4 => &h => log_variance: 4 => concat(identity | &mean) => 2 >`.
#[repr(C)]
#[allow(dead_code)]
pub struct Code {
    ///`concat(identity | &mean)`, giving [8].
    pub stage4: ::static_net::layer::Concat<
        ::static_net::layer::Branches2<
            ::static_net::layer::Activate<
                ::static_net::activation::identity,
                ::static_net::shape::Rank1<4>,
            >,
            ::static_net::layer::Referring<
                ::static_net::layer::Activate<
                    ::static_net::activation::identity,
                    ::static_net::shape::Rank1<4>,
                >,
                ::static_net::shape::Rank1<4>,
                0,
                1,
            >,
        >,
        ::static_net::shape::Rank1<8>,
    >,
}
impl ::static_net::layer::Layer<f32> for Code {
    const NEEDS: ::static_net::layer::Needs = Self::CHAIN.needs_of(&Self::REFERENCED);
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
        let ([h_place, mean_place], mut pass) = stage::referenced(
            &Self::REFERENCED,
            samples,
            pass,
        );
        let pass = &mut pass;
        let h = stage::forward(&self.h, input, h_place, pass);
        let mean = stage::forward(&self.mean, h, mean_place, pass);
        let log_variance = stage::forward(&self.log_variance, h, front, pass);
        let values: [&[f32]; 2] = [&[], &*mean];
        let references = stage::References::forward(0, &values, stage::outer(pass));
        let stage4 = stage::forward(
            &self.stage4,
            log_variance,
            back,
            &mut stage::referring(&references, pass),
        );
        stage::forward_into(&self.stage5, stage4, output, pass);
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
        let h = way.representation(samples * 16);
        let mean = way.representation(samples * 4);
        let log_variance = way.representation(samples * 4);
        let stage4 = way.representation(samples * 8);
        let (front, back, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let ([h_gradient, mean_gradient], mut pass) = stage::gradients(
            &Self::REFERENCED,
            samples,
            pass,
        );
        let (values, gradients) = ([&*h, &*mean], [h_gradient, mean_gradient]);
        let references = stage::References::with_cells(
            0,
            &values,
            &gradients,
            stage::outer(&pass),
        );
        let pass = &mut stage::referring(&references, &mut pass);
        let own = gradient.as_deref_mut().map(|network| &mut network.stage5);
        let way = way.through(&self.stage5, own, stage4, back, pass);
        let own = gradient.as_deref_mut().map(|network| &mut network.stage4);
        let way = way.through(&self.stage4, own, log_variance, front, pass);
        let own = gradient.as_deref_mut().map(|network| &mut network.log_variance);
        let way = way.aside(&self.log_variance, own, (h, h_gradient), mean, back, pass);
        let way = way.with(mean_gradient);
        let own = gradient.as_deref_mut().map(|network| &mut network.mean);
        let way = way.through(&self.mean, own, h, front, pass);
        let way = way.with(h_gradient);
        let own = gradient.as_deref_mut().map(|network| &mut network.h);
        way.finish(&self.h, own, input, d_input, pass);
    }
}
impl Code {
    const REFERENCED: ::static_net::__private::stage::Referenced<2usize> = ::static_net::__private::stage::Referenced::new([
        16, 4,
    ]);
}
