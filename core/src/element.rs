//! What samples are made of: numbers that networks compute with, and the ids of tokens.

use core::any::TypeId;

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
    impl Sealed for u32 {}
}

/// One value of a sample: `f32` or `f64`, or the id of a token, `u32`.
///
/// # Safety
/// Any bytes are a value, and those of zero are the value zero. The trait is sealed.
pub unsafe trait Element:
    sealed::Sealed + nalgebra::Scalar + Copy + Default + Send + Sync + 'static
{
}

// SAFETY: numbers of four or eight bytes, every bit pattern of which is one.
unsafe impl Element for f32 {}
// SAFETY: as above.
unsafe impl Element for f64 {}
// SAFETY: as above.
unsafe impl Element for u32 {}

/// Takes room for that many elements out of working memory; gives them and the rest.
///
/// An element that is larger or more strictly aligned than what the memory is made of does not compile.
///
/// # Panics
/// If there is too little.
pub(crate) fn carve<T: Element, E: Element>(
    memory: &mut [T],
    count: usize,
) -> (&mut [E], &mut [T]) {
    const { assert!(size_of::<E>() <= size_of::<T>() && align_of::<E>() <= align_of::<T>()) };
    let (front, rest) = memory.split_at_mut(count);
    // SAFETY: `count` elements of the larger type have room for as many of the smaller, which is aligned no
    // more strictly; every bit pattern is a value of either (`Element` promises it); the borrow is handed on.
    let elements = unsafe { core::slice::from_raw_parts_mut(front.as_mut_ptr().cast(), count) };
    (elements, rest)
}

/// Elements as elements of the same type, under another name.
///
/// # Panics
/// If it is another type.
#[inline(always)]
pub(crate) fn same<A: Element, B: Element>(elements: &[A]) -> &[B] {
    assert!(TypeId::of::<A>() == TypeId::of::<B>(), "a stage takes what the one before gives");
    // SAFETY: it is the same type.
    unsafe { core::slice::from_raw_parts(elements.as_ptr().cast(), elements.len()) }
}

/// Elements as elements of another type, if it is the same.
#[inline(always)]
pub(crate) fn as_type<A: Element, B: Element>(elements: &[A]) -> Option<&[B]> {
    (TypeId::of::<A>() == TypeId::of::<B>()).then(|| same(elements))
}

/// As [`same`], to be changed.
///
/// # Panics
/// If it is another type.
#[inline(always)]
pub(crate) fn same_mut<A: Element, B: Element>(elements: &mut [A]) -> &mut [B] {
    assert!(TypeId::of::<A>() == TypeId::of::<B>(), "a stage gives what the one behind it takes");
    // SAFETY: it is the same type; the exclusive borrow is handed on.
    unsafe { core::slice::from_raw_parts_mut(elements.as_mut_ptr().cast(), elements.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lie_in_memory_of_numbers() {
        let mut memory = [1.0f64; 6];
        let (ids, rest) = carve::<f64, u32>(&mut memory, 4);
        ids.copy_from_slice(&[1, 2, 3, u32::MAX]);
        assert_eq!(ids, [1, 2, 3, u32::MAX]);
        assert_eq!(rest, [1.0; 2]);
    }

    #[test]
    #[should_panic]
    fn more_than_there_is_cannot_be_taken() {
        carve::<f32, u32>(&mut [0.0; 3], 4);
    }

    #[test]
    fn elements_of_the_same_type_are_the_same() {
        assert_eq!(same::<u32, u32>(&[1, 2, 3]), [1, 2, 3]);
    }

    #[test]
    #[should_panic(expected = "a stage takes what the one before gives")]
    fn elements_of_another_type_are_refused() {
        same::<u32, f32>(&[1]);
    }
}
