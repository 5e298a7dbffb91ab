//! References: `&label` goes on from an earlier value.

mod part;
mod reading;
mod referenced;
mod referring;
mod values;

pub use part::InputPart;
pub use reading::{Reading, ReadingBackward, ReadingLayer};
pub use referenced::Referenced;
pub use referring::Referring;
pub use values::References;
pub(crate) use values::{add_of, add_to};
