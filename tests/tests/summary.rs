//! Summaries: tables of what a network is made of.

use static_net::layer::{Backward, BufferSize, Dense, Layer, Mode, Needs, Pass, Repeat, Residual};
use static_net::prelude::*;
use static_net::shape::Rank1;
use static_net::simd::InstructionSet;
use static_net::{Kind, Tensors};

/// A layer with a running statistic and a tape of a batch: what batch normalisation has, and no more.
struct Centered {
    bias: SVector<f32, 4>,
    mean: SVector<f32, 4>,
}

// SAFETY: two vectors of four values each.
unsafe impl Parameters<f32> for Centered {
    const PARAMETERS: usize = 4;

    fn describe(tensors: &mut Tensors) {
        tensors.vector("bias", 4, Kind::TrainedWithoutDecay);
        tensors.vector("running_mean", 4, Kind::RunningStatistic);
    }
}

impl Layer<f32> for Centered {
    type Input = Rank1<4>;
    type Output = Rank1<4>;

    const NEEDS: Needs =
        Needs { tape: BufferSize { per_sample: 4, fixed: 4, batch: 0 }, ..Needs::OUTPUT };

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {
        self.mean.fill(0.0);
    }

    fn forward<I: InstructionSet, M: Mode<f32>>(
        &self,
        input: &[[f32; 4]],
        output: &mut [[f32; 4]],
        _: &mut Pass<'_, f32, I, M>,
    ) {
        for (x, y) in input.iter().zip(output) {
            for index in 0..4 {
                y[index] = x[index] - self.mean[index] + self.bias[index];
            }
        }
    }

    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, f32, Self>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, f32, I>,
    ) {
        if let Some(d_input) = step.d_input {
            d_input.copy_from_slice(step.d_output);
        }
    }
}

type Hand = Residual<Dense<f32, 8, 8>>;
type Tower = Repeat<Hand, 2>;
type Square = Dense<f32, 8, 8, static_net::activation::Relu>;

network! {
    struct Net< 10 => relu 32 => latent: relu 16 => 2 >;
    struct Encoder< 12 => tanh 16 => code: gelu 4 >;
    struct Composed<
        f64; 12 => wide: gelu 16
        => blocks: repeat(4; residual(up: gelu 32 => [32] => down: 16))
        => mixed: concat(relu 4 | tanh 8 => 8 | identity)
        => leaky_relu(0.2) residual(24 => 8; project: 8)
        => sum(silu 4 | hidden: 7 => 4)
    >;
    struct Nested< 12 => encoder: relu Encoder => repeat(1000; relu 4) => 2 >;
    struct Running< 4 => Centered => centered: Centered >;
    struct Attending<
        [4, 6] => position(length: 9) => sinusoidal => attention(heads: 3, kv_heads: 1)
        => attention(2, causal: true, bias: false)
    >;
    struct Sequence<
        [5, 3] => steps: lstm(4, bidirectional: true) => gru(2, last: true, bias: false) => 2
    >;
    struct ByHand< 8 => Hand => tower: tanh Tower => static_net::layer::Residual<static_net::layer::Repeat<Square, 33>> => 2 >;
}

#[test]
fn a_chain() {
    let expected = "\
Net
--------------------------------------------------------------------
stage   layer    output shape  parameters  multiply-adds  bytes kept
--------------------------------------------------------------------
input            [10]                                             40
stage1  relu 32  [32]                 352            320         128
latent  relu 16  [16]                 528            512          64
stage3  2        [2]                   34             32           8
--------------------------------------------------------------------
914 trained parameters, 3,656 bytes of f32
864 multiply-adds for a sample
240 bytes of activations kept of a sample in training
";
    assert_eq!(Net::summary(), expected);
}

/// Each step of a recurrent layer multiplies with all its weights, and keeps its gates, its output and, of an LSTM, what
/// it remembers.
#[test]
fn recurrent_layers() {
    let expected = "\
Sequence
--------------------------------------------------------------------------------------------
stage   layer                            output shape  parameters  multiply-adds  bytes kept
--------------------------------------------------------------------------------------------
input                                    [5, 3]                                           60
steps   lstm(4, bidirectional: true)     [5, 8]               288          1,120       1,280
stage2  gru(2, last: true, bias: false)  [2]                   60            300         208
stage3  2                                [2]                    6              4           8
--------------------------------------------------------------------------------------------
354 trained parameters, 1,416 bytes of f32
1,424 multiply-adds for a sample
1,556 bytes of activations kept of a sample in training
";
    assert_eq!(Sequence::summary(), expected);
}

/// What is inside a composition stands below it, with what it keeps itself: the output of `down` is added to
/// and not needed again, the input of `gelu` is.
#[test]
fn compositions() {
    let expected = "\
Composed
-----------------------------------------------------------------------------------------
stage       layer                     output shape  parameters  multiply-adds  bytes kept
-----------------------------------------------------------------------------------------
input                                 [12]                                             96
wide        gelu 16                   [16]                 208            192         256
blocks      4 x                       [16]               4,288          4,096       2,560
  -         residual                  [16]               1,072          1,024         640
    up      gelu 32                   [32]                 544            512         512
    down    16                        [16]                 528            512           0
mixed       concat                    [28]                 276            256         320
  branch1   relu 4                    [4]                   68             64          32
  branch2
    stage1  tanh 8                    [8]                  136            128          64
    stage2  8                         [8]                   72             64           0
  branch3   identity                  [16]                   0              0           0
stage4      leaky_relu(0.2) residual  [8]                1,128          1,088         256
  stage1    24                        [24]                 696            672         192
  stage2    8                         [8]                  200            192           0
  project   8                         [8]                  232            224           0
stage5      sum                       [4]                  131            116         152
  branch1   silu 4                    [4]                   36             32          64
  branch2
    hidden  7                         [7]                   63             56          56
    stage2  4                         [4]                   32             28           0
-----------------------------------------------------------------------------------------
6,031 trained parameters, 48,248 bytes of f64
5,748 multiply-adds for a sample
3,640 bytes of activations kept of a sample in training
";
    assert_eq!(Composed::summary(), expected);
}

#[test]
fn values_that_are_read_again() {
    network! {
        struct Referring<
            6 => h: relu 8 => mean: 3 => &h => scale: tanh 3 => concat(identity | &mean | &input => 2 | &h => a: 4 => relu 1)
        >;
    }
    let expected = "\
Referring
-----------------------------------------------------------------------------
stage       layer         output shape  parameters  multiply-adds  bytes kept
-----------------------------------------------------------------------------
input                     [6]                                              24
h           relu 8        [8]                   56             48          32
mean        3             [3]                   27             24          12
scale       &h => tanh 3  [3]                   27             24          12
stage4      concat        [9]                   55             48          56
  branch1   identity      [3]                    0              0           0
  branch2   &mean         [3]                    0              0           0
  branch3   &input => 2   [2]                   14             12           0
  branch4
    a       &h => 4       [4]                   36             32          16
    stage2  relu 1        [1]                    5              4           4
-----------------------------------------------------------------------------
165 trained parameters, 660 bytes of f32
144 multiply-adds for a sample
136 bytes of activations kept of a sample in training
";
    assert_eq!(Referring::summary(), expected);
}

/// What branches gave is kept for the others, but not what is the input.
#[test]
fn products() {
    network! {
        struct Gated< 4 => product(identity | tanh 3 => sigmoid 4) => 2 >;
    }
    let expected = "\
Gated
--------------------------------------------------------------------------
stage       layer      output shape  parameters  multiply-adds  bytes kept
--------------------------------------------------------------------------
input                  [4]                                              16
stage1      product    [4]                   31             24          44
  branch1   identity   [4]                    0              0           0
  branch2
    stage1  tanh 3     [3]                   15             12          12
    stage2  sigmoid 4  [4]                   16             12          16
stage2      2          [2]                   10              8           8
--------------------------------------------------------------------------
41 trained parameters, 164 bytes of f32
32 multiply-adds for a sample
68 bytes of activations kept of a sample in training
";
    assert_eq!(Gated::summary(), expected);
}

/// Turns of a list show their size; what a stage inside gives to one behind is kept with it.
#[test]
fn turns() {
    network! {
        struct Turns< 4 => low: repeat(W in [3, 2]; z: tanh W => 4) => repeat(W in [5]; relu { 2 * W }) => concat(&low[..].z | identity) => 2 >;
    }
    let expected = "\
Turns
------------------------------------------------------------------------------------
stage       layer                output shape  parameters  multiply-adds  bytes kept
------------------------------------------------------------------------------------
input                            [4]                                              16
low         repeat(W in [3, 2])  [4]                   53             40          72
  0         W = 3                [4]                   31             24          28
    z       tanh 3               [3]                   15             12          12
    stage2  4                    [4]                   16             12          16
  1         W = 2                [4]                   22             16          24
    z       tanh 2               [2]                   10              8           8
    stage2  4                    [4]                   12              8          16
stage2      repeat(W in [5])     [10]                  50             40          40
  0         relu { 2 * 5 }       [10]                  50             40          40
stage3      concat               [15]                   0              0          60
  branch1   &low[0].z            [3]                    0              0           0
  branch2   &low[1].z            [2]                    0              0           0
  branch3   identity             [10]                   0              0           0
stage4      2                    [2]                   32             30           8
------------------------------------------------------------------------------------
135 trained parameters, 540 bytes of f32
110 multiply-adds for a sample
196 bytes of activations kept of a sample in training
";
    assert_eq!(Turns::summary(), expected);
}

#[test]
fn networks_in_networks() {
    let expected = "\
Nested
---------------------------------------------------------------------------
stage     layer         output shape  parameters  multiply-adds  bytes kept
---------------------------------------------------------------------------
input                   [12]                                             48
encoder   relu Encoder  [4]                  276            256         112
  stage1  tanh 16       [16]                 208            192          64
  code    gelu 4        [4]                   68             64          32
stage2    1000 x        [4]               20,000         16,000      16,000
  -       relu 4        [4]                   20             16          16
stage3    2             [2]                   10              8           8
---------------------------------------------------------------------------
20,286 trained parameters, 81,144 bytes of f32
16,264 multiply-adds for a sample
16,168 bytes of activations kept of a sample in training
";
    assert_eq!(Nested::summary(), expected);
}

#[test]
fn running_statistics_and_memory_of_a_batch() {
    let expected = "\
Running
-----------------------------------------------------------------------
stage     layer     output shape  parameters  multiply-adds  bytes kept
-----------------------------------------------------------------------
input               [4]                                              16
stage1    Centered  [4]                    4              0          32
centered  Centered  [4]                    4              0          32
-----------------------------------------------------------------------
8 trained parameters, 8 running statistics, 64 bytes of f32
0 multiply-adds for a sample
80 bytes of activations kept of a sample and 32 of a batch in training
";
    assert_eq!(Running::summary(), expected);
}

/// Types that are written by hand name no stages; long names are cut.
#[test]
fn types_of_layers() {
    let expected = "\
ByHand
----------------------------------------------------------------------------------------------------
stage   layer                                    output shape  parameters  multiply-adds  bytes kept
----------------------------------------------------------------------------------------------------
input                                            [8]                                              32
stage1  Hand: residual                           [8]                   72             64          32
  -     layer                                    [8]                   72             64           0
tower   tanh Tower: 2 x                          [8]                  144            128          64
  -     residual                                 [8]                   72             64          32
    -   layer                                    [8]                   72             64           0
stage3  static_net::layer::Residual<static_net…  [8]                2,376          2,112       1,088
  -     33 x                                     [8]                2,376          2,112       1,056
    -   layer                                    [8]                   72             64          32
stage4  2                                        [2]                   18             16           8
----------------------------------------------------------------------------------------------------
2,610 trained parameters, 10,440 bytes of f32
2,320 multiply-adds for a sample
1,224 bytes of activations kept of a sample in training
";
    assert_eq!(ByHand::summary(), expected);
    assert!(expected.lines().all(|line| line.chars().count() <= 100));
}

/// Scores that the causal mask hides are not multiplied; what is kept does not grow with the square of the length.
#[test]
fn attention() {
    let (projected, attended) = (4 * 6 * (6 + 2 * 2), 4 * 6 * 6);
    let all = projected + attended + 2 * 6 * 16;
    let causal = 4 * 6 * 18 + attended + 2 * 6 * 10;
    let rows: Vec<Vec<String>> = Attending::summary()
        .lines()
        .filter(|line| line.starts_with("stage"))
        .skip(1)
        .map(|line| {
            line.split("  ")
                .filter(|cell| !cell.is_empty())
                .map(|cell| cell.trim().to_owned())
                .collect()
        })
        .collect();
    let kept = |projected: usize, heads: usize| 4 * (4 * (projected + 6 + heads) + 24);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0][3..5], ["54", "0"]);
    assert_eq!(rows[1][3..5], ["0", "0"]);
    assert_eq!(rows[2][3..], ["112".to_owned(), all.to_string(), kept(10, 3).to_string()]);
    assert_eq!(rows[3][3..], ["144".to_owned(), causal.to_string(), kept(18, 2).to_string()]);
}
