//! Attention and positions against `attention.py`.

use static_net::layer::{Attention, Position, Sinusoidal};

use super::*;

cases! {
    "attention.json";
    self_attention:
        "attention" Attention<f32, 7, 12, 3, 36, 36, 12>;
        "attention_of_one_head" Attention<f32, 5, 6, 1, 18, 18, 6>;
        "attention_of_one_position" Attention<f32, 1, 4, 2, 12, 12, 4>;
        "attention_long_both_ways" Attention<f32, 70, 4, 1, 12, 12, 4>;
    causal:
        "attention_causal" Attention<f32, 19, 16, 4, 48, 48, 16, true>;
        "attention_without_bias" Attention<f32, 6, 8, 2, 24, 0, 0, true>;
        "attention_long" Attention<f32, 67, 4, 2, 12, 12, 4, true>;
    grouped_and_rotary:
        "attention_grouped" Attention<f32, 6, 12, 6, 20, 20, 12>;
        "attention_rotary" Attention<f32, 9, 16, 2, 48, 48, 16, false, true>;
        "attention_grouped_rotary" Attention<f32, 18, 16, 4, 24, 0, 0, true, true>;
    positions:
        "position" Position<f32, 5, 3, 5>; "position_of_a_longer_table" Position<f32, 5, 3, 8>;
        "sinusoidal" Sinusoidal<40, 6>;
}
