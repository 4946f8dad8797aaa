//! Topic patterns, to and from topics.
//!
//! A topic is split at every `:`, so a value never contains one and there is exactly one way to
//! read a topic: `format` and `matches` are inverse.

use std::fmt;

use crate::model::{Pattern, Segment};

/// Why a text is not a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Nothing between two colons, or nothing at all.
    #[error("it has an empty segment")]
    EmptySegment,
    /// The first segment is a parameter.
    #[error("its first segment is a parameter: begin with a literal, such as the family's name")]
    LeadingParameter,
    /// A brace that is not part of `{name}`.
    #[error("the segment `{0}` is neither a literal nor `{{parameter}}`")]
    Segment(String),
    /// The same parameter twice.
    #[error("the parameter `{{{0}}}` appears twice")]
    Twice(String),
}

impl Pattern {
    /// Reads a pattern such as `bars:{symbol}:{resolution}`.
    ///
    /// # Errors
    ///
    /// See [`PatternError`].
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let mut segments: Vec<Segment> = Vec::new();
        for part in text.split(':') {
            let segment = segment(part)?;
            match &segment {
                Segment::Parameter(_) if segments.is_empty() => {
                    return Err(PatternError::LeadingParameter);
                }
                Segment::Parameter(name) if segments.contains(&segment) => {
                    return Err(PatternError::Twice(name.clone()));
                }
                _ => segments.push(segment),
            }
        }
        Ok(Self { segments })
    }

    /// The names of its parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Parameter(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
    }

    /// The topic with these values, in the order of the parameters.
    ///
    /// `None` when their number is wrong, or one of them is empty or contains a `:`.
    pub fn format<S: AsRef<str>>(&self, values: &[S]) -> Option<String> {
        let mut values = values.iter();
        let mut topic = String::new();
        for (index, segment) in self.segments.iter().enumerate() {
            if index > 0 {
                topic.push(':');
            }
            match segment {
                Segment::Literal(text) => topic.push_str(text),
                Segment::Parameter(_) => {
                    let value = values.next()?.as_ref();
                    if value.is_empty() || value.contains(':') {
                        return None;
                    }
                    topic.push_str(value);
                }
            }
        }
        values.next().is_none().then_some(topic)
    }

    /// The values of a topic of this pattern, in the order of the parameters; `None` for others.
    /// The values are not empty, and otherwise unchecked.
    pub fn matches<'t>(&self, topic: &'t str) -> Option<Vec<&'t str>> {
        let mut parts = topic.split(':');
        let mut values = Vec::new();
        for segment in &self.segments {
            let part = parts.next()?;
            match segment {
                Segment::Literal(text) if text == part => {}
                Segment::Parameter(_) if !part.is_empty() => values.push(part),
                _ => return None,
            }
        }
        parts.next().is_none().then_some(values)
    }

    /// Whether some topic could be read as this pattern and as `other`.
    pub(crate) fn overlaps(&self, other: &Pattern) -> bool {
        self.segments.len() == other.segments.len()
            && self
                .segments
                .iter()
                .zip(&other.segments)
                .all(|pair| match pair {
                    (Segment::Literal(a), Segment::Literal(b)) => a == b,
                    _ => true,
                })
    }
}

fn segment(part: &str) -> Result<Segment, PatternError> {
    if part.is_empty() {
        return Err(PatternError::EmptySegment);
    }
    let inner = part
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let segment = match inner {
        Some(name) => Segment::Parameter(name.to_owned()),
        None => Segment::Literal(part.to_owned()),
    };
    match &segment {
        Segment::Parameter(text) | Segment::Literal(text)
            if text.is_empty() || text.contains(['{', '}']) =>
        {
            Err(PatternError::Segment(part.to_owned()))
        }
        _ => Ok(segment),
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.segments.iter().enumerate() {
            if index > 0 {
                f.write_str(":")?;
            }
            match segment {
                Segment::Literal(text) => f.write_str(text)?,
                Segment::Parameter(name) => write!(f, "{{{name}}}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_strictly() {
        for (text, expected) in [
            ("bars:{symbol}:{resolution}", Ok(())),
            ("alerts", Ok(())),
            ("", Err(PatternError::EmptySegment)),
            ("bars::{symbol}", Err(PatternError::EmptySegment)),
            ("{symbol}:bars", Err(PatternError::LeadingParameter)),
            (
                "bars:x{symbol}",
                Err(PatternError::Segment("x{symbol}".to_owned())),
            ),
            ("bars:{}", Err(PatternError::Segment("{}".to_owned()))),
            ("bars:{a}:{a}", Err(PatternError::Twice("a".to_owned()))),
        ] {
            assert_eq!(Pattern::parse(text).map(|_| ()), expected, "{text}");
        }
    }

    #[test]
    fn topics_are_matched_segment_by_segment() {
        let pattern = Pattern::parse("bars:{symbol}:{resolution}").expect("valid");
        for (topic, expected) in [
            ("bars:BRK.B:1", Some(vec!["BRK.B", "1"])),
            ("bars:BTC-USD:D", Some(vec!["BTC-USD", "D"])),
            ("bars:AAPL", None),
            ("bars:AAPL:1:2", None),
            ("bars::1", None),
            ("quotes:AAPL:1", None),
            ("", None),
        ] {
            assert_eq!(pattern.matches(topic), expected, "{topic}");
        }
        assert_eq!(pattern.format(&["A:B", "1"]), None);
        assert_eq!(pattern.format(&["AAPL"]), None);
        assert_eq!(pattern.to_string(), "bars:{symbol}:{resolution}");
    }
}
