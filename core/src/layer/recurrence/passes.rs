//! A recurrent cell along whole sequences, forward and back.
//!
//! Values lie one sample after the other, as they come in: the products with the input of all steps of all
//! samples are one product, and so are the gradients. Only what goes from step to step lies in memory of its
//! own, one row for each sample.

use core::iter;
use core::marker::PhantomData;
use core::ops::Range;

use super::RecurrentCell;
use crate::kernel;
use crate::kernel::recurrence::{Gates, Kept, Rows, RowsMut, Step, StepBack};
use crate::layer::{BufferLayout, BufferSize, LayerStates, larger};
use crate::scalar::Float;
use crate::simd::InstructionSet;

/// In which order a pass goes along a batch of sequences, and where outputs stand.
#[derive(Clone, Copy)]
pub(super) struct Traversal<'a, T> {
    pub(super) samples: usize,
    pub(super) length: usize,
    pub(super) is_reversed: bool,
    /// Only the output after the last step that is computed counts.
    pub(super) is_last: bool,
    /// How many features the output has, and which of them is the first of this direction.
    pub(super) width: usize,
    pub(super) offset: usize,
    /// A value for each place of each sample, which passes over those where it is zero.
    pub(super) mask: Option<&'a [T]>,
}

impl<T: Float> Traversal<'_, T> {
    /// The place in the sequence of a step.
    #[inline(always)]
    fn place(&self, step: usize) -> usize {
        if self.is_reversed { self.length - 1 - step } else { step }
    }

    /// Where the output of the first sample after a step stands and how far the next one's is, if it counts.
    fn output(&self, step: usize) -> Option<(usize, usize)> {
        match self.is_last {
            true => (step + 1 == self.length).then_some((self.offset, self.width)),
            false => Some((self.place(step) * self.width + self.offset, self.length * self.width)),
        }
    }

    /// The samples in runs of those that take the step and of those that pass over it.
    #[inline(always)]
    fn runs(&self, step: usize) -> impl Iterator<Item = (Range<usize>, bool)> {
        let Traversal { samples, length, mask, .. } = *self;
        let place = self.place(step);
        let takes = move |sample| mask.is_none_or(|mask| mask[sample * length + place] != T::ZERO);
        let mut start = 0;
        iter::from_fn(move || {
            if start == samples {
                return None;
            }
            let first = takes(start);
            let end = match mask {
                None => samples,
                Some(_) => {
                    (start + 1..samples).find(|&sample| takes(sample) != first).unwrap_or(samples)
                }
            };
            let run = (start..end, first);
            start = end;
            Some(run)
        })
    }
}

impl<T, K, const F: usize, const H: usize, const G: usize, const B: usize>
    RecurrentCell<T, K, F, H, G, B>
where
    T: Float,
    K: Gates,
{
    /// What is kept of each step: its gates, what else its way back needs, and the output before it.
    pub(super) const fn tape(length: usize) -> BufferLayout<3> {
        BufferLayout::new([
            BufferSize::per_sample(length * G),
            BufferSize::per_sample(length * K::EXTRA * H),
            BufferSize::per_sample(length * H),
        ])
    }

    /// The output and what is remembered besides, and the products with the output.
    const FORWARD: BufferLayout<3> = BufferLayout::new([
        BufferSize::per_sample(H),
        BufferSize::per_sample((K::STATES - 1) * H),
        BufferSize::per_sample(G),
    ]);

    /// Where gates are that are not kept.
    const fn gates(length: usize) -> BufferLayout<1> {
        BufferLayout::new([BufferSize::per_sample(length * G)])
    }

    /// The gradients of the gates, for kinds that need them those of the
    /// products with the output, and those of the state, of the output and of the product of one step.
    const fn gradients(length: usize) -> BufferLayout<5> {
        BufferLayout::new([
            BufferSize::per_sample(length * G),
            BufferSize::per_sample(if K::IS_SPLIT { length * G } else { 0 }),
            BufferSize::per_sample(Self::STATE),
            BufferSize::per_sample(H),
            BufferSize::per_sample(G),
        ])
    }

    pub(super) const fn forward_scratch(length: usize) -> BufferSize {
        let pack = larger(kernel::affine_scratch(F, G), kernel::affine_scratch(H, G));
        Self::FORWARD.size().and(Self::gates(length).size()).and(BufferSize::fixed(pack))
    }

    pub(super) const fn backward_scratch(length: usize) -> BufferSize {
        let pack =
            larger(kernel::affine_backward_scratch(F, G), kernel::affine_backward_scratch(H, G));
        Self::gradients(length).size().and(BufferSize::fixed(pack))
    }

    /// Writes the outputs, and what the way back needs to the tape, if there is one. Samples begin with what is carried,
    /// if anything is, which is then what they end with.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "a pass, and the traversal")]
    pub(super) fn forward_sequences<I: InstructionSet>(
        &self,
        instructions: I,
        traversal: Traversal<'_, T>,
        input: &[T],
        output: &mut [T],
        kept: Option<[&mut [T]; 3]>,
        mut carried: Option<LayerStates<'_, T>>,
        scratch: &mut [T],
    ) {
        let Traversal { samples, length, .. } = traversal;
        if samples == 0 {
            return;
        }
        let ([state, memory, recurrent], scratch) = Self::FORWARD.split_mut(scratch, samples);
        let (gates, mut kept, pack) = match kept {
            Some([gates, extra, before]) => (gates, Some([extra, before]), scratch),
            None => {
                let ([gates], pack) = Self::gates(length).split_mut(scratch, samples);
                (gates, None, pack)
            }
        };
        self.project(instructions, input.as_chunks().0, gates, pack);
        match &mut carried {
            None => {
                state.fill(T::ZERO);
                memory.fill(T::ZERO);
            }
            Some(carried) => each_state(samples, carried, state, memory, |carried, own| {
                own.copy_from_slice(carried);
            }),
        }
        for step in 0..length {
            self.recur(instructions, state, recurrent, pack);
            let place = traversal.place(step);
            for (run, is_taken) in traversal.runs(step) {
                let place = run.start * length + place;
                let kept = kept.as_mut().map(|[extra, before]| Kept {
                    extra: RowsMut {
                        values: &mut extra[place * K::EXTRA * H..],
                        stride: length * K::EXTRA * H,
                    },
                    before: RowsMut { values: &mut before[place * H..], stride: length * H },
                });
                let copy = traversal.output(step).map(|(start, stride)| RowsMut {
                    values: &mut output[start + run.start * stride..],
                    stride,
                });
                let remembered = (K::STATES - 1) * H;
                let step = Step::<T, K> {
                    hidden: H,
                    gates: RowsMut { values: &mut gates[place * G..], stride: length * G },
                    recurrent: &recurrent[run.start * G..run.end * G],
                    output: &mut state[run.start * H..run.end * H],
                    memory: &mut memory[run.start * remembered..run.end * remembered],
                    kept,
                    copy,
                    kind: PhantomData,
                };
                match is_taken {
                    true => K::step(instructions, step),
                    false => step.pass_over(traversal.is_last),
                }
            }
        }
        if let Some(carried) = &mut carried {
            each_state(samples, carried, state, memory, |carried, own| {
                carried.copy_from_slice(own);
            });
        }
    }

    /// Adds the gradient with respect to the parameters and writes the one with respect to the input, each where it is
    /// wanted.
    #[inline(always)]
    #[expect(
        clippy::too_many_arguments,
        reason = "what a step back starts from, and the traversal"
    )]
    pub(super) fn backward_sequences<I: InstructionSet>(
        &self,
        instructions: I,
        traversal: Traversal<'_, T>,
        input: &[T],
        [gates, extra, before]: [&[T]; 3],
        d_output: &[T],
        d_input: Option<&mut [T]>,
        gradient: Option<&mut Self>,
        scratch: &mut [T],
    ) {
        let Traversal { samples, length, .. } = traversal;
        if samples == 0 {
            return;
        }
        let ([d_gates, d_recurrent, d_state, through_product, d_product], pack) =
            Self::gradients(length).split_mut(scratch, samples);
        d_state.fill(T::ZERO);
        through_product.fill(T::ZERO);
        for step in (0..length).rev() {
            let place = traversal.place(step);
            for (run, is_taken) in traversal.runs(step) {
                let place = run.start * length + place;
                let step_back = StepBack::<T, K> {
                    hidden: H,
                    gates: Rows { values: &gates[place * G..], stride: length * G },
                    extra: Rows {
                        values: &extra[place * K::EXTRA * H..],
                        stride: length * K::EXTRA * H,
                    },
                    before: Rows { values: &before[place * H..], stride: length * H },
                    d_output: traversal.output(step).map(|(start, stride)| Rows {
                        values: &d_output[start + run.start * stride..],
                        stride,
                    }),
                    through_product: &through_product[run.start * H..run.end * H],
                    d_state: &mut d_state[run.start * Self::STATE..run.end * Self::STATE],
                    d_gates: RowsMut { values: &mut d_gates[place * G..], stride: length * G },
                    d_recurrent: K::IS_SPLIT.then(|| RowsMut {
                        values: &mut d_recurrent[place * G..],
                        stride: length * G,
                    }),
                    d_product: &mut d_product[run.start * G..run.end * G],
                    kind: PhantomData,
                };
                match is_taken {
                    true => K::step_back(instructions, step_back),
                    false => step_back.pass_over(traversal.is_last),
                }
            }
            if step > 0 {
                kernel::affine_input_gradient::<T, I, H, G>(
                    instructions,
                    self.weight_hh_l0.as_slice(),
                    d_product.as_chunks().0,
                    through_product.as_chunks_mut().0,
                    pack,
                );
            }
        }
        if let Some(gradient) = gradient {
            let d_recurrent = if K::IS_SPLIT { &*d_recurrent } else { &*d_gates };
            kernel::affine_gradient::<T, I, H, G>(
                instructions,
                d_recurrent.as_chunks().0,
                before.as_chunks().0,
                gradient.weight_hh_l0.as_mut_slice(),
                (B > 0).then(|| gradient.bias_hh_l0.as_mut_slice()),
                pack,
            );
            kernel::affine_gradient::<T, I, F, G>(
                instructions,
                d_gates.as_chunks().0,
                input.as_chunks().0,
                gradient.weight_ih_l0.as_mut_slice(),
                (B > 0).then(|| gradient.bias_ih_l0.as_mut_slice()),
                pack,
            );
        }
        if let Some(d_input) = d_input {
            kernel::affine_input_gradient::<T, I, F, G>(
                instructions,
                self.weight_ih_l0.as_slice(),
                d_gates.as_chunks().0,
                d_input.as_chunks_mut().0,
                pack,
            );
        }
    }
}

/// Visits the carried outputs of each sample with its own in `state`, and what is carried besides with that in `memory`.
fn each_state<T: Float>(
    samples: usize,
    carried: &mut LayerStates<'_, T>,
    state: &mut [T],
    memory: &mut [T],
    visit: impl Fn(&mut [T], &mut [T]),
) {
    let (hidden, besides) = (state.len() / samples, memory.len() / samples);
    for sample in 0..samples {
        let (output, remembered) = carried.of(sample).0.split_at_mut(hidden);
        visit(output, &mut state[sample * hidden..][..hidden]);
        visit(remembered, &mut memory[sample * besides..][..besides]);
    }
}
