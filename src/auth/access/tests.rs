use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use tickwire_spec::Contract;

use super::*;

fn contract() -> Contract {
    let text = include_str!("../../../asyncapi.yaml");
    tickwire_spec::load("asyncapi.yaml", text).unwrap()
}

fn user(permissions: &[&str], accounts: &[&str]) -> Principal {
    let set =
        |names: &[&str]| -> BTreeSet<String> { names.iter().map(|&n| n.to_owned()).collect() };
    Principal::User(User {
        sub: "alice".to_owned(),
        permissions: set(permissions),
        accounts: set(accounts),
        expires_at: DateTime::<Utc>::MAX_UTC,
        issued_at: None,
        token_id: None,
    })
}

/// Allowed, or the denial as it is told to whoever watches.
fn told(decision: Result<(), Denial>) -> String {
    decision.map_or_else(|denial| denial.to_string(), |()| "allowed".to_owned())
}

const NO: &str = "not authenticated";
const LACKS: &str = "lacks the permission \"orders:read\"";

#[test]
fn who_may_do_what() {
    let contract = contract();
    let nobody = Principal::Anonymous;
    let anyone = user(&[], &[]);
    let reader = user(&["orders:read"], &[]);
    let owner = user(&["orders:read"], &["a1"]);
    let other = user(&["orders:read"], &["a2"]);
    let owner_only = user(&[], &["a1"]);
    let support = user(&["orders:read", "support"], &[]);
    let support_only = user(&["support"], &[]);
    let admin = user(&["admin:revoke"], &[]);

    let needed = vec!["orders:read".to_owned()];
    let family = |permissions: &[String], owner: Option<&str>| Family {
        permissions: permissions.to_vec(),
        publish_permissions: permissions.to_vec(),
        owner: owner.map(str::to_owned),
        ..contract.families[0].clone()
    };
    let public = family(&[], None);
    let private = family(&needed, None);
    let owned = family(&[], Some("account"));
    let both = family(&needed, Some("account"));
    let request = |permissions: &[String]| Operation {
        permissions: permissions.to_vec(),
        ..contract.operations[0].clone()
    };
    let (open, closed) = (request(&[]), request(&needed));
    let subscribe = |family, owner| Action::Subscribe { family, owner };
    let a1 = Some("a1");

    let rows: &[(&Principal, Action<'_>, &str)] = &[
        (&nobody, Action::Connect, "allowed"),
        (&nobody, Action::Request(&open), "allowed"),
        (&nobody, Action::Request(&closed), NO),
        (&nobody, subscribe(&public, None), "allowed"),
        (&nobody, subscribe(&private, None), NO),
        (&nobody, subscribe(&owned, a1), NO),
        (&nobody, subscribe(&both, a1), NO),
        (&nobody, Action::Publish(&public), "allowed"),
        (&nobody, Action::Publish(&private), NO),
        (&nobody, Action::Revoke, NO),
        (&anyone, Action::Connect, "allowed"),
        (&anyone, Action::Request(&open), "allowed"),
        (&anyone, Action::Request(&closed), LACKS),
        (&anyone, subscribe(&public, None), "allowed"),
        (&anyone, subscribe(&private, None), LACKS),
        (&anyone, subscribe(&owned, a1), "not the owner"),
        (&anyone, subscribe(&both, a1), LACKS),
        (&anyone, Action::Publish(&private), LACKS),
        (
            &anyone,
            Action::Revoke,
            "lacks the permission \"admin:revoke\"",
        ),
        (&reader, Action::Request(&closed), "allowed"),
        (&reader, subscribe(&private, None), "allowed"),
        (&reader, subscribe(&both, a1), "not the owner"),
        (&reader, Action::Publish(&private), "allowed"),
        (&owner, subscribe(&both, a1), "allowed"),
        (&owner, subscribe(&owned, a1), "allowed"),
        // An owner is not in the topic, whatever that means: denied.
        (&owner, subscribe(&owned, None), "not the owner"),
        (&other, subscribe(&both, a1), "not the owner"),
        (&owner_only, subscribe(&owned, a1), "allowed"),
        (&owner_only, subscribe(&both, a1), LACKS),
        (&support, subscribe(&both, a1), "allowed"),
        (&support_only, subscribe(&owned, a1), "allowed"),
        // Support is no master key: what a topic needs beside its owner, support needs, too.
        (&support_only, subscribe(&both, a1), LACKS),
        (&support_only, Action::Publish(&private), LACKS),
        (
            &support_only,
            Action::Revoke,
            "lacks the permission \"admin:revoke\"",
        ),
        (&admin, Action::Revoke, "allowed"),
        (&admin, subscribe(&owned, a1), "not the owner"),
    ];
    let access = Access::default();
    for (n, (principal, action, expected)) in rows.iter().enumerate() {
        let found = told(access.decide(principal, *action));
        assert_eq!(found, *expected, "row {n}: {principal:?}");
    }

    let strict = Access {
        requires_token: true,
        ..Access::default()
    };
    for (n, (principal, action, expected)) in rows.iter().enumerate() {
        let expected = if **principal == nobody { NO } else { expected };
        let found = told(strict.decide(principal, *action));
        assert_eq!(found, expected, "row {n}, where a token is needed");
    }
}

/// A module that knows whose a portfolio is.
struct Portfolios;

impl Ownership for Portfolios {
    fn owns(&self, user: &User, family: &Family, owner: &str) -> bool {
        user.sub == "alice" && family.name == "bars" && owner == "p1"
    }
}

#[test]
fn a_module_may_know_more_owners() {
    let contract = contract();
    let family = Family {
        owner: Some("symbol".to_owned()),
        ..contract.families[0].clone()
    };
    let access = Access {
        ownership: vec![Arc::new(Portfolios)],
        ..Access::default()
    };
    let rows = [
        (user(&[], &[]), "p1", "allowed"),
        (user(&[], &[]), "p2", "not the owner"),
        (user(&[], &["p2"]), "p2", "allowed"),
        (Principal::Anonymous, "p1", NO),
    ];
    for (principal, owner, expected) in rows {
        let owner = Some(owner);
        let family = &family;
        let decision = access.decide(&principal, Action::Subscribe { family, owner });
        assert_eq!(told(decision), expected, "{owner:?}");
    }
}

#[test]
fn clients_are_not_told_why() {
    let told = |denial: Denial| Refusal::from(denial).payload(None);
    let owner = told(Denial::Owner);
    assert_eq!(owner, told(Denial::Permission("orders:read".to_owned())));
    assert_eq!(owner["code"], "forbidden");
    assert_eq!(told(Denial::Unauthenticated)["code"], "unauthenticated");
}
