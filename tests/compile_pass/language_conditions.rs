//! A condition on a declaration holds for all that it becomes.
use static_net::prelude::*;

network! {
    #[cfg(target_pointer_width = "1")]
    struct Net< 10 => NO_SUCH_SIZE >;
    #[cfg(not(target_pointer_width = "1"))]
    struct Net< 10 => relu 32 => 2 >;
    #[cfg(target_pointer_width = "1")]
    struct Other< 10 => NoSuchLayer >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 10]), SVector::<f32, 2>::zeros());
}
