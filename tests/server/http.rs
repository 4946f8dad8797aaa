//! HTTP: the documents, requests without a WebSocket, publications, health, handshakes.

use std::io::Read;

use axum::http::{Method, Version};
use flate2::read::GzDecoder;
use serde_json::{Value, json};
use tickwire::app::CONTRACT;
use tickwire_spec::{Direction, OperationKind};

use crate::support::plain::{Raw, Reply, get, http, post, request};
use crate::support::{Server, code_and_pointers, lab};

const DOCUMENTS: [(&str, &str); 4] = [
    ("/ws/asyncapi.yaml", "application/yaml"),
    ("/ws/asyncapi.json", "application/json"),
    ("/ws/asyncapi.client.json", "application/json"),
    ("/ws/schemas.json", "application/schema+json"),
];

/// The payload of an `error` frame, as the body of an answer that is none.
#[track_caller]
fn assert_refused(reply: &Reply, status: u16, code: &str, pointers: &[&str]) {
    assert_eq!(reply.status, status, "{reply:?}");
    assert_eq!(reply.header("content-type"), "application/json");
    let error = reply.json();
    assert_eq!(
        code_and_pointers(&error),
        (code, pointers.to_vec()),
        "{error}"
    );
    let frame = json!({"type": "error", "msg_id": "1", "direction": "s2c",
        "timestamp": "2026-01-01T00:00:00Z", "payload": error});
    assert_eq!(crate::support::violations(&frame), [""; 0]);
}

#[tokio::test]
async fn the_contract_is_served_as_it_was_written() {
    let server = Server::shared().await;
    for (path, content_type) in DOCUMENTS {
        let reply = get(server.address, path, &[]).await;
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("content-type"), content_type, "{path}");
        assert_eq!(reply.header("cache-control"), "no-cache", "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("content-encoding"), "", "{path}");
        let head = http(server.address, Method::HEAD, path, &[], "").await;
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("etag"), reply.header("etag"), "{path}");
        assert_eq!(
            head.header("content-length"),
            reply.body.len().to_string(),
            "{path}"
        );
    }
    let yaml = get(server.address, "/ws/asyncapi.yaml", &[]).await;
    assert!(yaml.body == CONTRACT.as_bytes(), "byte for byte");
    let json = get(server.address, "/ws/asyncapi.json", &[]).await;
    let contract = tickwire_spec::load("asyncapi.yaml", CONTRACT).unwrap();
    assert_eq!(json.json(), contract.document);
}

#[tokio::test]
async fn generators_get_the_contract_from_the_clients_side() {
    let server = Server::shared().await;
    let document = get(server.address, "/ws/asyncapi.client.json", &[])
        .await
        .json();
    let contract = lab::PROTOCOL.contract();
    assert_eq!(document, tickwire_clients::client_document(contract));
    assert_eq!(document["operations"]["barsSubscribe"]["action"], "send");
    assert_eq!(document["operations"]["barsUpdate"]["action"], "receive");
}

#[tokio::test]
async fn the_schemas_judge_every_frame() {
    let server = Server::shared().await;
    let document = get(server.address, "/ws/schemas.json", &[]).await.json();
    assert_eq!(
        document["$schema"],
        "http://json-schema.org/draft-07/schema#"
    );
    jsonschema::draft7::meta::validate(&document).unwrap();
    let schema = tickwire_spec::validator(&document).unwrap();
    let contract = lab::PROTOCOL.contract();
    for message in &contract.messages {
        assert!(!message.examples.is_empty(), "{}", message.name);
        for example in &message.examples {
            assert!(schema.is_valid(&example.frame), "{}", example.frame);
            let mut wrong = example.frame.clone();
            wrong["surplus"] = json!(1);
            assert!(!schema.is_valid(&wrong), "{wrong}");
        }
        assert_eq!(
            document["definitions"][&message.frame]["properties"]["type"]["const"],
            *message.name
        );
    }
    assert!(!schema.is_valid(&json!({"type": "nothing", "payload": {}})));
}

#[tokio::test]
async fn a_document_that_the_client_has_is_not_sent_again() {
    let server = Server::shared().await;
    for (path, _) in DOCUMENTS {
        let tag = get(server.address, path, &[])
            .await
            .header("etag")
            .to_owned();
        let strong = tag.strip_prefix("W/").expect("a weak tag");
        assert!(strong.starts_with('"') && strong.ends_with('"'), "{tag}");
        let rows = [
            (tag.clone(), 304),
            (strong.to_owned(), 304),
            ("*".to_owned(), 304),
            (format!("\"other\", {tag}"), 304),
            (format!("\"other\" ,{strong},\"more\""), 304),
            ("\"other\"".to_owned(), 200),
            ("W/\"other\"".to_owned(), 200),
            (strong.trim_matches('"').to_owned(), 200),
            (String::new(), 200),
        ];
        for (if_none_match, status) in rows {
            let reply = get(server.address, path, &[("if-none-match", &if_none_match)]).await;
            assert_eq!(reply.status, status, "{path} {if_none_match}");
            assert_eq!(reply.header("etag"), tag, "{path} {if_none_match}");
            assert_eq!(reply.body.is_empty(), status == 304);
        }
    }
    // Different documents have different tags.
    let mut tags = Vec::new();
    for (path, _) in DOCUMENTS {
        tags.push(
            get(server.address, path, &[])
                .await
                .header("etag")
                .to_owned(),
        );
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), DOCUMENTS.len());
}

#[tokio::test]
async fn documents_are_compressed_for_who_can_read_that() {
    let server = Server::shared().await;
    for (path, _) in DOCUMENTS {
        let plain = get(server.address, path, &[]).await;
        assert!(plain.header("vary").contains("accept-encoding"), "{path}");
        let gzip = get(server.address, path, &[("accept-encoding", "gzip")]).await;
        assert_eq!(gzip.header("content-encoding"), "gzip", "{path}");
        assert_eq!(gzip.header("etag"), plain.header("etag"), "{path}");
        assert!(gzip.body.len() * 4 < plain.body.len(), "{path}");
        let mut body = Vec::new();
        GzDecoder::new(&gzip.body[..])
            .read_to_end(&mut body)
            .unwrap();
        assert!(body == plain.body, "{path}");
        for (accepted, encoding) in [
            ("br, GZIP;q=0.5", "gzip"),
            ("br", ""),
            ("gzip;q=0, identity", ""),
            ("gzip; q=0.0", ""),
        ] {
            let reply = get(server.address, path, &[("accept-encoding", accepted)]).await;
            assert_eq!(reply.header("content-encoding"), encoding, "{accepted}");
            let expected = if encoding.is_empty() { &plain } else { &gzip };
            assert!(reply.body == expected.body, "{path} {accepted}");
        }
        let cached = [
            ("accept-encoding", "gzip"),
            ("if-none-match", plain.header("etag")),
        ];
        assert_eq!(
            get(server.address, path, &cached).await.status,
            304,
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_pages_run_nothing_but_their_own() {
    let server = Server::shared().await;
    for (path, assets, name) in [
        ("/", "/assets", "dashboard"),
        ("/ws/asyncapi", "/ws/asyncapi/assets", "docs"),
    ] {
        let page = get(server.address, path, &[]).await;
        assert_eq!(
            (page.status.as_u16(), page.header("content-type")),
            (200, "text/html; charset=utf-8")
        );
        let policy = page.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        let tag = [("if-none-match", page.header("etag"))];
        assert_eq!(get(server.address, path, &tag).await.status, 304);
        let html = String::from_utf8(page.body.to_vec()).unwrap();
        for (ending, content_type) in [
            ("js", "text/javascript; charset=utf-8"),
            ("css", "text/css; charset=utf-8"),
        ] {
            let file = format!("{name}.{ending}");
            assert!(html.contains(&file), "{html}");
            let asset = get(server.address, &format!("{assets}/{file}"), &[]).await;
            assert_eq!(
                (asset.status.as_u16(), asset.header("content-type")),
                (200, content_type)
            );
            let tag = [("if-none-match", asset.header("etag"))];
            let again = get(server.address, &format!("{assets}/{file}"), &tag).await;
            assert_eq!(again.status, 304);
        }
        let licences = get(server.address, &format!("{assets}/THIRD-PARTY.txt"), &[]).await;
        assert_eq!(licences.status, 200);
        for missing in ["x.js", "..%2F..%2FCargo.toml"] {
            let path = format!("{assets}/{missing}");
            assert_eq!(get(server.address, &path, &[]).await.status, 404, "{path}");
        }
    }
}

#[tokio::test]
async fn health_and_readiness() {
    let server = Server::shared().await;
    for (path, body) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
        let reply = get(server.address, path, &[]).await;
        assert_eq!(
            (reply.status.as_u16(), &reply.body[..]),
            (200, body.as_bytes()),
            "{path}"
        );
        assert_eq!(
            http(server.address, Method::HEAD, path, &[], "")
                .await
                .status,
            200
        );
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_contracts_words() {
    let server = Server::shared().await;
    for path in [
        "/nothing",
        "/ws/asyncapi/",
        "/ws/asyncapi.yml/x",
        "/ops",
        "/ops/",
        "/ops/a/b",
        "/publish",
        "/%ff",
    ] {
        let reply = get(server.address, path, &[]).await;
        assert_refused(&reply, 404, "unknown_type", &[]);
    }
    for (method, path, allow) in [
        (Method::POST, "/ws/asyncapi.json", "GET"),
        (Method::DELETE, "/healthz", "GET"),
        (Method::GET, "/ops/bars.history", "POST"),
        (Method::PUT, "/publish/bars:AAPL:1", "POST"),
        (Method::POST, "/ws", "GET"),
    ] {
        let reply = http(server.address, method, path, &[], "").await;
        assert_refused(&reply, 405, "unknown_type", &[]);
        assert!(
            reply.header("allow").contains(allow),
            "{path}: {:?}",
            reply.header("allow")
        );
    }
}

#[tokio::test]
async fn a_request_by_post_is_answered_as_on_the_socket() {
    // The market all but stands still.
    let server = Server::start(&["--replay-day", "8760h"]).await;
    let mut client = server.client().await;
    let contract = lab::PROTOCOL.contract();
    let mut asked = 0;
    let requests = contract
        .operations
        .iter()
        .filter(|operation| operation.kind == OperationKind::Request);
    for operation in requests {
        let message = contract.message(&operation.name).unwrap();
        for example in &message.examples {
            let payload = &example.frame["payload"];
            let path = format!("/ops/{}", operation.name);
            let reply = post(server.address, &path, payload.to_string()).await;
            assert_eq!(reply.status, 200, "{path} {reply:?}");
            assert_eq!(reply.header("content-type"), "application/json");
            let answer = client.get(&operation.name, payload.clone()).await;
            assert_eq!(reply.json(), answer, "{path} {payload}");
            asked += 1;
        }
    }
    assert!(asked >= 4, "{asked}");
    let rows = [
        ("bars.history", json!({}), 422),
        (
            "bars.history",
            json!({"symbol": "aapl", "count_back": 0, "x": 1}),
            422,
        ),
        (
            "bars.history",
            json!({"symbol": "AAPL", "count_back": 5.0}),
            422,
        ),
        (
            "bars.history",
            json!({"symbol": "AAPL", "count_back": 5, "from": 0}),
            422,
        ),
        (
            "bars.history",
            json!({"symbol": "AAPL", "from": 1, "to": 0}),
            422,
        ),
        ("symbols.search", json!([]), 422),
        ("symbols.search", json!(null), 422),
        ("symbols.resolve", json!({"symbol": "NONE"}), 404),
    ];
    for (wire_type, payload, status) in rows {
        let reply = post(
            server.address,
            &format!("/ops/{wire_type}"),
            payload.to_string(),
        )
        .await;
        let mut error = client.get_error(wire_type, payload.clone()).await;
        // On the socket, pointers begin at the frame.
        for detail in error["details"].as_array_mut().unwrap() {
            let pointer = detail["pointer"].as_str().unwrap();
            detail["pointer"] = pointer.strip_prefix("/payload").unwrap().into();
        }
        assert_eq!(
            (reply.status.as_u16(), reply.json()),
            (status, error),
            "{payload}"
        );
    }
}

#[tokio::test]
async fn what_needs_a_socket_is_told_so() {
    let server = Server::shared().await;
    let contract = lab::PROTOCOL.contract();
    for operation in &contract.operations {
        let message = contract.message(&operation.name).unwrap();
        let payload = message.examples[0].frame["payload"].to_string();
        let reply = post(server.address, &format!("/ops/{}", operation.name), payload).await;
        match (message.direction, operation.kind) {
            (Direction::ServerToClient, _) => assert_refused(&reply, 405, "not_a_request", &[]),
            (_, OperationKind::Request) => assert_eq!(reply.status, 200, "{}", operation.name),
            _ if operation.name == "ping" => {
                let time = reply.json()["server_time"].as_str().unwrap().to_owned();
                assert!(time.ends_with('Z'), "{time}");
            }
            _ => assert_refused(&reply, 400, "connection_required", &[]),
        }
    }
}

#[tokio::test]
async fn an_unknown_operation_is_404() {
    let server = Server::shared().await;
    let reply = post(server.address, "/ops/bars.histroy", "{}").await;
    assert_eq!(reply.status, 404);
    let error = reply.json();
    assert_eq!(error["code"], "unknown_type");
    assert_eq!(
        error["message"],
        r#"the contract has no type "bars.histroy"; did you mean "bars.history"?"#
    );
}

#[tokio::test]
async fn a_body_is_json_and_says_so() {
    let server = Server::shared().await;
    let search = r#"{"query": ""}"#;
    let rows = [
        ("application/json", search.to_owned(), 200, ""),
        (
            "application/json; charset=utf-8",
            search.to_owned(),
            200,
            "",
        ),
        ("Application/JSON", search.to_owned(), 200, ""),
        ("text/plain", search.to_owned(), 415, "unsupported_data"),
        (
            "application/x-www-form-urlencoded",
            search.to_owned(),
            415,
            "unsupported_data",
        ),
        ("", search.to_owned(), 415, "unsupported_data"),
        ("application/json", "{".to_owned(), 400, "invalid_json"),
        (
            "application/json",
            "\u{feff}{}".to_owned(),
            400,
            "invalid_json",
        ),
        (
            "application/json",
            r#"{"query": "a", "query": "b"}"#.to_owned(),
            400,
            "invalid_json",
        ),
        (
            "application/json",
            r#"{"query": "\ud800"}"#.to_owned(),
            400,
            "invalid_json",
        ),
        ("application/json", "[".repeat(60_000), 400, "invalid_json"),
        ("application/json", String::new(), 422, "invalid_frame"),
        (
            "application/json",
            format!("{search}{}", " ".repeat(65_536 - search.len())),
            200,
            "",
        ),
    ];
    for path in ["/ops/symbols.search", "/publish/bars:AAPL:1"] {
        for (content_type, body, status, code) in &rows {
            if path.starts_with("/publish") && ["", "invalid_frame"].contains(code) {
                continue;
            }
            let headers = [("content-type", *content_type)];
            let headers = if content_type.is_empty() {
                &[][..]
            } else {
                &headers
            };
            let reply = http(server.address, Method::POST, path, headers, body.clone()).await;
            let shown: String = body.chars().take(40).collect();
            assert_eq!(reply.status, *status, "{path} {content_type} {shown}");
            if !code.is_empty() {
                assert_eq!(reply.json()["code"], *code, "{path} {content_type} {shown}");
            }
        }
        let reply = post(server.address, path, " ".repeat(65_537)).await;
        assert_eq!(reply.status, 413, "{path}");
        assert_eq!(reply.json()["retryable"], false, "{path}");
    }
    let server = Server::start(&["--max-frame-bytes", "256", "--modules", "none"]).await;
    assert_eq!(
        post(server.address, "/ops/ping", " ".repeat(257))
            .await
            .status,
        413
    );
    assert_eq!(post(server.address, "/ops/ping", "{}").await.status, 200);
    let reply = post(server.address, "/ops/symbols.search", search).await;
    assert_refused(&reply, 501, "not_implemented", &[]);
}

#[tokio::test]
async fn topics_with_a_source_take_no_publications() {
    let server = Server::shared().await;
    let update = json!({"symbol": "AAPL", "time": 0, "price": 1, "size": 1, "side": "buy"});
    let reply = post(server.address, "/publish/trades:AAPL", update.to_string()).await;
    assert_refused(&reply, 403, "forbidden", &[]);
    let reply = post(server.address, "/publish/nonsense", update.to_string()).await;
    assert_refused(&reply, 404, "invalid_topic", &[]);
    let reply = post(server.address, "/publish/bars:AAPL:7", "{}").await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["code"]),
        (404, &json!("invalid_topic"))
    );
}

/// The headers of a right handshake.
const HANDSHAKE: [(&str, &str); 4] = [
    ("connection", "keep-alive, Upgrade"),
    ("upgrade", "WebSocket"),
    ("sec-websocket-version", "13"),
    ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
];

#[tokio::test]
async fn what_is_no_websocket_handshake_is_refused() {
    let server = Server::shared().await;
    let without = |name: &str| {
        HANDSHAKE
            .into_iter()
            .filter(|(other, _)| *other != name)
            .collect::<Vec<_>>()
    };
    let with =
        |name: &'static str, value: &'static str| [without(name), vec![(name, value)]].concat();
    type Headers = Vec<(&'static str, &'static str)>;
    let rows: Vec<(&str, Headers, u16)> = vec![
        ("a browser's address bar", vec![], 426),
        ("no upgrade", without("upgrade"), 426),
        ("another upgrade", with("upgrade", "h2c"), 426),
        ("no connection", without("connection"), 426),
        ("another connection", with("connection", "keep-alive"), 426),
        ("no version", without("sec-websocket-version"), 426),
        ("an old version", with("sec-websocket-version", "8"), 426),
        ("no key", without("sec-websocket-key"), 400),
        ("an empty key", with("sec-websocket-key", ""), 400),
        ("a short key", with("sec-websocket-key", "c2hvcnQ="), 400),
        (
            "a long key",
            with("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZSBpcyBsb25n"),
            400,
        ),
        (
            "a key that is not base64",
            with("sec-websocket-key", "!!!!!!!!!!!!!!!!!!!!!!=="),
            400,
        ),
    ];
    for path in ["/ws", "/ws/bars:AAPL:1"] {
        for (name, headers, status) in &rows {
            let reply = get(server.address, path, headers).await;
            assert_refused(&reply, *status, "connection_required", &[]);
            if *status == 426 {
                assert_eq!(reply.header("upgrade"), "websocket", "{name}");
                // RFC 9110: hop by hop, so it has to be named.
                assert!(
                    reply.header("connection").eq_ignore_ascii_case("upgrade"),
                    "{name}"
                );
            }
            if name.contains("version") {
                assert_eq!(reply.header("sec-websocket-version"), "13", "{name}");
            }
        }
    }
    let old = request(
        server.address,
        Version::HTTP_10,
        Method::GET,
        "/ws",
        &HANDSHAKE,
        "",
    )
    .await;
    assert_refused(&old, 400, "connection_required", &[]);
    for topic in ["nonsense", "bars:AAPL:7", "bars", "bars:AAPL:1:1"] {
        let reply = get(server.address, &format!("/ws/{topic}"), &HANDSHAKE).await;
        assert_eq!(
            (reply.status.as_u16(), &reply.json()["code"]),
            (404, &json!("invalid_topic")),
            "{topic}"
        );
    }
}

#[tokio::test]
async fn a_handshake_that_is_no_get_or_has_a_body_is_refused() {
    let server = Server::shared().await;
    for (method, more, status) in [
        ("GET", "content-length: 0\r\n", 101),
        ("GET", "content-length: 5\r\n", 400),
        ("GET", "transfer-encoding: chunked\r\n", 400),
        ("HEAD", "", 400),
        ("POST", "", 405),
    ] {
        let headers = HANDSHAKE
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .concat();
        let request = format!("{method} /ws HTTP/1.1\r\nhost: x\r\n{headers}{more}\r\n");
        let (head, _) = Raw::handshake(server.address, &request).await;
        let expected = format!("HTTP/1.1 {status} ");
        assert!(head.starts_with(&expected), "{head}");
    }
}

#[tokio::test]
async fn a_path_that_is_no_text_is_refused_as_everything_is() {
    let server = Server::shared().await;
    for path in ["/ops/%ff", "/publish/%ff", "/publish/%ff/snapshot"] {
        let json = [("content-type", "application/json")];
        let reply = http(server.address, Method::POST, path, &json, "{}").await;
        assert_refused(&reply, 400, "invalid_frame", &[]);
    }
    for path in ["/ws/%ff", "/ws/clients/%ff"] {
        let reply = get(server.address, path, &HANDSHAKE).await;
        assert_refused(&reply, 400, "invalid_frame", &[]);
    }
}

#[tokio::test]
async fn a_right_handshake_is_accepted_as_rfc_6455_says() {
    let server = Server::shared().await;
    for path in ["/ws", "/ws?x=1", "/ws/bars:AAPL:1"] {
        let headers = HANDSHAKE
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .concat();
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\n{headers}\r\n");
        let (head, mut raw) = Raw::handshake(server.address, &request).await;
        assert!(
            head.starts_with("HTTP/1.1 101 Switching Protocols\r\n"),
            "{head}"
        );
        // The example of RFC 6455, section 1.3.
        assert!(
            head.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"),
            "{head}"
        );
        // Nothing was offered, so nothing is agreed on.
        assert!(!head.contains("sec-websocket-protocol"), "{head}");
        let (_, welcome) = raw.next_frame().await.unwrap();
        let welcome: Value = serde_json::from_slice(&welcome).unwrap();
        assert_eq!(welcome["type"], "welcome");
    }
}
