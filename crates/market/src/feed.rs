//! A symbol's live stream: its trades, and what they do to its bars.

use std::iter::Peekable;

use crate::{
    Aggregator, Bar, BarUpdate, MarketTime, Resolution, Source, SourceError, Tick, TickStream,
};

/// Everything that happens to one symbol after a moment, in order: trades with the bars they
/// change, and between them the ends of bars.
///
/// [`history`](Source::history) up to the same moment and this stream join without hole or
/// overlap. A producer sleeps until [`Clock::due`](crate::Clock::due) of
/// [`next_time`](Self::next_time), takes the [`step`](Self::step), and begins again with a new
/// feed when there is none left and the clock enters its next lap.
pub struct Feed {
    aggregator: Aggregator,
    ticks: Peekable<TickStream>,
}

/// One thing that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// When, on the market's clock.
    pub time: MarketTime,
    /// The trade; `None` where a bar ends without one.
    pub tick: Option<Tick>,
    /// The bars that end now (`closed: true`), then those that the trade changes.
    pub bars: &'a [BarUpdate],
}

impl Feed {
    /// The stream after a moment: its first step lies after `now`.
    ///
    /// # Errors
    /// The symbol is unknown.
    pub fn at(source: &dyn Source, symbol: &str, now: MarketTime) -> Result<Self, SourceError> {
        Ok(Self {
            aggregator: Aggregator::at(source, symbol, now)?,
            ticks: source.ticks(symbol, now)?.peekable(),
        })
    }

    /// When the next step is, `None` after the last one of the data.
    pub fn next_time(&mut self) -> Option<MarketTime> {
        let tick = self
            .ticks
            .peek()
            .map(|tick| MarketTime::from_millis(tick.time));
        tick.into_iter().chain(self.aggregator.next_close()).min()
    }

    /// Takes the next step.
    pub fn step(&mut self) -> Option<Step<'_>> {
        let time = self.next_time()?;
        // A trade at the very moment at which a bar ends belongs to the next bar: one step.
        let tick = self.ticks.next_if(|tick| tick.time == time.millis());
        let bars = match &tick {
            Some(tick) => self.aggregator.push(tick),
            None => self.aggregator.advance(time),
        };
        Some(Step { time, tick, bars })
    }

    /// The forming bar of a resolution as of the last step.
    pub fn forming(&self, resolution: Resolution) -> Option<&Bar> {
        self.aggregator.forming(resolution)
    }
}
