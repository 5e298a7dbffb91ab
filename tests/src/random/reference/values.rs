//! Values of a graph by name, and their gradients.

use std::collections::BTreeMap;

use static_net::nalgebra::DMatrix;

use super::super::declaration::plan::known::Known;
use super::super::declaration::plan::{Held, Plan, Step};

/// What a step reads besides what comes in.
#[derive(Clone, Debug)]
pub(super) struct Reads([Option<DMatrix<f64>>; 2]);

impl Reads {
    /// The other value of two, or the memory of attention.
    pub(super) fn other(&self) -> &DMatrix<f64> {
        self.0[0].as_ref().expect("it reads a value")
    }

    pub(super) fn memory(&self) -> Option<&DMatrix<f64>> {
        self.0[0].as_ref()
    }

    pub(super) fn mask(&self) -> Option<&DMatrix<f64>> {
        self.0[1].as_ref()
    }
}

/// Matrices one above the other.
pub(super) fn stacked(parts: impl Iterator<Item = DMatrix<f64>>) -> DMatrix<f64> {
    let parts: Vec<_> = parts.collect();
    let rows = parts.iter().map(DMatrix::nrows).sum();
    let mut all = DMatrix::zeros(rows, parts[0].ncols());
    let mut row = 0;
    for part in &parts {
        all.rows_mut(row, part.nrows()).copy_from(part);
        row += part.nrows();
    }
    all
}

impl Known<DMatrix<f64>> {
    /// The inputs of a network.
    pub(super) fn of(plan: &Plan, input: &DMatrix<f64>) -> Self {
        let mut known = Known::default();
        known.add("input", input.clone());
        for part in &plan.parts {
            let value = input.rows(part.rows.start, part.rows.len()).into_owned();
            known.add(&part.label, value.clone());
            if let Held::Tokens(_, Some(padding)) = part.holds {
                let mask = value.map(|token| f64::from(u8::from(token != padding as f64)));
                known.add(&format!("{}?mask", part.label), mask);
            }
        }
        known
    }

    pub(super) fn reads(&self, step: &Step) -> Reads {
        Reads(step.reads.each_ref().map(|key| key.as_ref().map(|key| self.value(key))))
    }
}

/// The gradients of values that have been read, so far.
#[derive(Debug, Default)]
pub(super) struct Gradients(BTreeMap<String, DMatrix<f64>>);

impl Gradients {
    pub(super) fn add(&mut self, key: &str, gradient: DMatrix<f64>) {
        match self.0.get_mut(key) {
            Some(sum) => *sum += gradient,
            None => {
                self.0.insert(key.to_owned(), gradient);
            }
        }
    }

    pub(super) fn take(&mut self, key: &str) -> Option<DMatrix<f64>> {
        self.0.remove(key)
    }

    /// Calls the values of a turn as in it.
    pub(super) fn begin_turn(&mut self, turn: usize, keys: &[String]) {
        for key in keys {
            if let Some(gradient) = self.take(&format!("{key}@{turn}")) {
                self.add(key, gradient);
            }
        }
    }

    /// Adds what has been read of the inputs of a network.
    pub(super) fn add_to_input(&mut self, plan: &Plan, d_input: &mut DMatrix<f64>) {
        if d_input.nrows() == 0 {
            return;
        }
        if let Some(gradient) = self.take("input") {
            *d_input += gradient;
        }
        for part in &plan.parts {
            if let Some(gradient) = self.take(&part.label)
                && !matches!(part.holds, Held::Tokens(..))
            {
                let mut rows = d_input.rows_mut(part.rows.start, part.rows.len());
                rows += gradient;
            }
        }
    }
}
