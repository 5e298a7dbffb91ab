//! What can stand for a word or an argument in a message.

use static_net_rules::words::{Layer, LayerArgument, Omitted};

/// What has an example of how it is written.
pub trait Example {
    /// How it can be written, if nothing better is known.
    fn example(&self) -> String;
}

impl Example for LayerArgument {
    fn example(&self) -> String {
        match self.omitted {
            Omitted::Required(example) | Omitted::Derived(example) => example.to_owned(),
            Omitted::Size(size) => size.to_string(),
            Omitted::Number(number) => format!("{number:?}"),
            Omitted::Epsilon => "1e-6".to_owned(),
            Omitted::Word(word) => word.to_owned(),
        }
    }
}

impl Example for Layer {
    /// With all that has to be given: `conv(16, 3)`.
    fn example(&self) -> String {
        let required = self.arguments.iter().filter_map(|argument| match argument.omitted {
            Omitted::Required(example) if argument.is_named() => {
                Some(format!("{}: {example}", argument.name))
            }
            Omitted::Required(example) => Some(example.to_owned()),
            _ => None,
        });
        let required: Vec<String> = required.collect();
        match required.as_slice() {
            [] => self.word.to_owned(),
            [list] if list.starts_with('[') => format!("{}{list}", self.word),
            required => format!("{}({})", self.word, required.join(", ")),
        }
    }
}
