//! What is measured.

/// Something that libraries are asked to do.
pub struct Workload {
    /// By which processes are asked for it.
    pub id: &'static str,
    pub title: &'static str,
    /// Whether it is worth more than one thread.
    pub is_large: bool,
    /// What one run of it is counted as, and how many of those.
    pub counted: Counted,
}

pub enum Counted {
    /// The time of one of so many.
    Time(usize),
    /// How many of these in a second, of so many in a run.
    Rate(&'static str, usize),
}

const fn step(id: &'static str, title: &'static str) -> Workload {
    Workload { id, title, is_large: false, counted: Counted::Time(1) }
}

const fn large(id: &'static str, title: &'static str) -> Workload {
    Workload { is_large: true, ..step(id, title) }
}

const fn rate(
    id: &'static str,
    title: &'static str,
    what: &'static str,
    in_a_run: usize,
) -> Workload {
    Workload { id, title, is_large: true, counted: Counted::Rate(what, in_a_run) }
}

/// Samples in a batch of the larger networks that are trained.
pub const LENET_BATCH: usize = 64;
pub const GPT_BATCH: usize = 16;
pub const NANO_GPT_BATCH: usize = 12;
pub const GPT_LENGTH: usize = 64;
/// Samples that an audio host gives at once.
pub const BLOCK: usize = 64;

pub const WORKLOADS: &[Workload] = &[
    step("forward-10-32-16-2", "one sample, 10-32-16-2"),
    step("forward-64-64-64-4", "one sample, 64-64-64-4"),
    step("train-64-64-64-10", "training step 64-64-64-10, batch 32, Adam"),
    large("train-784-512-256-10", "training step 784-512-256-10, batch 128, Adam"),
    rate("train-lenet", "training LeNet-5, batch 64, SGD", "samples", LENET_BATCH),
    rate(
        "train-gpt-64",
        "training a GPT of 4 layers, width 64, batch 16",
        "tokens",
        GPT_BATCH * GPT_LENGTH,
    ),
    rate(
        "train-gpt-128",
        "training a GPT of 4 layers, width 128, batch 12",
        "tokens",
        NANO_GPT_BATCH * GPT_LENGTH,
    ),
    large("infer-1", "784-512-256-10, batch 1"),
    large("infer-8", "784-512-256-10, batch 8"),
    large("infer-64", "784-512-256-10, batch 64"),
    large("infer-1024", "784-512-256-10, batch 1024"),
    large("resnet-18", "ResNet-18, one image of 224 x 224"),
    step("lstm-8", "a step of lstm 8 and dense 1"),
    step("lstm-16", "a step of lstm 16 and dense 1"),
    step("lstm-20", "a step of lstm 20 and dense 1"),
    step("lstm-40", "a step of lstm 40 and dense 1"),
    step("lstm-64", "a step of lstm 64 and dense 1"),
    step("gru-8", "a step of gru 8 and dense 1"),
    step("gru-16", "a step of gru 16 and dense 1"),
    step("gru-24", "a step of gru 24 and dense 1"),
    step("gru-64", "a step of gru 64 and dense 1"),
    step("conv-8", "a step of 4 causal convs of 8 channels"),
    step("conv-16", "a step of 4 causal convs of 16 channels"),
    Workload {
        counted: Counted::Time(BLOCK),
        ..step("wavenet", "a sample of NAM's WaveNet A1 standard, in blocks of 64")
    },
    large("train-gru", "training step of gru 32 to 64 over 64 steps, batch 32, Adam"),
];
