//! Training with memory that is kept from step to step.

mod frozen;

use alloc::boxed::Box;

use nalgebra::Dyn;
use rand::Rng;

use self::frozen::Frozen;
use crate::aligned::Aligned;
use crate::batch::Batch;
use crate::buffer::Buffer;
use crate::layer::CarriesState;
use crate::loss::OutputLoss;
use crate::network::activations::Parts;
use crate::network::{Activations, Network, Outputs, TakenBy, record, train};
use crate::part;
use crate::stream::{self, States};

/// What the steps of training compute with: activations, gradients and working memory, which are made in the first step and
/// used again in those that follow.
///
/// The network stays the caller's, and so does what changes it. `B` is the kind of batch: [`Dyn`], or
/// [`Const<SAMPLES>`](nalgebra::Const) for a number of samples that the compiler knows. The first step says which one, so
/// that only a field of a struct names it.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => tanh 8 => 2 >; }
///
/// let mut net = Net::new(&mut StdRng::seed_from_u64(7));
/// let mut adam = Adam::new(&net).learning_rate(0.05);
/// let mut training = net.training();
///
/// // Whether both numbers have the same sign.
/// let x = SMatrix::<f32, 2, 4>::new(1.0, 1.0, -1.0, -1.0, 1.0, -1.0, 1.0, -1.0);
/// let classes = [1, 0, 0, 1];
/// let mut loss = f32::INFINITY;
/// for _ in 0..200 {
///     training.forward(&net, &x);
///     loss = training.backward(&net, CrossEntropy, &classes);
///     adam.step(&mut net, training.gradient());
/// }
/// assert!(loss < 0.05, "{loss}");
/// ```
pub struct Training<N: Network, B: Batch = Dyn> {
    activations: Option<Box<N::ActivationsOf<B>>>,
    d_output: Option<Box<OutputGradient<N, B>>>,
    gradient: Aligned<N>,
    workspace: Buffer<N::Scalar>,
    frozen: Frozen<N::Scalar>,
}

/// How a loss changes with the output of a network, over a batch: a matrix, or the struct of several outputs.
pub type OutputGradient<N, B> = <<N as Network>::ActivationsOf<B> as Activations>::OutputGradient;

impl<N: Network, B: Batch> Training<N, B> {
    /// Memory for the steps of training. All but the gradient is made in the first of them.
    pub fn new() -> Self {
        Training {
            activations: None,
            d_output: None,
            gradient: Aligned::zeros(),
            workspace: Buffer::new(),
            frozen: Frozen::nothing::<N>(),
        }
    }

    /// Leaves the running statistics of a part of the network as they are in passes in training. The part's normalisations
    /// over the batch still go by the batch. Its parameters are what an optimizer freezes:
    /// [`Adam::freeze`](crate::optimizer::Adam::freeze).
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// network! { struct Net< 3 => encoder: 8 => norm: batch_norm => relu => head: 2 >; }
    ///
    /// let mut rng = StdRng::seed_from_u64(7);
    /// let mut net = Net::new(&mut rng);
    /// let mut training = net.training().freeze(|net| &net.norm);
    /// let mean = net.norm.running_mean;
    /// training.train(&mut net, &[[1.0, 2.0, 3.0], [-1.0, 0.5, 2.0]], &mut rng);
    /// assert_eq!(net.norm.running_mean, mean);
    ///
    /// training.set_frozen(|net| &net.norm, false);
    /// training.train(&mut net, &[[1.0, 2.0, 3.0], [-1.0, 0.5, 2.0]], &mut rng);
    /// assert_ne!(net.norm.running_mean, mean);
    /// ```
    ///
    /// # Panics
    /// If the closure gives something else than a part of the network that it takes.
    #[must_use]
    #[track_caller]
    pub fn freeze<Q: ?Sized>(mut self, part: impl FnOnce(&N) -> &Q) -> Self {
        self.set_frozen(part, true);
        self
    }

    /// Whether the running statistics of a part of the network are left as they are from now on, as by
    /// [`freeze`](Training::freeze).
    ///
    /// # Panics
    /// As `freeze`.
    #[track_caller]
    pub fn set_frozen<Q: ?Sized>(&mut self, part: impl FnOnce(&N) -> &Q, is_frozen: bool) {
        self.frozen.set(&part::range_of(part), is_frozen);
    }

    /// Runs the network, and keeps every representation. Gives them, which [`activations`](Training::activations) also does.
    ///
    /// # Panics
    /// If a token is none of the vocabulary.
    #[track_caller]
    pub fn forward<X>(&mut self, network: &N, x: &X) -> &N::ActivationsOf<B>
    where
        X: TakenBy<N, Activations = N::ActivationsOf<B>> + ?Sized,
    {
        let activations = x.put_into(&mut self.activations);
        record(network, activations);
        activations
    }

    /// As [`forward`](Training::forward), in training: dropout drops, and a normalisation over the batch learns the
    /// statistics that evaluation goes by.
    ///
    /// # Panics
    /// As `forward`, and if there are fewer samples than a normalisation over the batch can learn from.
    #[track_caller]
    pub fn train<X, R>(&mut self, network: &mut N, x: &X, mut rng: &mut R) -> &N::ActivationsOf<B>
    where
        X: TakenBy<N, Activations = N::ActivationsOf<B>> + ?Sized,
        R: Rng + ?Sized,
    {
        let activations = x.put_into(&mut self.activations);
        self.frozen.keep(network);
        train(network, activations, &mut rng);
        self.frozen.put_back(network);
        activations
    }

    /// As [`forward`](Training::forward), of sequences that go on: each sample from its state, which is then the one behind
    /// its last step. The way back ends at the states.
    ///
    /// # Panics
    /// As `forward`, and if there are not as many states as samples.
    #[track_caller]
    pub fn forward_from<X, S>(&mut self, network: &N, x: &X, states: &mut S) -> &N::ActivationsOf<B>
    where
        N: CarriesState,
        X: TakenBy<N, Activations = N::ActivationsOf<B>> + ?Sized,
        S: States<N> + ?Sized,
    {
        let activations = x.put_into(&mut self.activations);
        stream::record_from(network, activations, states);
        activations
    }

    /// As [`forward_from`](Training::forward_from), in training.
    ///
    /// # Panics
    /// As [`train`](Training::train), and if there are not as many states as samples.
    #[track_caller]
    pub fn train_from<X, S, R>(
        &mut self,
        network: &mut N,
        x: &X,
        states: &mut S,
        mut rng: &mut R,
    ) -> &N::ActivationsOf<B>
    where
        N: CarriesState,
        X: TakenBy<N, Activations = N::ActivationsOf<B>> + ?Sized,
        S: States<N> + ?Sized,
        R: Rng + ?Sized,
    {
        let activations = x.put_into(&mut self.activations);
        self.frozen.keep(network);
        stream::train_from(network, activations, states, &mut rng);
        self.frozen.put_back(network);
        activations
    }

    /// Computes the loss of the last pass and its gradient with respect to the parameters, which takes the place of the one
    /// before. Gives the loss.
    ///
    /// A network with several outputs takes the struct of them, with a loss of each, and that of their targets: see
    /// [`OutputLoss`].
    ///
    /// # Panics
    /// If there was no pass, or the targets do not fit the output: see [`LossError`](crate::loss::LossError).
    #[track_caller]
    pub fn backward<L, Y, const OUT: usize>(
        &mut self,
        network: &N,
        loss: L,
        targets: &Y,
    ) -> N::Scalar
    where
        OutputGradient<N, B>: Outputs<N::Scalar, OUT>,
        L: OutputLoss<OutputGradient<N, B>, N::Scalar, OUT, Y>,
        Y: ?Sized,
    {
        self.gradient.fill_zero();
        self.accumulate(network, loss, targets)
    }

    /// As [`backward`](Training::backward), and adds to the gradient that is there: a step over more samples than are
    /// computed at once.
    ///
    /// # Panics
    /// As `backward`.
    #[track_caller]
    pub fn accumulate<L, Y, const OUT: usize>(
        &mut self,
        network: &N,
        loss: L,
        targets: &Y,
    ) -> N::Scalar
    where
        OutputGradient<N, B>: Outputs<N::Scalar, OUT>,
        L: OutputLoss<OutputGradient<N, B>, N::Scalar, OUT, Y>,
        Y: ?Sized,
    {
        let Self { activations, d_output, workspace, .. } = self;
        let activations = passed(activations.as_deref());
        let outputs = activations.output_gradient(d_output);
        activations.read(|parts: Parts<'_, _, _>| outputs.take(0, parts.output.as_chunks().0));
        match loss.evaluate_outputs(outputs, targets, workspace) {
            Ok(loss) => {
                self.run_back(network);
                loss
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// As [`backward`](Training::backward), with a loss of one's own of the activations: `loss` writes how it changes with
    /// the output, each of several in its place. What it gives is given back.
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// network! { struct ActorCritic< 4 => tanh 16 => (policy: 3 | value: 1) >; }
    ///
    /// let net = ActorCritic::new(&mut StdRng::seed_from_u64(7));
    /// let mut training = net.training();
    /// let (x, actions, returns) = ([[0.1, 0.2, 0.3, 0.4]; 8], [2; 8], vec![[1.0]; 8]);
    ///
    /// training.forward(&net, &x);
    /// let (actor, critic) = training.backward_with(&net, |activations, d_output| {
    ///     let actor = CrossEntropy.loss_into(&activations.policy, &actions, &mut d_output.policy);
    ///     (actor, MeanSquaredError.loss_into(&activations.value, &returns, &mut d_output.value))
    /// });
    /// assert!(actor > 0.0 && critic > 0.0 && training.gradient().value.bias[0] < 0.0);
    /// ```
    ///
    /// # Panics
    /// If there was no pass.
    #[track_caller]
    pub fn backward_with<R>(
        &mut self,
        network: &N,
        loss: impl FnOnce(&N::ActivationsOf<B>, &mut OutputGradient<N, B>) -> R,
    ) -> R {
        self.gradient.fill_zero();
        self.accumulate_with(network, loss)
    }

    /// As [`backward_with`](Training::backward_with), and adds to the gradient that is there.
    ///
    /// # Panics
    /// If there was no pass.
    #[track_caller]
    pub fn accumulate_with<R>(
        &mut self,
        network: &N,
        loss: impl FnOnce(&N::ActivationsOf<B>, &mut OutputGradient<N, B>) -> R,
    ) -> R {
        let (activations, d_output) = self.output();
        let loss = loss(activations, d_output);
        self.run_back(network);
        loss
    }

    /// What the last pass kept.
    ///
    /// # Panics
    /// If there was none.
    #[track_caller]
    pub fn activations(&self) -> &N::ActivationsOf<B> {
        passed(self.activations.as_deref())
    }

    /// The gradient of the last loss, as an optimizer takes it.
    pub fn gradient(&self) -> &N {
        &self.gradient
    }

    /// The gradient, to be changed: by [`clip_norm`](crate::optimizer::clip_norm), say.
    pub fn gradient_mut(&mut self) -> &mut N {
        &mut self.gradient
    }

    /// What the last pass kept, and room for how a loss changes with its output.
    #[track_caller]
    fn output(&mut self) -> (&N::ActivationsOf<B>, &mut OutputGradient<N, B>) {
        let activations = passed(self.activations.as_deref());
        (activations, activations.output_gradient(&mut self.d_output))
    }

    #[track_caller]
    fn run_back(&mut self, network: &N) {
        let Self { activations, d_output, gradient, workspace, .. } = self;
        if let (Some(activations), Some(d_output)) = (activations, d_output) {
            activations.backward_into(network, d_output, gradient, workspace);
        }
    }
}

impl<N: Network, B: Batch> Default for Training<N, B> {
    fn default() -> Self {
        Self::new()
    }
}

impl<N: Network, B: Batch> core::fmt::Debug for Training<N, B> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let samples = self.activations.as_ref().map_or(0, |activations| activations.samples());
        write!(formatter, "Training of {} ({samples} samples)", N::NAME)
    }
}

#[track_caller]
fn passed<A>(activations: Option<&A>) -> &A {
    activations.expect("a loss is computed of what a pass gave: call `forward` or `train` before")
}
