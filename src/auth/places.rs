//! How many connections each user has open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The connections of each user.
pub struct Places {
    max: usize,
    /// No zeros.
    taken: Mutex<HashMap<Arc<str>, usize>>,
}

/// A place of one connection of a user, given back when dropped.
pub struct Place {
    places: Arc<Places>,
    sub: Arc<str>,
}

impl Places {
    /// So many for each.
    pub fn new(max: usize) -> Arc<Self> {
        Arc::new(Self {
            max,
            taken: Mutex::default(),
        })
    }

    /// One more; `None` when the user has as many as there may be.
    pub fn take(self: &Arc<Self>, sub: &str) -> Option<Place> {
        let mut taken = self.lock();
        let (sub, count) = match taken.get_key_value(sub) {
            Some((sub, count)) => (Arc::clone(sub), *count),
            None => (Arc::from(sub), 0),
        };
        if count >= self.max {
            return None;
        }
        taken.insert(Arc::clone(&sub), count + 1);
        drop(taken);
        Some(Place {
            places: Arc::clone(self),
            sub,
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Arc<str>, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        if let Some(count) = taken.get_mut(&self.sub) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.sub);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_user_has_so_many_and_gives_them_back() {
        let places = Places::new(2);
        let mut alice = vec![places.take("alice").unwrap(), places.take("alice").unwrap()];
        assert!(places.take("alice").is_none());
        let bob = places.take("bob");
        assert!(bob.is_some());
        alice.pop();
        let again = places.take("alice");
        assert!(again.is_some() && places.take("alice").is_none());
        drop((alice, bob, again));
        assert!(places.lock().is_empty());
    }
}
