//! UTF-8, as far as it has come.

/// Checks `bytes` from `checked` on, which is where a character begins. How far they are good: up to
/// the end, or to a character of which not every byte has come. `None` when they are not UTF-8.
pub(super) fn check(bytes: &[u8], checked: usize) -> Option<usize> {
    match std::str::from_utf8(&bytes[checked..]) {
        Ok(_) => Some(bytes.len()),
        Err(error) if error.error_len().is_none() => Some(checked + error.valid_up_to()),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_become_a_character_is_found_at_once() {
        let rows: [(&[u8], Option<usize>); 6] = [
            (b"abc", Some(3)),
            (b"ab\xc3", Some(2)),
            (b"ab\xc3\xa4", Some(4)),
            (b"ab\xf0\x9f\x98", Some(2)),
            (b"ab\xff", None),
            // A surrogate is none, after its second byte already.
            (b"ab\xed\xa0", None),
        ];
        for (bytes, expected) in rows {
            assert_eq!(check(bytes, 0), expected, "{bytes:?}");
        }
    }
}
