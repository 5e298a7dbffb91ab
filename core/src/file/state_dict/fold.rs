//! Layers of the original that are part of another layer here.

use alloc::format;
use alloc::vec;
use alloc::vec::Vec;

use super::super::error::{EditFault, LoadError};
use super::super::number;
use super::super::stored_tensor::{Bytes, StoredTensor};
use super::StateDict;
use super::list::TensorList;
use super::names::tensor_of;

/// What can be computed with and kept without rounding it.
const COMPUTED: &str = "F32 or F64, which `convert` makes of them";

impl StateDict<'_> {
    /// Makes a normalisation over the batch part of the dense layer or convolution in front of it, which gives the same
    /// with one layer less: with its gain γ, bias β, running mean μ and variance σ²,
    /// `weight` becomes `weight · γ / √(σ² + epsilon)` for each output, `bias` becomes
    /// `(bias − μ) · γ / √(σ² + epsilon) + β`.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// # network! { struct Trained< [3, 8, 8] => conv(16, 3, bias: false) => norm: batch_norm => relu >; }
    /// network! { struct Net< [3, 8, 8] => relu conv(16, 3) >; }
    ///
    /// # let trained = Trained::new(&mut StdRng::seed_from_u64(7));
    /// # let bytes = trained.to_safetensors();
    /// # let file = StateDict::parse(&bytes)?;
    /// let net: Aligned<Net> = file.fold_batch_norm("norm", "stage1", 1e-5)?.load()?;
    /// # let x = SVector::<f32, 192>::from_fn(|place, _| (place % 7) as f32 - 3.0);
    /// # assert!((net.forward(&x) - trained.forward(&x)).amax() < 1e-5);
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// A normalisation without gain and bias (`affine=False`) has ones and zeros; a layer without bias gets one.
    /// `epsilon` is in no file: it is 1e-5 in PyTorch, 1e-3 in Keras. The outputs of a layer are its weight's first axis
    /// (`ConvTranspose` has them elsewhere).
    ///
    /// # Errors
    /// If a tensor is missing, the layer has another number of outputs than the normalisation has statistics, or their
    /// values are to be [converted](Self::convert) first.
    pub fn fold_batch_norm(self, norm: &str, layer: &str, epsilon: f64) -> Result<Self, LoadError> {
        self.edit("fold_batch_norm", |list| {
            let name = |tensor| tensor_of(layer, tensor);
            let weight = list.get(&name("weight"))?;
            let outputs = weight.shape.first().copied().unwrap_or(0);
            let mut weights = weight.computed()?;
            let dtype = weight.dtype.clone();

            let mut of_norm =
                |tensor, otherwise| statistic(list, &tensor_of(norm, tensor), outputs, otherwise);
            let mean = of_norm("running_mean", None)?;
            let variance = of_norm("running_var", None)?;
            let gain = of_norm("weight", Some(1.0))?;
            let shift = of_norm("bias", Some(0.0))?;
            let counts = tensor_of(norm, "num_batches_tracked");
            list.all_mut().retain(|stored| stored.name != counts);

            let scales: Vec<f64> = gain
                .iter()
                .zip(&variance)
                .map(|(gain, variance)| gain / libm::sqrt(variance + epsilon))
                .collect();
            let row = weights.len() / outputs.max(1);
            for (row, scale) in weights.chunks_mut(row.max(1)).zip(&scales) {
                row.iter_mut().for_each(|weight| *weight *= scale);
            }
            list.get_mut(&name("weight"))?.set(&weights)?;

            if list.position(&name("bias")).is_err() {
                let place = list.position(&name("weight"))? + 1;
                let bytes = number::write_as(&dtype, &vec![0.0; outputs]).unwrap_or_default();
                let shape = vec![outputs];
                let bytes = Bytes::Owned(bytes);
                list.insert(place, StoredTensor { name: name("bias"), shape, dtype, bytes })?;
            }
            let bias = list.get_mut(&name("bias"))?;
            if bias.shape != [outputs] {
                return Err(bias.misshaped(format!("[{outputs}], a value for each output")));
            }
            let mut biases = bias.computed()?;
            for (index, bias) in biases.iter_mut().enumerate() {
                *bias = (*bias - mean[index]) * scales[index] + shift[index];
            }
            bias.set(&biases)
        })
    }

    /// Adds a row of a table to all rows of another, and leaves out the table: BERT adds an embedding of what kind a token
    /// is to that of its position, and where all tokens are of one kind, it is part of the positions.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// network! { struct Net< [3, 2] => position >; }
    ///
    /// let bert = StateDict::from_tensors([
    ///     ("positions.weight", [3, 2], &[1.0_f32, 2.0, 3.0, 4.0, 5.0, 6.0][..]),
    ///     ("kinds.weight", [2, 2], &[0.5, -0.5, 0.0, 0.0]),
    /// ])?;
    /// let bert = bert.fold_row("kinds.weight", 0, "positions.weight")?;
    /// assert_eq!(bert.values::<f32>("positions.weight")?, [1.5, 1.5, 3.5, 3.5, 5.5, 5.5]);
    /// let net: Aligned<Net> = bert.rename_prefixes([("positions.", "stage1.")])?.load()?;
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no tensor of one of the names, one has not two axes or both rows of other lengths, there is no such row,
    /// or their values are to be [converted](Self::convert) first.
    pub fn fold_row(self, table: &str, row: usize, into: &str) -> Result<Self, LoadError> {
        self.edit("fold_row", |list| {
            let table = list.take(table)?;
            let stored = list.get_mut(into)?;
            let &[_, columns] = &*stored.shape else {
                return Err(stored.misshaped("a table, which has two axes"));
            };
            if table.shape.len() != 2 || table.shape[1] != columns || row >= table.shape[0] {
                return Err(
                    table.misshaped(format!("a table of rows of {columns}, row {row} among them"))
                );
            }
            let added = &table.computed()?[row * columns..][..columns];
            let mut values = stored.computed()?;
            for row in values.chunks_mut(columns.max(1)) {
                row.iter_mut().zip(added).for_each(|(value, added)| *value += added);
            }
            stored.set(&values)
        })
    }
}

/// Takes a vector of a normalisation: of so many values, or, where there is none, `otherwise` for each.
fn statistic(
    list: &mut TensorList<'_>,
    name: &str,
    outputs: usize,
    otherwise: Option<f64>,
) -> Result<Vec<f64>, EditFault> {
    let stored = match (list.take(name), otherwise) {
        (Ok(stored), _) => stored,
        (Err(_), Some(value)) => return Ok(vec![value; outputs]),
        (Err(fault), None) => return Err(fault),
    };
    if stored.shape != [outputs] {
        return Err(stored.misshaped(format!("[{outputs}], a value for each output")));
    }
    stored.computed()
}

impl StoredTensor<'_> {
    /// Its values, where what is computed of them can be kept.
    fn computed(&self) -> Result<Vec<f64>, EditFault> {
        match self.dtype.as_str() {
            "F32" | "F64" => Ok(self.numbers().unwrap_or_default()),
            _ => Err(self.mistyped(COMPUTED)),
        }
    }

    /// Gives it other values of its type.
    fn set(&mut self, values: &[f64]) -> Result<(), EditFault> {
        let bytes = number::write_as(&self.dtype, values).ok_or_else(|| self.mistyped(COMPUTED))?;
        self.bytes = Bytes::Owned(bytes);
        Ok(())
    }
}
