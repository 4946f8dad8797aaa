//! What nobody else may read: keys and tokens. Neither has a `Display`, and their `Debug` says nothing,
//! so that no log, error or panic message can hold one by accident.

use std::fmt;

use super::Rejected;

/// The longest token that is looked at, in bytes. As in the contract's `AccessToken`, and small enough
/// for a header.
pub const MAX_TOKEN_BYTES: usize = 8_192;

/// RFC 7518 section 3.2: a key of HS256 has at least as many bits as its hash.
const MIN_SECRET_BYTES: usize = 32;

/// A key that tokens are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// A key that can be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the secret has {0} bytes; it needs at least {MIN_SECRET_BYTES}, such as those of `openssl rand -base64 48`"
)]
pub struct ShortSecret(usize);

/// What a client shows, before anybody has looked at it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Secret {
    /// A secret of somebody's choice. Line ends behind it are not part of it: files have them.
    ///
    /// # Errors
    /// It is too short.
    pub fn new(bytes: &[u8]) -> Result<Self, ShortSecret> {
        let end = bytes
            .iter()
            .rposition(|byte| !matches!(byte, b'\r' | b'\n'))
            .map_or(0, |last| last + 1);
        if end < MIN_SECRET_BYTES {
            return Err(ShortSecret(end));
        }
        Ok(Self(bytes[..end].to_vec()))
    }

    /// A secret of this run.
    ///
    /// # Errors
    /// The system has no randomness.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = vec![0; MIN_SECRET_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    pub(super) fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl Token {
    /// Takes what a client has sent.
    ///
    /// # Errors
    /// It is empty, too long, or has characters that no token has (RFC 6750 section 2.1).
    pub fn new(text: &str) -> Result<Self, Rejected> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Rejected::Malformed);
        }
        if text.len() > MAX_TOKEN_BYTES {
            return Err(Rejected::TooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// The token, for whoever has to send it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_enough() {
        let long = [7; 40];
        let rows: [(&[u8], Result<usize, ShortSecret>); 5] = [
            (b"", Err(ShortSecret(0))),
            (&long[..31], Err(ShortSecret(31))),
            (&long[..32], Ok(32)),
            (b"0123456789abcdef0123456789abcdef\r\n", Ok(32)),
            (b"0123456789abcdef0123456789abcde\n", Err(ShortSecret(31))),
        ];
        for (bytes, expected) in rows {
            let length = Secret::new(bytes).map(|secret| secret.expose().len());
            assert_eq!(length, expected, "{bytes:?}");
        }
        assert_ne!(Secret::random().unwrap(), Secret::random().unwrap());
    }

    #[test]
    fn tokens_are_bounded() {
        let rows = [
            (String::new(), Err(Rejected::Malformed)),
            ("a b".into(), Err(Rejected::Malformed)),
            ("a\nb".into(), Err(Rejected::Malformed)),
            ("ä".into(), Err(Rejected::Malformed)),
            ("a".repeat(MAX_TOKEN_BYTES), Ok(())),
            ("a".repeat(MAX_TOKEN_BYTES + 1), Err(Rejected::TooLong)),
        ];
        for (text, expected) in rows {
            assert_eq!(Token::new(&text).map(drop), expected, "{}", text.len());
        }
    }

    #[test]
    fn nothing_secret_is_printed() {
        let secret = Secret::new(b"the-very-secret-key-of-a-test-server").unwrap();
        let token = Token::new("the-very-secret-token").unwrap();
        let printed = format!("{secret:?} {token:?} {:?}", Some(&token));
        assert!(!printed.contains("very"), "{printed}");
    }
}
