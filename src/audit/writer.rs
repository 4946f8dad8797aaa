//! Where lines go. Whoever has one to write does not wait for the disk.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::line::Line;
use super::noise::{Noise, Unwritten};

/// Lines that may wait to be written: a few megabytes. A full queue loses those that come then, and says
/// how many.
const QUEUE: usize = 16_384;

/// How long the end of the server waits for the last lines.
const END: Duration = Duration::from_secs(2);

/// Why there is no audit log.
#[derive(Debug, thiserror::Error)]
#[error("cannot open the audit log {}", .path.display())]
pub struct AuditError {
    path: PathBuf,
    #[source]
    source: io::Error,
}

/// The log, or none. Clones write into the same one.
#[derive(Debug, Clone, Default)]
pub struct Audit(Option<Queue>);

#[derive(Debug, Clone)]
struct Queue {
    entries: mpsc::Sender<Entry>,
    lost: Arc<AtomicU64>,
    noise: Arc<Noise>,
}

enum Entry {
    Line(String),
    /// Everything before this has been written.
    Mark(oneshot::Sender<()>),
}

impl Audit {
    /// Writes to the end of this file, which is made for its owner alone where it is not there; `-` is standard
    /// output.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn open(path: &Path) -> Result<Self, AuditError> {
        let failed = |source| AuditError {
            path: path.to_owned(),
            source,
        };
        let target: Box<dyn Write + Send> = if path == Path::new("-") {
            Box::new(io::stdout())
        } else {
            Box::new(file(path).map_err(failed)?)
        };
        let (sender, entries) = mpsc::channel(QUEUE);
        let lost = Arc::new(AtomicU64::new(0));
        let writer = Writer {
            target: BufWriter::new(target),
            lost: Arc::clone(&lost),
            is_failing: false,
        };
        // Ends with the last sender, which waits for it by a mark.
        std::thread::Builder::new()
            .name("audit".to_owned())
            .spawn(|| writer.run(entries))
            .map_err(failed)?;
        Ok(Self(Some(Queue {
            entries: sender,
            lost,
            noise: Arc::new(Noise::new()),
        })))
    }

    /// Writes a line, which is made only where there is a log.
    pub(super) fn write(&self, line: impl FnOnce() -> String) {
        if let Some(queue) = &self.0 {
            queue.tell(queue.noise.become_quiet(Instant::now()));
            queue.push(line());
        }
    }

    /// The same for a denial: of one address not every one is written, but how many were not.
    pub(super) fn write_denial(&self, address: IpAddr, line: impl FnOnce() -> String) {
        if let Some(queue) = &self.0
            && let Some(unwritten) = queue.noise.admit(address, Instant::now())
        {
            queue.tell(unwritten);
            self.write(line);
        }
    }

    /// Waits until what was written so far is in the file, or for as long as the end may take.
    pub async fn flushed(&self) {
        let Some(queue) = &self.0 else { return };
        let (mark, written) = oneshot::channel();
        let flush =
            async { queue.entries.send(Entry::Mark(mark)).await.is_ok() && written.await.is_ok() };
        if !tokio::time::timeout(END, flush).await.unwrap_or(false) {
            tracing::error!("the last lines of the audit log may be missing");
        }
    }
}

fn file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

impl Queue {
    fn tell(&self, unwritten: impl IntoIterator<Item = Unwritten>) {
        for Unwritten { address, lines } in unwritten {
            let line = Line::of("unwritten").with_count(lines);
            self.push(line.from(address, None).finish());
        }
    }

    fn push(&self, line: String) {
        if self.entries.try_send(Entry::Line(line)).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

struct Writer<W: Write> {
    target: BufWriter<W>,
    lost: Arc<AtomicU64>,
    /// The last attempt failed. That is told once, not with every line.
    is_failing: bool,
}

impl<W: Write> Writer<W> {
    fn run(mut self, mut entries: mpsc::Receiver<Entry>) {
        while let Some(first) = entries.blocking_recv() {
            let mut lines = 0;
            let mut marks = Vec::new();
            let mut entry = Some(first);
            let mut written = Ok(());
            while let Some(some) = entry {
                match some {
                    Entry::Line(line) => {
                        lines += 1;
                        written = written.and_then(|()| self.target.write_all(line.as_bytes()));
                    }
                    Entry::Mark(mark) => marks.push(mark),
                }
                entry = entries.try_recv().ok();
            }
            let written = written
                .and_then(|()| self.tell_losses())
                .and_then(|()| self.target.flush());
            self.settle(written, lines);
            for mark in marks {
                // Whoever waited may have given up.
                let _gone = mark.send(());
            }
        }
    }

    /// Says how many lines are missing here.
    fn tell_losses(&mut self) -> io::Result<()> {
        let lost = self.lost.load(Ordering::Relaxed);
        if lost > 0 {
            let line = Line::of("lost").with_count(lost).finish();
            self.target.write_all(line.as_bytes())?;
            self.lost.fetch_sub(lost, Ordering::Relaxed);
        }
        Ok(())
    }

    fn settle(&mut self, written: io::Result<()>, lines: u64) {
        match written {
            Ok(()) => self.is_failing = false,
            Err(error) => {
                self.lost.fetch_add(lines, Ordering::Relaxed);
                if !self.is_failing {
                    tracing::error!(%error, "cannot write the audit log");
                }
                self.is_failing = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes nothing while it is told so.
    struct Full<'a>(&'a mut Vec<u8>, &'a std::cell::Cell<bool>);

    impl Write for Full<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.1.get() {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_is_lost_is_said() {
        let (mut out, full) = (Vec::new(), std::cell::Cell::new(true));
        let lost = Arc::new(AtomicU64::new(2));
        let mut writer = Writer {
            target: BufWriter::with_capacity(0, Full(&mut out, &full)),
            lost: Arc::clone(&lost),
            is_failing: false,
        };
        let told = writer.tell_losses();
        writer.settle(told, 3);
        assert_eq!(lost.load(Ordering::Relaxed), 5);
        full.set(false);
        let told = writer.tell_losses();
        writer.settle(told, 0);
        assert_eq!(lost.load(Ordering::Relaxed), 0);
        drop(writer);
        let text = String::from_utf8(out).unwrap();
        assert!(
            text.ends_with("\"event\":\"lost\",\"lines\":5}\n"),
            "{text}"
        );
    }

    #[test]
    fn nobody_waits_for_a_full_queue() {
        let (entries, _receiver) = mpsc::channel(1);
        let lost = Arc::new(AtomicU64::new(0));
        let audit = Audit(Some(Queue {
            entries,
            lost: Arc::clone(&lost),
            noise: Arc::new(Noise::new()),
        }));
        for _ in 0..3 {
            audit.write(|| "line\n".to_owned());
        }
        assert_eq!(lost.load(Ordering::Relaxed), 2);
    }
}
