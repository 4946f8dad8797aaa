//! Tokens that do not hold any more, although they have not expired.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::User;

/// Revocations that are kept at a time. Each takes some hundred bytes.
const MAX_REVOCATIONS: usize = 100_000;

/// How much longer than tokens may live a revocation is kept: for the leeway of clocks (at most a
/// minute), and for tickets and connections that outlive their token by half a minute.
pub const REVOCATION_MARGIN: Duration = Duration::from_secs(120);

/// What is revoked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The token with this `jti`.
    Jti(String),
    /// All tokens of this `sub` that were issued up to the moment of the revocation, or do not say
    /// when: those that are issued later are valid.
    Sub(String),
}

/// One revocation. Applying it twice, or in another order, changes nothing, so a bus may carry it to
/// other nodes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// Of what.
    pub target: Target,
    /// When, and the leeway later: the clock of an issuer may be ahead of ours by as much.
    pub at: DateTime<Utc>,
    /// Until when it has to be remembered: the tokens have all expired by then.
    pub until: DateTime<Utc>,
}

/// There are as many revocations as there may be. One that was forgotten would be undone, so the new one
/// is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many revocations are in force")]
pub struct ListIsFull;

/// All revocations that are in force.
#[derive(Default)]
pub struct Revocations {
    list: Mutex<HashMap<Target, Revocation>>,
    /// Counts them: a connection that has seen as many need not look again.
    generation: AtomicU64,
}

impl Revocations {
    /// Takes a revocation. Connections have to be told afterwards: see `generation`.
    ///
    /// # Errors
    /// There are too many.
    pub fn apply(&self, revocation: Revocation, now: DateTime<Utc>) -> Result<(), ListIsFull> {
        let mut list = self.lock();
        if list.len() >= MAX_REVOCATIONS {
            list.retain(|_, kept| kept.until > now);
        }
        let room = list.len() < MAX_REVOCATIONS;
        match list.get_mut(&revocation.target) {
            Some(kept) => {
                kept.at = kept.at.max(revocation.at);
                kept.until = kept.until.max(revocation.until);
            }
            None if room => drop(list.insert(revocation.target.clone(), revocation)),
            None => return Err(ListIsFull),
        }
        drop(list);
        self.generation.fetch_add(1, Ordering::Release);
        Ok(())
    }

    /// How many revocations there were. While it is the same, [`Self::hit`] answers the same.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Whether the user's token is revoked.
    pub fn hit(&self, user: &User) -> bool {
        // Nearly always there is none.
        if self.generation() == 0 {
            return false;
        }
        let list = self.lock();
        let by_id = user.token_id.clone().map(Target::Jti);
        if by_id.is_some_and(|target| list.contains_key(&target)) {
            return true;
        }
        let by_subject = list.get(&Target::Sub(user.sub.clone()));
        by_subject.is_some_and(|revocation| {
            // Tokens know whole seconds only.
            user.issued_at
                .is_none_or(|issued_at| issued_at.timestamp() <= revocation.at.timestamp())
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Target, Revocation>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::TimeDelta;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_000 + seconds, 0).unwrap()
    }

    fn user(sub: &str, token_id: Option<&str>, issued_at: Option<i64>) -> User {
        User {
            sub: sub.to_owned(),
            permissions: BTreeSet::new(),
            accounts: BTreeSet::new(),
            expires_at: at(3_600),
            issued_at: issued_at.map(at),
            token_id: token_id.map(str::to_owned),
        }
    }

    fn revocation(target: Target) -> Revocation {
        let (at, until) = (at(0), at(100));
        Revocation { target, at, until }
    }

    #[test]
    fn what_is_revoked() {
        let revocations = Revocations::default();
        assert!(!revocations.hit(&user("alice", Some("t1"), None)));
        for target in [Target::Jti("t1".into()), Target::Sub("bob".into())] {
            revocations.apply(revocation(target), at(0)).unwrap();
        }
        assert_eq!(revocations.generation(), 2);
        let rows = [
            (user("alice", Some("t1"), Some(50)), true),
            (user("alice", Some("t2"), None), false),
            (user("alice", None, None), false),
            // A `sub` is no `jti`, and the other way round.
            (user("t1", None, None), false),
            (user("alice", Some("bob"), None), false),
            (user("bob", None, None), true),
            (user("bob", None, Some(-50)), true),
            (user("bob", Some("t3"), Some(0)), true),
            (user("bob", None, Some(1)), false),
        ];
        for (user, expected) in rows {
            assert_eq!(revocations.hit(&user), expected, "{user:?}");
        }
    }

    #[test]
    fn the_order_does_not_matter() {
        let early = revocation(Target::Sub("bob".into()));
        let late = Revocation {
            at: early.at + TimeDelta::seconds(10),
            until: early.until - TimeDelta::seconds(10),
            ..early.clone()
        };
        for order in [[&early, &late], [&late, &early]] {
            let revocations = Revocations::default();
            for revocation in order {
                revocations.apply(revocation.clone(), at(0)).unwrap();
            }
            let kept = revocations.lock().values().next().unwrap().clone();
            assert_eq!((kept.at, kept.until), (late.at, early.until));
        }
    }

    #[test]
    fn the_list_is_bounded_and_forgets_nothing_that_holds() {
        let revocations = Revocations::default();
        for n in 0..MAX_REVOCATIONS {
            let target = Target::Jti(n.to_string());
            revocations.apply(revocation(target), at(0)).unwrap();
        }
        let one_more = || revocation(Target::Jti("one more".into()));
        assert_eq!(revocations.apply(one_more(), at(99)), Err(ListIsFull));
        // One that is known already is no further one.
        let known = revocation(Target::Jti("0".into()));
        assert_eq!(revocations.apply(known, at(99)), Ok(()));
        assert!(revocations.hit(&user("alice", Some("0"), None)));
        assert_eq!(revocations.apply(one_more(), at(100)), Ok(()));
        assert_eq!(revocations.lock().len(), 1);
    }
}
