//! Amplifiers as Neural Amp Modeler has learned them (<https://www.neuralampmodeler.com>): what comes out of a guitar amplifier
//! for what goes in, as a network that goes on for ever.
//!
//! A `.nam` file says what shape its network has, and has all its values in one list. Here each shape is a declaration,
//! see [`networks`], so that a file is one of those that are [`KNOWN`] or is refused.

mod amp;
mod architecture;
mod file;
pub mod networks;
#[cfg(test)]
mod tests;

pub use amp::{Amp, KNOWN, Known};
pub use architecture::{Architecture, Group};
pub use file::Model;
