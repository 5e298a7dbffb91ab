//! What can be reached by name inside of a stage: `&mix.up`, `&low[..].z`.

use proc_macro2::Ident;
use static_net_rules::words::Axes;
use syn::ext::IdentExt;

use super::Shape;
use crate::ast::Step;

/// What is inside of a stage.
#[derive(Clone, Default)]
pub(super) enum Within {
    /// Nothing that has a name.
    #[default]
    Nothing,
    /// A network or layer of this type.
    Type(String),
    /// Stages with a label.
    Stages(Vec<Named>),
    /// The turns of a list.
    Turns(Vec<Turn>),
    /// So many turns of the same stages, where that is a number.
    Repeated(Option<usize>, Box<Turn>),
}

/// What is inside of one turn.
#[derive(Clone)]
pub(super) struct Turn {
    /// What it gives, where that can be told apart.
    pub(super) output: Option<Named>,
    pub(super) stages: Vec<Named>,
}

/// A stage that has a name.
#[derive(Clone)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) site: Site,
    /// The stages that it stands in, up to the one that is looked into.
    pub(super) through: Vec<Site>,
    pub(super) shape: Shape,
    pub(super) axes: Axes,
    pub(super) within: Within,
}

/// A stage of a block.
#[derive(Clone, PartialEq)]
pub(super) struct Site {
    /// Which block.
    pub(super) block: usize,
    pub(super) field: Ident,
}

/// The block whose stages are being gone through.
const AT_HAND: usize = usize::MAX;

impl Site {
    /// A stage of the block at hand.
    pub(super) fn at_hand(field: &Ident) -> Self {
        Site { block: AT_HAND, field: field.clone() }
    }
}

impl Named {
    /// The same, seen from outside of the stages at hand, which have become this block or none.
    pub(super) fn outside(mut self, block: Option<usize>) -> Self {
        match block {
            Some(block) => {
                let sites = self.through.iter_mut().chain([&mut self.site]);
                sites.filter(|site| site.block == AT_HAND).for_each(|site| site.block = block);
            }
            None => self.through.retain(|site| site.block != AT_HAND),
        }
        self
    }

    /// The same, seen from outside of a stage that it is in.
    pub(super) fn inside(mut self, site: Site) -> Self {
        self.through.insert(0, site);
        self
    }
}

/// Where a value comes from that a stage inside gives.
#[derive(Clone)]
pub(super) struct Source {
    /// The stage of the chain that is looked into.
    pub(super) stage: Ident,
    pub(super) site: Site,
    pub(super) through: Vec<Site>,
    /// In which of how many turns of the same stages.
    pub(super) turn: usize,
    pub(super) turns: usize,
}

impl Source {
    pub(super) fn of(stage: &Ident, named: &Named) -> Self {
        let (site, through) = (named.site.clone(), named.through.clone());
        Source { stage: stage.clone(), site, through, turn: 0, turns: 1 }
    }
}

/// A value on the way to the one that is meant.
#[derive(Clone)]
pub(super) struct Found {
    /// How a reference to it is written.
    pub(super) text: String,
    /// The stage of the chain that is looked into.
    pub(super) stage: Ident,
    /// Nothing where that is what the stage itself gives.
    pub(super) source: Option<Source>,
    /// The stages that all inside of it stand in.
    pub(super) around: Vec<Site>,
    /// In which of how many turns of the same stages.
    pub(super) turn: [usize; 2],
    pub(super) shape: Shape,
    pub(super) axes: Axes,
    pub(super) within: Within,
}

/// Why a step leads nowhere.
pub(super) enum Lost {
    /// No stage has the label; these are there.
    Unknown(Vec<String>),
    /// More than one stage has it.
    Twice,
    /// Which of so many turns?
    WhichTurn(Option<usize>),
    /// There are only so many turns.
    PastEnd(usize),
    /// Nothing is repeated.
    NoTurns,
    /// How many turns there are is not known.
    Uncounted,
    /// What a turn gives has no name.
    Unlabelled,
    /// It is inside of a type.
    Type(String),
}

impl Found {
    /// Takes a step into it.
    pub(super) fn step(&self, step: &Step) -> Result<Vec<Found>, Lost> {
        match step {
            Step::Label(label) => {
                self.labelled(&label.unraw().to_string()).map(|found| vec![found])
            }
            Step::Turn(turn) => {
                let turns = self.count()?;
                if *turn >= turns { Err(Lost::PastEnd(turns)) } else { Ok(vec![self.turn(*turn)]) }
            }
            Step::Turns => Ok((0..self.count()?).map(|turn| self.turn(turn)).collect()),
        }
    }

    /// Whether there is a stage of this name inside.
    pub(super) fn has(&self, name: &str) -> bool {
        matches!(&self.within, Within::Stages(stages) if stages.iter().any(|stage| stage.name == name))
    }

    /// The stage of this name inside.
    pub(super) fn labelled(&self, label: &str) -> Result<Found, Lost> {
        let stages = match &self.within {
            Within::Stages(stages) => stages.as_slice(),
            Within::Nothing => &[],
            Within::Type(path) => return Err(Lost::Type(path.clone())),
            Within::Turns(turns) => return Err(Lost::WhichTurn(Some(turns.len()))),
            Within::Repeated(turns, _) => return Err(Lost::WhichTurn(*turns)),
        };
        let mut all = stages.iter().filter(|stage| stage.name == label);
        match (all.next(), all.next()) {
            (Some(named), None) => Ok(self.at(named, format!("{}.{label}", self.text))),
            (Some(_), Some(_)) => Err(Lost::Twice),
            _ => Err(Lost::Unknown(stages.iter().map(|stage| stage.name.clone()).collect())),
        }
    }

    fn at(&self, named: &Named, text: String) -> Found {
        let [turn, turns] = self.turn;
        let through: Vec<Site> = self.around.iter().chain(&named.through).cloned().collect();
        let around = through.iter().chain([&named.site]).cloned().collect();
        let (stage, site) = (self.stage.clone(), named.site.clone());
        Found {
            text,
            stage: stage.clone(),
            source: Some(Source { stage, site, through, turn, turns }),
            around,
            turn: self.turn,
            shape: named.shape.clone(),
            axes: named.axes,
            within: named.within.clone(),
        }
    }

    fn count(&self) -> Result<usize, Lost> {
        match &self.within {
            Within::Turns(turns) => Ok(turns.len()),
            Within::Repeated(turns, _) => turns.ok_or(Lost::Uncounted),
            Within::Type(path) => Err(Lost::Type(path.clone())),
            Within::Nothing | Within::Stages(_) => Err(Lost::NoTurns),
        }
    }

    /// One turn, which there is.
    fn turn(&self, index: usize) -> Found {
        let text = format!("{}[{index}]", self.text);
        let mut turn_of = self.turn;
        let turn = match &self.within {
            Within::Turns(turns) => &turns[index],
            Within::Repeated(Some(of), turn) => {
                turn_of = [self.turn[0] * of + index, self.turn[1] * of];
                turn
            }
            _ => return self.clone(),
        };
        let here = Found { turn: turn_of, ..self.clone() };
        let found = match &turn.output {
            Some(output) => here.at(output, text),
            None => Found { text, source: None, ..here },
        };
        // What is inside of it knows what it is in.
        Found { around: self.around.clone(), within: Within::Stages(turn.stages.clone()), ..found }
    }
}
