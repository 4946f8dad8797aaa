//! Market data to the contract's payloads.
//!
//! Prices and quantities leave as JSON numbers. A decimal of up to 15 digits becomes the double
//! that prints as the same digits, so `85.97` stays `85.97`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use tickwire_market::{Bar, BarUpdate, Level, OrderBook, Resolution, Side, Tick};

use crate::api::types;

pub(super) fn resolution(resolution: types::BarResolution) -> Resolution {
    match resolution {
        types::BarResolution::X1 => Resolution::Minute,
        types::BarResolution::X5 => Resolution::FiveMinutes,
        types::BarResolution::X15 => Resolution::QuarterHour,
        types::BarResolution::X30 => Resolution::HalfHour,
        types::BarResolution::X60 => Resolution::Hour,
        types::BarResolution::X240 => Resolution::FourHours,
        types::BarResolution::D => Resolution::Day,
    }
}

pub(super) fn wire_resolution(resolution: Resolution) -> types::BarResolution {
    match resolution {
        Resolution::Minute => types::BarResolution::X1,
        Resolution::FiveMinutes => types::BarResolution::X5,
        Resolution::QuarterHour => types::BarResolution::X15,
        Resolution::HalfHour => types::BarResolution::X30,
        Resolution::Hour => types::BarResolution::X60,
        Resolution::FourHours => types::BarResolution::X240,
        Resolution::Day => types::BarResolution::D,
    }
}

pub(super) fn bar_update(symbol: &str, update: &BarUpdate) -> types::BarUpdate {
    let bar = &update.bar;
    types::BarUpdate {
        symbol: ticker(symbol),
        resolution: wire_resolution(update.resolution),
        time: types::UnixMillis(bar.time),
        open: price(bar.open),
        high: price(bar.high),
        low: price(bar.low),
        close: price(bar.close),
        volume: quantity(bar.volume),
        closed: types::ClosedFlag(bar.closed),
    }
}

pub(super) fn closed_bar(bar: &Bar) -> types::OhlcvBar {
    types::OhlcvBar {
        time: types::UnixMillis(bar.time),
        open: price(bar.open),
        high: price(bar.high),
        low: price(bar.low),
        close: price(bar.close),
        volume: quantity(bar.volume),
    }
}

pub(super) fn quote_update(symbol: &str, tick: &Tick) -> types::QuoteUpdate {
    types::QuoteUpdate {
        symbol: ticker(symbol),
        time: types::UnixMillis(tick.time),
        bid: price(tick.bid),
        bid_size: quantity(tick.bid_size),
        ask: price(tick.ask),
        ask_size: quantity(tick.ask_size),
    }
}

pub(super) fn trade_update(symbol: &str, tick: &Tick) -> types::TradeUpdate {
    types::TradeUpdate {
        symbol: ticker(symbol),
        time: types::UnixMillis(tick.time),
        price: price(tick.price),
        size: quantity(tick.size),
        side: match tick.side {
            Side::Buy => types::AggressorSide::Buy,
            Side::Sell => types::AggressorSide::Sell,
        },
    }
}

/// What has changed between two books.
pub(super) fn book_update(symbol: &str, time: i64, changes: &OrderBook) -> types::BookUpdate {
    types::BookUpdate {
        symbol: ticker(symbol),
        time: types::UnixMillis(time),
        bids: levels(&changes.bids),
        asks: levels(&changes.asks),
    }
}

pub(super) fn book_snapshot(symbol: &str, time: i64, book: &OrderBook) -> types::BookSnapshot {
    types::BookSnapshot {
        symbol: ticker(symbol),
        time: types::UnixMillis(time),
        bids: levels(&book.bids),
        asks: levels(&book.asks),
    }
}

fn levels(levels: &[Level]) -> Vec<types::BookLevel> {
    let level = |level: &Level| types::BookLevel {
        price: price(level.price),
        size: quantity(level.size),
    };
    levels.iter().map(level).collect()
}

/// Symbols reach this point from a topic or request that the contract has checked.
fn ticker(symbol: &str) -> types::TickerSymbol {
    symbol
        .parse()
        .expect("the symbol was taken from a checked topic")
}

fn price(value: Decimal) -> types::MarketPrice {
    types::MarketPrice(double(value))
}

fn quantity(value: Decimal) -> types::MarketQuantity {
    types::MarketQuantity(double(value))
}

fn double(value: Decimal) -> f64 {
    value
        .to_f64()
        .expect("every decimal lies within the range of a double")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_survive() {
        for text in [
            "85.97",
            "0.0001",
            "123456789.12",
            "1047210000",
            "0.1",
            "4.35",
            "1.005",
        ] {
            let decimal: Decimal = text.parse().unwrap();
            assert_eq!(price(decimal).0.to_string(), text);
        }
    }

    #[test]
    fn resolutions_are_the_same_on_both_sides() {
        for wire in Resolution::ALL.map(wire_resolution) {
            assert_eq!(resolution(wire).to_string(), wire.to_string());
        }
    }
}
