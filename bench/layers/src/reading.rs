//! CPU time of a message that arrives. A stream in memory hands out a prepared chunk of one message or
//! of sixteen with each read; so no system call is in these figures.

use futures_util::FutureExt;

use crate::clock;
use crate::frames;
use crate::layer::Buffers::{self, Default, Small};
use crate::layer::{Fast, Layer, Ours, Sockudo, Tungstenite, Websockets, Yawc};
use crate::stream::Chunks;

const MESSAGES: usize = 80_000;
const ROUNDS: usize = 15;
/// Payload, and messages that arrive at once.
const CASES: [(usize, usize); 4] = [(60, 1), (60, 16), (190, 1), (190, 16)];

type Measure = fn(&'static [u8], usize, usize, Buffers) -> f64;

const LAYERS: [(&str, Measure, Buffers); 7] = [
    (<Ours as Layer<Chunks>>::NAME, measure::<Ours>, Default),
    (
        Tungstenite::<Chunks>::NAME,
        measure::<Tungstenite<Chunks>>,
        Default,
    ),
    (
        "tokio-tungstenite, small buffers",
        measure::<Tungstenite<Chunks>>,
        Small,
    ),
    (Fast::<Chunks>::NAME, measure::<Fast<Chunks>>, Default),
    (Yawc::<Chunks>::NAME, measure::<Yawc<Chunks>>, Default),
    (Sockudo::<Chunks>::NAME, measure::<Sockudo<Chunks>>, Default),
    (
        Websockets::<Chunks>::NAME,
        measure::<Websockets<Chunks>>,
        Default,
    ),
];

pub fn run() {
    let mut samples = vec![vec![Vec::new(); CASES.len()]; LAYERS.len()];
    let chunks = CASES.map(|(length, at_once)| {
        let frame = frames::masked(0x81, &frames::text(length));
        &*frame.repeat(at_once).leak()
    });
    for round in 0..ROUNDS {
        for turn in 0..LAYERS.len() {
            // Each round begins with another.
            let layer = (round + turn) % LAYERS.len();
            for (case, (length, at_once)) in CASES.into_iter().enumerate() {
                let (_, measure, buffers) = LAYERS[layer];
                let nanoseconds = measure(chunks[case], length, at_once, buffers);
                samples[layer][case].push(nanoseconds);
            }
        }
    }
    println!("Reading, nanoseconds of CPU time per message, median (range) of {ROUNDS}:\n");
    println!("| | 60 bytes, one at a time | 60 bytes, 16 | 190 bytes, one | 190 bytes, 16 |");
    println!("|---|--:|--:|--:|--:|");
    for ((name, _, _), samples) in LAYERS.iter().zip(samples) {
        let cells: Vec<String> = samples.into_iter().map(clock::cell).collect();
        println!("| {name} | {} |", cells.join(" | "));
    }
}

fn measure<L: Layer<Chunks>>(
    chunk: &'static [u8],
    length: usize,
    at_once: usize,
    buffers: Buffers,
) -> f64 {
    let mut layer = L::open(Chunks::new(chunk, usize::MAX), buffers);
    let mut bytes = 0;
    let mut read = |turns: usize| {
        for _ in 0..turns {
            let mut take = |text: &[u8]| bytes += text.len();
            let came = layer.read(at_once, &mut take).now_or_never();
            assert_eq!(came, Some(true), "the stream always yields");
        }
    };
    read(100);
    let turns = MESSAGES / at_once;
    let begin = clock::now();
    read(turns);
    let spent = clock::now() - begin;
    assert_eq!(bytes, (turns + 100) * at_once * length, "nothing was lost");
    spent.as_nanos() as f64 / MESSAGES as f64
}
