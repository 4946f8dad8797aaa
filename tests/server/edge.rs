//! What a connection may cost before it is one: handshakes that do not end, headers, numbers.

use tokio_tungstenite::tungstenite::Message;

use crate::support::plain::{HANDSHAKE, Raw, get};
use crate::support::{Server, within};

/// A request that is answered with 200, with so many bytes and so many fields in its header.
fn request(bytes: usize, fields: usize) -> Vec<u8> {
    let mut header = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n".to_owned();
    for n in 2..fields {
        header.push_str(&format!("x-{n}: y\r\n"));
    }
    header.push_str("x-1: ");
    while header.len() + 4 < bytes {
        header.push('y');
    }
    header.push_str("\r\n\r\n");
    header.into_bytes()
}

#[tokio::test]
async fn a_handshake_that_does_not_end_is_ended() {
    let server = Server::start(&["--handshake-timeout", "300ms", "--modules", "none"]).await;
    // A connection that says nothing, one that stops in between, and one that never stops.
    let mut silent = Raw::connect(server.address).await;
    let mut half = Raw::connect(server.address).await;
    half.send(&HANDSHAKE.as_bytes()[..60]).await;
    let mut endless = Raw::connect(server.address).await;
    let endless_bytes = HANDSHAKE.bytes().take(60).chain(std::iter::repeat(b'x'));
    within("the end of its patience", endless.drip(endless_bytes)).await;
    for raw in [&mut silent, &mut half, &mut endless] {
        assert_eq!(raw.rest().await, b"");
    }
    server.client().await.alive().await;
}

#[tokio::test]
async fn a_handshake_a_byte_at_a_time_is_one() {
    let server = Server::shared().await;
    let mut slow = Raw::connect(server.address).await;
    slow.drip(HANDSHAKE.bytes()).await;
    slow.welcomed().await;
}

#[tokio::test]
async fn the_handshake_time_is_that_of_the_first_request() {
    let server = Server::start(&["--handshake-timeout", "200ms", "--modules", "none"]).await;
    let mut raw = Raw::connect(server.address).await;
    raw.send(&request(100, 2)).await;
    assert!(raw.head().await.starts_with("HTTP/1.1 200 "));
    raw.read(&mut [0; 3]).await;
    // This takes longer, in the client's own time.
    raw.drip(request(100, 2).into_iter()).await;
    assert!(raw.head().await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn headers_are_bounded() {
    let server = Server::start(&["--max-header-bytes", "3000", "--modules", "none"]).await;
    // Bytes, fields, answer.
    let rows = [
        (3_000, 2, "200"),
        (3_001, 2, "431"),
        // More than is taken at once. A reset might take the answer back.
        (200_000, 2, "431"),
        (2_000, 100, "200"),
        (2_000, 101, "431"),
    ];
    for (bytes, fields, status) in rows {
        let mut raw = Raw::connect(server.address).await;
        raw.send(&request(bytes, fields)).await;
        let head = raw.head().await;
        assert!(
            head.starts_with(&format!("HTTP/1.1 {status} ")),
            "{bytes} bytes, {fields} fields: {head}"
        );
        if status == "431" {
            raw.end().await;
        }
    }
}

#[tokio::test]
async fn a_connection_without_requests_is_closed_after_a_while() {
    let server = Server::start(&["--keep-alive", "300ms", "--modules", "none"]).await;
    let mut idle = Raw::connect(server.address).await;
    idle.send(&request(100, 2)).await;
    assert!(idle.head().await.starts_with("HTTP/1.1 200 "));
    assert_eq!(idle.rest().await, b"ok\n");
    // Half a header is no request.
    let mut half = Raw::connect(server.address).await;
    half.send(&request(100, 2)).await;
    half.send(b"GET /healthz HTTP/1.1\r\n").await;
    assert!(half.head().await.starts_with("HTTP/1.1 200 "));
    assert_eq!(half.rest().await, b"ok\n");
}

#[tokio::test]
async fn answers_that_nobody_takes_are_given_up() {
    let server = Server::start(&["--keep-alive", "300ms", "--modules", "none"]).await;
    let mut raw = Raw::connect(server.address).await;
    let request = b"GET /ws/asyncapi/assets/docs.js HTTP/1.1\r\nhost: localhost\r\n\r\n";
    within("the end", raw.flood(request)).await;
}

#[tokio::test]
async fn connections_are_counted_by_address() {
    let flags = ["--max-connections-per-address", "2", "--modules", "none"];
    let server = Server::start(&flags).await;
    let open = async |source: [u8; 4]| {
        let mut raw = Raw::connect_from(source, server.address).await;
        raw.send(HANDSHAKE.as_bytes()).await;
        let head = raw.head().await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
        let (first, payload) = raw.next_frame().await.unwrap();
        let code = u16::from_be_bytes([payload[0], payload[1]]);
        (raw, (first == 0x88).then_some(code))
    };
    let (first, code) = open([127, 0, 0, 2]).await;
    assert_eq!(code, None);
    let (_second, code) = open([127, 0, 0, 2]).await;
    assert_eq!(code, None);
    for _ in 0..3 {
        assert_eq!(open([127, 0, 0, 2]).await.1, Some(4430));
    }
    // Others have a count of their own.
    assert_eq!(open([127, 0, 0, 3]).await.1, None);
    // The place is free once the server has seen the end of who had it.
    drop(first);
    let again = async {
        while open([127, 0, 0, 2]).await.1.is_some() {
            tokio::task::yield_now().await;
        }
    };
    within("a free place", again).await;
}

#[tokio::test]
async fn many_handshakes_that_do_not_end_keep_nobody_out() {
    let flags = ["--max-http-connections", "5", "--modules", "none"];
    let server = Server::start(&flags).await;
    let mut silent = Vec::new();
    for _ in 0..12 {
        let mut raw = Raw::connect(server.address).await;
        raw.send(&HANDSHAKE.as_bytes()[..60]).await;
        silent.push(raw);
    }
    // The handshake time is 10 s; these are served because the longest silent make room.
    let mut clients = Vec::new();
    for _ in 0..8 {
        clients.push(server.client().await);
    }
    assert_eq!(get(server.address, "/healthz", &[]).await.status, 200);
    for raw in &mut silent[..7] {
        assert_eq!(raw.rest().await, b"");
    }
    // Whoever is a WebSocket is no guest any more.
    for client in &mut clients {
        client.alive().await;
    }
}

#[tokio::test]
async fn neither_do_requests_that_do_not_end() {
    let flags = ["--max-http-connections", "3", "--modules", "none"];
    let server = Server::start(&flags).await;
    let header = "POST /ops/ping HTTP/1.1\r\nhost: localhost\r\n\
        content-type: application/json\r\n";
    let bodies = [
        "content-length: 100\r\n\r\n{",
        "transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
    ];
    let mut endless = Vec::new();
    for body in bodies.iter().cycle().take(6) {
        let mut raw = Raw::connect(server.address).await;
        raw.send(header.as_bytes()).await;
        raw.send(body.as_bytes()).await;
        endless.push(raw);
    }
    server.client().await.alive().await;
    for raw in &mut endless[..3] {
        assert_eq!(raw.rest().await, b"");
    }
    // One that ends is answered.
    let last = endless.last_mut().unwrap();
    last.send(b"0\r\n\r\n").await;
    assert!(last.head().await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn connections_that_are_refused_make_room_as_well() {
    let flags = [
        "--max-connections",
        "1",
        "--max-http-connections",
        "3",
        "--modules",
        "none",
    ];
    let server = Server::start(&flags).await;
    let mut first = server.client().await;
    // These get their close, and do not answer it.
    let mut refused = Vec::new();
    for _ in 0..6 {
        let mut raw = Raw::connect(server.address).await;
        raw.send(HANDSHAKE.as_bytes()).await;
        assert!(raw.head().await.starts_with("HTTP/1.1 101 "));
        assert_eq!(raw.close_code().await, Some(4430));
        refused.push(raw);
    }
    for raw in &mut refused[..3] {
        assert_eq!(raw.rest().await, b"");
    }
    first.alive().await;
    first.send_message(Message::Close(None)).await;
    while first.next_message().await.is_some() {}
}
