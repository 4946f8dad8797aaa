//! Regular expressions that mean the same in Rust, JavaScript, Python and Java.

use regex_syntax::ast::{self, Ast, ClassSetItem, GroupKind, Visitor};
use regex_syntax::hir::{Hir, HirKind, Look};

use crate::parse::At;
use crate::report::{Problems, rule};

/// More is a slip, and a compiled pattern grows with it.
const MAX_REPEAT: u32 = 1024;

pub(crate) fn check(at: &At<'_>, problems: &mut Problems) {
    let Some(text) = at.str() else { return };
    if let Err(problem) = simple(text) {
        problems.add(at, rule::SCHEMA_PATTERN, problem);
    }
}

fn simple(text: &str) -> Result<(), String> {
    if !text.is_ascii() {
        return Err(
            "the pattern has characters outside of ASCII, on which engines differ".to_owned(),
        );
    }
    let ast = ast::parse::Parser::new().parse(text).map_err(|error| {
        format!(
            "the pattern does not compile: {} at character {}",
            error.kind(),
            error.span().start.column
        )
    })?;
    ast::visit(&ast, Portable)?;
    hir(text).map_err(|error| format!("the pattern does not compile: {error}"))?;
    jsonschema_accepts(text)
}

/// What the server will do with the pattern.
fn jsonschema_accepts(text: &str) -> Result<(), String> {
    let schema = serde_json::json!({"pattern": text});
    match crate::validator(&schema) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("the pattern does not compile: {error}")),
    }
}

/// As the validator sees it: bytes and characters are the same in ASCII.
fn hir(text: &str) -> Result<Hir, Box<regex_syntax::Error>> {
    regex_syntax::Parser::new().parse(text).map_err(Box::new)
}

/// How long a match can be, when the pattern speaks of the whole text.
pub(crate) struct Lengths {
    pub least: usize,
    pub most: Option<usize>,
}

pub(crate) fn lengths(text: &str) -> Option<Lengths> {
    simple(text).ok()?;
    let hir = hir(text).ok()?;
    let properties = hir.properties();
    Some(Lengths {
        least: properties.minimum_len().unwrap_or(0),
        most: properties.maximum_len().filter(|_| anchored(&hir)),
    })
}

/// Whether `^` begins and `$` ends every match.
fn anchored(hir: &Hir) -> bool {
    let properties = hir.properties();
    properties.look_set_prefix().contains(Look::Start)
        && properties.look_set_suffix().contains(Look::End)
}

/// Why the pattern lets a text with `c` in it, or an empty one, through.
pub(crate) fn admits(text: &str, c: char) -> Option<String> {
    simple(text).ok()?;
    let hir = hir(text).ok()?;
    if !anchored(&hir) {
        Some("its pattern is not anchored: write `^…$`".to_owned())
    } else if contains(&hir, c) {
        Some(format!("its pattern allows `{c}`"))
    } else {
        None
    }
}

fn contains(hir: &Hir, c: char) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(literal) => literal.0.contains(&(c as u8)),
        HirKind::Class(class) => match class {
            regex_syntax::hir::Class::Unicode(class) => class
                .ranges()
                .iter()
                .any(|range| range.start() <= c && c <= range.end()),
            regex_syntax::hir::Class::Bytes(class) => class
                .ranges()
                .iter()
                .any(|range| range.start() <= c as u8 && c as u8 <= range.end()),
        },
        HirKind::Repetition(repetition) => {
            repetition.max != Some(0) && contains(&repetition.sub, c)
        }
        HirKind::Capture(capture) => contains(&capture.sub, c),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().any(|part| contains(part, c))
        }
    }
}

/// Refuses what engines read differently.
struct Portable;

impl Visitor for Portable {
    type Output = ();
    type Err = String;

    fn finish(self) -> Result<(), String> {
        Ok(())
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), String> {
        match ast {
            Ast::Flags(_) => {
                Err("the pattern sets flags, which JavaScript does not have".to_owned())
            }
            Ast::ClassPerl(_) => Err(perl()),
            Ast::ClassUnicode(_) => Err(
                "the pattern uses `\\p`, which tools do not agree on: list the characters"
                    .to_owned(),
            ),
            Ast::Assertion(assertion) => match assertion.kind {
                ast::AssertionKind::StartLine | ast::AssertionKind::EndLine => Ok(()),
                _ => Err("the pattern uses an assertion other than `^` and `$`".to_owned()),
            },
            Ast::Group(group) => match &group.kind {
                GroupKind::CaptureIndex(_) => Ok(()),
                GroupKind::NonCapturing(flags) if flags.items.is_empty() => Ok(()),
                _ => Err("the pattern has a named group or flags: write a plain `(…)`".to_owned()),
            },
            Ast::Repetition(repetition) => match &repetition.op.kind {
                ast::RepetitionKind::Range(range) if largest(range) > MAX_REPEAT => Err(format!(
                    "the pattern repeats more than {MAX_REPEAT} times: use `maxLength`"
                )),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), String> {
        match item {
            ClassSetItem::Perl(_) => Err(perl()),
            ClassSetItem::Ascii(_) | ClassSetItem::Unicode(_) => Err(
                "the pattern uses a named class, which tools do not agree on: list the characters"
                    .to_owned(),
            ),
            ClassSetItem::Bracketed(_) => Err(nested()),
            _ => Ok(()),
        }
    }

    fn visit_class_set_binary_op_pre(&mut self, _: &ast::ClassSetBinaryOp) -> Result<(), String> {
        Err(
            "the pattern has `&&`, `--` or `~~` in a class, which other engines take literally"
                .to_owned(),
        )
    }
}

fn perl() -> String {
    "the pattern uses `\\d`, `\\w` or `\\s`, which mean Unicode in some engines: write `[0-9]` and the like".to_owned()
}

fn nested() -> String {
    "the pattern has a `[` inside of a class, which engines read differently: write `\\[`"
        .to_owned()
}

fn largest(range: &ast::RepetitionRange) -> u32 {
    match range {
        ast::RepetitionRange::Exactly(n) | ast::RepetitionRange::AtLeast(n) => *n,
        ast::RepetitionRange::Bounded(_, most) => *most,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_portable_patterns_are_simple() {
        for (text, expected) in [
            ("^[A-Z0-9][A-Z0-9._-]*$", "ok"),
            ("^([0-9]{4}-[0-9]{4}|24x7)$", "ok"),
            ("^[!-~]+$", "ok"),
            ("^(?:a|b){1,3}$", "ok"),
            ("[", "does not compile"),
            ("^(?=a)b$", "does not compile"),
            ("^a\\1$", "does not compile"),
            ("^\\d+$", "Unicode"),
            ("^[\\w]+$", "Unicode"),
            ("^\\p{L}$", "\\p"),
            ("^[[:alpha:]]$", "named class"),
            ("^[a&&b]$", "&&"),
            ("^[a[b]]$", "inside of a class"),
            ("(?i)a", "flags"),
            ("(?P<x>a)", "named group"),
            ("\\bword", "assertion"),
            ("é", "ASCII"),
            ("a{2000}", "more than 1024"),
            ("((((a{900}){900}){900}){900})", "does not compile"),
        ] {
            let found = simple(text).map_or_else(|problem| problem, |()| "ok".to_owned());
            assert!(found.contains(expected), "{text}: {found}");
        }
    }

    #[test]
    fn a_colon_is_found_wherever_it_hides() {
        for (text, expected) in [
            ("^[A-Z]+$", false),
            ("^[!-~]+$", true),
            ("^[^/]+$", true),
            ("^a(b|:c)*$", true),
            ("^a(:){0}$", false),
            ("[A-Z]+", true),
            ("^a|b$", true),
        ] {
            assert_eq!(admits(text, ':').is_some(), expected, "{text}");
        }
    }
}
