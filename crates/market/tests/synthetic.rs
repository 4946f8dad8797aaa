//! The synthetic market.

#![allow(
    clippy::unwrap_used,
    reason = "a test's helpers may panic as its tests do"
)]

mod common;

use common::{check_books, check_join, check_late_join, check_nesting, check_ticks, history};
use proptest::prelude::*;
use tickwire_market::{MarketTime, Resolution, Source, Synthetic, SyntheticConfig};

fn market(symbols: u32, rate: f64) -> Synthetic {
    Synthetic::new(&SyntheticConfig {
        symbols,
        rate,
        ..SyntheticConfig::default()
    })
    .unwrap()
}

#[test]
fn symbols_have_names_in_order() {
    let source = market(12, 100.0);
    assert_eq!(source.symbols()[11].symbol, "SYN0012");
    assert!(source.symbol("SYN0013").is_err());
    assert!(market(10_001, 1_000.0).symbol("SYN10001").is_ok());
}

#[test]
fn the_rate_is_kept() {
    for (symbols, rate) in [(1, 50.0), (10, 1.0), (3, 1_000.0)] {
        let source = market(symbols, rate);
        let start = source.clock().start();
        let count = |info: &tickwire_market::SymbolInfo| {
            let ticks = source.ticks(&info.symbol, start.plus_millis(-1)).unwrap();
            ticks
                .take_while(|tick| tick.time < start.millis() + 600_000)
                .count()
        };
        let ticks: usize = source.symbols().iter().map(count).sum();
        let expected = 600.0 * rate;
        assert!(
            (ticks as f64 - expected).abs() <= 10.0 * f64::from(symbols),
            "{ticks} of {expected}"
        );
    }
}

#[test]
fn trades_make_the_days_bar() {
    let source = market(2, 4.0);
    let from = source.clock().start();
    let to = from.plus_millis(86_400_000);
    let day = history(&source, "SYN0002", Resolution::Day, from, to)[0];
    let ticks: Vec<_> = source
        .ticks("SYN0002", from.plus_millis(-1))
        .unwrap()
        .take_while(|tick| tick.time < to.millis())
        .collect();
    check_ticks(&ticks);
    assert_eq!(day.open, ticks[0].price);
    assert_eq!(day.close, ticks[ticks.len() - 1].price);
    assert_eq!(day.high, ticks.iter().map(|tick| tick.price).max().unwrap());
    assert_eq!(day.low, ticks.iter().map(|tick| tick.price).min().unwrap());
    assert_eq!(day.volume, ticks.iter().map(|tick| tick.size).sum());
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 12,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_laws_hold(
        rate in 0.3..20.0, day in 0..700_i64, since in 0..86_400_000_i64, millis in 0..7_200_000_i64,
    ) {
        let source = market(4, rate);
        let now = source.clock().start().plus_millis(day * 86_400_000 + since);
        check_join(&source, "SYN0003", now, now.plus_millis(millis));
        check_late_join(&source, "SYN0003", now, now.plus_millis(millis));
        check_nesting(&source, "SYN0003", now, 200);
        let changes = check_books(&source, "SYN0003", now, 200);
        prop_assert!(changes > 1.0 && changes < 50.0, "{}", changes);
        prop_assert_eq!(source.clock().at(source.clock().due(tickwire_market::Moment { lap: 0, time: now })).time, now);
        prop_assert!(MarketTime::from_millis(0) < now);
    }
}
