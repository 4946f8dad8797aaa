//! Masking (RFC 6455 section 5.3).

/// Takes the mask off, or puts it on: `bytes` begin `offset` bytes into their payload.
pub(super) fn apply(mask: [u8; 4], offset: usize, bytes: &mut [u8]) {
    let mut mask = mask;
    mask.rotate_left(offset % 4);
    let word = u64::from_ne_bytes([
        mask[0], mask[1], mask[2], mask[3], mask[0], mask[1], mask[2], mask[3],
    ]);
    let (words, rest) = bytes.as_chunks_mut::<8>();
    for chunk in words {
        *chunk = (u64::from_ne_bytes(*chunk) ^ word).to_ne_bytes();
    }
    for (byte, mask) in rest.iter_mut().zip(mask.iter().cycle()) {
        *byte ^= mask;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn is_that_of_the_rfc(
            mask in any::<[u8; 4]>(), offset in 0..9_usize, bytes in proptest::collection::vec(any::<u8>(), 0..50),
        ) {
            let mut masked = bytes.clone();
            apply(mask, offset, &mut masked);
            let expected: Vec<u8> = bytes.iter().enumerate().map(|(i, byte)| byte ^ mask[(offset + i) % 4]).collect();
            prop_assert_eq!(masked, expected);
        }
    }
}
