//! `tickwire diff`, and what `docs/diff.md` says of it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use clap::CommandFactory;
use serde_json::Value;
use tickwire::app::CONTRACT;
use tickwire::config::Cli;
use tickwire_spec::diff::{announces_break, rule};

/// A folder with the contract, committed and tagged, as a repository of its own.
struct Repository(tempfile::TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().expect("a folder"));
        repository.write("asyncapi.yaml", CONTRACT);
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.git(&["add", "."]);
        repository.git(&["commit", "--quiet", "--message=One"]);
        repository.git(&["tag", "v1"]);
        repository
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("a file");
    }

    /// Nothing of the user's configuration plays a part.
    fn git(&self, arguments: &[&str]) {
        let status = Command::new("git")
            .args(["-c", "user.name=x", "-c", "user.email=x@example.org"])
            .args(arguments)
            .current_dir(self.0.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .status()
            .expect("git is installed");
        assert!(status.success(), "{arguments:?}");
    }

    /// Exit status, standard output, standard error.
    fn diff(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let Output {
            status,
            stdout,
            stderr,
        } = Command::new(env!("CARGO_BIN_EXE_tickwire"))
            .arg("diff")
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .expect("it runs");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (status.code(), text(stdout), text(stderr))
    }
}

/// What the text of the contract says becomes something else.
fn with(from: &str, to: &str) -> String {
    assert_eq!(CONTRACT.matches(from).count(), 1, "{from}");
    CONTRACT.replace(from, to)
}

fn breaking() -> String {
    with("enum: [buy, sell]", "enum: [buy, sell, auction]")
}

#[test]
fn the_status_says_whether_clients_break() {
    let repository = Repository::new();
    let described = with("summary: Best bid and ask.", "summary: The best offers.");
    let compatible = with("retention: {replay: 1000}", "retention: {replay: 2000}");
    for (text, flags, expected) in [
        (CONTRACT, &[][..], 0),
        (CONTRACT, &["--fail-on", "any"], 0),
        (&described, &[], 0),
        (&described, &["--fail-on", "compatible"], 0),
        (&described, &["--fail-on", "any"], 1),
        (&compatible, &[], 0),
        (&compatible, &["--fail-on", "compatible"], 1),
        (&breaking(), &[], 1),
        (&breaking(), &["--semver"], 1),
        (&breaking(), &["--fail-on", "any"], 1),
        ("asyncapi: 2.6.0", &[], 2),
        ("", &[], 2),
    ] {
        repository.write("new.yaml", text);
        let arguments = [&["asyncapi.yaml", "new.yaml"], flags].concat();
        let (status, out, err) = repository.diff(&arguments);
        assert_eq!(status, Some(expected), "{flags:?}: {out}{err}");
        assert_eq!(err.is_empty(), expected < 2, "{err}");
        assert_eq!(out.is_empty(), expected == 2, "{out}");
    }
    let (status, _, err) = repository.diff(&["asyncapi.yaml"]);
    assert!(status == Some(2) && err.contains("<NEW>"), "{err}");
}

#[test]
fn a_version_can_announce_what_breaks() {
    let repository = Repository::new();
    for (version, expected, said) in [
        (
            "0.1.1",
            1,
            "The version, 0.1.1 after 0.1.0, does not announce breaking changes",
        ),
        (
            "0.2.0",
            0,
            "The version, 0.2.0 after 0.1.0, announces breaking changes.",
        ),
        (
            "1.0.0",
            0,
            "The version, 1.0.0 after 0.1.0, announces breaking changes.",
        ),
        (
            "next",
            1,
            "The version, next after 0.1.0, announces nothing",
        ),
    ] {
        let text = breaking().replacen("version: 0.1.0", &format!("version: {version}"), 1);
        repository.write("new.yaml", &text);
        let (status, out, _) = repository.diff(&["--semver", "git:v1", "new.yaml"]);
        assert_eq!(status, Some(expected), "{out}");
        assert!(out.contains(said), "{out}");
    }
}

#[test]
fn changes_are_told_to_people_and_to_programs() {
    let repository = Repository::new();
    repository.write("asyncapi.yaml", &breaking());
    let (_, out, _) = repository.diff(&["git:v1", "asyncapi.yaml"]);
    let line = CONTRACT
        .lines()
        .position(|line| line.contains("enum: [buy, sell]"));
    let line = line.expect("the enum") + 1;
    assert_eq!(
        out,
        format!(
            "asyncapi.yaml after git:v1: 1 breaking, 0 compatible, 0 docs-only\n\nbreaking\n  \
             components/schemas/AggressorSide/enum ({line}:7): \"auction\" is new among the values \
             [enum-value-added, received in trades.update]\n"
        )
    );
    let (_, out, _) = repository.diff(&["--format", "json", "git:v1", "asyncapi.yaml"]);
    let told: Value = serde_json::from_str(&out).expect("JSON");
    let expected = serde_json::json!({
        "old": {"document": "git:v1", "version": "0.1.0"},
        "new": {"document": "asyncapi.yaml", "version": "0.1.0"},
        "announces_break": false,
        "breaking": 1, "compatible": 0, "docs-only": 0,
        "changes": [{
            "rule": "enum-value-added", "class": "breaking", "way": "received",
            "path": "components/schemas/AggressorSide/enum", "line": line, "column": 7,
            "messages": ["trades.update"], "change": "\"auction\" is new among the values",
        }],
    });
    assert_eq!(told, expected);
}

#[test]
fn a_revision_of_git_is_read_from_where_we_are() {
    let repository = Repository::new();
    std::fs::create_dir(repository.path("inside")).expect("a folder");
    repository.write("inside/asyncapi.yaml", &breaking());
    repository.write("inside/-.yaml", CONTRACT);
    repository.git(&["add", "."]);
    repository.git(&["commit", "--quiet", "--message=Two"]);
    for (old, new, expected) in [
        ("git:v1", "git:HEAD", Some(0)),
        ("git:HEAD~1", "git:main", Some(0)),
        ("git:v1", "git:HEAD:inside/asyncapi.yaml", Some(1)),
        ("git:v1", "git:HEAD:./inside/asyncapi.yaml", Some(1)),
        ("git:v1", "git:HEAD:/inside/asyncapi.yaml", Some(1)),
        ("git:v1", "git:HEAD:inside/-.yaml", Some(0)),
    ] {
        let (status, out, err) = repository.diff(&[old, new]);
        assert_eq!(status, expected, "{old} {new}: {out}{err}");
    }
    for (old, said) in [
        ("git:nothing", "tickwire: cannot read git:nothing: git: "),
        (
            "git:HEAD:nothing.yaml",
            "tickwire: cannot read git:HEAD:nothing.yaml: git: path 'nothing.yaml' does not exist",
        ),
        ("git:", "write git:REVISION or git:REVISION:FILE"),
        ("git:v1:", "write git:REVISION or git:REVISION:FILE"),
        // Not an option of git's.
        (
            "git:--output=x",
            "tickwire: cannot read git:--output=x: git: ",
        ),
    ] {
        let (status, _, err) = repository.diff(&[old, "asyncapi.yaml"]);
        assert!(status == Some(2) && err.contains(said), "{old}: {err}");
    }
    assert!(!repository.path("x:.").exists() && !repository.path("x").exists());
    let outside = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_tickwire"))
        .args(["diff", "git:v1", "git:v1"])
        .current_dir(outside.path())
        .env(
            "GIT_CEILING_DIRECTORIES",
            outside.path().parent().expect("a parent"),
        )
        .output()
        .expect("it runs");
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains("not a git repository"), "{err}");
}

/// A server, which is stopped with this.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        let _ended = self.0.kill();
        let _status = self.0.wait();
    }
}

#[test]
fn a_running_server_can_be_compared() {
    let mut process = Command::new(env!("CARGO_BIN_EXE_tickwire"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let stdout = process.stdout.take().expect("piped");
    let _server = Server(process);
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let address = line
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split('/').next());
    let address = address.unwrap_or_else(|| panic!("it says {line:?}"));
    let repository = Repository::new();
    let url = format!("http://{address}/ws/asyncapi.yaml");
    let (status, out, err) = repository.diff(&[&url, "git:v1"]);
    assert_eq!(status, Some(0), "{err}");
    assert_eq!(out, format!("git:v1 says the same as {url}\n"));
    let (status, _, err) = repository.diff(&[&format!("http://{address}/nothing"), "git:v1"]);
    assert!(status == Some(2) && err.contains("404"), "{err}");
}

// ----------------------------------------------------------------------------------- docs/diff.md --

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diff.md");
    std::fs::read_to_string(path).expect("the page")
}

/// The cells of the tables under a heading.
fn cells(heading: &str) -> Vec<Vec<String>> {
    let page = page();
    let section = page
        .split(&format!("\n## {heading}\n"))
        .nth(1)
        .expect("the heading");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.map(|row| {
        row.split(" | ")
            .map(|cell| cell.trim_matches('`').to_owned())
            .collect()
    })
    .collect()
}

#[test]
fn the_page_has_every_rule_with_its_classes() {
    let documented: Vec<String> = cells("The rules")
        .into_iter()
        .skip(1)
        .map(|row| row[..3].join(" "))
        .collect();
    let expected: Vec<String> = rule::ALL
        .iter()
        .map(|rule| {
            format!(
                "{} {} {}",
                rule.id,
                rule.sent.as_str(),
                rule.received.as_str()
            )
        })
        .collect();
    assert_eq!(documented, expected);
}

#[test]
fn the_page_reads_versions_as_the_program_does() {
    let rows = cells("With versions");
    assert!(rows.len() > 4);
    for row in &rows[1..] {
        let announces = row[2].starts_with("yes");
        assert_eq!(
            announces_break(&row[0], &row[1]),
            Some(announces),
            "{row:?}"
        );
    }
}

#[test]
fn the_page_has_every_flag() {
    let page = page();
    let program = Cli::command();
    let command = program.find_subcommand("diff").expect("the command");
    for argument in command.get_arguments() {
        let Some(long) = argument.get_long().filter(|long| *long != "help") else {
            continue;
        };
        assert!(page.contains(&format!("| `--{long}")), "--{long}");
        for value in argument.get_possible_values() {
            let value = value.get_name();
            let flag = matches!(value, "true" | "false");
            assert!(
                flag || page.contains(&format!("`{value}`"))
                    || page.contains(&format!(" {value}`")),
                "{value}"
            );
        }
    }
}
