//! Kinds of layers, which have a colour each.

/// What a box stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The input or output of the network.
    End,
    Dense,
    Convolution,
    Pooling,
    Normalization,
    Attention,
    Recurrent,
    Activation,
    /// Where branches meet.
    Join,
    Other,
}

/// A kind's name in the style sheet and its colours, fill and border, in light and in dark.
pub(super) struct Look {
    pub(super) class: &'static str,
    pub(super) light: [&'static str; 2],
    pub(super) dark: [&'static str; 2],
}

impl Kind {
    pub(super) const ALL: [Kind; 10] = [
        Kind::End,
        Kind::Dense,
        Kind::Convolution,
        Kind::Pooling,
        Kind::Normalization,
        Kind::Attention,
        Kind::Recurrent,
        Kind::Activation,
        Kind::Join,
        Kind::Other,
    ];

    /// By the words of the language, and by the names that users' types are likely to have.
    pub(super) fn of(activation: &str, operation: &str) -> Self {
        if operation.is_empty() {
            return if activation.is_empty() { Kind::Other } else { Kind::Activation };
        }
        let path = operation.split(['(', '<']).next().unwrap_or(operation).trim();
        let word = path.rsplit("::").next().unwrap_or(path);
        let is_size = word.starts_with(|first: char| first.is_ascii_digit() || first == '{')
            || !word.contains(|letter: char| letter.is_lowercase());
        let word = word.to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
        if is_size || has(&["dense", "linear"]) {
            Kind::Dense
        } else if has(&["conv", "depthwise"]) {
            Kind::Convolution
        } else if has(&["pool", "upsample", "mean_over_time"]) {
            Kind::Pooling
        } else if has(&["norm"]) {
            Kind::Normalization
        } else if has(&["attention", "transformer", "embedding", "position", "sinusoidal"]) {
            Kind::Attention
        } else if has(&["rnn", "lstm", "gru"]) {
            Kind::Recurrent
        } else {
            Kind::Other
        }
    }

    pub(super) fn look(self) -> Look {
        let look = |class, light, dark| Look { class, light, dark };
        match self {
            Kind::End => look("end", ["#f6f8fa", "#afb8c1"], ["#1b212a", "#57606d"]),
            Kind::Dense => look("dense", ["#e7f0fd", "#82aaea"], ["#16283f", "#41689f"]),
            Kind::Convolution => {
                look("convolution", ["#e2f4ea", "#74bd96"], ["#12301f", "#3a7a58"])
            }
            Kind::Pooling => look("pooling", ["#fcf0dc", "#dfae5c"], ["#352812", "#8d6a2c"]),
            Kind::Normalization => {
                look("normalization", ["#f0eafb", "#b096e0"], ["#281f3d", "#6d569f"])
            }
            Kind::Attention => look("attention", ["#fde9ee", "#e495a9"], ["#3a1b25", "#97495e"]),
            Kind::Recurrent => look("recurrent", ["#e1f3f6", "#6cb7c4"], ["#112e34", "#367a87"]),
            Kind::Activation => look("activation", ["#f8f5e0", "#c9bd6b"], ["#2c2a15", "#7b7338"]),
            Kind::Join => look("join", ["#ffffff", "#8a94a1"], ["#12171e", "#6d7783"]),
            Kind::Other => look("other", ["#eff1f4", "#a9b2bd"], ["#222a34", "#596473"]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_follow_words_and_names() {
        let of = |operation| Kind::of("relu", operation);
        assert_eq!([of("32"), of("{ 4 * N }"), of("WIDTH"), of("H")], [Kind::Dense; 4]);
        assert_eq!([of("conv(16, kernel: 3)"), of("my::Conv<f32, 3>")], [Kind::Convolution; 2]);
        assert_eq!([of("max_pool(2)"), of("batch_norm")], [Kind::Pooling, Kind::Normalization]);
        assert_eq!(
            [of("attention(4, causal: true)"), of("position"), of("sinusoidal")],
            [Kind::Attention; 3]
        );
        assert_eq!([of("Gain<4>"), of("flatten")], [Kind::Other; 2]);
        assert_eq!([of("lstm(64, last: true)"), of("gru(8)"), of("rnn(8)")], [Kind::Recurrent; 3]);
        assert_eq!([of("mean_over_time"), of("take_last")], [Kind::Pooling, Kind::Other]);
        assert_eq!(of(""), Kind::Activation);
    }
}
