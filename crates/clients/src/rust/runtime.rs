//! The runtime's files, as they are written and tested in `crates/clients/rust`; only their tests
//! stay there.

/// The module itself.
pub(super) const ROOT: &str = include_str!("../../rust/src/runtime.rs");

/// Its dependencies: the lines of its own manifest.
pub(super) const DEPENDENCIES: &str = include_str!("../../rust/dependencies.toml");

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        /// The files below it, each behind the module that contains it.
        const FILES: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../rust/src/runtime/", $path)))),*];
    };
}

files! {
    "backoff.rs",
    "connection.rs",
    "contract.rs",
    "error.rs",
    "machine.rs",
    "machine/frames.rs",
    "machine/streams.rs",
    "mailbox.rs",
    "notice.rs",
    "options.rs",
    "request.rs",
    "requests.rs",
    "schemas.rs",
    "session.rs",
    "state.rs",
    "subscription.rs",
    "task.rs",
    "task/socket.rs",
    "topics.rs",
    "track.rs",
    "verdict.rs",
}

/// The files below the module, with their paths there.
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES
        .iter()
        .map(|&(path, text)| (path, without_tests(text)))
}

/// All of it as one `pub mod runtime { … }`.
pub(super) fn module() -> String {
    format!("pub mod runtime {{\n{}}}\n", inlined(ROOT, ""))
}

/// A file's text, with each `mod name;` replaced by that module.
fn inlined(text: &str, folder: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let name = line
            .strip_prefix("mod ")
            .and_then(|rest| rest.strip_suffix(';'));
        let path = name.map(|name| format!("{folder}{name}.rs"));
        let module = path.and_then(|path| files().find(|(candidate, _)| *candidate == path));
        match (name, module) {
            (Some(name), Some((_, text))) => {
                let below = inlined(text, &format!("{folder}{name}/"));
                out.push_str(&format!("mod {name} {{\n{below}}}\n"));
            }
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

/// Tests stand at the end of a file.
fn without_tests(text: &str) -> &str {
    text.split_once("\n#[cfg(test)]\n")
        .map_or(text, |(code, _)| code)
}
