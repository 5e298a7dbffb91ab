//! What the example programs share: the data that ships beside them, how it is split into a part to
//! learn from and a part to be tested on, small pictures for the terminal and larger ones as PNG.

pub mod audio;
pub mod augment;
pub mod bert;
pub mod data;
pub mod faces;
pub mod factorization;
pub mod idx;
pub mod mnist;
pub mod nam;
pub mod numerals;
pub mod photo;
pub mod picture;
pub mod random;
pub mod ratings;
pub mod reader;
pub mod retrieval;
pub mod saved;
pub mod score;
pub mod show;
pub mod speech;
pub mod text;
pub mod texture;
pub mod voice;
pub mod wav;
