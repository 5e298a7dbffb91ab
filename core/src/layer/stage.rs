//! The stage that a layer is.

use super::structure::Stage;
use super::written::Written;
use super::{BufferSize, Layer};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::Shape;

impl Stage {
    /// The stage that a layer of type `L` is whose parameters are those of another stage.
    pub const fn sharing<T: Float, L: Layer<T>>(name: &'static str, written: Written) -> Self {
        Stage { parameters: 0, values: 0, ..Self::of::<T, L>(name, written) }
    }

    /// A stage inside a composition, whose type says all that is known of it.
    pub const fn inside<T: Float, L: Layer<T>>() -> Self {
        Self::of::<T, L>("", Written::BLOCK)
    }

    /// The same, of which so many values inside are kept for later stages that refer to them.
    pub const fn giving(self, values: usize) -> Stage {
        Stage { needs: self.needs.with_tape(BufferSize::per_sample(values)), ..self }
    }

    /// The stage that a layer of type `L` is.
    pub const fn of<T: Float, L: Layer<T>>(name: &'static str, written: Written) -> Self {
        Stage {
            name,
            written,
            input: <L::Input as Shape>::DIMS,
            shape: <L::Output as Shape>::DIMS,
            parameters: <L as Parameters<T>>::PARAMETERS,
            values: <L as Parameters<T>>::VALUES,
            needs: L::NEEDS,
            description: L::DESCRIPTION,
        }
    }
}

/// The stage that a field of the network `N` is.
pub const fn field_stage<T: Float, N, L: Layer<T>>(
    _: fn(&N) -> &L,
    name: &'static str,
    written: Written,
) -> Stage {
    Stage::of::<T, L>(name, written)
}

/// The stage that a field of the network `N` is where it is used again: its parameters are those of another stage.
pub const fn shared_field_stage<T: Float, N, L: Layer<T>>(
    _: fn(&N) -> &L,
    name: &'static str,
    written: Written,
) -> Stage {
    Stage::sharing::<T, L>(name, written)
}
