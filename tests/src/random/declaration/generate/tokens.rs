//! Networks of tokens: the input, what makes numbers of it, and output weights that are the same.

use super::super::call::Kind;
use super::super::plan::stream::Time;
use super::super::{Operation, Size, Stage};
use super::stages::{fixed, rows};
use super::{Body, Generator, LABELS};

impl Generator<'_> {
    /// How many tokens there are and of which vocabularies: often as in an earlier network, which then fits.
    pub(super) fn tokens(&mut self) -> (Vec<Size>, Vec<Size>) {
        let networks = &self.group.networks;
        let earlier = networks.iter().rfind(|network| !network.vocabularies.is_empty());
        let sizes = |sizes: &[Size]| fixed(sizes).expect("no network of tokens is sized otherwise");
        let earlier = earlier.map(|network| (sizes(&network.input), sizes(&network.vocabularies)));
        let (length, vocabularies) = match earlier {
            Some((input, vocabularies)) if self.rng.percent(70) => (input[0], vocabularies),
            _ if self.rng.percent(35) => {
                let length = self.rng.between(2, 5);
                (length, (0..length).map(|_| self.rng.between(1, 6)).collect())
            }
            _ => (self.rng.between(1, 7), vec![self.rng.between(1, 12)]),
        };
        // How many vocabularies there are is compared with a number.
        let is_number = vocabularies.len() > 1;
        let vocabularies = vocabularies.into_iter().map(|size| self.fixed(size)).collect();
        let length = if is_number { Size::literal(length) } else { self.fixed(length) };
        (vec![length], vocabularies)
    }

    /// Adds an embedding or a network of tokens, other stages, and at times a layer that is tied to it.
    pub(super) fn behind_tokens(&mut self, vocabularies: &[Size], body: &mut Body) {
        let (input, sizes) = (fixed(&body.shape), fixed(vocabularies));
        let of_tokens = self.group.networks.iter().rposition(|network| {
            fixed(&network.input) == input && fixed(&network.vocabularies) == sizes
        });
        if let Some(index) = of_tokens.filter(|_| self.rng.percent(60)) {
            let network = self.group.networks[index].clone();
            let arguments = self.arguments_of(&network);
            self.add_network(index, arguments, body);
            return self.fill_behind(body);
        }
        let features = self.rng.between(1, 8);
        let table = self.embedding(sizes.expect("numbers"), features, body);
        if self.rng.percent(40) {
            self.time = Some(Time::First);
            self.fill_looking_back(body);
            self.time = None;
        } else {
            self.fill_behind(body);
        }
        if let Some(label) = table
            && self.rng.percent(75)
        {
            self.tied(&label, features, body);
        }
    }

    /// At times nothing more comes.
    fn fill_behind(&mut self, body: &mut Body) {
        if self.rng.percent(85) {
            self.fill(body);
        }
    }

    /// Adds an embedding; gives its label, if a layer can be tied to it.
    fn embedding(
        &mut self,
        vocabularies: Vec<usize>,
        features: usize,
        body: &mut Body,
    ) -> Option<String> {
        let std = *self.rng.pick(&[1.0, 1.0, 0.02, 0.5, 0.0]);
        let given = vec![
            ("features", self.written(features), false),
            ("std", self.number(std), std == 1.0),
        ];
        self.add(body, "embedding", Kind::Embedding { vocabularies, features }, given, 1);
        let Some(Stage::Layer { label, activation, .. }) = body.stages.last_mut() else {
            unreachable!("it has just been added")
        };
        if self.rng.percent(40) {
            return None;
        }
        *activation = None;
        Some(
            label
                .get_or_insert_with(|| {
                    let new = self.rng.word(LABELS);
                    body.labels.push(new);
                    new.to_owned()
                })
                .clone(),
        )
    }

    /// Adds a layer whose weights are those of an embedding, at each step if there are steps.
    fn tied(&mut self, label: &str, features: usize, body: &mut Body) {
        let is_sequence = fixed(&body.shape).is_some_and(|sizes| sizes.len() == 2);
        if is_sequence && self.rng.percent(80) {
            self.dense_at_each_step(features, body);
        } else {
            let width = self.fixed(features);
            self.dense_to(width, body);
        }
        self.push(body, None, Some(Operation::Tied(label.to_owned())));
        body.shape.pop();
        body.shape.push(Size::literal(rows(&body.stages, label)));
        if self.rng.percent(30) {
            self.stage(body);
        }
    }
}
