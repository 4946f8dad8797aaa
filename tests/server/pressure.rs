//! Bursts, slow readers and full outboxes: what a client is owed when there is much at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;
use tickwire::session::SessionLimits;
use tickwire::wire::CloseCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::plain::{masked, post, split_frames};
use crate::support::{Bench, Server, lab};

const TEXT: u8 = 0x81;

/// More requests than are taken in one turn: each is answered.
#[tokio::test]
async fn no_request_of_a_burst_is_lost() {
    let bench = Bench::new();
    let (mut pipe, _task) = bench.pipe(1 << 20).await;
    let mut burst = Vec::new();
    for n in 0..200 {
        burst.extend(masked(
            TEXT,
            format!(r#"{{"type":"ping","msg_id":"{n}","payload":{{}}}}"#).as_bytes(),
        ));
    }
    pipe.write_all(&burst).await.unwrap();
    let mut received = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(2), async {
        let mut chunk = [0; 4096];
        loop {
            let n = pipe.read(&mut chunk).await.unwrap();
            if n == 0 {
                break;
            }
            received.extend_from_slice(&chunk[..n]);
        }
    })
    .await;
    let answers: Vec<String> = split_frames(&received)
        .iter()
        .skip(1)
        .map(|(_, t)| {
            let v: serde_json::Value = serde_json::from_slice(t).unwrap();
            v["msg_id"].as_str().unwrap().to_owned()
        })
        .collect();
    let missing: Vec<_> = (0..200)
        .map(|n| n.to_string())
        .filter(|n| !answers.contains(n))
        .collect();
    assert!(
        missing.is_empty(),
        "{} answers, never answered: {missing:?}",
        answers.len()
    );
}

/// The message behind a turn may be a close: it gets one close frame.
#[tokio::test]
async fn a_close_behind_a_whole_turn_is_answered_once() {
    let bench = Bench::new();
    let (mut pipe, task) = bench.pipe(1 << 20).await;
    let mut burst = Vec::new();
    for _ in 0..64 {
        burst.extend(masked(TEXT, br#"{"type":"ping","payload":{}}"#));
    }
    burst.extend(masked(0x88, &4242_u16.to_be_bytes()));
    pipe.write_all(&burst).await.unwrap();
    pipe.shutdown().await.unwrap();
    let mut received = Vec::new();
    pipe.read_to_end(&mut received).await.unwrap();
    let frames = split_frames(&received);
    let closes: Vec<_> = frames.iter().filter(|f| f.0 == 0x88).collect();
    assert_eq!(closes.len(), 1, "{closes:?}");
    assert_eq!(task.await.unwrap(), CloseCode::Normal);
}

/// A client that takes something all the time is not closed, though it never catches up.
#[tokio::test(start_paused = true)]
async fn who_reads_however_slowly_is_not_stalled() {
    let bench = Bench::with(SessionLimits {
        max_outbox_bytes: 200_000,
        ..lab::limits()
    });
    let (mut pipe, task) = bench.pipe(4_000).await;
    pipe.write_all(&masked(
        TEXT,
        br#"{"type":"trades.subscribe","payload":{"symbol":"AAPL"}}"#,
    ))
    .await
    .unwrap();
    let mut chunk = vec![0; 3_000];
    bench.lab.until("create trades:AAPL").await;
    tokio::time::sleep(Duration::from_millis(10)).await;
    for second in 0..120 {
        for n in 0..40 {
            let _ = bench
                .lab
                .trades("AAPL")
                .publish(&lab::trade("AAPL", f64::from(n + 1)));
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        // alive:
        assert!(
            pipe.write_all(&masked(0x8a, b"")).await.is_ok(),
            "closed after {second} s"
        );
        pipe.read_exact(&mut chunk).await.unwrap();
        assert!(
            !task.is_finished(),
            "closed after {second} s: {:?}",
            task.await
        );
    }
}

/// Answers that do not fit into the outbox at once are given as the client reads.
#[tokio::test]
async fn who_asks_much_is_slowed_down_not_closed() {
    let bench = Bench::with(SessionLimits {
        max_outbox_bytes: 65_536,
        ..lab::limits()
    });
    let mut client = bench.client().await;
    let topics: Vec<String> = (0..100).map(|n| format!("trades:S{n}")).collect();
    client.get("subscribe", json!({"topics": topics})).await;
    drop(client);
    let (mut pipe, _task) = bench.pipe(1 << 20).await;
    let mut burst = masked(
        TEXT,
        json!({"type":"subscribe","payload":{"topics": topics}})
            .to_string()
            .as_bytes(),
    );
    pipe.write_all(&burst).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    burst.clear();
    for _ in 0..30 {
        burst.extend(masked(TEXT, br#"{"type":"get_status","payload":{}}"#));
    }
    pipe.write_all(&burst).await.unwrap();
    let mut received = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(1), async {
        let mut chunk = [0; 65_536];
        loop {
            let n = pipe.read(&mut chunk).await.unwrap();
            if n == 0 {
                break;
            }
            received.extend_from_slice(&chunk[..n]);
        }
    })
    .await;
    let frames = split_frames(&received);
    let kinds: Vec<_> = frames
        .iter()
        .filter(|(k, _)| *k == 0x88)
        .map(|(_, p)| u16::from_be_bytes([p[0], p[1]]))
        .collect();
    let answers = frames
        .iter()
        .filter(|(_, p)| String::from_utf8_lossy(p).contains("status_response"))
        .count();
    assert_eq!((answers, kinds), (30, vec![]));
}

/// A pong that waits while the connection is blocked is no silence.
#[tokio::test(start_paused = true)]
async fn who_was_not_read_is_not_silent() {
    let bench = Bench::with(SessionLimits {
        max_outbox_bytes: 100_000,
        ..lab::limits()
    });
    let (mut pipe, task) = bench.pipe(1_000).await;
    let mut chunk = vec![0; 1 << 20];
    pipe.write_all(&masked(
        TEXT,
        br#"{"type":"trades.subscribe","payload":{"symbol":"AAPL"}}"#,
    ))
    .await
    .unwrap();
    tokio::time::sleep(Duration::from_millis(10)).await;
    let _ = pipe.read(&mut chunk).await.unwrap();
    // Blocked from just before the first heartbeat on, for less than the stall.
    tokio::time::sleep(Duration::from_millis(29_950)).await;
    for n in 0..300 {
        bench
            .lab
            .trades("AAPL")
            .publish(&lab::trade("AAPL", f64::from(n + 1)))
            .unwrap();
    }
    tokio::time::sleep(Duration::from_millis(29_940)).await;
    // It reads all; its pong to the ping in there takes 200 ms.
    let reading = async {
        loop {
            match tokio::time::timeout(Duration::from_millis(50), pipe.read(&mut chunk)).await {
                Ok(Ok(0)) | Err(_) => break,
                _ => {}
            }
        }
    };
    reading.await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    let _ = pipe.write_all(&masked(0x8a, b"")).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut rest = Vec::new();
    let _ = tokio::time::timeout(Duration::from_millis(10), pipe.read_to_end(&mut rest)).await;
    let closes: Vec<_> = split_frames(&rest)
        .into_iter()
        .filter(|f| f.0 == 0x88)
        .collect();
    assert!(closes.is_empty() && !task.is_finished(), "{closes:?}");
}

/// Trades may be lost, answers not: together they are too much, the answers alone are not.
#[tokio::test(start_paused = true)]
async fn updates_give_way_to_answers_that_fit() {
    let bench = Bench::new();
    let (mut pipe, task) = bench.pipe(60_000).await;
    pipe.write_all(&masked(
        TEXT,
        br#"{"type":"trades.subscribe","payload":{"symbol":"AAPL"}}"#,
    ))
    .await
    .unwrap();
    tokio::time::sleep(Duration::from_millis(10)).await;
    for _ in 0..3 {
        pipe.write_all(&masked(
            TEXT,
            br#"{"type":"bars.history","payload":{"symbol":"MANY","count_back":5000}}"#,
        ))
        .await
        .unwrap();
    }
    tokio::time::sleep(Duration::from_millis(10)).await;
    for n in 0..1_000 {
        bench
            .lab
            .trades("AAPL")
            .publish(&lab::trade("AAPL", f64::from(n + 1)))
            .unwrap();
    }
    tokio::time::sleep(Duration::from_millis(10)).await;
    let mut received = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    while let Ok(Ok(n @ 1..)) =
        tokio::time::timeout(Duration::from_millis(100), pipe.read(&mut chunk)).await
    {
        received.extend_from_slice(&chunk[..n]);
    }
    let frames = split_frames(&received);
    let sizes: Vec<_> = frames
        .iter()
        .filter(|f| f.1.len() > 10_000)
        .map(|f| f.1.len())
        .collect();
    let closes: Vec<_> = frames
        .iter()
        .filter(|f| f.0 == 0x88)
        .map(|f| String::from_utf8_lossy(&f.1[2..]).into_owned())
        .collect();
    assert_eq!(
        (sizes.len(), closes),
        (3, vec![]),
        "{sizes:?} {} {:?} {:?}",
        received.len(),
        task.is_finished(),
        frames
            .iter()
            .map(|f| (
                f.0,
                String::from_utf8_lossy(&f.1[..f.1.len().min(400)]).into_owned()
            ))
            .take(6)
            .collect::<Vec<_>>()
    );
    drop(task);
}

/// Whatever is announced to everybody meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_welcome_comes_first() {
    let server = Server::start(&["--modules", "none"]).await;
    let connections = Arc::clone(&server.inner.connections);
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let frame = server
        .inner
        .services
        .protocol
        .encode(
            "system_alert",
            None,
            &json!({"level": "info", "code": "x", "message": "x"}),
        )
        .unwrap();
    let thread = std::thread::spawn(move || {
        while !stopped.load(Ordering::Relaxed) {
            connections.broadcast(frame.clone());
            std::thread::sleep(Duration::from_micros(3));
        }
    });
    let mut wrong = None;
    for n in 0..3000 {
        let mut client = server.connect("/ws", &[]).await;
        let first = client.next().await;
        if first["type"] != "welcome" {
            wrong = Some((n, first));
            break;
        }
    }
    stop.store(true, Ordering::Relaxed);
    thread.join().unwrap();
    assert_eq!(wrong, None);
}

/// More was missed than the outbox takes: the client is told so, and goes on.
#[tokio::test]
async fn what_cannot_be_replayed_at_once_is_not_promised() {
    let text = tickwire::app::CONTRACT
        .replace("delivery: window", "delivery: lossless")
        .replace(
            "source: service",
            "source: publish\n      publish_permissions: []",
        );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lossless.yaml");
    std::fs::write(&path, text).unwrap();
    let flags = [
        "--spec",
        path.to_str().unwrap(),
        "--max-outbox-bytes",
        "65536",
    ];
    let server = Server::start(&flags).await;
    let mut epoch = String::new();
    for n in 0..1_000 {
        let reply = post(server.address, "/publish/trades:AAPL",
            json!({"price": 436.63, "side": "buy", "size": 1000.0, "symbol": "AAPL", "time": 1362153473466_u64 + n}).to_string()).await.json();
        epoch = reply["epoch"]
            .as_str()
            .unwrap_or_else(|| panic!("{reply}"))
            .to_owned();
    }
    let mut client = server.client().await;
    for (seq, recovered) in [(0, false), (995, true)] {
        let since =
            json!({"symbol": "AAPL", "since": {"epoch": epoch, "seq": seq}, "history": 1000});
        let answer = client.get("trades.subscribe", since).await;
        assert_eq!(answer["recovered"], recovered, "{answer}");
        // Of the history as much as fits, or exactly what was missed: the newest in any case.
        let mut last = client.expect("trades.update").await["seq"]
            .as_u64()
            .unwrap();
        assert!(last > 200 && (!recovered || last == seq + 1), "{last}");
        while last < 1_000 {
            let next = client.expect("trades.update").await["seq"]
                .as_u64()
                .unwrap();
            assert_eq!(next, last + 1);
            last = next;
        }
        client
            .get("trades.unsubscribe", json!({"symbol": "AAPL"}))
            .await;
    }
}
