//! Networks of several inputs or outputs as stages, which speak of them by name.

use super::super::plan::Plan;
use super::super::plan::stream::Time;
use super::super::{Given, Holds, Input, Network, Operation, Size, Stage};
use super::graph::ends_with_reference;
use super::read::{Is, Value};
use super::stages::fixed;
use super::{Body, Generator, is_layer, same};

impl Generator<'_> {
    /// A network that is given each of its inputs by name, or whose outputs are: false where none fits.
    pub(super) fn by_name(&mut self, body: &mut Body) -> bool {
        if self.known.is_none() || ends_with_reference(body) {
            return false;
        }
        let networks = self.group.networks.iter().enumerate();
        let at_hand = fixed(&body.shape).unwrap_or_default();
        // Where all look back, so does it, over as many steps.
        let fits = |network: &Network| {
            let Some(time) = self.time else { return true };
            let stream = Plan::of(&self.group, network, &[]).stream();
            let length = body.values.iter().find_map(|value| length_of(value.sizes(), time));
            let length = length.or(at_hand.get(1 - time.across()).copied());
            stream.is_some_and(|stream| {
                (stream.input, stream.output) == (time, time) && Some(stream.length) == length
            })
        };
        let several = networks.filter(|(_, network)| has_several(network) && fits(network));
        let several: Vec<usize> = several.map(|(index, _)| index).collect();
        if several.is_empty() {
            return false;
        }
        let index = *self.rng.pick(&several);
        let network = self.group.networks[index].clone();
        let Some(given) = self.given(&network, body) else { return false };
        let is_activated = self.time.is_none() && self.rng.percent(15);
        let activation = is_activated.then(|| self.activation());
        self.push(body, activation, Some(Operation::Network(index, Vec::new(), given)));
        let plan = Plan::of(&self.group, &network, &[]);
        body.shape = plan.output().iter().copied().map(Size::literal).collect();
        let outputs = plan.several();
        let is_timed = self.time.is_some();
        if outputs.is_empty() || !is_timed && self.rng.percent(10) {
            self.name(body);
            return true;
        }
        let label = self.labelled(body).expect("a network may have a label").text;
        let named: Vec<Value> = outputs
            .iter()
            .map(|output| {
                let sizes: Vec<Size> = output.shape.iter().copied().map(Size::literal).collect();
                Value::one(&format!("{label}.{}", output.key), &sizes)
            })
            .collect();
        if is_timed {
            // One behind the other they are no sequence, which nothing may read as a whole.
            body.values.retain(|value| value.text != label);
        }
        body.values.extend(named.iter().cloned());
        if is_timed || self.rng.percent(70) {
            let value = self.rng.pick(&named).clone();
            self.refer_to(&value, body);
        }
        true
    }

    /// A value for each input, in any order: an earlier one, or what is at hand made into one. Nothing where there are no tokens of
    /// the vocabulary, or where nothing would read what is at hand.
    fn given(&mut self, network: &Network, body: &mut Body) -> Option<Vec<Given>> {
        // The first stage of all says which of several inputs it takes.
        let is_first = body.depth == 0 && !body.stages.iter().any(is_layer);
        if network.inputs.is_empty() {
            if is_first && body.values.iter().all(|value| value.text != "input") {
                return None;
            }
            if !same(&network.input, &body.shape) {
                self.reach(&network.input, body);
            }
            return Some(Vec::new());
        }
        let known = |generator: &mut Self, body: &Body, input: &Input| {
            generator.any(body, |value| is_fit(value, input))
        };
        let found: Vec<Option<Value>> =
            network.inputs.iter().map(|input| known(self, body, input)).collect();
        let is_of_tokens = |input: &Input| matches!(input.holds, Holds::Tokens(..));
        let all = || found.iter().zip(&network.inputs);
        if all().any(|(value, input)| value.is_none() && is_of_tokens(input)) {
            return None;
        }
        if is_first && found.iter().any(Option::is_none) {
            return None;
        }
        // What nobody reads is found outside of a composition only.
        let is_made = !is_first && (body.depth > 0 || self.rng.percent(50));
        let made = is_made.then(|| {
            let numbers = network.inputs.iter().position(|input| !is_of_tokens(input));
            numbers.expect("one of several inputs is numbers")
        });
        let mut given = Vec::new();
        let mut is_read = is_first;
        for (place, (value, input)) in found.into_iter().zip(&network.inputs).enumerate() {
            let value = match value.filter(|_| made != Some(place)) {
                Some(value) => value,
                None => {
                    is_read = true;
                    self.made(&input.sizes, body)
                }
            };
            given.push(Given { input: input.label.clone(), value: self.refer(&value) });
        }
        if !is_read {
            let at_hand = self.labelled(body)?;
            self.pass_over(at_hand);
        }
        for place in (1..given.len()).rev() {
            let other = self.rng.below(place + 1);
            given.swap(place, other);
        }
        Some(given)
    }

    /// What is at hand, made into a value of these sizes.
    fn made(&mut self, sizes: &[Size], body: &mut Body) -> Value {
        let sizes = fixed(sizes).expect("sizes of inputs are numbers or consts");
        let sizes: Vec<Size> = sizes.into_iter().map(Size::literal).collect();
        if !same(&sizes, &body.shape) {
            self.reach(&sizes, body);
        } else if !matches!(body.stages.last(), Some(Stage::Layer { .. })) {
            let activation = Some(self.activation());
            self.push(body, activation, None);
        }
        self.labelled(body).expect("a stage is at hand")
    }

    /// Inputs as those of a network of the group, which can then be given them as they are.
    pub(super) fn inputs_of_another(&mut self, length: Option<usize>) -> Option<Vec<Input>> {
        let fits = |network: &&Network| {
            let stream = || Plan::of(&self.group, network, &[]).stream();
            !network.inputs.is_empty()
                && self.time.is_none_or(|time| {
                    stream().is_some_and(|stream| {
                        (stream.input, stream.length) == (time, length.unwrap_or(0))
                    })
                })
        };
        let networks = self.group.networks.iter().filter(fits);
        let all: Vec<Vec<Input>> = networks.map(|network| network.inputs.clone()).collect();
        if all.is_empty() {
            return None;
        }
        let mut inputs = self.rng.pick(&all).clone();
        for input in &mut inputs {
            input.label = self.new_label();
        }
        if self.rng.percent(50) {
            inputs.reverse();
        }
        let is_number = |input: &Input| input.holds == Holds::Numbers;
        let first = inputs.iter().position(is_number);
        if let Some(first) = first
            && inputs.len() > 2
            && inputs.iter().filter(|input| is_number(input)).count() > 1
        {
            // One that stages have to make.
            inputs.remove(first);
        }
        Some(inputs)
    }
}

pub(super) fn has_several(network: &Network) -> bool {
    !network.inputs.is_empty() || !network.outputs.is_empty()
}

/// Whether an input can be given a value.
fn is_fit(value: &Value, input: &Input) -> bool {
    let is_of_kind = match &input.holds {
        Holds::Tokens(vocabulary, _) => value.is == Is::Tokens(vocabulary.value(&[])),
        Holds::Numbers | Holds::Mask => value.is == Is::Numbers,
    };
    value.values.len() == 1 && is_of_kind && same(value.sizes(), &input.sizes)
}

/// How many steps a sequence has.
fn length_of(sizes: &[Size], time: Time) -> Option<usize> {
    fixed(sizes).filter(|sizes| sizes.len() == 2).map(|sizes| sizes[1 - time.across()])
}
