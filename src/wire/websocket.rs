//! RFC 6455 from the server's side: messages out of the bytes that a client sends. Synchronous.
//!
//! ```text
//! bytes ─► Decoder ─► Message      whole within what was read: borrowed from there, unmasked in place
//!             │                    else: collected, bounded, until its last frame has come
//!             └─────► Fault        what the client broke, as a close code
//! ```
//!
//! An idle connection holds no buffer: bytes are read into one that belongs to the thread, and only a
//! message that has begun keeps memory. What goes out is made by [`Frame`](super::Frame).

mod deflate;
mod handshake;
mod header;
mod mask;
mod text;

use std::borrow::Cow;

use super::CloseCode;
pub use deflate::{Deflate, compress};
pub use handshake::accept_key;
use header::{Header, Kind};

/// A message may come in so many fragments that each holds this many bytes on average.
const FRAGMENT_BYTES: usize = 16;

/// And in this many, however small it may be at most.
const MIN_FRAGMENTS: usize = 128;

/// Takes a client's bytes apart.
#[derive(Debug)]
pub struct Decoder {
    max_bytes: usize,
    /// Whether messages may be compressed: agreed on in the handshake.
    inflate: bool,
    /// Present while something is incomplete.
    begun: Option<Box<Begun>>,
}

/// What has come of something that is incomplete.
#[derive(Debug, Default)]
struct Begun {
    /// The beginning of a header.
    header: Vec<u8>,
    /// The frame whose payload is being read, and how much of that has come.
    frame: Option<(Header, usize)>,
    /// The payload of a control frame; these may come between the fragments of a message.
    control: Vec<u8>,
    message: Option<Fragments>,
}

/// A message of which not everything has come.
#[derive(Debug)]
struct Fragments {
    kind: Kind,
    compressed: bool,
    bytes: Vec<u8>,
    /// How much of a text is known to be UTF-8.
    checked: usize,
    frames: usize,
}

/// What a client said.
#[derive(Debug, PartialEq, Eq)]
pub enum Message<'a> {
    /// Text; UTF-8.
    Text(Cow<'a, [u8]>),
    /// Bytes.
    Binary(Cow<'a, [u8]>),
    /// To be answered by a pong with the same payload.
    Ping(Vec<u8>),
    /// A sign of life.
    Pong,
    /// The client closes; the code to answer.
    Close(CloseCode),
}

/// What a client broke; nothing can be read after it. One of [`CloseCode::ProtocolError`],
/// [`CloseCode::InvalidText`] and [`CloseCode::TooLarge`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault(pub CloseCode);

const BROKEN: Fault = Fault(CloseCode::ProtocolError);
const TOO_LARGE: Fault = Fault(CloseCode::TooLarge);
const NOT_UTF8: Fault = Fault(CloseCode::InvalidText);

impl Decoder {
    /// For messages of at most `max_bytes`, also when they are inflated.
    pub fn new(max_bytes: usize, inflate: bool) -> Self {
        Self {
            max_bytes,
            inflate,
            begun: None,
        }
    }

    /// Takes the next message out of `input`, which is unmasked in place. How many bytes were used,
    /// and the message, if it is complete; without one, all of `input` was used.
    ///
    /// # Errors
    /// A [`Fault`], after which the connection has to be closed.
    pub fn decode<'a>(
        &'a mut self,
        input: &'a mut [u8],
    ) -> Result<(usize, Option<Message<'a>>), Fault> {
        // The usual case, without a copy: a whole message in a frame of its own, and nothing begun.
        if self.begun.is_none()
            && let Some(header) = Header::parse(input)?
            && header.is_message()
            && input.len() - header.bytes >= header.length
        {
            self.admit(&header)?;
            let end = header.bytes + header.length;
            let payload = &mut input[header.bytes..end];
            mask::apply(header.mask, 0, payload);
            let message = self.message(header.kind, header.compressed, Cow::Borrowed(payload))?;
            return Ok((end, Some(message)));
        }
        let mut used = 0;
        loop {
            let (taken, finished) = self.step(&mut input[used..])?;
            used += taken;
            match finished {
                Step::More if taken == 0 => return Ok((used, None)),
                Step::More => {}
                Step::Done(message) => return Ok((used, Some(message))),
            }
        }
    }

    /// Whether a frame or a message is incomplete.
    #[cfg(test)]
    fn is_within_message(&self) -> bool {
        self.begun.is_some()
    }

    /// Takes a header, or a part of a payload.
    fn step(&mut self, input: &mut [u8]) -> Result<(usize, Step), Fault> {
        let mut begun = self.begun.take().unwrap_or_default();
        let Some((header, arrived)) = begun.frame.take() else {
            if input.is_empty() {
                self.keep(begun);
                return Ok((0, Step::More));
            }
            let taken = self.take_header(&mut begun, input)?;
            if begun
                .frame
                .as_ref()
                .is_some_and(|(header, _)| header.length == 0)
            {
                return self.payload(begun, &mut []).map(|(_, step)| (taken, step));
            }
            self.begun = Some(begun);
            return Ok((taken, Step::More));
        };
        begun.frame = Some((header, arrived));
        self.payload(begun, input)
    }

    /// Completes a header with the first bytes of `input`; how many it took.
    fn take_header(&mut self, begun: &mut Begun, input: &[u8]) -> Result<usize, Fault> {
        let before = begun.header.len();
        let most = input.len().min(header::MAX_BYTES - before);
        begun.header.extend_from_slice(&input[..most]);
        let Some(header) = Header::parse(&begun.header)? else {
            return Ok(most);
        };
        begun.header = Vec::new();
        self.admit(&header)?;
        let taken = header.bytes - before;
        match (&mut begun.message, header.kind) {
            (None, Kind::Continuation) | (Some(_), Kind::Text | Kind::Binary) => {
                return Err(BROKEN);
            }
            (Some(message), Kind::Continuation) => {
                message.frames += 1;
                if message.bytes.len() + header.length > self.max_bytes
                    || message.frames > MIN_FRAGMENTS.max(self.max_bytes / FRAGMENT_BYTES)
                {
                    return Err(TOO_LARGE);
                }
            }
            (message @ None, kind @ (Kind::Text | Kind::Binary)) => {
                *message = Some(Fragments {
                    kind,
                    compressed: header.compressed,
                    bytes: Vec::new(),
                    checked: 0,
                    frames: 1,
                });
            }
            (_, Kind::Ping | Kind::Pong | Kind::Close) => {}
        }
        begun.frame = Some((header, 0));
        Ok(taken)
    }

    /// Takes as much of the frame's payload as there is.
    fn payload(&mut self, mut begun: Box<Begun>, input: &mut [u8]) -> Result<(usize, Step), Fault> {
        let Some((header, arrived)) = begun.frame.take() else {
            return Err(BROKEN);
        };
        let taken = input.len().min(header.length - arrived);
        let part = &mut input[..taken];
        mask::apply(header.mask, arrived, part);
        let complete = arrived + taken == header.length;
        if !complete {
            begun.frame = Some((header, arrived + taken));
        }
        if header.kind.is_control() {
            begun.control.extend_from_slice(part);
            if !complete {
                self.begun = Some(begun);
                return Ok((taken, Step::More));
            }
            let message = control(header.kind, std::mem::take(&mut begun.control))?;
            self.keep(begun);
            return Ok((taken, Step::Done(message)));
        }
        let Some(message) = &mut begun.message else {
            return Err(BROKEN);
        };
        message.bytes.extend_from_slice(part);
        if message.kind == Kind::Text && !message.compressed {
            // As early as possible, as RFC 6455 section 8.1 allows: not only at the message's end.
            message.checked = text::check(&message.bytes, message.checked).ok_or(NOT_UTF8)?;
        }
        if !(complete && header.fin) {
            self.begun = Some(begun);
            return Ok((taken, Step::More));
        }
        let Some(message) = begun.message.take() else {
            return Err(BROKEN);
        };
        self.keep(begun);
        let whole = Cow::Owned(message.bytes);
        let message = self.message(message.kind, message.compressed, whole)?;
        Ok((taken, Step::Done(message)))
    }

    /// Keeps what has begun, if anything has.
    fn keep(&mut self, begun: Box<Begun>) {
        let anything = begun.message.is_some() || begun.frame.is_some() || !begun.header.is_empty();
        self.begun = anything.then_some(begun);
    }

    /// What a header alone can break.
    fn admit(&self, header: &Header) -> Result<(), Fault> {
        if header.compressed && !(self.inflate && matches!(header.kind, Kind::Text | Kind::Binary))
        {
            return Err(BROKEN);
        }
        if header.length > self.max_bytes && !header.kind.is_control() {
            return Err(TOO_LARGE);
        }
        Ok(())
    }

    fn message<'a>(
        &self,
        kind: Kind,
        compressed: bool,
        bytes: Cow<'a, [u8]>,
    ) -> Result<Message<'a>, Fault> {
        let bytes = if compressed {
            Cow::Owned(deflate::inflate(&bytes, self.max_bytes)?)
        } else {
            bytes
        };
        if kind == Kind::Binary {
            return Ok(Message::Binary(bytes));
        }
        match std::str::from_utf8(&bytes) {
            Ok(_) => Ok(Message::Text(bytes)),
            Err(_) => Err(NOT_UTF8),
        }
    }
}

/// What came of a step.
enum Step {
    More,
    Done(Message<'static>),
}

fn control(kind: Kind, payload: Vec<u8>) -> Result<Message<'static>, Fault> {
    match kind {
        Kind::Ping => Ok(Message::Ping(payload)),
        Kind::Pong => Ok(Message::Pong),
        _ => close(&payload).map(Message::Close),
    }
}

/// The answer to a close frame: `Normal`, unless its code is none that may be sent (section 7.4).
fn close(payload: &[u8]) -> Result<CloseCode, Fault> {
    let Some((code, reason)) = payload.split_first_chunk::<2>() else {
        return if payload.is_empty() {
            Ok(CloseCode::Normal)
        } else {
            Err(BROKEN)
        };
    };
    if std::str::from_utf8(reason).is_err() {
        return Err(NOT_UTF8);
    }
    match u16::from_be_bytes(*code) {
        1000..=1003 | 1007..=1014 | 3000..=4999 => Ok(CloseCode::Normal),
        _ => Err(BROKEN),
    }
}

#[cfg(test)]
mod tests;
