//! References: `&label` goes on from an earlier value.

mod named;
mod part;
mod reading;
mod referenced;
mod referring;
mod taking;
mod values;

pub use named::{NamedShape, SeveralInputs, SeveralOutputs};
pub use part::InputPart;
pub use reading::{Reading, ReadingBackward, ReadingLayer};
pub use referenced::Referenced;
pub use referring::Referring;
pub use taking::{Taken, TakenValues, Taking};
pub use values::References;
pub(crate) use values::{GIVEN, add_of, add_to};
