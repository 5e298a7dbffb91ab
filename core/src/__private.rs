//! What the code names that `network!` and `#[derive(Parameters)]` write, and nobody else should: it changes without
//! notice. Everything else in this crate is either for users or out of their reach.
//!
//! The macros of this crate stand at its root too, where `#[macro_export]` puts them.

pub extern crate alloc;

pub use static_net_rules::Dims;

pub use crate::aligned::zeros;
pub use crate::batch::{KeptBatch, is_large};
pub use crate::layer::chain::Chain;
pub use crate::layer::stage::{field_stage, shared_field_stage};
pub use crate::layer::streaming::block::{OneStep, StepCount, StepState};
pub use crate::layer::streaming::stage::{StreamStage, referring_stream_memory, stream_memory};
pub use crate::layer::streaming::time::{LastsAs, OutputsAlong, SameTime};
pub use crate::network::activations::{
    Parts, PartsMut, PassMemory, Reader, Writer, held, resize, write_zeros,
};
pub use crate::network::backward::backward_of;
pub use crate::network::forward::copy_input;
pub use crate::network::several::{
    check_batches, check_part, give_output, output_gradient, put_output, put_tokens, take_output,
    zeros_of_input,
};
pub use crate::parameters::{
    Layout, describe_field, describe_label, describe_place, field_sizes, total_sizes,
};
#[cfg(feature = "safetensors")]
pub use crate::path_methods;
pub use crate::shape::computed::Computed;
pub use crate::stream::input::{put_step, put_step_of_tokens};
pub use crate::stream::output::take_step;
pub use crate::{
    activations_methods, backward_methods, branches, check_tokens_method, debug_as,
    diagram_methods, file_methods, forward_methods, loss_of_outputs, named_parts,
    network_interface, outputs_struct, put_part, put_parts, put_step_of, samples_of_parts,
    sequence_methods, step_of_inputs, step_of_outputs, stream_method,
};

/// Checks that only rustc can make.
pub mod check {
    pub use crate::check::*;
}

/// What is asked of the stages of a stream.
pub mod stream {
    pub use crate::layer::streaming::asked::*;
}

/// What layers side by side are made of.
pub mod branches {
    pub use crate::layer::composition::written::*;
}

/// The steps of the passes.
pub mod stage {
    pub use crate::stage::*;
}

/// What the benches of this package measure beside layers and networks.
pub mod measured {
    pub use crate::kernel::convolution::{Geometry, Method, Sliding, convolve_by};
}
