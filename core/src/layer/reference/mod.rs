//! References: `&label` goes on from an earlier value.

mod part;
mod referenced;
mod referring;
mod values;

pub use part::InputPart;
pub use referenced::Referenced;
pub use referring::Referring;
pub use values::References;
pub(crate) use values::{add_of, add_to};
