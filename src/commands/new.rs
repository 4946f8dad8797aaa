//! `tickwire new`: something more in a contract.

use std::fs;
use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use tickwire::config::{AdditionConfig, NewConfig, OperationConfig, TopicConfig, UpdateSource};
use tickwire_spec::extend::{ExtendError, Extension, NewRequest, NewTopic, add_request, add_topic};

/// Adds to the document, or shows what it would add.
pub fn new(config: NewConfig) -> anyhow::Result<ExitCode> {
    let (published, common) = match &config {
        NewConfig::Topic(topic) => (topic.source == UpdateSource::Publish, topic.common.clone()),
        NewConfig::Operation(operation) => (false, operation.common.clone()),
    };
    let AdditionConfig { spec, dry_run, .. } = common;
    let name = spec.display().to_string();
    let text = fs::read_to_string(&spec).with_context(|| format!("cannot read {name}"))?;
    let extension = extended(&name, &text, config).with_context(|| name.clone())?;
    let mut out = std::io::stdout().lock();
    if dry_run {
        out.write_all(shown(&extension).as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    fs::write(&spec, &extension.text).with_context(|| format!("cannot write {name}"))?;
    let lines: usize = extension
        .insertions
        .iter()
        .map(|insertion| insertion.text.lines().count())
        .sum();
    let places: Vec<String> = extension
        .insertions
        .iter()
        .map(|insertion| insertion.after.to_string())
        .collect();
    writeln!(
        out,
        "{name}: {lines} lines added, behind the lines {}",
        places.join(", ")
    )?;
    if !published {
        writeln!(out, "`cargo build` names what is left to write")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn extended(file: &str, text: &str, config: NewConfig) -> Result<Extension, ExtendError> {
    match config {
        NewConfig::Topic(config) => {
            let TopicConfig {
                name,
                parameters,
                fields,
                delivery,
                source,
                key,
                replay,
                owner,
                common,
            } = *config;
            let plan = NewTopic {
                name,
                parameters,
                fields,
                delivery: delivery.into(),
                source: source.into(),
                key,
                replay,
                permissions: common.permissions,
                owner,
                tag: common.tag,
                summary: common.summary,
            };
            add_topic(file, text, &plan)
        }
        NewConfig::Operation(config) => {
            let OperationConfig {
                name,
                request,
                reply,
                common,
            } = config;
            let plan = NewRequest {
                name,
                request,
                reply,
                permissions: common.permissions,
                tag: common.tag,
                summary: common.summary,
            };
            add_request(file, text, &plan)
        }
    }
}

/// What is added, with the lines behind which it goes.
fn shown(extension: &Extension) -> String {
    let mut text = String::new();
    for insertion in &extension.insertions {
        text += &format!("@@ behind line {}\n", insertion.after);
        for line in insertion.text.lines() {
            text += &format!("+{line}\n");
        }
    }
    text
}
