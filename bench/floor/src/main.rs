//! The floor: a server that writes the same bytes to the same sockets, and does nothing else.
//!
//! No validation, no bound on what waits, one thread. `single` writes each delivery by itself;
//! `vectored` collects what one turn of its loop has published and writes it with one call for each
//! connection. What a real server costs above this is its own.

use std::collections::HashMap;
use std::io::{self, IoSlice, Read, Write};
use std::net::SocketAddr;
use std::sync::Arc;

use clap::{Parser, ValueEnum};
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

#[derive(Parser)]
struct Options {
    #[arg(value_enum)]
    mode: Mode,
    #[arg(long)]
    listen: SocketAddr,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Mode {
    /// One `write` for each delivery.
    Single,
    /// One `writev` for each connection and turn.
    Vectored,
}

/// Slices of one `writev`: IOV_MAX.
const MOST_SLICES: usize = 1024;

const LISTENER: Token = Token(usize::MAX);

#[derive(Default)]
struct Topic {
    seq: u64,
    subscribers: Vec<usize>,
    /// Frames of this turn.
    waiting: Vec<Arc<[u8]>>,
}

struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
    /// What the socket did not take.
    backlog: Vec<u8>,
    websocket: bool,
}

struct Floor {
    mode: Mode,
    poll: Poll,
    listener: TcpListener,
    connections: Vec<Connection>,
    topics: HashMap<String, Topic>,
    dirty: Vec<String>,
}

fn main() -> io::Result<()> {
    let options = Options::parse();
    let mut listener = TcpListener::bind(options.listen)?;
    let poll = Poll::new()?;
    poll.registry()
        .register(&mut listener, LISTENER, Interest::READABLE)?;
    println!("listening on {}", options.listen);
    let mut floor = Floor {
        mode: options.mode,
        poll,
        listener,
        connections: Vec::new(),
        topics: HashMap::new(),
        dirty: Vec::new(),
    };
    let mut events = Events::with_capacity(1024);
    loop {
        floor.poll.poll(&mut events, None)?;
        for event in &events {
            match event.token() {
                LISTENER => floor.accept()?,
                Token(index) => {
                    if event.is_readable() {
                        floor.read(index);
                    }
                    if event.is_writable() {
                        let connection = &mut floor.connections[index];
                        let backlog = std::mem::take(&mut connection.backlog);
                        connection.write(&[IoSlice::new(&backlog)]);
                    }
                }
            }
        }
        floor.flush();
    }
}

impl Floor {
    fn accept(&mut self) -> io::Result<()> {
        while let Ok((mut stream, _)) = self.listener.accept() {
            stream.set_nodelay(true)?;
            let token = Token(self.connections.len());
            let interest = Interest::READABLE | Interest::WRITABLE;
            self.poll
                .registry()
                .register(&mut stream, token, interest)?;
            self.connections.push(Connection {
                stream,
                read: Vec::new(),
                backlog: Vec::new(),
                websocket: false,
            });
        }
        Ok(())
    }

    fn read(&mut self, index: usize) {
        let mut buffer = [0; 16 * 1024];
        loop {
            let connection = &mut self.connections[index];
            match connection.stream.read(&mut buffer) {
                Ok(0) => return self.forget(index),
                Err(_) => return,
                Ok(length) => connection.read.extend(&buffer[..length]),
            }
            if connection.websocket {
                self.answer_pings(index);
            } else {
                self.answer_request(index);
            }
        }
    }

    fn forget(&mut self, index: usize) {
        for topic in self.topics.values_mut() {
            topic.subscribers.retain(|subscriber| *subscriber != index);
        }
    }

    /// `GET /ws/{topic}` or `POST /publish/{topic}`, as the load sends them.
    fn answer_request(&mut self, index: usize) {
        let connection = &mut self.connections[index];
        let bytes = std::mem::take(&mut connection.read);
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
            connection.read = bytes;
            return;
        };
        let header = std::str::from_utf8(&bytes[..end]).unwrap_or_default();
        let path = header.split(' ').nth(1).unwrap_or_default();
        let (place, topic) = path.rsplit_once('/').unwrap_or_default();
        if place == "/ws" {
            connection.websocket = true;
            // The key of the load is always the same, so its answer is, too.
            connection.write(&[
                IoSlice::new(
                    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\
                      Connection: Upgrade\r\n\
                      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
                ),
                IoSlice::new(&frame(br#"{"type":"subscribed"}"#)),
            ]);
            self.topics
                .entry(topic.to_owned())
                .or_default()
                .subscribers
                .push(index);
            return;
        }
        let length = header
            .lines()
            .find_map(|line| line.strip_prefix("Content-Length: "))
            .and_then(|length| length.parse::<usize>().ok())
            .unwrap_or(0);
        if bytes.len() < end + 4 + length {
            connection.read = bytes;
            return;
        }
        let body = std::str::from_utf8(&bytes[end + 4..]).unwrap_or_default();
        self.publish(topic, body);
        self.connections[index].write(&[IoSlice::new(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        )]);
    }

    fn publish(&mut self, name: &str, body: &str) {
        let Some(topic) = self.topics.get_mut(name) else {
            return;
        };
        topic.seq += 1;
        let text = format!(
            r#"{{"type":"quotes.update","msg_id":"01a1f938-40cf-7619-bad2-86f6fd53c25b","direction":"s2c","timestamp":"2026-11-20T13:49:35.823Z","topic":"{name}","seq":{},"payload":{body}}}"#,
            topic.seq
        );
        let frame = frame(text.as_bytes());
        match self.mode {
            Mode::Single => {
                for subscriber in &topic.subscribers {
                    self.connections[*subscriber].write(&[IoSlice::new(&frame)]);
                }
            }
            Mode::Vectored => {
                if topic.waiting.is_empty() {
                    self.dirty.push(name.to_owned());
                }
                topic.waiting.push(frame.into());
            }
        }
    }

    fn flush(&mut self) {
        for name in self.dirty.drain(..) {
            let Some(topic) = self.topics.get_mut(&name) else {
                continue;
            };
            for frames in topic.waiting.chunks(MOST_SLICES) {
                let slices: Vec<_> = frames.iter().map(|frame| IoSlice::new(frame)).collect();
                for subscriber in &topic.subscribers {
                    self.connections[*subscriber].write(&slices);
                }
            }
            topic.waiting.clear();
        }
    }

    /// Answers what the load calls a ping, without looking at more than its id.
    fn answer_pings(&mut self, index: usize) {
        let connection = &mut self.connections[index];
        let bytes = std::mem::take(&mut connection.read);
        let mut rest = &bytes[..];
        let mut answers = Vec::new();
        while let [_, short, ..] = rest {
            let length = 6 + usize::from(short & 0x7f);
            let Some(text) = rest.get(6..length) else {
                break;
            };
            // The mask of the load is zero.
            let text = std::str::from_utf8(text).unwrap_or_default();
            let id = text
                .split(r#""msg_id":""#)
                .nth(1)
                .and_then(|text| text.split('"').next());
            let answer = format!(
                r#"{{"type":"pong","msg_id":"{}","direction":"s2c","timestamp":"2026-11-20T13:49:35.823Z","payload":{{"server_time":"2026-11-20T13:49:35.823Z"}}}}"#,
                id.unwrap_or_default()
            );
            let answer = frame(answer.as_bytes());
            match self.mode {
                Mode::Single => connection.write(&[IoSlice::new(&answer)]),
                Mode::Vectored => answers.extend(answer),
            }
            rest = &rest[length..];
        }
        connection.read = rest.to_vec();
        if !answers.is_empty() {
            connection.write(&[IoSlice::new(&answers)]);
        }
    }
}

impl Connection {
    fn write(&mut self, slices: &[IoSlice<'_>]) {
        let mut written = 0;
        if self.backlog.is_empty() {
            written = match slices {
                [one] => self.stream.write(one),
                several => self.stream.write_vectored(several),
            }
            .unwrap_or(0);
        }
        for slice in slices {
            let skipped = written.min(slice.len());
            self.backlog.extend(&slice[skipped..]);
            written -= skipped;
        }
    }
}

/// A text frame from a server.
fn frame(text: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x81];
    match text.len() {
        length @ 0..126 => frame.push(length as u8),
        length => {
            frame.push(126);
            frame.extend((length as u16).to_be_bytes());
        }
    }
    frame.extend(text);
    frame
}
