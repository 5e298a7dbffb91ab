//! What a reference names: `&latent`, `&mix.up`, `&low[0].z`, `&low[..].z`.

use std::fmt::{self, Display, Formatter};

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::{Argument, CompositionKind, Operation, Stage, StageKind, Value};
use crate::diagnostic::Place;

/// A label, and the way from its stage to a value inside.
#[derive(Clone)]
pub struct Reference {
    pub label: Ident,
    pub path: Vec<Step>,
}

/// One step to a value inside of a stage.
#[derive(Clone)]
pub enum Step {
    /// `.up`: what the stage with this label gives.
    Label(Ident),
    /// `[0]`: one turn of stages that are repeated.
    Turn(usize),
    /// `[..]`: all turns.
    Turns,
}

impl Reference {
    /// What stands behind its label, as it is written.
    pub fn steps(&self) -> String {
        self.path.iter().map(Step::to_string).collect()
    }

    /// Whether it names the values of all turns, and not one.
    pub fn is_of_all_turns(&self) -> bool {
        self.path.iter().any(|step| matches!(step, Step::Turns))
    }

    /// Whether it names what turns of the stage with this label give: `&low[0]`, `&mix.low[..]`.
    pub fn is_of_turns_of(&self, label: &Ident) -> bool {
        let of = match self.path.as_slice() {
            [Step::Turn(_) | Step::Turns] => &self.label,
            [.., Step::Label(of), Step::Turn(_) | Step::Turns] => of,
            _ => return false,
        };
        of.unraw() == label.unraw()
    }

    /// Whether it names a value of this turn of the stage with this label, or one of whichever turn there is.
    pub fn reads_turn(&self, label: &Ident, turn: Option<usize>) -> bool {
        let labels = std::iter::once(Some(&self.label)).chain(self.path.iter().map(Step::label));
        labels.zip(&self.path).any(|(of, step)| {
            let is_read = match step {
                Step::Turns => true,
                Step::Turn(read) => turn == Some(*read),
                Step::Label(_) => false,
            };
            is_read && of.is_some_and(|of| of.unraw() == label.unraw())
        })
    }
}

impl Stage {
    /// Whether what it takes is said by references, and by those alone; for a faulty stage the caller says.
    pub fn begins_elsewhere(&self, is_faulty_one: bool) -> bool {
        let begins = |stages: &Vec<Stage>| {
            stages.first().is_some_and(|stage| stage.begins_elsewhere(is_faulty_one))
        };
        match &self.kind {
            StageKind::Faulty => is_faulty_one,
            StageKind::Layer { operation: Some(Operation::Composition(composition)), .. } => {
                match &composition.kind {
                    CompositionKind::Joined { branches, .. } => branches.iter().all(begins),
                    CompositionKind::Residual { body, project: Some(project) } => {
                        begins(body) && begins(project)
                    }
                    CompositionKind::Repeat { body, .. } => begins(body),
                    CompositionKind::Turns(turns) => turns.bodies.first().is_some_and(begins),
                    CompositionKind::Residual { project: None, .. } => false,
                }
            }
            _ => self.is_a_reference(),
        }
    }

    /// Whether it is a reference, or a layer that is given what comes in by one.
    pub fn is_a_reference(&self) -> bool {
        match &self.kind {
            StageKind::Reference(_) => true,
            StageKind::Layer { operation: Some(operation), .. } => {
                operation.first_reference().is_some()
            }
            StageKind::Layer { operation: None, .. }
            | StageKind::Assertion(_)
            | StageKind::Faulty => false,
        }
    }
}

impl Operation {
    /// The reference that is its first argument, which says what comes in.
    pub fn first_reference(&self) -> Option<(Place, &Reference)> {
        match self {
            Operation::Type(of) => of.inputs.first().map(|input| (input.place, &input.value)),
            Operation::Layer(call) if call.word.begins_with_a_reference() => {
                match call.arguments.first()? {
                    Some(Argument { place, value: Value::Reference(value), .. }) => {
                        Some((*place, value))
                    }
                    _ => None,
                }
            }
            Operation::Layer(_) | Operation::Dense(_) | Operation::Composition(_) => None,
        }
    }
}

impl From<Ident> for Reference {
    fn from(label: Ident) -> Self {
        Reference { label, path: Vec::new() }
    }
}

impl Step {
    /// The label that it goes to.
    pub fn label(&self) -> Option<&Ident> {
        match self {
            Step::Label(label) => Some(label),
            Step::Turn(_) | Step::Turns => None,
        }
    }
}

/// As it is written behind `&`.
impl Display for Reference {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.label.unraw())?;
        self.path.iter().try_for_each(|step| write!(f, "{step}"))
    }
}

impl Display for Step {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Step::Label(label) => write!(f, ".{}", label.unraw()),
            Step::Turn(turn) => write!(f, "[{turn}]"),
            Step::Turns => write!(f, "[..]"),
        }
    }
}
