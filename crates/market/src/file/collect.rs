//! Rows, checked and sorted by symbol.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    cell::Cell,
    layout::{Layout, Place, Rows},
    problem::Problems,
};
use crate::Side;

/// Most symbols in a file.
const MOST_SYMBOLS: usize = 10_000;

/// The rows read so far.
pub(super) struct Collect {
    pub(super) layout: Layout,
    pub(super) symbols: BTreeMap<String, Read>,
    default_symbol: String,
}

/// One symbol's rows: bars or ticks, as the layout says.
#[derive(Default)]
pub(super) struct Read {
    pub(super) bars: Vec<BarRow>,
    pub(super) ticks: Vec<TickRow>,
    /// Time and line of the last row.
    last: Option<(i64, u64)>,
}

#[derive(Clone, Copy)]
pub(super) struct BarRow {
    pub(super) line: u64,
    pub(super) time: i64,
    /// Open, high, low, close.
    pub(super) prices: [Decimal; 4],
    pub(super) volume: Decimal,
}

#[derive(Clone, Copy)]
pub(super) struct TickRow {
    pub(super) line: u64,
    pub(super) time: i64,
    pub(super) price: Decimal,
    pub(super) size: Decimal,
    pub(super) side: Option<Side>,
    pub(super) quote: Option<(Decimal, Decimal)>,
    pub(super) quote_sizes: Option<(Decimal, Decimal)>,
}

impl Collect {
    pub(super) fn new(layout: Layout, default_symbol: &str) -> Self {
        Self {
            layout,
            symbols: BTreeMap::new(),
            default_symbol: default_symbol.to_owned(),
        }
    }

    /// Takes a row, whose cells are those of the layout's columns; adds to the problems each thing
    /// that is wrong with it.
    pub(super) fn row(&mut self, line: u64, cells: &[Cell<'_>], problems: &mut Problems) {
        let before = problems.count;
        let mut row = Row {
            line,
            cells,
            layout: &self.layout,
            problems,
        };
        let time = row.read(self.layout.time, Cell::time);
        let symbol = match self.layout.symbol {
            Some(place) => row.read(place, Cell::symbol),
            None => Some(self.default_symbol.clone()),
        };
        let is_tick = matches!(self.layout.rows, Rows::Ticks { .. });
        let (mut bar, mut tick) = (None, None);
        match self.layout.rows {
            Rows::Bars {
                open,
                high,
                low,
                close,
                volume,
            } => {
                bar = row.bar(time.unwrap_or(0), [open, high, low, close], volume);
            }
            Rows::Ticks { .. } => tick = row.tick(time.unwrap_or(0)),
        }
        let (Some(time), Some(symbol)) = (time, symbol) else {
            return;
        };
        if !self.symbols.contains_key(&symbol) && self.symbols.len() == MOST_SYMBOLS {
            problems.add(line, None, format!("more than {MOST_SYMBOLS} symbols"));
            return;
        }
        let read = self.symbols.entry(symbol).or_default();
        let column = Some(&self.layout.columns[self.layout.time]);
        match read.last {
            Some((last, of)) if time < last => {
                problems.add(
                    line,
                    column,
                    format!("is before that of line {of}: sort by time"),
                );
            }
            Some((last, of)) if time == last && !is_tick => {
                problems.add(line, column, format!("is the same as that of line {of}"));
            }
            _ => read.last = Some((time, line)),
        }
        if problems.count == before {
            read.bars.extend(bar);
            read.ticks.extend(tick);
        }
    }
}

/// A row being read.
struct Row<'a> {
    line: u64,
    cells: &'a [Cell<'a>],
    layout: &'a Layout,
    problems: &'a mut Problems,
}

impl<'a> Row<'a> {
    fn read<T>(
        &mut self,
        place: Place,
        parse: impl FnOnce(&Cell<'a>) -> Result<T, String>,
    ) -> Option<T> {
        match parse(&self.cells[place]) {
            Ok(value) => Some(value),
            Err(message) => {
                self.problems
                    .add(self.line, Some(&self.layout.columns[place]), message);
                None
            }
        }
    }

    fn price(&mut self, place: Place) -> Option<Decimal> {
        self.read(place, |cell| match cell.number()? {
            price if price > Decimal::ZERO => Ok(price),
            price => Err(format!("{price} is not above 0")),
        })
    }

    /// A size; 0 if the file has no such column.
    fn size(&mut self, place: Option<Place>) -> Option<Decimal> {
        let Some(place) = place else {
            return Some(Decimal::ZERO);
        };
        self.read(place, |cell| match cell.number()? {
            size if size >= Decimal::ZERO => Ok(size),
            size => Err(format!("{size} is below 0")),
        })
    }

    fn bar(&mut self, time: i64, places: [Place; 4], volume: Option<Place>) -> Option<BarRow> {
        let [open, high, low, close] = places.map(|place| self.price(place));
        let volume = self.size(volume);
        let prices = [open?, high?, low?, close?];
        for (index, what) in [(0, "open"), (2, "low"), (3, "close")] {
            if prices[index] > prices[1] {
                let message = format!("{} is below the {what} {}", prices[1], prices[index]);
                self.problems
                    .add(self.line, Some(&self.layout.columns[places[1]]), message);
            }
        }
        for (index, what) in [(0, "open"), (3, "close")] {
            if prices[index] < prices[2] {
                let message = format!("{} is above the {what} {}", prices[2], prices[index]);
                self.problems
                    .add(self.line, Some(&self.layout.columns[places[2]]), message);
            }
        }
        Some(BarRow {
            line: self.line,
            time,
            prices,
            volume: volume?,
        })
    }

    fn tick(&mut self, time: i64) -> Option<TickRow> {
        let Rows::Ticks {
            price,
            size,
            side,
            quote,
            quote_sizes,
        } = self.layout.rows
        else {
            return None;
        };
        let is_there = |place: &Place| self.cells[*place] != Cell::Missing;
        let both = |pair: &(Place, Place)| is_there(&pair.0) && is_there(&pair.1);
        // A row may lack side or quote where others have one.
        let (side, quote) = (side.filter(is_there), quote.filter(both));
        let quote_sizes = quote_sizes.filter(both);
        let price = self.price(price);
        let size = self.size(size);
        let side = side.map(|place| self.read(place, Cell::side));
        let quote = quote.map(|(bid, ask)| {
            let (bid_price, ask_price) = (self.price(bid)?, self.price(ask)?);
            if bid_price > ask_price {
                let message = format!("{bid_price} is above the ask {ask_price}");
                self.problems
                    .add(self.line, Some(&self.layout.columns[bid]), message);
            }
            Some((bid_price, ask_price))
        });
        let quote_sizes =
            quote_sizes.map(|(bid, ask)| Some((self.size(Some(bid))?, self.size(Some(ask))?)));
        Some(TickRow {
            line: self.line,
            time,
            price: price?,
            size: size?,
            side: side.flatten(),
            quote: quote.flatten(),
            quote_sizes: quote_sizes.flatten(),
        })
    }
}
