//! Layers that change the resolution: pooling and upsampling.
