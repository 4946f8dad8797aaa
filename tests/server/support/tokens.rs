//! Tokens of all kinds, and a server with topics that are not everybody's.

use std::net::SocketAddr;

use chrono::Utc;
use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tempfile::NamedTempFile;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::http::{HeaderValue, Request};

use super::client::Io;
use super::plain::{Reply, http};
use super::server::handshake;
use super::{Client, Server, within};

/// What the server and the tests sign with.
pub const SECRET: &str = "the secret of the server in the tests, which is long";

/// Who may do all that the guarded contract asks for.
pub const ALL: [&str; 3] = ["trades:read", "symbols:read", "market:publish"];

/// Claims of a token that is valid for ten minutes, with others added; `null` removes one.
pub fn claims(sub: &str, permissions: &[&str], others: Value) -> Value {
    let now = Utc::now().timestamp();
    let mut claims = json!({"sub": sub, "iat": now, "exp": now + 600, "iss": "issuer", "aud": "tickwire",
        "permissions": permissions});
    let fields = claims.as_object_mut().unwrap();
    fields.extend(others.as_object().unwrap().clone());
    fields.retain(|_, value| !value.is_null());
    claims
}

/// Signs claims by the secret.
pub fn signed(claims: &Value) -> String {
    signed_by(SECRET.as_bytes(), claims)
}

/// Signs claims by another secret.
pub fn signed_by(secret: &[u8], claims: &Value) -> String {
    let key = EncodingKey::from_secret(secret);
    jsonwebtoken::encode(&Header::default(), claims, &key).unwrap()
}

/// Signs by ECDSA, with the test's private key, under this name.
pub fn signed_by_ec(kid: &str, claims: &Value) -> String {
    let mut header = Header::new(Algorithm::ES256);
    header.kid = Some(kid.to_owned());
    let key = EncodingKey::from_ec_der(include_bytes!(
        "../../../src/auth/verifier/test-keys/ec.der"
    ));
    jsonwebtoken::encode(&header, claims, &key).unwrap()
}

/// A token of `sub` with these permissions.
pub fn token(sub: &str, permissions: &[&str]) -> String {
    signed(&claims(sub, permissions, json!({})))
}

/// The same claims, and nobody has signed them.
pub fn unsigned(claims: &Value) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    format!("{}.{}.", part(&json!({"alg": "none"})), part(claims))
}

/// The built-in contract: trades need a permission, a quote's symbol names its owner, bars are public;
/// `symbols.resolve` needs a permission, and whoever publishes another one.
pub fn guarded_contract() -> String {
    let text = tickwire::app::CONTRACT
        .replace(
            "retention: {replay: 1000}\n      permissions: []",
            "retention: {replay: 1000}\n      permissions: ['trades:read']",
        )
        .replace(
            "retention: {replay: 1}\n      permissions: []",
            "retention: {replay: 1}\n      permissions: []\n      owner: symbol",
        );
    let (before, after) = text.split_at(text.rfind("x-permissions: []").unwrap());
    let after = after.replacen("x-permissions: []", "x-permissions: ['symbols:read']", 1);
    before.to_owned() + &after
}

/// A server for that contract, whose topics are published from outside.
pub struct Guarded {
    /// The server.
    pub server: Server,
    _files: [NamedTempFile; 2],
}

impl Guarded {
    /// Starts one with these flags more.
    pub async fn start(flags: &[&str]) -> Self {
        let published = "source: publish\n      publish_permissions: ['market:publish']";
        let contract = guarded_contract().replace("source: service", published);
        Self::serve(&contract, flags).await
    }

    /// Starts one for another contract.
    pub async fn serve(contract: &str, flags: &[&str]) -> Self {
        let spec = NamedTempFile::with_suffix(".yaml").unwrap();
        std::fs::write(spec.path(), contract).unwrap();
        let secret = NamedTempFile::new().unwrap();
        std::fs::write(secret.path(), SECRET).unwrap();
        let path = |file: &NamedTempFile| file.path().to_str().unwrap().to_owned();
        let arguments = [
            "--spec".to_owned(),
            path(&spec),
            "--jwt-secret-file".to_owned(),
            path(&secret),
            "--jwt-issuer=issuer".to_owned(),
            "--jwt-audience=tickwire".to_owned(),
        ];
        let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        // Most tests fail to authenticate more often than anybody should.
        if !flags
            .iter()
            .any(|flag| flag.starts_with("--max-failed-auths"))
        {
            arguments.push("--max-failed-auths=1000000");
        }
        Self {
            server: Server::start(&[&arguments[..], flags].concat()).await,
            _files: [spec, secret],
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// POSTs JSON, with a token where there is one.
    pub async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Reply {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
        let address = if path.starts_with("/admin/") {
            self.server.admin
        } else {
            self.address()
        };
        http(
            address,
            axum::http::Method::POST,
            path,
            &headers,
            body.to_string(),
        )
        .await
    }

    /// A ticket for a token.
    pub async fn ticket(&self, token: &str) -> Result<String, u16> {
        let reply = self.post("/ws-ticket", Some(token), &json!({})).await;
        match reply.status.as_u16() {
            200 => Ok(reply.json()["ticket"].as_str().unwrap().to_owned()),
            status => Err(status),
        }
    }

    /// Revokes, with a token that may.
    pub async fn revoke(&self, what: Value) {
        let token = token("admin", &["admin:revoke"]);
        let reply = self.post("/admin/revocations", Some(&token), &what).await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }

    /// Publishes a trade of this price.
    pub async fn publish(&self, symbol: &str, price: u64) {
        let trade = trade(symbol, price);
        let token = token("publisher", &["market:publish"]);
        let path = format!("/publish/trades:{symbol}");
        let reply = self.post(&path, Some(&token), &trade).await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }

    /// A client that has shown a token in the header, and has been welcomed.
    pub async fn client(&self, token: &str) -> Client {
        let bearer = [("authorization", format!("Bearer {token}"))];
        let mut client = open(self.address(), "/ws", &bearer).await.unwrap();
        client.expect("welcome").await;
        client
    }
}

/// The payload of a trade.
pub fn trade(symbol: &str, price: u64) -> Value {
    json!({"price": price, "side": "buy", "size": 1.0, "symbol": symbol, "time": 0})
}

/// Opens a WebSocket with headers of one's own; the status where there is none.
pub async fn open(
    address: SocketAddr,
    path: &str,
    headers: &[(&'static str, String)],
) -> Result<Client, u16> {
    let mut request: Request<()> = handshake(address, path, &[]);
    for (name, value) in headers {
        let value = HeaderValue::from_str(value).unwrap();
        request.headers_mut().append(*name, value);
    }
    let stream: Box<dyn Io> = Box::new(TcpStream::connect(address).await.unwrap());
    let shaken = within(
        "the handshake",
        tokio_tungstenite::client_async(request, stream),
    );
    match shaken.await {
        Ok((socket, _)) => Ok(Client::new(socket)),
        Err(Error::Http(reply)) => Err(reply.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}
