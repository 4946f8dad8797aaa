//! CPU time of a frame that leaves: each of many loopback sockets gets the same one or sixteen in a
//! turn. One thread writes to them in a row, then reads what arrived, which is not counted.

use std::io::Read;
use std::net::{TcpListener, TcpStream as Client};

use tickwire::delivery::Transport;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

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

type Measure = fn(&Runtime, usize) -> f64;

const LAYERS: [(&str, Measure); 7] = [
    (<Ours as Layer<TcpStream>>::NAME, |runtime, frames| {
        measure(runtime, frames, |socket| Ours::over(Transport::Tcp(socket)))
    }),
    (Tungstenite::<TcpStream>::NAME, |runtime, frames| {
        measure(runtime, frames, open::<Tungstenite<_>>)
    }),
    (Fast::<TcpStream>::NAME, |runtime, frames| {
        measure(runtime, frames, open::<Fast<_>>)
    }),
    (BufferedFast::<TcpStream>::NAME, |runtime, frames| {
        measure(runtime, frames, open::<BufferedFast<_>>)
    }),
    (Yawc::<TcpStream>::NAME, |runtime, frames| {
        measure(runtime, frames, open::<Yawc<_>>)
    }),
    (Sockudo::<TcpStream>::NAME, |runtime, frames| {
        measure(runtime, frames, open::<Sockudo<_>>)
    }),
    (Websockets::<TcpStream>::NAME, |runtime, frames| {
        measure(runtime, frames, open::<Websockets<_>>)
    }),
];

pub fn run() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let mut samples = vec![vec![Vec::new(); CASES.len()]; LAYERS.len()];
    for round in 0..ROUNDS {
        for (case, frames) in CASES.into_iter().enumerate() {
            for turn in 0..LAYERS.len() {
                // Each round begins with another.
                let layer = (round + turn) % LAYERS.len();
                samples[layer][case].push(LAYERS[layer].1(&runtime, frames));
            }
        }
    }
    println!(
        "Writing, nanoseconds of CPU time per frame of {PAYLOAD} bytes, median (range) of {ROUNDS}:\n"
    );
    println!("| | one frame in a turn | 16 frames |");
    println!("|---|--:|--:|");
    for ((name, _), samples) in LAYERS.iter().zip(samples) {
        let cells: Vec<String> = samples.into_iter().map(clock::cell).collect();
        println!("| {name} | {} |", cells.join(" | "));
    }
}

fn open<L: Layer<TcpStream>>(socket: TcpStream) -> L {
    L::open(socket, Buffers::Default)
}

fn measure<L: Layer<TcpStream>>(
    runtime: &Runtime,
    frames: usize,
    open: impl Fn(TcpStream) -> L,
) -> f64 {
    let text = &*String::from_utf8(frames::text(PAYLOAD))
        .expect("JSON")
        .leak();
    let mut pairs = runtime.block_on(async { connect(open) });
    let wire = (PAYLOAD + 4) * frames;
    let mut received = vec![0; wire];
    let mut spent = 0;
    // The first turn warms up.
    for turn in 0..=TURNS {
        let messages: Vec<L::Outgoing> = (0..frames).map(|_| L::prepare(text)).collect();
        // Tasks in tokio give way after a number of operations; here there are no others.
        let write = tokio::task::unconstrained(async {
            let begin = clock::now();
            for (layer, _) in &mut pairs {
                assert!(layer.write(&messages).await, "{} writes", L::NAME);
            }
            (clock::now() - begin).as_nanos()
        });
        let turn_spent = runtime.block_on(write);
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
    spent as f64 / (TURNS * SOCKETS * frames) as f64
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
