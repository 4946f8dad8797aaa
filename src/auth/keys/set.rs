//! A set of public keys, as far as it can be used.

use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use serde::Deserialize;
use serde_json::Value;

use super::JwksError;
use crate::auth::Algorithm;

/// Keys of one set that are looked at. Issuers have a handful.
const MAX_KEYS: usize = 100;

/// RFC 7518 section 3.3: an RSA key has at least 2,048 bits. Their length in base64, without padding.
const MIN_MODULUS: usize = (256 * 4_usize).div_ceil(3);

/// Keys for the allowed algorithms.
pub(super) struct KeySet {
    keys: Vec<Key>,
}

/// A public key. It verifies one algorithm, whatever a token says.
#[derive(Clone)]
pub(in crate::auth) struct Key {
    kid: Option<String>,
    algorithm: Algorithm,
    pub(in crate::auth) decoding: DecodingKey,
}

#[derive(Deserialize)]
struct Document {
    /// Not parsed together: sets have keys of kinds that are not known here.
    keys: Vec<Value>,
}

impl KeySet {
    pub(super) fn parse(text: &str, allowed: &[Algorithm]) -> Result<Self, JwksError> {
        let document: Document = serde_json::from_str(text).map_err(JwksError::Json)?;
        let keys = document.keys.into_iter().take(MAX_KEYS);
        let keys: Vec<Key> = keys
            .filter_map(|key| usable(serde_json::from_value(key).ok()?))
            .filter(|key| allowed.contains(&key.algorithm))
            .collect();
        if keys.is_empty() {
            return Err(JwksError::NoKeys);
        }
        Ok(Self { keys })
    }

    /// The key of this name and algorithm; without a name, the only one of the algorithm.
    pub(super) fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Option<Key> {
        let mut candidates = self.keys.iter().filter(|key| {
            key.algorithm == algorithm && (kid.is_none() || key.kid.as_deref() == kid)
        });
        let found = candidates.next()?;
        candidates.next().is_none().then(|| found.clone())
    }
}

/// What kind of key it is decides on its algorithm; secrets (`oct`) are not published.
fn usable(jwk: Jwk) -> Option<Key> {
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::RSA(rsa) if rsa.n.len() >= MIN_MODULUS => Algorithm::RS256,
        AlgorithmParameters::EllipticCurve(ec) if ec.curve == EllipticCurve::P256 => {
            Algorithm::ES256
        }
        AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => {
            Algorithm::EdDSA
        }
        _ => return None,
    };
    let says_another = match &jwk.common.key_algorithm {
        None => false,
        Some(named) => named.to_string().parse().ok().and_then(Algorithm::of) != Some(algorithm),
    };
    let is_for_encryption = matches!(jwk.common.public_key_use, Some(PublicKeyUse::Encryption));
    if says_another || is_for_encryption {
        return None;
    }
    Some(Key {
        kid: jwk.common.key_id.clone(),
        algorithm,
        decoding: DecodingKey::from_jwk(&jwk).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ALL: [Algorithm; 4] = [
        Algorithm::HS256,
        Algorithm::RS256,
        Algorithm::ES256,
        Algorithm::EdDSA,
    ];

    /// A public key of 2,048 bits.
    fn rsa() -> Value {
        let published = include_str!("../verifier/test-keys/jwks.json");
        let published: Value = serde_json::from_str(published).unwrap();
        let modulus = &published["keys"][0]["n"];
        json!({"kty": "RSA", "kid": "k", "n": modulus, "e": "AQAB"})
    }

    fn with(mut key: Value, name: &str, value: &str) -> Value {
        key[name] = value.into();
        key
    }

    #[test]
    fn which_keys_can_be_used() {
        // The public key of RFC 8037 appendix A.2.
        let ed = json!({"kty": "OKP", "crv": "Ed25519", "kid": "k",
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
        // And that of RFC 7517 appendix A.1.
        let ec = json!({"kty": "EC", "crv": "P-256", "kid": "k",
            "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
            "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"});
        let rows = [
            (rsa(), Some(Algorithm::RS256)),
            (with(rsa(), "alg", "RS256"), Some(Algorithm::RS256)),
            (with(rsa(), "alg", "RS512"), None),
            (with(rsa(), "alg", "RSA-OAEP"), None),
            (with(rsa(), "alg", "HS256"), None),
            (with(rsa(), "use", "sig"), Some(Algorithm::RS256)),
            (with(rsa(), "use", "enc"), None),
            (with(rsa(), "n", &"A".repeat(171)), None),
            (with(rsa(), "n", &"?".repeat(342)), None),
            (ec.clone(), Some(Algorithm::ES256)),
            (with(ec.clone(), "crv", "P-384"), None),
            (with(ec, "alg", "HS256"), None),
            (ed.clone(), Some(Algorithm::EdDSA)),
            (with(ed, "alg", "EdDSA"), Some(Algorithm::EdDSA)),
            (json!({"kty": "oct", "kid": "k", "k": "c2VjcmV0"}), None),
            (json!({"kty": "something new", "kid": "k"}), None),
            (json!("no key at all"), None),
        ];
        for (key, expected) in rows {
            // Beside another, since a set without any cannot be used.
            let other = with(rsa(), "kid", "other");
            let text = json!({"keys": [key, other]}).to_string();
            let set = KeySet::parse(&text, &ALL).unwrap_or_else(|error| panic!("{error}"));
            let found = ALL
                .into_iter()
                .find(|algorithm| set.find(Some("k"), *algorithm).is_some());
            assert_eq!(found, expected, "{key}");
        }
    }

    #[test]
    fn only_allowed_algorithms_have_keys() {
        let text = json!({"keys": [rsa()]}).to_string();
        assert!(KeySet::parse(&text, &[Algorithm::RS256]).is_ok());
        let none = KeySet::parse(&text, &[Algorithm::ES256]);
        assert!(matches!(none, Err(JwksError::NoKeys)));
        assert!(matches!(KeySet::parse("[]", &ALL), Err(JwksError::Json(_))));
    }

    #[test]
    fn a_token_without_a_name_has_to_be_clear() {
        let two = json!({"keys": [rsa(), with(rsa(), "kid", "other")]}).to_string();
        let set = KeySet::parse(&two, &ALL).unwrap_or_else(|error| panic!("{error}"));
        assert!(set.find(None, Algorithm::RS256).is_none());
        assert!(set.find(Some("other"), Algorithm::RS256).is_some());
        assert!(set.find(Some("k"), Algorithm::ES256).is_none());
        let one = json!({"keys": [rsa()]}).to_string();
        let set = KeySet::parse(&one, &ALL).unwrap_or_else(|error| panic!("{error}"));
        assert!(set.find(None, Algorithm::RS256).is_some());
    }
}
