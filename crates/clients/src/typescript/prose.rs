//! Texts of the contract as comments.

/// A doc comment, with `indent` before each line; nothing where there is no text.
pub(super) fn doc(text: Option<&str>, indent: &str) -> String {
    let text = text.unwrap_or_default().trim().replace("*/", "*\\/");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("{indent}/** {line} */\n"),
        lines => {
            let lines = lines.iter().map(|line| match *line {
                "" => format!("{indent} *\n"),
                line => format!("{indent} * {line}\n"),
            });
            format!("{indent}/**\n{}{indent} */\n", lines.collect::<String>())
        }
    }
}

/// A text on one line, for a comment or a title.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A string as JavaScript writes it in this project.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("'");
    for c in text.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_a_comment_or_a_string() {
        assert_eq!(doc(Some("a */ b"), ""), "/** a *\\/ b */\n");
        assert_eq!(
            doc(Some("a\n\n  b\n"), "  "),
            "  /**\n   * a\n   *\n   *   b\n   */\n"
        );
        assert_eq!(doc(None, ""), "");
        assert_eq!(quoted("it's \\ \u{2028}\n"), "'it\\'s \\\\ \\u2028\\u000a'");
        assert_eq!(line("a\n  b"), "a b");
    }
}
