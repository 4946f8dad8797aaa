//! What the tests stand on.

pub mod book;
pub mod client;
pub mod lab;
pub mod plain;
pub mod published;
pub mod scrape;
pub mod server;
pub mod tokens;

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tracing::subscriber::DefaultGuard;

pub use client::{Client, violations};
pub use lab::Bench;
pub use scrape::Scrape;
pub use server::Server;

/// Longer than anything here takes, also on a busy machine. Who waits for it has found a bug.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Waits for what has to come.
pub async fn within<F: Future>(what: &str, future: F) -> F::Output {
    match tokio::time::timeout(PATIENCE, future).await {
        Ok(output) => output,
        Err(_) => panic!("{what} did not come"),
    }
}

/// The code of an `error` payload and the places that it points to.
pub fn code_and_pointers(payload: &Value) -> (&str, Vec<&str>) {
    let mut pointers: Vec<_> = payload["details"]
        .as_array()
        .expect("an error has details")
        .iter()
        .filter_map(|detail| detail["pointer"].as_str())
        .collect();
    pointers.sort_unstable();
    pointers.dedup();
    (payload["code"].as_str().unwrap_or_default(), pointers)
}

/// What is logged on this thread, which is where the server of a `#[tokio::test]` runs.
pub struct Log {
    text: Arc<Mutex<Vec<u8>>>,
    _guard: DefaultGuard,
}

impl Log {
    /// Listens from now on.
    pub fn capture() -> Self {
        let text = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&text);
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(tracing::Level::WARN)
            .with_writer(move || Sink(Arc::clone(&sink)))
            .finish();
        let _guard = tracing::subscriber::set_default(subscriber);
        Self { text, _guard }
    }

    /// The lines of this level.
    pub fn lines(&self, level: &str) -> Vec<String> {
        let text = self.text.lock().unwrap().clone();
        let text = String::from_utf8(text).unwrap();
        text.lines()
            .filter(|line| line.contains(level))
            .map(str::to_owned)
            .collect()
    }
}

struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
