//! A cell's text or value to the number, time or name that its column asks for.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::Side;

/// Decimals that are read; further ones (`30.340000000000003`) are float noise and rounded away.
pub(super) const MOST_DECIMALS: u32 = 8;

/// What a file has in a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Missing,
    Text(&'a str),
    Integer(i64),
    Float(f64),
    Decimal(Decimal),
    /// Unix milliseconds.
    Time(i64),
}

impl Cell<'_> {
    pub(super) fn number(&self) -> Result<Decimal, String> {
        let number = match self {
            Self::Missing => return Err("is missing".to_owned()),
            Self::Text(text) => parse_number(text),
            Self::Integer(integer) => Some(Decimal::from(*integer)),
            // Through the shortest text that gives the same float back: 0.1 is one tenth.
            Self::Float(float) => parse_number(&format!("{float:e}")),
            Self::Decimal(decimal) => Some(*decimal),
            Self::Time(_) => None,
        };
        let number = number.ok_or_else(|| format!("{self} is not a number"))?;
        Ok(number.round_dp(MOST_DECIMALS).normalize())
    }

    /// Unix milliseconds.
    pub(super) fn time(&self) -> Result<i64, String> {
        let time = match self {
            Self::Missing => return Err("is missing".to_owned()),
            Self::Text(text) => parse_time(text),
            Self::Integer(integer) => unix(Decimal::from(*integer)),
            Self::Float(float) => Decimal::try_from(*float).ok().and_then(unix),
            Self::Decimal(decimal) => unix(*decimal),
            Self::Time(time) => Some(*time),
        };
        let time = time.filter(|time| YEARS.contains(time));
        time.ok_or_else(|| format!(
            "{self} is not a time between 1900 and 2200: YYYY-MM-DD[ HH:MM[:SS]], RFC 3339, or Unix \
             seconds or milliseconds"
        ))
    }

    pub(super) fn side(&self) -> Result<Side, String> {
        match self {
            Self::Text(text) if matches_any(text, &["buy", "b", "bid"]) => Ok(Side::Buy),
            Self::Text(text) if matches_any(text, &["sell", "s", "ask"]) => Ok(Side::Sell),
            _ => Err(format!("{self} is neither buy nor sell")),
        }
    }

    /// A symbol: what a topic's name can hold.
    pub(super) fn symbol(&self) -> Result<String, String> {
        match self {
            Self::Missing => Err("is missing".to_owned()),
            Self::Text(text) if is_symbol(text.trim()) => Ok(text.trim().to_owned()),
            _ => Err(format!(
                "{self} is not a symbol: 1 to 32 of A-Z a-z 0-9 . - _ /"
            )),
        }
    }
}

/// 1900-01-01 to 2200-01-01.
const YEARS: std::ops::Range<i64> = -2_208_988_800_000..7_258_118_400_000;

pub(super) fn is_symbol(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-_/".contains(&byte);
    (1..=32).contains(&text.len()) && text.bytes().all(fits)
}

fn matches_any(text: &str, words: &[&str]) -> bool {
    words
        .iter()
        .any(|word| text.trim().eq_ignore_ascii_case(word))
}

fn parse_number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    match text.contains(['e', 'E']) {
        true => Decimal::from_scientific(text).ok(),
        // Rounds what a Decimal cannot hold, as from_scientific does not.
        false if text.bytes().any(|byte| byte == b'_') => None,
        false => text.parse().ok(),
    }
}

fn parse_time(text: &str) -> Option<i64> {
    let text = text.trim();
    let date = |format| NaiveDate::parse_from_str(text, format).ok();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        // 20240131 is a date: as Unix seconds it would be a day of August 1970.
        let compact = if text.len() == 8 {
            date("%Y%m%d")
        } else {
            None
        };
        return match compact {
            Some(date) => Some(date.and_time(NaiveTime::MIN).and_utc().timestamp_millis()),
            None => unix(text.parse().ok()?),
        };
    }
    if let Some(date) = date("%Y-%m-%d") {
        return Some(date.and_time(NaiveTime::MIN).and_utc().timestamp_millis());
    }
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.timestamp_millis());
    }
    let formats = [
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
    ];
    let local = formats
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    match local {
        Some(local) => Some(local.and_utc().timestamp_millis()),
        None => unix(parse_number(text)?),
    }
}

/// Unix time in the unit that its magnitude tells, from 1973 on: below 10^11 seconds, 10^14
/// milliseconds, 10^17 microseconds, else nanoseconds.
fn unix(number: Decimal) -> Option<i64> {
    let magnitude = number.to_i128()?;
    let millis = match magnitude {
        ..100_000_000 => return None,
        100_000_000..100_000_000_000 => number.checked_mul(Decimal::ONE_THOUSAND)?.to_i128()?,
        100_000_000_000..100_000_000_000_000 => magnitude,
        100_000_000_000_000..100_000_000_000_000_000 => magnitude / 1_000,
        100_000_000_000_000_000.. => magnitude / 1_000_000,
    };
    i64::try_from(millis).ok()
}

impl std::fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("nothing"),
            Self::Text(text) => {
                let shown: String = text.chars().take(40).collect();
                write!(
                    f,
                    "'{shown}{}'",
                    if shown.len() < text.len() { "…" } else { "" }
                )
            }
            Self::Integer(integer) | Self::Time(integer) => write!(f, "{integer}"),
            Self::Float(float) => write!(f, "{float}"),
            Self::Decimal(decimal) => write!(f, "{decimal}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times() {
        let check = |text: &str, expected: Option<&str>| {
            let expected = expected.map(|text| {
                DateTime::parse_from_rfc3339(text)
                    .unwrap()
                    .timestamp_millis()
            });
            assert_eq!(Cell::Text(text).time().ok(), expected, "{text}");
        };
        check("2024-01-31", Some("2024-01-31T00:00:00Z"));
        check("20240131", Some("2024-01-31T00:00:00Z"));
        check("2024-01-31 09:30", Some("2024-01-31T09:30:00Z"));
        check(" 2024-01-31 09:30:15 ", Some("2024-01-31T09:30:15Z"));
        check("2024-01-31T09:30:15.250", Some("2024-01-31T09:30:15.250Z"));
        check("2024-01-31T09:30:15-05:00", Some("2024-01-31T14:30:15Z"));
        check("2024-01-31 09:30:15+00:00", Some("2024-01-31T09:30:15Z"));
        check("1706693415", Some("2024-01-31T09:30:15Z"));
        check("1706693415.5", Some("2024-01-31T09:30:15.500Z"));
        check("1706693415250", Some("2024-01-31T09:30:15.250Z"));
        check("1706693415250000", Some("2024-01-31T09:30:15.250Z"));
        check("1706693415250000000", Some("2024-01-31T09:30:15.250Z"));
        for text in [
            "",
            "09:30",
            "31.01.2024",
            "2024-02-30",
            "-5",
            "12345",
            "99999999999999999999",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn numbers() {
        let check = |cell: Cell<'_>, expected: Option<&str>| {
            let number = cell.number().ok().map(|number| number.to_string());
            assert_eq!(number.as_deref(), expected, "{cell:?}");
        };
        check(Cell::Text("118.50"), Some("118.5"));
        check(Cell::Text(" 1e-05 "), Some("0.00001"));
        check(Cell::Text("1.5E3"), Some("1500"));
        check(Cell::Text("30.340000000000003"), Some("30.34"));
        check(Cell::Float(0.1), Some("0.1"));
        check(Cell::Float(9_616_100.0), Some("9616100"));
        check(Cell::Float(f64::NAN), None);
        for text in ["", "abc", "1,5", "$5", "nan", "inf", "1_000"] {
            check(Cell::Text(text), None);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: proptest::test_runner::RngSeed::Fixed(5),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn no_text_panics(text in "\\PC{0,30}") {
            let cell = Cell::Text(&text);
            let _ = (cell.number(), cell.time(), cell.symbol(), cell.side());
        }

        #[test]
        fn written_times_are_read_back(millis in -2_208_988_800_000..7_258_118_400_000_i64) {
            let text = DateTime::from_timestamp_millis(millis).unwrap().to_rfc3339();
            prop_assert_eq!(Cell::Text(&text).time(), Ok(millis));
        }
    }
}
