//! Branches: one behind the other along an axis, added, or multiplied.

use static_net::nalgebra::DMatrix;

use super::super::declaration::plan::{Compute, Plan};

/// What branches give together, from what each gives.
pub fn forward(compute: &Compute, branches: &[Plan], outputs: &[&DMatrix<f64>]) -> DMatrix<f64> {
    let whole = whole(compute, branches);
    DMatrix::from_fn(whole.iter().product(), outputs[0].ncols(), |row, s| {
        let place = place(&whole, row);
        match compute {
            Compute::Concat(axis, _) => {
                let (branch, inside) = branch_at(*axis, branches, &place);
                outputs[branch][(index(branches[branch].output(), &inside), s)]
            }
            _ => {
                let values = branches
                    .iter()
                    .zip(outputs)
                    .map(|(branch, output)| output[(index(branch.output(), &place), s)]);
                match compute {
                    Compute::Sum(_) => values.sum(),
                    _ => values.product(),
                }
            }
        }
    })
}

/// The gradient of what a branch gives, from that of the whole.
pub fn backward(
    compute: &Compute,
    branches: &[Plan],
    outputs: &[&DMatrix<f64>],
    d_y: &DMatrix<f64>,
    branch: usize,
) -> DMatrix<f64> {
    let whole = whole(compute, branches);
    let mut d_own = DMatrix::zeros(outputs[branch].nrows(), d_y.ncols());
    for row in 0..d_y.nrows() {
        let place = place(&whole, row);
        let (is_own, own) = match compute {
            Compute::Concat(axis, _) => {
                let (at, inside) = branch_at(*axis, branches, &place);
                (at == branch, inside)
            }
            _ => (true, place.clone()),
        };
        if !is_own {
            continue;
        }
        for s in 0..d_y.ncols() {
            let others: f64 = match compute {
                Compute::Multiplied(_) => (0..branches.len())
                    .filter(|&other| other != branch)
                    .map(|other| outputs[other][(index(branches[other].output(), &place), s)])
                    .product(),
                _ => 1.0,
            };
            d_own[(index(branches[branch].output(), &own), s)] += d_y[(row, s)] * others;
        }
    }
    d_own
}

/// The shape of the whole.
fn whole(compute: &Compute, branches: &[Plan]) -> Vec<usize> {
    let mut shape = branches[0].output().to_vec();
    if let Compute::Concat(axis, _) = compute {
        shape[*axis] = branches.iter().map(|branch| branch.output()[*axis]).sum();
    }
    shape
}

/// Where a value of a sample stands along each axis.
fn place(shape: &[usize], mut row: usize) -> Vec<usize> {
    let mut place = vec![0; shape.len()];
    for axis in (0..shape.len()).rev() {
        place[axis] = row % shape[axis];
        row /= shape[axis];
    }
    place
}

/// Which branch a value of a concatenation is of, and where it stands there.
fn branch_at(axis: usize, branches: &[Plan], place: &[usize]) -> (usize, Vec<usize>) {
    let mut place = place.to_vec();
    for (index, branch) in branches.iter().enumerate() {
        let size = branch.output()[axis];
        if place[axis] < size {
            return (index, place);
        }
        place[axis] -= size;
    }
    unreachable!("the place is in the whole")
}

/// Which value of a sample it is that is joined with the one at a place of the whole: a vector has one for each of the first
/// axis, and what has one value along an axis has it for all.
fn index(shape: &[usize], place: &[usize]) -> usize {
    shape.iter().zip(place).fold(0, |index, (size, at)| index * size + at.min(&(size - 1)))
}
