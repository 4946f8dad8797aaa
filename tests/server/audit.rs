//! The audit log: exactly one line for each event, at each door. Lines are compared without their times and
//! connections.

mod doors;
mod file;
mod limits;

use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::tokens::Guarded;

/// A server with an audit log.
struct Audited {
    guarded: Guarded,
    path: PathBuf,
    seen: usize,
    _folder: TempDir,
}

impl Audited {
    async fn start(flags: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("audit.jsonl");
        let flag = format!("--audit-log={}", path.display());
        Self {
            guarded: Guarded::start(&[&[flag.as_str()], flags].concat()).await,
            path,
            seen: 0,
            _folder: folder,
        }
    }

    /// The lines that have come since it was asked last.
    async fn raw(&mut self) -> Vec<String> {
        self.guarded.server.inner.audit.flushed().await;
        let text = std::fs::read_to_string(&self.path).unwrap();
        assert!(text.is_empty() || text.ends_with('\n'), "{text}");
        let lines: Vec<String> = text.lines().skip(self.seen).map(str::to_owned).collect();
        self.seen += lines.len();
        lines
    }

    /// The same without times, addresses and connections.
    async fn lines(&mut self) -> Vec<String> {
        let raw = self.raw().await;
        raw.iter().map(|line| essence(line)).collect()
    }
}

fn essence(line: &str) -> String {
    let value: Value = serde_json::from_str(line).unwrap();
    assert!(
        value["time"].is_string() && value["event"].is_string(),
        "{line}"
    );
    assert_eq!(value["address"], "127.0.0.1", "{line}");
    let time = format!("\"time\":{},", value["time"]);
    let connection = match value.get("connection") {
        Some(id) => format!(",\"connection\":{id}"),
        None => String::new(),
    };
    let rest = line.replace(&time, "").replace(&connection, "");
    rest.replace(",\"address\":\"127.0.0.1\"", "")
}
