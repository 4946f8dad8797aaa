//! What the documentation says is so.
//!
//! | test | what it holds to the truth |
//! |---|---|
//! | `links_lead_somewhere` | relative links and their `#anchors` |
//! | `what_is_named_exists` | paths and test names in docs/architecture.md and docs/security.md |
//! | `frames_satisfy_the_contract` | ```` ```json ```` blocks |
//! | `yaml_is_yaml` | ```` ```yaml ```` blocks; merged into their contract, the check passes |
//! | `commands_print_what_is_shown` | ```` ```sh ```` blocks after `<!-- run -->` |
//! | `every_setting_is_documented` | the tables of flags; `UPDATE_DOCS=1` writes them |
//! | the others | tables of errors, close codes, messages, rules, extension keys |
//!
//! The Python of README.md is run by `spec-tests/readme/run.py`, which `./test wire` calls; the
//! tables and the Python of docs/languages.md by `spec-tests/languages/`, `./test languages`.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use clap::CommandFactory;
use serde_json::Value;
use tickwire::app::CONTRACT;
use tickwire::config::{Cli, SECRET_VARIABLE};
use tickwire::wire::{ErrorCode, Refusal, Severity};
use tickwire_spec::{Contract, rule};

// ------------------------------------------------------------------------------------ the pages --

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every page that links are followed from.
fn pages() -> Vec<String> {
    let mut pages: Vec<String> = [
        "README.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "data/README.md",
        "examples/README.md",
        "web/README.md",
    ]
    .map(String::from)
    .to_vec();
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".md") {
            pages.push(format!("docs/{name}"));
        }
    }
    pages
}

/// A fenced block, with the HTML comment on the line before it.
struct Block {
    page: String,
    line: usize,
    language: String,
    marker: String,
    text: String,
}

impl Block {
    fn place(&self) -> String {
        format!("{}:{}", self.page, self.line)
    }
}

fn blocks(page: &str) -> Vec<Block> {
    let text = read(page);
    let mut blocks = Vec::new();
    let mut before = "";
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let marker = before
                .strip_prefix("<!--")
                .and_then(|rest| rest.strip_suffix("-->"));
            let inside: Vec<&str> = lines
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|line| *line != "```")
                .collect();
            blocks.push(Block {
                page: page.to_owned(),
                line: number + 1,
                language: language.to_owned(),
                marker: marker.unwrap_or_default().trim().to_owned(),
                text: inside.join("\n") + "\n",
            });
        }
        before = line;
    }
    blocks
}

/// The blocks that this test answers for.
fn our_blocks() -> Vec<Block> {
    let ours = |page: &String| {
        page == "README.md" || page.starts_with("docs/") && page != "docs/benchmarks.md"
    };
    pages()
        .iter()
        .filter(|page| ours(page))
        .flat_map(|page| blocks(page))
        .collect()
}

/// The first cells of the tables in a section, without their back quotes, each with the whole row.
fn rows(page: &str, heading: &str) -> BTreeMap<String, Vec<String>> {
    let text = format!("\n{}", read(page));
    let start = text
        .find(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("{page}: no {heading}"));
    let level = heading.split(' ').next().unwrap().len();
    let section: Vec<&str> = text[start + 1..]
        .lines()
        .skip(1)
        .take_while(|line| {
            !(line.starts_with('#') && line.split(' ').next().unwrap().len() <= level)
        })
        .collect();
    let mut rows = BTreeMap::new();
    for line in section {
        let Some(inside) = line
            .strip_prefix("| ")
            .and_then(|line| line.strip_suffix(" |"))
        else {
            continue;
        };
        let cells: Vec<String> = inside
            .split(" | ")
            .map(|cell| cell.trim().to_owned())
            .collect();
        rows.insert(cells[0].trim_matches('`').to_owned(), cells);
    }
    rows
}

fn contract(text: &str) -> Contract {
    tickwire_spec::load("contract", text).unwrap_or_else(|report| panic!("{report}"))
}

fn ours() -> Contract {
    contract(CONTRACT)
}

// ---------------------------------------------------------------------------------------- links --

/// The anchor of a heading, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    heading
        .to_lowercase()
        .chars()
        .filter(kept)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn without_blocks(text: &str) -> String {
    let mut inside = false;
    let mut kept = String::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[test]
fn links_lead_somewhere() {
    let mut wrong = Vec::new();
    let mut followed = 0;
    for page in pages() {
        let text = without_blocks(&read(&page));
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap_or_default();
            if target.starts_with("http") {
                continue;
            }
            followed += 1;
            let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
            let path = match file {
                "" => root().join(&page),
                file => root().join(&page).parent().unwrap().join(file),
            };
            if !path.exists() {
                wrong.push(format!("{page}: {target}: no such file"));
                continue;
            }
            if fragment.is_empty() {
                continue;
            }
            let headings = without_blocks(&fs::read_to_string(&path).unwrap());
            let headings = headings.lines().filter(|line| line.starts_with('#'));
            let mut anchors = headings.map(|line| anchor(line.trim_start_matches('#').trim()));
            if !anchors.any(|anchor| anchor == fragment) {
                wrong.push(format!("{page}: {target}: no such heading"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(followed > 50, "only {followed} links were found");
}

#[test]
fn what_is_named_exists() {
    for (page, least) in [("docs/architecture.md", 8), ("docs/security.md", 15)] {
        let text = without_blocks(&read(page));
        let (mut file, mut tests) = (String::new(), 0);
        for name in text.split('`').skip(1).step_by(2) {
            let path = name.split_once(": ").map_or(name, |(path, _)| path);
            if path.contains('/') && !path.contains(['*', '{', ' ']) && !path.starts_with('/') {
                assert!(root().join(path).exists(), "{page}: {path} does not exist");
                file = path.to_owned();
            } else if name.matches('_').count() >= 3 && !name.starts_with("tickwire_") {
                // A test, of the file named before it.
                let source = read(&file);
                assert!(
                    source.contains(&format!("fn {name}(")),
                    "{page}: no {name} in {file}"
                );
                tests += 1;
            }
        }
        assert!(tests >= least, "{page}: only {tests} tests are named");
    }
}

// --------------------------------------------------------------------------------------- frames --

/// The JSON values of a block: one, or several after another.
fn values(block: &Block) -> Vec<Value> {
    serde_json::Deserializer::from_str(&block.text)
        .into_iter()
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{}: {error}", block.place()))
}

#[test]
fn frames_satisfy_the_contract() {
    let contract = ours();
    let mut seen = BTreeSet::new();
    for block in our_blocks().iter().filter(|block| block.language == "json") {
        for value in values(block) {
            let Some(wire_type) = value["type"].as_str() else {
                continue;
            };
            let message = contract
                .messages
                .iter()
                .find(|message| message.name == wire_type)
                .unwrap_or_else(|| panic!("{}: the contract has no {wire_type}", block.place()));
            let validator = tickwire_spec::validator(&contract.frame_schema(message)).unwrap();
            let errors: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(
                errors.is_empty(),
                "{}: {}",
                block.place(),
                errors.join("\n")
            );
            seen.insert(wire_type.to_owned());
        }
    }
    assert!(seen.len() >= 12, "only {seen:?} are shown");
}

// ----------------------------------------------------------------------------------------- yaml --

/// Puts the lines of `addition` under the keys of the same names in `document`, as the reader is
/// told to. Knows block mappings only, which is all that the pages use.
fn merged(document: &str, addition: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut lines: Vec<String> = document.lines().map(str::to_owned).collect();
    let addition: Vec<&str> = addition.lines().collect();
    // The keys that the current line is under: indent, and where each ends in the document.
    let mut under: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < addition.len() {
        let line = addition[at];
        let depth = indent(line);
        under.retain(|(parent, _)| *parent < depth);
        let from = under.last().map_or(0, |(_, start)| start + 1);
        let found = (from..lines.len())
            .take_while(|&index| {
                under.is_empty()
                    || lines[index].trim().is_empty()
                    || indent(&lines[index]) >= depth
                    || lines[index].trim_start().starts_with('#')
            })
            .find(|&index| lines[index].trim_end() == line);
        if let Some(index) = found {
            under.push((depth, index));
            at += 1;
            continue;
        }
        let end = (at + 1..addition.len())
            .find(|&next| indent(addition[next]) <= depth)
            .unwrap_or(addition.len());
        let new = addition[at..end].iter().map(|line| (*line).to_owned());
        lines.splice(from..from, new);
        at = end;
    }
    lines.join("\n") + "\n"
}

fn block_with(page: &str, marker: &str) -> Block {
    blocks(page)
        .into_iter()
        .find(|block| block.marker == marker)
        .unwrap_or_else(|| panic!("{page} has no block after <!-- {marker} -->"))
}

/// The contract with the operation that README.md adds to it.
fn contract_of_the_walk() -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("asyncapi.yaml");
    fs::write(&file, CONTRACT).unwrap();
    let command = block_with("README.md", "walk:new").text;
    let program = env!("CARGO_BIN_EXE_tickwire");
    let output = Command::new("bash")
        .args(["-ec", &command.replace("cargo run --", program)])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}: {said}");
    fs::read_to_string(file).unwrap()
}

/// The contract of an example with the family that docs/contract.md adds to it.
fn contract_with_the_family() -> String {
    let family = block_with("docs/contract.md", "merge: examples/vehicles.yaml");
    merged(&read("examples/vehicles.yaml"), &family.text)
}

#[test]
fn yaml_is_yaml() {
    for block in our_blocks().iter().filter(|block| block.language == "yaml") {
        let known = ["merge: examples/vehicles.yaml", "fragment"];
        assert!(
            known.contains(&&*block.marker),
            "{}: say what is checked of it",
            block.place()
        );
        if block.marker == "fragment" {
            // Of the contract: every line is in it, but for the spelling of lists.
            let plain = |text: &str| text.replace(['\'', ' '], "");
            let examples = [CONTRACT, &read("crates/spec/schemas/x-permissions.json")].concat();
            for line in block.text.lines() {
                let value = line.split_once(": ").map_or("", |(_, value)| value);
                let value = value.trim_matches(['[', ']', '\'']);
                assert!(
                    plain(&examples).contains(&plain(value)),
                    "{}: {line}",
                    block.place()
                );
            }
        }
    }
}

#[test]
fn the_walk_of_the_readme_is_one() {
    let before = ours();
    let after = contract(&contract_of_the_walk());
    let names = |contract: &Contract| -> BTreeSet<String> {
        contract
            .operations
            .iter()
            .map(|operation| operation.name.clone())
            .collect()
    };
    let new: Vec<String> = names(&after).difference(&names(&before)).cloned().collect();
    assert_eq!(new, ["symbols.count"]);
    let method = "symbols_count";
    let error = block_with("README.md", "walk:rustc-error").text;
    assert!(error.starts_with(&format!(
        "error[E0046]: not all trait items implemented, missing: `{method}`"
    )));
    let place = error
        .lines()
        .find_map(|line| line.trim().strip_prefix("--> "))
        .unwrap();
    let (file, rest) = place.split_once(':').unwrap();
    let line: usize = rest.split(':').next().unwrap().parse().unwrap();
    let at = read(file).lines().nth(line - 1).unwrap().to_owned();
    assert!(
        error.contains(&at),
        "rustc shows line {line} of {file}: {at}"
    );
    let handler = block_with("README.md", "walk:rust-handler").text;
    assert!(handler.contains(&format!("async fn {method}(")));
}

#[test]
fn the_family_of_the_guide_is_one() {
    let after = contract(&contract_with_the_family());
    assert!(after.families.iter().any(|family| family.name == "stops"));
}

// ------------------------------------------------------------------------------------- commands --

/// What the server of the pages' tokens has, and whoever issues them.
const SECRET: &str = "the secret of the commands in the documentation";

/// A server of its own, on a free port.
struct Server {
    process: Child,
    address: String,
    /// Of the operators' routes.
    admin: String,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        Self::start_with(arguments, None)
    }

    /// The same with the secret in its environment.
    fn start_with(arguments: &[&str], secret: Option<(&str, &str)>) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_tickwire"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .envs(secret)
            .current_dir(root())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut address = || {
            let mut line = String::new();
            lines.read_line(&mut line).unwrap();
            let address = line
                .split("http://")
                .nth(1)
                .and_then(|rest| rest.split('/').next());
            address
                .unwrap_or_else(|| panic!("it says {line:?}"))
                .to_owned()
        };
        Self {
            address: address(),
            admin: address(),
            process,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        let _ended = self.process.kill();
        let _status = self.process.wait();
    }
}

/// Where a contract that was made for a test is put, for as long as the test runs.
fn contract_file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

fn run(block: &Block, server: &Server) -> String {
    assert!(
        block.text.contains("localhost:808"),
        "{}: no localhost:8080 or :8081",
        block.place()
    );
    let script = block.text.replace("localhost:8080", &server.address);
    let script = script.replace("localhost:8081", &server.admin);
    // Commands on the pages call it by its name, and have the secret where there is one.
    let program = Path::new(env!("CARGO_BIN_EXE_tickwire")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("bash")
        .args(["-euc", &script])
        .env("PATH", format!("{}:{path}", program.display()))
        .env(SECRET_VARIABLE, SECRET)
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{}: {error}", block.place());
    String::from_utf8(output.stdout).unwrap()
}

/// The value with every text and number replaced by one word for its kind.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| (key.clone(), shape(value)))
            .collect(),
        Value::Array(items) => items.iter().map(shape).collect(),
        Value::String(_) => "text".into(),
        Value::Number(_) => "number".into(),
        other => other.clone(),
    }
}

#[test]
fn commands_print_what_is_shown() {
    let family = contract_file("docs-family.yaml", &contract_with_the_family());
    let servers = BTreeMap::from([
        ("run", Server::start(&[])),
        (
            "run with a secret",
            Server::start_with(&["--modules=none"], Some((SECRET_VARIABLE, SECRET))),
        ),
        (
            "run examples/vehicles.yaml",
            Server::start(&["--spec", "examples/vehicles.yaml"]),
        ),
        (
            "run examples/vehicles.yaml --mock",
            Server::start(&["--spec", "examples/vehicles.yaml", "--mock"]),
        ),
        (
            "run merged examples/vehicles.yaml",
            Server::start(&["--spec", family.to_str().unwrap()]),
        ),
    ]);
    let (mut ran, mut compared) = (0, 0);
    let blocks = our_blocks();
    for (index, block) in blocks.iter().enumerate() {
        if block.language != "sh" {
            continue;
        }
        let Some(server) = servers.get(&*block.marker) else {
            // The walk's needs another build; programs that are not everywhere, or that never end.
            let known = [
                "cargo ",
                "tickwire diff ",
                "tickwire new ",
                "websocat ",
                "tickwire --",
                "export TICKWIRE_",
                "git ",
                "fuzz/",
                "UPDATE_",
                "PROPTEST_CASES=",
                "SCHEDULES=",
            ];
            let of_the_walk = block.marker.starts_with("walk");
            let skipped = block
                .text
                .lines()
                .all(|line| known.iter().any(|name| line.starts_with(name)));
            assert!(
                of_the_walk || skipped,
                "{}: say <!-- run --> before it",
                block.place()
            );
            continue;
        };
        let printed = run(block, server);
        ran += 1;
        let Some(shown) = blocks.get(index + 1).filter(|next| next.page == block.page) else {
            continue;
        };
        let place = shown.place();
        let parsed = || {
            serde_json::from_str::<Value>(&printed)
                .unwrap_or_else(|error| panic!("{place}: {error}: {printed}"))
        };
        match (&*shown.marker, &*shown.language) {
            ("prints", "json") => assert_eq!(vec![parsed()], values(shown), "{place}"),
            ("prints", _) => assert_eq!(printed, shown.text, "{place}"),
            ("prints like", _) => assert_eq!(
                vec![shape(&parsed())],
                values(shown).iter().map(shape).collect::<Vec<_>>(),
                "{place}"
            ),
            _ => continue,
        }
        compared += 1;
    }
    assert!(
        ran >= 6 && compared >= 6,
        "{ran} were run, {compared} compared"
    );
}

#[test]
fn the_operation_of_the_walk_can_be_called() {
    // Without its handler, which tests/contract_first compiles, the answer is `not_implemented`.
    let file = contract_file("docs-walk.yaml", &contract_of_the_walk());
    let server = Server::start(&["--spec", file.to_str().unwrap()]);
    let answer: Value =
        serde_json::from_str(&run(&block_with("README.md", "walk:curl"), &server)).unwrap();
    assert_eq!(answer["code"], "not_implemented");
    let schema = contract(&contract_of_the_walk())
        .payload_schema("SymbolsCountResult")
        .unwrap();
    let shown = values(&block_with("README.md", "walk:prints"));
    assert!(
        tickwire_spec::validator(&schema)
            .unwrap()
            .is_valid(&shown[0])
    );
}

// --------------------------------------------------------------------------------------- tables --

/// The tables of flags, as clap knows them.
fn flags() -> String {
    let mut headings: Vec<(String, Vec<String>)> = Vec::new();
    for argument in Cli::command().get_arguments() {
        let Some(long) = argument
            .get_long()
            .filter(|long| !["help", "version"].contains(long))
        else {
            continue;
        };
        let heading = argument.get_help_heading().unwrap_or("General").to_owned();
        let variable = argument
            .get_env()
            .unwrap_or_else(|| panic!("--{long} has no variable"));
        let default: Vec<_> = argument
            .get_default_values()
            .iter()
            .map(|value| format!("`{}`", value.to_string_lossy()))
            .collect();
        let value = argument
            .get_value_names()
            .map(|names| format!(" <{}>", names[0]))
            .unwrap_or_default();
        let choices: Vec<_> = argument
            .get_possible_values()
            .iter()
            .map(|value| format!("`{}`", value.get_name()))
            .collect();
        let choices = if choices.is_empty() {
            String::new()
        } else {
            format!(": {}", choices.join(", "))
        };
        let help = argument
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        let default = if default.is_empty() {
            "–".to_owned()
        } else {
            default.join(", ")
        };
        let row = format!(
            "| `--{long}{value}` | `{}` | {} | {help}{choices} |",
            variable.to_string_lossy(),
            default,
        );
        match headings.iter_mut().find(|(name, _)| *name == heading) {
            Some((_, rows)) => rows.push(row),
            None => headings.push((heading, vec![row])),
        }
    }
    let mut text = String::new();
    for (heading, rows) in headings {
        text.push_str(&format!(
            "\n**{heading}**\n\n| flag | environment | default | |\n|---|---|---|---|\n{}\n",
            rows.join("\n")
        ));
    }
    text + "\n"
}

#[test]
fn every_setting_is_documented() {
    let page = "docs/operating.md";
    let text = read(page);
    let begin = text
        .find("<!-- flags:")
        .and_then(|at| text[at..].find("-->\n").map(|end| at + end + 4))
        .unwrap();
    let end = text.find("<!-- /flags -->").unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(
            root().join(page),
            [&text[..begin], &flags(), &text[end..]].concat(),
        )
        .unwrap();
        return;
    }
    assert_eq!(
        &text[begin..end],
        flags(),
        "{page}: UPDATE_DOCS=1 cargo test --test docs"
    );
    // What it says elsewhere of flags and variables, and what others say.
    let known = format!("{} `{SECRET_VARIABLE}`", flags());
    let program = Cli::command();
    let mut of_commands = BTreeSet::new();
    let mut commands: Vec<_> = program.get_subcommands().collect();
    while let Some(command) = commands.pop() {
        commands.extend(command.get_subcommands());
        let flags = command.get_arguments().filter_map(clap::Arg::get_long);
        of_commands.extend(flags.map(|flag| format!("--{flag}")));
    }
    for page in pages() {
        for word in
            read(&page).split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        {
            if word.starts_with("TICKWIRE_") {
                assert!(known.contains(&format!("`{word}`")), "{page}: {word}");
            }
        }
        for word in read(&page).split('`').filter(|word| word.starts_with("--")) {
            let flag = word.split([' ', '=']).next().unwrap();
            let of_others = [
                "--csharpNewtonsoft",
                "--csharpSystemJson",
                "--javaJackson",
                "--json",
                "--score",
            ];
            assert!(
                of_others.contains(&flag)
                    || of_commands.contains(flag)
                    || known.contains(&format!("`{flag} ")),
                "{page}: {flag}"
            );
        }
    }
}

#[test]
fn every_error_has_its_row() {
    let documented = rows("docs/protocol.md", "## Errors");
    let contract: Value = serde_json::from_str(&ours().json).unwrap();
    let codes = contract["components"]["schemas"]["ErrorCode"]["enum"]
        .as_array()
        .expect("ErrorCode is an enum");
    for code in codes {
        let code = code.as_str().unwrap();
        let refusal = Refusal::new(code.parse::<ErrorCode>().unwrap(), "");
        let severity = match refusal.severity() {
            Severity::Validation => "`validation_error`",
            Severity::Business => "`business_logic_error`",
            Severity::System => "`system_error`",
        };
        let retryable = if refusal.retryable() { "yes" } else { "no" };
        let row = documented
            .get(code)
            .unwrap_or_else(|| panic!("no row for {code}"));
        assert_eq!(
            row[1..4],
            [severity, &refusal.http_status().to_string(), retryable],
            "{code}"
        );
    }
    assert_eq!(
        documented.len(),
        codes.len() + 1,
        "a row (or the head) too many"
    );
}

#[test]
fn every_close_code_has_its_row() {
    let source = read("src/wire/close.rs");
    let arms = |function: &str| -> BTreeMap<String, String> {
        let body = source
            .split(&format!("pub fn {function}("))
            .nth(1)
            .unwrap()
            .split("\n    }\n")
            .next()
            .unwrap();
        let body = body.replace("=> {", "=> ");
        let mut arms = BTreeMap::new();
        for arm in body.split("Self::").skip(1) {
            let (name, value) = arm.split_once("=>").unwrap();
            let value = value
                .split('}')
                .next()
                .unwrap()
                .trim()
                .trim_end_matches(',')
                .trim_matches('"');
            arms.insert(name.trim().to_owned(), value.to_owned());
        }
        arms
    };
    let reasons = arms("reason");
    let mut documented = rows("docs/protocol.md", "## Close codes");
    assert_eq!(documented.remove("code").map(|head| head.len()), Some(3));
    let codes = arms("code");
    assert!(codes.len() > 8, "{codes:?}");
    for (name, code) in &codes {
        let row = documented
            .remove(code)
            .unwrap_or_else(|| panic!("no row for {code}"));
        assert_eq!(row[1], reasons[name], "{code}");
    }
    assert!(documented.is_empty(), "{documented:?} are not sent");
}

#[test]
fn every_message_and_family_is_named() {
    let page = read("docs/protocol.md");
    let guide = read("docs/contract.md");
    let contract = ours();
    for message in &contract.messages {
        assert!(
            page.contains(&format!("`{}`", message.name)),
            "docs/protocol.md lacks {}",
            message.name
        );
    }
    for family in &contract.families {
        assert!(
            page.contains(&format!("`{}`", family.pattern)),
            "docs/protocol.md lacks {}",
            family.pattern
        );
    }
    let session = contract
        .operations
        .iter()
        .filter(|operation| operation.tags.iter().any(|tag| tag == "session"));
    for operation in session {
        assert!(
            guide.contains(&format!("`{}`", operation.name)),
            "docs/contract.md lacks {}",
            operation.name
        );
    }
}

#[test]
fn every_rule_has_its_row() {
    let documented: BTreeSet<String> = rows("docs/contract.md", "## What the check catches")
        .into_keys()
        .collect();
    let expected: BTreeSet<String> = rule::ALL
        .iter()
        .copied()
        .chain(["rule"])
        .map(String::from)
        .collect();
    assert_eq!(documented, expected);
}

#[test]
fn every_member_of_an_extension_has_its_row() {
    let schema: Value = serde_json::from_str(&read("crates/spec/schemas/x-topic.json")).unwrap();
    let page = rows("docs/x-topic.md", "# `x-topic`");
    let required: Vec<&str> = schema["required"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for member in schema["properties"].as_object().unwrap().keys() {
        let row = page
            .get(member)
            .unwrap_or_else(|| panic!("no row for {member}"));
        assert_eq!(
            row[1] == "yes",
            required.contains(&member.as_str()),
            "{member}"
        );
    }
    for delivery in schema["properties"]["delivery"]["enum"].as_array().unwrap() {
        assert!(
            page.contains_key(delivery.as_str().unwrap()),
            "no row for {delivery}"
        );
    }
    for entry in fs::read_dir(root().join("crates/spec/schemas")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let page = format!("docs/{}.md", name.trim_end_matches(".json"));
        assert!(
            read(&page).contains(&format!("crates/spec/schemas/{name}")),
            "{page}"
        );
    }
}

#[test]
fn the_python_is_run_by_the_tests() {
    // A block that these do not understand would be skipped there.
    let runners = BTreeMap::from([
        ("README.md", "spec-tests/readme/run.py"),
        ("docs/clients.md", "spec-tests/readme/run.py"),
        ("docs/languages.md", "spec-tests/languages/run.sh"),
        ("docs/add-an-operation.md", "WALK_CLIENTS=1"),
    ]);
    let python: Vec<Block> = our_blocks()
        .into_iter()
        .filter(|block| block.language == "python")
        .collect();
    assert!(!python.is_empty());
    for block in python {
        let runner = runners[&*block.page];
        assert!(read("test").contains(runner), "{runner}");
        assert!(block.text.contains("localhost:8080"), "{}", block.place());
    }
}
