//! CPU time of a frame that leaves: each of many loopback sockets gets the same one or sixteen in a
//! turn. One thread writes to them in a row, then reads what arrived, which is not counted.

use std::io::Read;
use std::net::{TcpListener, TcpStream as Client};

use tokio::net::TcpStream;

use crate::clock;
use crate::frames;
use crate::layer::{
    BufferedFast, Buffers, Fast, Layer, Ours, Sockudo, Tungstenite, Websockets, Yawc,
};

const SOCKETS: usize = 1_000;
const TURNS: usize = 20;
const ROUNDS: usize = 9;
const PAYLOAD: usize = 190;
const CASES: [usize; 2] = [1, 16];

/// A connection of a layer, and its client.
type Pairs<L> = Vec<(L, Client)>;

pub fn run() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    println!(
        "Writing, nanoseconds of CPU time per frame of {PAYLOAD} bytes, median (range) of {ROUNDS}:\n"
    );
    println!("| | one frame in a turn | 16 frames |");
    println!("|---|--:|--:|");
    let mut samples: Vec<(&str, [Vec<f64>; 2])> = Vec::new();
    // Tasks in tokio give way after a number of operations; here there are no others.
    runtime.block_on(tokio::task::unconstrained(async {
        for _ in 0..ROUNDS {
            for (case, frames) in CASES.into_iter().enumerate() {
                let results = [
                    measure(frames, |socket| {
                        Ours::over(tickwire::delivery::Transport::Tcp(socket))
                    })
                    .await,
                    measure(frames, open::<Tungstenite<_>>).await,
                    measure(frames, open::<Fast<_>>).await,
                    measure(frames, open::<BufferedFast<_>>).await,
                    measure(frames, open::<Yawc<_>>).await,
                    measure(frames, open::<Sockudo<_>>).await,
                    measure(frames, open::<Websockets<_>>).await,
                ];
                for (index, (name, nanoseconds)) in results.into_iter().enumerate() {
                    if samples.len() == index {
                        samples.push((name, Default::default()));
                    }
                    samples[index].1[case].push(nanoseconds);
                }
            }
        }
    }));
    for (name, [one, sixteen]) in samples {
        println!(
            "| {name} | {} | {} |",
            clock::cell(one),
            clock::cell(sixteen)
        );
    }
}

fn open<L: Layer<TcpStream>>(socket: TcpStream) -> L {
    L::open(socket, Buffers::Default)
}

async fn measure<L: Layer<TcpStream>>(
    frames: usize,
    open: impl Fn(TcpStream) -> L,
) -> (&'static str, f64) {
    let text = &*String::from_utf8(frames::text(PAYLOAD))
        .expect("JSON")
        .leak();
    let mut pairs = connect(open);
    let wire = (PAYLOAD + 4) * frames;
    let mut received = vec![0; wire];
    let mut spent = 0;
    // The first turn warms up.
    for turn in 0..=TURNS {
        let messages: Vec<L::Outgoing> = (0..frames).map(|_| L::prepare(text)).collect();
        let begin = clock::now();
        for (layer, _) in &mut pairs {
            assert!(layer.write(&messages).await, "{} writes", L::NAME);
        }
        let turn_spent = (clock::now() - begin).as_nanos();
        if turn > 0 {
            spent += turn_spent;
        }
        for (_, client) in &mut pairs {
            client
                .read_exact(&mut received)
                .expect("it has been written");
            assert!(
                received.starts_with(&[0x81, 126, 0, PAYLOAD as u8]),
                "a frame"
            );
        }
    }
    (L::NAME, spent as f64 / (TURNS * SOCKETS * frames) as f64)
}

fn connect<L>(open: impl Fn(TcpStream) -> L) -> Pairs<L> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("bound");
    let pair = |_| {
        let client = Client::connect(address).expect("listening");
        let (server, _) = listener.accept().expect("connected");
        server.set_nodelay(true).expect("a socket");
        server.set_nonblocking(true).expect("a socket");
        (
            open(TcpStream::from_std(server).expect("within a runtime")),
            client,
        )
    };
    (0..SOCKETS).map(pair).collect()
}
