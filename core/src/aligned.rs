//! Ownership of a network: on the heap, on a cache line, never on the stack.

use alloc::boxed::Box;
use core::ops::{Deref, DerefMut};

use rand::Rng;

use crate::network::Network;
use crate::parameters::Layout;
use crate::trainable::Trainable;

/// An owning pointer to a network that starts on a 64-byte boundary.
///
/// It dereferences to the network. Alignment belongs to the owner and not to the network's type, so that
/// a network inside another one is a plain field. Creating and cloning it never put the network on the
/// stack.
pub struct Aligned<N>(Box<Line<N>>);

#[repr(C, align(64))]
struct Line<N>(N);

impl<N: Network> Aligned<N> {
    /// A network with its parameters set to where training starts.
    pub fn new<R: Rng + ?Sized>(rng: &mut R) -> Self {
        let mut network = Self::zeros();
        network.initialize(rng);
        network
    }

    /// A network of which every value is zero, which is how a gradient starts.
    pub fn zeros() -> Self {
        // A layer's needs include its checks.
        let _needs = N::NEEDS;
        zeros()
    }
}

/// As [`Aligned::zeros`], where the caller names what it needs: rustc notes each function that does.
pub fn zeros<P: Trainable>() -> Aligned<P> {
    let () = Layout::<P::Scalar, P>::CHECKED;
    // SAFETY: what is trained is plain floats (`Parameters`), for which zero bytes are the value zero;
    // the padding behind them may be anything.
    Aligned(unsafe { Box::new_zeroed().assume_init() })
}

impl<N> Deref for Aligned<N> {
    type Target = N;

    #[inline(always)]
    fn deref(&self) -> &N {
        &self.0.0
    }
}

impl<N> DerefMut for Aligned<N> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut N {
        &mut self.0.0
    }
}

impl<P: Trainable> Clone for Aligned<P> {
    fn clone(&self) -> Self {
        let mut copy: Self = zeros();
        copy.clone_from(self);
        copy
    }

    fn clone_from(&mut self, source: &Self) {
        self.values_mut().copy_from_slice(source.values());
    }
}

impl<N: Network> From<&N> for Aligned<N> {
    /// A copy of a network, for instance of one nested in another.
    fn from(network: &N) -> Self {
        let mut copy = Self::zeros();
        copy.state_mut().copy_from_slice(network.state());
        copy
    }
}

impl<N: Network> PartialEq for Aligned<N> {
    fn eq(&self, other: &Self) -> bool {
        self.state() == other.state()
    }
}

impl<N: Network> core::fmt::Debug for Aligned<N> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "{} ({} parameters)", N::NAME, N::PARAMETERS)
    }
}

/// A network or its owner, or [lone parameters](Trainable): what an optimizer can be made for, and what gradients are
/// clipped in.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a network",
    note = "declare one with `network! {{ struct Net< 10 => relu 32 => 2 >; }}`"
)]
pub trait Owner {
    /// The network, or what else is trained.
    type Network: Trainable;

    /// The network itself.
    fn network(&self) -> &Self::Network;

    /// The network itself, to be changed.
    fn network_mut(&mut self) -> &mut Self::Network;
}

impl<P: Trainable> Owner for P {
    type Network = P;

    fn network(&self) -> &P {
        self
    }

    fn network_mut(&mut self) -> &mut P {
        self
    }
}

impl<N: Network> Owner for Aligned<N> {
    type Network = N;

    fn network(&self) -> &N {
        self
    }

    fn network_mut(&mut self) -> &mut N {
        self
    }
}
