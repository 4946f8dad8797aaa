//! Trades to bars of all resolutions at once.

use crate::{
    Bar, BarUpdate, HistoryQuery, MarketTime, Range, Resolution, Session, Source, SourceError,
    Tick, TradingDay,
};

/// The forming bars of one symbol.
///
/// All resolutions grow from the same trades, so at every moment a bar equals the merge of the
/// finer bars inside it, closed ones and the forming one.
#[derive(Clone, Debug)]
pub struct Aggregator {
    session: Session,
    /// The session of the last trade: asking the calendar for each would cost more than the rest.
    day: Option<TradingDay>,
    /// In the order of [`Resolution::ALL`].
    forming: [Option<Forming>; Resolution::ALL.len()],
    /// The answer to the last call, kept for its allocation.
    updates: Vec<BarUpdate>,
}

#[derive(Clone, Copy, Debug)]
struct Forming {
    bar: Bar,
    end: MarketTime,
}

impl Aggregator {
    /// Without a bar, as before a symbol's first trade.
    pub fn new(session: Session) -> Self {
        Self {
            session,
            day: None,
            forming: [None; Resolution::ALL.len()],
            updates: Vec::new(),
        }
    }

    /// As it is at a moment for who has listened from the beginning: today's closed minutes are
    /// taken from history, the minute now forming from its trades.
    ///
    /// # Errors
    /// The symbol is unknown.
    pub fn at(source: &dyn Source, symbol: &str, now: MarketTime) -> Result<Self, SourceError> {
        let mut aggregator = Self::new(source.symbol(symbol)?.session);
        let Some(day) = aggregator.session.day_at(now) else {
            return Ok(aggregator);
        };
        aggregator.day = Some(day);
        let minutes = source.history(&HistoryQuery {
            symbol: symbol.to_owned(),
            resolution: Resolution::Minute,
            range: Range::Between {
                from: day.open,
                to: day.close,
            },
            now,
        })?;
        for minute in &minutes {
            aggregator.add_minute(&day, minute);
        }
        let (this_minute, _) = Resolution::Minute.bar_at(now, &day);
        for tick in source.ticks(symbol, this_minute.plus_millis(-1))? {
            if tick.time > now.millis() {
                break;
            }
            aggregator.push(&tick);
        }
        aggregator.advance(now);
        Ok(aggregator)
    }

    /// Takes the next trade. Answers with the final state (`closed: true`) of each bar that ended
    /// before it, finer ones first, then the new state of the bar of each resolution. A trade
    /// outside of the session belongs to no bar.
    pub fn push(&mut self, tick: &Tick) -> &[BarUpdate] {
        let time = MarketTime::from_millis(tick.time);
        self.updates.clear();
        self.close_until(time);
        if let Some(day) = self.day_at(time) {
            for (resolution, forming) in Resolution::ALL.into_iter().zip(&mut self.forming) {
                let forming = match forming {
                    Some(forming) => {
                        forming.bar.add(tick);
                        forming
                    }
                    None => {
                        let (open, end) = resolution.bar_at(time, &day);
                        forming.insert(Forming {
                            bar: Bar::first(open, tick),
                            end,
                        })
                    }
                };
                self.updates.push(BarUpdate {
                    resolution,
                    bar: forming.bar,
                });
            }
        }
        &self.updates
    }

    /// Lets time pass: answers with the final state of each bar that has ended by `now`.
    pub fn advance(&mut self, now: MarketTime) -> &[BarUpdate] {
        self.updates.clear();
        self.close_until(now);
        &self.updates
    }

    /// When the next forming bar ends, `None` when none is forming.
    pub fn next_close(&self) -> Option<MarketTime> {
        self.forming
            .iter()
            .flatten()
            .map(|forming| forming.end)
            .min()
    }

    /// The forming bar of a resolution, `None` before its first trade.
    pub fn forming(&self, resolution: Resolution) -> Option<&Bar> {
        self.forming[resolution as usize]
            .as_ref()
            .map(|forming| &forming.bar)
    }

    fn close_until(&mut self, now: MarketTime) {
        for (resolution, slot) in Resolution::ALL.into_iter().zip(&mut self.forming) {
            if let Some(forming) = slot.take_if(|forming| forming.end <= now) {
                let bar = Bar {
                    closed: true,
                    ..forming.bar
                };
                self.updates.push(BarUpdate { resolution, bar });
            }
        }
    }

    fn add_minute(&mut self, day: &TradingDay, minute: &Bar) {
        let time = MarketTime::from_millis(minute.time);
        self.close_until(time);
        for (resolution, slot) in Resolution::ALL.into_iter().zip(&mut self.forming).skip(1) {
            match slot {
                Some(forming) => forming.bar.merge(minute),
                None => {
                    let (open, end) = resolution.bar_at(time, day);
                    let bar = Bar {
                        time: open.millis(),
                        closed: false,
                        ..*minute
                    };
                    *slot = Some(Forming { bar, end });
                }
            }
        }
    }

    fn day_at(&mut self, time: MarketTime) -> Option<TradingDay> {
        if !self.day.is_some_and(|day| day.contains(time)) {
            self.day = self.session.day_at(time);
        }
        self.day
    }
}
