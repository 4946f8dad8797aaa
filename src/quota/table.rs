//! Who has which quota.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::time::Instant;

use super::{Party, Quota, QuotaLimits};

/// With fewer, it is not worth looking for those that can be forgotten.
const FEW: usize = 1_024;

/// The quotas of all addresses, or of all users.
///
/// One that nobody holds is forgotten as soon as its pace has nothing to remember, two seconds after its
/// last frame at the latest. So there are no more than there are connections, and requests in that time.
pub(super) struct Table<K> {
    party: Party,
    limits: QuotaLimits,
    known: Mutex<Known<K>>,
}

struct Known<K> {
    quotas: HashMap<K, Arc<Quota>>,
    /// At so many, those to be forgotten are looked for: seldom, and never with few.
    sweep_at: usize,
}

impl<K: Hash + Eq> Table<K> {
    pub(super) fn new(party: Party, limits: QuotaLimits) -> Self {
        Self {
            party,
            limits,
            known: Mutex::new(Known {
                quotas: HashMap::new(),
                sweep_at: FEW,
            }),
        }
    }

    pub(super) fn get<Q>(&self, key: &Q) -> Arc<Quota>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(quota) = known.quotas.get(key) {
            return Arc::clone(quota);
        }
        if known.quotas.len() >= known.sweep_at {
            known.sweep(Instant::now());
        }
        let quota = Arc::new(Quota::new(self.party, self.limits));
        known.quotas.insert(key.to_owned(), Arc::clone(&quota));
        quota
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.known.lock().unwrap().quotas.len()
    }
}

impl<K: Hash + Eq> Known<K> {
    /// Nobody can get hold of one meanwhile: that needs the lock.
    fn sweep(&mut self, now: Instant) {
        self.quotas
            .retain(|_, quota| Arc::strong_count(quota) > 1 || !quota.is_rested(now));
        self.sweep_at = FEW.max(2 * self.quotas.len());
    }
}
