//! A change begins in the contract, and the compiler says what is left to write. Shown by compiling a
//! copy of this package whose contract has been changed, as the README tells.
//!
//! The copy depends on the crates of this workspace and builds into the same target directory, so that
//! only the copied package itself is compiled. Cargo holds no lock while tests run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const CONTRACT: &str = include_str!("../asyncapi.yaml");
const README: &str = include_str!("../README.md");

/// There is one copy, at one place: another place would be another package to Cargo, and whatever was
/// compiled for it would stay in the target directory.
static COPY: Mutex<()> = Mutex::new(());

/// A copy of what compiling the library needs.
struct Package {
    path: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

impl Package {
    fn with_contract(contract: &str) -> Self {
        let alone = COPY.lock().unwrap_or_else(PoisonError::into_inner);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("contract-first");
        if path.exists() {
            fs::remove_dir_all(&path).expect("the last copy can be removed");
        }
        for part in ["src", "web/dist", "build.rs", "Cargo.lock"] {
            copy(&Path::new(ROOT).join(part), &path.join(part));
        }
        let manifest = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).expect("a manifest");
        let manifest = without_other_targets(&manifest)
            .replace(r#"members = ["crates/*"]"#, "members = []")
            .replace(r#"path = "crates/"#, &format!(r#"path = "{ROOT}/crates/"#));
        fs::write(path.join("Cargo.toml"), manifest).expect("the manifest");
        fs::write(path.join("asyncapi.yaml"), contract).expect("the contract");
        Self {
            path,
            _alone: alone,
        }
    }

    /// Puts `code` behind the line `after` of a source file.
    fn edit(&self, file: &str, after: &str, code: &str) {
        let path = self.path.join(file);
        let text = fs::read_to_string(&path).expect("a source file");
        assert_eq!(text.matches(after).count(), 1, "{after} is in {file}");
        fs::write(&path, text.replace(after, &format!("{after}{code}"))).expect("a source file");
    }

    /// Compiles the library. `Err` has what the compiler said.
    fn compile(&self) -> Result<(), String> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()
            .expect("the target directory");
        // As a test: so its dependencies have the features with which this test's were built.
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["test", "--lib", "--no-run", "--offline", "--color=never"]);
        if !cfg!(debug_assertions) {
            cargo.arg("--release");
        }
        cargo
            .current_dir(&self.path)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_INCREMENTAL", "0");
        let output = cargo.output().expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() {
            Ok(())
        } else {
            Err(said)
        }
    }
}

/// A manifest without benchmarks and examples, whose files are not copied.
fn without_other_targets(manifest: &str) -> String {
    let mut kept = true;
    let lines = manifest.lines().filter(|line| {
        if line.starts_with('[') {
            kept = !line.starts_with("[[");
        }
        kept
    });
    lines.map(|line| format!("{line}\n")).collect()
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a directory");
        for entry in fs::read_dir(from).expect("a directory") {
            let entry = entry.expect("an entry");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().expect("a directory")).expect("a directory");
        fs::copy(from, to).expect("a copy");
    }
}

/// The code block of the README under a marker.
fn block(marker: &str) -> &'static str {
    let after = README
        .split(&format!("<!-- {marker} -->\n```"))
        .nth(1)
        .expect("the marker");
    let (_, block) = after.split_once('\n').expect("a block");
    block.split("```").next().expect("its end")
}

/// The keys that lead to each line of a YAML document that is a key.
fn keys(text: &str) -> Vec<(usize, Vec<&str>)> {
    let mut path: Vec<(usize, &str)> = Vec::new();
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let trimmed = line.trim_start();
        let Some((key, _)) = trimmed
            .split_once(':')
            .filter(|_| !trimmed.starts_with(['#', '-']))
        else {
            continue;
        };
        let depth = line.len() - trimmed.len();
        path.retain(|(of, _)| *of < depth);
        path.push((depth, key));
        found.push((number, path.iter().map(|(_, key)| *key).collect()));
    }
    found
}

/// Adds the lines of `addition` under the keys of the same names, as a person would.
fn add(contract: &str, addition: &str) -> String {
    let mut lines: Vec<String> = contract.lines().map(str::to_owned).collect();
    let known = keys(contract);
    let line_of = |path: &[&str]| {
        known
            .iter()
            .find(|(_, keys)| keys == path)
            .map(|(number, _)| *number)
    };
    let new = keys(addition);
    let mut at = 0;
    for (number, line) in addition.lines().enumerate() {
        let path = new
            .iter()
            .find(|(of, _)| *of == number)
            .map(|(_, path)| path);
        match path.and_then(|path| line_of(path)) {
            Some(container) => at = container,
            None => lines[at] = format!("{}\n{line}", lines[at]),
        }
    }
    lines.join("\n") + "\n"
}

/// The contract with a copy of a family of topics under another name.
fn with_copy_of_trades(contract: &str) -> String {
    let containers = [
        &["channels"][..],
        &["operations"],
        &["components", "messages"],
        &["components", "schemas"],
    ];
    let keys = keys(contract);
    let lines: Vec<&str> = contract.lines().collect();
    let mut changed = contract.to_owned();
    for container in containers {
        let mut copied = String::new();
        let children = keys
            .iter()
            .filter(|(_, path)| path.len() == container.len() + 1 && path.starts_with(container));
        for (begin, path) in children {
            let name = path.last().expect("a key");
            if !name.to_lowercase().starts_with("trade") {
                continue;
            }
            let end = keys
                .iter()
                .find(|(number, other)| number > begin && other.len() <= path.len());
            let end = end.map_or(lines.len(), |(number, _)| *number);
            let block = lines[*begin..end]
                .iter()
                .filter(|line| !line.trim_start().starts_with('#'));
            copied.extend(block.map(|line| format!("{line}\n")));
        }
        let copied = copied
            .replace("trades", "fills")
            .replace("Trades", "Fills")
            .replace("TradeUpdate", "FillUpdate");
        let outer: String = container
            .iter()
            .enumerate()
            .map(|(depth, key)| format!("{}{key}:\n", "  ".repeat(depth)))
            .collect();
        changed = add(&changed, &(outer + &copied));
    }
    changed
}

#[test]
fn an_operation_without_a_handler_does_not_compile_and_with_one_it_does() {
    let contract = add(CONTRACT, block("walk:yaml-operation"));
    if let Err(report) = tickwire_spec::load("asyncapi.yaml", &contract) {
        panic!("the README's contract is not sound: {report}");
    }
    let package = Package::with_contract(&contract);
    let said = package.compile().expect_err("the handler is missing");
    let expected = block("walk:rustc-error").lines().next().expect("the error");
    assert_eq!(
        expected,
        "error[E0046]: not all trait items implemented, missing: `symbols_count`"
    );
    assert!(said.contains(expected), "{said}");
    assert!(said.contains("src/modules/datafeed.rs"), "{said}");
    assert_eq!(
        said.matches("\nerror[").count(),
        1,
        "nothing else is wrong: {said}"
    );

    package.edit(
        "src/modules/datafeed.rs",
        "impl api::Datafeed for Datafeed {\n",
        block("walk:rust-handler"),
    );
    package.compile().unwrap_or_else(|said| panic!("{said}"));
}

#[test]
fn a_family_of_topics_that_nobody_makes_does_not_compile() {
    let contract = with_copy_of_trades(CONTRACT);
    let loaded =
        tickwire_spec::load("asyncapi.yaml", &contract).unwrap_or_else(|report| panic!("{report}"));
    assert!(loaded.family("fills").is_some());
    let said = Package::with_contract(&contract)
        .compile()
        .expect_err("nobody makes these topics");
    let error = said.lines().find(|line| line.starts_with("error["));
    let error = error.unwrap_or_else(|| panic!("{said}"));
    assert!(error.starts_with("error[E0277]: the trait bound"), "{said}");
    assert!(
        error.ends_with("Datafeed: TopicSource<Fills>` is not satisfied"),
        "{said}"
    );

    // Where publications make the topics, there is nothing to write.
    let family = contract.find("pattern: fills:{symbol}");
    let (before, family) = contract.split_at(family.expect("the family"));
    let published = before.to_owned()
        + &family.replacen(
            "source: service",
            "source: publish\n      publish_permissions: []",
            1,
        );
    Package::with_contract(&published)
        .compile()
        .unwrap_or_else(|said| panic!("{said}"));
}

#[test]
fn a_contract_with_mistakes_stops_the_build_with_all_of_them() {
    let contract = CONTRACT
        .replace("key: /time", "key: /tiem")
        .replace("count_back: 100}", "count_back: many}");
    let place = |needle: &str, part: &str| {
        let (number, line) = contract
            .lines()
            .enumerate()
            .find(|(_, line)| line.contains(needle))
            .expect("the mistake");
        format!(
            "({}:{}): ",
            number + 1,
            line.find(part).expect("its place") + 1
        )
    };
    let said = Package::with_contract(&contract)
        .compile()
        .expect_err("two mistakes");
    let problems: Vec<&str> = said
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("asyncapi.yaml: "))
        .collect();
    let [key, example] = problems[..] else {
        panic!("{said}")
    };
    assert!(
        key.starts_with(&format!(
            "channels/bars/x-topic/key {}",
            place("/tiem", "/tiem")
        )),
        "{key}"
    );
    assert!(
        example
            .starts_with("components/messages/barsHistory/examples/0/payload/payload/count_back "),
        "{example}"
    );
    assert!(
        example.contains(&place("count_back: many", "many")),
        "{example}"
    );
}
