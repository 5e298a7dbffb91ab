//! The values of one tensor, from wherever they are.

use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt::{self, Display, Formatter};

use super::Network;
use crate::parameters::{Tensors, advance, nearest};

/// Sets all values of the tensor of this name, each by its place along the axes that [`tensors`](crate::Tensors::of) give
/// it. Places come row by row, as a file lists them. Every network has a method for it:
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 3 => relu 2 => 1 >; }
///
/// // A matrix that is kept column by column, and a list of all that is left.
/// let columns = [1.0, 4.0, 2.0, 5.0, 3.0, 6.0];
/// let list = [0.5, -0.5];
///
/// let mut net = Net::zeros();
/// net.set("stage1.weight", |[output, input]| columns[input * 2 + output])?;
/// let mut values = list.into_iter();
/// net.set("stage1.bias", |[_]| values.next().expect("as many values as outputs"))?;
/// assert_eq!(net.stage1.weight, SMatrix::<f32, 2, 3>::from_row_slice(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
/// assert_eq!(net.stage1.bias, SVector::from([0.5, -0.5]));
/// # Ok::<(), static_net::network::SetError>(())
/// ```
///
/// # Errors
/// If there is no such tensor, or it has another number of axes. Nothing is set then.
pub fn set<N: Network, const AXES: usize>(
    network: &mut N,
    name: &str,
    mut value: impl FnMut([usize; AXES]) -> N::Scalar,
) -> Result<(), SetError> {
    let tensors = Tensors::of::<N::Scalar, N>();
    let Some(tensor) = tensors.iter().find(|tensor| tensor.name == name) else {
        let names = tensors.iter().map(|tensor| tensor.name.as_str());
        let nearest = nearest(name, names).map(String::from);
        return Err(SetError::Missing { name: name.into(), nearest });
    };
    let Ok(shape) = <[usize; AXES]>::try_from(tensor.shape.as_slice()) else {
        let (name, shape) = (name.into(), tensor.shape.clone());
        return Err(SetError::Axes { name, shape, expected: AXES });
    };
    let values = &mut network.state_mut()[tensor.range.clone()];
    let mut index = [0; AXES];
    for _ in 0..values.len() {
        let place = index.iter().zip(&tensor.strides).map(|(at, stride)| at * stride);
        values[place.sum::<usize>()] = value(index);
        advance(&mut index, &shape);
    }
    Ok(())
}

/// Why a tensor of a network cannot be set.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SetError {
    /// The network has no tensor of this name.
    Missing {
        /// The name.
        name: String,
        /// One that it has, which is nearly the same.
        nearest: Option<String>,
    },
    /// A place in the tensor has another number of axes.
    Axes {
        /// Its name.
        name: String,
        /// Its shape.
        shape: Vec<usize>,
        /// How many axes it was set by.
        expected: usize,
    },
}

impl Display for SetError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            SetError::Missing { name, nearest: Some(nearest) } => {
                write!(f, "the network has no tensor `{name}`, but `{nearest}`")
            }
            SetError::Missing { name, nearest: None } => {
                write!(f, "the network has no tensor `{name}`")
            }
            SetError::Axes { name, shape, expected } => {
                let axes = if *expected == 1 { "axis" } else { "axes" };
                write!(f, "`{name}` {shape:?} is not set by places along {expected} {axes}")
            }
        }
    }
}

impl Error for SetError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::prelude::*;

    network! {
        struct Net< [2, 3, 3] => conv(2, 2, padding: 0) => flatten => head: 1 => slope: prelu >;
    }

    #[test]
    fn places_are_those_of_the_shape() {
        let mut net = Net::zeros();
        let mut seen = Vec::new();
        net.set("stage1.weight", |[output, input, row, column]| {
            seen.push([output, input, row, column]);
            (1000 * output + 100 * input + 10 * row + column) as f32
        })
        .unwrap();
        assert_eq!(seen.len(), 16);
        assert!(seen.is_sorted());

        let tensors = Net::tensors();
        let weight = &tensors[0];
        for [output, input, row, column] in seen {
            let at = [output, input, row, column];
            let place: usize = at.iter().zip(&weight.strides).map(|(at, stride)| at * stride).sum();
            let expected = 1000 * output + 100 * input + 10 * row + column;
            assert_eq!(net.state()[weight.range.clone()][place], expected as f32);
        }
        assert!(net.state()[weight.range.end..].iter().all(|&value| value == 0.0));
    }

    #[test]
    fn what_cannot_be_set_is_told() {
        let mut net = Net::zeros();
        let missing = net.set("head.weights", |[_, _]| 1.0).unwrap_err();
        assert_eq!(
            missing.to_string(),
            "the network has no tensor `head.weights`, but `head.weight`"
        );
        let nearest = None;
        let name = "decoder".to_string();
        assert_eq!(net.set("decoder", |[]| 1.0), Err(SetError::Missing { name, nearest }));
        let axes = net.set("head.weight", |[_]| 1.0).unwrap_err();
        assert_eq!(axes.to_string(), "`head.weight` [1, 8] is not set by places along 1 axis");
        assert!(net.state().iter().all(|&value| value == 0.0));
    }
}
