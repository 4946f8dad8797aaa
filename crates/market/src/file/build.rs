//! Checked rows to series.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    check::Checked,
    collect::{Collect, Read},
    layout::{Layout, Rows},
    problem::Problems,
    scale::{self, Decimals},
    series::{Bars, Dates, Ticks},
};
use crate::{
    MarketTime, Session,
    days::Days,
    reconstruct::{Density, Reconstruction},
    rng::{Rng, name_seed},
    series::Series,
    units::RawBar,
};

const DAY: i64 = 86_400_000;

/// What the file's rows turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    DailyBars,
    /// This many milliseconds long.
    Bars(i64),
    Ticks,
}

/// A symbol's series, and the stretches of market time that it has data for, one per trading day.
pub(super) struct Built {
    pub(super) symbol: String,
    pub(super) series: Arc<dyn Series>,
    pub(super) spans: Vec<(NaiveDate, MarketTime, MarketTime)>,
}

/// What the rows are; adds to the problems if they are nothing that can be played.
pub(super) fn content(collect: &Collect, problems: &mut Problems) -> Option<Content> {
    if let Rows::Ticks { .. } = collect.layout.rows {
        return Some(Content::Ticks);
    }
    let bars = || collect.symbols.values().map(|read| &read.bars);
    let steps = bars().flat_map(|bars| bars.windows(2).map(|pair| pair[1].time - pair[0].time));
    let Some(interval) = steps.min() else {
        // One bar a symbol: a date is a day, a time of day a minute.
        let dated = bars().flatten().all(|bar| bar.time % DAY == 0);
        return Some(if dated {
            Content::DailyBars
        } else {
            Content::Bars(60_000)
        });
    };
    let line = bars().flatten().next().map_or(1, |bar| bar.line);
    match interval {
        // A day of 23 hours, where clocks change, is a day; so is one after a long weekend.
        interval if interval > 4 * DAY => {
            let days = interval / DAY;
            problems.add(
                line,
                None,
                format!("bars are {days} days apart; at most a day is played"),
            );
            None
        }
        interval if interval >= 20 * 3_600_000 => Some(Content::DailyBars),
        interval if interval % 60_000 == 0 || 60_000 % interval == 0 => {
            Some(Content::Bars(interval))
        }
        interval => {
            let seconds = interval as f64 / 1e3;
            let message =
                format!("bars are {seconds} s apart: neither a part nor a multiple of a minute");
            problems.add(line, None, message);
            None
        }
    }
}

/// One symbol's series.
pub(super) fn build(
    symbol: String,
    read: Read,
    (content, layout): (Content, &Layout),
    session: Session,
    seed: u64,
    problems: &mut Problems,
) -> Option<Built> {
    let before = problems.count;
    let (mut prices, mut sizes) = (Decimals::default(), Decimals::default());
    for bar in &read.bars {
        bar.prices.iter().for_each(|price| prices.add(price));
        sizes.add(&bar.volume);
    }
    for tick in &read.ticks {
        let quote = tick.quote.map(<[_; 2]>::from);
        [tick.price]
            .iter()
            .chain(quote.iter().flatten())
            .for_each(|price| prices.add(price));
        let quoted = tick.quote_sizes.map(<[_; 2]>::from);
        [tick.size]
            .iter()
            .chain(quoted.iter().flatten())
            .for_each(|size| sizes.add(size));
    }
    let units = scale::units(&prices, &sizes);
    let seed = Rng::new(&[seed, name_seed(&symbol)]).next();
    let reconstruction = Reconstruction {
        units,
        seed,
        density: Density::Recorded,
    };
    let mut rows = Checked::new(session, units, layout, problems);
    let (series, spans): (Arc<dyn Series>, _) = match content {
        Content::DailyBars => {
            let days = rows.days(&read.bars);
            let span = |(date, _): &(NaiveDate, RawBar)| {
                let day = session.day(*date);
                (*date, day.open, day.close)
            };
            let spans = days.iter().map(span).collect();
            (
                Arc::new(Days {
                    session,
                    reconstruction,
                    days,
                }),
                spans,
            )
        }
        Content::Bars(interval) => {
            let (dates, bars): (Vec<_>, Vec<_>) =
                rows.bars(&read.bars, interval).into_iter().unzip();
            let spans = spans(
                dates
                    .iter()
                    .copied()
                    .zip(bars.iter().map(|(time, _)| *time)),
                interval,
            );
            let dates = Dates::new(session, dates);
            (
                Arc::new(Bars {
                    dates,
                    reconstruction,
                    interval,
                    bars,
                }),
                spans,
            )
        }
        Content::Ticks => {
            let (dates, ticks): (Vec<_>, Vec<_>) =
                rows.ticks(&read.ticks, seed).into_iter().unzip();
            let spans = spans(
                dates
                    .iter()
                    .copied()
                    .zip(ticks.iter().map(|tick| tick.time)),
                1,
            );
            (
                Arc::new(Ticks {
                    dates: Dates::new(session, dates),
                    units,
                    ticks,
                }),
                spans,
            )
        }
    };
    (problems.count == before).then_some(Built {
        symbol,
        series,
        spans,
    })
}

/// From the first to the last row of each day.
fn spans(
    rows: impl Iterator<Item = (NaiveDate, i64)>,
    length: i64,
) -> Vec<(NaiveDate, MarketTime, MarketTime)> {
    let mut spans: Vec<(NaiveDate, MarketTime, MarketTime)> = Vec::new();
    for (date, time) in rows {
        let (open, close) = (
            MarketTime::from_millis(time),
            MarketTime::from_millis(time + length),
        );
        match spans.last_mut() {
            Some((last, _, end)) if *last == date => *end = close,
            _ => spans.push((date, open, close)),
        }
    }
    spans
}
