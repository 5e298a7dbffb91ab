//! The plane that shows most of a representation.

use alloc::vec::Vec;

use nalgebra::{Const, DMatrix, DVector, Dyn, OMatrix, SymmetricEigen};

use super::product::{product, product_transposed, transposed_product};
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
    /// The variance along each, over the number of samples less one.
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
    /// Its first two principal components, by the eigenvectors of the smaller of two matrices: the scatter of
    /// its units, or the inner products of its samples where these are fewer. Takes time with the third power
    /// of the smaller number.
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
        // Squares neither overflow nor vanish; directions do not depend on the scale.
        let largest = centred.amax();
        let scaled = if largest > 0.0 { &centred / largest } else { centred.clone() };
        let directions = if self.units() <= self.samples() {
            largest_eigenvectors(product_transposed(&scaled, &scaled))
        } else {
            // From an eigenvector of the inner products, the samples lead to the one of the scatter.
            product(&scaled, &largest_eigenvectors(transposed_product(&scaled, &scaled)))
        };
        let mut components = OMatrix::<f64, Dyn, Const<2>>::zeros(self.units());
        let total = scaled.norm_squared();
        // A direction along which there is less is one of rounding errors.
        let rounding = self.units().max(self.samples()) as f64 * f64::EPSILON;
        for (index, direction) in directions.column_iter().enumerate() {
            let mut direction = direction.clone_owned();
            let along = components.tr_mul(&direction);
            direction -= &components * along;
            if !direction.normalize_mut().is_normal() {
                continue;
            }
            if scaled.tr_mul(&direction).norm_squared() > total * rounding * rounding {
                let sign = if direction[direction.icamax()] < 0.0 { -1.0 } else { 1.0 };
                components.set_column(index, &(direction * sign));
            }
        }
        let coordinates = components.transpose() * &centred;
        let total = centred.norm_squared();
        let along = [0, 1].map(|axis| coordinates.row(axis).norm_squared());
        Pca2 {
            mean,
            components,
            coordinates,
            explained_variance: along.map(|square| square / (self.samples() - 1) as f64),
            explained_variance_ratio: along
                .map(|square| if total > 0.0 { square / total } else { 0.0 }),
        }
    }
}

/// The eigenvectors of the two largest eigenvalues, or of the one there is.
fn largest_eigenvectors(symmetric: DMatrix<f64>) -> DMatrix<f64> {
    let eigen = SymmetricEigen::new(symmetric);
    let mut order: Vec<usize> = (0..eigen.eigenvalues.len()).collect();
    order.sort_by(|&left, &right| eigen.eigenvalues[right].total_cmp(&eigen.eigenvalues[left]));
    order.truncate(2);
    eigen.eigenvectors.select_columns(&order)
}
