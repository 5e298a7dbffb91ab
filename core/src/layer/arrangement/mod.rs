//! Layers that arrange values anew and compute nothing.
