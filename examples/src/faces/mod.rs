//! Finds faces: a cascade of three networks (Zhang, Zhang, Li and Qiao 2016, <https://arxiv.org/abs/1604.02878>), with the weights
//! and the order of work of facenet-pytorch.

mod boxes;
mod cascade;
mod networks;
#[cfg(test)]
mod tests;

pub use boxes::Area;
pub use cascade::{Cascade, Face};
pub use networks::{ONet, ONetOutput, PNet, PNetOutput, RNet, RNetOutput};
