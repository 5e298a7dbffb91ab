//! Types and modules of the user's that are named as the standard library's.
#![deny(warnings)]
#![allow(dead_code)]

mod core {}
mod std {}
mod alloc {}
mod nalgebra {}

struct Option;
struct Vec;
struct Box;
struct String;
struct Some;
struct Sized;
struct Result;
struct Debug;
struct Network;
struct Layer;
struct Batch;
trait Default {}
static_net::network! {
    #[derive(Clone)]
    pub struct Net< const H: usize; 3 => relu H => code: Encoder => [2] => softmax >;
    #[derive(Clone)]
    struct Encoder< 4 => 2 >;
}

#[test]
fn builds_and_runs() {
    let net = Net::<4>::zeros();
    assert!(net.forward(&[1.0; 3]).as_slice() == [0.5; 2]);
    let activations = net.activations(&[1.0; 3]);
    let mut gradient = Net::<4>::zeros();
    let d_input = net.backward_to_input(&activations, &[1.0, 0.0], &mut gradient);
    assert!(d_input.as_slice() == [0.0; 3]);
}
