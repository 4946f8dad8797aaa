//! Issuing tokens, for development: a server of one's own knows its secret.

use std::time::Duration;

use chrono::Utc;
use jsonwebtoken::{EncodingKey, Header};
use serde::Serialize;
use uuid::Uuid;

use super::{Secret, Token};

/// Who a token is for, and what it permits.
#[derive(Debug, Clone)]
pub struct Grant {
    /// `sub`.
    pub sub: String,
    /// `permissions`.
    pub permissions: Vec<String>,
    /// `accounts`.
    pub accounts: Vec<String>,
    /// How long it is valid.
    pub ttl: Duration,
}

/// Signs tokens.
pub struct Issuer {
    key: EncodingKey,
    issuer: Option<String>,
    audience: Option<String>,
}

#[derive(Serialize)]
struct Claims<'a> {
    sub: &'a str,
    iat: i64,
    exp: i64,
    jti: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aud: Option<&'a str>,
    permissions: &'a [String],
    accounts: &'a [String],
}

impl Issuer {
    /// Signs with this secret, in the name of `issuer` and for `audience`.
    pub fn new(secret: &Secret, issuer: Option<String>, audience: Option<String>) -> Self {
        Self {
            key: EncodingKey::from_secret(secret.expose()),
            issuer,
            audience,
        }
    }

    /// A token that is valid from now on.
    ///
    /// # Errors
    /// What is granted makes a token that is longer than tokens may be.
    pub fn issue(&self, grant: &Grant) -> Result<Token, super::Rejected> {
        let now = Utc::now().timestamp();
        let ttl = i64::try_from(grant.ttl.as_secs()).unwrap_or(i64::MAX);
        let claims = Claims {
            sub: &grant.sub,
            iat: now,
            exp: now.saturating_add(ttl),
            jti: Uuid::new_v4(),
            iss: self.issuer.as_deref(),
            aud: self.audience.as_deref(),
            permissions: &grant.permissions,
            accounts: &grant.accounts,
        };
        // Signing by HMAC works with every key.
        let text = jsonwebtoken::encode(&Header::default(), &claims, &self.key)
            .map_err(|_| super::Rejected::Key)?;
        Token::new(&text)
    }
}
