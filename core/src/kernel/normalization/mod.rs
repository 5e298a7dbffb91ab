//! The numeric work of normalisations: means and deviations, and what is done with them.
//!
//! Values that share a mean lie in one of three ways: as a whole row with a weight for each value
//! ([`rows`]), as runs of a channel with one weight for all ([`run`]), or one value of a channel in each
//! sample ([`column`]).

pub(crate) mod batch;
mod column;
pub(crate) mod groups;
mod moments;
mod row;
pub(crate) mod rows;
mod runs;
pub(crate) mod unit;
