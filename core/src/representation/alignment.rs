//! How alike two representations are.

use alloc::vec::Vec;

use nalgebra::DMatrix;

use super::product::{product, product_transposed, transposed_product};
use super::{Representation, RepresentationError};
use crate::scalar::Float;

/// Linear centred kernel alignment of two representations of the same samples, from 0 to 1 (Kornblith et al. 2019,
/// <https://arxiv.org/abs/1905.00414>).
///
/// With one column per sample, and the mean of each unit taken away from it, it is
/// `|X Y^T|^2 / (|X X^T| |Y Y^T|)` in Frobenius norms. It is 1 if and only if both can be turned, mirrored, shifted
/// and scaled as a whole into each other, whatever their widths, and 0 if no unit of one is correlated to one of
/// the other; also where one does not vary at all.
///
/// With fewer samples than units it is high between any two representations, random ones too: compare with what
/// an untrained network has, or take more samples.
///
/// ```
/// use static_net::nalgebra::DMatrix;
/// use static_net::representation::{Representation, cka};
///
/// let line = DMatrix::from_row_slice(1, 4, &[-3.0, -1.0, 1.0, 3.0]);
/// let bent = DMatrix::from_row_slice(1, 4, &[9.0, 1.0, 1.0, 9.0]);
/// let diagonal = DMatrix::from_fn(2, 4, |_, sample| 7.0 - 2.0 * line[sample]);
/// let [line, bent, diagonal] =
///     [line, bent, diagonal].map(|values| Representation::new("example", values).unwrap());
/// assert!((cka(&line, &diagonal)? - 1.0).abs() < 1e-12);
/// assert!(cka(&line, &bent)? < 1e-12);
/// # Ok::<(), static_net::representation::RepresentationError>(())
/// ```
///
/// # Errors
/// If they are of different numbers of samples.
pub fn cka(first: &Representation, second: &Representation) -> Result<f64, RepresentationError> {
    RepresentationError::check_samples(first.samples(), second.samples())?;
    Ok(Prepared::new(first).alignment(&Prepared::new(second)))
}

/// The alignment of each of `rows` to each of `columns`.
pub(super) fn alignments(
    rows: &[Representation],
    columns: &[Representation],
) -> Result<DMatrix<f64>, RepresentationError> {
    if let (Some(row), Some(column)) = (rows.first(), columns.first()) {
        RepresentationError::check_samples(row.samples(), column.samples())?;
    }
    let prepared =
        |all: &[Representation]| -> Vec<Prepared> { all.iter().map(Prepared::new).collect() };
    let (rows, columns): (Vec<_>, Vec<_>) = (prepared(rows), prepared(columns));
    let alignment = |row: usize, column: usize| rows[row].alignment(&columns[column]);
    Ok(DMatrix::from_fn(rows.len(), columns.len(), alignment))
}

/// The alignment of each pair.
pub(super) fn mutual_alignments(representations: &[Representation]) -> DMatrix<f64> {
    let prepared: Vec<_> = representations.iter().map(Prepared::new).collect();
    let mut alignments = DMatrix::zeros(prepared.len(), prepared.len());
    for column in 0..prepared.len() {
        for row in 0..=column {
            let alignment = prepared[row].alignment(&prepared[column]);
            alignments[(row, column)] = alignment;
            alignments[(column, row)] = alignment;
        }
    }
    alignments
}

/// What a representation is compared by.
struct Prepared {
    inner: Inner,
    /// `|X X^T|`.
    norm: f64,
}

impl Prepared {
    fn new(representation: &Representation) -> Self {
        let (mut centred, _) = representation.centred();
        // Fourth powers of values neither overflow nor vanish.
        let largest = centred.amax();
        if largest > 0.0 {
            centred /= largest;
        }
        let inner = Inner::of(centred);
        let norm = Float::sqrt(squared_product(&inner, &inner));
        Prepared { inner, norm }
    }

    fn alignment(&self, other: &Self) -> f64 {
        let norms = self.norm * other.norm;
        if norms == 0.0 {
            return 0.0;
        }
        (squared_product(&self.inner, &other.inner) / norms).clamp(0.0, 1.0)
    }
}

/// A matrix of one row per unit, as the smaller of what tells the inner products of its samples.
enum Inner {
    /// The matrix itself, where it has no more units than samples.
    Values(DMatrix<f64>),
    /// The inner products of all pairs of samples (Gram matrix), where it has more units.
    Gram(DMatrix<f64>),
}

impl Inner {
    fn of(values: DMatrix<f64>) -> Self {
        if values.nrows() <= values.ncols() {
            Inner::Values(values)
        } else {
            Inner::Gram(transposed_product(&values, &values))
        }
    }
}

/// `|X Y^T|^2`, which is the sum of `K * L` element by element, with Gram matrices `K` and `L`.
fn squared_product(first: &Inner, second: &Inner) -> f64 {
    match (first, second) {
        (Inner::Values(x), Inner::Values(y)) => product_transposed(x, y).norm_squared(),
        (Inner::Gram(k), Inner::Gram(l)) => k.dot(l),
        (Inner::Gram(gram), Inner::Values(values)) | (Inner::Values(values), Inner::Gram(gram)) => {
            product(values, gram).dot(values)
        }
    }
}
