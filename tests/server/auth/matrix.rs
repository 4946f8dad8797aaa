//! Each way in, with each defect that a token may have, at each door.

use chrono::Utc;
use serde_json::{Value, json};

use crate::support::Client;
use crate::support::plain::{HANDSHAKE, Raw};
use crate::support::tokens::{
    ALL, Guarded, claims, open, signed, signed_by, signed_by_ec, token, trade, unsigned,
};

/// How a client shows its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Ticket,
    Header,
    Message,
    Query,
}

const WAYS: [Way; 4] = [Way::Ticket, Way::Header, Way::Message, Way::Query];

/// What something private can be had by, on a socket.
#[derive(Debug, Clone, Copy)]
enum Door {
    Subscribe,
    Batch,
    Resume,
    Request,
    /// The topic of the URL.
    Url,
}

const DOORS: [Door; 5] = [
    Door::Subscribe,
    Door::Batch,
    Door::Resume,
    Door::Request,
    Door::Url,
];

/// Opens a WebSocket with a token, in some way; why not, where it was refused.
async fn enter(guarded: &Guarded, way: Way, path: &str, token: &str) -> Result<Client, String> {
    let address = guarded.address();
    let (path, headers) = match way {
        Way::Ticket => {
            let ticket = guarded.ticket(token).await;
            let ticket = ticket.map_err(|status| format!("no ticket, {status}"))?;
            let offer = format!("tickwire.v1.json, ticket.{ticket}");
            (path.to_owned(), vec![("sec-websocket-protocol", offer)])
        }
        Way::Header => {
            let bearer = format!("Bearer {token}");
            (path.to_owned(), vec![("authorization", bearer)])
        }
        Way::Query => (format!("{path}?token={token}"), vec![]),
        Way::Message => (path.to_owned(), vec![]),
    };
    let opened = open(address, &path, &headers).await;
    let mut client = opened.map_err(|status| format!("no connection, {status}"))?;
    let welcome = client.expect("welcome").await;
    if way == Way::Message {
        assert_eq!(
            welcome["payload"]["principal"],
            json!({"kind": "anonymous"})
        );
        let answer = client.ask("auth", json!({"token": token})).await;
        if answer["type"] == "error" {
            let code = answer["payload"]["code"].as_str().unwrap().to_owned();
            if code == "invalid_frame" {
                client.alive().await;
                return Err(code);
            }
            return Err(format!("{code}, {}", client.closed().await));
        }
    } else {
        assert_eq!(welcome["payload"]["principal"]["sub"], "alice", "{way:?}");
    }
    Ok(client)
}

/// What a frame says of an attempt: the error's code, or that it was answered.
fn verdict(frame: &Value) -> String {
    let payload = &frame["payload"];
    let code = payload["code"].as_str();
    match code.or(payload["results"][0]["error"]["code"].as_str()) {
        // No module answers requests of this server: whoever hears that has been let through.
        None | Some("not_implemented") => "allowed".to_owned(),
        Some(code) => code.to_owned(),
    }
}

/// Tries a door on an open socket.
async fn knock(client: &mut Client, door: Door) -> String {
    let since = json!({"epoch": "k3f9x2", "seq": 1});
    let frame = match door {
        Door::Subscribe => client.ask("trades.subscribe", json!({"symbol": "A"})).await,
        Door::Batch => {
            client
                .ask("subscribe", json!({"topics": ["trades:B"]}))
                .await
        }
        Door::Resume => {
            let resume = json!({"symbol": "C", "since": since});
            client.ask("trades.subscribe", resume).await
        }
        Door::Request => client.ask("symbols.resolve", json!({"symbol": "A"})).await,
        // Its answer comes by itself, right after the welcome.
        Door::Url => client.next().await,
    };
    verdict(&frame)
}

/// The verdict of a request over HTTP, where `expected` is the status that says the same.
async fn ask(guarded: &Guarded, path: &str, token: Option<&str>, body: &Value) -> String {
    let reply = guarded.post(path, token, body).await;
    let said = match reply.status.as_u16() {
        200 | 501 => return "allowed".to_owned(),
        status => (status, reply.json()["code"].as_str().unwrap().to_owned()),
    };
    match said {
        (401, code) if code == "unauthenticated" => code,
        (403, code) if code == "forbidden" => code,
        other => format!("{other:?}"),
    }
}

/// What is wrong with a token, and the token.
fn defective() -> Vec<(&'static str, String)> {
    let now = Utc::now().timestamp();
    let with = |others: Value| claims("alice", &ALL, others);
    let sound = signed(&with(json!({})));
    let (message, _) = sound.rsplit_once('.').unwrap();
    vec![
        ("nonsense", "nonsense".to_owned()),
        ("expired", signed(&with(json!({"exp": now - 100})))),
        ("without an end", signed(&with(json!({"exp": null})))),
        (
            "without end",
            signed(&with(json!({"exp": now + 100_000_000}))),
        ),
        ("too early", signed(&with(json!({"nbf": now + 100})))),
        ("nobody's", signed(&with(json!({"sub": null})))),
        ("another issuer's", signed(&with(json!({"iss": "another"})))),
        ("for others", signed(&with(json!({"aud": "another"})))),
        (
            "for nobody in particular",
            signed(&with(json!({"aud": null}))),
        ),
        (
            "of another secret",
            signed_by(
                b"another secret, which is as long as ours",
                &with(json!({})),
            ),
        ),
        ("of another algorithm", signed_by_ec("ec", &with(json!({})))),
        ("unsigned", unsigned(&with(json!({})))),
        ("without a signature", format!("{message}.")),
        ("with too much to say", "a".repeat(8_193)),
    ]
}

#[tokio::test]
async fn a_sound_token_opens_every_door_in_every_way() {
    let guarded = Guarded::start(&["--allow-query-token"]).await;
    for way in WAYS {
        for (token, expected) in [
            (token("alice", &ALL), "allowed"),
            (token("alice", &[]), "forbidden"),
            (token("alice", &["support", "admin:revoke"]), "forbidden"),
        ] {
            for door in DOORS {
                let path = match door {
                    // There, the message comes too late.
                    Door::Url if way == Way::Message => continue,
                    Door::Url => "/ws/trades:U",
                    _ => "/ws",
                };
                let mut client = enter(&guarded, way, path, &token).await.unwrap();
                assert_eq!(knock(&mut client, door).await, expected, "{way:?} {door:?}");
            }
            if way == Way::Header {
                let resolve = json!({"symbol": "A"});
                let asked = ask(&guarded, "/ops/symbols.resolve", Some(&token), &resolve);
                assert_eq!(asked.await, expected);
                let sold = trade("A", 1);
                let published = ask(&guarded, "/publish/trades:A", Some(&token), &sold);
                assert_eq!(published.await, expected);
            }
        }
    }
}

#[tokio::test]
async fn nobody_gets_what_is_public_and_nothing_else() {
    let guarded = Guarded::start(&[]).await;
    for door in DOORS {
        let path = match door {
            Door::Url => "/ws/trades:U",
            _ => "/ws",
        };
        let mut client = open(guarded.address(), path, &[]).await.unwrap();
        client.expect("welcome").await;
        assert_eq!(
            knock(&mut client, door).await,
            "unauthenticated",
            "{door:?}"
        );
        // It lives, and public topics are public.
        client.get("bars.subscribe", json!({"symbol": "A"})).await;
    }
    for (path, body) in [
        ("/ops/symbols.resolve", json!({"symbol": "A"})),
        ("/publish/trades:A", trade("A", 1)),
        ("/publish/trades:A/snapshot", trade("A", 1)),
        // Not even that it is no trade is told.
        ("/publish/trades:A", json!({"nonsense": 1})),
        ("/ws-ticket", json!({})),
        ("/admin/revocations", json!({"sub": "alice"})),
    ] {
        assert_eq!(
            ask(&guarded, path, None, &body).await,
            "unauthenticated",
            "{path}"
        );
    }
    assert_eq!(
        ask(&guarded, "/ops/bars.history", None, &json!({"symbol": "A"})).await,
        "allowed"
    );
}

#[tokio::test]
async fn a_token_with_a_defect_opens_no_door_in_any_way() {
    let guarded = Guarded::start(&["--allow-query-token"]).await;
    guarded.revoke(json!({"jti": "revoked"})).await;
    let revoked = signed(&claims("alice", &ALL, json!({"jti": "revoked"})));
    let mut rows = defective();
    rows.push(("revoked", revoked));
    for (what, token) in rows {
        for way in WAYS {
            // Not even public topics: who wanted to be somebody is not served as nobody.
            let refused = match enter(&guarded, way, "/ws/bars:A:1", &token).await {
                Err(refused) => refused,
                Ok(_) => panic!("{what} by {way:?} was let in"),
            };
            let expected = match way {
                Way::Ticket => "no ticket, 401",
                Way::Header | Way::Query => "no connection, 401",
                // The contract says how long a token may be.
                Way::Message if token.len() > 8_192 => "invalid_frame",
                Way::Message => "unauthenticated, 4401",
            };
            assert_eq!(refused, expected, "{what} by {way:?}");
        }
        for (path, body) in [
            ("/ops/bars.history", json!({"symbol": "A"})),
            ("/ops/symbols.resolve", json!({"symbol": "A"})),
            ("/publish/trades:A", trade("A", 1)),
            ("/admin/revocations", json!({"sub": "alice"})),
            // Nor is it told what there is.
            ("/ops/made_up", json!({})),
            ("/publish/made_up:A", json!({})),
        ] {
            let asked = ask(&guarded, path, Some(&token), &body).await;
            assert_eq!(asked, "unauthenticated", "{what} at {path}");
        }
    }
}

#[tokio::test]
async fn what_shows_a_token_badly_is_refused() {
    let guarded = Guarded::start(&[]).await;
    let sound = token("alice", &ALL);
    let bearer = |scheme: &str| ("authorization", format!("{scheme} {sound}"));
    let ticket = || async {
        let ticket = guarded.ticket(&sound).await.unwrap();
        (
            "sec-websocket-protocol",
            format!("tickwire.v1.json, ticket.{ticket}"),
        )
    };
    let rows = [
        ("as it has to be", "/ws", vec![bearer("Bearer")], Ok(())),
        ("whatever the case", "/ws", vec![bearer("bEARER")], Ok(())),
        ("another scheme", "/ws", vec![bearer("Basic")], Err(401)),
        (
            "no scheme",
            "/ws",
            vec![("authorization", sound.clone())],
            Err(401),
        ),
        (
            "no token",
            "/ws",
            vec![("authorization", "Bearer ".to_owned())],
            Err(401),
        ),
        (
            "twice",
            "/ws",
            vec![bearer("Bearer"), bearer("Bearer")],
            Err(401),
        ),
        (
            "two ways",
            "/ws",
            vec![bearer("Bearer"), ticket().await],
            Err(401),
        ),
        (
            "in the address",
            &format!("/ws?token={sound}"),
            vec![],
            Err(401),
        ),
        (
            "in the address, and well",
            &format!("/ws?token={sound}"),
            vec![bearer("Bearer")],
            Err(401),
        ),
        ("empty, in the address", "/ws?a=1&token=", vec![], Err(401)),
        (
            "hidden, in the address",
            "/ws?%74oken=bad",
            vec![],
            Err(401),
        ),
        (
            "something else in the address",
            "/ws?tokens=1",
            vec![],
            Ok(()),
        ),
        (
            "a token as a ticket",
            "/ws",
            vec![(
                "sec-websocket-protocol",
                format!("tickwire.v1.json, ticket.{sound}"),
            )],
            Err(401),
        ),
    ];
    for (what, path, headers, expected) in rows {
        let opened = open(guarded.address(), path, &headers).await;
        assert_eq!(opened.map(drop), expected, "{what}");
    }
    // What cannot be read may have been a ticket.
    let request = HANDSHAKE.replacen(
        "\r\n\r\n",
        "\r\nsec-websocket-protocol: é, ticket.abc\r\n\r\n",
        1,
    );
    let (head, _) = Raw::handshake(guarded.address(), &request).await;
    assert!(head.starts_with("HTTP/1.1 401 "), "{head}");
    // By POST, only the header counts; what is public is not served as if nothing had been shown either.
    for path in [
        "/ops/symbols.resolve",
        "/ops/bars.history",
        "/publish/trades:A",
    ] {
        let path = format!("{path}?token={sound}");
        for bearer in [None, Some(&*sound)] {
            let asked = ask(&guarded, &path, bearer, &json!({"symbol": "A"})).await;
            assert_eq!(asked, "unauthenticated", "{path}");
        }
    }
}

#[tokio::test]
async fn a_refusal_says_how_to_authenticate() {
    let guarded = Guarded::start(&[]).await;
    let expired = signed(&claims("alice", &ALL, json!({"exp": 1_000})));
    let rows = [
        (None, "Bearer", "a token is needed"),
        (
            Some("nonsense"),
            "Bearer error=\"invalid_token\"",
            "the token is not valid",
        ),
        (
            Some(&*expired),
            "Bearer error=\"invalid_token\"",
            "the token has expired",
        ),
    ];
    for (token, challenge, message) in rows {
        let reply = guarded.post("/ws-ticket", token, &json!({})).await;
        assert_eq!(
            (reply.status.as_u16(), reply.header("www-authenticate")),
            (401, challenge)
        );
        let payload = reply.json();
        assert_eq!(payload["message"], message);
        let frame = json!({"type": "error", "msg_id": "1", "direction": "s2c",
            "timestamp": "2026-01-01T00:00:00Z", "payload": payload});
        assert_eq!(crate::support::violations(&frame), [""; 0]);
    }
}
