use chrono::Utc;
use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Value, json};

use super::super::{JwksPlace, Secret};
use super::*;

const SECRET: &[u8] = b"a secret of thirty-two bytes or more";
const RSA: &[u8] = include_bytes!("test-keys/rsa.der");
const EC: &[u8] = include_bytes!("test-keys/ec.der");
const ED: &[u8] = include_bytes!("test-keys/ed.der");
const JWKS: &str = "src/auth/verifier/test-keys/jwks.json";
const ALL: [Algorithm; 4] = [
    Algorithm::HS256,
    Algorithm::RS256,
    Algorithm::ES256,
    Algorithm::EdDSA,
];

fn rules(algorithms: &[Algorithm]) -> Rules {
    Rules {
        algorithms: algorithms.to_vec(),
        issuers: vec!["issuer".to_owned()],
        audiences: vec!["tickwire".to_owned()],
        ..Rules::default()
    }
}

async fn verifier(algorithms: &[Algorithm]) -> Verifier {
    let path = format!("{}/{JWKS}", env!("CARGO_MANIFEST_DIR"));
    let jwks = Jwks::new(JwksPlace::File(path.into()), ALL.to_vec());
    jwks.refresh().await.unwrap();
    let secret = Secret::new(SECRET).unwrap();
    Verifier::new(rules(algorithms), Some(&secret), Some(jwks))
}

/// Sound claims, with others added; `null` removes one.
fn claims(others: Value) -> Value {
    let now = Utc::now().timestamp();
    let mut claims = json!({"sub": "alice", "exp": now + 600, "iss": "issuer", "aud": "tickwire"});
    let fields = claims.as_object_mut().unwrap();
    fields.extend(others.as_object().unwrap().clone());
    fields.retain(|_, value| !value.is_null());
    claims
}

fn key(algorithm: Algorithm) -> (EncodingKey, &'static str) {
    match algorithm {
        Algorithm::HS256 => (EncodingKey::from_secret(SECRET), "hs"),
        Algorithm::RS256 => (EncodingKey::from_rsa_der(RSA), "rsa"),
        Algorithm::ES256 => (EncodingKey::from_ec_der(EC), "ec"),
        Algorithm::EdDSA => (EncodingKey::from_ed_der(ED), "ed"),
    }
}

fn signed(algorithm: Algorithm, claims: &Value) -> String {
    let (key, kid) = key(algorithm);
    let mut header = Header::new(algorithm.in_library());
    header.kid = Some(kid.to_owned());
    jsonwebtoken::encode(&header, claims, &key).unwrap()
}

/// A token of this header, signed by the secret whatever the header says.
fn made_up(header: Value, claims: &Value, secret: &[u8]) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let message = format!("{}.{}", part(&header), part(claims));
    let key = EncodingKey::from_secret(secret);
    let algorithm = jsonwebtoken::Algorithm::HS256;
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, algorithm).unwrap();
    format!("{message}.{signature}")
}

async fn verdict(verifier: &Verifier, token: &str) -> Result<String, Rejected> {
    let user = verifier.verify(&Token::new(token)?).await?;
    Ok(user.sub)
}

#[tokio::test]
async fn every_algorithm_is_verified_where_it_is_allowed() {
    for signs in ALL {
        let token = signed(signs, &claims(json!({})));
        for allowed in ALL {
            let expected = if signs == allowed {
                Ok("alice".to_owned())
            } else {
                Err(Rejected::Algorithm)
            };
            let found = verdict(&verifier(&[allowed]).await, &token).await;
            assert_eq!(found, expected, "{signs:?} where {allowed:?} is allowed");
        }
        // Signed by it, and not this.
        let (message, signature) = token.rsplit_once('.').unwrap();
        let (header, _) = message.split_once('.').unwrap();
        let other = claims(json!({"sub": "mallory"})).to_string();
        let other = BASE64URL_NOPAD.encode(other.as_bytes());
        let forged = format!("{header}.{other}.{signature}");
        let found = verdict(&verifier(&ALL).await, &forged).await;
        assert_eq!(found, Err(Rejected::Signature), "{signs:?}");
    }
}

#[tokio::test]
async fn claims_are_held_against_the_rules() {
    let verifier = verifier(&ALL).await;
    let now = Utc::now().timestamp();
    let rows = [
        (json!({}), Ok(())),
        (json!({"exp": now - 20}), Ok(())),
        (json!({"exp": now - 40}), Err(Rejected::Expired)),
        (json!({"exp": null}), Err(Rejected::Claims)),
        (json!({"exp": "soon"}), Err(Rejected::Claims)),
        (json!({"exp": now + 25 * 3600}), Err(Rejected::Lifetime)),
        (json!({"nbf": now + 20}), Ok(())),
        (json!({"nbf": now + 40}), Err(Rejected::Early)),
        (json!({"iss": "another"}), Err(Rejected::Issuer)),
        (json!({"iss": null}), Err(Rejected::Issuer)),
        (json!({"aud": "another"}), Err(Rejected::Audience)),
        (json!({"aud": ["another", "tickwire"]}), Ok(())),
        (json!({"aud": null}), Err(Rejected::Audience)),
        (json!({"sub": null}), Err(Rejected::Claims)),
        (json!({"sub": ""}), Err(Rejected::Claims)),
        (json!({"permissions": "all"}), Err(Rejected::Claims)),
    ];
    for (others, expected) in rows {
        let token = signed(Algorithm::HS256, &claims(others.clone()));
        let found = verdict(&verifier, &token).await.map(drop);
        assert_eq!(found, expected, "{others}");
    }
}

#[tokio::test]
async fn without_an_audience_of_ours_a_token_for_somebody_is_not_for_us() {
    let rules = Rules {
        algorithms: vec![Algorithm::HS256],
        ..Rules::default()
    };
    let verifier = Verifier::new(rules, Some(&Secret::new(SECRET).unwrap()), None);
    for (aud, expected) in [
        (json!("tickwire"), Err(Rejected::Audience)),
        (json!(null), Ok(())),
    ] {
        let token = signed(Algorithm::HS256, &claims(json!({"aud": aud})));
        assert_eq!(verdict(&verifier, &token).await.map(drop), expected);
    }
}

#[tokio::test]
async fn nobody_is_talked_into_another_algorithm_or_key() {
    let verifier = verifier(&ALL).await;
    let sound = claims(json!({}));
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let unsigned = |alg: &str| format!("{}.{}.", part(&json!({"alg": alg})), part(&sound));
    let text = std::fs::read_to_string(JWKS).unwrap();
    let published: Value = serde_json::from_str(&text).unwrap();
    // What can be known of the public key, as the secret of an HMAC.
    let modulus = published["keys"][0]["n"].as_str().unwrap();
    let raw = BASE64URL_NOPAD.decode(modulus.as_bytes()).unwrap();
    let by =
        |secret: &[u8], kid: &str| made_up(json!({"alg": "HS256", "kid": kid}), &sound, secret);
    let as_rsa = |kid: Value| made_up(json!({"alg": "RS256", "kid": kid}), &sound, SECRET);
    let with =
        |name: &str, value: Value| made_up(json!({"alg": "HS256", name: value}), &sound, SECRET);
    let ours = signed(Algorithm::HS256, &sound);
    let (_, rest) = ours.split_once('.').unwrap();
    let mut foreign = Header::new(jsonwebtoken::Algorithm::ES256);
    foreign.kid = Some("rsa".to_owned());
    let foreign = jsonwebtoken::encode(&foreign, &sound, &EncodingKey::from_ec_der(EC)).unwrap();

    let rows = [
        (unsigned("none"), Rejected::Malformed),
        (unsigned("None"), Rejected::Malformed),
        (unsigned("nOnE"), Rejected::Malformed),
        (unsigned("HS256"), Rejected::Signature),
        (unsigned("HS512"), Rejected::Algorithm),
        (unsigned("RS512"), Rejected::Algorithm),
        (unsigned("PS256"), Rejected::Algorithm),
        (by(modulus.as_bytes(), "rsa"), Rejected::Signature),
        (by(&raw, "rsa"), Rejected::Signature),
        (by(text.as_bytes(), "rsa"), Rejected::Signature),
        (by(b"", "rsa"), Rejected::Signature),
        (as_rsa(json!("rsa")), Rejected::Signature),
        (as_rsa(json!("hs")), Rejected::Key),
        (as_rsa(json!("../../etc/passwd")), Rejected::Key),
        (
            as_rsa(json!("src/auth/verifier/test-keys/jwks.json")),
            Rejected::Key,
        ),
        (as_rsa(json!("' OR '1'='1")), Rejected::Key),
        (as_rsa(json!("rsa\u{0}")), Rejected::Key),
        (as_rsa(json!("")), Rejected::Key),
        (as_rsa(json!("x".repeat(4_000))), Rejected::Key),
        // A key of one kind under another's name.
        (foreign, Rejected::Key),
        // Unknown, and critical.
        (with("crit", json!(["exp"])), Rejected::Malformed),
        (format!("{}.{rest}", part(&json!({}))), Rejected::Malformed),
        (
            format!("{}.{rest}", part(&json!({"alg": 7}))),
            Rejected::Malformed,
        ),
        ("..".to_owned(), Rejected::Malformed),
        ("a.b.c".to_owned(), Rejected::Malformed),
        (format!("{ours}.{ours}"), Rejected::Malformed),
        // Whole bytes less: 43 digits were 32 bytes, 40 are 30.
        (ours[..ours.len() - 3].to_owned(), Rejected::Signature),
    ];
    for (token, expected) in rows {
        assert_eq!(verdict(&verifier, &token).await, Err(expected), "{token}");
    }
    // Keys that a token brings along, and addresses of some, mean nothing.
    for (name, value) in [
        ("jwk", json!({"kty": "oct", "k": "AAAA"})),
        ("jku", json!("http://127.0.0.1:9/jwks.json")),
        ("x5u", json!("http://127.0.0.1:9/x")),
    ] {
        let forged = made_up(
            json!({"alg": "HS256", name: value}),
            &sound,
            b"the forger's own secret, long",
        );
        assert_eq!(
            verdict(&verifier, &forged).await,
            Err(Rejected::Signature),
            "{name}"
        );
    }
}
