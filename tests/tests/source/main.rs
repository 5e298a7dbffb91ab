//! The source itself: its public items, and who uses whom.

mod api;
mod bare;
mod crates;
mod difference;
mod hidden;
mod order;
