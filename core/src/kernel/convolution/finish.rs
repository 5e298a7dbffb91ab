//! What is done to the values of a convolution when they are where they belong.

use core::ops::Range;

use crate::kernel::Applied;
use crate::scalar::Float;

/// An epilogue, and where the values before it are kept.
pub(super) struct Finish<'a, T> {
    pub(super) epilogue: Option<Applied<T>>,
    /// As long as all values.
    pub(super) pre: Option<&'a mut [T]>,
}

impl<T: Float> Finish<'_, T> {
    /// Finishes the values that lie at `range` of all.
    #[inline(always)]
    pub(super) fn run(&mut self, range: Range<usize>, values: &mut [T]) {
        if let Some(pre) = &mut self.pre {
            pre[range].copy_from_slice(values);
        }
        if let Some(epilogue) = self.epilogue {
            epilogue.in_place(values);
        }
    }
}
