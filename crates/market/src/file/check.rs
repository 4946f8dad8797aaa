//! One symbol's rows to integers, with the checks that need all of them or the session.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    collect::{BarRow, TickRow},
    layout::{Layout, Place, Rows},
    problem::Problems,
    scale,
};
use crate::{
    MarketTime, Session, Side, TradingDay,
    path::{quoted, side_of},
    rng::Rng,
    units::{RawBar, RawTick, Units},
};

/// Rows of one symbol on their way to integers.
pub(super) struct Checked<'a> {
    session: Session,
    units: Units,
    layout: &'a Layout,
    problems: &'a mut Problems,
    /// Of all sizes: it must fit, so that no sum overflows.
    total: i64,
}

impl<'a> Checked<'a> {
    pub(super) fn new(
        session: Session,
        units: Units,
        layout: &'a Layout,
        problems: &'a mut Problems,
    ) -> Self {
        Self {
            session,
            units,
            layout,
            problems,
            total: 0,
        }
    }

    pub(super) fn days(&mut self, rows: &[BarRow]) -> Vec<(NaiveDate, RawBar)> {
        let mut days: Vec<(NaiveDate, RawBar)> = Vec::new();
        for row in rows {
            let date = MarketTime::from_millis(row.time).utc_date();
            if days.last().is_some_and(|(last, _)| *last == date) {
                self.problems
                    .add(row.line, None, format!("a second bar of {date}"));
            }
            days.extend(self.bar(row).map(|bar| (date, bar)));
        }
        days
    }

    pub(super) fn bars(
        &mut self,
        rows: &[BarRow],
        interval: i64,
    ) -> Vec<(NaiveDate, (i64, RawBar))> {
        let mut bars = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(day) = self.session_of(row.line, row.time) else {
                continue;
            };
            let since = row.time - day.open.millis();
            if since % interval.min(60_000) != 0 || row.time + interval > day.close.millis() {
                let length = interval / 1_000;
                let message =
                    format!("a bar of {length} s from here is not within the session's minutes");
                self.time_problem(row.line, message);
            }
            bars.extend(self.bar(row).map(|bar| (day.date, (row.time, bar))));
        }
        bars
    }

    pub(super) fn ticks(&mut self, rows: &[TickRow], seed: u64) -> Vec<(NaiveDate, RawTick)> {
        let mut ticks = Vec::with_capacity(rows.len());
        let mut day: Option<TradingDay> = None;
        let (mut before, mut last_side) = (None, Side::Buy);
        for (index, row) in rows.iter().enumerate() {
            if !day.is_some_and(|day| day.contains(MarketTime::from_millis(row.time))) {
                day = self.session_of(row.line, row.time);
            }
            let Some(date) = day.map(|day| day.date) else {
                continue;
            };
            let Some((price, size)) = self.trade(row) else {
                continue;
            };
            let random = Rng::new(&[seed, index as u64]).next();
            let side = row.side.unwrap_or_else(|| {
                side_of(price, before.unwrap_or(price), random as u16, last_side)
            });
            (before, last_side) = (Some(price), side);
            let mut tick = quoted(row.time, (price, size), side, &self.units, random);
            if self.quote(row, &mut tick).is_some() {
                ticks.push((date, tick));
            }
        }
        ticks
    }

    fn session_of(&mut self, line: u64, time: i64) -> Option<TradingDay> {
        let day = self.session.day_at(MarketTime::from_millis(time));
        if day.is_none() {
            let (text, timezone) = (self.session.text(), self.session.timezone());
            let time = MarketTime::from_millis(time);
            let message = format!("{time} is outside of the session, {text} {timezone}");
            self.time_problem(line, message);
        }
        day
    }

    fn time_problem(&mut self, line: u64, message: String) {
        self.problems
            .add(line, Some(&self.layout.columns[self.layout.time]), message);
    }

    fn bar(&mut self, row: &BarRow) -> Option<RawBar> {
        let Rows::Bars {
            open,
            high,
            low,
            close,
            volume,
        } = self.layout.rows
        else {
            return None;
        };
        let places = [open, high, low, close];
        let mut prices = [0; 4];
        for ((price, number), place) in prices.iter_mut().zip(row.prices).zip(places) {
            *price = self.price(row.line, place, number)?;
        }
        let [open, high, low, close] = prices;
        let volume = self.size(row.line, volume, row.volume)?;
        Some(RawBar {
            open,
            high,
            low,
            close,
            volume,
        })
    }

    fn price(&mut self, line: u64, place: Place, number: Decimal) -> Option<i64> {
        let price = scale::price(number, &self.units);
        if price.is_none() {
            let decimals = self.units.price_scale;
            let message = format!("{number} is too large beside prices with {decimals} decimals");
            self.problems
                .add(line, Some(&self.layout.columns[place]), message);
        }
        price
    }

    fn size(&mut self, line: u64, place: Option<Place>, number: Decimal) -> Option<i64> {
        let size = scale::size(number, &self.units);
        let total = size.and_then(|size| self.total.checked_add(size));
        match total {
            Some(total) => self.total = total,
            None => {
                let decimals = self.units.size_scale;
                let message =
                    format!("{number} is too large beside sizes with {decimals} decimals");
                let column = place.map(|place| &self.layout.columns[place]);
                self.problems.add(line, column, message);
            }
        }
        total.and(size)
    }

    /// A row's trade, its price and size as integers.
    fn trade(&mut self, row: &TickRow) -> Option<(i64, i64)> {
        let Rows::Ticks { price, size, .. } = self.layout.rows else {
            return None;
        };
        Some((
            self.price(row.line, price, row.price)?,
            self.size(row.line, size, row.size)?,
        ))
    }

    /// The row's own quote instead of the one made up.
    fn quote(&mut self, row: &TickRow, tick: &mut RawTick) -> Option<()> {
        let Rows::Ticks {
            quote, quote_sizes, ..
        } = self.layout.rows
        else {
            return None;
        };
        if let Some(((bid, ask), (bid_place, ask_place))) = row.quote.zip(quote) {
            tick.bid = self.price(row.line, bid_place, bid)?;
            tick.ask = self.price(row.line, ask_place, ask)?;
        }
        if let Some(((bid, ask), (bid_place, ask_place))) = row.quote_sizes.zip(quote_sizes) {
            tick.bid_size = self.size(row.line, Some(bid_place), bid)?;
            tick.ask_size = self.size(row.line, Some(ask_place), ask)?;
        }
        Some(())
    }
}
