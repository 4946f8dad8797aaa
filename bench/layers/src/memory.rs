//! Heap bytes of a connection that is idle: the bytes asked of the allocator for many of them, everything
//! that they are made of included, and the stream below, which is a few words.

use futures_util::FutureExt;

use crate::allocations;
use crate::frames;
use crate::layer::{
    Buffers, Fast, Layer, Ours, OursDeflate, Sockudo, SockudoDeflate, Tungstenite, Websockets,
    Yawc, YawcDeflate,
};
use crate::stream::Chunks;

const CONNECTIONS: usize = 10_000;
/// Of those with default buffers, which can be large.
const FEW: usize = 1_000;

pub fn run() {
    println!("Memory, heap bytes of an idle connection:\n");
    println!("| | default buffers | small buffers | after a message each way |");
    println!("|---|--:|--:|--:|");
    row::<Ours>();
    row::<Tungstenite<Chunks>>();
    row::<Fast<Chunks>>();
    row::<Yawc<Chunks>>();
    row::<Sockudo<Chunks>>();
    row::<Websockets<Chunks>>();
    row::<OursDeflate>();
    row::<YawcDeflate<Chunks>>();
    row::<SockudoDeflate<Chunks>>();
}

fn row<L: Layer<Chunks>>() {
    println!(
        "| {} | {} | {} | {} |",
        L::NAME,
        measure::<L>(FEW, Buffers::Default, 0),
        measure::<L>(CONNECTIONS, Buffers::Small, 0),
        measure::<L>(CONNECTIONS, Buffers::Small, 1),
    );
}

fn measure<L: Layer<Chunks>>(connections: usize, buffers: Buffers, messages: usize) -> isize {
    let chunk = frames::masked(0x81, &frames::text(190)).leak();
    let text = &*String::from_utf8(frames::text(190)).expect("JSON").leak();
    let message = [L::prepare(text)];
    // What a thread or a process keeps once is no connection's.
    open::<L>(chunk, buffers, messages, &message);
    let (open, bytes) = allocations::of(|| {
        let mut open = Vec::with_capacity(connections);
        for _ in 0..connections {
            open.push(self::open::<L>(chunk, buffers, messages, &message));
        }
        open
    });
    bytes / open.len() as isize
}

/// Opens one, lets it read and write so many messages, and then wait for more.
fn open<L: Layer<Chunks>>(
    chunk: &'static [u8],
    buffers: Buffers,
    messages: usize,
    message: &[L::Outgoing],
) -> L {
    let mut layer = L::open(Chunks::new(chunk, messages), buffers);
    for _ in 0..messages {
        let came = layer.read(1, &mut |_| ()).now_or_never();
        let left = layer.write(message).now_or_never();
        assert_eq!((came, left), (Some(true), Some(true)));
    }
    let more = layer.read(1, &mut |_| ()).now_or_never();
    assert_eq!(more, None, "nothing more comes");
    layer
}
