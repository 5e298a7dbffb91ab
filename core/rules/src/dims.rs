//! Shapes as values.

/// A shape as a value: one to three sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dims {
    rank: usize,
    sizes: [usize; 3],
}

impl Dims {
    /// The shape with these sizes, of which there are one to three.
    ///
    /// # Panics
    /// If there are none or more.
    #[track_caller]
    pub const fn new(sizes: &[usize]) -> Self {
        assert!(!sizes.is_empty() && sizes.len() <= 3, "a shape has one to three sizes");
        let mut dims = Dims { rank: sizes.len(), sizes: [1; 3] };
        let mut axis = 0;
        while axis < sizes.len() {
            dims.sizes[axis] = sizes[axis];
            axis += 1;
        }
        dims
    }

    /// The same shape with another size along one axis.
    pub const fn with(mut self, axis: usize, size: usize) -> Self {
        self.sizes[axis] = size;
        self
    }

    /// How many sizes there are.
    pub const fn rank(&self) -> usize {
        self.rank
    }

    /// The size along an axis; 1 behind the last.
    pub const fn size(&self, axis: usize) -> usize {
        if axis < self.rank { self.sizes[axis] } else { 1 }
    }

    /// The sizes.
    pub const fn sizes(&self) -> &[usize] {
        self.sizes.split_at(self.rank).0
    }

    /// How many values a sample holds.
    ///
    /// # Panics
    /// If there are more than a number can tell.
    #[track_caller]
    pub const fn len(&self) -> usize {
        let values = self.values();
        assert!(
            values <= usize::MAX as u128,
            "a sample of such a shape holds more values than any memory"
        );
        values as usize
    }

    /// How many values a sample holds, however many they are.
    pub const fn values(&self) -> u128 {
        (self.size(0) as u128 * self.size(1) as u128).saturating_mul(self.size(2) as u128)
    }

    /// Whether a size is zero, so that there is no value.
    pub const fn is_empty(&self) -> bool {
        self.size(0) == 0 || self.size(1) == 0 || self.size(2) == 0
    }
}

/// What brings `[height, width, channels]` into the order that images have here.
pub(crate) const CHANNELS_FIRST: &str = "permute[2, 0, 1]";

/// Whether a size is zero, which is reported where it stands.
pub(crate) const fn holds_zero(sizes: &[usize]) -> bool {
    let mut index = 0;
    while index < sizes.len() {
        if sizes[index] == 0 {
            return true;
        }
        index += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_given() {
        let image = Dims::new(&[1, 2, 3]);
        assert_eq!((image.len(), image.rank(), image.sizes()), (6, 3, [1, 2, 3].as_slice()));
        assert_eq!(Dims::new(&[4]).size(2), 1);
        assert_eq!(Dims::new(&[usize::MAX, usize::MAX, usize::MAX]).values(), u128::MAX);
        assert!(Dims::new(&[4, 0]).is_empty());
        assert_eq!(image.with(1, 7).sizes(), [1, 7, 3]);
    }

    #[test]
    #[should_panic(expected = "a shape has one to three sizes")]
    fn a_shape_has_sizes() {
        Dims::new(&[]);
    }
}
