//! The endpoints that `conformance/run.sh` tests: echoes on the WebSocket layer of `/ws`.
//!
//! One writes to plain sockets, one to streams of any other kind, as under TLS. Both agree on
//! permessage-deflate with whoever offers it, and compress every message. Prints the address of each
//! and serves until it is killed. Only the answer to the handshake is written here anew;
//! the run tests what follows it.

use std::time::Duration;

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use tickwire::delivery::Transport;
use tickwire::wire::Compressed;
use tickwire::wire::websocket::{Deflate, accept_key};
use tokio::net::{TcpListener, TcpStream};

/// The largest message of the suite (9.1.6, 9.2.6).
const MAX_BYTES: usize = 16 * 1024 * 1024;
/// No case waits for so long.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// What a connection runs over.
type Wrap = fn(TcpStream) -> Transport;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let sockets = TcpListener::bind("127.0.0.1:0").await?;
    let streams = TcpListener::bind("127.0.0.1:0").await?;
    println!("{} {}", sockets.local_addr()?, streams.local_addr()?);
    tokio::try_join!(
        serve(sockets, Transport::Tcp),
        serve(streams, Transport::other)
    )?;
    Ok(())
}

async fn serve(listener: TcpListener, wrap: Wrap) -> anyhow::Result<()> {
    loop {
        let (socket, _) = listener.accept().await?;
        socket.set_nodelay(true)?;
        tokio::spawn(async move {
            let service = service_fn(move |request| async move { upgrade(request, wrap) });
            let served = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(socket), service)
                .with_upgrades()
                .await;
            if let Err(error) = served {
                eprintln!("{error}");
            }
        });
    }
}

fn upgrade(mut request: Request<Incoming>, wrap: Wrap) -> anyhow::Result<Response<String>> {
    let Some(key) = request.headers().get(header::SEC_WEBSOCKET_KEY) else {
        let mut response = Response::new("this is a WebSocket endpoint\n".to_owned());
        *response.status_mut() = StatusCode::UPGRADE_REQUIRED;
        return Ok(response);
    };
    let accept = accept_key(key.to_str()?);
    let offers = request.headers().get_all(header::SEC_WEBSOCKET_EXTENSIONS);
    let deflate = Deflate::negotiate(offers.iter().filter_map(|offer| offer.to_str().ok()));
    let compressed = deflate.map(|deflate| Compressed {
        deflate,
        threshold: 1,
    });
    let upgraded = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        match upgraded.await {
            Ok(upgraded) => match upgraded.downcast::<TokioIo<TcpStream>>() {
                Ok(parts) => {
                    let transport = wrap(parts.io.into_inner());
                    let early = parts.read_buf;
                    tickwire::session::echo(transport, early, compressed, MAX_BYTES, CLOSE_TIMEOUT)
                        .await;
                }
                Err(_) => eprintln!("a connection that is no TCP stream"),
            },
            Err(error) => eprintln!("{error}"),
        }
    });
    let mut response = Response::builder()
        .status(StatusCode::SWITCHING_PROTOCOLS)
        .header(header::UPGRADE, "websocket")
        .header(header::CONNECTION, "Upgrade")
        .header(header::SEC_WEBSOCKET_ACCEPT, accept);
    if let Some(deflate) = deflate {
        response = response.header(header::SEC_WEBSOCKET_EXTENSIONS, deflate.answer());
    }
    Ok(response.body(String::new())?)
}
