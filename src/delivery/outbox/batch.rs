//! Several frames in one write: one buffer and one call beat a vectored write.

use std::cell::RefCell;
use std::io;

use super::queue::{Item, Queue};
use crate::delivery::transport::Sender;
use crate::wire::Encoding;

/// One write to the socket takes at most about this many bytes: large enough that many frames
/// share the cost of the system call, small enough that a stalled reader pins little.
const WRITE_BYTES: usize = 64 * 1024;

/// Frames put together, and which they were.
///
/// Those who subscribe to the same topics mostly wait for the same frames at the same time, so what
/// was put together for one is often just what the next one needs.
#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    /// Kept, so that no other item can come to lie at the same address. Empty when the frames are
    /// one connection's own.
    items: Vec<Item>,
    encoding: Encoding,
}

thread_local! {
    /// One for each thread, not for each connection: an idle connection holds no buffer.
    static BATCH: RefCell<Batch> = RefCell::new(Batch::default());
}

/// Writes the next frames of a queue.
pub(super) fn write(socket: &Sender, queue: &Queue, encoding: Encoding) -> io::Result<usize> {
    BATCH.with_borrow_mut(|batch| {
        if !batch.is_for(queue, encoding) {
            batch.fill(queue, encoding);
        }
        socket.try_write(&batch.bytes)
    })
}

impl Batch {
    fn is_for(&self, queue: &Queue, encoding: Encoding) -> bool {
        let mut theirs = queue.items();
        !self.items.is_empty()
            && self.encoding == encoding
            && self.items.iter().all(|ours| theirs.next().is_some_and(|item| ours.is(item)))
            // With more behind them, they have to be as many as fit.
            && (self.is_full() || theirs.next().is_none())
    }

    fn fill(&mut self, queue: &Queue, encoding: Encoding) {
        self.bytes.clear();
        self.items.clear();
        self.encoding = encoding;
        let shared = queue.items().all(Item::is_shared);
        for item in queue.items() {
            let frame = item.frame(encoding);
            if !self.bytes.is_empty() && self.bytes.len() + frame.len() > WRITE_BYTES {
                break;
            }
            self.bytes.extend_from_slice(frame.bytes());
            if shared {
                self.items.push(item.clone());
            }
        }
    }

    /// Whether hardly another frame would fit: what follows is then best written by itself.
    fn is_full(&self) -> bool {
        self.bytes.len() > WRITE_BYTES / 2
    }
}
