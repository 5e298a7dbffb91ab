//! Normalisations, and dropout.
