//! Networks in files: what is written, what is read, what is refused, and what survives a kill.

mod atomic;
mod checkpoint;
mod corruption;
mod edits;
mod errors;
mod others;
mod round_trip;
mod torch;
