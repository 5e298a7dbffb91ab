//! Random stages: layers with their arguments, activations, and compositions of stages.

use super::Random;
use super::texts::{NAMES, WORDS};
use crate::words::{ACTIVATIONS, COMPOSITIONS, Example, LAYERS};

/// What stands in front of stages.
const ATTRIBUTES: &[&str] = &[
    "#[tensors = \"0\"]",
    "#[tensors = \"1\"]",
    "#[tensors = \"model.2\"]",
    "#[tensors = \"\"]",
    "#[tensors = 3]",
    "#[tensors]",
    "#[cfg(test)]",
    "/** Text. */",
    "#[tensors = \"0\"] #[tensors = \"0\"]",
    "#",
    "#[]",
    "#[\"0\"]",
];

/// In how many compositions stages stand at most.
const MOST_DEPTH: usize = 4;

impl<C: FnMut(usize) -> usize> Random<C> {
    fn stages(&mut self, depth: usize) {
        let least = usize::from(self.is_careful);
        for index in 0..least + self.below(4 - least) {
            if index > 0 {
                self.arrow();
            }
            self.stage(depth);
        }
    }

    pub(super) fn stage(&mut self, depth: usize) {
        // What is careful refers to what there is.
        if self.is_one_in(if self.is_careful { 24 } else { 8 }) {
            return self.reference();
        }
        if self.is_one_in(if self.is_careful { 48 } else { 12 }) {
            let attribute = self.one_in_front(3, ATTRIBUTES);
            self.write(attribute);
        }
        if self.is_one_in(24) {
            return self.repeated_and_read();
        }
        if self.is_one_in(6) {
            let label = self.one_in_front(4, NAMES);
            self.write(label);
            self.write(":");
        }
        if self.is_one_in(3) {
            self.activation();
        }
        match self.below(if self.is_careful { 6 } else { 10 }) {
            0 | 1 => self.size(),
            2 => self.activation(),
            3 => self.list(4),
            4 if self.is_careful && depth < MOST_DEPTH => self.composition(depth + 1),
            4..=7 => self.layer(),
            8 if depth < MOST_DEPTH => self.composition(depth + 1),
            _ => {
                let name = self.one_in_front(2, NAMES);
                self.write(name);
                let generics = ["", "", "<4>", "<4, { N }>", "::<3>", "<", "<<4>>", "(3)", "{ }"];
                let generics = self.one_in_front(3, &generics);
                self.write(generics);
            }
        }
    }

    fn reference(&mut self) {
        self.write("&");
        let label = if self.is_careful { "input" } else { self.one_of(NAMES) };
        self.write(label);
        while !self.is_careful && self.is_one_in(3) {
            let inside =
                self.one_of(&[".latent", ".a", "[..]", "[0]", "[2]", ".1", "[]", "mut", "&"]);
            self.write(inside);
        }
    }

    /// Stages that are repeated, and what of them is read behind.
    fn repeated_and_read(&mut self) {
        let list = self.one_of(&["3", "1", "T in [3]", "T in [1, 2]", "T in [2, 1, 4]"]);
        let width = if list.starts_with('T') { "T" } else { "2" };
        let (joint, read) = (
            self.one_of(&["concat", "sum", "product"]),
            self.one_of(&["[..]", "[..] | identity", "[0] | & turned [0]"]),
        );
        self.write("4");
        self.arrow();
        self.write("turned : repeat (");
        self.write(list);
        self.write("; inside : tanh");
        self.write(width);
        self.arrow();
        self.write("4 )");
        self.arrow();
        self.write(joint);
        self.write("( & turned");
        self.write(read);
        let inside = self.one_of(&["", "", ". inside"]);
        self.write(inside);
        self.write(")");
    }

    /// Several outputs, or none.
    pub(super) fn outputs(&mut self) {
        self.write("(");
        let least = if self.is_careful { 2 } else { 0 };
        for index in 0..least + self.below(4 - least) {
            if index > 0 {
                self.write("|");
            }
            self.stages(1);
            if self.is_one_in(2) {
                self.arrow();
                let label = self.one_of(NAMES);
                self.write(label);
                self.write(":");
                self.size();
            }
        }
        self.write(")");
    }

    fn activation(&mut self) {
        let activation = self.below(ACTIVATIONS.len());
        let activation = &ACTIVATIONS[activation];
        self.write(activation.word);
        if !self.is_careful && self.is_one_in(4) {
            self.write("(");
            if let Some(argument) = activation.arguments.first()
                && self.is_one_in(2)
            {
                self.write(argument.name);
                self.write(":");
            }
            self.value();
            self.write(")");
        }
    }

    fn value(&mut self) {
        match self.below(8) {
            0..=3 => self.size(),
            4 | 5 => self.list(3),
            6 => {
                let word = self.one_of(WORDS);
                self.write(word);
            }
            _ => {
                let name = self.one_of(NAMES);
                self.write(name);
            }
        }
    }

    fn layer(&mut self) {
        let layer = self.below(LAYERS.len());
        let layer = &LAYERS[layer];
        if self.is_careful {
            // The input is what there is to refer to.
            let example = layer.example();
            let labels = example.split('&').skip(1).map(|rest| {
                rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")
            });
            let known = labels.fold(example.clone(), |known, label| {
                known.replacen(&format!("&{label}"), "&input", 1)
            });
            return self.write(&known);
        }
        self.write(layer.word);
        if self.is_one_in(8) {
            return self.list(3);
        }
        self.write("(");
        for (index, argument) in layer.arguments.iter().enumerate() {
            if self.is_one_in(3) {
                continue;
            }
            if self.is_one_in(3) {
                self.write(argument.name);
                self.write(":");
            }
            if self.is_one_in(3) {
                self.value();
            } else {
                self.write(&argument.example());
            }
            if index + 1 < layer.arguments.len() {
                self.write(",");
            }
        }
        self.write(")");
    }

    fn list_of_turns(&mut self) {
        let list = self.one_of(&["[1, 2]", "[3]", "[]", "[D]", "LIST", "1..3", "(2, 0)"]);
        self.write(if self.is_careful { "[1, 2]" } else { list });
    }

    fn composition(&mut self, depth: usize) {
        let words: Vec<&str> = COMPOSITIONS.iter().map(|row| row.word).collect();
        let word = self.one_of(&words);
        self.write(word);
        self.write("(");
        match word {
            "residual" => {
                self.stages(depth);
                if self.is_one_in(3) {
                    let project = self.one_of(&["; project:", ";", "; projct:", "; project"]);
                    self.write(project);
                    self.stages(depth);
                }
            }
            "repeat" if self.is_one_in(2) => {
                self.write("D in");
                self.list_of_turns();
                self.write(";");
                self.stages(depth);
                self.arrow();
                let size =
                    self.one_of(&["D", "{ 2 * D }", "conv(4, 3, dilation: D)", "Encoder<D>"]);
                self.write(if self.is_careful { "D" } else { size });
            }
            "repeat" => {
                self.size();
                self.write(";");
                self.stages(depth);
            }
            word => {
                if self.is_one_in(4) && (word == "concat" || !self.is_careful) {
                    let axes = [
                        "axis: 0;",
                        "axis: 1;",
                        "axis: N;",
                        "dim: 1;",
                        "axis: -1;",
                        "1;",
                        "axis: 0,",
                        "axis;",
                    ];
                    let axis = self.one_in_front(2, &axes);
                    self.write(axis);
                }
                let least = if self.is_careful { 2 } else { 0 };
                for index in 0..least + self.below(4 - least) {
                    if index > 0 {
                        self.write("|");
                    }
                    self.stages(depth);
                }
            }
        }
        self.write(")");
    }
}
