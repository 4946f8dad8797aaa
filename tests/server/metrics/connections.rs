//! Who connects, who is turned away, who is given up.

use tokio_tungstenite::tungstenite::Message;

use super::{SENT, assert_changes};
use crate::support::plain::{HANDSHAKE, Raw, get};
use crate::support::{Scrape, Server};

#[tokio::test]
async fn connections_are_counted_as_they_come_and_go() {
    let server = Server::start(&["--modules", "none", "--max-connections", "2"]).await;
    let (address, admin) = (server.address, server.admin);
    let before = Scrape::of(admin).await;
    assert_eq!(before.value("tickwire_connections_limit"), 2.0);
    let mut first = server.client().await;
    let second = server.client().await;
    assert_eq!(Scrape::of(admin).await.value("tickwire_connections"), 2.0);
    // Turned away: as one too many, with another protocol, for no topic, without a handshake.
    assert_eq!(server.connect("/ws", &[]).await.closed().await, 4430);
    let other = server.connect("/ws", &["another.protocol"]).await;
    assert_eq!({ other }.closed().await, 4406);
    let nonsense = HANDSHAKE.replacen("/ws", "/ws/nonsense", 1);
    let (head, _) = Raw::handshake(address, &nonsense).await;
    assert!(head.starts_with("HTTP/1.1 404 "), "{head}");
    assert_eq!(get(address, "/ws", &[]).await.status, 426);
    first.send_message(Message::Close(None)).await;
    assert_eq!(first.closed().await, 1000);
    drop(second);
    let gone = |scrape: &Scrape| scrape.value("tickwire_connections") == 0.0;
    let after = Scrape::until(admin, "the end of both connections", gone).await;
    let refused = |cause| format!("tickwire_connections_refused_total{{cause=\"{cause}\"}}");
    for cause in ["connection_limit", "subprotocol", "topic", "handshake"] {
        assert_eq!(after.value(&refused(cause)), 1.0, "{cause}");
    }
    assert_eq!(after.value("tickwire_connections_opened_total"), 2.0);
    let closed = "tickwire_connections_closed_total{code=\"1000\"}";
    assert_eq!(after.value(closed), 2.0);
}

#[tokio::test]
async fn who_is_given_up_is_counted_by_the_cause() {
    let flags = ["--modules", "none", "--handshake-timeout", "500ms"];
    let limits = [
        "--keep-alive",
        "500ms",
        "--max-connections-per-address",
        "1",
    ];
    let server = Server::start(&[flags, limits].concat()).await;
    let (address, admin) = (server.address, server.admin);
    let before = Scrape::of(admin).await;
    assert_eq!(before.value("tickwire_http_connections"), 0.0);
    // One says nothing, one has had its answer.
    Raw::connect(address).await.rest().await;
    let (_, mut idle) = Raw::handshake(address, "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await;
    idle.rest().await;
    // Of one address there is one WebSocket.
    let _client = server.client().await;
    assert_eq!(server.connect("/ws", &[]).await.closed().await, 4430);
    let given_up = |cause| format!("tickwire_http_connections_given_up_total{{cause=\"{cause}\"}}");
    let expected = [
        ("tickwire_connections", 1.0),
        ("tickwire_connections_opened_total", 1.0),
        (
            "tickwire_connections_refused_total{cause=\"address_limit\"}",
            1.0,
        ),
        (&given_up("handshake"), 1.0),
        (&given_up("idle"), 1.0),
        (SENT, 2.0),
    ];
    assert_changes(&Scrape::of(admin).await, &before, &expected);
}
