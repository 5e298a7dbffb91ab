//! Stages that are repeated once for each size of a list: a chain of turns, whose types differ.

use std::mem::take;

use proc_macro2::{Span, TokenStream};
use quote::format_ident;

use super::infer::Inference;
use super::inner::text;
use super::level::{Level, Naming};
use super::within::{Named, Site, Turn, Within};
use super::{Inside, Shape, TypedStage, Written};
use crate::ast::{Dim, Stage, Turns, mentions};
use crate::words::LayerKind;

impl<'a> Inference<'a> {
    /// Works out the shape behind all turns; gives the type of the layer that they are.
    pub(super) fn turns(&mut self, turns: &'a Turns, name: &str, input: &Shape) -> TokenStream {
        let around = self.turn.clone();
        let (from, route) = (self.from.clone(), self.route.clone());
        let outer = self.enter(name);
        let mut inside = Vec::new();
        self.shape = input.clone();
        for (index, (size, body)) in turns.sizes.iter().zip(&turns.bodies).enumerate() {
            let (faults_before, mended_before) = (self.faults.len(), self.mended.len());
            let takes = self.shape.clone();
            self.turn = if around.is_empty() { "_TURN".to_owned() } else { format!("{around}_") };
            self.turn += &index.to_string();
            self.turn_sizes.push((turns.name.to_string(), size.text()));
            self.route = route.clone();
            inside.push(self.push_turn(turns, body, &format!("{name}Turn{index}"), size));
            let is = format!("`{}` is {}", turns.name, size.text());
            if self.faults.len() > faults_before {
                // The others would tell it again.
                self.faults.found_where(faults_before, &is);
                self.keep_name(&turns.name.to_string(), mended_before);
                if !self.shape.is_as(&takes) {
                    self.shape = Shape::Dims(vec![Dim::Faulty]);
                }
                self.turn_sizes.pop();
                break;
            }
            self.turn_sizes.pop();
            self.from = format!("the turn in which {is}");
        }
        (self.from, self.turn) = (from, around);
        let (stages, scope) = self.leave(outer);
        let text = turns.bodies.first().map_or(String::new(), |body| text(body));
        let layer = self.block(name, text, input, stages, &scope);
        let block = self.program.blocks.len() - 1;
        for turn in &mut inside {
            turn.stages = take(&mut turn.stages)
                .into_iter()
                .map(|named| named.outside(Some(block)))
                .collect();
            turn.output = turn.output.take().map(|named| named.outside(Some(block)));
        }
        self.within = Within::Turns(inside);
        layer
    }

    /// What would mend one turn by writing a number for the name of the size would change the others.
    fn keep_name(&mut self, name: &str, mended_before: usize) {
        for (part, mended) in self.mended.split_off(mended_before) {
            let is_kept = mended.as_deref().is_some_and(|mended| mentions(mended, name));
            match self.decision(part).filter(|_| !is_kept) {
                Some(decision) => self.faults.leave_to_a_person(part, &decision),
                None => self.mended.push((part, mended)),
            }
        }
    }

    /// What a person has to decide where a part does not fit that is of the size of its turn.
    pub(super) fn decision(&self, part: usize) -> Option<String> {
        let written = &self.declaration.parts[part].written;
        let of = self.turn_sizes.iter().rev().find(|(name, _)| mentions(written, name));
        of.map(|(name, size)| {
            format!("change the stage, or let `{name}` be another size than {size}")
        })
    }

    /// Goes through the stages of one turn, which is a stage of its own.
    fn push_turn(&mut self, turns: &Turns, body: &'a [Stage], name: &str, size: &Dim) -> Turn {
        let index = self.program.stages.len();
        let (takes, blocks_before) = (self.shape.clone(), self.program.blocks.len());
        self.levels.push(Level::default());
        let inner = self.inner(body, name, &takes, "`repeat`");
        self.levels.pop();
        self.axes = inner.axes;
        let (name, size) = (turns.name.to_string(), size.text());
        let written = match inner.inside {
            Inside::Stage(mut written) => {
                written.replace(&name, &size);
                written
            }
            Inside::Block(from) => Written {
                kind: LayerKind::Other,
                activation: String::new(),
                operation: format!("{name} = {size}"),
                from,
                reads: Vec::new(),
                inside: Vec::new(),
            },
        };
        for block in &mut self.program.blocks[blocks_before..] {
            block.stages.iter_mut().for_each(|stage| stage.written.replace(&name, &size));
        }
        let (refers, along) = (take(&mut self.scope().refers), take(&mut self.along));
        let field = format_ident!("turn{index}", span = Span::call_site());
        let site = Site::at_hand(&field);
        let turn = Turn {
            output: Some(Named {
                name: String::new(),
                site: site.clone(),
                through: Vec::new(),
                shape: inner.output.clone(),
                axes: inner.axes,
                within: Within::Nothing,
            }),
            stages: inner.named.into_iter().map(|named| named.inside(site.clone())).collect(),
        };
        self.program.stages.push(TypedStage {
            field,
            number: Some(index),
            tensors: None,
            naming: Naming::Part,
            is_labelled: false,
            is_hidden: false,
            text: text(body),
            written,
            layer: inner.layer,
            shares: None,
            place: inner.place,
            output: inner.output,
            goes_on_from: None,
            refers,
            unstreamed: None,
            along,
            keeps_time: inner.keeps_time,
        });
        turn
    }
}
