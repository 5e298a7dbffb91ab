//! What is done to the values of a product before they are stored: an activation function.

use core::marker::PhantomData;

use super::elementwise::{Function, update};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector};

/// What is done to each value of a product before it is stored: an activation function.
pub trait Epilogue<T: Float>: Sized + 'static {
    /// Whether values stay as they are, so that a pass over them can be left out.
    const IS_IDENTITY: bool = false;
    /// Applies the function to each lane.
    fn apply<V: Vector<T>>(value: V) -> V;
    /// Applies the function to whole slices, in a function of its own.
    #[doc(hidden)]
    #[inline(always)]
    fn map<I: InstructionSet>(instructions: I, map: Map<'_, T, Self>) {
        instructions.outline(map);
    }
}

/// Leaves values as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Identity;

impl<T: Float> Epilogue<T> for Identity {
    const IS_IDENTITY: bool = true;
    #[inline(always)]
    fn apply<V: Vector<T>>(value: V) -> V {
        value
    }
}

/// `target = epilogue(source)` for each value, or `target = epilogue(target)` where there is no source.
pub struct Map<'a, T, E> {
    source: Option<&'a [T]>,
    target: &'a mut [T],
    epilogue: PhantomData<E>,
}

impl<'a, T, E> Map<'a, T, E> {
    #[inline(always)]
    pub(crate) fn new(source: Option<&'a [T]>, target: &'a mut [T]) -> Self {
        Map { source, target, epilogue: PhantomData }
    }
}

impl<T: Float, E: Epilogue<T>> Kernel for Map<'_, T, E> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let function = Mapped::<E>(PhantomData);
        match self.source {
            Some(source) => update(instructions, &function, [source], self.target),
            None => update(instructions, &function, [], self.target),
        }
    }
}

/// An epilogue as a function of the source, or of the target where there is none.
struct Mapped<E>(PhantomData<E>);

impl<T: Float, E: Epilogue<T>, const N: usize> Function<T, N> for Mapped<E> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, target: V, sources: [V; N]) -> V {
        E::apply(if N > 0 { sources[0] } else { target })
    }
}

/// An epilogue as a value, for kernels that are compiled once for all of them.
#[derive(Clone, Copy)]
pub(crate) struct Applied<T>(fn(Option<&[T]>, &mut [T]));

impl<T: Float> Applied<T> {
    /// None that leaves values as they are.
    #[inline(always)]
    pub fn of<I: InstructionSet, E: Epilogue<T>>(_: I) -> Option<Self> {
        fn apply<T: Float, I: InstructionSet, E: Epilogue<T>>(
            source: Option<&[T]>,
            target: &mut [T],
        ) {
            // SAFETY: `of`, which alone names this function, was given a value of the set.
            let instructions = unsafe { I::assume() };
            E::map(instructions, Map::new(source, target));
        }
        if E::IS_IDENTITY { None } else { Some(Applied(apply::<T, I, E>)) }
    }

    /// `values = epilogue(values)` for each value.
    #[inline(always)]
    pub fn in_place(self, values: &mut [T]) {
        (self.0)(None, values);
    }

    /// `target = epilogue(source)` for each value.
    #[inline(always)]
    pub fn from(self, source: &[T], target: &mut [T]) {
        (self.0)(Some(source), target);
    }
}
