//! Residuals, repetitions and branches.
