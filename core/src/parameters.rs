//! What a layer or network is made of: plain floats, each with a place and a name.

mod nearest;
mod place;
mod values;

use alloc::string::String;
use alloc::vec::Vec;
use core::marker::PhantomData;
use core::ops::Range;

use nalgebra::SMatrix;

/// Implements [`trait@Parameters`] for a `#[repr(C)]` struct whose fields are all parameters: matrices,
/// vectors, scalars, other layers, arrays of them. See [`layer`](crate::layer) for an example.
///
/// A field of the type `PhantomData` holds none, and is how sizes and kinds of a layer stand in its type. The
/// scalar is the type parameter that is bounded by `Float`, else the one that the fields' types name; a struct
/// that is made of its type parameters alone is parameters of whatever they are parameters of.
///
/// What a field's tensors are called follows from the field: its own name, in front of the names of its parts.
/// A vector or scalar is trained without weight decay, a matrix with it. `#[tensor(..)]` says otherwise:
///
/// | word | the field's tensors |
/// | --- | --- |
/// | `name = "w"` | are called so; `name = ""` leaves only the names of its parts |
/// | `suffix = "_reverse"` | have names that end so |
/// | `kind = running_statistic` | are not trained; `trained` and `trained_without_decay` are the other kinds |
/// | `matrix` | are one matrix `[rows, columns]`, even where it has a single column |
/// | `place` | keep their names, and stages with a label inside of the field leave out the field's name |
/// | `describe = function` | are what `function(&mut Tensors, name)` lists |
///
/// ```
/// use core::marker::PhantomData;
/// use static_net::prelude::*;
/// use static_net::{Float, Kind, Tensors};
///
/// #[derive(Parameters)]
/// #[repr(C)]
/// struct Scale<T: Float, A, const N: usize> {
///     #[tensor(name = "weight", kind = trained)]
///     gain: SVector<T, N>,
///     #[tensor(kind = running_statistic)]
///     mean: SVector<T, N>,
///     activation: PhantomData<fn() -> A>,
/// }
///
/// #[derive(Parameters)]
/// #[repr(C)]
/// struct Twice<L> {
///     #[tensor(name = "")]
///     first: L,
///     #[tensor(name = "", suffix = "_second")]
///     second: L,
/// }
///
/// let tensors = Tensors::of::<f32, Twice<Scale<f32, u8, 4>>>();
/// let names: Vec<_> = tensors.iter().map(|tensor| tensor.name.as_str()).collect();
/// assert_eq!(names, ["weight", "mean", "weight_second", "mean_second"]);
/// assert_eq!((tensors[0].kind, tensors[1].kind), (Kind::Trained, Kind::RunningStatistic));
/// assert_eq!(<Twice<Scale<f32, u8, 4>>>::PARAMETERS, 8);
/// ```
pub use static_net_macros::Parameters;

pub(crate) use nearest::nearest;
pub(crate) use place::advance;
pub(crate) use values::{values, values_mut};

use crate::capacity::sum;
use crate::scalar::Float;

/// What becomes of a tensor in training.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Trained, and drawn towards zero by weight decay.
    Trained,
    /// Trained, but spared by weight decay: biases, gains of normalisations.
    TrainedWithoutDecay,
    /// Not trained by gradients: the running statistics of a normalisation.
    RunningStatistic,
}

/// One tensor of a network: its name and shape as `torch.nn` gives them, and where its values lie in
/// [`state`](crate::Network::state).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tensor {
    /// The name in a state dict, such as `latent.weight`.
    pub name: String,
    /// The size along each axis, as PyTorch has it: a dense weight is `[outputs, inputs]`.
    pub shape: Vec<usize>,
    /// How far apart two neighbours along each axis lie in memory, in values: `[1, outputs]` for a
    /// dense weight, which nalgebra keeps column by column.
    pub strides: Vec<usize>,
    /// Which values of the network's state it is.
    pub range: Range<usize>,
    /// What becomes of it in training.
    pub kind: Kind,
}

/// A type that is nothing but values of type `T`: a matrix, a layer, a whole network.
///
/// [`#[derive(Parameters)]`](macro@crate::Parameters) implements it for a `#[repr(C)]` struct whose fields
/// all implement it, which is what a user's own layer needs. A `PhantomData` is parameters too: none.
///
/// # Safety
/// The type consists of [`VALUES`](Parameters::VALUES) values of type `T` and is aligned as they are: no
/// padding, no pointers, no other types, so that any values (zeros too) make a valid object; and
/// [`describe`](Parameters::describe) covers them all, in memory order.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not made of `{T}` parameters only",
    label = "not plain `{T}` parameters",
    note = "a layer's fields are `SMatrix<{T}, R, C>`, `SVector<{T}, N>`, `{T}` or other layers of \
            `{T}`; put `#[derive(Parameters)] #[repr(C)]` on the struct that holds them"
)]
pub unsafe trait Parameters<T: Float>: Sized + Send + Sync + 'static {
    /// How many values are trained.
    const PARAMETERS: usize;

    /// How many values there are, trained or not. What is derived counts those of its fields.
    const VALUES: usize = size_of::<Self>() / size_of::<T>();

    /// Lists the tensors, in memory order.
    fn describe(tensors: &mut Tensors);
}

/// Fails to compile where `P` is anything besides its values, whatever has brought that about: an alignment of
/// its own, which leaves padding, or a field that its implementation does not know.
#[track_caller]
pub(crate) const fn check_layout<T: Float, P: Parameters<T>>() {
    assert!(
        size_of::<P>() == P::VALUES * size_of::<T>(),
        "parameters are values in a row and nothing else: there is padding, or a field that is no parameter\n\
        help: remove the `repr` that an attribute adds, or the field"
    );
    assert!(
        if P::VALUES == 0 {
            align_of::<P>() <= align_of::<T>()
        } else {
            align_of::<P>() == align_of::<T>()
        },
        "parameters are aligned as their values are: they have no alignment of their own"
    );
}

/// That parameters are values in a row and nothing else, checked once for a type, where code that trusts it is compiled.
pub struct Layout<T, P>(PhantomData<(T, P)>);

impl<T: Float, P: Parameters<T>> Layout<T, P> {
    /// Fails to compile where it does not hold.
    pub const CHECKED: () = check_layout::<T, P>();
}

/// How many values a field of `N` trains, and how many it holds.
pub const fn field_sizes<T: Float, N, P: Parameters<T>>(_: fn(&N) -> &P) -> [usize; 2] {
    [P::PARAMETERS, P::VALUES]
}

/// How many values all fields train, and how many they hold.
pub const fn total_sizes(fields: &[[usize; 2]]) -> [usize; 2] {
    let ([mut trained, mut held], mut field) = ([0, 0], 0);
    while field < fields.len() {
        trained = sum(trained, fields[field][0], "the parameters");
        held = sum(held, fields[field][1], "the parameters");
        field += 1;
    }
    [trained, held]
}

/// Adds all tensors of a field of `N`, their names preceded by the field's own.
pub fn describe_field<T: Float, N, P: Parameters<T>>(
    tensors: &mut Tensors,
    _: fn(&N) -> &P,
    name: &str,
) {
    tensors.part::<T, P>(name);
}

/// The same of a stage with a label, whose tensors are called as if it stood on the level around the compositions without
/// one that it stands in.
pub fn describe_label<T: Float, N, P: Parameters<T>>(
    tensors: &mut Tensors,
    _: fn(&N) -> &P,
    name: &str,
) {
    tensors.label::<T, P>(name);
}

/// The same of a composition without a label, which opens no level.
pub fn describe_place<T: Float, N, P: Parameters<T>>(
    tensors: &mut Tensors,
    _: fn(&N) -> &P,
    name: &str,
) {
    tensors.place::<T, P>(name);
}

/// Collects the tensors of a network. [`Parameters::describe`] adds to it.
#[derive(Debug, Default)]
pub struct Tensors {
    prefix: String,
    /// How much of the prefix stands in front of the names of labels.
    level: usize,
    suffix: String,
    kind: Option<Kind>,
    offset: usize,
    list: Vec<Tensor>,
}

impl Tensors {
    /// The tensors of `P`.
    pub fn of<T: Float, P: Parameters<T>>() -> Vec<Tensor> {
        let () = Layout::<T, P>::CHECKED;
        let mut tensors = Tensors::default();
        P::describe(&mut tensors);
        assert_eq!(
            tensors.offset * size_of::<T>(),
            size_of::<P>(),
            "the description of {} does not cover it",
            core::any::type_name::<P>()
        );
        tensors.list
    }

    /// Adds a matrix that nalgebra keeps column by column and PyTorch names `[rows, columns]`.
    pub fn matrix(&mut self, name: &str, rows: usize, columns: usize, kind: Kind) {
        self.push(name, &[rows, columns], &[1, rows], kind);
    }

    /// Adds a vector.
    pub fn vector(&mut self, name: &str, len: usize, kind: Kind) {
        self.push(name, &[len], &[1], kind);
    }

    /// Adds a tensor of any shape; `strides` say how far apart neighbours along each axis lie.
    ///
    /// # Panics
    /// If shape and strides have different lengths.
    pub fn tensor(&mut self, name: &str, shape: &[usize], strides: &[usize], kind: Kind) {
        assert_eq!(shape.len(), strides.len(), "a stride for each axis of `{name}`");
        self.push(name, shape, strides, kind);
    }

    /// Adds all tensors of a part, their names preceded by the part's own.
    pub fn part<T: Float, P: Parameters<T>>(&mut self, name: &str) {
        self.described(name, P::describe);
    }

    fn described(&mut self, name: &str, describe: fn(&mut Tensors)) {
        let (outer, level) = (self.prefix.len(), self.level);
        self.prefix = self.join(name);
        if !name.is_empty() {
            self.level = self.prefix.len();
        }
        describe(self);
        self.prefix.truncate(outer);
        self.level = level;
    }

    /// The same of a part with a label, whose name leaves out the places that it stands in.
    fn label<T: Float, P: Parameters<T>>(&mut self, name: &str) {
        let level = self.level;
        let places = self.prefix.split_off(level);
        self.part::<T, P>(name);
        self.prefix += &places;
    }

    /// The same of a place that parts stand in: the names of those that have a label leave it out.
    pub(crate) fn place<T: Float, P: Parameters<T>>(&mut self, name: &str) {
        let outer = self.prefix.len();
        self.prefix = self.join(name);
        P::describe(self);
        self.prefix.truncate(outer);
    }

    /// Adds what `describe` adds, each name followed by `suffix`.
    pub fn suffixed(&mut self, suffix: &str, describe: impl FnOnce(&mut Tensors)) {
        let inner = self.suffix.len();
        self.suffix.insert_str(0, suffix);
        describe(self);
        self.suffix.drain(..self.suffix.len() - inner);
    }

    /// Adds what `describe` adds as tensors of another kind. What is a running statistic stays one.
    pub fn of_kind(&mut self, kind: Kind, describe: impl FnOnce(&mut Tensors)) {
        let outer = self.kind;
        self.kind = outer.or(Some(kind));
        describe(self);
        self.kind = outer;
    }

    fn push(&mut self, name: &str, shape: &[usize], strides: &[usize], kind: Kind) {
        let len: usize = shape.iter().product();
        if len == 0 {
            // A bias that a layer goes without.
            return;
        }
        let kind = match (kind, self.kind) {
            (Kind::RunningStatistic, _) => kind,
            (_, other) => other.unwrap_or(kind),
        };
        let name = self.join(name) + &self.suffix;
        self.list.push(Tensor {
            name,
            shape: shape.to_vec(),
            strides: strides.to_vec(),
            range: self.offset..self.offset + len,
            kind,
        });
        self.offset += len;
    }

    fn join(&self, name: &str) -> String {
        let mut path = self.prefix.clone();
        if !path.is_empty() && !name.is_empty() {
            path.push('.');
        }
        path.push_str(name);
        path
    }
}

// SAFETY: nalgebra's array storage is `#[repr(transparent)]` over `[[T; R]; C]`; the description
// covers `R * C` values.
unsafe impl<T: Float, const R: usize, const C: usize> Parameters<T> for SMatrix<T, R, C> {
    const PARAMETERS: usize = R * C;
    const VALUES: usize = R * C;

    fn describe(tensors: &mut Tensors) {
        if C == 1 {
            tensors.vector("", R, Kind::TrainedWithoutDecay);
        } else {
            tensors.matrix("", R, C, Kind::Trained);
        }
    }
}

// SAFETY: an array has no padding between or behind its items; each is described in turn.
unsafe impl<T: Float, P: Parameters<T>, const N: usize> Parameters<T> for [P; N] {
    const PARAMETERS: usize = N * P::PARAMETERS;
    const VALUES: usize = N * P::VALUES;

    fn describe(tensors: &mut Tensors) {
        for index in 0..N {
            tensors.part::<T, P>(&alloc::format!("{index}"));
        }
    }
}

// SAFETY: no values at all. The bounds of the trait are those of what it stands for.
unsafe impl<T: Float, P: ?Sized> Parameters<T> for PhantomData<P>
where
    PhantomData<P>: Send + Sync + 'static,
{
    const PARAMETERS: usize = 0;
    const VALUES: usize = 0;

    fn describe(_: &mut Tensors) {}
}

// SAFETY: one value.
unsafe impl<T: Float> Parameters<T> for T {
    const PARAMETERS: usize = 1;
    const VALUES: usize = 1;

    fn describe(tensors: &mut Tensors) {
        tensors.push("", &[], &[], Kind::TrainedWithoutDecay);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Part;
    // SAFETY: no values at all.
    unsafe impl Parameters<f32> for Part {
        const PARAMETERS: usize = 0;
        fn describe(tensors: &mut Tensors) {
            tensors.part::<f32, f32>("gain");
        }
    }

    #[test]
    fn names_and_ranges_follow_the_fields() {
        let mut tensors = Tensors::default();
        tensors.part::<f32, SMatrix<f32, 3, 2>>("weight");
        tensors.part::<f32, Part>("inner");
        tensors.part::<f32, SMatrix<f32, 4, 1>>("bias");
        let names: Vec<_> = tensors.list.iter().map(|tensor| tensor.name.as_str()).collect();
        assert_eq!(names, ["weight", "inner.gain", "bias"]);
        assert_eq!(tensors.list[0].strides, [1, 3]);
        assert_eq!(tensors.list[2].range, 7..11);
        assert_eq!(tensors.list[2].shape, [4]);
    }

    #[derive(Parameters)]
    #[repr(C)]
    struct Statistics<L> {
        #[tensor(kind = running_statistic, suffix = "_old")]
        layers: [L; 2],
        #[tensor(name = "")]
        last: L,
        without: SMatrix<f32, 0, 1>,
    }

    #[derive(Parameters)]
    #[repr(C)]
    struct Scalars<T: Float, A> {
        slope: T,
        slopes: [T; 2],
        activation: PhantomData<fn() -> A>,
    }

    #[test]
    fn a_scalar_of_any_type_is_parameters() {
        let tensors = Tensors::of::<f64, Scalars<f64, u8>>();
        let names: Vec<_> = tensors.iter().map(|tensor| tensor.name.as_str()).collect();
        assert_eq!(names, ["slope", "slopes.0", "slopes.1"]);
        assert_eq!(tensors[2].range, 2..3);
    }

    #[derive(Parameters)]
    #[repr(C)]
    struct Column<const R: usize, const C: usize> {
        #[tensor(matrix)]
        weight: SMatrix<f32, R, C>,
    }

    #[test]
    fn attributes_reach_the_tensors_of_parts() {
        type Layer = Statistics<Column<3, 1>>;
        let tensors = Tensors::of::<f32, Layer>();
        let names: Vec<_> = tensors.iter().map(|tensor| tensor.name.as_str()).collect();
        assert_eq!(names, ["layers.0.weight_old", "layers.1.weight_old", "weight"]);
        assert_eq!(tensors[0].kind, Kind::RunningStatistic);
        assert_eq!((tensors[2].kind, &tensors[2].shape[..]), (Kind::Trained, &[3, 1][..]));
        assert_eq!((Layer::PARAMETERS, Layer::VALUES), (3, 9));
    }

    #[repr(C, align(8))]
    struct Aligned<const N: usize>([f32; N]);
    // SAFETY: none: it is refused before anything trusts it.
    unsafe impl<const N: usize> Parameters<f32> for Aligned<N> {
        const PARAMETERS: usize = N;
        const VALUES: usize = N;
        fn describe(_: &mut Tensors) {}
    }

    #[test]
    #[should_panic(expected = "there is padding")]
    fn padding_is_found() {
        check_layout::<f32, Aligned<3>>();
    }

    #[test]
    #[should_panic(expected = "aligned as their values are")]
    fn an_alignment_without_padding_is_found() {
        check_layout::<f32, Aligned<2>>();
    }

    #[test]
    #[should_panic(expected = "does not cover it")]
    fn a_description_that_misses_values_is_found() {
        Tensors::of::<f32, Part>();
    }
}
