//! The same values in another order or shape, or some of them: `flatten`, `reshape`, `transpose`, `permute`, `slice`.

use crate::dims::Dims;
use crate::facts::Facts;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::{FROM_GIVES, Site, axes};

/// A layer that gives what it takes, whatever that is.
pub(super) const fn unchanged(site: &Site<'_>) -> Result<Facts, Fault> {
    Ok(Facts::giving(site.input()))
}

/// `flatten`: all values as a vector.
pub(super) const fn flatten(site: &Site<'_>) -> Result<Facts, Fault> {
    Ok(Facts::giving(Dims::new(&[site.input().values() as usize])))
}

/// `reshape`: the values in a shape that holds as many.
pub(super) const fn reshape(site: &Site<'_>) -> Result<Facts, Fault> {
    let Some(wanted) = site.call.sizes("shape") else { return Ok(Facts::giving(site.input())) };
    let (wanted, input) = (Dims::new(wanted), site.input());
    if wanted.values() == input.values() {
        return Ok(Facts::giving(wanted));
    }
    let holds = Sentence::new(&[Piece::Shape(wanted), Piece::Text(" holds ")]);
    let holds = match wanted.values() {
        values if values > usize::MAX as u128 => holds.and(&[Piece::Text("too many")]),
        values => holds.and(&[Piece::Number(values)]),
    };
    let gives = [Piece::Text(" values, but "), Piece::From, Piece::Text(" gives "), Piece::Gives];
    let what = holds.and(&gives);
    let what = match input.rank() {
        1 => what,
        _ => what.and(&[Piece::Text(", "), Piece::Number(input.values()), Piece::Text(" values")]),
    };
    Err(site.fault("shape", what, fitting_mend(site, wanted.sizes())))
}

/// The shape changed in one size so that it holds the values that come in.
pub(super) const fn fitting_mend(site: &Site<'_>, wanted: &[usize]) -> Mend {
    let values = site.input().values();
    let fits = match fitting(wanted, values) {
        Some(fits) => fits,
        None => Dims::new(&[values as usize]),
    };
    Mend::argument("shape", Piece::Shape(fits))
}

/// The shape with the size changed that is nearest to holding so many values. A size of zero counts as one.
const fn fitting(wanted: &[usize], values: u128) -> Option<Dims> {
    let mut shape = Dims::new(wanted);
    let mut axis = 0;
    while axis < wanted.len() {
        if wanted[axis] == 0 {
            shape = shape.with(axis, 1);
        }
        axis += 1;
    }
    let mut nearest: Option<(usize, Dims)> = None;
    let mut axis = 0;
    while axis < wanted.len() {
        let others = shape.with(axis, 1).values();
        if values.is_multiple_of(others) {
            let size = (values / others) as usize;
            let distance = size.abs_diff(shape.size(axis));
            let is_nearer = match nearest {
                Some((least, _)) => distance < least,
                None => true,
            };
            if is_nearer {
                nearest = Some((distance, shape.with(axis, size)));
            }
        }
        axis += 1;
    }
    match nearest {
        Some((_, shape)) => Some(shape),
        None => None,
    }
}

/// `transpose`: rows become columns.
pub(super) const fn transpose(site: &Site<'_>) -> Result<Facts, Fault> {
    let mend = match *site.gives {
        [rows, columns] => return Ok(Facts::giving(Dims::new(&[columns, rows]))),
        [size] => Mend::Precede(Sentence::new(&[
            Piece::Text("reshape"),
            Piece::Shape(Dims::new(&[1, size])),
        ])),
        _ => Mend::Replace(Sentence::text("permute[0, 2, 1]")),
    };
    let what = Sentence::text("`transpose` takes a matrix [rows, columns]").and(&FROM_GIVES);
    Err(site.misplaced(what, mend))
}

/// `permute`: the axes in another order.
pub(super) const fn permute(site: &Site<'_>) -> Result<Facts, Fault> {
    let Some(axes) = site.call.sizes("axes") else { return Ok(Facts::giving(site.input())) };
    let (input, rank) = (site.input(), site.gives.len());
    let mut output = input;
    let mut seen = [false; 3];
    let mut fits = axes.len() == rank;
    let mut place = 0;
    while place < axes.len() && fits {
        let axis = axes[place];
        fits = axis < rank && !seen[axis];
        if fits {
            seen[axis] = true;
            output = output.with(place, input.size(axis));
        }
        place += 1;
    }
    if fits {
        return Ok(Facts::giving(output));
    }
    let (all, help) = match rank {
        1 => ("is 0 alone", "a vector has one axis: leave `permute` out"),
        2 => ("are 0 and 1", ""),
        _ => (
            "are 0, 1 and 2",
            "say the order, as in `permute[2, 0, 1]`, which puts the last axis first",
        ),
    };
    let what = Sentence::new(&[
        Piece::Text("`permute` lists each axis once, which "),
        Piece::Text(all),
        Piece::Text(", not "),
        Piece::Shape(Dims::new(axes)),
    ]);
    let mend = match meant(axes, rank) {
        Some(axes) => Mend::argument("axes", Piece::Shape(axes)),
        // No other order of two is one.
        None if rank == 2 => Mend::argument("axes", Piece::Text("[1, 0]")),
        None => Mend::Say(Sentence::text(help)),
    };
    Err(site.fault("axes", what.and(&FROM_GIVES), mend))
}

/// The order of so many axes that is meant by a list which is none: one that counts the batch as the first, or leaves
/// out the last ones, which stay where they are.
const fn meant(axes: &[usize], rank: usize) -> Option<Dims> {
    let axes = match axes {
        [0, others @ ..] if others.len() == rank => others,
        axes => axes,
    };
    let (mut order, mut seen) = ([0; 3], [false; 4]);
    let mut place = 0;
    while place < axes.len() && place < rank {
        let axis = axes[place];
        if axis > rank || seen[axis] {
            return None;
        }
        seen[axis] = true;
        order[place] = axis;
        place += 1;
    }
    let counts_batch = axes.len() == rank && !seen[0];
    if place < axes.len() || seen[rank] && !counts_batch {
        return None;
    }
    let mut axis = 0;
    while axis < rank {
        if counts_batch {
            order[axis] -= 1;
        } else if !seen[axis] {
            order[place] = axis;
            place += 1;
        }
        axis += 1;
    }
    Some(Dims::new(order.split_at(rank).0))
}

/// `slice`: places of one axis.
pub(super) const fn slice(site: &Site<'_>) -> Result<Facts, Fault> {
    let (input, rank, axis) = (site.input(), site.gives.len(), site.call.size("axis"));
    let (start, end) = (site.call.size("start"), site.call.size("end"));
    if axis >= rank {
        // That is the last axis, counted with the batch.
        let mend = match start < end && end <= input.size(rank - 1) {
            true => Mend::argument("axis", Piece::Number(rank as u128 - 1)),
            false => Mend::Say(Sentence::new(&[
                Piece::Text("the shape has "),
                Piece::Text(axes(rank)),
                Piece::Text(": name one with as many places"),
            ])),
        };
        return Err(site.fault("axis", site.absent(axis), mend));
    }
    let size = input.size(axis);
    if start >= end {
        let what = Sentence::new(&[
            Piece::Text("`slice("),
            Piece::Number(start as u128),
            Piece::Text(", "),
            Piece::Number(end as u128),
            Piece::Text(")` is empty: it begins at place "),
            Piece::Number(start as u128),
            Piece::Text(" and ends in front of place "),
            Piece::Number(end as u128),
        ]);
        let help = Sentence::text("`slice(2, 5)` takes the places 2, 3 and 4");
        return Err(site.fault("end", what, Mend::Say(help)));
    }
    if end > size {
        let what = Sentence::new(&[
            Piece::Text("axis "),
            Piece::Number(axis as u128),
            Piece::Text(" has "),
            Piece::Number(size as u128),
            Piece::Text(" places, and `slice` takes them up to "),
            Piece::Number(end as u128),
        ]);
        let help = [
            Piece::Text("`start` is less than `end`, and that at most "),
            Piece::Number(size as u128),
        ];
        let mend = match start < size {
            true => Mend::argument("end", Piece::Number(size as u128)),
            false => Mend::Say(Sentence::new(&help)),
        };
        return Err(site.fault("end", what.and(&FROM_GIVES), mend));
    }
    Ok(Facts { count: start, weight: [axis, 0], ..Facts::giving(input.with(axis, end - start)) })
}
