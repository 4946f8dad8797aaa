//! Texts of the contract as rustdoc.
//!
//! Prose is CommonMark in both, but rustdoc gives a meaning to more of it: `[from, to)` would be a
//! link to an item, a fence without a language a test. Code spans, fences, and links with an
//! address are kept; every other special character is escaped.

use proc_macro2::TokenStream;
use quote::quote;

/// Doc attributes for a text, one for each line. Nothing for an empty text.
pub(crate) fn doc(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote! { #(#[doc = #lines])* }
}

/// A text of the contract, safe as rustdoc.
pub(crate) fn rustdoc(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut prose = String::new();
    let mut fence: Option<&str> = None;
    for line in text.trim().lines() {
        let trimmed = line.trim();
        let marker = ["```", "~~~"]
            .into_iter()
            .find(|marker| trimmed.starts_with(marker));
        match (fence, marker) {
            (None, Some(marker)) => {
                flush(&mut prose, &mut out);
                fence = Some(marker);
                out.push(format!(
                    "{marker}{}",
                    language(trimmed.trim_start_matches(['`', '~']))
                ));
            }
            (Some(open), Some(marker)) if open == marker => {
                fence = None;
                out.push(trimmed.to_owned());
            }
            (Some(_), _) => out.push(line.trim_end().to_owned()),
            (None, None) => {
                // Four spaces would begin a block of code, which rustdoc runs as a test.
                let indent = line.len() - line.trim_start().len();
                prose.push_str(&" ".repeat(indent.min(3)));
                prose.push_str(trimmed);
                prose.push('\n');
            }
        }
    }
    flush(&mut prose, &mut out);
    out.extend(fence.map(str::to_owned));
    out.join("\n")
}

fn flush(prose: &mut String, out: &mut Vec<String>) {
    if !prose.is_empty() {
        out.push(escape(prose.strip_suffix('\n').unwrap_or(prose)));
        prose.clear();
    }
}

/// The language of a fence, `text` where rustdoc would take the block for a test.
fn language(info: &str) -> &str {
    let info = info.trim();
    let first = info.split([',', ' ', '{']).next().unwrap_or("");
    let rust = [
        "",
        "rust",
        "ignore",
        "no_run",
        "should_panic",
        "compile_fail",
    ];
    if rust.contains(&first) || first.starts_with("edition") {
        "text"
    } else {
        first
    }
}

/// Escapes what is not within a code span or a link with an address.
fn escape(prose: &str) -> String {
    let mut out = String::with_capacity(prose.len());
    let mut rest = prose;
    while let Some(next) = rest.chars().next() {
        let kept = match next {
            '`' => code_span(rest),
            '[' => link(rest),
            '<' => autolink(rest),
            '\\' => rest.get(..2),
            _ => None,
        };
        if let Some(kept) = kept {
            out.push_str(kept);
            rest = &rest[kept.len()..];
        } else if let Some(address) = bare_address(rest, out.chars().next_back()) {
            out.push('<');
            out.push_str(address);
            out.push('>');
            rest = &rest[address.len()..];
        } else {
            if matches!(next, '`' | '[' | ']' | '<') {
                out.push('\\');
            }
            out.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    out
}

/// A code span at the beginning: as many backticks at its end as at its start.
fn code_span(text: &str) -> Option<&str> {
    let ticks = run(text);
    let mut at = ticks;
    loop {
        at += text[at..].find('`')?;
        let closing = run(&text[at..]);
        at += closing;
        if closing == ticks {
            return Some(&text[..at]);
        }
    }
}

/// The number of backticks at the beginning.
fn run(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// `[text](https://…)` at the beginning. Anything else in brackets could be read as an item's name.
fn link(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once("](")?;
    let (address, _) = rest.split_once(')')?;
    let plain = !label[1..].contains(['[', ']', '`']) && is_address(address);
    plain.then(|| &text[..label.len() + 2 + address.len() + 1])
}

/// `<https://…>` at the beginning.
fn autolink(text: &str) -> Option<&str> {
    let (address, _) = text.strip_prefix('<')?.split_once('>')?;
    is_address(address).then(|| &text[..address.len() + 2])
}

/// An address at the beginning that is not part of a longer word, without the punctuation after it.
fn bare_address(text: &str, before: Option<char>) -> Option<&str> {
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let word = text
        .split(|c: char| c.is_whitespace() || "<>()[]`\"".contains(c))
        .next()?;
    let address = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    is_address(address).then_some(address)
}

fn is_address(text: &str) -> bool {
    ["https://", "http://"]
        .into_iter()
        .filter_map(|scheme| text.strip_prefix(scheme))
        .any(|rest| !rest.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '<'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_valid_rustdoc() {
        for (text, expected) in [
            ("Plain.\n", "Plain."),
            ("opens in `[from, to)`", "opens in `[from, to)`"),
            ("opens in [from, to)", r"opens in \[from, to)"),
            ("see [Topic]", r"see \[Topic\]"),
            (
                "a [page](https://a.b/c), [x](y)",
                r"a [page](https://a.b/c), \[x\](y)",
            ),
            ("at https://a.b/c_d.", "at <https://a.b/c_d>."),
            (
                "(https://a.b) <https://c.d>",
                "(<https://a.b>) <https://c.d>",
            ),
            ("Vec<T> and `Vec<T>`", r"Vec\<T> and `Vec<T>`"),
            ("one ` tick", r"one \` tick"),
            ("``a`b`` [c]", r"``a`b`` \[c\]"),
            ("`two\nlines [x]` [y]", "`two\nlines [x]` \\[y\\]"),
            (r"\[already\]", r"\[already\]"),
            ("a\n\n```\nb\n```", "a\n\n```text\nb\n```"),
            ("```\nlet x;\n```", "```text\nlet x;\n```"),
            (
                "```json\n{\"a\": [1]}\n```\n[b]",
                "```json\n{\"a\": [1]}\n```\n\\[b\\]",
            ),
            ("~~~rust,ignore\n[a]", "~~~text\n[a]\n~~~"),
            ("a\n\n    code [x]", "a\n\n   code \\[x\\]"),
            ("ends with \\", "ends with \\"),
            ("ä \\ö [ü]", "ä \\ö \\[ü\\]"),
        ] {
            assert_eq!(rustdoc(text), expected, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(text in r"[ a`~\[\]<>()\\:/hps\n*_ä.]{0,60}") {
            let once = rustdoc(&text);
            doc(&once);
        }
    }
}
