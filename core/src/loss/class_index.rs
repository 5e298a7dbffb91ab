//! Numbers of classes.

/// Which class is right: its index, counted from 0, as an integer of any kind; or an `Option` of one, where `None` does
/// not count.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not number classes",
    label = "not the number of a class",
    note = "a class is an integer such as `usize`, or a `u32` as tokens are, or an `Option` of one: `None` does not count"
)]
pub trait ClassIndex: Copy {
    /// The index, as far as an `i64` goes; none where nothing is known.
    fn class(self) -> Option<i64>;
}

macro_rules! class_index {
    ($($integer:ident)*) => {$(
        impl ClassIndex for $integer {
            #[inline(always)]
            fn class(self) -> Option<i64> {
                // What is larger names no class of any output.
                Some(i64::try_from(self).unwrap_or(i64::MAX))
            }
        }
    )*};
}
class_index! { u8 u16 u32 u64 usize i8 i16 i32 i64 isize }

impl<C: ClassIndex> ClassIndex for Option<C> {
    #[inline(always)]
    fn class(self) -> Option<i64> {
        self.and_then(C::class)
    }
}
