//! What is known of the values of a graph, by name, while its stages are gone through.
//!
//! A value inside of a turn is called by its label while the turn lasts, and by its label and the turn from then on: `z@1`.

use std::collections::BTreeMap;

/// What is known of each value that stages may read.
#[derive(Clone, Debug)]
pub struct Known<V> {
    values: BTreeMap<String, V>,
    /// The names that each of the turns at hand has added.
    turns: Vec<Vec<String>>,
}

impl<V> Default for Known<V> {
    fn default() -> Self {
        Known { values: BTreeMap::new(), turns: Vec::new() }
    }
}

impl<V: Clone> Known<V> {
    /// What is known of a value.
    ///
    /// # Panics
    /// If there is no such value.
    pub fn value(&self, key: &str) -> V {
        self.values.get(key).unwrap_or_else(|| panic!("there is no `{key}`")).clone()
    }

    /// Adds a value.
    pub fn add(&mut self, key: &str, value: V) {
        self.values.insert(key.to_owned(), value);
        if let Some(turn) = self.turns.last_mut() {
            turn.push(key.to_owned());
        }
    }

    /// From here on values are those of a turn.
    pub fn begin_turn(&mut self) {
        self.turns.push(Vec::new());
    }

    /// Names what the turn has added, and what it gives, which is a value of the stage that is called so. Gives the names
    /// that its values had in it.
    ///
    /// # Panics
    /// If no turn is at hand.
    pub fn end_turn(&mut self, turn: usize, stage: Option<&str>, given: V) -> Vec<String> {
        let keys = self.turns.pop().expect("a turn is at hand");
        for key in &keys {
            let value = self.value(key);
            self.add(&format!("{key}@{turn}"), value);
        }
        if let Some(stage) = stage {
            self.add(&format!("{stage}@{turn}"), given);
        }
        keys
    }
}
