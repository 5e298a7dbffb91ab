//! What the example programs share: the data that ships beside them, how it is split into a part to
//! learn from and a part to be tested on, and small pictures for the terminal.

pub mod augment;
pub mod data;
pub mod idx;
pub mod mnist;
pub mod score;
pub mod show;
