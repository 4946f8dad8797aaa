//! permessage-deflate (RFC 7692): what is agreed on, and both directions of it.
//!
//! Neither side keeps its window from one message to the next (`no_context_takeover`). So a frame is
//! compressed once for everyone, a connection holds no state, and a thread needs one inflater.

use std::cell::RefCell;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::{BROKEN, Fault, TOO_LARGE};

/// What ends every message and is left out on the wire (section 7.2.1).
const TAIL: [u8; 4] = [0x00, 0x00, 0xff, 0xff];

/// The extension as agreed on with one client: how far back our compressed bytes may refer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deflate {
    /// 32 KiB.
    Large,
    /// 512 bytes, for clients that ask for less than 32 KiB: the smallest window serves them all.
    Small,
}

impl Deflate {
    /// Takes the first of a client's offers that can be met. `offers` are the values of its
    /// `sec-websocket-extensions`.
    pub fn negotiate<'a>(offers: impl Iterator<Item = &'a str>) -> Option<Self> {
        offers
            .flat_map(|value| value.split(','))
            .find_map(Self::accept)
    }

    /// What the handshake answers.
    pub fn answer(self) -> &'static str {
        match self {
            Self::Large => {
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
            }
            Self::Small => {
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover; \
                 server_max_window_bits=9"
            }
        }
    }

    /// Section 7.1: an offer with a parameter that is unknown, repeated or out of range is declined.
    fn accept(offer: &str) -> Option<Self> {
        let mut parts = offer.split(';').map(str::trim);
        if parts.next()? != "permessage-deflate" {
            return None;
        }
        let mut seen = Vec::new();
        let mut window = Self::Large;
        for part in parts {
            let (name, value) = match part.split_once('=') {
                Some((name, value)) => (name.trim_end(), Some(value.trim().trim_matches('"'))),
                None => (part, None),
            };
            if seen.contains(&name) {
                return None;
            }
            seen.push(name);
            match (name, value.map(bits)) {
                ("server_no_context_takeover" | "client_no_context_takeover", None)
                | ("client_max_window_bits", None | Some(Some(_)))
                | ("server_max_window_bits", Some(Some(15))) => {}
                // zlib has no window of 256 bytes.
                ("server_max_window_bits", Some(Some(9..=14))) => window = Self::Small,
                _ => return None,
            }
        }
        Some(window)
    }

    fn bits(self) -> u8 {
        match self {
            Self::Large => 15,
            Self::Small => 9,
        }
    }
}

fn bits(text: &str) -> Option<u8> {
    let plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    let bits = text.parse().ok().filter(|_| plain)?;
    (8..=15).contains(&bits).then_some(bits)
}

thread_local! {
    /// Making one costs more than using it.
    static COMPRESS: [RefCell<Option<Compress>>; 2] = const { [RefCell::new(None), RefCell::new(None)] };
    static INFLATE: RefCell<Option<Decompress>> = const { RefCell::new(None) };
}

/// Compresses a message.
pub fn compress(message: &[u8], window: Deflate) -> Vec<u8> {
    COMPRESS.with(|both| {
        let mut compress = both[usize::from(window == Deflate::Small)].borrow_mut();
        let compress = compress.get_or_insert_with(|| {
            Compress::new_with_window_bits(Compression::fast(), false, window.bits())
        });
        compress.reset();
        let mut output = Vec::with_capacity(message.len() / 2 + 64);
        loop {
            let used = compress.total_in() as usize;
            // Our own bytes into a stream that was just reset: the library has nothing to refuse.
            let _ok = compress.compress_vec(&message[used..], &mut output, FlushCompress::Sync);
            if output.len() < output.capacity() {
                break;
            }
            output.reserve(output.len());
        }
        output.truncate(output.len().saturating_sub(TAIL.len()));
        output
    })
}

/// Inflates a message, up to `max_bytes` of it.
pub(super) fn inflate(message: &[u8], max_bytes: usize) -> Result<Vec<u8>, Fault> {
    INFLATE.with_borrow_mut(|inflate| {
        let inflate = inflate.get_or_insert_with(|| Decompress::new(false));
        inflate.reset(false);
        let mut output = Vec::with_capacity((message.len() * 3).min(max_bytes + 1));
        for input in [message, &TAIL] {
            let before = inflate.total_in();
            loop {
                let used = (inflate.total_in() - before) as usize;
                let status = inflate
                    .decompress_vec(&input[used..], &mut output, FlushDecompress::Sync)
                    .map_err(|_| BROKEN)?;
                if output.len() > max_bytes {
                    return Err(TOO_LARGE);
                }
                if status == Status::StreamEnd {
                    return Ok(output);
                }
                if output.len() < output.capacity() {
                    break;
                }
                let more = output.len().max(256).min(max_bytes + 1 - output.len());
                output.reserve_exact(more);
            }
        }
        Ok(output)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn offers() {
        use Deflate::{Large, Small};
        let rows = [
            ("permessage-deflate", Some(Large)),
            ("permessage-deflate; client_max_window_bits", Some(Large)),
            ("permessage-deflate; client_max_window_bits=10", Some(Large)),
            (
                "permessage-deflate;server_no_context_takeover ; client_no_context_takeover",
                Some(Large),
            ),
            ("permessage-deflate; server_max_window_bits=15", Some(Large)),
            (
                "permessage-deflate; server_max_window_bits=\"12\"",
                Some(Small),
            ),
            ("permessage-deflate; server_max_window_bits=8", None),
            (
                "permessage-deflate; server_max_window_bits=8, permessage-deflate",
                Some(Large),
            ),
            ("permessage-deflate; server_max_window_bits", None),
            ("permessage-deflate; server_max_window_bits=16", None),
            ("permessage-deflate; server_max_window_bits=09", None),
            ("permessage-deflate; server_no_context_takeover=1", None),
            (
                "permessage-deflate; server_max_window_bits=9; server_max_window_bits=10",
                None,
            ),
            ("permessage-deflate; quux", None),
            ("permessage-bzip2, x-webkit-deflate-frame", None),
            ("", None),
        ];
        for (offer, expected) in rows {
            assert_eq!(Deflate::negotiate([offer].into_iter()), expected, "{offer}");
        }
        // In several headers.
        let offers = ["permessage-quux", "permessage-deflate"];
        assert_eq!(Deflate::negotiate(offers.into_iter()), Some(Large));
    }

    proptest! {
        #[test]
        fn what_is_compressed_inflates(message in "[a-c]{0,2000}|\\PC{0,300}") {
            for window in [Deflate::Large, Deflate::Small] {
                let compressed = compress(message.as_bytes(), window);
                prop_assert_eq!(inflate(&compressed, message.len()), Ok(message.clone().into_bytes()));
            }
        }

        #[test]
        fn nothing_inflates_beyond_the_bound(bytes in proptest::collection::vec(any::<u8>(), 0..200), max in 0..500_usize) {
            if let Ok(output) = inflate(&bytes, max) {
                prop_assert!(output.len() <= max);
            }
        }
    }

    #[test]
    fn a_bomb_is_too_large() {
        let bomb = compress(&vec![b' '; 10_000_000], Deflate::Large);
        assert!(bomb.len() < 100_000, "{} bytes", bomb.len());
        assert_eq!(inflate(&bomb, 65_536), Err(TOO_LARGE));
    }

    #[test]
    fn a_message_may_end_its_stream() {
        let mut compress = Compress::new(Compression::fast(), false);
        let mut output = Vec::with_capacity(100);
        compress
            .compress_vec(b"hello", &mut output, FlushCompress::Finish)
            .unwrap();
        assert_eq!(inflate(&output, 100), Ok(b"hello".to_vec()));
    }
}
