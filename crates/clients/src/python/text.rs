//! Docstrings and literals.

use serde_json::Value;

/// A text as a docstring, its lines indented.
pub(super) fn docstring(text: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let mut safe = text
        .trim()
        .replace('\\', r"\\")
        .replace("\"\"\"", r#"\"\"\""#);
    if safe.ends_with('"') {
        safe.insert(safe.len() - 1, '\\');
    }
    let mut out = format!("{pad}\"\"\"");
    for (number, line) in safe.lines().enumerate() {
        if number > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&pad);
            }
        }
        out.push_str(line);
    }
    if safe.contains('\n') {
        out.push('\n');
        out.push_str(&pad);
    }
    out.push_str("\"\"\"\n");
    out
}

/// A text as a literal. JSON's escapes are Python's.
pub(super) fn string(text: &str) -> String {
    Value::from(text).to_string()
}

/// Summary and description as one text; `otherwise` where there is neither.
pub(super) fn prose(summary: Option<&str>, description: Option<&str>, otherwise: &str) -> String {
    let parts: Vec<&str> = [summary, description]
        .into_iter()
        .flatten()
        .map(str::trim)
        .collect();
    if parts.is_empty() {
        return otherwise.to_owned();
    }
    parts.join("\n\n")
}

/// A text as a comment.
pub(super) fn comment(text: &str) -> String {
    text.trim()
        .lines()
        .map(|line| format!("# {line}").trim_end().to_owned() + "\n")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_a_docstring() {
        assert_eq!(docstring("One line.", 4), "    \"\"\"One line.\"\"\"\n");
        assert_eq!(docstring("a\n\nb", 0), "\"\"\"a\n\nb\n\"\"\"\n");
        assert_eq!(docstring(r#"Say "a""#, 0), "\"\"\"Say \"a\\\"\"\"\"\n");
        assert_eq!(docstring(r"`\d`", 0), "\"\"\"`\\\\d`\"\"\"\n");
        assert_eq!(docstring("a \"\"\" b", 0), "\"\"\"a \\\"\\\"\\\" b\"\"\"\n");
    }
}
