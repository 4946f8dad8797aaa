//! Plain HTTP, and plain bytes.

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, Version};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use super::within;

/// An answer over HTTP.
#[derive(Debug)]
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, as it came.
    pub body: Bytes,
}

impl Reply {
    /// A header as text, empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }
}

/// Asks on a connection of its own.
pub async fn http(
    address: SocketAddr,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Reply {
    request(address, Version::HTTP_11, method, path, headers, body).await
}

/// The same in another version of HTTP/1.
pub async fn request(
    address: SocketAddr,
    version: Version,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Reply {
    let mut request = Request::builder()
        .version(version)
        .method(method)
        .uri(path)
        .header("host", address.to_string());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body.into()).unwrap();
    let answered = async {
        let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
        let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await.unwrap();
        let connection = tokio::spawn(connection);
        let (parts, body) = sender.send_request(request).await.unwrap().into_parts();
        let body = axum::body::to_bytes(Body::new(body), usize::MAX)
            .await
            .unwrap();
        connection.abort();
        Reply {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    };
    within(path, answered).await
}

/// GET.
pub async fn get(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Reply {
    http(address, Method::GET, path, headers, Body::empty()).await
}

/// POST of JSON.
pub async fn post(address: SocketAddr, path: &str, body: impl Into<Body>) -> Reply {
    let json = [("content-type", "application/json")];
    http(address, Method::POST, path, &json, body).await
}

/// The client's part of a WebSocket's handshake.
pub const HANDSHAKE: &str = "GET /ws HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\n\
    connection: upgrade\r\nsec-websocket-version: 13\r\n\
    sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// A WebSocket without a library, for what no library sends.
pub struct Raw {
    stream: TcpStream,
}

impl Raw {
    /// Past the handshake and the `welcome`.
    pub async fn open(address: SocketAddr) -> Self {
        let mut raw = Self::connect(address).await;
        raw.send(HANDSHAKE.as_bytes()).await;
        raw.welcomed().await;
        raw
    }

    /// The server's part of the handshake, and the `welcome`.
    pub async fn welcomed(&mut self) {
        let head = self.head().await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
        let (opcode, welcome) = self.next_frame().await.expect("a welcome");
        assert_eq!(opcode, 0x81, "{welcome:?}");
    }

    /// Nothing but a connection.
    pub async fn connect(address: SocketAddr) -> Self {
        let stream = within("a connection", TcpStream::connect(address));
        let stream = stream.await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream }
    }

    /// The same, from an address of one's own.
    pub async fn connect_from(source: [u8; 4], address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind((source, 0).into()).unwrap();
        let stream = within("a connection", socket.connect(address));
        let stream = stream.await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream }
    }

    /// The same as [`Self::open`], but the system takes only some kilobytes before they are read.
    pub async fn narrow(address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let stream = within("a connection", socket.connect(address));
        let mut raw = Self {
            stream: stream.await.unwrap(),
        };
        raw.send(HANDSHAKE.as_bytes()).await;
        raw.welcomed().await;
        raw
    }

    /// Sends the head of a request; with the head of the answer.
    pub async fn handshake(address: SocketAddr, request: &str) -> (String, Self) {
        let mut raw = Self::connect(address).await;
        raw.send(request.as_bytes()).await;
        (raw.head().await, raw)
    }

    /// The head of the answer that comes next.
    pub async fn head(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(within("a head", self.stream.read_u8()).await.unwrap());
        }
        String::from_utf8(head).unwrap()
    }

    /// Goes without a word: the peer gets a reset, not an end.
    pub fn reset(self) {
        let socket = socket2::SockRef::from(&self.stream);
        socket.set_linger(Some(Duration::ZERO)).unwrap();
    }

    /// Sends each byte in a packet of its own.
    pub async fn send_bytewise(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.send(&[*byte]).await;
            tokio::task::yield_now().await;
        }
    }

    /// What still comes until the server ends the connection, in order or not.
    pub async fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        let mut chunk = vec![0; 65_536];
        while let Ok(count @ 1..) = within("the end", self.stream.read(&mut chunk)).await {
            rest.extend_from_slice(&chunk[..count]);
        }
        rest
    }

    /// The orderly end of the connection, which has to come next: a reset is none.
    pub async fn end(&mut self) {
        let read = within("the end", self.stream.read(&mut [0; 1])).await;
        assert_eq!(read.expect("no reset"), 0);
        // Linux does not tell of a reset behind the end but here.
        assert!(self.stream.take_error().unwrap().is_none(), "a reset");
    }

    /// Reads exactly this much.
    pub async fn read(&mut self, bytes: &mut [u8]) {
        let read = within("bytes", self.stream.read_exact(bytes));
        read.await.unwrap();
    }

    /// Sends the same over and over, and reads nothing, until the server resets the connection.
    pub async fn flood(&mut self, bytes: &[u8]) {
        while self.stream.write_all(bytes).await.is_ok() {}
    }

    /// Sends a byte at a time, until the server does not take them any more.
    pub async fn drip(&mut self, bytes: impl Iterator<Item = u8>) {
        for byte in bytes {
            if self.stream.write_all(&[byte]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Sends these bytes as they are.
    pub async fn send(&mut self, bytes: &[u8]) {
        within("sending", self.stream.write_all(bytes))
            .await
            .unwrap();
    }

    /// Sends bytes while reading, so that neither side waits for the other; what came back, up to
    /// the end of the stream. A reset instead of an orderly end panics.
    pub async fn exchange(self, bytes: Vec<u8>) -> Vec<(u8, Vec<u8>)> {
        let (mut reader, mut writer) = self.stream.into_split();
        let writing = tokio::spawn(async move {
            // The server may stop reading: that is the point of some tests.
            writer.write_all(&bytes).await.is_ok()
        });
        let mut received = Vec::new();
        let mut chunk = [0; 4096];
        loop {
            match within("the end", reader.read(&mut chunk)).await {
                Ok(0) => break,
                Ok(count) => received.extend_from_slice(&chunk[..count]),
                Err(error) => panic!("the connection was torn down: {error}"),
            }
        }
        writing.abort();
        split_frames(&received)
    }

    /// The next frame: its first byte and its payload; `None` at the end.
    pub async fn next_frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let mut header = [0; 2];
        if within("a frame", self.stream.read_exact(&mut header))
            .await
            .is_err()
        {
            return None;
        }
        let length = match header[1] {
            126 => usize::from(self.stream.read_u16().await.unwrap()),
            127 => usize::try_from(self.stream.read_u64().await.unwrap()).unwrap(),
            length => usize::from(length),
        };
        let mut payload = vec![0; length];
        self.stream.read_exact(&mut payload).await.unwrap();
        Some((header[0], payload))
    }

    /// The close code that comes next.
    pub async fn close_code(&mut self) -> Option<u16> {
        let (first, payload) = self.next_frame().await?;
        assert_eq!(first, 0x88, "{}", String::from_utf8_lossy(&payload));
        Some(u16::from_be_bytes([payload[0], payload[1]]))
    }
}

/// The frames in these bytes: their first bytes and their payloads.
pub fn split_frames(bytes: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut frames = Vec::new();
    let mut rest = bytes;
    while let Some((first, payload, after)) = split_frame(rest) {
        frames.push((first, payload.to_vec()));
        rest = after;
    }
    frames
}

fn split_frame(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (header, rest) = bytes.split_at_checked(2)?;
    let (length, rest) = match header[1] {
        126 => {
            let (length, rest) = rest.split_first_chunk()?;
            (usize::from(u16::from_be_bytes(*length)), rest)
        }
        127 => {
            let (length, rest) = rest.split_first_chunk()?;
            (usize::try_from(u64::from_be_bytes(*length)).ok()?, rest)
        }
        length => (usize::from(length), rest),
    };
    let (payload, rest) = rest.split_at_checked(length)?;
    Some((header[0], payload, rest))
}

/// A masked frame, with this first byte.
pub fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];
    let mut bytes = vec![first];
    match payload.len() {
        length @ 0..=125 => bytes.push(0x80 | length as u8),
        length @ 126..=0xffff => {
            bytes.push(0x80 | 126);
            bytes.extend_from_slice(&(length as u16).to_be_bytes());
        }
        length => {
            bytes.push(0x80 | 127);
            bytes.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
    bytes.extend_from_slice(&MASK);
    let masked = payload.iter().zip(MASK.iter().cycle());
    bytes.extend(masked.map(|(byte, mask)| byte ^ mask));
    bytes
}
