//! Topics whose updates are changes: a client's book is the producer's, whatever happens.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tickwire::session::SessionLimits;
use tokio::net::TcpSocket;

use crate::support::book::{Changing, Follower, Replica};
use crate::support::lab::{self, trade};
use crate::support::plain::{Reply, post};
use crate::support::server::handshake;
use crate::support::{Bench, Client, Server, within};

const AAPL: &str = "orderbook:AAPL";

async fn subscribe(client: &mut Client, since: Option<(&Value, u64)>) -> Value {
    let mut payload = json!({"symbol": "AAPL"});
    if let Some((epoch, seq)) = since {
        payload["since"] = json!({"epoch": epoch, "seq": seq});
    }
    client.get("orderbook.subscribe", payload).await
}

/// Lets `follower` take the frames up to a position.
async fn follow(client: &mut Client, follower: &mut Follower, seq: u64) {
    while follower.seq < seq {
        follower.receive(&client.next().await);
    }
}

#[tokio::test]
async fn a_book_begins_with_a_snapshot() {
    let bench = Bench::new();
    let mut first = bench.client().await;
    // Nobody has published yet: the first publication is the state, though it was a change.
    let answer = subscribe(&mut first, None).await;
    assert_eq!(
        (&answer["topic"], &answer["seq"]),
        (&json!(AAPL), &json!(0))
    );
    first.alive().await;
    let publisher = bench.lab.orderbook("AAPL");
    let mut truth = Changing::default();
    assert_eq!(truth.publish(&publisher).unwrap(), 1);
    let mut follower = Follower::default();
    follow(&mut first, &mut follower, 1).await;
    assert_eq!(
        (follower.snapshots, follower.book.as_ref()),
        (1, Some(&truth.book))
    );
    // Enough to have a new base now and then, of which who keeps up gets nothing.
    for n in 1..=100 {
        truth.publish(&publisher).unwrap();
        follow(&mut first, &mut follower, n + 1).await;
        assert_eq!(
            (follower.snapshots, follower.book.as_ref()),
            (1, Some(&truth.book))
        );
        // Who comes later knows the same at once.
        if n % 7 == 0 {
            let mut other = bench.client().await;
            assert_eq!(subscribe(&mut other, None).await["seq"], n + 1);
            let mut late = Follower::default();
            follow(&mut other, &mut late, n + 1).await;
            assert_eq!((late.snapshots, late.book.as_ref()), (1, Some(&truth.book)));
            assert!(late.seq == n + 1);
            other.alive().await;
        }
    }
}

#[tokio::test]
async fn a_position_is_resumed_or_replaced() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    let epoch = subscribe(&mut client, None).await["epoch"].clone();
    let publisher = bench.lab.orderbook("AAPL");
    let mut truth = Changing::default();
    let mut follower = Follower::default();
    for _ in 0..30 {
        truth.publish(&publisher).unwrap();
    }
    follow(&mut client, &mut follower, 30).await;
    client
        .get("orderbook.unsubscribe", json!({"symbol": "AAPL"}))
        .await;
    for _ in 0..30 {
        truth.publish(&publisher).unwrap();
    }
    // Exactly what was missed.
    let answer = subscribe(&mut client, Some((&epoch, 30))).await;
    assert_eq!(
        (&answer["recovered"], &answer["seq"]),
        (&json!(true), &json!(60))
    );
    follow(&mut client, &mut follower, 60).await;
    assert_eq!(
        (follower.snapshots, follower.book.as_ref()),
        (1, Some(&truth.book))
    );
    client.alive().await;
    // Not kept (the retention is 500), of another epoch, of the future: a snapshot.
    for _ in 0..1_000 {
        truth.publish(&publisher).unwrap();
    }
    for (epoch, seq, reason) in [
        (&epoch, 60, "out_of_retention"),
        (&json!("other"), 1_060, "epoch_changed"),
        (&epoch, 1_061, "ahead_of_stream"),
    ] {
        let mut other = bench.client().await;
        let answer = subscribe(&mut other, Some((epoch, seq))).await;
        assert_eq!(
            (&answer["recovered"], &answer["reason"]),
            (&json!(false), &json!(reason))
        );
        let mut late = Follower::default();
        follow(&mut other, &mut late, 1_060).await;
        assert_eq!((late.snapshots, late.book.as_ref()), (1, Some(&truth.book)));
        other.alive().await;
    }
}

#[tokio::test]
async fn a_restart_begins_with_a_snapshot() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    let epoch = subscribe(&mut client, None).await["epoch"].clone();
    let publisher = bench.lab.orderbook("AAPL");
    let mut truth = Changing::default();
    for _ in 0..5 {
        truth.publish(&publisher).unwrap();
    }
    let mut follower = Follower::default();
    follow(&mut client, &mut follower, 5).await;
    publisher.restart("as the test wants");
    let reset = client.expect("topic.reset").await;
    assert_ne!(reset["payload"]["epoch"], epoch);
    // In between there is nothing to know.
    let mut other = bench.client().await;
    assert_eq!(
        subscribe(&mut other, Some((&epoch, 5))).await["recovered"],
        false
    );
    other.alive().await;
    truth.publish(&publisher).unwrap();
    for client in [&mut client, &mut other] {
        let mut follower = Follower::default();
        follow(client, &mut follower, 1).await;
        assert_eq!(follower.book.as_ref(), Some(&truth.book));
    }
}

/// A module that publishes what breaks the contract loses that change, and no client believes
/// otherwise.
#[tokio::test]
async fn a_refused_change_is_made_up_for() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    subscribe(&mut client, None).await;
    let publisher = bench.lab.orderbook("AAPL");
    let mut truth = Changing::default();
    // A state that breaks the contract is none.
    let (change, mut state) = (truth.clone().change(), truth.snapshot());
    state["bids"] = json!([{"price": -1.0, "size": 1}]);
    let change = serde_json::from_value(change).unwrap();
    publisher
        .publish_delta(&change, || serde_json::from_value(state).unwrap())
        .unwrap_err();
    client.alive().await;
    truth.publish(&publisher).unwrap();
    let mut follower = Follower::default();
    follow(&mut client, &mut follower, 1).await;
    let mut refused = truth.change();
    refused["bids"][0]["price"] = json!(-1.0);
    let refused = serde_json::from_value(refused).unwrap();
    publisher
        .publish_delta(&refused, || unreachable!("it is not sent"))
        .unwrap_err();
    client.alive().await;
    truth.publish(&publisher).unwrap();
    follow(&mut client, &mut follower, 2).await;
    assert_eq!(
        (follower.snapshots, follower.book.as_ref()),
        (2, Some(&truth.book))
    );
}

async fn published(server: &Server, path: &str, payload: &Value) -> Reply {
    post(
        server.address,
        &format!("/publish/{path}"),
        payload.to_string(),
    )
    .await
}

#[tokio::test]
async fn changes_are_published_after_their_snapshot() {
    let text = tickwire::app::CONTRACT.replace(
        "source: service",
        "source: publish\n      publish_permissions: []",
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("published.yaml");
    std::fs::write(&path, text).unwrap();
    let server = Server::start(&["--spec", path.to_str().unwrap()]).await;
    let mut client = server.client().await;
    subscribe(&mut client, None).await;
    let mut truth = Changing::default();
    let change = truth.change();
    let refused = published(&server, AAPL, &change).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["code"]),
        (409, &json!("snapshot_required"))
    );
    assert_eq!(refused.json()["severity"], "business_logic_error");
    client.alive().await;
    // What is wrong with a snapshot is said as of any publication.
    let mut wrong = truth.snapshot();
    wrong["bids"] = json!([{"price": 0, "size": 1}]);
    let refused = published(&server, "orderbook:AAPL/snapshot", &wrong).await;
    let pointers = &refused.json()["details"][0]["pointer"];
    assert_eq!(
        (refused.status.as_u16(), pointers),
        (422, &json!("/bids/0/price"))
    );
    // Nor do others have snapshots.
    let refused = published(&server, "trades:AAPL/snapshot", &json!({})).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["code"]),
        (404, &json!("invalid_topic"))
    );

    let answer = published(&server, "orderbook:AAPL/snapshot", &truth.snapshot()).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["seq"]),
        (200, &json!(1))
    );
    let mut follower = Follower::default();
    for seq in 2..=20 {
        let answer = published(&server, AAPL, &truth.change()).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["seq"]),
            (200, &json!(seq))
        );
    }
    follow(&mut client, &mut follower, 20).await;
    assert_eq!(
        (follower.snapshots, follower.book.as_ref()),
        (1, Some(&truth.book))
    );
    let mut late = server.client().await;
    subscribe(&mut late, None).await;
    let mut latecomer = Follower::default();
    follow(&mut late, &mut latecomer, 20).await;
    assert_eq!(latecomer.book.as_ref(), Some(&truth.book));
    // Another snapshot goes to everyone.
    truth.change();
    let answer = published(&server, "orderbook:AAPL/snapshot", &truth.snapshot()).await;
    assert_eq!(
        (&answer.json()["seq"], &answer.json()["receivers"]),
        (&json!(21), &json!(2))
    );
    for (client, follower) in [(&mut client, &mut follower), (&mut late, &mut latecomer)] {
        follow(client, follower, 21).await;
        assert_eq!(
            (follower.snapshots, follower.book.as_ref()),
            (2, Some(&truth.book))
        );
    }
}

/// A client on a socket between narrow buffers: what it does not read soon waits in the server.
async fn connect(bench: &Bench) -> Client {
    let listener = TcpSocket::new_v4().unwrap();
    listener.set_send_buffer_size(16 * 1024).unwrap();
    listener.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let (address, _) = bench.serve_by(listener.listen(1).unwrap());
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    let stream = Box::new(socket.connect(address).await.unwrap());
    let request = handshake(address, "/ws", &[]);
    let (socket, _) = tokio_tungstenite::client_async(request, stream as _)
        .await
        .unwrap();
    let mut client = Client::new(socket);
    client.expect("welcome").await;
    client
}

/// It misses what it cannot take, is told the state instead, and what it has is right at every moment.
#[tokio::test]
async fn a_client_that_stops_reading_goes_on_with_a_snapshot() {
    let bench = Bench::new();
    let mut client = connect(&bench).await;
    subscribe(&mut client, None).await;
    let publisher = bench.lab.orderbook("AAPL");
    let mut truth = Changing::default();
    let (mut follower, mut replica) = (Follower::default(), Replica::default());
    for _ in 0..3 {
        // More than the kernel's buffers and the outbox take together.
        for _ in 0..5_000 {
            truth.publish(&publisher).unwrap();
            tokio::task::consume_budget().await;
        }
        let seq = truth.publish(&publisher).unwrap();
        let (before, mut frames) = (follower.snapshots, 0);
        while follower.seq < seq {
            replica.follow(&mut follower, &client.next().await);
            frames += 1;
        }
        assert_eq!(follower.book.as_ref(), Some(&truth.book));
        assert!(follower.snapshots > before && frames < 4_000, "{frames}");
        client.alive().await;
    }
}

/// Of thirty changes in a row it reads one, for ever: it is not closed, and goes from state to state.
#[tokio::test]
async fn a_client_that_reads_slowly_for_ever_goes_from_state_to_state() {
    let bench = Bench::new();
    let mut client = connect(&bench).await;
    subscribe(&mut client, None).await;
    let publisher = bench.lab.orderbook("AAPL");
    let mut truth = Changing::default();
    let (mut follower, mut replica) = (Follower::default(), Replica::default());
    for _ in 0..500 {
        for _ in 0..30 {
            truth.publish(&publisher).unwrap();
        }
        replica.follow(&mut follower, &client.next().await);
    }
    assert!(follower.snapshots > 2, "{follower:?}");
    let seq = truth.publish(&publisher).unwrap();
    while follower.seq < seq {
        replica.follow(&mut follower, &client.next().await);
    }
    assert_eq!(follower.book.as_ref(), Some(&truth.book));
    client.alive().await;
}

/// A flood of trades delays a book, and does not keep it from a client that is behind with both.
#[tokio::test]
async fn a_flood_of_trades_leaves_room_for_a_book() {
    let bench = Bench::new();
    let mut client = connect(&bench).await;
    subscribe(&mut client, None).await;
    client
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    let (books, trades) = (bench.lab.orderbook("AAPL"), bench.lab.trades("AAPL"));
    let mut truth = Changing::default();
    let (mut follower, mut replica) = (Follower::default(), Replica::default());
    let mut losses = 0;
    for _ in 0..100 {
        for _ in 0..5 {
            truth.publish(&books).unwrap();
        }
        for n in 1..300 {
            trades.publish(&trade("AAPL", f64::from(n))).unwrap();
        }
        for _ in 0..50 {
            let frame = client.next().await;
            match frame["type"].as_str().unwrap() {
                "trades.update" => {}
                "topic.reset" => losses += 1,
                _ => replica.follow(&mut follower, &frame),
            }
        }
    }
    assert!(
        losses > 5 && follower.snapshots > 5,
        "{losses} {follower:?}"
    );
    // Of the 500 changes; what waited as long as the trades would be older.
    assert!(follower.seq > 400, "{follower:?}");
}

/// Reads, pauses, leaves, comes back with its position or without, until it has the last change.
async fn visit(mut client: Client, seed: u64, last: u64) -> usize {
    let mut random = StdRng::seed_from_u64(seed);
    let mut epoch = subscribe(&mut client, None).await["epoch"].clone();
    let (mut follower, mut replica) = (Follower::default(), Replica::default());
    let mut snapshots = 0;
    while follower.seq < last {
        match random.random_range(0..10) {
            0..6 => {
                for _ in 0..random.random_range(1..300) {
                    if follower.seq < last {
                        replica.follow(&mut follower, &client.next().await);
                    }
                }
            }
            6..9 => {
                for _ in 0..random.random_range(1..2_000) {
                    tokio::task::yield_now().await;
                }
            }
            _ => {
                client
                    .get("orderbook.unsubscribe", json!({"symbol": "AAPL"}))
                    .await;
                for frame in std::mem::take(&mut client.passed) {
                    replica.follow(&mut follower, &frame);
                }
                let knows = follower.book.is_some() && random.random();
                let since = knows.then_some((&epoch, follower.seq));
                let answer = subscribe(&mut client, since).await;
                if answer["recovered"] != true {
                    snapshots += std::mem::take(&mut follower).snapshots;
                    replica = Replica::default();
                }
                epoch = answer["epoch"].clone();
            }
        }
    }
    snapshots + follower.snapshots
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_comes_goes_and_pauses_has_the_book_of_its_position() {
    const LAST: u64 = 5_000;
    let bench = Bench::with(SessionLimits {
        max_outbox_bytes: 20_000,
        ..lab::limits()
    });
    let mut keeper = bench.client().await;
    subscribe(&mut keeper, None).await;
    let publisher = bench.lab.orderbook("AAPL");
    let mut visitors = Vec::new();
    for seed in 0..6 {
        visitors.push(tokio::spawn(visit(bench.client().await, seed, LAST)));
    }
    let publishing = std::thread::spawn(move || {
        let mut truth = Changing::default();
        for _ in 0..LAST {
            truth.publish(&publisher).unwrap();
        }
    });
    let mut snapshots = 0;
    for visitor in visitors {
        snapshots += within("the last change", visitor).await.unwrap();
    }
    publishing.join().unwrap();
    assert!(snapshots > 50, "{snapshots}");
    // Who has read nothing all the while gets there at once.
    let (mut follower, mut replica) = (Follower::default(), Replica::default());
    while follower.seq < LAST {
        replica.follow(&mut follower, &keeper.next().await);
    }
}
