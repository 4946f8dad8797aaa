//! RFC 6455: sizes, text, control frames, the closing handshake.

use serde_json::json;
use tickwire::wire::CloseCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use crate::support::plain::{Raw, masked, split_frames};
use crate::support::{Bench, Client, Server};

const TEXT: u8 = 0x81;
const BINARY: u8 = 0x82;
const TEXT_BEGINS: u8 = 0x01;
const GOES_ON: u8 = 0x00;
const ENDS: u8 = 0x80;
const CLOSE: u8 = 0x88;
const PING: u8 = 0x89;
const PONG: u8 = 0x8a;

/// A ping of this many bytes.
fn ping_of(bytes: usize) -> String {
    let frame = json!({"type": "ping", "msg_id": "1", "payload": {}}).to_string();
    let padding = " ".repeat(bytes - frame.len());
    frame + &padding
}

async fn client_offering(server: &Server, protocols: &[&str]) -> Client {
    server.connect("/ws", protocols).await
}

#[tokio::test]
async fn the_first_frame_is_welcome() {
    let server = Server::start(&["--heartbeat", "7s", "--max-subscriptions", "5"]).await;
    let mut client = client_offering(&server, &[]).await;
    let welcome = client.expect("welcome").await["payload"].clone();
    assert_eq!(welcome["protocol"], "tickwire.v1.json");
    assert_eq!(
        welcome["contract"],
        json!({"title": "Tickwire", "version": "0.1.0"})
    );
    assert_eq!(welcome["heartbeat_interval_ms"], 7000);
    assert_eq!(
        welcome["limits"],
        json!({"max_frame_bytes": 65536, "max_subscriptions": 5, "max_invalid_frames": 10,
            "max_requests_in_flight": 32, "max_frames_per_second": 1000,
            "max_connection_age_ms": 3_600_000})
    );
    let status = client.get("get_status", json!({})).await;
    assert_eq!(status["connection_id"], welcome["connection_id"]);
    assert_eq!(status["limits"], welcome["limits"]);
    assert_eq!(status["principal"], json!({"kind": "anonymous"}));
    assert_eq!(status["counters"]["frames_received"], 1);
    assert_eq!(status["counters"]["frames_sent"], 1);
}

#[tokio::test]
async fn subprotocols_are_agreed_on() {
    let server = Server::shared().await;
    for offered in [
        &[][..],
        &["tickwire.v1.json"],
        &["mqtt", "tickwire.v1.json"],
    ] {
        client_offering(server, offered)
            .await
            .expect("welcome")
            .await;
    }
}

#[tokio::test]
async fn without_a_common_subprotocol_the_connection_is_closed() {
    let server = Server::shared().await;
    // The first that was offered is given back, else a browser would not read the close code.
    for offered in [&["mqtt"][..], &["tickwire.v2.json", "mqtt"]] {
        let mut client = client_offering(server, offered).await;
        assert_eq!(client.closed().await, 4406);
    }
}

#[tokio::test]
async fn messages_up_to_the_limit_are_read() {
    let server = Server::shared().await;
    let mut client = server.client().await;
    client.send_text(ping_of(65_536)).await;
    client.expect("pong").await;
    client.send_text(ping_of(65_537)).await;
    assert_eq!(client.closed().await, 1009);
}

#[tokio::test]
async fn a_message_above_the_limit_is_answered_by_a_close_frame_that_arrives() {
    let server = Server::shared().await;
    let half = vec![b' '; 40_000];
    let rows = [
        // At once, and more than any buffer on the way holds.
        masked(TEXT, &vec![b' '; 16 << 20]),
        masked(BINARY, &vec![b' '; 65_537]),
        // In pieces, each of which would be fine.
        [
            masked(TEXT_BEGINS, &half),
            masked(GOES_ON, &half),
            masked(ENDS, &half),
        ]
        .concat(),
        // Only announced.
        [
            vec![TEXT, 0x80 | 127],
            u64::MAX.to_be_bytes()[..].to_vec(),
            vec![0; 4],
        ]
        .concat(),
    ];
    for (row, bytes) in rows.into_iter().enumerate() {
        let frames = Raw::open(server.address).await.exchange(bytes).await;
        let [(CLOSE, payload)] = &frames[..] else {
            panic!("row {row}: {frames:?}");
        };
        assert_eq!(payload[..2], 1009_u16.to_be_bytes(), "row {row}");
        assert_eq!(&payload[2..], b"message too large", "row {row}");
    }
}

#[tokio::test]
async fn fragments_are_one_message() {
    let server = Server::shared().await;
    let mut raw = Raw::open(server.address).await;
    raw.send(&masked(TEXT_BEGINS, br#"{"type":"pi"#)).await;
    // Control frames may come in between.
    raw.send(&masked(PING, b"now")).await;
    assert_eq!(raw.next_frame().await, Some((PONG, b"now".to_vec())));
    raw.send(&masked(GOES_ON, br#"ng","payl"#)).await;
    raw.send(&masked(ENDS, br#"oad":{}}"#)).await;
    let (first, text) = raw.next_frame().await.unwrap();
    assert_eq!(first, TEXT);
    let pong: serde_json::Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(pong["type"], "pong");
}

#[tokio::test]
async fn a_ping_gets_its_pong() {
    let server = Server::shared().await;
    let mut client = server.client().await;
    for payload in [&b""[..], b"\x00\xff", &[7; 125]] {
        client
            .send_message(Message::Ping(payload.to_vec().into()))
            .await;
        let pong = client.next_message().await;
        assert_eq!(pong, Some(Message::Pong(payload.to_vec().into())));
    }
    // An unasked pong is a sign of life and nothing else.
    client
        .send_message(Message::Pong(b"x".to_vec().into()))
        .await;
    client.alive().await;
}

#[tokio::test]
async fn what_breaks_rfc_6455_closes_the_connection() {
    let server = Server::shared().await;
    let unmasked = vec![TEXT, 2, b'{', b'}'];
    let rows: Vec<(&str, Vec<u8>, u16)> = vec![
        ("unmasked", unmasked, 1002),
        ("RSV1", masked(TEXT | 0x40, b"{}"), 1002),
        ("RSV2", masked(TEXT | 0x20, b"{}"), 1002),
        ("RSV3", masked(TEXT | 0x10, b"{}"), 1002),
        ("reserved data opcode", masked(0x83, b"{}"), 1002),
        ("reserved control opcode", masked(0x8b, b""), 1002),
        ("a ping in fragments", masked(0x09, b""), 1002),
        ("a ping of 126 bytes", masked(PING, &[0; 126]), 1002),
        ("a fragment without a beginning", masked(ENDS, b"{}"), 1002),
        (
            "two beginnings",
            [masked(TEXT_BEGINS, b"{"), masked(TEXT, b"}")].concat(),
            1002,
        ),
        ("a close of one byte", masked(CLOSE, &[3]), 1002),
        (
            "a close with a code that is none",
            masked(CLOSE, &999_u16.to_be_bytes()),
            1002,
        ),
        (
            "a close with a code that is never sent",
            masked(CLOSE, &1005_u16.to_be_bytes()),
            1002,
        ),
        ("a text that is not UTF-8", masked(TEXT, b"\"\xff\""), 1007),
        (
            "a surrogate in UTF-8",
            masked(TEXT, b"\"\xed\xa0\x80\""),
            1007,
        ),
        (
            "a text that is not UTF-8 in its second half",
            [masked(TEXT_BEGINS, b"\"\xc3"), masked(ENDS, b"\"")].concat(),
            1007,
        ),
    ];
    for (name, bytes, code) in rows {
        let mut raw = Raw::open(server.address).await;
        raw.send(&bytes).await;
        assert_eq!(raw.close_code().await, Some(code), "{name}");
    }
    // A character in two pieces is one character.
    let mut raw = Raw::open(server.address).await;
    raw.send(&masked(TEXT_BEGINS, b"\"\xc3")).await;
    raw.send(&masked(ENDS, b"\xa4\"")).await;
    assert_eq!(raw.next_frame().await.map(|(first, _)| first), Some(TEXT));
}

#[tokio::test]
async fn a_close_is_answered_by_one_close() {
    let server = Server::shared().await;
    for code in [1000_u16, 1001, 3000, 4999] {
        let mut raw = Raw::open(server.address).await;
        // What comes before it is still answered.
        raw.send(&masked(TEXT, br#"{"type":"ping","payload":{}}"#))
            .await;
        assert_eq!(raw.next_frame().await.map(|(first, _)| first), Some(TEXT));
        raw.send(&masked(CLOSE, &[&code.to_be_bytes()[..], b"bye"].concat()))
            .await;
        assert_eq!(raw.close_code().await, Some(1000));
        assert_eq!(raw.next_frame().await, None, "{code}");
    }
    let mut raw = Raw::open(server.address).await;
    raw.send(&masked(CLOSE, b"")).await;
    assert_eq!(raw.close_code().await, Some(1000));
    assert_eq!(raw.next_frame().await, None);
}

#[tokio::test]
async fn a_client_may_close_politely() {
    let server = Server::shared().await;
    let mut client = server.client().await;
    let close = CloseFrame {
        code: 1000.into(),
        reason: "done".into(),
    };
    client.send_message(Message::Close(Some(close))).await;
    assert_eq!(client.closed().await, 1000);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_still_sends_is_read_to_its_end() {
    // A socket that is closed with unread bytes is reset, and the close frame may be lost with it.
    let bench = Bench::new();
    let (mut pipe, task) = bench.pipe(1024).await;
    let mut received = Vec::new();
    let (mut reader, mut writer) = tokio::io::split(&mut pipe);
    let sending = async {
        let sent = writer.write_all(&masked(TEXT, &vec![b' '; 1 << 20])).await;
        writer.shutdown().await.unwrap();
        sent
    };
    let (sent, read) = tokio::join!(sending, reader.read_to_end(&mut received));
    sent.expect("all of it is read");
    read.unwrap();
    assert!(received.ends_with(b"message too large"));
    assert_eq!(task.await.unwrap(), CloseCode::TooLarge);
}

#[tokio::test(start_paused = true)]
async fn what_was_asked_before_a_close_is_answered() {
    let bench = Bench::new();
    let (mut pipe, task) = bench.pipe(1024).await;
    let ping = masked(TEXT, br#"{"type":"ping","payload":{}}"#);
    // The client reads only after it has said everything, so that most answers have to wait.
    pipe.write_all(&ping.repeat(200)).await.unwrap();
    pipe.write_all(&masked(CLOSE, &1000_u16.to_be_bytes()))
        .await
        .unwrap();
    let mut received = Vec::new();
    pipe.read_to_end(&mut received).await.unwrap();
    let frames = split_frames(&received);
    let kinds: Vec<u8> = frames.iter().map(|(first, _)| *first).collect();
    assert_eq!(kinds, [&[TEXT; 201][..], &[CLOSE]].concat());
    assert_eq!(task.await.unwrap(), CloseCode::Normal);
}
