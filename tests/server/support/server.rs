//! The server of `tickwire serve`, in this process and on a free port.

use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};

use clap::Parser;
use tickwire::app::App;
use tickwire::config::Cli;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::sync::OnceCell;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderValue, Request};
use tokio_util::sync::CancellationToken;

use super::client::Io;
use super::{Client, within};

/// A running server. Dropping it stops it.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where the operators' routes are.
    pub admin: SocketAddr,
    /// What it is made of.
    pub inner: Arc<tickwire::http::Server>,
    /// Asks it to stop.
    pub stop: CancellationToken,
    /// Ends when it has stopped.
    pub task: JoinHandle<()>,
}

/// Outlives the tests that share a server; each of them has a runtime of its own.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build().unwrap()
});

impl Server {
    /// A server that tests share, since starting one takes most of a second. It differs from the
    /// default in its patience with invalid frames.
    pub async fn shared() -> &'static Self {
        static SERVER: OnceCell<Server> = OnceCell::const_new();
        let start = || async {
            let started = RUNTIME.spawn(Self::start(&["--max-invalid-frames", "1000000"]));
            started.await.unwrap()
        };
        SERVER.get_or_init(start).await
    }

    /// Starts one with these flags.
    pub async fn start(flags: &[&str]) -> Self {
        let arguments = ["tickwire", "--listen", "127.0.0.1:0"];
        let cli = Cli::try_parse_from(arguments.iter().chain(flags)).expect("the flags are right");
        let app = App::start(&cli.serve).await.expect("the server starts");
        let stop = CancellationToken::new();
        Self {
            address: app.address().unwrap(),
            admin: app.admin_address().unwrap(),
            inner: Arc::clone(app.server()),
            task: tokio::spawn(app.run(stop.clone())),
            stop,
        }
    }

    /// A client that has been welcomed.
    pub async fn client(&self) -> Client {
        let mut client = self.connect("/ws", &[]).await;
        client.expect("welcome").await;
        client
    }

    /// A client on this path that offers these subprotocols.
    pub async fn connect(&self, path: &str, protocols: &[&str]) -> Client {
        connect(self.address, path, protocols).await
    }

    /// How many topics there are, how many are interested in them, how many connections are open.
    pub fn counts(&self) -> (usize, usize, usize) {
        let stats = self.inner.services.hub.stats();
        (stats.topics, stats.interest, self.inner.connections.count())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.cancel();
        self.task.abort();
    }
}

/// A client of whatever listens at this address.
pub async fn connect(address: SocketAddr, path: &str, protocols: &[&str]) -> Client {
    let stream = TcpStream::connect(address).await.unwrap();
    let stream: Box<dyn Io> = Box::new(stream);
    let request = handshake(address, path, protocols);
    let shaken = tokio_tungstenite::client_async(request, stream);
    let (socket, _) = within("the handshake", shaken).await.unwrap();
    Client::new(socket)
}

/// The request that opens a WebSocket.
pub fn handshake(address: SocketAddr, path: &str, protocols: &[&str]) -> Request<()> {
    let url = format!("ws://{address}{path}");
    let mut request = url.into_client_request().unwrap();
    if !protocols.is_empty() {
        let value = HeaderValue::from_str(&protocols.join(", ")).unwrap();
        request
            .headers_mut()
            .insert("sec-websocket-protocol", value);
    }
    request
}
