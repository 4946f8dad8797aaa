//! A file's intraday bars and ticks as series.

use std::{ops::Range, sync::Arc};

use chrono::NaiveDate;

use crate::{
    MarketTime, Resolution, Session, TradingDay,
    reconstruct::Reconstruction,
    series::{Minute, Series, Trades},
    units::{RawBar, RawTick, Units},
};

const MINUTE: i64 = 60_000;

/// Bars of up to a day, all within a session; inside a bar, reconstruction.
pub(super) struct Bars {
    pub(super) dates: Dates,
    pub(super) reconstruction: Reconstruction,
    /// How long each is: a part or a multiple of a minute, in milliseconds.
    pub(super) interval: i64,
    /// With the milliseconds of its open, ascending.
    pub(super) bars: Vec<(i64, RawBar)>,
}

/// Trades as they were.
pub(super) struct Ticks {
    pub(super) dates: Dates,
    pub(super) units: Units,
    /// Ascending.
    pub(super) ticks: Vec<RawTick>,
}

/// The trading days of a list of rows, and which rows are whose.
pub(super) struct Dates {
    pub(super) session: Session,
    /// With the index of the day's first row.
    dates: Vec<(NaiveDate, usize)>,
    rows: usize,
}

impl Dates {
    /// The rows' days, ascending.
    pub(super) fn new(session: Session, rows: impl IntoIterator<Item = NaiveDate>) -> Self {
        let mut dates: Vec<(NaiveDate, usize)> = Vec::new();
        let mut count = 0;
        for date in rows {
            if dates.last().is_none_or(|(last, _)| *last != date) {
                dates.push((date, count));
            }
            count += 1;
        }
        Self {
            session,
            dates,
            rows: count,
        }
    }

    fn before(&self, date: NaiveDate) -> Option<NaiveDate> {
        let index = self.dates.partition_point(|(day, _)| *day < date);
        Some(self.dates[index.checked_sub(1)?].0)
    }

    fn from(&self, date: NaiveDate) -> Option<NaiveDate> {
        let index = self.dates.partition_point(|(day, _)| *day < date);
        self.dates.get(index).map(|(day, _)| *day)
    }

    fn rows(&self, date: NaiveDate) -> Range<usize> {
        match self.dates.binary_search_by_key(&date, |(day, _)| *day) {
            Ok(index) => {
                let end = self
                    .dates
                    .get(index + 1)
                    .map_or(self.rows, |(_, next)| *next);
                self.dates[index].1..end
            }
            Err(_) => 0..0,
        }
    }
}

/// Merges what comes within a minute.
fn by_minute(rows: impl Iterator<Item = (i64, RawBar)>, day: &TradingDay, out: &mut Vec<Minute>) {
    for (time, bar) in rows {
        let (open, _) = Resolution::Minute.bar_at(MarketTime::from_millis(time), day);
        let index = ((open.millis() - day.open.millis()) / MINUTE) as u32;
        match out.last_mut() {
            Some(minute) if minute.index == index => minute.bar.merge(&bar),
            _ => out.push(Minute { index, bar }),
        }
    }
}

fn merged(bars: impl Iterator<Item = RawBar>) -> Option<RawBar> {
    bars.reduce(|mut merged, bar| {
        merged.merge(&bar);
        merged
    })
}

impl Series for Bars {
    fn session(&self) -> &Session {
        &self.dates.session
    }

    fn units(&self) -> &Units {
        &self.reconstruction.units
    }

    fn date_before(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.dates.before(date)
    }

    fn date_from(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.dates.from(date)
    }

    fn day(&self, date: NaiveDate) -> Option<RawBar> {
        merged(self.bars[self.dates.rows(date)].iter().map(|(_, bar)| *bar))
    }

    fn minutes(&self, date: NaiveDate, out: &mut Vec<Minute>) {
        out.clear();
        let day = self.session().day(date);
        let bars = &self.bars[self.dates.rows(date)];
        if self.interval < MINUTE {
            return by_minute(bars.iter().copied(), &day, out);
        }
        for (time, bar) in bars {
            let first = (time - day.open.millis()) / MINUTE;
            let minutes = self.interval / MINUTE;
            self.reconstruction
                .minutes(*time, bar, first as u32, minutes as u32, out);
        }
    }

    fn trades(self: Arc<Self>, day: &TradingDay, minute: &Minute) -> Trades {
        if self.interval >= MINUTE {
            return Box::new(self.reconstruction.trades(day, minute));
        }
        let open = minute.open(day).millis();
        let first = self.bars.partition_point(|(time, _)| *time < open);
        let end = self.bars.partition_point(|(time, _)| *time < open + MINUTE);
        Box::new((first..end).flat_map(move |index| {
            let (time, bar) = self.bars[index];
            self.reconstruction.walk(bar, time, self.interval as u64)
        }))
    }
}

impl Series for Ticks {
    fn session(&self) -> &Session {
        &self.dates.session
    }

    fn units(&self) -> &Units {
        &self.units
    }

    fn date_before(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.dates.before(date)
    }

    fn date_from(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.dates.from(date)
    }

    fn day(&self, date: NaiveDate) -> Option<RawBar> {
        merged(self.ticks[self.dates.rows(date)].iter().map(RawBar::of))
    }

    fn minutes(&self, date: NaiveDate, out: &mut Vec<Minute>) {
        out.clear();
        let ticks = self.ticks[self.dates.rows(date)].iter();
        by_minute(
            ticks.map(|tick| (tick.time, RawBar::of(tick))),
            &self.session().day(date),
            out,
        );
    }

    fn trades(self: Arc<Self>, day: &TradingDay, minute: &Minute) -> Trades {
        let open = minute.open(day).millis();
        let first = self.ticks.partition_point(|tick| tick.time < open);
        let end = self.ticks.partition_point(|tick| tick.time < open + MINUTE);
        Box::new((first..end).map(move |index| self.ticks[index]))
    }
}
