//! Parameters as the values that they are.

use super::{Layout, Parameters};
use crate::scalar::Float;

/// All values, one after the other.
pub(crate) fn values<T: Float, P: Parameters<T>>(parameters: &P) -> &[T] {
    let () = Layout::<T, P>::CHECKED;
    let len = size_of::<P>() / size_of::<T>();
    if len == 0 {
        // What has no values need not be aligned as they are.
        return &[];
    }
    // SAFETY: `Parameters` promises that `P` is values of type `T` and nothing else.
    unsafe { core::slice::from_raw_parts((&raw const *parameters).cast(), len) }
}

/// All values, to be changed.
pub(crate) fn values_mut<T: Float, P: Parameters<T>>(parameters: &mut P) -> &mut [T] {
    let () = Layout::<T, P>::CHECKED;
    let len = size_of::<P>() / size_of::<T>();
    if len == 0 {
        return &mut [];
    }
    // SAFETY: as in `values`, and any values make valid parameters; the exclusive borrow is handed on.
    unsafe { core::slice::from_raw_parts_mut((&raw mut *parameters).cast(), len) }
}
