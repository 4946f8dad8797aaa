use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::*;
use crate::auth::{Access, Revocation, Rules, Target, User, Verifier};

const TIMEOUT: Duration = Duration::from_secs(5);

fn auth(requires_token: bool) -> Arc<Auth> {
    let access = Access {
        requires_token,
        ..Access::default()
    };
    Arc::new(Auth::new(
        Verifier::new(Rules::default(), None, None),
        access,
        10,
    ))
}

/// A user whose token is valid for so many seconds from `start` on.
fn user(start: Now, seconds: i64) -> Arc<Principal> {
    Arc::new(Principal::User(User {
        sub: "alice".to_owned(),
        permissions: BTreeSet::new(),
        accounts: BTreeSet::new(),
        expires_at: start.utc + TimeDelta::seconds(seconds),
        issued_at: None,
        token_id: None,
    }))
}

fn after(start: Now, seconds: u64) -> Now {
    let time = Duration::from_secs(seconds);
    Now {
        utc: start.utc + time,
        instant: start.instant + time,
    }
}

/// What is due in the first `seconds`, each with its second. It is looked at only when it says so.
fn course(identity: &mut Identity, start: Now, seconds: u64) -> Vec<(u64, Due)> {
    let mut course = Vec::new();
    while let Some(at) = identity.next_due() {
        let second = at.duration_since(start.instant).as_secs();
        if second > seconds {
            break;
        }
        course.extend(identity.due(after(start, second)).map(|due| (second, due)));
    }
    course
}

#[test]
fn what_time_brings() {
    let start = Now::read();
    let expiring = |at: i64, left: u64| {
        Due::Expiring(
            start.utc + TimeDelta::seconds(at),
            Duration::from_secs(left),
        )
    };
    let nobody = || Arc::new(Principal::Anonymous);
    let rows = [
        ("anonymous, admitted", false, nobody(), vec![]),
        (
            "anonymous, awaited",
            true,
            nobody(),
            vec![(5, Due::NobodyCame)],
        ),
        (
            "an hour",
            true,
            user(start, 3_600),
            vec![(3_540, expiring(3_600, 60)), (3_630, Due::Expired)],
        ),
        (
            "less than a minute",
            false,
            user(start, 20),
            vec![(0, expiring(20, 20)), (50, Due::Expired)],
        ),
        (
            "over, within the leeway",
            false,
            user(start, -10),
            vec![(0, expiring(-10, 0)), (20, Due::Expired)],
        ),
    ];
    for (what, requires_token, principal, expected) in rows {
        let mut identity = Identity::new(auth(requires_token), principal, TIMEOUT, start);
        assert_eq!(course(&mut identity, start, 10_000), expected, "{what}");
    }
}

#[test]
fn a_token_in_time_ends_the_waiting_and_a_new_one_moves_the_end() {
    let start = Now::read();
    let mut identity = Identity::new(auth(true), Arc::new(Principal::Anonymous), TIMEOUT, start);
    assert!(identity.is_awaited());
    identity.become_(user(start, 100), after(start, 4));
    assert!(!identity.is_awaited());
    let warned = course(&mut identity, start, 60);
    assert!(
        matches!(warned[..], [(40, Due::Expiring(..))]),
        "{warned:?}"
    );
    identity.become_(user(start, 1_000), after(start, 60));
    let seconds: Vec<_> = course(&mut identity, start, 10_000)
        .into_iter()
        .map(|(second, _)| second)
        .collect();
    assert_eq!(seconds, [940, 1_030]);
}

#[test]
fn a_revocation_is_seen_once_and_by_whom_it_concerns() {
    let start = Now::read();
    let auth = auth(false);
    let mut alice = Identity::new(Arc::clone(&auth), user(start, 100), TIMEOUT, start);
    let mut nobody = Identity::new(
        Arc::clone(&auth),
        Arc::new(Principal::Anonymous),
        TIMEOUT,
        start,
    );
    let revoke = |sub: &str| {
        let revocation = Revocation {
            target: Target::Sub(sub.to_owned()),
            at: start.utc,
            until: start.utc + TimeDelta::hours(1),
        };
        auth.revocations.apply(revocation, start.utc).unwrap();
    };
    assert!(!alice.is_revoked() && !nobody.is_revoked());
    revoke("bob");
    assert!(!alice.is_revoked() && !nobody.is_revoked());
    revoke("alice");
    assert!(alice.is_revoked() && !nobody.is_revoked());
    // Whoever comes by a token that was looked at before the revocation sees it as well.
    let mut late = Identity::new(Arc::clone(&auth), user(start, 100), TIMEOUT, start);
    assert!(late.is_revoked());
}
