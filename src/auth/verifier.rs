//! From a token to a user: signature, times, issuer, audience (RFC 7519; RFC 8725 for what to beware of).

use std::time::Duration;

use chrono::Utc;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{DecodingKey, Validation};

use super::claims::Claims;
use super::keys::{Jwks, Key};
use super::{Rejected, Secret, Token, User};

/// How a token may be signed. Others, such as `none`, do not exist here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
#[allow(clippy::upper_case_acronyms, reason = "their names")]
pub enum Algorithm {
    /// HMAC with SHA-256, by a shared secret
    #[value(name = "HS256")]
    HS256,
    /// RSA (PKCS #1 v1.5) with SHA-256
    #[value(name = "RS256")]
    RS256,
    /// ECDSA on P-256 with SHA-256
    #[value(name = "ES256")]
    ES256,
    /// Ed25519
    #[value(name = "EdDSA")]
    EdDSA,
}

/// What a token has to be like.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The only algorithms that are looked at.
    pub algorithms: Vec<Algorithm>,
    /// `iss` has to be one of these; whatever it is when there are none.
    pub issuers: Vec<String>,
    /// `aud` has to have one of these. When there are none, a token that has an `aud` is not for us.
    pub audiences: Vec<String>,
    /// By how much other people's clocks may be wrong.
    pub leeway: Duration,
    /// How long a token may still be valid. What is revoked is remembered for as long.
    pub max_lifetime: Duration,
}

impl Default for Rules {
    /// No algorithm is allowed, so no token is valid.
    fn default() -> Self {
        Self {
            algorithms: Vec::new(),
            issuers: Vec::new(),
            audiences: Vec::new(),
            leeway: Duration::from_secs(30),
            max_lifetime: Duration::from_secs(24 * 3_600),
        }
    }
}

/// Looks at tokens.
pub struct Verifier {
    rules: Rules,
    secret: Option<DecodingKey>,
    jwks: Option<Jwks>,
}

impl Algorithm {
    pub(super) fn of(algorithm: jsonwebtoken::Algorithm) -> Option<Self> {
        match algorithm {
            jsonwebtoken::Algorithm::HS256 => Some(Self::HS256),
            jsonwebtoken::Algorithm::RS256 => Some(Self::RS256),
            jsonwebtoken::Algorithm::ES256 => Some(Self::ES256),
            jsonwebtoken::Algorithm::EdDSA => Some(Self::EdDSA),
            _ => None,
        }
    }

    fn in_library(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::HS256 => jsonwebtoken::Algorithm::HS256,
            Self::RS256 => jsonwebtoken::Algorithm::RS256,
            Self::ES256 => jsonwebtoken::Algorithm::ES256,
            Self::EdDSA => jsonwebtoken::Algorithm::EdDSA,
        }
    }
}

impl Verifier {
    /// With the secret that HS256 is verified with, and the public keys of everything else. Which key
    /// verifies a token hangs on its algorithm, so that a public key can never pass for a secret.
    pub fn new(rules: Rules, secret: Option<&Secret>, jwks: Option<Jwks>) -> Self {
        Self {
            rules,
            secret: secret.map(|secret| DecodingKey::from_secret(secret.expose())),
            jwks,
        }
    }

    /// What tokens have to be like.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The keys that others publish, where there are any.
    pub fn jwks(&self) -> Option<&Jwks> {
        self.jwks.as_ref()
    }

    /// Whose token this is. Whether it was revoked is not looked at. Cancel safe.
    ///
    /// # Errors
    /// It is not valid now.
    pub async fn verify(&self, token: &Token) -> Result<User, Rejected> {
        // `none` and the like are no algorithm to the library, and a token of it no token.
        let header =
            jsonwebtoken::decode_header(token.expose()).map_err(|_| Rejected::Malformed)?;
        let algorithm = Algorithm::of(header.alg)
            .filter(|algorithm| self.rules.algorithms.contains(algorithm))
            .ok_or(Rejected::Algorithm)?;
        // RFC 7515 section 4.1.11: an extension that is critical and unknown. None is known.
        if header.crit.is_some() {
            return Err(Rejected::Malformed);
        }
        let kid = header.kid.as_deref();
        let validation = self.validation(algorithm);
        let claims = match (algorithm, &self.secret, &self.jwks) {
            (Algorithm::HS256, Some(secret), _) => claims(token, secret, &validation),
            (Algorithm::HS256, None, _) | (_, _, None) => return Err(Rejected::Key),
            (_, _, Some(jwks)) => {
                let key: Key = jwks.key(kid, algorithm).await?;
                claims(token, &key.decoding, &validation)
            }
        }?;
        claims.user(Utc::now(), &self.rules)
    }

    fn validation(&self, algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm.in_library());
        validation.leeway = self.rules.leeway.as_secs();
        validation.validate_nbf = true;
        let mut required = vec!["exp", "sub"];
        if !self.rules.issuers.is_empty() {
            validation.set_issuer(&self.rules.issuers);
            required.push("iss");
        }
        if !self.rules.audiences.is_empty() {
            validation.set_audience(&self.rules.audiences);
            required.push("aud");
        }
        validation.set_required_spec_claims(&required);
        validation
    }
}

fn claims(token: &Token, key: &DecodingKey, validation: &Validation) -> Result<Claims, Rejected> {
    let decoded = jsonwebtoken::decode::<Claims>(token.expose(), key, validation);
    decoded.map(|data| data.claims).map_err(|error| {
        // The library's error may quote the token, so only its kind goes on.
        match error.kind() {
            ErrorKind::InvalidSignature => Rejected::Signature,
            ErrorKind::ExpiredSignature => Rejected::Expired,
            ErrorKind::ImmatureSignature => Rejected::Early,
            ErrorKind::InvalidIssuer => Rejected::Issuer,
            ErrorKind::InvalidAudience => Rejected::Audience,
            ErrorKind::InvalidAlgorithm => Rejected::Algorithm,
            ErrorKind::MissingRequiredClaim(claim) => match claim.as_str() {
                "iss" => Rejected::Issuer,
                "aud" => Rejected::Audience,
                _ => Rejected::Claims,
            },
            ErrorKind::InvalidClaimFormat(_) | ErrorKind::Json(_) => Rejected::Claims,
            ErrorKind::InvalidEcdsaKey
            | ErrorKind::InvalidEddsaKey
            | ErrorKind::InvalidRsaKey(_)
            | ErrorKind::InvalidKeyFormat => Rejected::Key,
            _ => Rejected::Malformed,
        }
    })
}

#[cfg(test)]
mod tests;
