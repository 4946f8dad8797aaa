//! Nothing secret is printed: whatever clients show, and however wrong it is, the server's output, its
//! answers and its metrics have none of it. The program itself runs, and logs all it can.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod process;

use std::io::Read;
use std::process::Command;

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use serde_json::json;

use process::Server;

const SECRET: &str = "the-secret-that-nobody-reads-0123456789abcdef";

/// The program, with the secret in its environment only.
fn tickwire(arguments: &[&str]) -> Command {
    let mut command = process::tickwire(arguments);
    command.env("TICKWIRE_JWT_SECRET", SECRET);
    command
}

fn token(arguments: &[&str]) -> String {
    let output = tickwire(&["token"]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// What must not be found: the secret however it may be written, tokens, and the parts that are as good.
fn secrets(tokens: &[String]) -> Vec<String> {
    let secret = SECRET.as_bytes();
    let mut all = vec![
        SECRET.to_owned(),
        BASE64.encode(secret),
        BASE64URL_NOPAD.encode(secret),
        HEXLOWER.encode(secret),
    ];
    for token in tokens {
        all.push(token.clone());
        all.extend(token.rsplit('.').next().map(str::to_owned));
    }
    all
}

#[test]
fn nothing_secret_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let audit = folder.path().join("audit.jsonl");
    let audit_log = format!("--audit-log={}", audit.display());
    let arguments = [
        &*audit_log,
        "--listen=127.0.0.1:0",
        "--log=trace",
        "--allow-query-token",
        "--max-failed-auths=1000000",
    ];
    let mut server = Server::start(&mut tickwire(&arguments));
    let mut log = server.child.stderr.take().unwrap();
    let log = std::thread::spawn(move || {
        let mut text = String::new();
        log.read_to_string(&mut text).map(|_| text)
    });
    let sound = token(&["--sub=alice", "--permissions=admin:revoke", "--accounts=a1"]);
    let short = token(&["--sub=alice", "--ttl=1ms"]);
    let (message, _) = sound.rsplit_once('.').unwrap();
    let forged = format!("{message}.Zm9yZ2VkLXNpZ25hdHVyZS0wMTIzNDU2Nzg5");
    let long = format!("{sound}{}", "x".repeat(9_000));
    let mut tokens = vec![sound.clone(), short, forged, long];
    // With marks that are no part of any token, since those may be left out of what is printed.
    tokens.extend([
        "marked-nonsense-0123456789".to_owned(),
        "marked\"quotes-0123456789".to_owned(),
    ]);

    let mut answers = Vec::new();
    for token in &tokens {
        for path in [
            "/ws-ticket",
            "/ops/bars.history",
            "/publish/trades:AAPL",
            "/admin/revocations",
        ] {
            for body in ["{}", "{\"symbol\": \"AAPL\"}", "nonsense"] {
                answers.push(server.post(path, token, body));
            }
        }
        let bearer = format!("authorization: Bearer {token}\r\n");
        answers.push(server.socket("/ws/bars:AAPL:1", &bearer, &[]));
        answers.push(server.socket(&format!("/ws?token={token}"), "", &[]));
        answers.push(server.socket(&format!("/ws?token={token}"), &bearer, &[]));
        let offer = format!("sec-websocket-protocol: tickwire.v1.json, ticket.{token}\r\n");
        answers.push(server.socket("/ws", &offer, &[]));
        for payload in [
            json!({"token": token}),
            json!({"token": [token]}),
            json!({"token": "x", "another": token}),
            json!(token),
        ] {
            for wire_type in ["auth", "auth.refresh"] {
                let frame =
                    json!({"type": wire_type, "msg_id": "1", "payload": payload}).to_string();
                answers.push(server.socket("/ws", "", &[&frame]));
            }
        }
        // JSON that is none, with a token in it.
        let broken = format!("{{\"type\":\"auth\",\"payload\":{{\"token\":\"{token}\"}}");
        answers.push(server.socket("/ws", "", &[&broken]));
        let twice = format!(
            "{{\"type\":\"auth\",\"payload\":{{\"token\":\"{token}\",\"token\":\"{token}\"}}}}"
        );
        answers.push(server.socket("/ws", "", &[&twice]));
    }
    // They have been looked at, not passed over.
    let text = answers.join("\n");
    for seen in [
        "auth.response",
        "the token is not valid",
        "HTTP/1.1 401",
        "\"kind\":\"user\"",
        "invalid_frame",
    ] {
        assert!(text.contains(seen), "no {seen}");
    }
    // A ticket is a secret, too, but for its own answer.
    let answer = server.post("/ws-ticket", &sound, "{}");
    let (_, body) = answer.rsplit_once("\r\n\r\n").unwrap();
    let ticket: serde_json::Value = serde_json::from_str(body).unwrap();
    let ticket = ticket["ticket"].as_str().unwrap().to_owned();
    let offer = format!("sec-websocket-protocol: tickwire.v1.json, ticket.{ticket}\r\n");
    for _ in 0..2 {
        answers.push(server.socket("/ws", &offer, &[]));
    }
    tokens.push(ticket);
    answers.push(
        server.ask_as_operator(
            "GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
        ),
    );

    let mut kill = Command::new("kill");
    assert!(
        kill.arg(server.child.id().to_string())
            .status()
            .unwrap()
            .success()
    );
    server.child.wait().unwrap();
    let mut out = String::new();
    server.out.read_to_string(&mut out).unwrap();
    let log = log.join().unwrap().unwrap();
    let audit = std::fs::read_to_string(audit).unwrap();
    assert!(audit.contains("\"denied\""), "the audit log says why");
    let printed = [answers.join("\n"), out, log, audit].join("\n");
    for secret in secrets(&tokens) {
        let found = printed.find(&secret);
        let around = found.map(|at| &printed[at.saturating_sub(200)..at]);
        assert_eq!(around, None, "{secret}");
    }
}

#[test]
fn nor_when_it_cannot_start() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("secret");
    let short = "short-secret-of-a-file";
    std::fs::write(&path, short).unwrap();
    let file = format!("--jwt-secret-file={}", path.display());
    let rows: [(&str, &[&str], Option<&str>, &str); 5] = [
        ("both", &[&file], Some(SECRET), "not both"),
        ("a short file", &[&file], None, "it needs at least 32"),
        ("a short variable", &[], Some(short), "it needs at least 32"),
        (
            "no issuer",
            &["--jwks=src/auth/verifier/test-keys/jwks.json"],
            Some(SECRET),
            "--jwt-issuer",
        ),
        (
            "no key",
            &["--jwt-algorithms=ES256"],
            Some(SECRET),
            "no key",
        ),
    ];
    for (what, arguments, variable, expected) in rows {
        let mut command = tickwire(&["--listen=127.0.0.1:0", "--log=trace"]);
        match variable {
            Some(secret) => command.env("TICKWIRE_JWT_SECRET", secret),
            None => command.env_remove("TICKWIRE_JWT_SECRET"),
        };
        let output = command.args(arguments).output().unwrap();
        let printed = format!("{output:?}");
        assert_eq!(output.status.code(), Some(1), "{what}: {printed}");
        assert!(printed.contains(expected), "{what}: {printed}");
        assert!(
            !printed.contains(short) && !printed.contains(SECRET),
            "{what}: {printed}"
        );
    }
}
