//! Damaged files: no panic, and no change to a network unless all of it is accepted.

use proptest::prelude::*;
use proptest::sample::Index;
use static_net::prelude::{Aligned, SeedableRng, StdRng, network};

network! {
    struct Encoder< 3 => relu 4 >;
    struct Net< 3 => encoder: Encoder => latent: tanh 2 >;
}

fn bits(net: &Net) -> Vec<u32> {
    net.state().iter().map(|value| value.to_bits()).collect()
}

/// Restores from damaged bytes. `Some` bits of the network that was made, `None` if it was refused.
fn restored(bytes: &[u8]) -> Option<Vec<u32>> {
    let mut net: Aligned<Net> = Net::new(&mut StdRng::seed_from_u64(1));
    let before = bits(&net);
    match net.restore_from(bytes) {
        Ok(()) => Some(bits(&net)),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert_eq!(bits(&net), before, "changed in spite of: {error}");
            None
        }
    }
}

fn sound() -> Vec<u8> {
    Net::new(&mut StdRng::seed_from_u64(2)).to_safetensors()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn flipped_bits(flips in prop::collection::vec((any::<Index>(), 0..8_u8), 1..6)) {
        let original = sound();
        let data_start = original.len() - size_of::<Net>();
        let mut bytes = original.clone();
        let mut header_is_sound = true;
        for (place, bit) in flips {
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
            header_is_sound &= place >= data_start;
        }
        let restored = restored(&bytes);
        if header_is_sound {
            // Values are not judged: exactly those that changed are changed.
            let restored = restored.unwrap();
            let expected = Net::from_safetensors(&original).unwrap();
            let differ = |a: &[u8], b: &[u8]| a.chunks(4).zip(b.chunks(4)).filter(|(a, b)| a != b).count();
            let in_file = differ(&bytes[data_start..], &original[data_start..]);
            let in_memory = restored.iter().zip(bits(&expected)).filter(|(a, b)| **a != *b).count();
            prop_assert_eq!(in_memory, in_file);
        }
    }

    #[test]
    fn truncated(keep in any::<Index>()) {
        let bytes = sound();
        prop_assert_eq!(restored(&bytes[..keep.index(bytes.len())]), None);
    }

    #[test]
    fn appended(more in prop::collection::vec(any::<u8>(), 1..50)) {
        prop_assert_eq!(restored(&[sound(), more].concat()), None);
    }

    #[test]
    fn parts_moved(from in any::<Index>(), to in any::<Index>(), len in 1..40_usize) {
        let mut bytes = sound();
        let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
        let len = len.min(bytes.len() - from.max(to));
        bytes.copy_within(from..from + len, to);
        restored(&bytes);
    }

    #[test]
    fn noise(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(restored(&bytes), None);
    }

    /// A header that claims anything at all about its tensors.
    #[test]
    fn invented_headers(
        shape in prop::collection::vec(any::<u64>(), 0..4),
        start in any::<u64>(),
        end in any::<u64>(),
        data in 0..64_usize,
    ) {
        let json = format!(
            r#"{{"latent.weight":{{"dtype":"F32","shape":{shape:?},"data_offsets":[{start},{end}]}}}}"#
        );
        let len = (json.len() as u64).to_le_bytes();
        prop_assert_eq!(restored(&[&len[..], json.as_bytes(), &vec![0; data]].concat()), None);
    }
}
