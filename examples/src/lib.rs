//! What the example programs share: reading the data that ships beside them.
