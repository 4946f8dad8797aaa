//! `tickwire diff`: what changed between two contracts.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;
use serde_json::{Value, json};
use tickwire::config::{DiffConfig, DiffFormat, FailOn};
use tickwire_spec::diff::{Change, Class, Reading, announces_break, diff as changes};

use super::source;

/// More carriers of a schema than this are counted.
const MAX_NAMED: usize = 3;

/// A comparison, with all that is told of it.
struct Comparison<'c> {
    config: &'c DiffConfig,
    old: Reading,
    new: Reading,
    changes: Vec<Change>,
}

/// Prints the changes; 1 when one of them is not fine.
pub fn diff(config: &DiffConfig) -> anyhow::Result<ExitCode> {
    let (old, new) = (read(&config.old), read(&config.new));
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        // What is wrong with one does not hide what is wrong with the other.
        (Err(old), Err(new)) => bail!("{old:#}\n{new:#}"),
        (Err(error), _) | (_, Err(error)) => return Err(error),
    };
    let comparison = Comparison {
        config,
        changes: changes(&old, &new),
        old,
        new,
    };
    let text = match config.format {
        DiffFormat::Human => comparison.for_people(),
        DiffFormat::Json => serde_json::to_string_pretty(&comparison.for_programs())? + "\n",
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(if comparison.fine() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn read(place: &str) -> anyhow::Result<Reading> {
    let text = source::text(place)?;
    match Reading::read(place, &text) {
        Ok(reading) => Ok(reading),
        Err(report) => bail!("cannot tell what {place} means:\n{report}"),
    }
}

impl Comparison<'_> {
    fn count(&self, class: Class) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.class == class).count()
    }

    /// Whether the version says that something breaks; `None` when there is no saying.
    fn announced(&self) -> Option<bool> {
        announces_break(self.old.version(), self.new.version())
    }

    fn fine(&self) -> bool {
        let worst = match self.config.fail_on {
            FailOn::Breaking => Class::Breaking,
            FailOn::Compatible => Class::Compatible,
            FailOn::Any => Class::Docs,
        };
        let announced = self.config.semver && self.announced() == Some(true);
        announced || self.changes.iter().all(|change| change.class > worst)
    }

    fn for_people(&self) -> String {
        let DiffConfig { old, new, .. } = self.config;
        if self.changes.is_empty() {
            return format!("{new} says the same as {old}\n");
        }
        let classes = [Class::Breaking, Class::Compatible, Class::Docs];
        let counts = classes.map(|class| format!("{} {}", self.count(class), class.as_str()));
        let mut text = format!("{new} after {old}: {}\n", counts.join(", "));
        for class in classes {
            let changes: Vec<&Change> = self
                .changes
                .iter()
                .filter(|change| change.class == class)
                .collect();
            if !changes.is_empty() {
                text += &format!("\n{}\n", class.as_str());
            }
            for change in changes {
                text += &format!("  {}\n", line(change));
            }
        }
        if self.config.semver && self.count(Class::Breaking) > 0 {
            text += &format!("\n{}\n", self.verdict());
        }
        text
    }

    /// What the version says about what breaks.
    fn verdict(&self) -> String {
        let (old, new) = (self.old.version(), self.new.version());
        match self.announced() {
            Some(true) => format!("The version, {new} after {old}, announces breaking changes."),
            Some(false) => format!(
                "The version, {new} after {old}, does not announce breaking changes: raise its leftmost number that is not 0."
            ),
            None => format!(
                "The version, {new} after {old}, announces nothing: it should be three numbers, such as 1.4.2."
            ),
        }
    }

    fn for_programs(&self) -> Value {
        let changes: Vec<Value> = self
            .changes
            .iter()
            .map(|change| {
                json!({
                    "rule": change.rule,
                    "class": change.class.as_str(),
                    "way": change.way.map(|way| way.as_str()),
                    "path": change.path,
                    "line": change.line,
                    "column": change.column,
                    "messages": change.messages,
                    "change": change.sentence,
                })
            })
            .collect();
        json!({
            "old": {"document": self.config.old, "version": self.old.version()},
            "new": {"document": self.config.new, "version": self.new.version()},
            "announces_break": self.announced(),
            "breaking": self.count(Class::Breaking),
            "compatible": self.count(Class::Compatible),
            "docs-only": self.count(Class::Docs),
            "changes": changes,
        })
    }
}

/// One change as one line.
fn line(change: &Change) -> String {
    let Change {
        rule,
        path,
        line,
        column,
        sentence,
        ..
    } = change;
    let mut place = (*rule).to_owned();
    if let Some(way) = change.way {
        let named: Vec<&str> = change.messages.iter().map(String::as_str).collect();
        let (named, more) = named.split_at(named.len().min(MAX_NAMED));
        place += &format!(", {} in {}", way.as_str(), named.join(", "));
        if !more.is_empty() {
            place += &format!(" and {} more", more.len());
        }
    }
    let path = if path.is_empty() { "(document)" } else { path };
    let text = format!("{path} ({line}:{column}): {sentence} [{place}]");
    text.replace(char::is_control, " ")
}
