//! A change begins in the contract, and the compiler says what is left to write. Shown by compiling a
//! copy of this package whose contract has been changed, as the README tells.
//!
//! The copy depends on the crates of this workspace and builds into the same target directory, so that
//! only the copied package itself is compiled. Cargo holds no lock while tests run.

mod package;
mod walk;

use package::Package;

const CONTRACT: &str = include_str!("../../asyncapi.yaml");
const README: &str = include_str!("../../README.md");

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
    let package = Package::with_contract(CONTRACT);
    let output = package.bash(block("walk:new"));
    assert!(output.status.success(), "{output:?}");
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
