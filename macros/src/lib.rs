//! The `network!` language of static-net.
