//! The one thing that a server computes in the handshake.

use data_encoding::BASE64;
use sha1::{Digest, Sha1};

/// `sec-websocket-accept`, the answer to a `sec-websocket-key` (RFC 6455 section 4.2.2).
pub fn accept_key(key: &str) -> String {
    const GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    let mut hash = Sha1::new();
    hash.update(key);
    hash.update(GUID);
    BASE64.encode(&hash.finalize())
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_that_of_the_rfc() {
        // Section 1.3 has it as an example.
        let accept = super::accept_key("dGhlIHNhbXBsZSBub25jZQ==");
        assert_eq!(accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
}
