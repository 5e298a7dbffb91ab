//! Runs that go on from a checkpoint as if they had not been stopped.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use static_net::file::{
    Checkpoint, CheckpointFault, LoadError, LoadFault, Mismatch, SavedCheckpoint, StateDict,
};
use static_net::optimizer::Resumable;
use static_net::prelude::*;
use static_net::rand::rngs::ChaCha8Rng;

network! {
    /// Its passes in training draw numbers and learn statistics.
    struct Net< 3 => encoder: 8 => norm: batch_norm => relu => dropout(0.25) => head: 2 >;
    struct Other< 3 => encoder: 9 => head: 2 >;
    struct Double< f64; 2 => 1 >;
}

/// All of a run.
struct Run<O> {
    net: Aligned<Net>,
    optimizer: O,
    rng: ChaCha12Rng,
    step: usize,
    mean_loss: f64,
}

impl<O: Resumable<Network = Net>> Run<O> {
    fn new(optimizer: impl Fn(&Net) -> O) -> Self {
        let mut rng = ChaCha12Rng::seed_from_u64(7);
        let net = Net::new(&mut rng);
        Run { optimizer: optimizer(&net), net, rng, step: 0, mean_loss: 0.0 }
    }

    fn train(&mut self, training: &mut Training<Net, Const<4>>) {
        // An odd number of words, so that saving meets the middle of a block.
        let _: u32 = self.rng.random();
        let x: [[f32; 3]; 4] = std::array::from_fn(|_| std::array::from_fn(|_| self.rng.random()));
        training.train(&mut self.net, &x, &mut self.rng);
        let targets = x.map(|x| usize::from(x[0] > x[1]));
        let loss = training.backward(&self.net, CrossEntropy, &targets);
        self.optimizer.set_learning_rate(Cosine::new(0.05, 0.001, 40).at(self.step));
        self.optimizer.step(&mut self.net, training.gradient());
        self.mean_loss = 0.9 * self.mean_loss + 0.1 * f64::from(loss);
        self.step += 1;
    }

    fn checkpoint(&self) -> Checkpoint<'_> {
        Checkpoint::new()
            .network(&self.net)
            .optimizer(&self.optimizer)
            .rng(&self.rng)
            .value("step", self.step)
            .value("mean loss", self.mean_loss)
    }

    fn restore(&mut self, saved: &SavedCheckpoint) -> Result<(), LoadError> {
        saved.restore_network(&mut self.net)?;
        saved.restore_optimizer(&mut self.optimizer)?;
        saved.restore_rng(&mut self.rng)?;
        self.step = saved.value("step")?;
        self.mean_loss = saved.value("mean loss")?;
        Ok(())
    }
}

/// What goes on from the file has the bits of what was not stopped: all of them are in its next file.
fn goes_on<O: Resumable<Network = Net>>(made: impl Fn(&Net) -> O, plain: impl Fn(&Net) -> O) {
    let mut training = Training::new();
    let mut run = Run::new(made);
    for stop in [0, 6, 13] {
        while run.step < stop {
            run.train(&mut training);
        }
        let file = run.checkpoint().to_safetensors();
        assert_eq!(file, run.checkpoint().to_safetensors());
        // Of what it was made with, nothing is left.
        let mut resumed = Run::new(&plain);
        resumed.rng = ChaCha12Rng::seed_from_u64(8);
        resumed.restore(&SavedCheckpoint::parse(&file).unwrap()).unwrap();
        assert_eq!(resumed.checkpoint().to_safetensors(), file);
        let (mut other_training, before) = (Training::new(), run.net.clone());
        for _ in 0..5 {
            run.train(&mut training);
            resumed.train(&mut other_training);
            assert_eq!(resumed.net, run.net);
        }
        assert_ne!(run.net, before);
        let files = [&resumed, &run].map(|run| run.checkpoint().to_safetensors());
        assert_eq!(files[0], files[1]);
    }
}

#[test]
fn runs_go_on_bit_for_bit() {
    goes_on(|net| Sgd::new(net).momentum(0.9).dampening(0.5).nesterov(true), Sgd::new);
    goes_on(Sgd::new, |net| Sgd::new(net).momentum(0.9));
    goes_on(
        |net| RmsProp::new(net).centered(true).momentum(0.5).alpha(0.9).epsilon(1e-5),
        RmsProp::new,
    );
    goes_on(|net| Adam::new(net).amsgrad(true).betas(0.8, 0.95), Adam::new);
    goes_on(Adam::new, |net| Adam::new(net).amsgrad(true).freeze(|net| &net.head));
    goes_on(|net| Lion::new(net).betas(0.8, 0.9), Lion::new);
    goes_on(
        |net| {
            AdamW::new(net)
                .decay_all(true)
                .freeze(|net| &net.head.bias)
                .learning_rate_factor(|net| &net.encoder, 0.1)
                .weight_decay_of(|net| &net.encoder.weight, 1.0 / 3.0)
        },
        |net| AdamW::new(net).weight_decay(0.5),
    );
}

fn trained() -> Run<Adam<Net>> {
    let mut run = Run::new(Adam::new);
    let mut training = Training::new();
    run.train(&mut training);
    run.train(&mut training);
    run
}

#[test]
fn a_checkpoint_is_a_file_of_its_network_too() {
    let run = trained();
    let file = run.checkpoint().to_safetensors();
    assert_eq!(Net::from_safetensors(&file).unwrap(), run.net);
    let tensors = safetensors::SafeTensors::deserialize(&file).unwrap();
    let (of_optimizer, plain): (Vec<_>, Vec<_>) =
        tensors.names().into_iter().partition(|name| name.starts_with("optimizer/"));
    assert_eq!(plain.len(), Net::tensors().len());
    assert_eq!(of_optimizer.len(), 2 * Net::tensors().len());
    assert!(of_optimizer.contains(&"optimizer/mean_square/encoder.weight"));
}

#[test]
fn parts_have_networks_of_their_own() {
    let mut rng = ChaCha12Rng::seed_from_u64(1);
    let (first, second) = (Net::new(&mut rng), Net::new(&mut rng));
    let (double, number) = (Double::new(&mut rng), 0.1_f32);
    let mut of_number = Adam::new(&number);
    of_number.step(&mut number.clone(), &0.3);
    let of_double = Sgd::new(&double).momentum(0.5);
    let file = Checkpoint::new()
        .network(&double)
        .optimizer(&of_double)
        .part("first", |part| {
            part.network(&first).value("n", 1).part("inner", |part| part.network(&second).rng(&rng))
        })
        .part("second", |part| part.network(&second).value("n", u64::MAX))
        .part("number", |part| part.network(&number).optimizer(&of_number))
        .to_safetensors();

    let saved = SavedCheckpoint::parse(&file).unwrap();
    let (mut net, mut other, mut zero) = (Net::zeros(), Double::zeros(), 0.0_f32);
    saved.restore_network(&mut other).unwrap();
    assert_eq!(other, double);
    saved.restore_optimizer(&mut Sgd::new(&double)).unwrap();
    let part = saved.part("first").unwrap();
    part.restore_network(&mut net).unwrap();
    assert_eq!((&net, part.value("n").unwrap()), (&first, 1));
    let part = part.part("inner").unwrap();
    part.restore_network(&mut net).unwrap();
    part.restore_rng(&mut ChaCha12Rng::seed_from_u64(2)).unwrap();
    assert_eq!(net, second);
    net.fill_zero();
    let part = saved.part("second").unwrap();
    part.restore_network(&mut net).unwrap();
    assert_eq!((&net, part.value("n").unwrap()), (&second, u64::MAX));
    let part = saved.part("number").unwrap();
    part.restore_network(&mut zero).unwrap();
    assert_eq!(zero, number);
    let mut restored = Adam::new(&zero);
    part.restore_optimizer(&mut restored).unwrap();
    assert_eq!(restored.moments(), of_number.moments());
    assert_eq!(restored.settings(), of_number.settings());

    // As modules of PyTorch are called; numbers of eight bytes lie at multiples of eight.
    let part = StateDict::parse(&file).unwrap().part("second.").unwrap();
    assert_eq!(part.load::<Net>().unwrap(), second);
    let tensors = safetensors::SafeTensors::deserialize(&file).unwrap();
    let begin = file.as_ptr().addr();
    for (name, tensor) in tensors.tensors() {
        let offset = tensor.data().as_ptr().addr() - begin;
        let size =
            if name == "number" || name.contains('.') && !name.contains("stage1") { 4 } else { 8 };
        assert_eq!(offset % size, 0, "{name}");
    }
}

#[test]
fn what_does_not_fit_is_told_and_changes_nothing() {
    let run = trained();
    let file = run.checkpoint().to_safetensors();
    let saved = SavedCheckpoint::parse(&file).unwrap();
    let fault = |result: Result<(), LoadError>| match result.unwrap_err().fault {
        LoadFault::Checkpoint(fault) => fault,
        other => panic!("{other}"),
    };
    let missing = |what, name: &str, nearest: Option<&str>| CheckpointFault::Missing {
        what,
        name: name.into(),
        nearest: nearest.map(String::from),
    };

    let mut sgd = Sgd::new(&run.net);
    let other = CheckpointFault::Optimizer { expected: "Sgd", found: "Adam".into() };
    assert_eq!(fault(saved.restore_optimizer(&mut sgd)), other);
    let mut other_net = Other::new(&mut ChaCha12Rng::seed_from_u64(1));
    let mut other_adam = Adam::new(&other_net).learning_rate(0.25);
    let before = (other_net.clone(), other_adam.settings());
    for result in [saved.restore_network(&mut other_net), saved.restore_optimizer(&mut other_adam)]
    {
        let error = result.unwrap_err();
        assert_eq!(error.network, Some("Other"));
        let LoadFault::Tensors(mismatches) = error.fault else { panic!("{}", error.fault) };
        let is_weight = |name: &str| name.ends_with("encoder.weight");
        assert!(
            mismatches.iter().any(
                |mismatch| matches!(mismatch, Mismatch::Shape { name, .. } if is_weight(name))
            )
        );
    }
    assert_eq!((other_net.clone(), other_adam.settings()), before);
    // Without moments the groups are of other values.
    let plain = Checkpoint::new().optimizer(&sgd).to_safetensors();
    let plain = SavedCheckpoint::parse(&plain).unwrap();
    let result = fault(plain.restore_optimizer(&mut Sgd::new(&other_net)));
    let CheckpointFault::Setting { optimizer: "Sgd", name, .. } = result else {
        panic!("{result}")
    };
    assert_eq!(name, "groups");

    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let drawn: u64 = ChaCha8Rng::seed_from_u64(1).random();
    let other = CheckpointFault::Rng { expected: "ChaCha8Rng", found: "ChaCha12Rng".into() };
    assert_eq!(fault(saved.restore_rng(&mut rng)), other);
    assert_eq!(rng.random::<u64>(), drawn);

    let value = saved.value::<usize>("steps").map(drop);
    assert_eq!(fault(value), missing("value", "steps", Some("step")));
    let value = saved.value::<usize>("mean loss").map(drop);
    assert!(matches!(fault(value), CheckpointFault::Value { expected: "usize", .. }));
    assert_eq!(fault(plain.restore_rng(&mut rng)), missing("rng", "", None));
    assert_eq!(fault(saved.part("actor").map(drop)), missing("part", "actor", None));
    let empty = SavedCheckpoint::parse(&Checkpoint::new().to_safetensors()).unwrap();
    let error = empty.restore_optimizer(&mut sgd).unwrap_err();
    assert_eq!(error.to_string(), "cannot read these bytes: it has no optimizer");
    let network = SavedCheckpoint::parse(&run.net.to_safetensors()).map(drop);
    assert_eq!(fault(network), CheckpointFault::NoCheckpoint);
    let cut = SavedCheckpoint::parse(&file[..file.len() - 1]).unwrap_err();
    assert!(matches!(cut.fault, LoadFault::Truncated { .. }));
}

#[test]
#[should_panic(expected = "the tensor `head.weight` is called as one of the part `head.`")]
fn a_part_is_not_called_as_a_stage() {
    let net = Net::zeros();
    let _ =
        Checkpoint::new().network(&net).part("head", |part| part.value("n", 1)).to_safetensors();
}

#[test]
#[should_panic(expected = "there are two of `optimizer`: give one to a `part`")]
fn two_optimizers_are_not_one() {
    let adam = Adam::new(&Net::zeros());
    let _ = Checkpoint::new().optimizer(&adam).optimizer(&adam);
}

/// Tells the child process that it is one, and where its checkpoint is.
const PATH_OF_CHILD: &str = "STATIC_NET_TEST_CHECKPOINT";
const STEPS: usize = 400;

fn long_run() -> Run<AdamW<Net>> {
    Run::new(|net| AdamW::new(net).weight_decay(0.1).learning_rate_factor(|net| &net.head, 2.0))
}

/// Not a test by itself: the process that `killed_runs_go_on` kills.
#[test]
fn train_until_killed() {
    let Some(path) = std::env::var_os(PATH_OF_CHILD) else { return };
    let mut run = long_run();
    if Path::new(&path).exists() {
        run.restore(&SavedCheckpoint::open(&path).unwrap()).unwrap();
    }
    let mut training = Training::new();
    while run.step < STEPS {
        run.train(&mut training);
        if run.step.is_multiple_of(3) || run.step == STEPS {
            run.checkpoint().save(&path).unwrap();
        }
        // The other process sees how far it is, and is in time.
        println!("\nstep {}", run.step);
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn child(path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "checkpoint::train_until_killed", "--nocapture"]);
    command.env(PATH_OF_CHILD, path).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// Kills a run so many times, goes on each time, and compares its last file with that of a run that was not stopped.
fn kill(times: u64) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.safetensors");
    let mut rng = ChaCha12Rng::seed_from_u64(times);
    let mut killed = 0;
    for _ in 0..times {
        let mut child = child(&path).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let steps =
            output.lines().filter(|line| line.as_ref().is_ok_and(|line| line.starts_with("step ")));
        // Anywhere in a step or a save behind a few more steps than the last time, so that it gets on.
        let last = steps.take(rng.random_range(1..=6)).count();
        std::thread::sleep(Duration::from_micros(rng.random_range(0..3_000)));
        killed += u64::from(last > 0 && child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(killed > times / 2, "only {killed} runs were stopped");
    assert!(child(&path).output().unwrap().status.success());

    let mut unstopped = long_run();
    let mut training = Training::new();
    while unstopped.step < STEPS {
        unstopped.train(&mut training);
    }
    assert!(std::fs::read(&path).unwrap() == unstopped.checkpoint().to_safetensors());
}

#[test]
fn killed_runs_go_on() {
    kill(10);
}

#[test]
#[ignore = "takes half a minute"]
fn runs_that_are_killed_fifty_times_go_on() {
    kill(50);
}
