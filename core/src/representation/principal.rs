//! The plane that shows most of a representation.

use nalgebra::{Const, DMatrix, DVector, Dyn, OMatrix, SymmetricEigen};

use super::product::{product_transposed, transposed_product};
use super::{Representation, RepresentationError};

/// The plane through a representation in which its samples differ most: its first two principal components.
#[derive(Clone, Debug, PartialEq)]
pub struct Pca2 {
    /// The mean of each unit.
    pub mean: DVector<f64>,
    /// Two directions of length 1 at right angles to each other, along which the samples vary most and second
    /// most. Of each, the largest value by its size is positive, so that the same data give the same picture.
    /// A direction is zero where there is no variance left.
    pub components: OMatrix<f64, Dyn, Const<2>>,
    /// Where each sample lies along both: one column per sample.
    pub coordinates: OMatrix<f64, Const<2>, Dyn>,
    /// The variance along each, over the number of samples less one: zero or infinite where values are so small or
    /// large that `f64` does not hold their squares.
    pub explained_variance: [f64; 2],
    /// The part of the whole variance that each makes up; zero where there is none.
    pub explained_variance_ratio: [f64; 2],
}

impl Pca2 {
    /// Where samples lie that the plane was not fitted to: one column per sample.
    ///
    /// # Errors
    /// If they are of another width.
    pub fn project(
        &self,
        representation: &Representation,
    ) -> Result<OMatrix<f64, Const<2>, Dyn>, RepresentationError> {
        let (fitted, given) = (self.mean.len(), representation.units());
        if fitted != given {
            return Err(RepresentationError::Width { fitted, given });
        }
        let mut coordinates = self.components.transpose() * representation.values();
        let origin = self.components.transpose() * &self.mean;
        coordinates.column_iter_mut().for_each(|mut place| place -= &origin);
        Ok(coordinates)
    }
}

impl Representation {
    /// Its first two principal components, each by the largest eigenvector of the smaller of two matrices: the
    /// scatter of its units, or the inner products of its samples where these are fewer; the second of what the
    /// first leaves. Takes time with the third power of the smaller number.
    ///
    /// ```
    /// use static_net::nalgebra::DMatrix;
    /// use static_net::representation::Representation;
    ///
    /// // Along a diagonal of three dimensions, and a little across it.
    /// let values = DMatrix::from_fn(3, 5, |unit, sample| {
    ///     10.0 * sample as f64 + if unit == 0 && sample == 2 { 1.0 } else { 0.0 }
    /// });
    /// let pca = Representation::new("example", values).unwrap().pca2();
    /// let [first, second] = pca.explained_variance_ratio;
    /// assert!(first > 0.99 && second < 0.01 && first + second > 0.999);
    /// assert!((pca.coordinates[(0, 4)] - 20.0 * 3.0_f64.sqrt()).abs() < 0.2);
    /// ```
    pub fn pca2(&self) -> Pca2 {
        let (centred, mean) = self.centred();
        // Squares neither overflow nor vanish; directions and ratios do not depend on the scale.
        let largest = centred.amax();
        let scaled = if largest > 0.0 { &centred / largest } else { centred.clone() };
        let total = scaled.norm_squared();
        // A direction along which there is less is one of rounding errors.
        let rounding = self.units().max(self.samples()) as f64 * f64::EPSILON;
        let mut components = OMatrix::<f64, Dyn, Const<2>>::zeros(self.units());
        let mut squares = [0.0; 2];
        let mut rest = scaled.clone();
        for (axis, square) in squares.iter_mut().enumerate() {
            let Some(direction) = largest_direction(&rest, &components) else { break };
            let along = scaled.tr_mul(&direction);
            if along.norm_squared() <= total * rounding * rounding {
                break;
            }
            *square = along.norm_squared();
            // Squares hold only half the digits of what is small beside the first direction: the second is
            // found in what the first leaves.
            rest.ger(-1.0, &direction, &rest.tr_mul(&direction), 1.0);
            let sign = if direction[direction.icamax()] < 0.0 { -1.0 } else { 1.0 };
            components.set_column(axis, &(direction * sign));
        }
        let coordinates = components.transpose() * &centred;
        let ratio = |square: f64| if total > 0.0 { square / total } else { 0.0 };
        Pca2 {
            mean,
            components,
            coordinates,
            explained_variance: squares
                .map(|square| square / (self.samples() - 1) as f64 * largest * largest),
            explained_variance_ratio: squares.map(ratio),
        }
    }
}

/// The direction of length 1 along which samples vary most, at right angles to those found before; `None` if they
/// do not vary.
fn largest_direction(
    centred: &DMatrix<f64>,
    before: &OMatrix<f64, Dyn, Const<2>>,
) -> Option<DVector<f64>> {
    // What the first direction leaves may be as small as rounding errors, whose squares vanish twice over.
    let largest = centred.amax();
    if largest == 0.0 {
        return None;
    }
    let scaled = centred / largest;
    let mut direction = if scaled.nrows() <= scaled.ncols() {
        largest_eigenvector(product_transposed(&scaled, &scaled))
    } else {
        // From an eigenvector of the inner products, the samples lead to the one of the scatter.
        &scaled * largest_eigenvector(transposed_product(&scaled, &scaled))
    };
    // Twice: where little is left of it the first time, that is not yet at right angles.
    for _ in 0..2 {
        direction.normalize_mut();
        let along = before.tr_mul(&direction);
        direction -= before * along;
    }
    direction.normalize_mut().is_normal().then_some(direction)
}

/// The eigenvector of the largest eigenvalue.
fn largest_eigenvector(symmetric: DMatrix<f64>) -> DVector<f64> {
    let eigen = SymmetricEigen::new(symmetric);
    eigen.eigenvectors.column(eigen.eigenvalues.imax()).into_owned()
}
