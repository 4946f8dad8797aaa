//! One symbol's market, day by day, and what follows from that for every source alike.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::{
    MarketTime, Session, TradingDay,
    units::{RawBar, RawTick, Units},
};

/// One symbol's data. Whatever the source: the trading days that there are, and for each its
/// minutes and their trades.
pub(crate) trait Series: Send + Sync {
    fn session(&self) -> &Session;
    fn units(&self) -> &Units;
    /// The last trading day before a date.
    fn date_before(&self, date: NaiveDate) -> Option<NaiveDate>;
    /// The first trading day on or after a date.
    fn date_from(&self, date: NaiveDate) -> Option<NaiveDate>;
    /// The day's bar.
    fn day(&self, date: NaiveDate) -> Option<RawBar>;
    /// Replaces `out` by the day's minutes that have a trade, ascending.
    fn minutes(&self, date: NaiveDate, out: &mut Vec<Minute>);
    /// The trades of one of these minutes.
    fn trades(self: Arc<Self>, day: &TradingDay, minute: &Minute) -> Trades;
}

pub(crate) type Trades = Box<dyn Iterator<Item = RawTick> + Send>;

/// A minute's bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Minute {
    /// Minutes since the session's open.
    pub(crate) index: u32,
    pub(crate) bar: RawBar,
}

impl Minute {
    pub(crate) fn open(&self, day: &TradingDay) -> MarketTime {
        day.open.plus_millis(i64::from(self.index) * 60_000)
    }
}

/// A series' trades from a moment on.
pub(crate) struct Stream {
    series: Arc<dyn Series>,
    after: MarketTime,
    day: Option<TradingDay>,
    minutes: Vec<Minute>,
    next_minute: usize,
    trades: Trades,
}

impl Stream {
    pub(crate) fn after(series: Arc<dyn Series>, after: MarketTime) -> Self {
        let mut stream = Self {
            day: None,
            minutes: Vec::new(),
            next_minute: 0,
            trades: Box::new(std::iter::empty()),
            series,
            after,
        };
        // The first day that ends after the moment; at most a few lie between, whatever the
        // timezone.
        let mut date = after.utc_date().pred_opt().unwrap_or(NaiveDate::MIN);
        while let Some(next) = stream.series.date_from(date) {
            let day = stream.series.session().day(next);
            if day.close > after {
                stream.enter(day);
                let over = |minute: &Minute| minute.open(&day).plus_millis(60_000) <= after;
                stream.next_minute = stream.minutes.partition_point(over);
                break;
            }
            let Some(following) = next.succ_opt() else {
                break;
            };
            date = following;
        }
        stream
    }

    fn enter(&mut self, day: TradingDay) {
        self.series.minutes(day.date, &mut self.minutes);
        self.next_minute = 0;
        self.day = Some(day);
    }
}

impl Iterator for Stream {
    type Item = RawTick;

    fn next(&mut self) -> Option<RawTick> {
        loop {
            if let Some(tick) = self.trades.find(|tick| tick.time > self.after.millis()) {
                return Some(tick);
            }
            let day = self.day?;
            if let Some(minute) = self.minutes.get(self.next_minute) {
                self.next_minute += 1;
                self.trades = Arc::clone(&self.series).trades(&day, minute);
            } else {
                let next = day
                    .date
                    .succ_opt()
                    .and_then(|date| self.series.date_from(date));
                match next {
                    Some(date) => self.enter(self.series.session().day(date)),
                    None => self.day = None,
                }
            }
        }
    }
}
