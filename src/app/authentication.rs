//! From configuration to who may connect.

use std::net::SocketAddr;
use std::time::Duration;

use tickwire_spec::Contract;

use super::StartError;
use crate::auth::{
    Access, Algorithm, Auth, Grant, Issuer, Jwks, JwksError, JwksPlace, REVOKE, Rules, SUPPORT,
    Secret, Token, Verifier,
};
use crate::config::{AuthConfig, SecretError, secret};

/// How long the token of a development server is valid: longer than anybody tries something.
const DEVELOPMENT_TTL: Duration = Duration::from_secs(24 * 3_600);

/// Why nobody could say who they are.
#[derive(Debug, thiserror::Error)]
pub enum AuthenticationError {
    /// Others could connect, and nothing says who may what.
    #[error(
        "{0} can be reached from other machines, and no authentication is configured: set \
         TICKWIRE_JWT_SECRET or --jwt-secret-file (for tokens of your own), or --jwks (for those of an \
         identity provider); or listen on 127.0.0.1"
    )]
    Exposed(SocketAddr),
    /// The secret.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// Tokens that an identity provider has issued for others would be taken.
    #[error(
        "--jwks needs --jwt-issuer and --jwt-audience: the same keys sign tokens for others, too"
    )]
    ForWhom,
    /// An algorithm without a key.
    #[error("--jwt-algorithms allows {0:?}, and there is no key for it")]
    NoKey(Algorithm),
    /// Keys that no algorithm uses.
    #[error("--jwt-algorithms allows none of the algorithms that there are keys for")]
    NoAlgorithm,
    /// Certificates that would not be used.
    #[error("--jwks-ca is for keys at an https:// address: see --jwks")]
    NoTls,
    /// The keys.
    #[error("cannot use what is in {place}")]
    Keys {
        /// Where.
        place: JwksPlace,
        /// Why not.
        #[source]
        source: JwksError,
    },
    /// The system.
    #[error("the system has no randomness")]
    Randomness(#[from] getrandom::Error),
}

/// Who may connect, and the token of a server that nobody has configured.
pub(super) struct Opened {
    pub(super) auth: Auth,
    pub(super) development: Option<Token>,
}

pub(super) async fn open(
    config: &AuthConfig,
    listen: SocketAddr,
    contract: &Contract,
) -> Result<Opened, StartError> {
    if !config.is_configured() && !listen.ip().is_loopback() {
        return Err(AuthenticationError::Exposed(listen).into());
    }
    let opened = match config.is_configured() {
        true => Opened {
            auth: configured(config).await?,
            development: None,
        },
        false => development(config, contract)?,
    };
    Ok(opened)
}

async fn configured(config: &AuthConfig) -> Result<Auth, AuthenticationError> {
    let secret = secret(config.secret.as_ref(), config.jwt_secret_file.as_ref())?;
    if config.jwks.is_some() && (config.jwt_issuer.is_empty() || config.jwt_audience.is_empty()) {
        return Err(AuthenticationError::ForWhom);
    }
    let algorithms = algorithms(config, secret.is_some())?;
    let jwks = match &config.jwks {
        None => None,
        Some(place) => Some(keys(config, place.clone(), algorithms.clone()).await?),
    };
    Ok(auth(config, algorithms, secret.as_ref(), jwks))
}

/// A key of this run, and a token that may do everything. Only this machine can connect.
fn development(config: &AuthConfig, contract: &Contract) -> Result<Opened, AuthenticationError> {
    let secret = Secret::random()?;
    let issuer = Issuer::new(
        &secret,
        first(&config.jwt_issuer),
        first(&config.jwt_audience),
    );
    let operations = contract.operations.iter().map(|op| &op.permissions);
    let families = contract.families.iter();
    let families = families.flat_map(|family| [&family.permissions, &family.publish_permissions]);
    let mut permissions: Vec<String> = operations.chain(families).flatten().cloned().collect();
    permissions.extend([SUPPORT, REVOKE].map(str::to_owned));
    permissions.sort();
    permissions.dedup();
    let grant = Grant {
        sub: "developer".to_owned(),
        permissions,
        accounts: Vec::new(),
        ttl: DEVELOPMENT_TTL.min(config.max_token_lifetime),
    };
    Ok(Opened {
        auth: auth(config, vec![Algorithm::HS256], Some(&secret), None),
        // A contract with so many permissions that no token has room for them has none.
        development: issuer.issue(&grant).ok(),
    })
}

fn auth(
    config: &AuthConfig,
    algorithms: Vec<Algorithm>,
    secret: Option<&Secret>,
    jwks: Option<Jwks>,
) -> Auth {
    let rules = Rules {
        algorithms,
        issuers: config.jwt_issuer.clone(),
        audiences: config.jwt_audience.clone(),
        leeway: config.jwt_leeway,
        max_lifetime: config.max_token_lifetime,
    };
    let access = Access {
        requires_token: config.require_token,
        ownership: Vec::new(),
    };
    let verifier = Verifier::new(rules, secret, jwks);
    Auth::new(verifier, access, config.max_failed_auths)
}

/// Those that are configured, each of which has to have keys; by default those that may have some.
fn algorithms(
    config: &AuthConfig,
    has_secret: bool,
) -> Result<Vec<Algorithm>, AuthenticationError> {
    let has_key = |algorithm: &Algorithm| match algorithm {
        Algorithm::HS256 => has_secret,
        Algorithm::RS256 | Algorithm::ES256 | Algorithm::EdDSA => config.jwks.is_some(),
    };
    if config.jwt_algorithms.is_empty() {
        use Algorithm::{ES256, EdDSA, HS256, RS256};
        return Ok([HS256, RS256, ES256, EdDSA]
            .into_iter()
            .filter(has_key)
            .collect());
    }
    let allowed = &config.jwt_algorithms;
    if let Some(without) = allowed.iter().find(|algorithm| !has_key(algorithm)) {
        return Err(AuthenticationError::NoKey(*without));
    }
    let uses = |secret: bool| allowed.iter().any(|a| (*a == Algorithm::HS256) == secret);
    if has_secret && !uses(true) || config.jwks.is_some() && !uses(false) {
        return Err(AuthenticationError::NoAlgorithm);
    }
    Ok(allowed.clone())
}

/// A file has to be there. Who publishes keys may be down, and that is no reason not to serve: until they
/// are up, tokens are refused with 503.
async fn keys(
    config: &AuthConfig,
    place: JwksPlace,
    algorithms: Vec<Algorithm>,
) -> Result<Jwks, AuthenticationError> {
    let mut jwks = Jwks::new(place.clone(), algorithms);
    if let Some(path) = &config.jwks_ca {
        if !matches!(&place, JwksPlace::Url(url) if url.starts_with("https://")) {
            return Err(AuthenticationError::NoTls);
        }
        let vouched = std::fs::read(path)
            .map_err(JwksError::Read)
            .and_then(|pem| jwks.vouched_for_by(&pem));
        jwks = vouched.map_err(|source| AuthenticationError::Keys {
            place: JwksPlace::File(path.clone()),
            source,
        })?;
    }
    match &place {
        JwksPlace::File(_) => {
            let read = jwks.refresh().await;
            read.map_err(|source| AuthenticationError::Keys { place, source })?;
        }
        JwksPlace::Url(_) => jwks.refresh_or_log().await,
    }
    Ok(jwks)
}

fn first(names: &[String]) -> Option<String> {
    names.first().cloned()
}
