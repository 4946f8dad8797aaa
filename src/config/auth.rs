//! How clients say who they are.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use hyper::Uri;

use super::values::duration;
use crate::auth::{Algorithm, JwksPlace, Secret, ShortSecret};

/// Where the secret may be, beside a file. A flag would show it to everyone who lists processes.
pub const SECRET_VARIABLE: &str = "TICKWIRE_JWT_SECRET";

/// The most by which a clock may be wrong: longer, and expiring means little.
const MAX_LEEWAY: Duration = Duration::from_secs(60);

/// Tokens (JWT) and what is done with them. The variable `TICKWIRE_JWT_SECRET` may have the secret.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Authentication")]
pub struct AuthConfig {
    /// A file with the secret of HS256, at least 32 bytes; or else in the variable TICKWIRE_JWT_SECRET
    #[arg(long, env = "TICKWIRE_JWT_SECRET_FILE", value_name = "FILE")]
    pub jwt_secret_file: Option<PathBuf>,

    /// Public keys of RS256, ES256 and EdDSA (JWKS): a file, or an https address. Needs an issuer and an audience
    #[arg(long, env = "TICKWIRE_JWKS", value_parser = place, value_name = "FILE|URL")]
    pub jwks: Option<JwksPlace>,

    /// Who vouches for the https address of the keys: certificates (PEM); by default those of public web sites
    #[arg(long, env = "TICKWIRE_JWKS_CA", value_name = "FILE")]
    pub jwks_ca: Option<PathBuf>,

    /// Algorithms that are allowed, separated by commas; by default those that there are keys for
    #[arg(
        long,
        env = "TICKWIRE_JWT_ALGORITHMS",
        value_delimiter = ',',
        value_name = "NAMES"
    )]
    pub jwt_algorithms: Vec<Algorithm>,

    /// Who may have issued a token (`iss`), separated by commas; without it, anybody who has the key. A `sub` is the same user, whoever issued it
    #[arg(
        long,
        env = "TICKWIRE_JWT_ISSUER",
        value_delimiter = ',',
        value_name = "NAMES"
    )]
    pub jwt_issuer: Vec<String>,

    /// For whom a token has to be (`aud`), separated by commas; without it, only for nobody in particular
    #[arg(
        long,
        env = "TICKWIRE_JWT_AUDIENCE",
        value_delimiter = ',',
        value_name = "NAMES"
    )]
    pub jwt_audience: Vec<String>,

    /// By how much the issuer's clock may be wrong; at most 60s
    #[arg(long, env = "TICKWIRE_JWT_LEEWAY", default_value = "30s", value_parser = leeway, value_name = "TIME")]
    pub jwt_leeway: Duration,

    /// How long a token may still be valid; what is revoked is remembered for as long
    #[arg(long, env = "TICKWIRE_MAX_TOKEN_LIFETIME", default_value = "24h", value_parser = duration, value_name = "TIME")]
    pub max_token_lifetime: Duration,

    /// Serve no topic and no request without a token, not even public ones; documents are
    #[arg(long, env = "TICKWIRE_REQUIRE_TOKEN")]
    pub require_token: bool,

    /// How long a connection without a token may take to send `auth`, where one is needed
    #[arg(long, env = "TICKWIRE_AUTH_TIMEOUT", default_value = "5s", value_parser = duration, value_name = "TIME")]
    pub auth_timeout: Duration,

    /// Take tokens in the address of a WebSocket (?token=…), where they end up in logs
    #[arg(long, env = "TICKWIRE_ALLOW_QUERY_TOKEN")]
    pub allow_query_token: bool,

    /// Failed authentications of one address a minute that may be guesses, in the long run; twice as many at once
    #[arg(long, env = "TICKWIRE_MAX_FAILED_AUTHS", default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_failed_auths: u32,

    /// What [`SECRET_VARIABLE`] has: no flag.
    #[arg(skip)]
    pub secret: Option<Secret>,
}

/// Why there is no secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// It can be guessed.
    #[error("cannot use the secret of {place}")]
    Short {
        /// Whose.
        place: String,
        /// Why not.
        #[source]
        source: ShortSecret,
    },
    /// The file.
    #[error("cannot read {}", .path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// Two places, of which one would be passed over.
    #[error("give {SECRET_VARIABLE} or --jwt-secret-file, not both")]
    Both,
}

impl AuthConfig {
    /// Whether somebody has said how clients authenticate.
    pub fn is_configured(&self) -> bool {
        self.secret.is_some() || self.jwt_secret_file.is_some() || self.jwks.is_some()
    }
}

/// The secret of the environment, or of a file.
///
/// # Errors
/// See [`SecretError`].
pub fn secret(
    variable: Option<&Secret>,
    file: Option<&PathBuf>,
) -> Result<Option<Secret>, SecretError> {
    match (variable, file) {
        (Some(_), Some(_)) => Err(SecretError::Both),
        (variable, None) => Ok(variable.cloned()),
        (None, Some(path)) => {
            let read = std::fs::read(path);
            let bytes = read.map_err(|source| SecretError::Read {
                path: path.clone(),
                source,
            })?;
            let secret = Secret::new(&bytes).map_err(|source| SecretError::Short {
                place: path.display().to_string(),
                source,
            })?;
            Ok(Some(secret))
        }
    }
}

/// The secret of the environment.
///
/// # Errors
/// It is too short.
pub fn secret_of_environment() -> Result<Option<Secret>, SecretError> {
    let Some(text) = std::env::var_os(SECRET_VARIABLE) else {
        return Ok(None);
    };
    let secret = Secret::new(text.as_encoded_bytes()).map_err(|source| SecretError::Short {
        place: SECRET_VARIABLE.to_owned(),
        source,
    })?;
    Ok(Some(secret))
}

/// A path, or an address. Whoever can change what comes from there can sign tokens, so it is encrypted
/// unless it stays on this machine.
fn place(text: &str) -> Result<JwksPlace, String> {
    if !text.contains("://") {
        return Ok(JwksPlace::File(text.into()));
    }
    let uri: Option<Uri> = text.parse().ok();
    let is_safe = uri.is_some_and(|uri| {
        let has_credentials = uri.authority().is_none_or(|it| it.as_str().contains('@'));
        let is_local = matches!(uri.host(), Some("127.0.0.1" | "[::1]" | "localhost"));
        let is_private = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => is_local,
            _ => false,
        };
        is_private && !has_credentials
    });
    if is_safe {
        Ok(JwksPlace::Url(text.to_owned()))
    } else {
        Err("expected a file or an https:// address, without a password".to_owned())
    }
}

fn leeway(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        leeway if leeway <= MAX_LEEWAY => Ok(leeway),
        _ => Err("expected at most 60s".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_keys_may_be() {
        let rows = [
            ("https://id.example.org/jwks.json", Some("https")),
            ("http://127.0.0.1:80/jwks.json", Some("http")),
            ("http://localhost:80/jwks.json", Some("http")),
            ("http://id.example.org/jwks.json", None),
            ("http://localhost/jwks.json", Some("http")),
            ("HTTPS://id.example.org/jwks.json", Some("https")),
            // Another machine's name, however it begins.
            ("http://localhost:x@id.example.org/jwks.json", None),
            ("https://user:password@id.example.org/jwks.json", None),
            ("https://", None),
            ("http://localhost.example.org/jwks.json", None),
            ("http://127.0.0.1.example.org/jwks.json", None),
            ("ftp://id.example.org/jwks.json", None),
            ("ftp://localhost/jwks.json", None),
            ("keys/jwks.json", Some("file")),
        ];
        for (text, expected) in rows {
            let found = place(text).ok().map(|place| match place {
                JwksPlace::File(_) => "file",
                JwksPlace::Url(url) if url.to_lowercase().starts_with("https") => "https",
                JwksPlace::Url(_) => "http",
            });
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_clock_may_be_wrong_by_a_minute() {
        assert!(leeway("60s").is_ok() && leeway("61s").is_err() && leeway("0s").is_err());
    }
}
