//! Web pages of other origins, proxies, and the operators' address.

use axum::body::Body;
use axum::http::Method;
use serde_json::json;

use crate::support::plain::{HANDSHAKE, Raw, Reply, get, http, post};
use crate::support::published::{published_from_outside, start};
use crate::support::{Scrape, Server};

const APP: &str = "https://app.example.com";

/// A handshake that says these headers too; the head of the answer.
async fn handshake(server: &Server, path: &str, headers: &str) -> String {
    let request = HANDSHAKE.replacen("/ws", path, 1);
    let request = request.replacen("\r\n\r\n", &format!("\r\n{headers}\r\n\r\n"), 1);
    Raw::handshake(server.address, &request).await.0
}

fn assert_refused(reply: &Reply) {
    assert_eq!(reply.status, 403);
    assert_eq!(reply.json()["code"], "forbidden");
    assert_eq!(reply.header("access-control-allow-origin"), "");
}

/// Cross-site WebSocket hijacking: a page of any site has a visitor's browser open a WebSocket.
#[tokio::test]
async fn a_page_of_another_origin_gets_no_websocket() {
    let server = Server::start(&["--modules", "none", "--allow-origin", APP]).await;
    let rows = [
        ("origin: http://localhost", 101),
        ("origin: https://app.example.com", 101),
        ("origin: https://evil.example", 403),
        ("origin: http://localhost:3000", 403),
        ("origin: https://localhost", 403),
        ("origin: null", 403),
        ("origin: ", 403),
        ("origin: https://app.example.com.evil.example", 403),
        (
            "origin: https://app.example.com\r\norigin: https://evil.example",
            403,
        ),
    ];
    let mut refused = 0.0;
    for path in ["/ws", "/ws/bars:AAPL:1"] {
        for (headers, status) in rows {
            let head = handshake(&server, path, headers).await;
            let expected = format!("HTTP/1.1 {status} ");
            assert!(head.starts_with(&expected), "{path} {headers}: {head}");
            refused += if status == 403 { 1.0 } else { 0.0 };
        }
    }
    let counted = "tickwire_connections_refused_total{cause=\"origin\"}";
    assert_eq!(Scrape::of(server.admin).await.value(counted), refused);
}

#[tokio::test]
async fn a_page_of_another_origin_can_neither_ask_nor_publish() {
    let contract = published_from_outside();
    let server = start(&contract, &["--allow-origin", APP]).await;
    let trade = json!({"price": 1.0, "side": "buy", "size": 1.0, "symbol": "AAPL", "time": 0});
    let own = format!("http://{}", server.address);
    for (path, body) in [
        ("/ops/ping", json!({})),
        ("/publish/trades:AAPL", trade.clone()),
    ] {
        let ask = async |origin: &str| {
            let headers = [("content-type", "application/json"), ("origin", origin)];
            http(
                server.address,
                Method::POST,
                path,
                &headers,
                body.to_string(),
            )
            .await
        };
        assert_refused(&ask("https://evil.example").await);
        assert_refused(&ask("null").await);
        for origin in [&*own, APP] {
            assert_eq!(ask(origin).await.status, 200, "{path} {origin}");
        }
        assert_eq!(ask(APP).await.header("access-control-allow-origin"), APP);
        assert_eq!(
            post(server.address, path, body.to_string()).await.status,
            200
        );
    }
    let snapshot = "/publish/orderbook:AAPL/snapshot";
    let headers = [
        ("content-type", "application/json"),
        ("origin", "https://evil.example"),
    ];
    assert_refused(&http(server.address, Method::POST, snapshot, &headers, "{}").await);
}

/// CORS: what a browser asks before it sends, and what it looks for before it shows.
#[tokio::test]
async fn pages_of_listed_origins_may_read() {
    let server = Server::start(&["--modules", "none", "--allow-origin", APP]).await;
    let preflight = async |path: &str, origin: &str| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type"),
        ];
        http(
            server.address,
            Method::OPTIONS,
            path,
            &headers,
            Body::empty(),
        )
        .await
    };
    for path in ["/ops/ping", "/publish/trades:AAPL"] {
        let allowed = preflight(path, APP).await;
        assert_eq!(allowed.status, 200, "{path}");
        assert_eq!(allowed.header("access-control-allow-origin"), APP);
        assert_eq!(allowed.header("access-control-allow-methods"), "GET,POST");
        assert_eq!(allowed.header("access-control-max-age"), "600");
        assert_eq!(allowed.header("access-control-allow-credentials"), "");
        let refused = preflight(path, "https://evil.example").await;
        assert_eq!(refused.header("access-control-allow-origin"), "");
    }
    for path in ["/ws/asyncapi.json", "/ws/asyncapi.yaml", "/ws/schemas.json"] {
        let reply = get(server.address, path, &[("origin", APP)]).await;
        assert_eq!(reply.header("access-control-allow-origin"), APP, "{path}");
        let vary: Vec<_> = reply.headers.get_all("vary").iter().collect();
        assert!(
            vary.iter()
                .any(|name| name.to_str().unwrap().contains("origin")),
            "{path}"
        );
        let other = [("origin", "https://evil.example")];
        let reply = get(server.address, path, &other).await;
        assert_eq!(reply.header("access-control-allow-origin"), "", "{path}");
    }
    // Without a list there is no CORS.
    let server = Server::shared().await;
    let reply = get(server.address, "/ws/asyncapi.json", &[("origin", APP)]).await;
    assert_eq!(reply.header("access-control-allow-origin"), "");
}

/// A page whose name was made to point to this machine has the origin that it asks for.
#[tokio::test]
async fn a_rebound_name_is_not_ours() {
    let server = Server::shared().await;
    let names = "host: evil.example\r\norigin: http://evil.example";
    let request = HANDSHAKE.replacen("host: localhost", names, 1);
    let (head, _) = Raw::handshake(server.address, &request).await;
    assert!(head.starts_with("HTTP/1.1 403 "), "{head}");
    for (host, status) in [("evil.example", 403), ("localhost:1", 200), ("[::1]", 200)] {
        let request = format!("GET /metrics HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        let (head, _) = Raw::handshake(server.admin, &request).await;
        assert!(
            head.starts_with(&format!("HTTP/1.1 {status} ")),
            "{host}: {head}"
        );
    }
}

/// How many connections an address may have, behind a proxy that is known and behind one that is not.
#[tokio::test]
async fn known_proxies_tell_who_asks() {
    let limits = ["--modules", "none", "--max-connections-per-address", "1"];
    let open = async |server: &Server, client: &str| {
        let headers = format!("x-forwarded-for: {client}");
        let request = HANDSHAKE.replacen("\r\n\r\n", &format!("\r\n{headers}\r\n\r\n"), 1);
        let (head, mut raw) = Raw::handshake(server.address, &request).await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
        let (opcode, _) = raw.next_frame().await.expect("a frame");
        // A welcome, or the close of who is one too many.
        (opcode == 0x81, raw)
    };
    let known = Server::start(&[&limits[..], &["--trusted-proxy", "127.0.0.0/8"]].concat()).await;
    let first = open(&known, "203.0.113.1").await;
    let other = open(&known, "203.0.113.2").await;
    let again = open(&known, "198.51.100.1, 203.0.113.1").await;
    assert_eq!((first.0, other.0, again.0), (true, true, false));

    let unknown = Server::start(&limits).await;
    let first = open(&unknown, "203.0.113.1").await;
    let other = open(&unknown, "203.0.113.2").await;
    assert_eq!((first.0, other.0), (true, false));
}

#[tokio::test]
async fn a_proxy_says_that_the_page_was_encrypted() {
    let proxied = ["--modules", "none", "--trusted-proxy", "127.0.0.1"];
    let headers = "origin: https://localhost\r\nx-forwarded-proto: https";
    for (flags, status) in [(&proxied[..], 101), (&proxied[..2], 403)] {
        let server = Server::start(flags).await;
        let head = handshake(&server, "/ws", headers).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
    }
}

#[tokio::test]
async fn operators_have_an_address_of_their_own() {
    let server = Server::shared().await;
    assert!(server.admin.ip().is_loopback());
    for (address, path, status) in [
        (server.admin, "/metrics", 200),
        (server.admin, "/healthz", 200),
        (server.admin, "/readyz", 200),
        (server.admin, "/ws/asyncapi.json", 404),
        (server.admin, "/ws", 404),
        (server.address, "/metrics", 404),
        (server.address, "/healthz", 200),
        (server.address, "/readyz", 200),
    ] {
        assert_eq!(get(address, path, &[]).await.status, status, "{path}");
    }
}
