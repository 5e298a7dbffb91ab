//! Tensors that are found by their names.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::error::EditFault;
use super::super::stored_tensor::StoredTensor;
use crate::parameters::nearest;

/// Tensors in an order. Of two that are called the same, the first is found.
#[derive(Clone, Default)]
pub(super) struct TensorList<'a>(Vec<StoredTensor<'a>>);

impl<'a> TensorList<'a> {
    pub(super) fn all(&self) -> &[StoredTensor<'a>] {
        &self.0
    }

    pub(super) fn all_mut(&mut self) -> &mut Vec<StoredTensor<'a>> {
        &mut self.0
    }

    /// At which place the tensor of this name is.
    pub(super) fn position(&self, name: &str) -> Result<usize, EditFault> {
        self.0.iter().position(|stored| stored.name == name).ok_or_else(|| {
            let names = self.0.iter().map(|stored| stored.name.as_str());
            EditFault::Missing {
                name: name.into(),
                nearest: nearest(name, names).map(String::from),
            }
        })
    }

    pub(super) fn get(&self, name: &str) -> Result<&StoredTensor<'a>, EditFault> {
        self.position(name).map(|position| &self.0[position])
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Result<&mut StoredTensor<'a>, EditFault> {
        self.position(name).map(|position| &mut self.0[position])
    }

    pub(super) fn take(&mut self, name: &str) -> Result<StoredTensor<'a>, EditFault> {
        self.position(name).map(|position| self.0.remove(position))
    }

    pub(super) fn push(&mut self, tensor: StoredTensor<'a>) -> Result<(), EditFault> {
        self.insert(self.0.len(), tensor)
    }

    /// Puts a tensor at a place.
    pub(super) fn insert(
        &mut self,
        place: usize,
        tensor: StoredTensor<'a>,
    ) -> Result<(), EditFault> {
        if tensor.name.is_empty() || tensor.name.contains(char::is_control) {
            return Err(EditFault::Name(tensor.name));
        }
        if self.position(&tensor.name).is_ok() {
            return Err(EditFault::Twice([tensor.name].into()));
        }
        self.0.insert(place, tensor);
        Ok(())
    }

    /// Puts other tensors behind these.
    pub(super) fn extend(&mut self, others: TensorList<'a>) -> Result<(), EditFault> {
        self.0.extend(others.0);
        self.check_names()
    }

    /// No two tensors are called the same, and none has no name.
    pub(super) fn check_names(&self) -> Result<(), EditFault> {
        let mut names = BTreeSet::new();
        let mut twice = BTreeSet::new();
        for name in self.0.iter().map(|stored| stored.name.as_str()) {
            if !names.insert(name) {
                twice.insert(name);
            }
        }
        if !twice.is_empty() {
            return Err(EditFault::Twice(twice.into_iter().map(String::from).collect()));
        }
        match names.contains("") {
            true => Err(EditFault::Name(String::new())),
            false => Ok(()),
        }
    }
}

impl<'a> FromIterator<StoredTensor<'a>> for TensorList<'a> {
    fn from_iter<Stored: IntoIterator<Item = StoredTensor<'a>>>(stored: Stored) -> Self {
        TensorList(stored.into_iter().collect())
    }
}
