//! The replay of the recorded days.

#![allow(
    clippy::unwrap_used,
    reason = "a test's helpers may panic as its tests do"
)]

mod common;

use std::time::Duration;

use chrono::NaiveDate;
use common::{check_books, check_join, check_late_join, check_nesting, check_ticks, history};
use proptest::prelude::*;
use tickwire_market::{
    Bar, HistoryQuery, MarketTime, Moment, Range, Replay, ReplayConfig, Resolution, Source, Tick,
};

const SYMBOLS: [&str; 5] = ["AAPL", "FB", "GOOG", "IBM", "MSFT"];

fn replay(seed: u64) -> Replay {
    Replay::new(&ReplayConfig {
        seed,
        ..ReplayConfig::default()
    })
    .unwrap()
}

fn time(text: &str) -> MarketTime {
    chrono::DateTime::parse_from_rfc3339(text)
        .unwrap()
        .to_utc()
        .into()
}

/// The trades of a day, whose bar is given.
fn ticks_of_day(source: &Replay, symbol: &str, bar: &Bar) -> Vec<Tick> {
    let date = MarketTime::from_millis(bar.time).utc_date();
    let day = source.symbol(symbol).unwrap().session.day(date);
    let ticks = source.ticks(symbol, day.open.plus_millis(-1)).unwrap();
    ticks
        .take_while(|tick| tick.time < day.close.millis())
        .collect()
}

#[test]
fn history_of_2008_is_the_real_one() {
    let source = replay(1);
    let range = Range::Between {
        from: time("2008-01-01T00:00:00Z"),
        to: time("2009-01-01T00:00:00Z"),
    };
    let query = HistoryQuery {
        symbol: "AAPL".into(),
        resolution: Resolution::Day,
        range,
        now: source.clock().start(),
    };
    let bars = source.history(&query).unwrap();
    assert_eq!(bars.len(), 253);
    let row = |bar: &Bar| {
        let date = MarketTime::from_millis(bar.time).utc_date();
        format!(
            "{date},{},{},{},{},{}",
            bar.open, bar.high, bar.low, bar.close, bar.volume
        )
    };
    let file = include_str!("../../../data/daily/AAPL.csv");
    let numbers = |row: &str| -> Vec<String> {
        let number = |text: &str| {
            text.parse::<f64>()
                .map_or(text.to_owned(), |n| n.to_string())
        };
        row.split(',').map(number).collect()
    };
    let recorded = file.lines().filter(|line| line.starts_with("2008"));
    for (bar, line) in bars.iter().zip(recorded) {
        assert_eq!(numbers(&row(bar)), numbers(line));
    }
}

/// Every day of every symbol: the trades make exactly the recorded bar.
#[test]
fn a_days_trades_are_the_days_bar() {
    let source = replay(1);
    // All twelve thousand in release; every 17th in debug, where they would take a minute.
    let stride = if cfg!(debug_assertions) { 17 } else { 1 };
    for symbol in SYMBOLS {
        let now = time("2013-03-02T00:00:00Z");
        let days = history(
            &source,
            symbol,
            Resolution::Day,
            time("2000-01-01T00:00:00Z"),
            now,
        );
        for bar in days.iter().step_by(stride) {
            let ticks = ticks_of_day(&source, symbol, bar);
            let prices = || ticks.iter().map(|tick| tick.price);
            let made = Bar {
                open: ticks[0].price,
                high: prices().max().unwrap(),
                low: prices().min().unwrap(),
                close: ticks[ticks.len() - 1].price,
                volume: ticks.iter().map(|tick| tick.size).sum(),
                ..*bar
            };
            assert_eq!(made, *bar, "{symbol}");
            assert!(
                (2_000..2_700).contains(&ticks.len()),
                "{} trades",
                ticks.len()
            );
            assert!(
                ticks.iter().all(|tick| !tick.size.is_zero()),
                "a trade of nothing"
            );
            let recorded = [bar.open, bar.high, bar.low, bar.close];
            let odd = ticks
                .iter()
                .find(|tick| tick.price.scale() > 2 && !recorded.contains(&tick.price));
            assert_eq!(odd, None, "a made-up price is in whole cents");
            check_ticks(&ticks);
        }
    }
}

#[test]
fn every_minute_of_a_session_has_a_bar() {
    let source = replay(1);
    let now = time("2009-01-03T00:00:00Z");
    let minutes = history(
        &source,
        "IBM",
        Resolution::Minute,
        time("2009-01-02T00:00:00Z"),
        now,
    );
    assert_eq!(minutes.len(), 390);
    assert_eq!(minutes[0].time, time("2009-01-02T14:30:00Z").millis());
    let of_240 = history(
        &source,
        "IBM",
        Resolution::FourHours,
        time("2009-01-02T00:00:00Z"),
        now,
    );
    let times: Vec<_> = of_240.iter().map(|bar| bar.time).collect();
    assert_eq!(
        times,
        [
            time("2009-01-02T14:30:00Z").millis(),
            time("2009-01-02T18:30:00Z").millis()
        ]
    );
}

#[test]
fn the_clock_plays_a_day_a_minute_and_starts_over() {
    let source = replay(1);
    let at = |seconds| source.clock().at(Duration::from_secs(seconds));
    let moment = |lap, text| Moment {
        lap,
        time: time(text),
    };
    assert_eq!(at(0), moment(0, "2009-01-02T14:30:00Z"));
    assert_eq!(at(30), moment(0, "2009-01-02T17:45:00Z"));
    // A weekend takes no time.
    assert_eq!(at(60), moment(0, "2009-01-05T14:30:00Z"));
    let lap = source.clock().lap_duration();
    let past = source.clock().at(lap - Duration::from_millis(1));
    assert_eq!(
        past.time.utc_date(),
        NaiveDate::from_ymd_opt(2013, 3, 1).unwrap()
    );
    assert_eq!(source.clock().at(lap), moment(1, "2009-01-02T14:30:00Z"));
}

#[test]
fn a_lap_ends_with_the_close_of_its_last_day() {
    let source = replay(1);
    let mut feed = tickwire_market::Feed::at(&source, "FB", time("2013-03-01T20:59:30Z")).unwrap();
    let mut last = None;
    while let Some(step) = feed.step() {
        last = Some((step.time, step.bars.to_vec()));
    }
    let (at, bars) = last.unwrap();
    assert_eq!(at, time("2013-03-01T21:00:00Z"));
    assert_eq!(bars.len(), Resolution::ALL.len());
    assert!(bars.iter().all(|update| update.bar.closed));
    let due = source.clock().due(Moment { lap: 3, time: at });
    assert_eq!(due, source.clock().lap_duration() * 4);
}

#[test]
fn starts_outside_of_the_recording_are_refused() {
    let check = |start: &str, expected: Option<&str>| {
        let config = ReplayConfig {
            start: start.parse().unwrap(),
            ..ReplayConfig::default()
        };
        let error = Replay::new(&config).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), expected);
    };
    check("2000-03-01", None);
    check("2009-01-03", None);
    check("2013-03-01", None);
    check(
        "2013-03-02",
        Some("the recorded days are 2000-03-01 to 2013-03-01: a replay cannot start on 2013-03-02"),
    );
    check(
        "1999-12-31",
        Some("the recorded days are 2000-03-01 to 2013-03-01: a replay cannot start on 1999-12-31"),
    );
    let config = ReplayConfig {
        day: Duration::ZERO,
        ..ReplayConfig::default()
    };
    assert!(Replay::new(&config).is_err());
}

#[test]
fn a_count_reaches_back_over_days_and_stops_at_the_limit() {
    let source = replay(1);
    let now = time("2009-01-05T15:00:30Z");
    let last = |resolution, count, to| {
        let range = Range::Last { count, to };
        let query = HistoryQuery {
            symbol: "GOOG".into(),
            resolution,
            range,
            now,
        };
        source.history(&query).unwrap()
    };
    let bars = last(Resolution::Minute, 31, now);
    assert_eq!(bars[0].time, time("2009-01-02T20:59:00Z").millis());
    assert_eq!(bars[30].time, time("2009-01-05T14:59:00Z").millis());
    assert_eq!(
        last(Resolution::Minute, 31, time("2009-01-05T14:31:00Z"))[30].time,
        time("2009-01-05T14:30:00Z").millis()
    );
    assert_eq!(last(Resolution::Minute, 99_999, now).len(), 5_000);
    assert_eq!(last(Resolution::Day, 0, now), []);
    assert_eq!(last(Resolution::Day, 5_000, now).len(), 1_102);
    assert!(bars.iter().all(|bar| bar.closed) && bars.is_sorted_by_key(|bar| bar.time));
}

#[test]
fn requests_that_cannot_be_answered() {
    let source = replay(1);
    let now = source.clock().start();
    let range = Range::Between {
        from: now,
        to: now.plus_millis(-1),
    };
    let mut query = HistoryQuery {
        symbol: "AAPL".into(),
        resolution: Resolution::Day,
        range,
        now,
    };
    assert_eq!(
        source.history(&query).unwrap_err().to_string(),
        "the range ends at 2009-01-02T14:29:59.999Z, before it begins at 2009-01-02T14:30:00.000Z"
    );
    query.symbol = "aapl".into();
    assert_eq!(
        source.history(&query).unwrap_err().to_string(),
        "no symbol 'aapl'"
    );
    assert!(source.ticks("X", now).is_err() && source.symbol("X").is_err());
}

#[test]
fn extreme_times_are_answered() {
    let source = replay(1);
    let (first, last) = (
        MarketTime::from_millis(i64::MIN),
        MarketTime::from_millis(i64::MAX),
    );
    assert_eq!(
        history(&source, "FB", Resolution::Day, first, last).len(),
        196
    );
    assert_eq!(history(&source, "FB", Resolution::Hour, first, first), []);
    assert_eq!(
        tickwire_market::Feed::at(&source, "FB", last)
            .unwrap()
            .next_time(),
        None
    );
    assert!(
        tickwire_market::Feed::at(&source, "FB", first)
            .unwrap()
            .next_time()
            .is_some()
    );
    assert_eq!(source.ticks("FB", last).unwrap().count(), 0);
    assert_eq!(
        source
            .ticks("FB", first)
            .unwrap()
            .next()
            .unwrap()
            .price
            .to_string(),
        "42.05"
    );
}

#[test]
fn the_seed_makes_the_path() {
    let ticks = |seed| {
        replay(seed)
            .ticks("MSFT", time("2009-01-02T00:00:00Z"))
            .unwrap()
            .take(50)
    };
    assert!(ticks(1).eq(ticks(1)));
    assert!(!ticks(1).eq(ticks(2)));
}

/// A moment from two days before the replay's first day to four years later.
fn moments() -> impl Strategy<Value = MarketTime> {
    let from = time("2008-12-31T00:00:00Z").millis();
    let to = time("2013-03-02T00:00:00Z").millis();
    prop_oneof![
        from..to,
        // The seams: whole minutes, opens and closes among them.
        (from / 60_000..to / 60_000).prop_map(|minute| minute * 60_000),
    ]
    .prop_map(MarketTime::from_millis)
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 24,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20090102),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn history_and_stream_join(
        symbol in prop::sample::select(&SYMBOLS[..]), now in moments(), millis in 0..40 * 3_600_000_i64,
    ) {
        check_join(&replay(1), symbol, now, now.plus_millis(millis));
    }

    #[test]
    fn joining_late_makes_no_difference(
        symbol in prop::sample::select(&SYMBOLS[..]), now in moments(), millis in 0..40 * 3_600_000_i64,
    ) {
        check_late_join(&replay(1), symbol, now, now.plus_millis(millis));
    }

    #[test]
    fn coarse_bars_are_the_merge_of_finer_ones(
        symbol in prop::sample::select(&SYMBOLS[..]), now in moments(),
    ) {
        check_nesting(&replay(1), symbol, now, 700);
    }

    #[test]
    fn books_surround_the_quotes(
        symbol in prop::sample::select(&SYMBOLS[..]), now in moments(),
    ) {
        let changes = check_books(&replay(1), symbol, now, 700);
        prop_assert!(changes > 1.0, "{}", changes);
    }
}
