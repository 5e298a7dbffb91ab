//! Networks in files: what is written, what is read, what is refused, and what survives a kill.

mod atomic;
mod corruption;
mod errors;
mod round_trip;
mod torch;
