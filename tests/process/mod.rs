//! The program itself in a process of its own, and requests to it by hand.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// The program, without what this process happens to have in its environment.
pub fn tickwire(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickwire"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TICKWIRE_") {
            command.env_remove(name);
        }
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

/// A running server; killed, should the test fail.
pub struct Server {
    /// The process. Its log is to be read, or else it stops when the pipe is full.
    pub child: Child,
    /// What it prints.
    pub out: BufReader<ChildStdout>,
    address: SocketAddr,
    /// Of the operators' routes.
    admin: SocketAddr,
}

impl Server {
    /// Starts one, and waits until it listens.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut address = || {
            let mut line = String::new();
            out.read_line(&mut line).unwrap();
            let address = line.split("http://").nth(1).unwrap();
            let (address, _) = address.split_once('/').unwrap();
            let (_, port) = address.rsplit_once(':').unwrap();
            ([127, 0, 0, 1], port.parse().unwrap()).into()
        };
        let (address, admin) = (address(), address());
        Self {
            child,
            out,
            address,
            admin,
        }
    }

    /// Sends a request and messages behind it; all that is answered, to the end of the connection, of a
    /// refusal, or the answer to a `ping`, which is the last message.
    pub fn ask(&self, request: &str, messages: &[&str]) -> String {
        Self::ask_at(self.address, request, messages)
    }

    /// The same of the operators' routes.
    pub fn ask_as_operator(&self, request: &str) -> String {
        Self::ask_at(self.admin, request, &[])
    }

    fn ask_at(address: SocketAddr, request: &str, messages: &[&str]) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        let patience = Some(Duration::from_secs(30));
        stream.set_read_timeout(patience).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        let mut chunk = [0; 4_096];
        for text in messages {
            stream.write_all(&masked(text)).unwrap();
        }
        loop {
            let read = match stream.read(&mut chunk) {
                Ok(read) => read,
                // What it has not read of a refused client's messages.
                Err(error) if error.kind() == ErrorKind::ConnectionReset => 0,
                Err(error) => panic!("{error}"),
            };
            answer.extend_from_slice(&chunk[..read]);
            let text = String::from_utf8_lossy(&answer);
            let refused = text.starts_with("HTTP/1.1 4") && text.ends_with('}');
            if read == 0 || refused || text.contains("\"type\":\"pong\"") {
                return text.into_owned();
            }
        }
    }

    /// A handshake with these headers, and then these messages.
    pub fn socket(&self, path: &str, headers: &str, messages: &[&str]) -> String {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"
        );
        self.ask(
            &request,
            &[messages, &[r#"{"type":"ping","payload":{}}"#]].concat(),
        )
    }

    /// POSTs JSON with a token.
    pub fn post(&self, path: &str, token: &str, body: &str) -> String {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        if path.starts_with("/admin/") {
            self.ask_as_operator(&request)
        } else {
            self.ask(&request, &[])
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.child.kill();
    }
}

/// A text message of a client.
fn masked(text: &str) -> Vec<u8> {
    let mut bytes = vec![0x81];
    match u16::try_from(text.len()).unwrap() {
        length @ 0..=125 => bytes.push(0x80 | length as u8),
        length => {
            bytes.push(0x80 | 126);
            bytes.extend_from_slice(&length.to_be_bytes());
        }
    }
    // A mask of zeros.
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice(text.as_bytes());
    bytes
}
