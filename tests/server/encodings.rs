//! JSON and MessagePack, plain and compressed: the same values for all.

use flate2::{Decompress, FlushDecompress};
use serde_json::{Value, json};
use tickwire::wire::websocket::{Deflate, compress};

use super::support::client::violations;
use super::support::plain::{Raw, masked};
use super::support::{Server, code_and_pointers};

const DEFLATE: &str = "permessage-deflate; client_max_window_bits";

/// A client that speaks one of the encodings.
struct Speaker {
    raw: Raw,
    packed: bool,
    deflate: bool,
    /// First byte and payload of the newest message, as it came.
    newest: (u8, Vec<u8>),
}

impl Speaker {
    async fn open(server: &Server, protocol: &str, extensions: &str) -> Self {
        let request = format!(
            "GET /ws HTTP/1.1\r\nhost: {}\r\nupgrade: websocket\r\nconnection: upgrade\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             sec-websocket-protocol: {protocol}\r\nsec-websocket-extensions: {extensions}\r\n\r\n",
            server.address
        );
        let (head, raw) = Raw::handshake(server.address, &request).await;
        assert!(
            head.contains(&format!("sec-websocket-protocol: {protocol}\r\n")),
            "{head}"
        );
        let mut speaker = Self {
            raw,
            packed: protocol == "tickwire.v1.msgpack",
            deflate: head.contains("sec-websocket-extensions: permessage-deflate;"),
            newest: (0, Vec::new()),
        };
        let welcome = speaker.next().await;
        assert_eq!(welcome["payload"]["protocol"], protocol);
        speaker
    }

    async fn send(&mut self, frame: Value) {
        let (opcode, bytes) = if self.packed {
            (0x82, rmp_serde::to_vec(&frame).unwrap())
        } else {
            (0x81, frame.to_string().into_bytes())
        };
        let message = if self.deflate {
            masked(opcode | 0x40, &compress(&bytes, Deflate::Large))
        } else {
            masked(opcode, &bytes)
        };
        self.raw.send(&message).await;
    }

    /// The next frame, held against the contract.
    async fn next(&mut self) -> Value {
        let (first, payload) = self.raw.next_frame().await.expect("a frame");
        assert_eq!(first & 0x0f, if self.packed { 2 } else { 1 });
        let inflated = if first & 0x40 == 0 {
            payload.clone()
        } else {
            assert!(self.deflate, "compression was not agreed on");
            inflate(&payload)
        };
        self.newest = (first, payload);
        let frame: Value = if self.packed {
            rmp_serde::from_slice(&inflated).unwrap()
        } else {
            serde_json::from_slice(&inflated).unwrap()
        };
        assert_eq!(violations(&frame), [""; 0], "{frame}");
        frame
    }

    async fn get(&mut self, wire_type: &str, payload: Value) -> Value {
        self.send(json!({"type": wire_type, "msg_id": "q", "payload": payload}))
            .await;
        loop {
            let frame = self.next().await;
            if frame["msg_id"] == "q" {
                return frame;
            }
        }
    }
}

/// Without what was before: no message needs another one to be inflated.
fn inflate(message: &[u8]) -> Vec<u8> {
    let mut input = message.to_vec();
    input.extend_from_slice(&[0, 0, 0xff, 0xff]);
    let mut output = Vec::with_capacity(1 << 20);
    Decompress::new(false)
        .decompress_vec(&input, &mut output, FlushDecompress::Sync)
        .unwrap();
    output
}

const COMPRESSING: [&str; 3] = ["--compression", "--compression-threshold", "300"];

#[tokio::test]
async fn everyone_is_told_the_same() {
    let server = Server::start(&COMPRESSING).await;
    let rows = [
        ("tickwire.v1.json", ""),
        ("tickwire.v1.json", DEFLATE),
        (
            "tickwire.v1.json",
            "permessage-deflate; server_max_window_bits=10",
        ),
        ("tickwire.v1.msgpack", ""),
        ("tickwire.v1.msgpack", DEFLATE),
        (
            "tickwire.v1.msgpack",
            "permessage-deflate; server_max_window_bits=10",
        ),
    ];
    let mut first: Option<(Value, Value)> = None;
    for (protocol, extensions) in rows {
        let mut speaker = Speaker::open(&server, protocol, extensions).await;
        assert_eq!(speaker.deflate, !extensions.is_empty());

        let pong = speaker.get("ping", json!({})).await;
        assert_eq!(pong["type"], "pong");
        assert_eq!(speaker.newest.0 & 0x40, 0, "it is below the threshold");

        let symbol = json!({"symbol": "AAPL"});
        let resolved = speaker.get("symbols.resolve", symbol).await["payload"].clone();
        let range = json!({"symbol": "MSFT", "resolution": "D", "from": 946_684_800_000_u64, "to": 978_307_200_000_u64});
        let history = speaker.get("bars.history", range).await["payload"].clone();
        assert_eq!(speaker.newest.0 & 0x40 != 0, speaker.deflate, "it is long");
        let expected = first.get_or_insert((resolved.clone(), history.clone()));
        assert_eq!((&resolved, &history), (&expected.0, &expected.1));

        let error = speaker.get("bars.history", json!({"symbol": "aapl"})).await;
        let (code, pointers) = code_and_pointers(&error["payload"]);
        assert_eq!((code, pointers), ("invalid_frame", vec!["/payload/symbol"]));
    }
}

#[tokio::test]
async fn an_update_is_replayed_byte_for_byte_in_every_encoding() {
    let server = Server::start(&COMPRESSING).await;
    for (protocol, extensions) in [
        ("tickwire.v1.json", ""),
        ("tickwire.v1.json", DEFLATE),
        ("tickwire.v1.msgpack", ""),
        ("tickwire.v1.msgpack", DEFLATE),
    ] {
        let mut live = Speaker::open(&server, protocol, extensions).await;
        let answer = live
            .get("trades.subscribe", json!({"symbol": "AAPL"}))
            .await;
        let since = json!({"epoch": answer["payload"]["epoch"], "seq": answer["payload"]["seq"]});
        let mut seen = Vec::new();
        for _ in 0..3 {
            let update = live.next().await;
            assert_eq!(update["type"], "trades.update");
            seen.push(live.newest.clone());
        }
        let mut late = Speaker::open(&server, protocol, extensions).await;
        let request = json!({"symbol": "AAPL", "since": since});
        let answer = late.get("trades.subscribe", request).await;
        assert_eq!(answer["payload"]["recovered"], true, "{answer}");
        for sent in seen {
            late.next().await;
            assert_eq!(late.newest, sent);
        }
    }
}

#[tokio::test]
async fn compression_is_off_unless_it_is_asked_for() {
    let server = Server::start(&[]).await;
    let speaker = Speaker::open(&server, "tickwire.v1.json", DEFLATE).await;
    assert!(!speaker.deflate);
}

#[tokio::test]
async fn a_message_of_the_other_kind_is_refused_and_the_connection_lives() {
    let server = Server::start(&[]).await;
    for (protocol, wrong) in [("tickwire.v1.json", 0x82), ("tickwire.v1.msgpack", 0x81)] {
        let mut speaker = Speaker::open(&server, protocol, "").await;
        let ping = json!({"type": "ping", "payload": {}});
        let bytes = if speaker.packed {
            ping.to_string().into_bytes()
        } else {
            rmp_serde::to_vec(&ping).unwrap()
        };
        speaker.raw.send(&masked(wrong, &bytes)).await;
        let error = speaker.next().await;
        assert_eq!(error["payload"]["code"], "unsupported_data");
        assert_eq!(speaker.get("ping", json!({})).await["type"], "pong");
    }
}

#[tokio::test]
async fn what_is_no_message_pack_is_an_error_and_the_connection_lives() {
    let server = Server::start(&[]).await;
    let mut speaker = Speaker::open(&server, "tickwire.v1.msgpack", "").await;
    for bytes in [
        &b""[..],
        b"\xc1",
        b"\x81\xa4type",
        b"\x82\xa1a\x01\xa1a\x01",
        b"\x81\xa1a\xc4\x01x",
        b"\x01\x01",
        &[0x91; 1000],
    ] {
        speaker.raw.send(&masked(0x82, bytes)).await;
        let error = speaker.next().await;
        assert_eq!(error["payload"]["code"], "invalid_json", "{bytes:?}");
        assert_eq!(speaker.get("ping", json!({})).await["type"], "pong");
    }
}

/// A message that inflates beyond the limit closes, as one that is sent so does.
#[tokio::test]
async fn a_bomb_is_too_large() {
    let server = Server::start(&["--compression"]).await;
    let mut speaker = Speaker::open(&server, "tickwire.v1.json", DEFLATE).await;
    let bomb = compress(&vec![b' '; 50_000_000], Deflate::Large);
    let (fragment, rest) = bomb.split_at(bomb.len().min(60_000));
    speaker.raw.send(&masked(0x41, fragment)).await;
    speaker
        .raw
        .send(&masked(0x80, &rest[..rest.len().min(4_000)]))
        .await;
    assert_eq!(speaker.raw.close_code().await, Some(1009));
}
