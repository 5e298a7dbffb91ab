//! Recurrent layers against `recurrence.py`.

use static_net::layer::{
    Bidirectional, Gru, Lstm, MeanOverTime, Recurrent, RecurrentCell, Rnn, TakeLast,
};
use static_net::shape::Rank2;

use super::*;

type Steps<K, const G: usize> =
    Recurrent<RecurrentCell<f32, K, 3, 5, G, G>, Rank2<7, 3>, Rank2<7, 5>>;
type Last<K, const G: usize> =
    Recurrent<RecurrentCell<f32, K, 3, 18, G, G>, Rank2<4, 3>, Rank1<18>>;
type WithoutBias<K, const G: usize> =
    Recurrent<RecurrentCell<f32, K, 4, 4, G, 0>, Rank2<3, 4>, Rank2<3, 4>>;
type Both<K, const G: usize> =
    Bidirectional<RecurrentCell<f32, K, 3, 6, G, G>, Rank2<5, 3>, Rank2<5, 12>>;
type BothLast<K, const G: usize> =
    Bidirectional<RecurrentCell<f32, K, 3, 6, G, G>, Rank2<5, 3>, Rank1<12>>;

cases! {
    "recurrence.json";
    rnn:
        "rnn_steps" Steps<Rnn, 5>; "rnn_last" Last<Rnn, 18>; "rnn_without_bias" WithoutBias<Rnn, 4>;
        "rnn_both" Both<Rnn, 6>; "rnn_both_last" BothLast<Rnn, 6>;
    rnn_relu:
        "rnn_relu_steps" Steps<Rnn<Relu>, 5>; "rnn_relu_last" Last<Rnn<Relu>, 18>;
        "rnn_relu_without_bias" WithoutBias<Rnn<Relu>, 4>; "rnn_relu_both" Both<Rnn<Relu>, 6>;
        "rnn_relu_both_last" BothLast<Rnn<Relu>, 6>;
    lstm:
        "lstm_steps" Steps<Lstm, 20>; "lstm_last" Last<Lstm, 72>;
        "lstm_without_bias" WithoutBias<Lstm, 16>; "lstm_both" Both<Lstm, 24>;
        "lstm_both_last" BothLast<Lstm, 24>;
    gru:
        "gru_steps" Steps<Gru, 15>; "gru_last" Last<Gru, 54>;
        "gru_without_bias" WithoutBias<Gru, 12>; "gru_both" Both<Gru, 18>;
        "gru_both_last" BothLast<Gru, 18>;
    of_a_sequence:
        "take_last" TakeLast<Rank2<4, 3>, Rank1<3>>;
        "mean_over_time" MeanOverTime<Rank2<6, 5>, Rank1<5>>;
}
