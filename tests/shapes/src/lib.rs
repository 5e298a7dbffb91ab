//! Has nothing of its own: its test builds programs that depend on what it depends on.
