//! The two kinds of connections to a server: one that reads, one that publishes.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddrV4, TcpStream};
use std::time::Duration;

use mio::{Interest, Registry, Token};
use socket2::{Domain, Socket, Type};

use crate::frames::{self, Frame};

/// Connections from one source address: far fewer than there are ports.
const PER_ADDRESS: usize = 1000;

/// The `index`th connection: each thousand comes from an address of its own in 127.0.0.0/8.
fn connect(index: usize, server: SocketAddrV4, receive: Option<usize>) -> io::Result<TcpStream> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    if let Some(bytes) = receive {
        socket.set_recv_buffer_size(bytes)?;
    }
    let host = (index / PER_ADDRESS) as u32;
    let source = Ipv4Addr::from(u32::from(Ipv4Addr::new(127, 0, 1, 1)) + host);
    socket.bind(&SocketAddrV4::new(source, 0).into())?;
    socket.connect(&server.into())?;
    socket.set_tcp_nodelay(true)?;
    Ok(socket.into())
}

/// A WebSocket.
pub struct Subscriber {
    stream: mio::net::TcpStream,
    /// The beginning of a frame whose end has not come yet.
    rest: Vec<u8>,
    pub topic: usize,
    /// The last number that came.
    pub seq: u64,
    pub received: u64,
    /// Set by whoever closed it: a close code, or 0 for an end without one.
    pub closed: Option<u16>,
}

impl Subscriber {
    /// Connects and upgrades; what the server says after the handshake is read later.
    pub fn open(
        index: usize,
        server: SocketAddrV4,
        topic: usize,
        hello: Option<&str>,
        receive: Option<usize>,
    ) -> io::Result<Self> {
        let mut stream = connect(index, server, receive)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        let name = topic_name(topic);
        let path = if hello.is_some() {
            String::new()
        } else {
            format!("/{name}")
        };
        write!(
            stream,
            "GET /ws{path} HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\n\
             Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        )?;
        // The end of the header, and what came behind it.
        let mut rest = Vec::new();
        let end = loop {
            let mut chunk = [0; 4096];
            let length = stream.read(&mut chunk)?;
            rest.extend(&chunk[..length]);
            if let Some(end) = rest.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
            if length == 0 {
                return Err(io::Error::other("the server ended the handshake"));
            }
        };
        if !rest.starts_with(b"HTTP/1.1 101") {
            let answer = String::from_utf8_lossy(&rest).into_owned();
            return Err(io::Error::other(answer));
        }
        rest.drain(..end);
        if let Some(hello) = hello {
            let hello = hello.replace("{topic}", &name);
            stream.write_all(&frames::masked(frames::TEXT, hello.as_bytes()))?;
        }
        stream.set_read_timeout(None)?;
        stream.set_nonblocking(true)?;
        Ok(Self {
            stream: mio::net::TcpStream::from_std(stream),
            rest,
            topic,
            seq: 0,
            received: 0,
            closed: None,
        })
    }

    pub fn register(&mut self, registry: &Registry, token: Token) -> io::Result<()> {
        registry.register(&mut self.stream, token, Interest::READABLE)
    }

    /// Sends text frames; what a client sends here always fits.
    pub fn send(&mut self, frames: &[u8]) -> io::Result<()> {
        (&self.stream).write_all(frames)
    }

    /// Reads all that has come and calls `take` with each text. `buffer` is scratch space.
    pub fn read(&mut self, buffer: &mut [u8], mut take: impl FnMut(&mut Self, &[u8])) {
        loop {
            let kept = self.rest.len();
            buffer[..kept].copy_from_slice(&self.rest);
            let length = match (&self.stream).read(&mut buffer[kept..]) {
                Ok(0) => return self.end(0),
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    // What came right behind the handshake is in `rest` only.
                    if kept == 0 {
                        return;
                    }
                    0
                }
                Err(_) => return self.end(0),
            };
            let mut bytes = &buffer[..kept + length];
            while let Some((frame, used)) = frames::first(bytes) {
                self.take_frame(frame, &mut take);
                bytes = &bytes[used..];
            }
            self.rest.clear();
            self.rest.extend(bytes);
            // A read that did not fill the buffer has emptied the socket (epoll(7), question 9).
            if kept + length < buffer.len() {
                return;
            }
        }
    }

    fn take_frame(&mut self, frame: Frame<'_>, take: &mut impl FnMut(&mut Self, &[u8])) {
        match frame.opcode {
            frames::TEXT => take(self, frame.payload),
            frames::PING => {
                // A pong that cannot be sent is a connection that is gone, which the next read tells.
                let _gone = self.send(&frames::masked(0xA, frame.payload));
            }
            frames::CLOSE => {
                let code = frame.payload.first_chunk().copied();
                self.end(code.map_or(1005, u16::from_be_bytes));
            }
            _ => {}
        }
    }

    fn end(&mut self, code: u16) {
        self.closed.get_or_insert(code);
    }
}

/// A keep-alive HTTP connection that publishes, one after the other.
pub struct Publisher {
    stream: mio::net::TcpStream,
    response: Vec<u8>,
}

impl Publisher {
    pub fn open(index: usize, server: SocketAddrV4) -> io::Result<Self> {
        let stream = connect(index, server, None)?;
        stream.set_nonblocking(true)?;
        Ok(Self {
            stream: mio::net::TcpStream::from_std(stream),
            response: Vec::new(),
        })
    }

    pub fn register(&mut self, registry: &Registry, token: Token) -> io::Result<()> {
        registry.register(&mut self.stream, token, Interest::READABLE)
    }

    pub fn publish(&mut self, topic: usize, n: u64, pad: usize) -> io::Result<()> {
        let name = topic_name(topic);
        let symbol = name.strip_prefix("quotes:").unwrap_or_default();
        let cents = n % 10_000;
        let note = match pad {
            0 => String::new(),
            _ => format!(r#","note":"{:x<pad$}""#, ""),
        };
        let body = format!(
            r#"{{"symbol":"{symbol}","n":{n},"time":{},"bid":{}.{:02},"ask":{}.{:02},"bid_size":{},"ask_size":{}{note}}}"#,
            1_793_633_400_000 + n,
            100 + cents / 100,
            cents % 100,
            101 + cents / 100,
            cents % 100,
            100 + cents % 7 * 100,
            100 + cents % 11 * 100,
        );
        let request = format!(
            "POST /publish/{name} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        (&self.stream).write_all(request.as_bytes())
    }

    /// Reads; true when the answer is complete.
    ///
    /// # Errors
    /// When the server refuses or ends.
    pub fn read(&mut self, buffer: &mut [u8]) -> io::Result<bool> {
        match (&self.stream).read(buffer) {
            Ok(0) => {
                return Err(io::Error::other(
                    "the server ended a publisher's connection",
                ));
            }
            Ok(length) => self.response.extend(&buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
            Err(error) => return Err(error),
        }
        let response = &self.response;
        let Some(end) = response.windows(4).position(|window| window == b"\r\n\r\n") else {
            return Ok(false);
        };
        let header = String::from_utf8_lossy(&response[..end]);
        let length = header.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let found = name.eq_ignore_ascii_case("content-length");
            found.then(|| value.trim().parse::<usize>().ok()).flatten()
        });
        let length = length.ok_or_else(|| io::Error::other("an answer without its length"))?;
        if response.len() < end + 4 + length {
            return Ok(false);
        }
        if !header.starts_with("HTTP/1.1 200") {
            return Err(io::Error::other(
                String::from_utf8_lossy(response).into_owned(),
            ));
        }
        self.response.clear();
        Ok(true)
    }
}

/// The name of a topic, `quotes:S0001`.
pub fn topic_name(topic: usize) -> String {
    format!("quotes:S{topic:04}")
}
