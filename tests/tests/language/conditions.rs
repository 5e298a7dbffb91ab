//! A condition on a declaration holds for all that it becomes.
use static_net::prelude::*;

network! {
    #[cfg(any())]
    struct Net< 10 => NO_SUCH_SIZE >;
    #[cfg(not(any()))]
    struct Net< 10 => relu 32 => 2 >;
    #[cfg(any())]
    struct Other< 10 => NoSuchLayer >;
}

#[test]
fn builds_and_runs() {
    assert_eq!(Net::zeros().forward(&[1.0; 10]), SVector::<f32, 2>::zeros());
}
