//! The recorded days: the files of `data/`, embedded.

use chrono::NaiveDate;

use crate::{Split, units::RawBar};

/// Decimals of the recorded prices: whole cents, with here and there a real fraction of one.
pub(super) const PRICE_SCALE: u32 = 4;

/// A recorded symbol. `data/README.md` says where it is from.
pub(super) struct Recording {
    pub(super) symbol: &'static str,
    pub(super) description: &'static str,
    pub(super) exchange: &'static str,
    csv: &'static str,
}

/// Ascending by symbol.
pub(super) const RECORDINGS: [Recording; 5] = [
    Recording {
        symbol: "AAPL",
        description: "Apple Inc.",
        exchange: "NASDAQ",
        csv: include_str!("../../../../data/daily/AAPL.csv"),
    },
    Recording {
        symbol: "FB",
        description: "Facebook Inc.",
        exchange: "NASDAQ",
        csv: include_str!("../../../../data/daily/FB.csv"),
    },
    Recording {
        symbol: "GOOG",
        description: "Google Inc.",
        exchange: "NASDAQ",
        csv: include_str!("../../../../data/daily/GOOG.csv"),
    },
    Recording {
        symbol: "IBM",
        description: "International Business Machines Corp.",
        exchange: "NYSE",
        csv: include_str!("../../../../data/daily/IBM.csv"),
    },
    Recording {
        symbol: "MSFT",
        description: "Microsoft Corp.",
        exchange: "NASDAQ",
        csv: include_str!("../../../../data/daily/MSFT.csv"),
    },
];

impl Recording {
    /// The days, ascending.
    ///
    /// # Panics
    /// Never: the files are part of the program, and a test reads them all.
    pub(super) fn days(&self) -> Vec<(NaiveDate, RawBar)> {
        self.csv
            .lines()
            .skip(1)
            .map(|line| day(line).expect("embedded rows are well formed"))
            .collect()
    }

    /// The splits, ascending.
    ///
    /// # Panics
    /// Never, as for the days.
    pub(super) fn splits(&self) -> Vec<Split> {
        let lines = include_str!("../../../../data/splits.csv").lines().skip(1);
        let rows = lines
            .filter_map(|line| line.split_once(','))
            .filter(|(s, _)| *s == self.symbol);
        rows.map(|(_, row)| split(row).expect("embedded rows are well formed"))
            .collect()
    }
}

fn day(line: &str) -> Option<(NaiveDate, RawBar)> {
    let mut columns = line.split(',');
    let date = columns.next()?.parse().ok()?;
    let mut price = || columns.next().and_then(price);
    let (open, high, low, close) = (price()?, price()?, price()?, price()?);
    let volume = columns.next()?.parse().ok()?;
    Some((
        date,
        RawBar {
            open,
            high,
            low,
            close,
            volume,
        },
    ))
}

fn price(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = u32::try_from(fraction.len()).ok()?;
    let missing = PRICE_SCALE.checked_sub(digits)?;
    Some(format!("{whole}{fraction}").parse::<i64>().ok()? * 10_i64.pow(missing))
}

fn split(row: &str) -> Option<Split> {
    let mut columns = row.split(',');
    Some(Split {
        date: columns.next()?.parse().ok()?,
        numerator: columns.next()?.parse().ok()?,
        denominator: columns.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_sound() {
        for recording in &RECORDINGS {
            let days = recording.days();
            assert!(days.len() > 190, "{}", recording.symbol);
            assert!(days.is_sorted_by(|(a, _), (b, _)| a < b));
            for (date, bar) in &days {
                let body = bar.open.min(bar.close)..=bar.open.max(bar.close);
                assert!(
                    0 < bar.low && bar.low <= *body.start(),
                    "{} {date}",
                    recording.symbol
                );
                assert!(
                    *body.end() <= bar.high && bar.volume > 0,
                    "{} {date}",
                    recording.symbol
                );
            }
        }
    }

    #[test]
    fn prices_are_read_to_the_last_digit() {
        for (text, expected) in [
            ("132.06", Some(1_320_600)),
            ("7", Some(70_000)),
            ("0.1234", Some(1_234)),
        ] {
            assert_eq!(price(text), expected, "{text}");
        }
        assert_eq!(price("1.23456"), None);
    }

    /// On the day of a split, and on no other, the price leaps by the split's ratio.
    #[test]
    fn splits_are_where_the_price_leaps() {
        for recording in &RECORDINGS {
            let days = recording.days();
            for split in recording.splits() {
                let at = days
                    .binary_search_by_key(&split.date, |(date, _)| *date)
                    .unwrap();
                let leap = days[at - 1].1.close as f64 / days[at].1.open as f64;
                let ratio = f64::from(split.numerator) / f64::from(split.denominator);
                assert!(
                    (leap / ratio - 1.0).abs() < 0.05,
                    "{} {}",
                    recording.symbol,
                    split.date
                );
            }
        }
        let dates = |recording: &Recording| {
            recording
                .splits()
                .iter()
                .map(|split| split.date.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(dates(&RECORDINGS[0]), ["2000-06-21", "2005-02-28"]);
        assert_eq!(dates(&RECORDINGS[4]), ["2003-02-18"]);
    }
}
