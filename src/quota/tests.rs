use super::*;

fn limits(connections: usize, subscriptions: usize, frames_per_second: u32) -> QuotaLimits {
    QuotaLimits {
        connections,
        subscriptions,
        frames_per_second,
    }
}

/// What is generous for the other party.
const PLENTY: QuotaLimits = QuotaLimits {
    connections: 1_000,
    subscriptions: 1_000,
    frames_per_second: 1_000,
};

fn connected(quotas: &Arc<Quotas>, address: &str, sub: Option<&str>) -> Result<Share, Full> {
    let mut share = Share::new(quotas, address.parse().unwrap());
    share.connect()?;
    sub.map_or(Ok(()), |sub| share.join(sub))?;
    Ok(share)
}

fn full(party: Party, counted: Counted, limit: usize) -> Full {
    Full {
        party,
        counted,
        limit,
    }
}

/// What is taken, of an address and of a user.
fn taken(quota: &Quota) -> (usize, usize) {
    let taken = quota.lock();
    (taken.connections, taken.subscriptions)
}

#[test]
fn an_address_has_so_many_connections() {
    let quotas = Quotas::new(limits(2, 10, 10), PLENTY);
    // From where, and whether there is a place.
    let rows = [
        ("10.0.0.1", true),
        ("10.0.0.1", true),
        ("10.0.0.1", false),
        // The same one, as a socket for both versions sees it.
        ("::ffff:10.0.0.1", false),
        // The same one, and another one, behind NAT64.
        ("64:ff9b::10.0.0.1", false),
        ("64:ff9b::10.0.0.2", true),
        ("2001:db8:0:7::1", true),
        ("2001:db8:0:7:ffff::2", true),
        ("2001:db8:0:7::1", false),
        ("2001:db8:0:8::1", true),
    ];
    let mut open = Vec::new();
    for (n, (address, expected)) in rows.into_iter().enumerate() {
        let share = connected(&quotas, address, None);
        assert_eq!(share.is_ok(), expected, "{n}: {address}");
        open.extend(share);
    }
    drop(open.remove(0));
    let again = connected(&quotas, "10.0.0.1", None);
    assert!(again.is_ok());
    let refused = connected(&quotas, "10.0.0.1", None).err();
    assert_eq!(refused, Some(full(Party::Address, Counted::Connections, 2)));
}

#[test]
fn a_user_has_so_many_connections_wherever_they_are() {
    let quotas = Quotas::new(PLENTY, limits(2, 10, 10));
    let from = |address, sub| connected(&quotas, address, Some(sub));
    let (first, second) = (from("10.0.0.1", "alice"), from("10.0.0.2", "alice"));
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(
        from("10.0.0.3", "alice").err(),
        Some(full(Party::User, Counted::Connections, 2))
    );
    // What was refused takes no place of its address.
    assert_eq!(
        taken(&quotas.of_address("10.0.0.3".parse().unwrap())),
        (0, 0)
    );
    assert!(from("10.0.0.3", "bob").is_ok());
    drop(first);
    assert!(from("10.0.0.3", "alice").is_ok());
}

#[test]
fn subscriptions_are_counted_for_both_or_for_none() {
    let quotas = Quotas::new(limits(10, 3, 10), limits(10, 2, 10));
    let mut of_alice = connected(&quotas, "10.0.0.1", Some("alice")).unwrap();
    let mut anonymous = connected(&quotas, "10.0.0.1", None).unwrap();
    assert_eq!(of_alice.subscribe(), Ok(()));
    assert_eq!(of_alice.subscribe(), Ok(()));
    assert_eq!(
        of_alice.subscribe(),
        Err(full(Party::User, Counted::Subscriptions, 2))
    );
    assert_eq!(anonymous.subscribe(), Ok(()));
    assert_eq!(
        anonymous.subscribe(),
        Err(full(Party::Address, Counted::Subscriptions, 3))
    );
    let (address, alice) = (
        quotas.of_address("10.0.0.1".parse().unwrap()),
        quotas.of_user("alice"),
    );
    assert_eq!((taken(&address), taken(&alice)), ((2, 3), (1, 2)));
    // Where the address is full, the user's count stays what it was.
    of_alice.settle(1);
    assert_eq!(anonymous.subscribe(), Ok(()));
    assert_eq!(
        of_alice.subscribe(),
        Err(full(Party::Address, Counted::Subscriptions, 3))
    );
    assert_eq!((taken(&address), taken(&alice)), ((2, 3), (1, 1)));
    drop(of_alice);
    assert_eq!((taken(&address), taken(&alice)), ((1, 2), (0, 0)));
    drop(anonymous);
    assert_eq!(taken(&address), (0, 0));
}

#[test]
fn who_becomes_a_user_brings_what_it_has() {
    let quotas = Quotas::new(PLENTY, limits(10, 3, 10));
    let with_two = || {
        let mut share = connected(&quotas, "10.0.0.1", None).unwrap();
        share.subscribe().unwrap();
        share.subscribe().unwrap();
        share
    };
    let (mut first, mut second) = (with_two(), with_two());
    assert_eq!(first.join("alice"), Ok(()));
    assert_eq!(
        second.join("alice"),
        Err(full(Party::User, Counted::Subscriptions, 3))
    );
    let alice = quotas.of_user("alice");
    assert_eq!(taken(&alice), (1, 2));
    second.settle(1);
    assert_eq!(second.join("alice"), Ok(()));
    // To join again, as a refreshed token does, changes nothing.
    assert_eq!(second.join("alice"), Ok(()));
    assert_eq!(taken(&alice), (2, 3));
    drop((first, second));
    assert_eq!(taken(&alice), (0, 0));
}

#[test]
fn frames_are_counted_together() {
    let quotas = Quotas::new(limits(10, 10, 10), limits(10, 10, 5));
    let of_alice = connected(&quotas, "10.0.0.1", Some("alice")).unwrap();
    let elsewhere = connected(&quotas, "10.0.0.2", Some("alice")).unwrap();
    let neighbour = connected(&quotas, "10.0.0.1", None).unwrap();
    let now = Instant::now();
    let frames = |share: &Share, now| (0..).take_while(|_| share.frame(now).is_ok()).count();
    assert_eq!(frames(&of_alice, now), 10);
    let too_fast = |party, wait| {
        let wait = Duration::from_millis(wait);
        Err(TooFast { party, wait })
    };
    assert_eq!(elsewhere.frame(now), too_fast(Party::User, 200));
    // What is refused for the user is not taken from the address.
    assert_eq!(frames(&of_alice, now), 0);
    assert_eq!(frames(&neighbour, now), 10);
    assert_eq!(neighbour.frame(now), too_fast(Party::Address, 100));
    // Requests that are no connection's are counted there, too, and it is no use to come again.
    drop((of_alice, neighbour));
    let address = quotas.of_address("10.0.0.1".parse().unwrap());
    assert_eq!(address.frame(now), too_fast(Party::Address, 100));
    let later = now + Duration::from_millis(200);
    assert_eq!(elsewhere.frame(later), Ok(()));
    assert_eq!(address.frame(later), Ok(()));
}

#[tokio::test(start_paused = true)]
async fn who_is_gone_is_forgotten() {
    let quotas = Quotas::new(PLENTY, PLENTY);
    let address = |n: u32| IpAddr::from(n.to_be_bytes());
    let _here = connected(&quotas, "0.0.0.0", None).unwrap();
    let come_and_go = |from: u32| {
        for n in from..from + 2_000 {
            quotas.of_address(address(n)).frame(Instant::now()).unwrap();
        }
    };
    come_and_go(1);
    // They still have something to wait for.
    assert_eq!(quotas.addresses.len(), 2_001);
    tokio::time::advance(Duration::from_secs(2)).await;
    come_and_go(10_000);
    assert!(quotas.addresses.len() < 2_500, "{}", quotas.addresses.len());
    // Who is here is not.
    assert_eq!(taken(&quotas.of_address(address(0))), (1, 0));
}
