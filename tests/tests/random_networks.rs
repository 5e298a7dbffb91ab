//! At least 200 random networks: built, compared with a reference, checked against differences.

use std::collections::BTreeSet;

use rayon::prelude::*;
use static_net::nalgebra::DMatrix;
use static_net_rules::words::{ACTIVATIONS, COMPOSITIONS, Kind, LAYERS, LayerArgument};
use static_net_tests::random::declaration::plan::{Held, Plan, Values};
use static_net_tests::random::declaration::rng::Rng;
use static_net_tests::random::declaration::write::{Role, tokens};
use static_net_tests::random::declaration::{Group, Network, Scalar};
use static_net_tests::random::subject::Subject;
use static_net_tests::random::{networks, reference};

mod generated {
    #![allow(missing_docs, clippy::all, reason = "written to be varied, not to be neat")]
    #![deny(unused, reason = "what the macro writes is no user's fault")]
    use static_net_tests::random::subject::Subject;
    use static_net_tests::{graph_subject, subject};
    include!(concat!(env!("OUT_DIR"), "/random_networks.rs"));
}

#[test]
fn random_networks_do_as_the_reference() {
    let (seed, groups) = networks();
    let networks: Vec<(&Group, &Network)> =
        groups.iter().flat_map(|group| group.networks.iter().map(move |n| (group, n))).collect();
    let subjects = generated::subjects();
    assert_eq!(networks.len(), subjects.len());
    let subjects: Vec<_> = networks.iter().zip(subjects).enumerate().collect();
    let outcomes = subjects.into_par_iter().map(|(index, ((group, network), mut subject))| {
        let mut rng = Rng::new(seed ^ index as u64);
        let mut checked = Checked::default();
        let mut trial = Trial::new(group, network, &mut rng);
        let outcome = trial.run(subject.as_mut(), &mut rng, &mut checked);
        let fault = outcome.err().map(|fault| {
            let words: Vec<String> =
                tokens(group, network).into_iter().map(|token| token.text).collect();
            format!("group {}: {fault}\n    {}", group.index, words.join(" "))
        });
        (checked, fault)
    });
    let (checked, faults): (Vec<Checked>, Vec<Option<String>>) = outcomes.unzip();
    let checked = checked.into_iter().fold(Checked::default(), Checked::and);
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    println!("seed {seed}: {} networks, {checked:?}", networks.len());
    assert!(faults.is_empty(), "{} networks are wrong\n{}", faults.len(), faults.join("\n"));
    assert!(checked.corners * 10 < checked.differences, "too few differences: {checked:?}");
    let graphs = [checked.graphs / 40, checked.graph_streams / 8];
    let least = [checked.of_tokens / 10, checked.streams / 15, graphs[0], graphs[1]];
    assert!(least.iter().all(|count| *count > 0), "too few of a kind: {checked:?}");
}

/// A word or an argument that the generator forgets is one that no random network proves.
#[test]
fn all_words_are_declared() {
    let (mut seen, mut by_name) = (BTreeSet::new(), 0);
    for (group, network) in
        networks().1.iter().flat_map(|group| group.networks.iter().map(move |n| (group, n)))
    {
        for token in tokens(group, network) {
            if let Role::Argument { word, name } = token.role {
                seen.insert(format!("{word}({name})"));
            }
            by_name += usize::from(token.role == Role::GivenName);
            seen.extend(token.text.split('(').next().map(str::to_owned));
        }
    }
    // A label stands for a stage, and is written where that is known.
    let is_written = |argument: &&LayerArgument| {
        !matches!(argument.kind, Kind::Label | Kind::Reference | Kind::Mask)
    };
    let of_one_value = LAYERS.iter().filter(|layer| !layer.begins_with_a_reference());
    let layers = of_one_value.flat_map(|layer| {
        let arguments = layer.arguments.iter().filter(is_written);
        let arguments = arguments.map(|argument| format!("{}({})", layer.word, argument.name));
        arguments.chain([layer.word.to_owned()])
    });
    let others = ACTIVATIONS
        .iter()
        .map(|activation| activation.word)
        .chain(COMPOSITIONS.iter().map(|composition| composition.word));
    let missing: Vec<String> =
        layers.chain(others.map(str::to_owned)).filter(|word| !seen.contains(word)).collect();
    assert!(missing.is_empty(), "no random network has {missing:?}");
    assert!(by_name >= 20, "{by_name} inputs are given by name");
}

/// Of how many values of the input differences are taken.
const MOST_INPUTS: usize = 60;

/// How much was compared.
#[derive(Debug, Default)]
struct Checked {
    f32_networks: usize,
    values: usize,
    /// Networks of tokens.
    of_tokens: usize,
    /// Networks whose values are read again.
    graphs: usize,
    /// Networks that take a sequence step by step.
    streams: usize,
    /// Those whose values are read again.
    graph_streams: usize,
    differences: usize,
    /// Differences left out because they reach across a corner of an activation.
    corners: usize,
}

impl Checked {
    fn and(self, other: Self) -> Self {
        Checked {
            f32_networks: self.f32_networks + other.f32_networks,
            values: self.values + other.values,
            of_tokens: self.of_tokens + other.of_tokens,
            graphs: self.graphs + other.graphs,
            streams: self.streams + other.streams,
            graph_streams: self.graph_streams + other.graph_streams,
            differences: self.differences + other.differences,
            corners: self.corners + other.corners,
        }
    }
}

/// One network with parameters, input and gradient of the output.
struct Trial {
    plan: Plan,
    scalar: Scalar,
    state: Vec<f64>,
    input: DMatrix<f64>,
    d_output: DMatrix<f64>,
}

type Outcome = Result<(), String>;

/// Random samples for a network: numbers, or ids of tokens.
fn input(plan: &Plan, samples: usize, rng: &mut Rng) -> DMatrix<f64> {
    DMatrix::from_fn(plan.inputs(), samples, |place, _| {
        let part = plan.parts.iter().find(|part| part.rows.contains(&place));
        match (part.map(|part| part.holds), plan.vocabularies.as_slice()) {
            (Some(Held::Tokens(size, _)), _) => rng.below(size) as f64,
            (Some(Held::Mask), _) => f64::from(u8::from(rng.percent(60))),
            (_, []) => 2.0 * rng.signed(),
            (_, sizes) => rng.below(sizes[place % sizes.len()]) as f64,
        }
    })
}

impl Trial {
    fn new(group: &Group, network: &Network, rng: &mut Rng) -> Self {
        let arguments: Vec<usize> = network.parameters.iter().map(|p| p.value).collect();
        let plan = Plan::of(group, network, &arguments);
        let samples = *rng.pick(&[0, 1, 2, 3, 5, 8, 17]);
        let scale = (plan.inputs() as f64).sqrt().recip().max(0.3);
        let state = plan
            .tensors()
            .iter()
            .flat_map(|tensor| std::iter::repeat_n(tensor.holds, tensor.values()))
            .map(|holds| match holds {
                Values::Trained => scale * rng.signed(),
                Values::Mean => rng.signed(),
                Values::Variance => 1.25 + rng.signed(),
            })
            .collect();
        let input = input(&plan, samples, rng);
        let d_output = DMatrix::from_fn(plan.outputs(), samples, |_, _| rng.signed());
        let mut trial = Trial { plan, scalar: network.scalar, state, input, d_output };
        if trial.scalar == Scalar::F32 {
            // Both sides then start from the same numbers.
            let round = |value: &mut f64| *value = f64::from(*value as f32);
            trial.state.iter_mut().for_each(round);
            trial.input.iter_mut().for_each(round);
            trial.d_output.iter_mut().for_each(round);
        }
        trial
    }

    fn run(&mut self, subject: &mut dyn Subject, rng: &mut Rng, checked: &mut Checked) -> Outcome {
        checked.of_tokens += usize::from(!self.plan.vocabularies.is_empty());
        checked.graphs += usize::from(self.plan.is_graph);
        self.tensors(subject)?;
        subject.set_state(&self.state);
        self.forward(subject, rng, checked)?;
        self.train(subject, checked)?;
        match self.scalar {
            Scalar::F32 => checked.f32_networks += 1,
            Scalar::F64 => self.differences(subject, rng, checked)?,
        }
        Ok(())
    }

    fn tensors(&self, subject: &dyn Subject) -> Outcome {
        let (tensors, parameters) = subject.tensors();
        let found: Vec<_> = tensors
            .into_iter()
            .map(|tensor| (tensor.name, tensor.shape, tensor.strides, tensor.range.len()))
            .collect();
        let planned = self.plan.tensors();
        let trained = planned.iter().filter(|tensor| tensor.holds == Values::Trained);
        let trained: usize = trained.map(|tensor| tensor.values()).sum();
        let expected: Vec<_> = planned
            .into_iter()
            .map(|tensor| {
                let values = tensor.values();
                (tensor.name, tensor.shape, tensor.strides, values)
            })
            .collect();
        if found != expected || parameters != trained {
            return Err(format!("tensors {found:?}, {parameters} trained, not {expected:?}"));
        }
        Ok(())
    }

    /// All kinds of batches.
    fn forward(&self, subject: &dyn Subject, rng: &mut Rng, checked: &mut Checked) -> Outcome {
        let mut draw = |samples| {
            input(&self.plan, samples, rng).map(|value| match self.scalar {
                Scalar::F32 => f64::from(value as f32),
                Scalar::F64 => value,
            })
        };
        let one = draw(1);
        self.forward_is("forward of one sample", &subject.forward_one(one.as_slice()), &one)?;
        let streamed = subject.stream(one.as_slice());
        checked.streams += usize::from(streamed.is_some());
        checked.graph_streams += usize::from(streamed.is_some() && self.plan.is_graph);
        if let Some(streamed) = streamed {
            self.forward_is("one sample step by step", &streamed, &one)?;
        }
        let batch = draw(subject.static_batch());
        let output = subject.forward_static(batch.as_slice());
        self.forward_is("forward of a static batch", &output, &batch)?;
        let output = subject.forward(self.input.as_slice());
        self.forward_is("forward of a dynamic batch", &output, &self.input)
    }

    /// What comes out is what the reference gives, as far as a rounding of the parameters lets it be told.
    fn forward_is(&self, what: &str, found: &[f64], x: &DMatrix<f64>) -> Outcome {
        let expected = reference::forward(&self.plan, &self.state, x).output().clone();
        let outcome = self.same(what, found, &expected);
        if outcome.is_ok() || self.scalar == Scalar::F64 || found.len() != expected.len() {
            return outcome;
        }
        // Large values that cancel leave little in f32: then the last bit of a parameter does as much.
        let mut rng = Rng::new(0);
        let mut moved = vec![0.0f64; found.len()];
        for _ in 0..4 {
            let bit = f64::from(f32::EPSILON) / 2.0;
            let state: Vec<f64> =
                self.state.iter().map(|value| value * (1.0 + bit * rng.signed())).collect();
            let other = reference::forward(&self.plan, &state, x).output().clone();
            for (moved, (a, b)) in moved.iter_mut().zip(expected.iter().zip(other.iter())) {
                *moved = moved.max((a - b).abs());
            }
        }
        let largest = moved.iter().copied().fold(0.0, f64::max);
        let mut errors = found.iter().zip(&expected).map(|(a, b)| (a - b).abs());
        if errors.all(|error| error <= 20.0 * largest) { Ok(()) } else { outcome }
    }

    fn train(&self, subject: &dyn Subject, checked: &mut Checked) -> Outcome {
        let start = 0.25;
        let trained = subject.train(self.input.as_slice(), self.d_output.as_slice(), start);
        let run = reference::forward(&self.plan, &self.state, &self.input);
        let (gradient, d_input) =
            reference::backward(&self.plan, &self.state, &run, &self.d_output);
        let mut expected = vec![("input", &self.input), ("output", run.output())];
        let parts = self.plan.parts.iter();
        let parts: Vec<_> = parts
            .map(|part| self.input.rows(part.rows.start, part.rows.len()).into_owned())
            .collect();
        expected.extend(self.plan.fields().zip(parts.iter().chain(&run.representations[1..])));
        assert_eq!(trained.representations.len(), expected.len());
        for ((name, found), (field, expected)) in trained.representations.iter().zip(expected) {
            assert_eq!(*name, field);
            self.same(name, found, expected)?;
            checked.values += found.len();
        }
        checked.values += gradient.len() + d_input.len();
        let gradient: Vec<f64> = gradient.iter().map(|value| value + start).collect();
        self.same("gradient of the parameters", &trained.gradient, &gradient)?;
        self.same("gradient of the input", &trained.d_input, &d_input)
    }

    fn same<'a>(
        &self,
        what: &str,
        found: &[f64],
        expected: impl IntoIterator<Item = &'a f64>,
    ) -> Outcome {
        let expected: Vec<f64> = expected.into_iter().copied().collect();
        if found.len() != expected.len() {
            return Err(format!("{what}: {} values, not {}", found.len(), expected.len()));
        }
        let largest = expected.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let tolerance = self.scalar.tolerance();
        for (index, (found, expected)) in found.iter().zip(&expected).enumerate() {
            // Values that cancel are as exact as what they are made of.
            let scale = expected.abs().max(1e-2 * largest).max(1e-3);
            // Written so that a NaN fails.
            let is_close = (found - expected).abs() <= tolerance * scale;
            if !is_close {
                return Err(format!("{what}: value {index} is {found}, not {expected}"));
            }
        }
        Ok(())
    }

    /// The gradient of `d_output . output` against differences: all inputs, some parameters.
    fn differences(
        &mut self,
        subject: &mut dyn Subject,
        rng: &mut Rng,
        checked: &mut Checked,
    ) -> Outcome {
        if self.input.is_empty() {
            return Ok(());
        }
        let trained = subject.train(self.input.as_slice(), self.d_output.as_slice(), 0.0);
        let scale =
            |gradient: &[f64]| gradient.iter().fold(0.0, |l: f64, g| l.max(g.abs())) / 100.0;
        let floor = scale(&trained.gradient).max(scale(&trained.d_input)).max(1e-5);
        let mut check = |what: &str, gradient: f64, difference: Option<f64>| {
            let Some(difference) = difference else {
                checked.corners += 1;
                return Ok(());
            };
            checked.differences += 1;
            let size = gradient.abs().max(difference.abs()).max(floor);
            match (gradient - difference).abs() <= 1e-6 * size {
                true => Ok(()),
                false => Err(format!("{what}: gradient {gradient}, difference {difference}")),
            }
        };
        // All of few values, some of many.
        let is_of_tokens = !self.plan.vocabularies.is_empty();
        checked.of_tokens += usize::from(is_of_tokens);
        let inputs = if is_of_tokens { 0 } else { self.input.len() };
        // Of tokens there is none.
        let is_number =
            |&index: &usize| {
                let place = index % self.plan.inputs();
                !self.plan.parts.iter().any(|part| {
                    part.rows.contains(&place) && matches!(part.holds, Held::Tokens(..))
                })
            };
        let mut inputs: Vec<usize> = (0..inputs).filter(is_number).collect();
        while inputs.len() > MOST_INPUTS {
            inputs.swap_remove(rng.below(inputs.len()));
        }
        for index in inputs {
            let difference = self.difference(subject, |trial, step| trial.input[index] += step);
            check(&format!("input {index}"), trained.d_input[index], difference)?;
        }
        let tensors = self.plan.tensors();
        let is_trained: Vec<bool> = tensors
            .iter()
            .flat_map(|tensor| {
                std::iter::repeat_n(tensor.holds == Values::Trained, tensor.values())
            })
            .collect();
        for _ in 0..self.state.len().min(20) {
            let index = rng.below(self.state.len());
            if !is_trained[index] {
                continue;
            }
            let difference = self.difference(subject, |trial, step| trial.state[index] += step);
            check(&format!("parameter {index}"), trained.gradient[index], difference)?;
        }
        Ok(())
    }

    /// The difference of fourth order, or nothing if it reaches across a corner.
    fn difference(
        &mut self,
        subject: &mut dyn Subject,
        change: impl Fn(&mut Trial, f64),
    ) -> Option<f64> {
        const STEP: f64 = 1e-3;
        let before = (self.state.clone(), self.input.clone());
        let sides = reference::forward(&self.plan, &self.state, &self.input).sides(&self.plan)?;
        let mut losses = [0.0; 4];
        let mut is_smooth = true;
        for (loss, steps) in losses.iter_mut().zip([-2.0, -1.0, 1.0, 2.0]) {
            change(self, steps * STEP);
            let run = reference::forward(&self.plan, &self.state, &self.input);
            is_smooth &= run.sides(&self.plan).as_ref() == Some(&sides);
            subject.set_state(&self.state);
            let output = subject.forward(self.input.as_slice());
            *loss = output.iter().zip(&self.d_output).map(|(y, d)| y * d).sum();
            (self.state, self.input) = before.clone();
        }
        subject.set_state(&self.state);
        let [a, b, c, d] = losses;
        is_smooth.then_some((a - 8.0 * b + 8.0 * c - d) / (12.0 * STEP))
    }
}
