//! Publications over real sockets on loopback: the released program in a process of its own, readers in
//! this one. Counts that nothing is lost, repeated or out of order.
//!
//! The CPU time is that of the server's process alone, user and system, as the kernel accounts it: it
//! includes the HTTP request by which a publication comes, once for all of its subscribers.
//!
//! `cargo bench --bench sockets` prints a row for each way; `cargo test` runs a small one.

#[path = "support/server.rs"]
mod server;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc};

use server::Server;

/// Longer than any run takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the kernel counts process times in: `USER_HZ`, 100 on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

const TOPIC: &str = "match:premier:019a2f6e-7c1a-7b3e-9d55-0a4c1f2e6b77";
const EVENT: &str = r#"{"league":"premier","match":{"id":"019a2f6e-7c1a-7b3e-9d55-0a4c1f2e6b77","home":"Northtown","away":"Southport"},"minute":45,"kind":"goal","player":"B. Dahl","score":{"home":1,"away":0},"occurred_at":"2026-11-02T14:47:31.250Z"}"#;

struct Size {
    subscribers: usize,
    /// Publications of one run, and how many of them may be under way: not yet with all subscribers.
    ways: [(u64, usize); 2],
    runs: usize,
}

const MEASURE: Size = Size {
    subscribers: 1_000,
    ways: [(500, 1), (3_000, 64)],
    runs: 5,
};
const SMOKE: Size = Size {
    subscribers: 20,
    ways: [(5, 1), (200, 64)],
    runs: 1,
};

fn main() {
    // Cargo says `--bench` when it is to be measured, and not when it is only tested.
    let size = if std::env::args().any(|argument| argument == "--bench") {
        MEASURE
    } else {
        SMOKE
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    println!(
        "{:>9} {:>12} {:>14} {:>14} {:>20}",
        "in flight", "publications", "publications/s", "deliveries/s", "CPU s / M deliveries"
    );
    for (publications, in_flight) in size.ways {
        let mut rates = Vec::new();
        let mut costs = Vec::new();
        for _ in 0..size.runs {
            let run = runtime.block_on(run(size.subscribers, publications, in_flight));
            rates.push(publications as f64 / run.took.as_secs_f64());
            costs.push(run.cpu_seconds * 1e6 / (publications as f64 * size.subscribers as f64));
        }
        let (rate, cost) = (median(&mut rates), median(&mut costs));
        println!(
            "{in_flight:>9} {publications:>12} {rate:>14.0} {:>14.0} {cost:>20.2}",
            rate * size.subscribers as f64
        );
        println!(
            "{:>9} of {} runs: {:.0} to {:.0} publications/s, {:.2} to {:.2} CPU s",
            "",
            rates.len(),
            rates[0],
            rates[rates.len() - 1],
            costs[0],
            costs[costs.len() - 1]
        );
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

struct Run {
    took: Duration,
    cpu_seconds: f64,
}

async fn run(subscribers: usize, publications: u64, in_flight: usize) -> Run {
    let server = start();
    let (seen, mut arrivals) = mpsc::unbounded_channel();
    let mut readers = Vec::new();
    for _ in 0..subscribers {
        let stream = subscribe(server.address).await;
        readers.push(tokio::spawn(read(stream, publications, seen.clone())));
    }
    let cpu_before = cpu_seconds(&server);
    let begin = Instant::now();
    let window = Arc::new(Semaphore::new(in_flight));
    let publisher = tokio::spawn(publish(server.address, publications, Arc::clone(&window)));
    let mut missing =
        vec![subscribers; usize::try_from(publications).expect("a number of memory's size")];
    let mut whole = 0;
    while whole < publications {
        let seq: u64 = tokio::time::timeout(PATIENCE, arrivals.recv())
            .await
            .expect("an update in time")
            .expect("a reader");
        let left = &mut missing[usize::try_from(seq - 1).expect("as above")];
        *left -= 1;
        if *left == 0 {
            whole += 1;
            window.add_permits(1);
        }
    }
    let took = begin.elapsed();
    let cpu_seconds = cpu_seconds(&server) - cpu_before;
    publisher.await.expect("the publisher did not panic");
    for reader in readers {
        // Each has seen 1, 2, 3 … to the last, and nothing else.
        reader
            .await
            .expect("nothing was lost, repeated or out of order");
    }
    Run { took, cpu_seconds }
}

fn start() -> Server {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/scoreboard.yaml");
    // All of them come from this address.
    Server::start(["--max-connections-per-address=10000", "--spec", spec])
}

/// User and system time so far; 0 where there is no `/proc`.
fn cpu_seconds(server: &Server) -> f64 {
    let stat = server.proc("stat");
    // Counted after the name, which is in parentheses and may hold anything: fields 14 and 15.
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    ticks as f64 / TICKS_PER_SECOND
}

/// Publishes over one connection, each as soon as the window has room, whether or not those before it
/// have been answered (pipelining, RFC 9112 section 9.3.2): or else the answers would be the window.
async fn publish(address: SocketAddr, publications: u64, window: Arc<Semaphore>) {
    let stream = TcpStream::connect(address).await.expect("it listens");
    stream.set_nodelay(true).expect("a socket");
    let (mut answers, mut requests) = stream.into_split();
    let answered = tokio::spawn(async move {
        let mut bytes = Vec::new();
        // An answer ends with its body, which holds its only `}`.
        let mut count = 0;
        while count < publications {
            let begin = bytes.len();
            let read = answers.read_buf(&mut bytes).await.expect("it answers");
            assert!(read > 0, "it answers all");
            let ends = bytes[begin..].iter().filter(|byte| **byte == b'}');
            count += ends.count() as u64;
        }
        let good = b"HTTP/1.1 200 ";
        let good = bytes.windows(good.len()).filter(|part| part == good);
        assert_eq!(good.count() as u64, publications, "all were published");
    });
    let request = format!(
        "POST /publish/{TOPIC} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{EVENT}",
        EVENT.len()
    );
    for _ in 0..publications {
        window.acquire().await.expect("it stays open").forget();
        let written = requests.write_all(request.as_bytes()).await;
        written.expect("it reads");
    }
    answered.await.expect("all were published");
}

/// A WebSocket, subscribed from the start; past the answer to that.
async fn subscribe(address: SocketAddr) -> Frames {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let request = format!(
        "GET /ws/{TOPIC} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it reads");
    let mut bytes = Vec::new();
    let end = loop {
        assert!(
            stream.read_buf(&mut bytes).await.expect("an answer") > 0,
            "the whole answer"
        );
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let mut frames = Frames {
        stream,
        bytes,
        at: end,
    };
    while !find(frames.next().await, b"match_events.subscribe.response") {}
    frames
}

/// Reads every update, in order, and says so.
async fn read(mut frames: Frames, publications: u64, seen: mpsc::UnboundedSender<u64>) {
    let mut expected = 1;
    while expected <= publications {
        let frame = frames.next().await;
        // A ping has no payload.
        if frame.is_empty() {
            continue;
        }
        assert_eq!(
            seq(frame),
            Some(expected),
            "{}",
            String::from_utf8_lossy(frame)
        );
        if seen.send(expected).is_err() {
            return;
        }
        expected += 1;
    }
}

/// The payloads of a server's frames.
struct Frames {
    stream: TcpStream,
    bytes: Vec<u8>,
    at: usize,
}

impl Frames {
    async fn next(&mut self) -> &[u8] {
        loop {
            if let Some((header, length)) = header(&self.bytes[self.at..])
                && self.bytes.len() >= self.at + header + length
            {
                let payload = self.at + header..self.at + header + length;
                self.at = payload.end;
                return &self.bytes[payload];
            }
            self.bytes.drain(..self.at);
            self.at = 0;
            self.bytes.reserve(16 * 1024);
            assert!(
                self.stream
                    .read_buf(&mut self.bytes)
                    .await
                    .expect("an open connection")
                    > 0,
                "closed"
            );
        }
    }
}

/// Lengths of a frame's header and payload (RFC 6455 section 5.2).
fn header(bytes: &[u8]) -> Option<(usize, usize)> {
    match *bytes {
        [_, 126, high, low, ..] => Some((4, u16::from_be_bytes([high, low]).into())),
        [_, 126, ..] => None,
        [_, length, ..] => Some((2, length.into())),
        _ => None,
    }
}

fn find(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The number of an update, without reading the rest of it: the reader should be cheap.
fn seq(frame: &[u8]) -> Option<u64> {
    const NAME: &[u8] = b"\"seq\":";
    let begin = frame
        .windows(NAME.len())
        .position(|window| window == NAME)?
        + NAME.len();
    let digits = frame[begin..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit());
    Some(digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}
