//! What the program does before anybody has configured it, and what it refuses to do.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod process;

use std::io::{BufRead, Read};

use data_encoding::BASE64URL_NOPAD;
use process::{Server, tickwire};
use serde_json::{Value, json};

const SECRET: &str = "a secret that is long enough for the server";

/// What a token says, whoever has signed it.
fn claims(token: &str) -> Value {
    let claims = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64URL_NOPAD.decode(claims.as_bytes()).unwrap()).unwrap()
}

#[test]
fn nobody_else_reaches_a_server_that_authenticates_nobody() {
    for address in ["0.0.0.0:0", "[::]:0"] {
        let arguments = ["--modules=none", "--listen", address];
        let output = tickwire(&arguments).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), &*output.stdout),
            (Some(1), &b""[..]),
            "{told}"
        );
        for way_out in [
            "no authentication is configured",
            "TICKWIRE_JWT_SECRET",
            "--jwt-secret-file",
            "--jwks",
            "127.0.0.1",
        ] {
            assert!(told.contains(way_out), "{told}");
        }
    }
    // Requiring a token that nobody can have is no authentication.
    let output = tickwire(&["--modules=none", "--listen=0.0.0.0:0", "--require-token"]).output();
    assert_eq!(output.unwrap().status.code(), Some(1));

    let mut command = tickwire(&["--modules=none", "--listen=0.0.0.0:0"]);
    let server = Server::start(command.env("TICKWIRE_JWT_SECRET", SECRET));
    assert!(server.socket("/ws", "", &[]).contains("anonymous"));
}

#[test]
fn a_development_server_prints_a_token_that_may_do_everything() {
    let contract = format!(
        "{}/crates/codegen/tests/contracts/workshop.yaml",
        env!("CARGO_MANIFEST_DIR")
    );
    let arguments = ["--listen=127.0.0.1:0", "--spec", &contract];
    let mut server = Server::start(&mut tickwire(&arguments));
    let mut lines = server.out.by_ref().lines().map(Result::unwrap);
    let why = lines.next().unwrap();
    assert!(why.starts_with("no authentication is configured"), "{why}");
    let link = lines.next().unwrap();
    let (page, token) = link.split_once("#token=").unwrap();
    assert!(
        page.starts_with("http://127.0.0.1:") && page.ends_with("/"),
        "{page}"
    );
    // Whatever this contract asks for, and what the server does by itself.
    let permissions = json!([
        "admin:revoke",
        "orders:read",
        "siren:sound",
        "support",
        "topics:admin",
        "topics:write"
    ]);
    assert_eq!(claims(token)["permissions"], permissions);
    let ticket = server.post("/ws-ticket", token, "{}");
    assert!(ticket.starts_with("HTTP/1.1 200 "), "{ticket}");

    // The key is of this run: another one's token says nothing here.
    let mut other = Server::start(&mut tickwire(&arguments));
    let link = other
        .out
        .by_ref()
        .lines()
        .map(Result::unwrap)
        .nth(1)
        .unwrap();
    let (_, foreign) = link.split_once("#token=").unwrap();
    let refused = server.post("/ws-ticket", foreign, "{}");
    assert!(refused.starts_with("HTTP/1.1 401 "), "{refused}");
}

#[test]
fn a_configured_server_prints_none() {
    let mut command = tickwire(&["--modules=none", "--listen=127.0.0.1:0"]);
    let mut server = Server::start(command.env("TICKWIRE_JWT_SECRET", SECRET));
    server.child.kill().unwrap();
    assert_eq!(server.out.by_ref().lines().count(), 0);
}

#[test]
fn tokens_of_ones_own_are_taken_by_a_server_of_the_same_secret() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("secret");
    // As editors and `openssl rand > file` end it.
    std::fs::write(&path, format!("{SECRET}\n")).unwrap();
    let file = format!("--jwt-secret-file={}", path.display());
    let ours = ["--jwt-issuer=us", "--jwt-audience=them"];
    let mut arguments = vec![
        "token",
        "--sub=alice",
        "--permissions=orders:read,orders:write",
    ];
    arguments.extend(["--accounts=a1,a2", "--ttl=10m", &file]);
    arguments.extend(ours);
    let output = tickwire(&arguments).output().unwrap();
    let token = String::from_utf8(output.stdout).unwrap();
    let token = token.trim_end();
    let says = claims(token);
    assert_eq!(says["permissions"], json!(["orders:read", "orders:write"]));
    assert_eq!(says["accounts"], json!(["a1", "a2"]));
    let lifetime = says["exp"].as_i64().unwrap() - says["iat"].as_i64().unwrap();
    assert_eq!(lifetime, 600);

    let mut arguments = vec!["--modules=none", "--listen=127.0.0.1:0"];
    arguments.extend(ours);
    let mut command = tickwire(&arguments);
    let server = Server::start(command.env("TICKWIRE_JWT_SECRET", SECRET));
    let bearer = format!("authorization: Bearer {token}\r\n");
    let welcome = server.socket("/ws", &bearer, &[]);
    assert!(welcome.contains("\"sub\":\"alice\""), "{welcome}");

    let output = tickwire(&["token", "--sub=alice"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("set TICKWIRE_JWT_SECRET or --jwt-secret-file"),
        "{told}"
    );
    assert_eq!((output.status.code(), &*output.stdout), (Some(1), &b""[..]));
}
