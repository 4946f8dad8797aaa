//! What must hold of every source, as checks that each source's tests call.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use tickwire_market::{
    Aggregator, BOOK_LEVELS, Bar, Depth, Feed, HistoryQuery, Level, MarketTime, Range, Resolution,
    Source, Tick,
};

/// All bars of a resolution that closed by `now` with `from ≤ time`.
pub fn history(
    source: &dyn Source,
    symbol: &str,
    resolution: Resolution,
    from: MarketTime,
    now: MarketTime,
) -> Vec<Bar> {
    let range = Range::Between {
        from,
        to: MarketTime::from_millis(i64::MAX),
    };
    let query = HistoryQuery {
        symbol: symbol.to_owned(),
        resolution,
        range,
        now,
    };
    source.history(&query).unwrap()
}

/// History up to `now` and the bars that the live stream closes until `later` are the history at
/// `later`: neither hole nor overlap.
pub fn check_join(source: &dyn Source, symbol: &str, now: MarketTime, later: MarketTime) {
    let from = now.plus_millis(-3 * 86_400_000);
    let mut bars: BTreeMap<Resolution, Vec<Bar>> = Resolution::ALL
        .into_iter()
        .map(|resolution| (resolution, history(source, symbol, resolution, from, now)))
        .collect();
    let mut feed = Feed::at(source, symbol, now).unwrap();
    let mut time = now;
    while let Some(next) = feed.next_time().filter(|next| *next <= later) {
        let step = feed.step().unwrap();
        assert!(step.time == next && next >= time, "steps are in order");
        time = next;
        for update in step.bars.iter().filter(|update| update.bar.closed) {
            bars.get_mut(&update.resolution).unwrap().push(update.bar);
        }
    }
    for (resolution, bars) in bars {
        let expected = history(source, symbol, resolution, from, later);
        assert_eq!(
            bars, expected,
            "{symbol} {resolution} from {now} to {later}"
        );
    }
}

/// Who joins at `later` has the forming bars of who has listened since `now`.
pub fn check_late_join(source: &dyn Source, symbol: &str, now: MarketTime, later: MarketTime) {
    let mut feed = Feed::at(source, symbol, now).unwrap();
    while feed.next_time().is_some_and(|next| next <= later) {
        feed.step();
    }
    let joined = Aggregator::at(source, symbol, later).unwrap();
    for resolution in Resolution::ALL {
        assert_eq!(
            feed.forming(resolution),
            joined.forming(resolution),
            "{resolution} at {later}"
        );
    }
}

/// After each of `steps` steps, each forming bar is the merge of the finer bars inside it: the
/// closed ones of history and the stream, and the forming one.
pub fn check_nesting(source: &dyn Source, symbol: &str, now: MarketTime, steps: usize) {
    let session = source.symbol(symbol).unwrap().session;
    let mut closed: BTreeMap<Resolution, Vec<Bar>> = Resolution::ALL
        .into_iter()
        .map(|resolution| {
            let from = now.plus_millis(-2 * 86_400_000);
            (resolution, history(source, symbol, resolution, from, now))
        })
        .collect();
    let mut feed = Feed::at(source, symbol, now).unwrap();
    for _ in 0..steps {
        let Some(step) = feed.step() else { break };
        let (time, changed) = (step.time, step.bars.to_vec());
        for update in changed.iter().filter(|update| update.bar.closed) {
            closed.get_mut(&update.resolution).unwrap().push(update.bar);
        }
        let Some(day) = session.day_at(time) else {
            continue;
        };
        for pair in Resolution::ALL.windows(2) {
            let (fine, coarse) = (pair[0], pair[1]);
            let Some(bar) = feed.forming(coarse) else {
                continue;
            };
            let from = if coarse == Resolution::Day {
                day.open.millis()
            } else {
                bar.time
            };
            let mut parts = closed[&fine].iter().filter(|part| part.time >= from);
            let mut parts: Vec<Bar> = parts.by_ref().copied().collect();
            parts.extend(feed.forming(fine));
            let mut merged = Bar {
                time: bar.time,
                closed: false,
                ..parts[0]
            };
            parts[1..].iter().for_each(|part| merged.merge(part));
            assert_eq!(merged, *bar, "{symbol} {coarse} of {fine} at {time}");
        }
    }
}

/// Prices, quotes and sizes are ones that could be.
pub fn check_ticks(ticks: &[Tick]) {
    assert!(ticks.is_sorted_by_key(|tick| tick.time));
    for tick in ticks {
        assert!(
            tick.bid < tick.ask && tick.bid.is_sign_positive(),
            "{tick:?}"
        );
        assert!(tick.bid <= tick.price && tick.price <= tick.ask, "{tick:?}");
        assert!(
            !tick.size.is_sign_negative() && !tick.bid_size.is_zero(),
            "{tick:?}"
        );
    }
}

/// The books along `ticks` trades after `now`: their best levels are the quotes, and the changes
/// lead from each to the next. Returns how many levels change with a trade, on average.
pub fn check_books(source: &dyn Source, symbol: &str, now: MarketTime, ticks: usize) -> f64 {
    let depth = Depth::new(source.symbol(symbol).unwrap());
    let mut held = [BTreeMap::new(), BTreeMap::new()];
    let mut before = Default::default();
    let mut changed = 0;
    for tick in source.ticks(symbol, now).unwrap().take(ticks) {
        let book = depth.book(&tick);
        let best = |side: &[Level]| (side[0].price, side[0].size);
        assert_eq!(best(&book.bids), (tick.bid, tick.bid_size));
        assert_eq!(best(&book.asks), (tick.ask, tick.ask_size));
        assert!(book.bids.is_sorted_by(|a, b| a.price > b.price), "{book:?}");
        assert!(book.asks.is_sorted_by(|a, b| a.price < b.price), "{book:?}");
        let changes = book.changes_since(&before);
        for (side, (changes, levels)) in held
            .iter_mut()
            .zip([(&changes.bids, &book.bids), (&changes.asks, &book.asks)])
        {
            assert!(levels.len() <= BOOK_LEVELS);
            assert!(
                levels
                    .iter()
                    .all(|l| l.size > Decimal::ZERO && l.price > Decimal::ZERO)
            );
            changed += changes.len();
            for Level { price, size } in changes {
                if size.is_zero() {
                    assert!(side.remove(price).is_some(), "nothing is removed twice");
                } else {
                    assert_ne!(
                        side.insert(*price, *size),
                        Some(*size),
                        "nothing is said twice"
                    );
                }
            }
            let levels: BTreeMap<_, _> = levels.iter().map(|l| (l.price, l.size)).collect();
            assert_eq!(*side, levels);
        }
        before = book;
    }
    changed as f64 / ticks as f64
}
