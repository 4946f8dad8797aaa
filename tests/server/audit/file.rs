//! The file, and what may not get into it.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::sync::Arc;

use chrono::Utc;
use clap::Parser;
use serde_json::{Value, json};
use tempfile::TempDir;
use tickwire::app::App;
use tickwire::audit::{Audit, Trail};
use tickwire::auth::Principal;
use tickwire::config::Cli;
use tickwire::delivery::OutboxConfig;
use tickwire::quota::Share;
use tickwire::session::{Caller, Session};
use uuid::Uuid;

use super::Audited;
use crate::support::lab::{self, Bench};
use crate::support::plain::{HANDSHAKE, Raw};
use crate::support::tokens::{ALL, claims, open, signed, token};

/// The page whose tables have every event, field and word.
const PAGE: &str = include_str!("../../../docs/audit.md");

#[tokio::test]
async fn a_name_writes_no_line_and_no_command() {
    let mut audited = Audited::start(&[]).await;
    let sub = "eve{\"event\":\"closed\"}é";
    let client = audited.guarded.client(&token(sub, &[])).await;
    drop(client);
    let admin = token("admin", &["admin:revoke"]);
    let id = "a\"}{\"event\":\"connect\"}\\n𝄞c";
    let body = json!({"jti": id});
    let reply = audited
        .guarded
        .post("/admin/revocations", Some(&admin), &body)
        .await;
    assert_eq!(reply.status, 200);
    let lines = audited.raw().await;
    let whole = std::fs::read(&audited.path).unwrap();
    assert!(whole.iter().all(|byte| matches!(byte, b'\n' | b' '..=b'~')));
    let read: Vec<Value> = lines
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(read[0]["sub"], sub);
    let revoked = read.iter().find(|line| line["event"] == "revoked").unwrap();
    assert_eq!(revoked["what"], format!("jti:{id}"));
    assert!(lines[0].contains(r#"eve{\"event\":\"closed\"}\u00e9"#));
    assert!(lines.iter().any(|line| line.contains(r"\ud834\udd1ec")));
}

/// The address is the client's, where a proxy is believed, and what anybody else says is not.
#[tokio::test]
async fn the_address_is_the_clients() {
    for (flags, expected) in [
        (&["--trusted-proxy=127.0.0.1"][..], "2001:db8::7"),
        (&[], "127.0.0.1"),
    ] {
        let mut audited = Audited::start(flags).await;
        let forwarded = "\r\nx-forwarded-for: [31m, 2001:db8::7\r\n\r\n";
        let request = HANDSHAKE.replacen("\r\n\r\n", forwarded, 1);
        let (_, mut raw) = Raw::handshake(audited.guarded.address(), &request).await;
        raw.next_frame().await.expect("a welcome");
        let line: Value = serde_json::from_str(&audited.raw().await[0]).unwrap();
        assert_eq!(line["address"], expected);
    }
}

#[tokio::test]
async fn no_token_and_no_payload_is_written() {
    let mut audited = Audited::start(&["--allow-query-token"]).await;
    let guarded = &audited.guarded;
    let good = token("alice", &ALL);
    let expired = signed(&claims("alice", &ALL, json!({"exp": 1, "iat": 0})));
    let ticket = guarded.ticket(&good).await.unwrap();
    let offer = format!("tickwire.v1.json, ticket.{ticket}");
    let ticketed = [("sec-websocket-protocol", offer)];
    drop(open(guarded.address(), "/ws", &ticketed).await);
    for token in [&good, &expired] {
        drop(open(guarded.address(), &format!("/ws?token={token}"), &[]).await);
        let body = json!({"symbol": "payload-of-a-request"});
        guarded
            .post("/ops/symbols.resolve", Some(token), &body)
            .await;
    }
    let lines = audited.raw().await.concat();
    assert!(lines.contains("\"way\":\"ticket\"") && lines.contains("\"why\":\"expired\""));
    for secret in [&*good, &*expired, &*ticket, "payload-of-a-request"] {
        assert!(!lines.contains(secret), "{secret}");
    }
    let signature = good.rsplit('.').next().unwrap();
    assert!(!lines.contains(signature));
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_its_owners_and_is_appended_to() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("audit.jsonl");
    let flag = format!("--audit-log={}", path.display());
    let mut sizes = Vec::new();
    for _ in 0..2 {
        let mut server = crate::support::Server::start(&["--modules", "none", &flag]).await;
        let client = server.client().await;
        server.stop.cancel();
        (&mut server.task).await.unwrap();
        drop(client);
        // The end is in the file when the server has ended.
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.lines()
                .last()
                .unwrap()
                .contains("\"event\":\"closed\""),
            "{text}"
        );
        sizes.push(text.lines().count());
    }
    assert_eq!(sizes, [2, 4]);
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_stops_the_start() {
    let flags = [
        "tickwire",
        "--listen=127.0.0.1:0",
        "--audit-log=/nowhere/audit.jsonl",
    ];
    let cli = Cli::try_parse_from(flags).unwrap();
    let error = App::start(&cli.serve).await.err().unwrap();
    assert_eq!(
        error.to_string(),
        "cannot open the audit log /nowhere/audit.jsonl"
    );
}

/// The names in the first column of the table below this heading.
fn documented(heading: &str) -> BTreeSet<String> {
    let (_, section) = PAGE.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| row.split('`').next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_door_and_every_reason_is_documented() {
    use tickwire::audit::{Door, Why};
    use tickwire::auth::{Denial, Rejected};
    use tickwire::metrics::Refused;

    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let doors: BTreeSet<String> = Door::ALL
        .iter()
        .map(|door| door.name().to_owned())
        .collect();
    assert_eq!(documented("Doors"), doors);
    let mut reasons: BTreeSet<String> = [
        Why::Denied(&Denial::Unauthenticated),
        Why::Denied(&Denial::Permission(String::new())),
        Why::Denied(&Denial::Owner),
        Why::Origin,
        Why::Host,
        Why::TooManyFailures,
        Why::Limit(Refused::ConnectionLimit),
        Why::Limit(Refused::AddressLimit),
        Why::Limit(Refused::UserLimit),
        Why::Limit(Refused::Subprotocol),
    ]
    .iter()
    .map(|why| why.name().to_owned())
    .collect();
    reasons.extend(Rejected::ALL.iter().map(|it| it.name().to_owned()));
    assert_eq!(documented("Reasons"), reasons);
    let events: BTreeSet<String> = names(&[
        "connect",
        "authenticated",
        "denied",
        "refreshed",
        "revoked",
        "closed",
        "lost",
        "unwritten",
    ]);
    assert_eq!(documented("Events"), events);
    let fields: BTreeSet<String> = names(&[
        "time",
        "event",
        "kind",
        "sub",
        "door",
        "way",
        "what",
        "why",
        "permission",
        "code",
        "lines",
        "address",
        "connection",
    ]);
    assert_eq!(documented("Fields"), fields);
}

/// As when its task panics: nothing of ours does that, so it is dropped here.
#[tokio::test]
async fn a_connection_that_breaks_off_has_an_end() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("audit.jsonl");
    let audit = Audit::open(&path).unwrap();
    let bench = Bench::new();
    let address = Ipv4Addr::LOCALHOST.into();
    let services = &bench.services;
    let session = || {
        let caller = Caller {
            auth: Arc::clone(&services.auth),
            principal: Arc::new(Principal::Anonymous),
            share: Share::new(&services.quotas, address),
            trail: Trail::new(audit.clone(), address, None),
        };
        let (protocol, limits) = (Arc::clone(&services.protocol), Arc::new(lab::limits()));
        let outbox = services.hub.outbox(OutboxConfig::plain(65_536));
        Session::new(protocol, limits, caller, outbox, Uuid::nil(), Utc::now())
    };
    let mut broken = session();
    broken.enter().unwrap();
    drop(broken);
    // One that was refused never began.
    drop(session());
    audit.flushed().await;
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<String> = text.lines().map(super::essence).collect();
    assert_eq!(
        lines,
        [
            r#"{"event":"connect","kind":"anonymous"}"#,
            r#"{"event":"closed","kind":"anonymous","code":1011}"#,
        ]
    );
}
