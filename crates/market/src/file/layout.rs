//! Which column of a file is what, from its header.

use super::problem::{Column, Problems};

/// The names a column goes by, the first found wins; compared without case, blanks, `_` and `-`.
const TIME: &[&str] = &["timestamp", "datetime", "time", "date", "unix", "ts"];
const SYMBOL: &[&str] = &["symbol", "ticker", "instrument", "name"];
const OPEN: &[&str] = &["open", "o"];
const HIGH: &[&str] = &["high", "h"];
const LOW: &[&str] = &["low", "l"];
const CLOSE: &[&str] = &["close", "c"];
const VOLUME: &[&str] = &["volume", "vol", "v"];
const PRICE: &[&str] = &["price", "last", "p"];
const SIZE: &[&str] = &["size", "qty", "quantity", "amount", "volume", "vol", "v"];
const SIDE: &[&str] = &["side"];
const BID: &[&str] = &["bid", "bidprice"];
const ASK: &[&str] = &["ask", "askprice", "offer"];
const BID_SIZE: &[&str] = &["bidsize", "bidqty"];
const ASK_SIZE: &[&str] = &["asksize", "askqty"];

/// A column that is read: its place in [`Layout::columns`].
pub(super) type Place = usize;

/// What the file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// The columns that are read, in the file's order.
    pub(super) columns: Vec<Column>,
    pub(super) time: Place,
    pub(super) symbol: Option<Place>,
    pub(super) rows: Rows,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    Bars {
        open: Place,
        high: Place,
        low: Place,
        close: Place,
        volume: Option<Place>,
    },
    Ticks {
        price: Place,
        size: Option<Place>,
        side: Option<Place>,
        quote: Option<(Place, Place)>,
        quote_sizes: Option<(Place, Place)>,
    },
}

impl Layout {
    /// Recognises a header; adds to the problems what is missing.
    pub(super) fn of(header: &[String], line: u64, problems: &mut Problems) -> Option<Self> {
        let names: Vec<String> = header.iter().map(|name| normal(name)).collect();
        let find = |aliases: &[&str]| {
            aliases
                .iter()
                .find_map(|alias| names.iter().position(|name| name == alias))
        };
        let before = problems.count;
        let mut need = |what: &str, aliases: &[&str]| {
            let found = find(aliases);
            if found.is_none() {
                let has = header.join(", ");
                let names = aliases.join(", ");
                problems.add(
                    line,
                    None,
                    format!("no column for the {what} ({names}); has: {has}"),
                );
            }
            found.unwrap_or(0)
        };
        let time = need("time", TIME);
        let rows = if find(PRICE).is_some() && find(OPEN).is_none() {
            Rows::Ticks {
                price: need("price", PRICE),
                size: find(SIZE),
                side: find(SIDE),
                quote: find(BID).zip(find(ASK)),
                quote_sizes: find(BID_SIZE).zip(find(ASK_SIZE)),
            }
        } else if [OPEN, HIGH, LOW, CLOSE]
            .into_iter()
            .any(|aliases| find(aliases).is_some())
        {
            Rows::Bars {
                open: need("open", OPEN),
                high: need("high", HIGH),
                low: need("low", LOW),
                close: need("close", CLOSE),
                volume: find(VOLUME),
            }
        } else {
            let has = header.join(", ");
            let message = format!(
                "neither bars (time, open, high, low, close) nor ticks (time, price); has: {has}"
            );
            problems.add(line, None, message);
            return None;
        };
        if problems.count > before {
            return None;
        }
        Some(
            Self {
                columns: Vec::new(),
                time,
                symbol: find(SYMBOL),
                rows,
            }
            .compact(header),
        )
    }

    /// Leaves only the columns that are read.
    fn compact(mut self, header: &[String]) -> Self {
        let mut read = Vec::new();
        self.each_place(|place| read.push(*place));
        read.sort_unstable();
        read.dedup();
        self.each_place(|place| *place = read.partition_point(|number| number < place));
        let column = |index: usize| Column {
            number: index + 1,
            name: header[index].clone(),
        };
        self.columns = read.into_iter().map(column).collect();
        self
    }

    fn each_place(&mut self, mut visit: impl FnMut(&mut Place)) {
        visit(&mut self.time);
        self.symbol.iter_mut().for_each(&mut visit);
        match &mut self.rows {
            Rows::Bars {
                open,
                high,
                low,
                close,
                volume,
            } => {
                [open, high, low, close]
                    .into_iter()
                    .chain(volume)
                    .for_each(visit);
            }
            Rows::Ticks {
                price,
                size,
                side,
                quote,
                quote_sizes,
            } => {
                visit(price);
                size.iter_mut().chain(side).for_each(&mut visit);
                for (bid, ask) in quote.iter_mut().chain(quote_sizes) {
                    visit(bid);
                    visit(ask);
                }
            }
        }
    }
}

fn normal(name: &str) -> String {
    let kept = name
        .trim()
        .chars()
        .filter(|char| !matches!(char, ' ' | '_' | '-'));
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(header: &str) -> Result<Layout, String> {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        let mut problems = Problems::new("x.csv");
        Layout::of(&header, 1, &mut problems).ok_or_else(|| problems.to_string())
    }

    #[test]
    fn headers_are_recognised() {
        let bars = layout("Date,Adj Close,Open,High,Low,Close,Volume").unwrap();
        let numbers: Vec<_> = bars.columns.iter().map(|column| column.number).collect();
        assert_eq!(numbers, [1, 3, 4, 5, 6, 7]);
        let expected = Rows::Bars {
            open: 1,
            high: 2,
            low: 3,
            close: 4,
            volume: Some(5),
        };
        assert_eq!((bars.time, bars.symbol, bars.rows), (0, None, expected));

        let ticks = layout("Ticker,BID,ask,PRICE,time_stamp,bid_size,Ask Size").unwrap();
        let Rows::Ticks {
            price: 3,
            size: None,
            side: None,
            quote,
            quote_sizes,
        } = ticks.rows
        else {
            panic!("{ticks:?}");
        };
        assert_eq!((quote, quote_sizes), (Some((1, 2)), Some((5, 6))));
        assert_eq!((ticks.time, ticks.symbol), (4, Some(0)));
    }

    #[test]
    fn what_is_missing_is_named() {
        let check = |header, expected: &str| assert_eq!(layout(header).unwrap_err(), expected);
        check(
            "time,open,high,close",
            "x.csv:1: no column for the low (low, l); has: time, open, high, close",
        );
        check(
            "a,b",
            "x.csv:1: no column for the time (timestamp, datetime, time, date, unix, ts); has: a, b\n\
             x.csv:1: neither bars (time, open, high, low, close) nor ticks (time, price); has: a, b",
        );
    }
}
