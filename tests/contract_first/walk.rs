//! `docs/add-an-operation.md`, from the first command to the last answer, on a copy of this package.
//!
//! Blocks are done in their order, as comments in the page say (readers do not see them):
//!
//! | `walk…` | is |
//! |---|---|
//! | ` ` | commands that succeed |
//! | `:fails` | commands that fail |
//! | `:prints` | what the last commands have printed, each line somewhere, or JSON |
//! | `:prints like` | JSON of the same shape |
//! | `:file PATH` | a new file |
//! | `:patch PATH` | hunks of a file |
//! | `:serve` | starts the server |
//! | `:client` | a client's program, which needs what Rust does not bring: done with `WALK_CLIENTS=1`, as `./test clients` does |
//! | `:watch TYPE` | a WebSocket on which a frame of this type comes |
//!
//! Two things are done otherwise than the page says, to the same effect: the program that this test was
//! built with runs `cargo run -- …`, and `cargo build` builds what `cargo test` has built everything
//! else for. `localhost:8080` is where the server listens.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use futures_util::StreamExt;
use serde_json::Value;
use tickwire::app::CONTRACT;

use crate::package::{Package, target};

const PAGE: &str = include_str!("../../docs/add-an-operation.md");

struct Block {
    /// What the comment says behind `walk`.
    what: String,
    text: String,
    line: usize,
    /// The prose before it.
    prose: String,
}

fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = PAGE.lines().enumerate();
    let mut prose = String::new();
    while let Some((number, line)) = lines.next() {
        let marker = line
            .strip_prefix("<!-- walk")
            .and_then(|line| line.strip_suffix(" -->"));
        let Some(what) = marker else {
            prose += line;
            prose.push('\n');
            continue;
        };
        assert!(
            lines
                .next()
                .is_some_and(|(_, line)| line.starts_with("```")),
            "line {number}"
        );
        let text = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| *line != "```");
        blocks.push(Block {
            what: what.to_owned(),
            text: text.map(|line| format!("{line}\n")).collect(),
            line: number + 1,
            prose: std::mem::take(&mut prose),
        });
    }
    blocks
}

/// The server that was built on the way.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(program: &Path) -> Self {
        let mut process = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let stdout = process.stdout.take().expect("piped");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let address = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let address = address
            .unwrap_or_else(|| panic!("it says {line:?}"))
            .to_owned();
        Self { process, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        let _ended = self.process.kill();
        let _status = self.process.wait();
    }
}

/// How far the walk has come.
struct Walk {
    package: Package,
    server: Option<Server>,
    /// What the last commands have printed; nothing, when they were left out.
    printed: Option<String>,
}

impl Walk {
    fn begin() -> Self {
        let package = Package::with_contract(CONTRACT);
        package.add_program("tickwire-walk");
        let walk = Self {
            package,
            server: None,
            printed: None,
        };
        walk.bash("git init -q . && git add -A && git -c user.name=x -c user.email=x@example.org commit -qm One");
        walk
    }

    fn bash(&self, script: &str) -> Output {
        self.package.bash(&self.here(script))
    }

    /// What a page says of `localhost:8080` is meant of the server that runs here.
    fn here(&self, text: &str) -> String {
        match &self.server {
            Some(server) => text.replace("localhost:8080", &server.address),
            None => text.to_owned(),
        }
    }

    fn step(&mut self, block: &Block) {
        let place = format!("docs/add-an-operation.md:{}", block.line);
        let (what, argument) = block.what.split_once(' ').unwrap_or((&block.what, ""));
        let file = self.package.path.join(argument);
        match what {
            ":client" if std::env::var_os("WALK_CLIENTS").is_none() => self.printed = None,
            "" | ":fails" | ":client" => {
                let output = self.bash(&block.text);
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let printed = text(&output.stdout) + &text(&output.stderr);
                let succeeds = what != ":fails";
                assert_eq!(output.status.success(), succeeds, "{place}: {printed}");
                self.printed = Some(printed);
            }
            ":prints" => {
                if let Some(printed) = &self.printed {
                    compare(printed, &block.text, argument == "like", &place);
                }
            }
            ":file" => {
                assert!(
                    block.prose.contains(&format!("`{argument}`")),
                    "{place}: say where it goes"
                );
                assert!(!file.exists(), "{place}: {argument} is there already");
                fs::write(file, self.here(&block.text)).expect("a file");
            }
            ":patch" => {
                assert!(
                    block.prose.contains(&format!("`{argument}`")),
                    "{place}: say where it goes"
                );
                let text = fs::read_to_string(&file).expect("a file");
                fs::write(file, patched(&text, &block.text, &place)).expect("a file");
            }
            ":serve" => {
                let built = self.bash("cargo build");
                let said = String::from_utf8_lossy(&built.stderr).into_owned();
                assert!(built.status.success(), "{place}: {said}");
                let program = target().join(profile()).join("tickwire-walk");
                self.server = Some(Server::start(&program));
            }
            ":watch" => self.watch(&block.text, argument, &place),
            _ => panic!("{place}: there is no `walk{what}`"),
        }
    }

    /// The address in a command is a WebSocket, on which a frame of this type comes.
    fn watch(&self, command: &str, wire_type: &str, place: &str) {
        let server = self.server.as_ref().expect("a server runs");
        let url = command
            .split_whitespace()
            .find(|word| word.starts_with("ws://"));
        let url = url.unwrap_or_else(|| panic!("{place}: no address"));
        let url = self.here(url);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let frames = async {
            let stream = tokio::net::TcpStream::connect(&server.address)
                .await
                .expect("a connection");
            let (mut socket, _) = tokio_tungstenite::client_async(url, stream)
                .await
                .expect("a WebSocket");
            while let Some(message) = socket.next().await {
                let text = message.expect("a message").into_text().expect("text");
                let frame: Value = serde_json::from_str(&text).unwrap_or_default();
                if frame["type"] == wire_type {
                    return;
                }
            }
            panic!("{place}: no {wire_type} has come");
        };
        let waited = runtime
            .expect("a runtime")
            .block_on(async { tokio::time::timeout(Duration::from_secs(60), frames).await });
        waited.unwrap_or_else(|_| panic!("{place}: no {wire_type} comes"));
    }
}

/// Holds what was printed against what the page shows: JSON as such, or only its shape; of other texts each
/// line.
fn compare(printed: &str, shown: &str, shape_only: bool, place: &str) {
    if !shown.starts_with('{') {
        for line in shown.lines() {
            let found = printed.lines().any(|printed| printed == line);
            assert!(found, "{place}: no {line:?} in\n{printed}");
        }
        return;
    }
    let (printed, shown) = (parsed(printed, place), parsed(shown, place));
    if shape_only {
        assert_eq!(shape(&printed), shape(&shown), "{place}: {printed}");
    } else {
        assert_eq!(printed, shown, "{place}");
    }
}

fn parsed(text: &str, place: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{place}: {error}: {text}"))
}

/// A value with what differs from run to run left out.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.clone(), shape(value)))
            .collect(),
        Value::Array(items) => items.iter().map(shape).collect(),
        Value::Number(_) => "a number".into(),
        other => other.clone(),
    }
}

/// A file after hunks: ` ` context, `-` removed, `+` added; hunks are separated by empty lines.
fn patched(text: &str, hunks: &str, place: &str) -> String {
    let mut text = text.to_owned();
    for hunk in hunks.split("\n\n") {
        let side = |other: char| -> String {
            let lines = hunk.lines().filter(|line| !line.starts_with(other));
            lines
                .map(|line| format!("{}\n", line.get(1..).unwrap_or_default()))
                .collect()
        };
        let (old, new) = (side('+'), side('-'));
        assert_eq!(
            text.matches(&old).count(),
            1,
            "{place}: this is there once:\n{old}"
        );
        text = text.replace(&old, &new);
    }
    text
}

fn profile() -> PathBuf {
    if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    }
    .into()
}

#[test]
fn the_guide_can_be_followed_to_the_letter() {
    let mut walk = Walk::begin();
    let blocks = blocks();
    for block in &blocks {
        walk.step(block);
    }
    for what in [
        ":fails",
        ":file src/modules/datafeed/news.rs",
        ":serve",
        ":watch news.update",
    ] {
        assert!(
            blocks.iter().any(|block| block.what == what),
            "nothing is done with {what}"
        );
    }
}
