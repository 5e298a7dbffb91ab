//! What tensors are called.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::super::error::{EditFault, LoadError};
use super::StateDict;

impl StateDict<'_> {
    /// Puts other beginnings in place of those of names: `("0.", "stage1.")` makes `stage1.weight` of `0.weight`.
    ///
    /// Of several that are at the front of a name, the longest counts, and none applies to what another has given. A name
    /// that none is at the front of stays. The prefix `""` is at the front of all.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// network! { struct Net< 10 => relu 32 => latent: relu 16 => 2 >; }
    ///
    /// # let old = Net::new(&mut StdRng::seed_from_u64(7)).to_safetensors();
    /// # let file = StateDict::parse(&old)?
    /// #     .rename_prefixes([("stage1.", "0."), ("latent.", "2."), ("stage3.", "2.1.")])?;
    /// let table = [("0.", "stage1."), ("2.", "latent."), ("2.1.", "stage3.")];
    /// let net: Aligned<Net> = file.rename_prefixes(table)?.load()?;
    /// # assert_eq!(net.to_safetensors(), old);
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If a prefix is at the front of no name, or only of names that a longer one of the table applies to; if two tensors
    /// get the same name.
    pub fn rename_prefixes(
        self,
        table: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>,
    ) -> Result<Self, LoadError> {
        let mut table: Vec<_> = table.into_iter().map(|row| (row, false)).collect();
        table.sort_by_key(|((prefix, _), _)| core::cmp::Reverse(prefix.as_ref().len()));
        self.edit("rename_prefixes", |list| {
            for stored in list.all_mut() {
                for ((prefix, replacement), is_used) in &mut table {
                    if let Some(rest) = stored.name.strip_prefix(prefix.as_ref()) {
                        stored.name = format!("{}{rest}", replacement.as_ref());
                        *is_used = true;
                        break;
                    }
                }
            }
            let unused = table.iter().filter(|(_, is_used)| !is_used);
            let unused: Vec<_> = unused.map(|((prefix, _), _)| prefix.as_ref().into()).collect();
            match unused.is_empty() {
                true => list.check_names(),
                false => Err(EditFault::NoPrefix(unused)),
            }
        })
    }

    /// Gives each tensor the name that `new_name` finds for its present one; where that is `None`, the
    /// tensor is left out.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// network! { struct Net< 3 => layer_norm => 2 >; }
    ///
    /// # let old = Net::new(&mut StdRng::seed_from_u64(7)).to_safetensors();
    /// # let file = StateDict::parse(&old)?
    /// #     .rename(|name| Some(name.replace("stage1.weight", "stage1.gamma").replace("stage1.bias", "stage1.beta")));
    /// // As TensorFlow calls them.
    /// let torch = |name: &str| name.replace(".gamma", ".weight").replace(".beta", ".bias");
    /// let net: Aligned<Net> = file.rename(|name| Some(torch(name))).load()?;
    /// # assert_eq!(net.to_safetensors(), old);
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    #[must_use = "gives the renamed tensors"]
    pub fn rename(mut self, mut new_name: impl FnMut(&str) -> Option<String>) -> Self {
        self.tensors.all_mut().retain_mut(|tensor| match new_name(&tensor.name) {
            Some(name) => {
                tensor.name = name;
                true
            }
            None => false,
        });
        self
    }

    /// Only the tensors whose names start so, without that start: a part of a larger network.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// # network! { struct Encoder< 3 => 2 >; struct Net< 3 => encoder: Encoder => 1 >; }
    /// # let net = Net::new(&mut StdRng::seed_from_u64(7));
    /// # let bytes = net.to_safetensors();
    /// # let file = StateDict::parse(&bytes)?;
    /// let encoder: Aligned<Encoder> = file.part("encoder.")?.load()?;
    /// # assert_eq!(encoder.state(), net.encoder.state());
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If none starts so.
    pub fn part(self, prefix: &str) -> Result<Self, LoadError> {
        self.edit("part", |list| {
            list.all_mut().retain_mut(|tensor| match tensor.name.strip_prefix(prefix) {
                Some(name) => {
                    tensor.name = name.into();
                    true
                }
                None => false,
            });
            match list.all().is_empty() {
                true => Err(EditFault::NoPrefix(vec![prefix.into()])),
                false => list.check_names(),
            }
        })
    }

    /// Leaves out the tensors whose names start so.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// # network! { struct Net< 3 => relu 4 => classes: 1000 >; struct Trunk< 3 => relu 4 >; }
    /// # let net = Net::new(&mut StdRng::seed_from_u64(7));
    /// # let bytes = net.to_safetensors();
    /// # let file = StateDict::parse(&bytes)?;
    /// let trunk: Aligned<Trunk> = file.without("classes.")?.load()?;
    /// # assert_eq!(trunk.stage1.weight, net.stage1.weight);
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If none starts so.
    pub fn without(self, prefix: &str) -> Result<Self, LoadError> {
        self.edit("without", |list| {
            let before = list.all().len();
            list.all_mut().retain(|tensor| !tensor.name.starts_with(prefix));
            match list.all().len() < before {
                true => Ok(()),
                false => Err(EditFault::NoPrefix(vec![prefix.into()])),
            }
        })
    }

    /// Makes stages of the layers of a recurrence of several, which PyTorch keeps in one module: `lstm.weight_ih_l1` is
    /// `weight_ih_l0` of the second stage.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// // nn.LSTM(8, 20, num_layers=2)
    /// network! { struct Net< [30, 8] => lower: lstm(20) => upper: lstm(20) >; }
    ///
    /// # let old = Net::new(&mut StdRng::seed_from_u64(7)).to_safetensors();
    /// # let in_torch = |name: &str| match name.strip_prefix("upper.") {
    /// #     Some(name) => name.replace("_l0", "_l1"),
    /// #     None => name.replace("lower.", ""),
    /// # };
    /// # let file = StateDict::parse(&old)?.rename(|name| Some(format!("lstm.{}", in_torch(name))));
    /// let net: Aligned<Net> = file.recurrent_layers("lstm", ["lower", "upper"])?.load()?;
    /// # assert_eq!(net.to_safetensors(), old);
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// Those of the other direction, `weight_ih_l1_reverse`, go the same way, and the tensors of an `nn.LSTMCell`, which
    /// have no number, are those of a single layer. The name of a module that is all there is is `""`.
    ///
    /// # Errors
    /// If the module has another number of layers than there are stages; if two tensors get the same name.
    pub fn recurrent_layers(
        self,
        module: &str,
        stages: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<Self, LoadError> {
        let stages: Vec<_> = stages.into_iter().collect();
        self.edit("recurrent_layers", |list| {
            let mut layers = BTreeSet::new();
            for stored in list.all_mut() {
                let Some(Layered { kind, layer, suffix }) = Layered::read(module, &stored.name)
                else {
                    continue;
                };
                layers.insert(layer);
                if let Some(stage) = stages.get(layer) {
                    stored.name = tensor_of(stage.as_ref(), &format!("{kind}_l0{suffix}"));
                }
            }
            let found = layers.last().map_or(0, |last| last + 1);
            if found == stages.len() && found > 0 {
                return list.check_names();
            }
            let prefix = tensor_of(module, "");
            match found {
                0 => Err(EditFault::NoPrefix(vec![tensor_of(module, "weight_ih_l0")])),
                _ => Err(EditFault::Layers { prefix, expected: stages.len(), found }),
            }
        })
    }
}

/// The name of a tensor in a module, which has no name where it is all there is.
pub(super) fn tensor_of(module: &str, tensor: &str) -> String {
    match module {
        "" => tensor.into(),
        module => format!("{module}.{tensor}"),
    }
}

/// What the tensors of a cell are called, which is one layer.
const KINDS: [&str; 4] = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];

/// The name of a tensor of one layer of several: `weight_ih_l1_reverse`.
struct Layered<'a> {
    /// `weight_ih`
    kind: &'a str,
    layer: usize,
    /// `_reverse`, or nothing.
    suffix: &'a str,
}

impl<'a> Layered<'a> {
    fn read(module: &str, name: &'a str) -> Option<Self> {
        let name = name.strip_prefix(&*tensor_of(module, ""))?;
        if KINDS.contains(&name) {
            return Some(Layered { kind: name, layer: 0, suffix: "" });
        }
        let (kind, layer) = name.rsplit_once("_l")?;
        let digits = layer.bytes().take_while(u8::is_ascii_digit).count();
        let (layer, suffix) = layer.split_at(digits);
        let is_one = !kind.contains('.') && matches!(suffix, "" | "_reverse");
        Some(Layered { kind, layer: layer.parse().ok()?, suffix }).filter(|_| is_one)
    }
}
