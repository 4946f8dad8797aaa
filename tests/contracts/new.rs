//! `tickwire new`.

use std::path::Path;
use std::process::{Command, Output};

use clap::CommandFactory;
use tickwire::app::CONTRACT;
use tickwire::config::Cli;

/// Runs in a folder: exit status, standard output, standard error.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_tickwire"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (status.code(), text(stdout), text(stderr))
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("asyncapi.yaml"), CONTRACT).expect("a file");
    folder
}

fn contract(folder: &tempfile::TempDir) -> String {
    std::fs::read_to_string(folder.path().join("asyncapi.yaml")).expect("a file")
}

const TOPIC: [&str; 9] = [
    "new", "topic", "news", "--param", "symbol", "--field", "headline", "--tag", "datafeed",
];

#[test]
fn what_is_added_passes_the_check_and_breaks_nobody() {
    let folder = folder();
    std::fs::write(folder.path().join("old.yaml"), CONTRACT).expect("a file");
    let (status, out, err) = run(folder.path(), &TOPIC);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(
        out.starts_with("asyncapi.yaml: ") && out.contains(" lines added, behind the lines "),
        "{out}"
    );
    assert!(
        out.ends_with("`cargo build` names what is left to write\n"),
        "{out}"
    );
    let arguments = [
        "new",
        "operation",
        "news.search",
        "--request",
        "query",
        "--reply",
        "news:NewsEvent[]",
        "--tag",
        "datafeed",
    ];
    assert_eq!(run(folder.path(), &arguments).0, Some(0));
    let (status, out, _) = run(folder.path(), &["check", "asyncapi.yaml"]);
    assert!(status == Some(0) && out.contains(": ok, "), "{out}");
    let (status, out, _) = run(folder.path(), &["diff", "old.yaml", "asyncapi.yaml"]);
    assert_eq!(status, Some(0));
    assert!(
        out.starts_with("asyncapi.yaml after old.yaml: 0 breaking, 2 compatible, 0 docs-only\n"),
        "{out}"
    );
}

#[test]
fn a_dry_run_shows_it_and_writes_nothing() {
    let folder = folder();
    let (status, shown, _) = run(folder.path(), &[&TOPIC[..], &["--dry-run"]].concat());
    assert_eq!(status, Some(0));
    assert_eq!(contract(&folder), CONTRACT);
    assert_eq!(run(folder.path(), &TOPIC).0, Some(0));
    // What was shown, put behind its lines, is what is written.
    let mut lines: Vec<String> = CONTRACT.lines().map(str::to_owned).collect();
    let mut blocks: Vec<(usize, Vec<String>)> = Vec::new();
    for line in shown.lines() {
        match (line.strip_prefix("@@ behind line "), line.strip_prefix('+')) {
            (Some(number), _) => blocks.push((number.parse().expect("a number"), Vec::new())),
            (_, Some(line)) => blocks.last_mut().expect("a place").1.push(line.to_owned()),
            _ => panic!("{line}"),
        }
    }
    for (after, block) in blocks.into_iter().rev() {
        lines.splice(after..after, block);
    }
    assert_eq!(contract(&folder), lines.join("\n") + "\n");
}

#[test]
fn what_cannot_be_added_leaves_the_document_alone() {
    let folder = folder();
    std::fs::write(folder.path().join("unsound.yaml"), "asyncapi: 2.6.0\n").expect("a file");
    for (arguments, status, expected) in [
        (
            &["topic", "bars"][..],
            1,
            "tickwire: asyncapi.yaml: there is a family of topics `bars` already\n",
        ),
        (
            &["topic", "News"],
            1,
            "tickwire: asyncapi.yaml: `News` is no name for a family of topics",
        ),
        (&["operation", "ping"], 1, "is already in `"),
        (
            &["topic", "news", "--field", "a:Nothing"],
            1,
            "there is no schema `Nothing`",
        ),
        (
            &["topic", "news", "--spec", "unsound.yaml"],
            1,
            "tickwire: unsound.yaml: the document has to pass the check",
        ),
        (
            &["topic", "news", "--spec", "nothing.yaml"],
            1,
            "tickwire: cannot read nothing.yaml: ",
        ),
        (
            &["topic", "news", "--param", "A"],
            2,
            "a field is written `name`",
        ),
        (
            &["topic", "news", "--delivery", "quick"],
            2,
            "[possible values: latest, window, lossless, delta]",
        ),
        (&["topic"], 2, "<NAME>"),
        (&["everything"], 2, "unrecognized subcommand"),
    ] {
        let (found, out, err) = run(folder.path(), &[&["new"], arguments].concat());
        assert_eq!(found, Some(status), "{arguments:?}: {err}");
        assert!(
            out.is_empty() && err.contains(expected),
            "{arguments:?}: {err}"
        );
    }
    assert_eq!(contract(&folder), CONTRACT);
}

#[test]
fn the_guide_has_every_flag() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/contract.md");
    let guide = std::fs::read_to_string(path).expect("the guide");
    let program = Cli::command();
    let command = program.find_subcommand("new").expect("the command");
    let arguments = command
        .get_subcommands()
        .flat_map(|command| command.get_arguments());
    for long in arguments.filter_map(|argument| argument.get_long()) {
        assert!(
            guide.contains(&format!("| `--{long}`")) || long == "help",
            "--{long}"
        );
    }
}
