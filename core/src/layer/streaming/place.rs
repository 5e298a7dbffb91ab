//! Where what layers keep lies in the state of a network, and what it is called.

use core::any::TypeId;
use core::fmt;
use core::ops::Range;

/// Shows what all stages of a network keep.
pub(crate) type Describe = for<'a> fn(&'a mut (dyn FnMut(StatePart<'_>) + 'a));

/// Where what a layer keeps lies in the state: the layer of that type, so many bytes behind the beginning of its network.
/// Or how many there are, if not one: layers without parameters of their own may lie at one place.
pub(crate) fn place_of<T>(
    describe: Describe,
    layer: TypeId,
    address: usize,
) -> Result<Range<usize>, usize> {
    let (mut place, mut count) = (0..0, 0);
    describe(&mut |part| {
        if let StatePart::Layer { layer: found, at, range } = part
            && found == layer
            && at * size_of::<T>() == address
        {
            (place, count) = (range, count + 1);
        }
    });
    if count == 1 { Ok(place) } else { Err(count) }
}

/// What [`StateParts`](super::StateParts) lists.
pub(crate) enum StatePart<'a> {
    /// A layer, in front of what it is made of and of its tensors.
    Layer {
        /// Its type.
        layer: TypeId,
        /// Where it lies among the values of its network.
        at: usize,
        /// Where all that it keeps lies in the state.
        range: Range<usize>,
    },
    /// Values that belong together.
    Tensor {
        /// Its name, behind those of the layers that it is in.
        path: Path<'a>,
        /// The size along each axis.
        shape: &'a [usize],
        /// Where it lies in the state.
        range: Range<usize>,
    },
}

/// A name behind those of the layers around it. It allocates nothing.
#[derive(Clone, Copy)]
pub(crate) struct Path<'a> {
    pub(super) outer: Option<&'a Path<'a>>,
    pub(super) name: Name<'a>,
}

/// What a layer is called, or which of several in an array it is.
#[derive(Clone, Copy)]
pub(super) enum Name<'a> {
    Text(&'a str),
    /// A label, whose tensors leave out the places that it stands in.
    Label(&'a str),
    /// Where layers stand that may have labels.
    Place(&'a str),
    Turn(usize),
}

impl Path<'_> {
    fn is_empty(&self) -> bool {
        matches!(self.name, Name::Text("")) && self.outer.is_none_or(Path::is_empty)
    }

    /// Without the places at its end.
    fn level(&self) -> Option<&Self> {
        match self.name {
            Name::Place(_) | Name::Text("") => self.outer?.level(),
            Name::Text(_) | Name::Label(_) | Name::Turn(_) => Some(self),
        }
    }
}

/// As tensors of parameters are called: with points between the names.
impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Name::Text("") = self.name {
            return self.outer.map_or(Ok(()), |outer| outer.fmt(formatter));
        }
        let outer = match self.name {
            Name::Label(_) => self.outer.and_then(Path::level),
            _ => self.outer.filter(|outer| !outer.is_empty()),
        };
        if let Some(outer) = outer {
            write!(formatter, "{outer}.")?;
        }
        match self.name {
            Name::Text(name) | Name::Label(name) | Name::Place(name) => formatter.write_str(name),
            Name::Turn(turn) => write!(formatter, "{turn}"),
        }
    }
}
