//! Public keys: a set (JWKS, RFC 7517), from a file or fetched from whoever publishes it.

mod fetch;
mod set;

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;
use ureq::tls::RootCerts;

use super::{Algorithm, Rejected};
pub(super) use set::Key;
use set::KeySet;

/// How often the set is looked at anew, whatever happens: a key that was withdrawn is out by then.
const REFRESH: Duration = Duration::from_secs(300);

/// Two fetches are at least so far apart: tokens with made-up key ids make no load elsewhere.
const FLOOR: Duration = Duration::from_secs(10);

/// Where a set is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JwksPlace {
    /// A file.
    File(PathBuf),
    /// An address: `https`, or `http` of this machine.
    Url(String),
}

/// Why a set cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum JwksError {
    /// The file.
    #[error("cannot read it")]
    Read(#[source] std::io::Error),
    /// The address.
    #[error("cannot fetch it")]
    Fetch(#[source] Box<ureq::Error>),
    /// Nobody could be believed to be that address.
    #[error("expected certificates (PEM) and nothing else")]
    Certificates,
    /// Not a set of keys.
    #[error("it is not a set of keys (RFC 7517)")]
    Json(#[source] serde_json::Error),
    /// There is none that could be used.
    #[error("it has no key for an allowed algorithm")]
    NoKeys,
    /// It was given up.
    #[error("reading it did not end well")]
    GivenUp,
}

/// The keys that others publish, as they were when they could be had last.
pub struct Jwks {
    place: JwksPlace,
    /// Who vouches for an `https` address.
    roots: RootCerts,
    algorithms: Vec<Algorithm>,
    /// The last good set; none before the first.
    keys: RwLock<Option<Arc<KeySet>>>,
    /// When it was tried last. Held while it is tried, so that many who need a key wait for one fetch.
    tried: Mutex<Option<Instant>>,
    floor: Duration,
}

impl fmt::Display for JwksPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(formatter),
            Self::Url(url) => formatter.write_str(url),
        }
    }
}

impl Jwks {
    /// Keys for these algorithms that are not known yet: see [`Self::refresh`].
    pub fn new(place: JwksPlace, algorithms: Vec<Algorithm>) -> Self {
        Self {
            place,
            roots: RootCerts::WebPki,
            algorithms,
            keys: RwLock::default(),
            tried: Mutex::default(),
            floor: FLOOR,
        }
    }

    /// The same from an address that is vouched for by one of these certificates (PEM), and not by those
    /// that vouch for public web sites.
    ///
    /// # Errors
    /// They are none.
    pub fn vouched_for_by(mut self, pem: &[u8]) -> Result<Self, JwksError> {
        self.roots = fetch::roots(pem)?;
        Ok(self)
    }

    /// The same with another time between two fetches, for tests.
    pub fn with_floor(mut self, floor: Duration) -> Self {
        self.floor = floor;
        self
    }

    /// Where they are.
    pub fn place(&self) -> &JwksPlace {
        &self.place
    }

    /// Reads the set, unless that was tried a moment ago. One that cannot be had leaves the last good one.
    ///
    /// # Errors
    /// It could not be had now. Cancel safe.
    pub async fn refresh(&self) -> Result<(), JwksError> {
        let mut tried = self.tried.lock().await;
        let now = Instant::now();
        if tried.is_some_and(|tried| now < tried + self.floor) {
            return Ok(());
        }
        *tried = Some(now);
        let (place, roots) = (self.place.clone(), self.roots.clone());
        let read = tokio::task::spawn_blocking(move || fetch::read(&place, roots));
        let text = read.await.map_err(|_| JwksError::GivenUp)??;
        let keys = KeySet::parse(&text, &self.algorithms)?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(keys));
        Ok(())
    }

    /// Keeps the set fresh. Never ends by itself; dropping it stops it.
    pub async fn keep_fresh(&self) {
        loop {
            tokio::time::sleep(REFRESH).await;
            self.refresh_or_log().await;
        }
    }

    /// Refreshes, and leaves a failure to the log.
    pub async fn refresh_or_log(&self) {
        if let Err(error) = self.refresh().await {
            let kept = self.current().is_some();
            let error: &dyn std::error::Error = &error;
            tracing::warn!(place = %self.place, error, kept, "the keys of tokens cannot be read");
        }
    }

    /// The key that a token names. `kid` is a name to look for in the set, and nothing else: neither a
    /// file nor an address. A token without one may be signed by the only key of its algorithm.
    pub(super) async fn key(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<Key, Rejected> {
        if let Some(key) = self.current().and_then(|keys| keys.find(kid, algorithm)) {
            return Ok(key);
        }
        // It may be newer than the set.
        self.refresh_or_log().await;
        let keys = self.current().ok_or(Rejected::KeysUnavailable)?;
        keys.find(kid, algorithm).ok_or(Rejected::Key)
    }

    fn current(&self) -> Option<Arc<KeySet>> {
        self.keys
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
