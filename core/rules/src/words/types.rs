//! How the type of a layer is made of its shapes, its arguments and the facts that its rule gives.

/// The type of a layer, in the module `layer` of the library.
#[derive(Clone, Copy, Debug)]
pub enum LayerType {
    /// The type of this name, with these arguments.
    Named(&'static str, &'static [TypeArgument]),
    /// The first of two where the argument of this name is given, else the second.
    WithOrWithout(&'static str, &'static LayerType, &'static LayerType),
    /// Along a sequence in one or both directions, a cell whose kind is the type of this name, with these arguments.
    Recurrent(&'static str, &'static [TypeArgument]),
    /// It is made of a table of tokens.
    OfTokens,
    /// It is a width, as which a declaration has it too.
    OfWidth,
}

/// An argument of a layer's type.
#[derive(Clone, Copy, Debug)]
pub enum TypeArgument {
    /// The type of its values.
    Scalar,
    /// The shape that it takes.
    Input,
    /// The shape that it gives.
    Output,
    /// The size of the shape that it takes along this axis.
    InputSize(usize),
    /// The size of the shape that it gives along this axis.
    OutputSize(usize),
    /// The size along this axis of the value that the argument of this name refers to.
    SizeOf(&'static str, usize),
    /// Its window: kernel, stride, padding, dilation.
    Window,
    /// How much padding there is in front of this axis of its window.
    Padding(usize),
    /// `weight` of its facts, in this place.
    Weight(usize),
    /// `count` of its facts.
    Count,
    /// `count` of its facts, or one, where any size fits.
    CountOrOne,
    /// `count` of its facts, which are as many as the first size of what it takes.
    Channels,
    /// The last size of `output` of its facts.
    Features,
    /// How many of the last axes it goes over: `weight` of its facts, or one, where any size fits.
    LastAxes,
    /// What this is, where the argument of that name is `true`, else 0.
    If(&'static str, &'static TypeArgument),
    /// The bits of the number that the argument of this name is.
    Bits(&'static str),
    /// Whether the argument of this name is `true`.
    Flag(&'static str),
    /// This number.
    Literal(usize),
    /// The number in this place of the list that the argument of this name is.
    Listed(&'static str, usize),
    /// The first of two types, module and name, where the argument of this name is that word, else the second.
    Either(&'static str, &'static str, [(&'static str, &'static str); 2]),
    /// The type in the module of layers that stands beside the word which the argument of this name is.
    Chosen(&'static str, &'static [(&'static str, &'static str)]),
    /// The axis that the argument of this name is, or what stands for the last.
    Axis(&'static str),
    /// The activation in front of it, or nothing.
    Activation,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Gives, LAYERS, Source};

    /// The arguments that an argument of a type is made of.
    fn name(argument: &TypeArgument) -> Option<&'static str> {
        match argument {
            TypeArgument::If(name, _)
            | TypeArgument::Bits(name)
            | TypeArgument::Flag(name)
            | TypeArgument::Axis(name)
            | TypeArgument::Listed(name, _)
            | TypeArgument::Either(name, ..)
            | TypeArgument::SizeOf(name, _)
            | TypeArgument::Chosen(name, _) => Some(name),
            TypeArgument::Scalar
            | TypeArgument::Input
            | TypeArgument::Output
            | TypeArgument::InputSize(_)
            | TypeArgument::OutputSize(_)
            | TypeArgument::Window
            | TypeArgument::Padding(_)
            | TypeArgument::Weight(_)
            | TypeArgument::Count
            | TypeArgument::CountOrOne
            | TypeArgument::Channels
            | TypeArgument::Features
            | TypeArgument::LastAxes
            | TypeArgument::Literal(_)
            | TypeArgument::Activation => None,
        }
    }

    fn arguments(made: LayerType) -> &'static [TypeArgument] {
        match made {
            LayerType::Named(_, arguments) | LayerType::Recurrent(_, arguments) => arguments,
            LayerType::OfTokens | LayerType::OfWidth | LayerType::WithOrWithout(..) => &[],
        }
    }

    #[test]
    fn rows_name_arguments_that_they_have() {
        for layer in LAYERS {
            let (chosen_by, made) = match layer.made {
                LayerType::WithOrWithout(name, with, without) => (Some(name), [*with, *without]),
                made => (None, [made, made]),
            };
            let of_type = made.into_iter().flat_map(arguments);
            let of_sizes = match layer.gives {
                Gives::Listed(name)
                | Gives::Permuted(name)
                | Gives::Along(name)
                | Gives::SameByChannel(name)
                | Gives::Channels(Source::Argument(name)) => Some(name),
                _ => None,
            };
            for name in of_type.filter_map(name).chain(of_sizes).chain(chosen_by) {
                assert!(layer.argument(name).is_some(), "`{}` has no `{name}`", layer.word);
            }
        }
    }
}
