//! What the language allows, of which no part has a failing neighbour.

pub mod compositions;
pub mod conditions;
pub mod groups;
pub mod items;
pub mod labels;
pub mod shadowed;
pub mod sizes;
pub mod stages;
pub mod tensors;
