//! Layers of a graph that read other values, and stages once for each size of a list.

use super::super::call::{Argument, Call, Cell, Kind, Reads, Window};
use super::super::plan::stream::Time;
use super::super::{Activation, Form, Operation, Size, Stage};
use super::read::{Is, Value};
use super::stages::fixed;
use super::{Body, Generator, same};

impl Generator<'_> {
    /// A layer of two values, of which one or both are earlier ones.
    pub(super) fn two_values(&mut self, body: &mut Body) -> bool {
        let is_fit = |value: &Value| {
            value.is_plain()
                && fixed(value.sizes())
                    .is_some_and(|sizes| sizes.len() < 3 && sizes[sizes.len() - 1] > 1)
        };
        let Some(value) = self.any(body, is_fit) else { return false };
        if !same(&body.shape, value.sizes()) {
            self.reach(value.sizes(), body);
        }
        let Some(at_hand) = self.labelled(body) else { return false };
        let words = ["gaussian", "dot", "cosine"];
        let word = self.rng.word(if self.time.is_some() { &words[..1] } else { &words });
        let [mut a, mut b] = [&at_hand, &value].map(|value| self.refer(value));
        if self.rng.percent(40) {
            std::mem::swap(&mut a, &mut b);
        }
        let activation = self.rng.percent(30).then(|| self.activation());
        self.push(body, activation, Some(Operation::Pair(word, a, b)));
        body.shape = value.sizes().to_vec();
        if word != "gaussian" {
            body.shape.pop();
            body.shape.push(Size::literal(1));
        }
        true
    }

    /// A layer over a sequence with a memory or a mask.
    pub(super) fn reading(&mut self, body: &mut Body) -> bool {
        let sizes_of = |value: &Value| fixed(value.sizes()).expect("a graph has no parameters");
        let is_memory = |value: &Value| {
            value.is_plain() && sizes_of(value).len() == 2 && sizes_of(value)[1] < 9
        };
        let is_mask = |value: &Value| {
            value.values.len() == 1
                && !matches!(value.is, Is::Tokens(_))
                && matches!(sizes_of(value)[..], [2..9])
        };
        if self.time.is_some() {
            return false;
        }
        let memory = if self.rng.percent(50) { self.any(body, is_memory) } else { None };
        let hidden = memory.as_ref().map(|memory| sizes_of(memory)[0]);
        let fits = |value: &Value| {
            is_mask(value) && hidden.is_none_or(|length| sizes_of(value) == [length])
        };
        let mask =
            if memory.is_none() || self.rng.percent(60) { self.any(body, fits) } else { None };
        if memory.is_none() && mask.is_none() {
            return false;
        }
        // What is at hand becomes a sequence that fits.
        let features = memory.as_ref().map(|memory| sizes_of(memory)[1]);
        let length = match (&memory, &mask) {
            (None, Some(mask)) => sizes_of(mask)[0],
            _ => self.rng.between(1, 4),
        };
        let at_hand = fixed(&body.shape).expect("a graph has no parameters");
        let is_fit = at_hand.len() == 2 && (memory.is_some() || at_hand[0] == length);
        if !is_fit {
            let features = features.unwrap_or_else(|| self.rng.between(1, 5));
            self.image_of(vec![length, features], body);
        } else if features.is_some_and(|features| at_hand[1] != features) {
            self.dense_at_each_step(features.unwrap_or(1), body);
        }
        let sizes = fixed(&body.shape).expect("a sequence");
        match self.rng.below(8) {
            _ if memory.is_some() => self.attention_to(sizes[1], true, body),
            0 => self.attention_to(sizes[1], false, body),
            1 => self.add(body, "take_last", Kind::TakeLast, Vec::new(), 0),
            2 => self.add(body, "mean_over_time", Kind::MeanOverTime, Vec::new(), 0),
            3 => self.add(body, "max_over_time", Kind::MaxOverTime, Vec::new(), 0),
            _ => self.masked_recurrence(body),
        }
        let reads = [memory, mask].map(|read| read.map(|value| self.refer(&value)));
        if let Some(Stage::Layer { operation: Some(Operation::Call(call)), .. }) =
            body.stages.last_mut()
        {
            [call.reads.memory, call.reads.mask] = reads;
        }
        true
    }

    fn attention_to(&mut self, features: usize, has_memory: bool, body: &mut Body) {
        let heads = self.divisor(features);
        let is_causal = !has_memory && self.rng.percent(40);
        let has_bias = self.rng.percent(70);
        let given = vec![
            ("heads", self.written(heads), false),
            ("causal", is_causal.to_string(), !is_causal),
            ("bias", has_bias.to_string(), has_bias),
        ];
        let kind =
            Kind::Attention { heads, kv_heads: heads, is_causal, is_rotary: false, has_bias };
        // By place there would be `kv_heads`.
        self.add_named(body, "attention", kind, given);
    }

    fn masked_recurrence(&mut self, body: &mut Body) {
        let (word, cell) =
            *self.rng.pick(&[("rnn", Cell::Tanh), ("lstm", Cell::Lstm), ("gru", Cell::Gru)]);
        let hidden = self.rng.between(1, 4);
        let (is_last, is_both) = (self.rng.percent(40), self.rng.percent(40));
        let bias = self.rng.percent(70);
        let kind = Kind::Recurrent { cell, hidden, is_last, is_both, bias };
        let given = vec![
            ("hidden", self.written(hidden), false),
            ("last", is_last.to_string(), !is_last),
            ("bidirectional", is_both.to_string(), !is_both),
            ("bias", bias.to_string(), bias),
        ];
        self.add(body, word, kind, given, 1);
    }

    /// Stages once for each size of a list.
    pub(super) fn turns(&mut self, body: &mut Body) -> bool {
        let name = self.rng.word(&["W", "E", "SPAN"]);
        let list: Vec<usize> =
            (0..self.rng.between(1, 3)).map(|_| self.rng.between(1, 4)).collect();
        let (shape, depth) = (body.shape.clone(), self.rng.percent(50));
        let label = self.new_label();
        let activation = self.activation();
        let is_signal = match self.time {
            Some(time) => time == Time::Last,
            None => shape.len() == 2 && self.rng.percent(70),
        };
        if !is_signal && shape.len() != 1 && self.time.is_none() {
            return false;
        }
        let rank = shape.len();
        let outer = self.any(body, |value| value.is_plain() && value.sizes().len() == rank);
        let outer = if is_signal { None } else { outer.filter(|_| self.rng.percent(50)) };
        let outer = outer.map(|value| self.refer(&value));
        let found = self.found();
        let bodies: Vec<Vec<Stage>> = list
            .iter()
            .map(|&size| {
                let named = Size::Fixed(size, name.to_owned());
                let wide = Size::Fixed(2 * size, format!("{{ 2 * {name} }}"));
                let hidden = if depth { wide } else { named.clone() };
                let (inner, behind, sizes) = match is_signal {
                    true => {
                        let length = shape[1].clone();
                        let inner = dilated(2, 3, (size, name));
                        (inner, pointwise(&shape), vec![Size::literal(2), length])
                    }
                    false => {
                        let inner = match &outer {
                            None => dense(hidden.clone()),
                            Some(reference) => {
                                let read = vec![
                                    Stage::Reference(reference.clone()),
                                    stage(None, None, dense(hidden.clone())),
                                ];
                                Operation::Sum(vec![
                                    vec![stage(None, None, dense(hidden.clone()))],
                                    read,
                                ])
                            }
                        };
                        let mut given = shape.clone();
                        let width = given.len() - 1;
                        given[width] = hidden;
                        (inner, dense(shape[width].clone()), given)
                    }
                };
                // Outside the name of the list is none.
                let sizes: Vec<Size> =
                    sizes.iter().map(|size| Size::literal(size.value(&[]))).collect();
                self.find(&[Value::one(&label, &sizes)]);
                let stages = vec![
                    stage(Some(label.clone()), Some(activation.clone()), inner),
                    stage(None, None, behind),
                ];
                match is_signal {
                    true => vec![stage(None, None, Operation::Residual(stages, None))],
                    false => stages,
                }
            })
            .collect();
        let list = list.into_iter().map(|size| self.fixed(size)).collect();
        // A signal it is, whatever has been in front.
        if shape.len() > 1 {
            body.stages.push(Stage::Stated(shape.clone()));
        }
        self.push(body, None, Some(Operation::Turns(name, list, bodies)));
        body.shape = shape;
        let is_labelled = matches!(body.stages.last(), Some(Stage::Layer { label: Some(_), .. }));
        if !is_labelled && self.rng.percent(70) {
            let label = self.new_label();
            if let Some(Stage::Layer { label: place, .. }) = body.stages.last_mut() {
                *place = Some(label);
            }
        }
        self.name_values_inside(found, body);
        true
    }
}

fn stage(label: Option<String>, activation: Option<Activation>, operation: Operation) -> Stage {
    Stage::Layer { tensors: None, label, activation, operation: Some(operation) }
}

fn dense(width: Size) -> Operation {
    Operation::Dense(width, Form::PLAIN)
}

/// A convolution over a signal that looks back so far as the size of a turn says.
fn dilated(out: usize, kernel: usize, (dilation, name): (usize, &str)) -> Operation {
    convolution(
        out,
        kernel,
        dilation,
        vec![("padding", "causal".to_owned()), ("dilation", name.to_owned())],
    )
}

/// A convolution of each value of a signal alone, which has as many channels.
fn pointwise(shape: &[Size]) -> Operation {
    convolution(shape[0].value(&[]), 1, 1, Vec::new())
}

fn convolution(
    out: usize,
    kernel: usize,
    dilation: usize,
    named: Vec<(&'static str, String)>,
) -> Operation {
    let window = Window {
        kernel: [1, kernel],
        stride: [1, 1],
        padding: [0, dilation * (kernel - 1)],
        dilation: [1, dilation],
        rounds_up: false,
    };
    let kind = Kind::Conv { out, window, is_same: kernel > 1, groups: 1, bias: true };
    let by_place = [("out", out.to_string()), ("kernel", kernel.to_string())];
    let by_place =
        by_place.into_iter().map(|(name, text)| Argument { name, is_named: false, text });
    let named = named.into_iter().map(|(name, text)| Argument { name, is_named: true, text });
    let arguments = by_place.chain(named).collect();
    Operation::Call(Box::new(Call {
        word: "conv",
        kind,
        arguments,
        is_bare: false,
        reads: Reads::default(),
    }))
}
