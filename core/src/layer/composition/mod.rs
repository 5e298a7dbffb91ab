//! Layers made of layers: residuals, repetitions, branches.
