//! What the server remembers of ever new strangers: requests of ever new addresses and users, by the
//! hundred thousand, and its memory after each round. What is bounded stops growing.
//!
//! The released program runs in a process of its own. It believes this one to be a proxy, so each request
//! may come from an address of its own.
//!
//! `cargo bench --bench strangers` measures, some minutes; `cargo test` sends a few.

#[path = "support/server.rs"]
mod server;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use jsonwebtoken::{EncodingKey, Header};
use serde_json::json;
use tempfile::NamedTempFile;

use server::Server;

const SECRET: &str = "a secret for the length of a measurement";

/// Requests that are written at once, before their answers are read.
const PIPELINED: u32 = 100;

/// Strangers of each kind in a round, and rounds.
const MEASURE: (u32, u32) = (100_000, 6);
const SMOKE: (u32, u32) = (PIPELINED, 2);

/// What strangers do, and the status they get.
const KINDS: [(&str, &str); 5] = [
    ("forged token", "401"),
    ("token of a new user", "200"),
    ("ticket that is not used", ""),
    ("made-up topic", "404"),
    ("WebSocket that vanishes", "101"),
];

fn main() {
    let measures = std::env::args().any(|argument| argument == "--bench");
    let (count, rounds) = if measures { MEASURE } else { SMOKE };
    let mut secret = NamedTempFile::new().expect("a file");
    secret.write_all(SECRET.as_bytes()).expect("room for it");
    let flags = [
        "--trusted-proxy=127.0.0.1",
        "--modules=none",
        "--jwt-secret-file",
    ];
    let flags = flags.iter().map(Path::new);
    let server = Server::start(flags.chain([secret.path()]));
    print!("{:>6} {:>10}", "round", "so far");
    KINDS.iter().for_each(|(what, _)| print!(" {what:>24}"));
    println!();
    println!("{:>6} {:>10} {:>20} MiB", 0, 0, mebibytes(&server));
    for round in 0..rounds {
        // Of WebSockets there are fewer.
        let of_round = count * (KINDS.len() as u32 - 1) + count / PIPELINED;
        print!("{:>6} {:>10}", round + 1, (round + 1) * of_round);
        for (kind, (what, status)) in KINDS.iter().enumerate() {
            let begin = (round * KINDS.len() as u32 + kind as u32) * count;
            for first in (begin..begin + count).step_by(PIPELINED as usize) {
                visit(&server, kind, first, what, status);
            }
            print!(" {:>20} MiB", mebibytes(&server));
        }
        println!();
    }
}

/// Some strangers, from the `first` on, over one connection; each WebSocket has one of its own.
fn visit(server: &Server, kind: usize, first: u32, what: &str, status: &str) {
    if what.starts_with("WebSocket") {
        // A hundredth as many: each is a connection.
        exchange(server, &request(kind, first), 1, status);
        return;
    }
    let requests: String = (first..first + PIPELINED)
        .map(|number| request(kind, number))
        .collect();
    exchange(server, &requests, PIPELINED as usize, status);
}

fn exchange(server: &Server, requests: &str, count: usize, status: &str) {
    let mut stream = TcpStream::connect(server.address).expect("it listens");
    stream.write_all(requests.as_bytes()).expect("it reads");
    let mut answers = Vec::new();
    let expected = format!("HTTP/1.1 {status}");
    while times(&answers, b"HTTP/1.1 ") < count {
        let mut part = [0; 65_536];
        let read = stream.read(&mut part).expect("it answers");
        assert!(read > 0, "it answers all");
        answers.extend(&part[..read]);
    }
    assert_eq!(
        times(&answers, expected.as_bytes()),
        count,
        "{}",
        String::from_utf8_lossy(&answers)
    );
}

/// Resident memory; 0 where there is no `/proc`.
fn mebibytes(server: &Server) -> u64 {
    let status = server.proc("status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kibibytes.unwrap_or(0_u64) / 1_024
}

/// What a stranger sends.
fn request(kind: usize, number: u32) -> String {
    let address = Ipv4Addr::from(number.wrapping_mul(2_654_435_761));
    let user = format!("stranger-{number}");
    let post = |path: &str, token: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: {address}\r\n\
             content-type: application/json\r\ncontent-length: 2\r\nauthorization: Bearer {token}\r\n\r\n{{}}"
        )
    };
    match kind {
        0 => post(
            "/ops/ping",
            &token(&user, "another secret, which is long enough"),
        ),
        1 => post("/ops/ping", &token(&user, SECRET)),
        2 => post("/ws-ticket", &token(&user, SECRET)),
        3 => post(&format!("/publish/made-up:{number}"), &token(&user, SECRET)),
        _ => format!(
            "GET /ws HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: {address}\r\nconnection: upgrade\r\n\
             upgrade: websocket\r\nsec-websocket-version: 13\r\n\
             sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        ),
    }
}

fn token(sub: &str, secret: &str) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.expect("a clock that is set").as_secs();
    let claims = json!({"sub": sub, "iat": now, "exp": now + 3_600});
    let key = EncodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::encode(&Header::default(), &claims, &key).expect("a token")
}

fn times(bytes: &[u8], part: &[u8]) -> usize {
    let windows = bytes.windows(part.len());
    windows.filter(|window| *window == part).count()
}
