//! Normalisations and dropout.
