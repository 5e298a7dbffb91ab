//! Values in another order, of another type, or of several tensors as one.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::super::error::{EditFault, LoadError};
use super::super::number;
use super::super::stored_tensor::{Bytes, StoredTensor};
use super::StateDict;
use crate::parameters::advance;
use crate::scalar::Float;

impl StateDict<'_> {
    /// All tensors of floating-point numbers (F16, BF16, F32, F64) as tensors of `T`, each value the nearest one. Tensors
    /// of other types stay as they are.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// # network! { struct Double< f64; 3 => 2 >; }
    /// network! { struct Net< 3 => 2 >; }
    ///
    /// # let bytes = Double::zeros().to_safetensors();
    /// # let file = StateDict::parse(&bytes)?;
    /// assert_eq!(file.tensors()[0].dtype, "F64");
    /// let net: Aligned<Net> = file.convert::<f32>().load()?;
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    #[must_use = "gives the converted tensors"]
    pub fn convert<T: Float>(mut self) -> Self {
        let dtype = number::dtype::<T>();
        for stored in self.tensors.all_mut() {
            if stored.dtype == dtype {
                continue;
            }
            if let Some(numbers) = stored.numbers::<T>() {
                stored.bytes = Bytes::Owned(number::write(&numbers));
                stored.dtype = dtype.into();
            }
        }
        self
    }

    /// Puts tensors one behind the other along the first axis, under a new name: queries, keys and values, which are one
    /// tensor here, as in `nn.MultiheadAttention`.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// network! { struct Net< [6, 8] => attend: attention(heads: 2) >; }
    ///
    /// # let old = Net::new(&mut StdRng::seed_from_u64(7)).to_safetensors();
    /// # let whole = StateDict::parse(&old)?;
    /// # let mut file = whole.clone().without("attend.in_proj")?;
    /// # for (index, name) in ["q", "k", "v"].into_iter().enumerate() {
    /// #     for (kind, columns) in [("weight", 8), ("bias", 1)] {
    /// #         let values = whole.values::<f32>(&format!("attend.in_proj_{kind}"))?;
    /// #         let shape = if kind == "bias" { vec![8] } else { vec![8, 8] };
    /// #         file = file.insert(format!("attend.{name}.{kind}"), &shape, &values[8 * columns * index..][..8 * columns])?;
    /// #     }
    /// # }
    /// let net: Aligned<Net> = file
    ///     .concat(["attend.q.weight", "attend.k.weight", "attend.v.weight"], "attend.in_proj_weight")?
    ///     .concat(["attend.q.bias", "attend.k.bias", "attend.v.bias"], "attend.in_proj_bias")?
    ///     .load()?;
    /// # assert_eq!(net.to_safetensors(), old);
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no tensor of one of the names, or one has another type, or other sizes behind the first, than the first
    /// of them; if another tensor has the new name.
    pub fn concat(
        self,
        names: impl IntoIterator<Item = impl AsRef<str>>,
        new_name: impl Into<String>,
    ) -> Result<Self, LoadError> {
        self.edit("concat", |list| {
            let mut names = names.into_iter();
            let first = names.next().ok_or(EditFault::Nothing)?;
            let place = list.position(first.as_ref())?;
            let mut whole = list.take(first.as_ref())?;
            if whole.shape.is_empty() {
                return Err(whole.misshaped("a tensor that has an axis"));
            }
            let mut bytes = whole.bytes.to_vec();
            for name in names {
                let part = list.take(name.as_ref())?;
                if part.shape.is_empty() || part.shape[1..] != whole.shape[1..] {
                    let mut needed = String::from("[..");
                    for size in &whole.shape[1..] {
                        needed += &format!(", {size}");
                    }
                    needed += &format!("] as `{}`", first.as_ref());
                    return Err(part.misshaped(needed));
                }
                if part.dtype != whole.dtype {
                    return Err(part.mistyped(format!(
                        "{} as those of `{}`",
                        whole.dtype,
                        first.as_ref()
                    )));
                }
                bytes.extend_from_slice(&part.bytes);
                whole.shape[0] += part.shape[0];
            }
            whole.bytes = Bytes::Owned(bytes);
            whole.name = new_name.into();
            // Some of what stood in front of the first may have been a part.
            list.insert(place.min(list.all().len()), whole)
        })
    }

    /// Exchanges the two axes of a matrix: of weights that are kept as `[inputs, outputs]`.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// network! { struct Net< 3 => dense(2, bias: false) >; }
    ///
    /// let keras = StateDict::from_tensors([("stage1.weight", [3, 2], [1.0_f32, 4.0, 2.0, 5.0, 3.0, 6.0])])?;
    /// let net: Aligned<Net> = keras.transpose("stage1.weight")?.load()?;
    /// assert_eq!(net.stage1.weight.row(0).iter().copied().collect::<Vec<_>>(), [1.0, 2.0, 3.0]);
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no tensor of that name, or it has not two axes.
    pub fn transpose(self, name: &str) -> Result<Self, LoadError> {
        self.edit("transpose", |list| {
            let stored = list.get_mut(name)?;
            match stored.shape.len() {
                2 => stored.permute(&[1, 0]),
                _ => Err(stored.misshaped("a matrix, which has two axes")),
            }
        })
    }

    /// Puts the axes of a tensor in another order: of each, which one it was.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// let values: Vec<f32> = (0..6).map(|value| value as f32).collect();
    /// // A kernel as Keras keeps it, [height, width, inputs, outputs], as PyTorch does, [outputs, inputs, height, width].
    /// let file = StateDict::from_tensors([("kernel", [1, 3, 1, 2], values)])?.permute("kernel", [3, 2, 0, 1])?;
    /// assert_eq!(file.tensors()[0].shape, [2, 1, 1, 3]);
    /// assert_eq!(file.values::<f32>("kernel")?, [0.0, 2.0, 4.0, 1.0, 3.0, 5.0]);
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no tensor of that name, or the order is not one of its axes, each once.
    pub fn permute(self, name: &str, axes: impl AsRef<[usize]>) -> Result<Self, LoadError> {
        self.edit("permute", |list| list.get_mut(name)?.permute(axes.as_ref()))
    }

    /// Keeps some rows of a tensor, which are what lies along its first axis: of a table of 512 positions those of a
    /// network for shorter sequences.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// # network! { struct Long< [128, 4] => position => layer_norm >; }
    /// network! { struct Net< [32, 4] => position => layer_norm >; }
    ///
    /// # let long = Long::zeros().to_safetensors();
    /// # let file = StateDict::parse(&long)?;
    /// let net: Aligned<Net> = file.rows("stage1.weight", 0..32)?.load()?;
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no tensor of that name, or it has not so many rows.
    pub fn rows(self, name: &str, rows: Range<usize>) -> Result<Self, LoadError> {
        self.edit("rows", |list| {
            let stored = list.get_mut(name)?;
            let count = stored.shape.first().copied().unwrap_or(0);
            if stored.shape.is_empty() || rows.start > rows.end || rows.end > count {
                return Err(stored.misshaped(format!("of rows {rows:?}")));
            }
            let row = stored.value_size()? * stored.shape[1..].iter().product::<usize>();
            stored.bytes = Bytes::Owned(stored.bytes[rows.start * row..rows.end * row].to_vec());
            stored.shape[0] = rows.len();
            Ok(())
        })
    }
}

impl StoredTensor<'_> {
    /// Its values, where they are floating-point numbers.
    pub(in crate::file) fn numbers<T: Float>(&self) -> Option<Vec<T>> {
        number::read(&self.dtype, &self.bytes)
    }

    pub(super) fn misshaped(&self, needed: impl Into<String>) -> EditFault {
        let (name, shape) = (self.name.clone(), self.shape.clone());
        EditFault::Shape { name, shape, needed: needed.into() }
    }

    pub(super) fn mistyped(&self, needed: impl Into<String>) -> EditFault {
        let (name, dtype) = (self.name.clone(), self.dtype.clone());
        EditFault::Type { name, dtype, needed: needed.into() }
    }

    /// How many bytes a value takes.
    fn value_size(&self) -> Result<usize, EditFault> {
        match self.len() {
            0 => Ok(0),
            len if self.bytes.len().is_multiple_of(len) => Ok(self.bytes.len() / len),
            _ => Err(self.mistyped("of whole bytes")),
        }
    }

    fn permute(&mut self, axes: &[usize]) -> Result<(), EditFault> {
        let mut sorted = axes.to_vec();
        sorted.sort_unstable();
        if !sorted.into_iter().eq(0..self.shape.len()) {
            return Err(self.misshaped(format!("a tensor that has the axes {axes:?}, each once")));
        }
        let size = self.value_size()?;
        // How far apart, in values, neighbours along each axis lie now.
        let mut strides = vec![1; self.shape.len()];
        for axis in (1..self.shape.len()).rev() {
            strides[axis - 1] = strides[axis] * self.shape[axis];
        }
        let shape: Vec<usize> = axes.iter().map(|&axis| self.shape[axis]).collect();
        let mut bytes = Vec::with_capacity(self.bytes.len());
        let mut index = vec![0; shape.len()];
        for _ in 0..self.len() {
            let place: usize = index.iter().zip(axes).map(|(&at, &axis)| at * strides[axis]).sum();
            bytes.extend_from_slice(&self.bytes[place * size..][..size]);
            advance(&mut index, &shape);
        }
        self.bytes = Bytes::Owned(bytes);
        self.shape = shape;
        Ok(())
    }
}
