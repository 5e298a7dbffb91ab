//! All of a run in one file, so that it goes on as if it had not been stopped.

mod rng;
mod saved;

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use std::io::{self, Write as _};
use std::path::Path;

pub use rng::ResumableRng;
pub use saved::SavedCheckpoint;

use super::error::SaveError;
use super::{atomic, header, layout};
use crate::aligned::Owner;
use crate::optimizer::Resumable;
use crate::parameters::{Tensor, Tensors};
use crate::scalar::Float;
use crate::trainable::Trainable;

/// What stands in front of the name of a value that an optimizer keeps, behind the name of its part.
const OPTIMIZER: &str = "optimizer";
/// The same of the state of a random number generator.
const RNG: &str = "rng";
/// The same of a value of the program's own.
const VALUE: &str = "value";

/// All that a run needs to go on, on its way into one file: a network, its optimizer, random numbers and counters of the
/// program. [`SavedCheckpoint`] is the way back.
///
/// What goes on from a file computes the same bits as what was not stopped. The file is replaced whole or not at all: a
/// process that is killed at any moment leaves the last checkpoint or the new one.
///
/// ```
/// use static_net::file::{Checkpoint, SavedCheckpoint};
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => tanh 8 => dropout(0.1) => 1 >; }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("run.safetensors");
/// let mut rng = ChaCha12Rng::seed_from_u64(7);
/// let mut net = Net::new(&mut rng);
/// let mut adam = Adam::new(&net);
/// let mut step = 0;
/// if path.exists() {
///     let saved = SavedCheckpoint::open(&path)?;
///     saved.restore_network(&mut net)?;
///     saved.restore_optimizer(&mut adam)?;
///     saved.restore_rng(&mut rng)?;
///     step = saved.value("step")?;
/// }
/// let mut training = net.training();
/// while step < 100 {
///     let x = [rng.random(), rng.random()];
///     training.train(&mut net, &[x], &mut rng);
///     training.backward(&net, MeanSquaredError, &[[x[0] * x[1]]]);
///     adam.step(&mut net, training.gradient());
///     step += 1;
///     if step % 25 == 0 {
///         Checkpoint::new().network(&net).optimizer(&adam).rng(&rng).value("step", step).save(&path)?;
///     }
/// }
/// assert_eq!(Net::load(&path)?, net); // a checkpoint is a file of its network too
/// # Ok(())
/// # }
/// ```
///
/// # What is in the file
/// The tensors of the network have the names of a state dict, those of the optimizer have names with `optimizer/` in
/// front; all else is text in the metadata. A network is loaded from it as from any file, and in PyTorch by
/// ```text
/// tensors = safetensors.torch.load_file(path)
/// model.load_state_dict({name: t for name, t in tensors.items() if "optimizer/" not in name})
/// ```
///
/// # Several networks
/// A [`part`](Checkpoint::part) has a network, an optimizer, random numbers and values of its own. Its tensors are called
/// as those of a module of that name. A lone parameter is one too:
///
/// ```
/// use static_net::file::{Checkpoint, SavedCheckpoint};
/// use static_net::prelude::*;
///
/// network! { struct Actor< 3 => tanh 8 => 1 >; struct Critic< 4 => tanh 8 => 1 >; }
///
/// # let mut rng = ChaCha12Rng::seed_from_u64(7);
/// let (actor, critic, log_alpha) = (Actor::new(&mut rng), Critic::new(&mut rng), 0.25_f32);
/// let (of_actor, of_critic, of_alpha) = (Adam::new(&actor), Adam::new(&critic), Adam::new(&log_alpha));
/// let bytes = Checkpoint::new()
///     .part("actor", |part| part.network(&actor).optimizer(&of_actor))
///     .part("critic", |part| part.network(&critic).optimizer(&of_critic))
///     .part("log_alpha", |part| part.network(&log_alpha).optimizer(&of_alpha))
///     .to_safetensors();
///
/// let saved = SavedCheckpoint::parse(&bytes)?;
/// let mut restored = 0.0_f32;
/// saved.part("log_alpha")?.restore_network(&mut restored)?;
/// assert_eq!(restored, log_alpha);
/// # Ok::<(), static_net::file::LoadError>(())
/// ```
#[must_use = "`save` writes it"]
#[derive(Default)]
pub struct Checkpoint<'a> {
    sections: Vec<Section<'a>>,
    texts: BTreeMap<String, String>,
    /// What stands in front of all names of the part that is added to.
    prefix: String,
    /// What stands in front of the names of each part that there is.
    parts: Vec<String>,
}

/// Tensors of one network, or of what an optimizer keeps for it.
struct Section<'a> {
    prefix: String,
    tensors: Vec<Tensor>,
    values: Box<dyn Values + 'a>,
}

impl<'a> Checkpoint<'a> {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// With a network, or lone parameters.
    ///
    /// # Panics
    /// If one of its tensors has a name with `optimizer/`. [`save`](Checkpoint::save) panics where there are two networks
    /// in one part.
    #[track_caller]
    pub fn network<O: Owner>(mut self, network: &'a O) -> Self {
        let parameters = network.network();
        let prefix = self.prefix.clone();
        let tensors = tensors_of::<O::Network>(|name| join(&prefix, name));
        for tensor in &tensors {
            assert!(
                !tensor.name.is_empty(),
                "a lone parameter takes a name, which `part` gives it"
            );
            let is_optimizers = tensor.name.contains(&of_optimizer(""));
            assert!(!is_optimizers, "`{}` is the name of what an optimizer keeps", tensor.name);
        }
        self.sections.push(Section { prefix, tensors, values: Box::new(parameters.values()) });
        self
    }

    /// With an optimizer: its settings, counts and moments.
    ///
    /// # Panics
    /// If there is one in this part.
    #[track_caller]
    pub fn optimizer<O: Resumable>(mut self, optimizer: &'a O) -> Self {
        self.add_text(OPTIMIZER, O::NAME.into());
        for (name, text) in optimizer.settings() {
            self.add_text(&of_optimizer(name), text);
        }
        let moments = optimizer.moments();
        let names: Vec<_> = moments.iter().map(|(name, _)| *name).collect();
        self.add_text(&of_optimizer(MOMENTS), names.join(" "));
        for (moment, parameters) in moments {
            let tensors =
                tensors_of::<O::Network>(|name| self.prefix.clone() + &of_moment(moment, name));
            let prefix = self.prefix.clone() + &of_optimizer("");
            self.sections.push(Section { prefix, tensors, values: Box::new(parameters.values()) });
        }
        self
    }

    /// With the state of a random number generator.
    ///
    /// # Panics
    /// If there is one in this part.
    #[track_caller]
    pub fn rng<R: ResumableRng>(mut self, rng: &R) -> Self {
        self.add_text(RNG, rng::text(rng));
        self
    }

    /// With a value of the program's own, such as how many epochs there were. It is kept as text, of which floating-point
    /// numbers lose nothing.
    ///
    /// # Panics
    /// If there is one of that name in this part.
    #[track_caller]
    pub fn value(mut self, name: &str, value: impl ToString) -> Self {
        self.add_text(&of_value(name), value.to_string());
        self
    }

    /// With a part that has a network, an optimizer, random numbers and values of its own, which `add` adds.
    ///
    /// # Panics
    /// If the name is none, has a `.` or a `/`, or is that of another part.
    #[track_caller]
    pub fn part(mut self, name: &str, add: impl FnOnce(Self) -> Self) -> Self {
        assert!(!name.is_empty() && !name.contains(['.', '/']), "{name:?} is no name of a part");
        let outer = self.prefix.clone();
        self.prefix = outer.clone() + name + ".";
        assert!(!self.parts.contains(&self.prefix), "there are two parts `{name}`");
        self.parts.push(self.prefix.clone());
        let mut whole = add(self);
        whole.prefix = outer;
        whole
    }

    /// Writes all of it to a file, which is replaced whole or not at all: see [`file::save`](crate::file::save).
    ///
    /// # Errors
    /// As [`file::save`](crate::file::save).
    ///
    /// # Panics
    /// If two tensors have the same name, or one has a name that begins as those of a part.
    #[track_caller]
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), SaveError> {
        self.check_names();
        let path = path.as_ref();
        atomic::replace(path, |file| self.write(&mut |bytes| file.write_all(bytes)))
            .map_err(|fault| SaveError { path: path.to_owned(), fault })
    }

    /// The bytes that [`save`](Checkpoint::save) writes.
    ///
    /// # Panics
    /// As `save`.
    #[must_use]
    #[track_caller]
    pub fn to_safetensors(&self) -> Vec<u8> {
        self.check_names();
        let mut bytes = Vec::new();
        let append = &mut |more: &[u8]| {
            bytes.extend_from_slice(more);
            Ok(())
        };
        self.write(append).expect("memory refuses nothing");
        bytes
    }

    fn write(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        // Larger numbers first, so that all lie at multiples of their size.
        let mut sections: Vec<_> = self.sections.iter().collect();
        sections.sort_by_key(|section| core::cmp::Reverse(section.values.size_of_one()));
        let mut header = header::Writing::new();
        header.metadata(&self.texts);
        header.metadata(&[(header::CHECKPOINT.into(), VERSION.into())].into());
        let parts = self.parts.join("\n");
        header.metadata(&[(PARTS.into(), parts)].into());
        for section in &sections {
            section.values.announce(&section.tensors, &mut header);
        }
        sink(&header.finish())?;
        sections.iter().try_for_each(|section| section.values.write(&section.tensors, sink))
    }

    #[track_caller]
    fn add_text(&mut self, name: &str, text: String) {
        let before = self.texts.insert(self.prefix.clone() + name, text);
        assert!(before.is_none(), "there are two of `{name}`: give one to a `part`");
    }

    #[track_caller]
    fn check_names(&self) {
        for Section { prefix, tensors, .. } in &self.sections {
            for part in self.parts.iter().filter(|part| part.len() > prefix.len()) {
                let clash = tensors.iter().find(|tensor| is_of_part(&tensor.name, part));
                if let Some(Tensor { name, .. }) = clash {
                    panic!("the tensor `{name}` is called as one of the part `{part}`");
                }
            }
        }
    }
}

impl core::fmt::Debug for Checkpoint<'_> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let tensors: usize = self.sections.iter().map(|section| section.tensors.len()).sum();
        write!(formatter, "Checkpoint of {tensors} tensors and {:?}", self.texts)
    }
}

/// The version of the format.
const VERSION: &str = "1";
/// The text that lists what the names of each part begin with.
const PARTS: &str = "static_net.parts";
/// The text that lists what an optimizer keeps for each parameter.
const MOMENTS: &str = "moments";

fn of_optimizer(name: &str) -> String {
    [OPTIMIZER, "/", name].concat()
}

fn of_value(name: &str) -> String {
    [VALUE, "/", name].concat()
}

/// The name of a tensor of a moment; that of a lone parameter has none of its own.
fn of_moment(moment: &str, tensor: &str) -> String {
    let separator = if tensor.is_empty() { "" } else { "/" };
    [&of_optimizer(moment), separator, tensor].concat()
}

/// The name of a tensor behind that of its part, `part.`.
fn join(prefix: &str, name: &str) -> String {
    match name {
        "" => prefix.trim_end_matches('.').into(),
        name => [prefix, name].concat(),
    }
}

/// Whether a tensor is one of a part, `part.`.
fn is_of_part(name: &str, part: &str) -> bool {
    name.starts_with(part) || part.strip_suffix('.') == Some(name)
}

/// The tensors of a network, under other names.
fn tensors_of<P: Trainable>(name: impl Fn(&str) -> String) -> Vec<Tensor> {
    let mut tensors = Tensors::of::<P::Scalar, P>();
    for tensor in &mut tensors {
        tensor.name = name(&tensor.name);
    }
    tensors
}

type Sink<'a> = dyn FnMut(&[u8]) -> io::Result<()> + 'a;

/// Values of whatever type.
trait Values {
    fn size_of_one(&self) -> usize;

    fn announce(&self, tensors: &[Tensor], header: &mut header::Writing);

    fn write(&self, tensors: &[Tensor], sink: &mut Sink<'_>) -> io::Result<()>;
}

impl<T: Float> Values for &[T] {
    fn size_of_one(&self) -> usize {
        size_of::<T>()
    }

    fn announce(&self, tensors: &[Tensor], header: &mut header::Writing) {
        header.tensors::<T>(tensors);
    }

    fn write(&self, tensors: &[Tensor], sink: &mut Sink<'_>) -> io::Result<()> {
        layout::write(tensors, self, &mut |bytes: &[u8]| sink(bytes))
    }
}
