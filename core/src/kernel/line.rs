//! Along which axis of a sample a function goes.

/// Stands for the last axis of a sample, however many there are. No sample has so many.
pub const LAST_AXIS: usize = 255;

/// The values of a sample along one of its axes: so many, so far apart.
///
/// ```
/// use static_net::activation::{LAST_AXIS, Line};
///
/// // A sample of 3 channels of 4 x 5 pixels: the channels of a pixel are 20 values apart.
/// assert_eq!(Line::along(0, &[3, 4, 5]), Line { len: 3, stride: 20 });
/// assert_eq!(Line::along(LAST_AXIS, &[3, 4, 5]), Line { len: 5, stride: 1 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// How many values there are along the axis.
    pub len: usize,
    /// How far each is from the one in front of it.
    pub stride: usize,
}

impl Line {
    /// All values of a sample.
    pub const fn whole(len: usize) -> Line {
        Line { len, stride: 1 }
    }

    /// The values along an axis of a sample with these sizes; [`LAST_AXIS`] is the last.
    ///
    /// # Panics
    /// If there is no such axis.
    pub const fn along(axis: usize, dims: &[usize]) -> Line {
        let last = dims.len() - 1;
        let axis = if axis == LAST_AXIS { last } else { axis };
        assert!(axis < dims.len(), "a function goes along an axis that the sample does not have");
        let mut stride = 1;
        let mut inner = last;
        while inner > axis {
            stride *= dims[inner];
            inner -= 1;
        }
        Line { len: dims[axis], stride }
    }

    /// How many values lie together that the axis goes through.
    pub(crate) const fn block(self) -> usize {
        self.len * self.stride
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_counted_from_the_front() {
        assert_eq!(Line::along(1, &[3, 4, 5]), Line { len: 4, stride: 5 });
        assert_eq!(Line::along(2, &[3, 4, 5]), Line::along(LAST_AXIS, &[3, 4, 5]));
        assert_eq!(Line::along(0, &[7]), Line::whole(7));
    }

    #[test]
    #[should_panic(expected = "an axis that the sample does not have")]
    fn an_axis_too_many_is_refused() {
        Line::along(2, &[3, 4]);
    }
}
