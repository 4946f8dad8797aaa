//! Encrypted connections, and certificates that are exchanged while they go on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::support::client::Io;
use crate::support::plain::Raw;
use crate::support::server::handshake;
use crate::support::{Client, Log, Server, within};

/// A certificate for localhost in two files.
struct Pair {
    folder: TempDir,
    certificate: CertificateDer<'static>,
}

impl Pair {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let certificate = write(folder.path());
        Self {
            folder,
            certificate,
        }
    }

    /// Another certificate in the same files.
    fn renew(&mut self) {
        self.certificate = write(self.folder.path());
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn key(&self) -> String {
        std::fs::read_to_string(self.file("key.pem")).unwrap()
    }

    async fn server(&self, flags: &[&str]) -> Server {
        let [certificate, key] = ["cert.pem", "key.pem"].map(|name| self.file(name));
        let (certificate, key) = (certificate.to_str().unwrap(), key.to_str().unwrap());
        let tls = ["--tls-cert", certificate, "--tls-key", key];
        Server::start(&[&tls[..], flags].concat()).await
    }

    /// A stream of a client that believes this certificate alone.
    async fn stream(&self, server: &Server) -> std::io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let socket = TcpStream::connect(server.address).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let connecting = TlsConnector::from(Arc::new(config)).connect(name, socket);
        within("a TLS handshake", connecting).await
    }

    async fn client(&self, server: &Server) -> Client {
        let stream: Box<dyn Io> = Box::new(self.stream(server).await.unwrap());
        let request = handshake(server.address, "/ws", &[]);
        let shaken = tokio_tungstenite::client_async(request, stream);
        let (socket, _) = within("the handshake", shaken).await.unwrap();
        let mut client = Client::new(socket);
        client.expect("welcome").await;
        client
    }
}

fn write(folder: &Path) -> CertificateDer<'static> {
    let names = vec!["localhost".to_owned()];
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
    std::fs::write(folder.join("cert.pem"), cert.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), signing_key.serialize_pem()).unwrap();
    cert.der().clone()
}

#[tokio::test]
async fn a_websocket_over_tls() {
    let pair = Pair::new();
    let market = ["--source", "synthetic", "--symbols", "1", "--rate", "2000"];
    let server = pair.server(&market).await;
    let mut client = pair.client(&server).await;
    client
        .get("trades.subscribe", json!({"symbol": "SYN0001"}))
        .await;
    for seq in 1..=500 {
        assert_eq!(client.expect("trades.update").await["seq"], seq);
    }
    // Documents too, and what is refused is read to its end.
    let mut stream = pair.stream(&server).await.unwrap();
    let request = "GET /ws/asyncapi.yaml HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    within("the answer", stream.read_to_end(&mut answer))
        .await
        .unwrap();
    assert!(answer.ends_with(tickwire::app::CONTRACT.as_bytes()));
    assert_eq!(stream.get_ref().1.alpn_protocol(), None, "none was offered");
}

#[tokio::test]
async fn a_page_over_tls_has_the_scheme_of_https() {
    let pair = Pair::new();
    let server = pair.server(&["--modules", "none"]).await;
    for (origin, status) in [("https://localhost", 101), ("http://localhost", 403)] {
        let mut stream = pair.stream(&server).await.unwrap();
        let origin = format!("\r\norigin: {origin}\r\n\r\n");
        let request = crate::support::plain::HANDSHAKE.replacen("\r\n\r\n", &origin, 1);
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = [0; 13];
        within("a head", stream.read_exact(&mut head))
            .await
            .unwrap();
        assert_eq!(head, *format!("HTTP/1.1 {status} ").as_bytes());
    }
}

#[tokio::test]
async fn a_certificate_is_exchanged_under_open_connections() {
    let log = Log::capture();
    let mut pair = Pair::new();
    let server = pair.server(&["--modules", "none"]).await;
    let certificates = server.inner.tls.clone().unwrap();
    let mut client = pair.client(&server).await;

    let old = pair.certificate.clone();
    pair.renew();
    // Not read yet, so that who believes the new one alone does not get in.
    pair.stream(&server).await.unwrap_err();
    certificates.reload().unwrap();
    let mut newer = pair.client(&server).await;
    let new = std::mem::replace(&mut pair.certificate, old);
    pair.stream(&server).await.unwrap_err();
    pair.certificate = new;

    // What cannot be used changes nothing: half of a renewal, nonsense, nothing.
    let key = std::fs::read(pair.file("key.pem")).unwrap();
    let foreign = Pair::new().key();
    let rows: [(&str, &[u8], &str); 4] = [
        ("key.pem", b"", "cannot read"),
        ("key.pem", foreign.as_bytes(), "does not fit"),
        ("cert.pem", b"nonsense", "no certificate"),
        (
            "cert.pem",
            b"-----BEGIN CERTIFICATE-----\nAAAA\n",
            "cannot read",
        ),
    ];
    for (file, content, expected) in rows {
        let before = std::fs::read(pair.file(file)).unwrap();
        std::fs::write(pair.file(file), content).unwrap();
        let error = certificates.reload().unwrap_err().to_string();
        assert!(error.contains(expected), "{file}: {error}");
        assert!(!error.contains("PRIVATE"), "{error}");
        pair.client(&server).await.alive().await;
        std::fs::write(pair.file(file), before).unwrap();
    }
    assert_eq!(std::fs::read(pair.file("key.pem")).unwrap(), key);
    client.alive().await;
    newer.alive().await;
    assert_eq!(log.lines("ERROR"), [""; 0]);
}

/// Who connects and does not speak TLS, or says nothing, is let go in time, and keeps nobody out.
#[tokio::test]
async fn who_does_not_speak_tls() {
    let pair = Pair::new();
    let server = pair
        .server(&["--modules", "none", "--handshake-timeout", "300ms"])
        .await;
    let mut silent = Raw::connect(server.address).await;
    let mut plain = Raw::connect(server.address).await;
    plain
        .send(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await;
    plain.rest().await;
    pair.client(&server).await.alive().await;
    assert_eq!(silent.rest().await, b"");
}

/// Handshakes that do not end, and headers without end, cost as little as without TLS.
#[tokio::test]
async fn slow_and_giant_headers_over_tls() {
    let pair = Pair::new();
    let flags = [
        "--modules=none",
        "--handshake-timeout=500ms",
        "--max-header-bytes=3000",
    ];
    let server = pair.server(&flags).await;
    let begun = &crate::support::plain::HANDSHAKE.as_bytes()[..60];
    let mut half = pair.stream(&server).await.unwrap();
    half.write_all(begun).await.unwrap();
    let mut endless = pair.stream(&server).await.unwrap();
    endless.write_all(begun).await.unwrap();
    let drip = async {
        // Ends when the server does not listen any more.
        while endless.write_all(b"x").await.is_ok() {
            tokio::task::yield_now().await;
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    within("the end of its patience", drip).await;
    let mut answer = Vec::new();
    // Whether it says goodbye by TLS or not.
    let _ended = within("the end", half.read_to_end(&mut answer)).await;
    assert_eq!(answer, b"");

    let mut giant = pair.stream(&server).await.unwrap();
    let request = format!(
        "GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n",
        "y".repeat(4_000)
    );
    giant.write_all(request.as_bytes()).await.unwrap();
    let mut head = [0; 13];
    within("a head", giant.read_exact(&mut head)).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 431 ");
    pair.client(&server).await.alive().await;
}
