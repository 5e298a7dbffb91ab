//! The way back from a checkpoint.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;
use std::path::Path;

use super::super::error::{CheckpointFault, LoadError, LoadFault, Unnamed};
use super::super::header;
use super::super::state_dict::{Names, StateDict, open_file, read_file};
use super::super::stored_tensor::StoredTensor;
use super::{
    MOMENTS, OPTIMIZER, PARTS, RNG, ResumableRng, VALUE, VERSION, is_of_part, join, of_moment,
    of_optimizer, of_value, rng, tensors_of,
};
use crate::aligned::Owner;
use crate::optimizer::Resumable;
use crate::parameters::{Tensor, nearest};
use crate::trainable::Trainable;

/// A file that a [`Checkpoint`](super::Checkpoint) wrote. What does not fit is an error, and what should have been restored is
/// then as it was.
#[derive(Clone)]
pub struct SavedCheckpoint {
    tensors: Vec<StoredTensor<'static>>,
    texts: BTreeMap<String, String>,
    path: Option<String>,
    /// What stands in front of all names of this part.
    prefix: String,
}

impl SavedCheckpoint {
    /// What is in a file.
    ///
    /// # Errors
    /// If the file cannot be read, is not a whole safetensors file, or is no checkpoint.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, LoadError> {
        let path = path.as_ref();
        Self::of(open_file(path)?, Some(path.display().to_string()))
    }

    /// What is in the bytes of such a file.
    ///
    /// # Errors
    /// If the bytes are not a whole safetensors file, or no checkpoint.
    pub fn parse(bytes: &[u8]) -> Result<Self, LoadError> {
        Self::of(bytes.to_vec(), None)
    }

    fn of(file: Vec<u8>, path: Option<String>) -> Result<Self, LoadError> {
        let (tensors, texts) = read_file(file, path.clone())?;
        let saved = SavedCheckpoint { tensors, texts, path, prefix: String::new() };
        match saved.texts.get(header::CHECKPOINT).map(String::as_str) {
            Some(VERSION) => Ok(saved),
            Some(other) => Err(saved.error(CheckpointFault::Version { found: other.into() })),
            None => Err(saved.error(CheckpointFault::NoCheckpoint)),
        }
    }

    /// A part that [`Checkpoint::part`](super::Checkpoint::part) added.
    ///
    /// # Errors
    /// If there is none of that name.
    pub fn part(&self, name: &str) -> Result<Self, LoadError> {
        let prefix = [&self.prefix, name, "."].concat();
        if !self.parts().any(|part| part == prefix) {
            let names = self.parts().filter_map(|part| part.strip_prefix(&self.prefix));
            let names = names.filter_map(|part| part.strip_suffix('.'));
            return Err(self.missing("part", name, names));
        }
        Ok(SavedCheckpoint { prefix, ..self.clone() })
    }

    /// Sets all values of a network, or of lone parameters.
    ///
    /// # Errors
    /// If one of the tensors does not fit.
    pub fn restore_network<O: Owner>(&self, network: &mut O) -> Result<(), LoadError> {
        let tensors = tensors_of::<O::Network>(|name| join(&self.prefix, name));
        let deeper = |part: &&str| part.len() > self.prefix.len();
        let is_own = |stored: &&StoredTensor<'_>| {
            let name = stored.name.as_str();
            (self.prefix.is_empty() || is_of_part(name, &self.prefix))
                && !name[self.prefix.len().min(name.len())..].starts_with(&of_optimizer(""))
                && !self.parts().filter(deeper).any(|part| is_of_part(name, part))
        };
        let stored: Vec<_> = self.tensors.iter().filter(is_own).cloned().collect();
        self.read_into::<O::Network>(&tensors, &stored, network.network_mut().values_mut())
    }

    /// Sets an optimizer to what was saved of it: its settings, groups and counts, whatever it was made with, and its moments.
    ///
    /// # Errors
    /// If there is none, or one of another kind or of another network.
    pub fn restore_optimizer<O: Resumable>(&self, optimizer: &mut O) -> Result<(), LoadError> {
        let found = self.text(OPTIMIZER).ok_or_else(|| self.missing(OPTIMIZER, "", []))?;
        if found != O::NAME {
            let (expected, found) = (O::NAME, found.into());
            return Err(self.error(CheckpointFault::Optimizer { expected, found }));
        }
        // Changed only where all fits.
        let mut restored = optimizer.clone();
        let moments = self.text(&of_optimizer(MOMENTS)).unwrap_or_default();
        let names: Vec<&str> = moments.split_whitespace().collect();
        if !restored.keep_moments(&names) {
            return Err(self.setting::<O>(MOMENTS, moments));
        }
        for (moment, values) in restored.moments_mut() {
            let own = |name: &str| self.prefix.clone() + &of_moment(moment, name);
            let tensors = tensors_of::<O::Network>(own);
            let prefix = own("");
            let is_own = |stored: &&StoredTensor<'_>| {
                let behind = stored.name.strip_prefix(&prefix);
                behind.is_some_and(|behind| behind.is_empty() || behind.starts_with('/'))
            };
            let stored: Vec<_> = self.tensors.iter().filter(is_own).cloned().collect();
            self.read_into::<O::Network>(&tensors, &stored, values.values_mut())?;
        }
        for (name, _) in optimizer.settings() {
            let text = self.text(&of_optimizer(name));
            let text = text.ok_or_else(|| self.missing("setting", name, []))?;
            if !restored.set(name, text) {
                return Err(self.setting::<O>(name, text));
            }
        }
        *optimizer = restored;
        Ok(())
    }

    /// Sets a random number generator to the state that was saved.
    ///
    /// # Errors
    /// If there is none, or one of another kind.
    pub fn restore_rng<R: ResumableRng>(&self, rng: &mut R) -> Result<(), LoadError> {
        let text = self.text(RNG).ok_or_else(|| self.missing(RNG, "", []))?;
        let state = rng::read(text);
        let restored = state
            .as_ref()
            .and_then(|(name, bytes)| (*name == R::NAME).then(|| R::from_bytes(bytes)).flatten());
        let found = || state.as_ref().map_or(text, |(name, _)| name).into();
        *rng = restored.ok_or_else(|| {
            self.error(CheckpointFault::Rng { expected: R::NAME, found: found() })
        })?;
        Ok(())
    }

    /// A value of the program's own.
    ///
    /// # Errors
    /// If there is none of that name, or its text is none of the type.
    pub fn value<V: FromStr>(&self, name: &str) -> Result<V, LoadError> {
        let Some(text) = self.text(&of_value(name)) else {
            let prefix = self.prefix.clone() + &of_value("");
            let names = self.texts.keys().filter_map(|key| key.strip_prefix(&prefix));
            return Err(self.missing(VALUE, name, names));
        };
        text.parse().map_err(|_| {
            let (name, text) = (name.into(), text.into());
            self.error(CheckpointFault::Value { name, text, expected: core::any::type_name::<V>() })
        })
    }

    fn parts(&self) -> impl Iterator<Item = &str> {
        self.texts.get(PARTS).map(|parts| parts.lines()).into_iter().flatten()
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(&(self.prefix.clone() + name)).map(String::as_str)
    }

    fn read_into<P: Trainable>(
        &self,
        tensors: &[Tensor],
        stored: &[StoredTensor<'_>],
        values: &mut [P::Scalar],
    ) -> Result<(), LoadError> {
        let fits = StateDict::read_into(tensors, stored, Names::Same, values);
        fits.map_err(|fault| LoadError { network: Some(P::name()), ..self.load_error(fault) })
    }

    fn missing<'n>(
        &self,
        what: &'static str,
        name: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> LoadError {
        let nearest = nearest(name, names.into_iter()).map(String::from);
        self.error(CheckpointFault::Missing { what, name: name.into(), nearest })
    }

    fn setting<O: Resumable>(&self, name: &str, text: &str) -> LoadError {
        let (name, text) = (name.into(), text.into());
        self.error(CheckpointFault::Setting { optimizer: O::NAME, name, text })
    }

    fn error(&self, fault: CheckpointFault) -> LoadError {
        self.load_error(LoadFault::Checkpoint(fault))
    }

    fn load_error(&self, fault: LoadFault) -> LoadError {
        LoadError { network: None, path: self.path.clone(), fault, unnamed: Unnamed::Bytes }
    }
}

impl core::fmt::Debug for SavedCheckpoint {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter
            .debug_struct("SavedCheckpoint")
            .field("path", &self.path)
            .field("tensors", &self.tensors)
            .field("texts", &self.texts)
            .finish_non_exhaustive()
    }
}
