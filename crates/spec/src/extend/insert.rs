//! Where entries go: behind the last one of their container, with its indentation.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::{ExtendError, Extension, Insertion};
use crate::parse::At;

/// The text with every entry of the draft in its place.
pub(super) fn apply(draft: &Draft<'_>) -> Result<Extension, ExtendError> {
    let lines: Vec<&str> = draft.text.lines().collect();
    let mut at_line: BTreeMap<usize, String> = BTreeMap::new();
    for (container, entries) in &draft.entries {
        let (after, text) = match draft.doc.at(container) {
            Some(at) => append(&at, entries, &lines)?,
            None => create(draft, container, entries)?,
        };
        at_line.entry(after).or_default().push_str(&text);
    }
    let line_end = if draft.text.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let insertions: Vec<Insertion> = at_line
        .into_iter()
        .map(|(after, text)| Insertion {
            after,
            text: text.replace('\n', line_end),
        })
        .collect();
    Ok(Extension {
        text: with(draft.text, &insertions, line_end),
        insertions,
    })
}

fn with(old: &str, insertions: &[Insertion], line_end: &str) -> String {
    let mut text = String::new();
    let mut next = insertions.iter().peekable();
    for (number, line) in old.split_inclusive('\n').enumerate() {
        text.push_str(line);
        while let Some(insertion) = next.next_if(|insertion| insertion.after == number + 1) {
            if !text.ends_with('\n') {
                text.push_str(line_end);
            }
            text.push_str(&insertion.text);
        }
    }
    text
}

/// Entries behind the last one of a mapping.
fn append(
    container: &At<'_>,
    entries: &[String],
    lines: &[&str],
) -> Result<(usize, String), ExtendError> {
    let key = container.key_place.unwrap_or_default();
    let members = container.members();
    let places = members.iter().filter_map(|(_, member)| member.key_place);
    let places: Vec<_> = places.collect();
    let in_braces = places.first().is_none_or(|first| {
        first.line <= key.line
            || text_at(
                lines,
                container.node.place.line,
                container.node.place.column,
            ) == Some('{')
    });
    if in_braces {
        return Err(ExtendError::Refused(format!(
            "`{}` is written in braces, or is empty: write it as lines, so that others can be added",
            container.path
        )));
    }
    let indent = places[0].column - 1;
    let after = end(lines, key.line, key.column - 1, indent);
    // Whether an empty line stands before the last entry and what is said about it.
    let apart = |line: usize| {
        let above = lines[..line - 1].iter().rev();
        let above = above.map(|line| line.trim_start());
        above
            .skip_while(|line| line.starts_with('#'))
            .take(1)
            .any(str::is_empty)
    };
    let last = places.iter().map(|place| place.line).max().unwrap_or(1);
    let apart = if places.len() > 1 {
        apart(last)
    } else {
        after > last
    };
    let gap = if apart { "\n" } else { "" };
    let written: Vec<String> = entries
        .iter()
        .map(|entry| gap.to_owned() + &indented(entry, indent))
        .collect();
    Ok((after, written.concat()))
}

/// A container that is not there yet, as the first member of the one around it.
fn create(
    draft: &Draft<'_>,
    container: &str,
    entries: &[String],
) -> Result<(usize, String), ExtendError> {
    let refused = || ExtendError::Refused(format!("there is no `{container}`: add it first"));
    let (outer, name) = container.rsplit_once('/').ok_or_else(refused)?;
    let outer = draft.doc.at(outer).ok_or_else(refused)?;
    let line = outer.key_place.ok_or_else(refused)?.line;
    let members = outer.members();
    let first = members
        .iter()
        .filter_map(|(_, member)| member.key_place)
        .next();
    let first = first
        .filter(|first| first.line > line)
        .ok_or_else(refused)?;
    let indent = first.column - 1;
    let mut text = format!("{}{name}:\n", " ".repeat(indent));
    for entry in entries {
        text += &indented(entry, indent + 2);
    }
    Ok((line, text + "\n"))
}

/// The last line of a block: what is indented deeper than its key, without the comments and empty
/// lines behind it. A `#` that is indented deeper than the entries may belong to a text of several
/// lines, so it is part of the last one.
fn end(lines: &[&str], key_line: usize, key_indent: usize, indent: usize) -> usize {
    let mut last = key_line;
    for (number, line) in lines.iter().enumerate().skip(key_line) {
        let text = line.trim_start_matches(' ');
        let depth = line.len() - text.len();
        if text.trim().is_empty() {
            continue;
        }
        if text.starts_with('#') && depth <= indent {
            continue;
        }
        if depth <= key_indent {
            break;
        }
        last = number + 1;
    }
    last
}

fn text_at(lines: &[&str], line: usize, column: usize) -> Option<char> {
    lines.get(line - 1)?.chars().nth(column - 1)
}

fn indented(entry: &str, indent: usize) -> String {
    let indent = " ".repeat(indent);
    let lines = entry.lines().map(|line| match line {
        "" => "\n".to_owned(),
        _ => format!("{indent}{line}\n"),
    });
    lines.collect()
}
