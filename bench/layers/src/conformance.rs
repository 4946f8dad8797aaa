//! What happens to a peer that misbehaves: each cell is an experiment.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::frames::{masked, unmasked};
use crate::layer::{
    Echo, Fast, MAX_BYTES, Ours, OursDeflate, Sockudo, SockudoDeflate, Tungstenite, Websockets,
    Yawc, YawcDeflate,
};

const TEXT: u8 = 0x81;
/// How long an answer may take; that of a layer that says nothing ends with the stream instead.
const PATIENCE: Duration = Duration::from_secs(5);

/// RFC 7692 section 7.2.3.1: `Hello`.
const HELLO: &[u8] = &[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];

pub fn run() {
    println!("Conformance, an echo on each layer:\n");
    println!(
        "| | refuses an unmasked frame | bounds a message in fragments | refuses text that is not UTF-8 \
         | close code for a reserved opcode | for a message too large | for text that is not UTF-8 \
         | permessage-deflate |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(async {
            row::<Ours, OursDeflate>().await;
            row::<Tungstenite<_>, Tungstenite<_>>().await;
            row::<Fast<_>, Fast<_>>().await;
            row::<Yawc<_>, YawcDeflate<_>>().await;
            row::<Sockudo<_>, SockudoDeflate<_>>().await;
            row::<Websockets<_>, Websockets<_>>().await;
        });
}

/// `D` has agreed on permessage-deflate, where there is such a thing.
async fn row<L: Echo, D: Echo>() {
    let name = L::NAME;
    let hello = after::<L>(&masked(TEXT, b"Hello")).await;
    assert!(hello.echoed(b"Hello"), "{name} echoes: {hello:?}");

    let unmasked = after::<L>(&unmasked(TEXT, b"Hello")).await;
    let reserved = after::<L>(&masked(0x83, b"Hello")).await;
    let not_utf8 = after::<L>(&masked(TEXT, b"\xc3\x28")).await;

    let part = vec![b'x'; MAX_BYTES / 4];
    let mut fragments = masked(0x01, &part);
    for _ in 0..14 {
        fragments.extend(masked(0x00, &part));
    }
    fragments.extend(masked(0x80, &part));
    let large = after::<L>(&fragments).await;

    let deflated = after::<D>(&masked(0xc1, HELLO)).await;
    println!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} |",
        yes(!unmasked.echoed_anything()),
        yes(!large.echoed_anything()),
        yes(!not_utf8.echoed_anything()),
        reserved.close_code(),
        large.close_code(),
        not_utf8.close_code(),
        yes(deflated.echoed_anything()),
    );
}

fn yes(it_is: bool) -> &'static str {
    if it_is { "yes" } else { "no" }
}

/// What a layer wrote.
#[derive(Debug)]
struct Said(Vec<(u8, Vec<u8>)>);

/// What a layer writes to a client that has sent this, and nothing more.
async fn after<L: Echo>(sent: &[u8]) -> Said {
    let (mut client, server) = tokio::io::duplex(1 << 20);
    let said = async {
        client.write_all(sent).await.expect("there is room");
        client.shutdown().await.expect("the stream is open");
        let mut said = Vec::new();
        client.read_to_end(&mut said).await.expect("it ends");
        said
    };
    let both = async { tokio::join!(L::echo(server), said).1 };
    let said = tokio::time::timeout(PATIENCE, both).await;
    Said::parse(&said.unwrap_or_else(|_| panic!("{} never ends", L::NAME)))
}

impl Said {
    fn parse(mut bytes: &[u8]) -> Self {
        let mut frames = Vec::new();
        while let [first, length, rest @ ..] = bytes {
            let (length, rest) = match (length, rest) {
                (126, [high, low, rest @ ..]) => {
                    (usize::from(u16::from_be_bytes([*high, *low])), rest)
                }
                (length, rest) => (usize::from(*length), rest),
            };
            let (payload, after) = rest.split_at(length);
            frames.push((*first, payload.to_vec()));
            bytes = after;
        }
        Self(frames)
    }

    fn echoed(&self, text: &[u8]) -> bool {
        self.0.iter().any(|(_, payload)| payload == text)
    }

    fn messages(&self) -> usize {
        let messages = self.0.iter().filter(|(first, _)| first & 0x0f < 8);
        messages.count()
    }

    fn echoed_anything(&self) -> bool {
        self.messages() > 0
    }

    /// That of the close frame, if there is one.
    fn close_code(&self) -> String {
        match self.0.iter().find(|(first, _)| first & 0x0f == 8) {
            Some((_, payload)) => match payload.first_chunk() {
                Some(code) => u16::from_be_bytes(*code).to_string(),
                None => "without a code".into(),
            },
            None => "no close frame".into(),
        }
    }
}
