//! Layers of the language.
