//! One step of a sequence: one line for each stage.

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::Chain;
use super::computation::{buffer, layer_of};
use super::steps::may_be_sequence;
use crate::ast::{CompositionKind, Joint, NamedType, Operation, Stage, StageKind};
use crate::diagnostic::Place;
use crate::shape::{Along, GoesAlong, Naming, Part, Referenced, TAKES_EACH_STEP};
use crate::words::Rule;

/// For networks that a sequence may go into. It holds for any `Time` or none: where a stage cannot stream, that is an
/// error where a stream is asked for.
pub fn expand(chain: &Chain<'_>) -> TokenStream {
    let mut lacking = chain.stages.iter().filter_map(|stage| stage.unstreamed);
    // That there is a mask is why there are several inputs, or why a vector is made of a sequence.
    if let Some((lacks, place)) = lacking.clone().find(|&(lacks, _)| lacks == TAKES_EACH_STEP) {
        return refused(chain, lacks, place);
    }
    if !may_be_sequence(chain) {
        return TokenStream::new();
    }
    if let Some((lacks, place)) = lacking.next() {
        return refused(chain, lacks, place);
    }
    let name = chain.name;
    let (scalar, element) = (chain.scalar(), chain.element());
    let (parameters, arguments) = (chain.const_parameters(), chain.const_arguments());
    let (_, inner) = chain.stages.split_last().expect("a network has a stage");

    let this = quote_spanned! {chain.span()=> self };
    let first = axis(chain, 0);
    let (mut time, mut times) = (first.clone(), vec![first.clone()]);
    let mut before = Ident::new("input", Span::mixed_site());
    let mut turns = HashMap::new();
    let (mut along, mut bounds) = (Vec::new(), Vec::new());
    if let Some((one, others)) = chain.inputs.split_first() {
        let shape = |input: &Part| chain.shape_type(&input.shape.of_numbers());
        let one = shape(one);
        bounds.extend(others.iter().map(|input| {
            let (place, shape) = (site(input.place), shape(input));
            quote_spanned! {place=> #shape: ::static_net::__private::LastsAs<#one, #first> }
        }));
    }
    let (mut stages, mut steps, mut prepared) = (Vec::new(), Vec::new(), Vec::new());
    // Along which axis time runs in front of each stage, and behind the last.
    let (mut ahead_of, mut behind) = (Vec::new(), Vec::new());
    for (index, stage) in chain.stages.iter().enumerate() {
        let time_of = |value: &Referenced| {
            // Inside of a stage time runs as in front of it.
            let (field, axes) = match &value.inside {
                Some(stage) => (stage, &ahead_of),
                None => (&value.field, &behind),
            };
            let stage = chain.stages[..index].iter().position(|stage| stage.field == *field);
            stage.map_or(&first, |stage| &axes[stage]).clone()
        };
        if let Some(earlier) = chain.earlier(stage) {
            (time, before) = (time_of(earlier), earlier.field.clone());
        }
        if index == inner.len() && !chain.outputs.is_empty() {
            let mut given = Vec::new();
            for output in chain.outputs {
                let value = &chain.references[output.index];
                let (axis, place) = (time_of(value), site(output.place));
                bounds.push(
                    quote_spanned! {place=> #time: ::static_net::__private::OutputsAlong<#axis> },
                );
                let shape = chain.shape_type(&value.shape);
                given.push((
                    &value.field,
                    quote! { ::static_net::layer::step_len::<#shape, #axis>() },
                ));
            }
            let (values, lens): (Vec<_>, Vec<_>) = given.into_iter().unzip();
            stages.push(quote_spanned! {chain.span()=> StreamStage::joining(&[#(#lens),*]) });
            steps.push(quote_spanned! {chain.span()=>
                let _ = state;
                stage::join_steps(count, output, &[#(#values),*]);
            });
            ahead_of.push(time.clone());
            behind.push(time.clone());
            continue;
        }
        let place = Span::mixed_site().located_at(stage.place.start);
        let read = stage.refers.to.iter().map(|&value| time_of(&chain.references[value]));
        let outside = stage.refers.outside.then(|| first.clone());
        for axis in read.chain(outside).filter(|axis| *axis != time) {
            bounds.push(quote_spanned! {place=> #time: ::static_net::__private::SameTime<#axis> });
        }
        // What stages further out refer to runs along the axis that it runs along there.
        if chain.passes.contains(&stage.field) && time != first {
            bounds.push(quote_spanned! {place=> #time: ::static_net::__private::SameTime<#first> });
        }
        let (references, pass) = chain.referring(index);
        let (field, layer, borrowed) = (&stage.field, &stage.layer, stage.borrowed(&this));
        let of = layer_of(chain, stage);
        let called = (stage.tensor_name() != stage.name()).then(|| {
            let name = stage.tensor_name();
            quote! { .called(#name) }
        });
        let naming = match stage.naming {
            Naming::Part => None,
            Naming::Label => Some(quote! { .label() }),
            Naming::Place => Some(quote! { .place() }),
        };
        stages.push(
            quote_spanned! {chain.span()=> StreamStage::at::<#scalar, _, _, #time>(#of) #called #naming },
        );
        let run = quote_spanned! {chain.span()=> stage::steps::<_, _, #time, _, _, _> };
        prepared.push(quote_spanned! {chain.span()=>
            let prepared = stage::prepare::<_, _, #time>(#borrowed, prepared);
        });
        steps.push(if index < inner.len() {
            let buffer = buffer(index);
            let buffer = chain.place_of(stage).unwrap_or(buffer);
            let lines_behind = chain.behind(stage, field);
            let value = chain.binding(index);
            quote_spanned! {chain.span()=>
                #references
                let (#value, state) = #run(#borrowed, count, #before, #buffer, state, position, #pass);
                #lines_behind
            }
        } else {
            let lines_behind = chain.behind(stage, &Ident::new("output", Span::mixed_site()));
            quote_spanned! {chain.span()=>
                #references
                #run(#borrowed, count, #before, output, state, position, #pass);
                #lines_behind
            }
        });
        let ahead = time.clone();
        if !stage.keeps_time {
            // Of equal stages behind the same axis rustc takes one bound only.
            let turn = (without_constants(chain, &stage.layer), time.clone());
            time = turns
                .entry(turn)
                .or_insert_with(|| {
                    times.push(axis(chain, times.len()));
                    times[times.len() - 1].clone()
                })
                .clone();
        }
        let is_given = chain.given.iter().any(|given| given.field == stage.field);
        if is_given && time != first {
            bounds.push(quote_spanned! {place=> #time: ::static_net::__private::SameTime<#first> });
        }
        // Where a stage cannot stream, rustc shows its bound: at the stage.
        bounds.push(quote_spanned! {place=>
            #layer: ::static_net::layer::Streaming<#scalar, #ahead, Behind = #time>
        });
        ahead_of.push(ahead);
        behind.push(time.clone());
        along.extend(stage.along.iter().map(|Along { what, place }| {
            let place = Span::mixed_site().located_at(place.start);
            match what {
                GoesAlong::Activation { activation, shape } => quote_spanned! {place=>
                    #activation: ::static_net::layer::StreamingActivation<#time, #shape>
                },
                GoesAlong::Concat(axis) => quote_spanned! {place=>
                    ::static_net::__private::stream::Joined<#time, { #axis }>: ::static_net::__private::stream::JoinsEachStep
                },
            }
        }));
        before = field.clone();
    }
    let take_places = chain.take_places_of_step(&ahead_of);
    let streaming =
        quote_spanned! {chain.span()=> ::static_net::layer::Streaming<#scalar, #first> };
    let stream_memory = chain.stream_memory(&streaming, &ahead_of);
    let memory = quote_spanned! {chain.span()=> const { <Self as #streaming>::MEMORY } };
    let back = if inner.len() > 1 {
        quote_spanned! {chain.span()=> back }
    } else {
        quote! { _ }
    };
    let take_buffers = (!inner.is_empty()).then(|| {
        quote_spanned! {chain.span()=>
            let memory = #memory;
            let (front, #back, mut pass) = stage::buffers([memory.front, memory.back].map(|len| count.times(len)), pass);
            let pass = &mut pass;
        }
    });
    let carries = carries(chain);
    quote_spanned! {chain.span()=>
        #carries

        impl<#parameters #(#times: ::static_net::layer::TimeAxis),*> #streaming for #name<#arguments>
        where
            // First, so that rustc speaks of them and not of the layers that they are part of.
            #(#along,)*
            #(#bounds,)*
        {
            type Behind = #time;

            const PARTS: &'static [::static_net::__private::StreamStage] = {
                use ::static_net::__private::StreamStage;
                &[#(#stages),*]
            };
            const MEMORY: ::static_net::layer::StreamMemory = #stream_memory;

            fn prepare(&self, prepared: &mut [#scalar]) {
                use ::static_net::__private::stage;
                #(#prepared)*
                let _ = prepared;
            }

            #[inline(always)]
            fn step<Instructions: ::static_net::simd::InstructionSet>(
                &self,
                input: &[#element],
                output: &mut [#scalar],
                state: &mut [#scalar],
                position: usize,
                pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
            ) {
                use ::static_net::__private::{OneStep, StepState};
                let state = StepState::unprepared(state);
                <Self as #streaming>::run(self, OneStep, input, output, state, position, pass);
            }

            #[inline(always)]
            fn run<Instructions: ::static_net::simd::InstructionSet, Count: ::static_net::__private::StepCount>(
                &self,
                count: Count,
                input: &[#element],
                output: &mut [#scalar],
                state: ::static_net::__private::StepState<'_, #scalar>,
                position: usize,
                pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
            ) {
                use ::static_net::__private::{StepCount, stage};
                #take_buffers
                #take_places
                #(#steps)*
            }
        }
    }
}

/// That passes over whole sequences go on from a state, of a network whose stages all can. Where one cannot, rustc shows
/// its bound.
fn carries(chain: &Chain<'_>) -> Option<TokenStream> {
    if chain.level > 0 {
        return None;
    }
    let name = chain.name;
    let (parameters, arguments) = (chain.const_parameters(), chain.const_arguments());
    let mut bounds = Vec::new();
    bounds_of_carrying(&chain.declaration.stages, &mut bounds);
    for branch in chain.declaration.outputs.iter().flat_map(|outputs| &outputs.branches) {
        bounds_of_carrying(branch, &mut bounds);
    }
    // Of any lifetime: what is known not to hold is refused where it is asked for, and not here.
    let bounds = bounds.into_iter().map(|(of, place, asked)| {
        quote_spanned! {site(place)=> for<'any> #of: #asked }
    });
    Some(quote_spanned! {chain.span()=>
        impl<#parameters> ::static_net::layer::CarriesState for #name<#arguments> where #(#bounds),* {}
    })
}

/// The words of a type, without the consts of the expansion: the same network at two places is one type, whatever the consts
/// are called that check it there.
fn without_constants(chain: &Chain<'_>, layer: &TokenStream) -> String {
    let prefix = format!("{}_", chain.declaration.name.unraw().to_string().to_uppercase());
    let text = layer.to_string();
    let words = text.split(|character: char| !character.is_alphanumeric() && character != '_');
    words.filter(|word| !word.starts_with(&prefix)).collect::<Vec<_>>().join(" ")
}

/// Where rustc shows what stands there.
fn site(place: Place) -> Span {
    Span::mixed_site().located_at(place.start)
}

/// What is asked of stages, and of those that they are made of: of what, at which place.
fn bounds_of_carrying(stages: &[Stage], bounds: &mut Vec<(TokenStream, Place, TokenStream)>) {
    for stage in stages {
        let StageKind::Layer { operation: Some(operation), .. } = &stage.kind else { continue };
        match operation {
            Operation::Dense(_) => {}
            Operation::Type(NamedType { path, place, .. }) => {
                let asked = quote_spanned! {site(*place)=> ::static_net::layer::CarriesState };
                bounds.push((path.clone(), *place, asked));
            }
            Operation::Layer(call) => {
                let place = Place::at(call.name.span());
                if matches!(call.word.rule, Rule::Attention | Rule::Position | Rule::Sinusoidal) {
                    let of = quote_spanned! {site(place)=> ::static_net::__private::stream::StreamedStage<()> };
                    let asked =
                        quote_spanned! {site(place)=> ::static_net::__private::stream::HasNoEnd };
                    bounds.push((of, place, asked));
                }
            }
            Operation::Composition(composition) => {
                for part in composition.parts() {
                    bounds_of_carrying(part, bounds);
                }
            }
        }
    }
}

/// The same where it is known that a stage does not stream: why is a bound at that stage, which nothing fulfils.
fn refused(chain: &Chain<'_>, lacks: &str, place: Place) -> TokenStream {
    let name = chain.name;
    let (scalar, element) = (chain.scalar(), chain.element());
    let (parameters, arguments) = (chain.const_parameters(), chain.const_arguments());
    let time = axis(chain, 0);
    let site = Span::mixed_site().located_at(place.start);
    let lacks = Ident::new(lacks, site);
    let bound = quote_spanned! {site=>
        ::static_net::__private::stream::StreamedStage<#time>: ::static_net::__private::stream::#lacks
    };
    quote_spanned! {chain.span()=>
        impl<#parameters #time: ::static_net::layer::TimeAxis> ::static_net::layer::Streaming<#scalar, #time>
            for #name<#arguments>
        where
            #bound,
        {
            type Behind = #time;

            fn step<Instructions: ::static_net::simd::InstructionSet>(
                &self,
                _: &[#element],
                _: &mut [#scalar],
                _: &mut [#scalar],
                _: usize,
                _: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
            ) {
            }
        }
    }
}

/// Whether all stages act on values where they stand, so that time may run along either axis of a matrix.
pub fn has_time_along_any_axis(stages: &[Stage]) -> bool {
    stages.iter().all(|stage| match &stage.kind {
        StageKind::Assertion(_) => true,
        StageKind::Faulty | StageKind::Reference(_) => false,
        StageKind::Layer { activation: Some(activation), .. } if activation.axis.is_some() => false,
        StageKind::Layer { operation, .. } => match operation {
            None => true,
            Some(Operation::Layer(call)) => call.word.rule == Rule::Dropout,
            Some(Operation::Dense(_) | Operation::Type(_)) => false,
            // It joins channels.
            Some(Operation::Composition(composition))
                if matches!(
                    composition.kind,
                    CompositionKind::Joined { joint: Joint::Concat(_), .. }
                ) =>
            {
                false
            }
            Some(Operation::Composition(composition)) => {
                composition.parts().into_iter().all(has_time_along_any_axis)
            }
        },
    })
}

/// A type parameter: along which axis time runs, at first and behind each stage that may change it.
fn axis(chain: &Chain<'_>, index: usize) -> Ident {
    let name = if index == 0 { "Time".to_owned() } else { format!("Time{}", index + 1) };
    Ident::new(&name, chain.span())
}
