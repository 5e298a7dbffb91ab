//! Layers over sequences `[length, features]`.

use super::super::call::Kind;
use super::{Body, Generator};

impl Generator<'_> {
    /// Adds a layer that takes a sequence; at times attention that looks back only, or always.
    pub(super) fn sequence(&mut self, sizes: &[usize], looks_back: bool, body: &mut Body) {
        let (length, features) = (sizes[0], sizes[1]);
        match self.rng.below(8) {
            0 | 2 => {
                let table = length + *self.rng.pick(&[0, 1, 5]);
                let given = vec![("length", self.written(table), table == length)];
                self.add(body, "position", Kind::Position(table), given, 0);
            }
            1 if features.is_multiple_of(2) => {
                self.add(body, "sinusoidal", Kind::Sinusoidal, Vec::new(), 0);
            }
            _ => self.attention(features, looks_back, body),
        }
    }

    fn attention(&mut self, features: usize, looks_back: bool, body: &mut Body) {
        let heads = self.divisor(features);
        let kv_heads = if self.rng.percent(40) { self.divisor(heads) } else { heads };
        let is_causal = looks_back || self.rng.percent(50);
        let is_rotary = self.rng.percent(40) && (features / heads).is_multiple_of(2);
        let has_bias = self.rng.percent(70);
        // Nothing is dropped in evaluation.
        let dropout = *self.rng.pick(&[0.0, 0.0, 0.5, 0.125]);
        let given = vec![
            ("heads", self.written(heads), false),
            ("kv_heads", self.written(kv_heads), kv_heads == heads),
            ("causal", is_causal.to_string(), !is_causal),
            ("dropout", self.number(dropout), dropout == 0.0),
            ("rotary", is_rotary.to_string(), !is_rotary),
            ("bias", has_bias.to_string(), has_bias),
        ];
        let kind = Kind::Attention { heads, kv_heads, is_causal, is_rotary, has_bias };
        self.add(body, "attention", kind, given, 1);
    }
}
