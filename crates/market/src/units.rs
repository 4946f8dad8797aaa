//! Prices and sizes as integers: what everything is computed in, up to the API's edge.

use rust_decimal::Decimal;

use crate::{Bar, MarketTime, Side, Tick};

/// What the integers of a symbol mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Units {
    /// A price of 1 stands for 10 to the minus this.
    pub(crate) price_scale: u32,
    /// Decimals that a price has at least when it is shown.
    pub(crate) price_decimals: u32,
    /// The same for sizes.
    pub(crate) size_scale: u32,
    /// Step between two prices that reconstruction may choose, a cent for US stocks.
    pub(crate) increment: i64,
    /// Step between two sizes that it may choose.
    pub(crate) lot: i64,
}

/// [`Bar`] without its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawBar {
    pub(crate) open: i64,
    pub(crate) high: i64,
    pub(crate) low: i64,
    pub(crate) close: i64,
    pub(crate) volume: i64,
}

/// [`Tick`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawTick {
    pub(crate) time: i64,
    pub(crate) price: i64,
    pub(crate) size: i64,
    pub(crate) side: Side,
    pub(crate) bid: i64,
    pub(crate) ask: i64,
    pub(crate) bid_size: i64,
    pub(crate) ask_size: i64,
}

impl RawBar {
    pub(crate) fn of(tick: &RawTick) -> Self {
        let price = tick.price;
        Self {
            open: price,
            high: price,
            low: price,
            close: price,
            volume: tick.size,
        }
    }

    pub(crate) fn merge(&mut self, later: &Self) {
        self.high = self.high.max(later.high);
        self.low = self.low.min(later.low);
        self.close = later.close;
        self.volume += later.volume;
    }

    /// All trades at one price.
    pub(crate) fn is_flat(&self) -> bool {
        self.high == self.low
    }
}

impl Units {
    pub(crate) fn price(&self, price: i64) -> Decimal {
        decimal(price, self.price_scale, self.price_decimals)
    }

    pub(crate) fn size(&self, size: i64) -> Decimal {
        decimal(size, self.size_scale, 0)
    }

    /// A closed bar.
    pub(crate) fn bar(&self, time: MarketTime, raw: &RawBar) -> Bar {
        Bar {
            time: time.millis(),
            open: self.price(raw.open),
            high: self.price(raw.high),
            low: self.price(raw.low),
            close: self.price(raw.close),
            volume: self.size(raw.volume),
            closed: true,
        }
    }

    pub(crate) fn tick(&self, raw: &RawTick) -> Tick {
        Tick {
            time: raw.time,
            price: self.price(raw.price),
            size: self.size(raw.size),
            side: raw.side,
            bid: self.price(raw.bid),
            ask: self.price(raw.ask),
            bid_size: self.size(raw.bid_size),
            ask_size: self.size(raw.ask_size),
        }
    }
}

/// `mantissa / 10^scale` without the trailing zeros beyond `least` decimals.
fn decimal(mut mantissa: i64, mut scale: u32, least: u32) -> Decimal {
    while scale > least && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    Decimal::new(mantissa, scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_what_is_shown_and_what_is_there() {
        let check = |mantissa, scale, least, expected: &str| {
            assert_eq!(decimal(mantissa, scale, least).to_string(), expected);
        };
        check(912_000, 4, 2, "91.20");
        check(208_590, 4, 2, "20.859");
        check(422_935, 4, 2, "42.2935");
        check(0, 4, 0, "0");
        check(1_500, 0, 0, "1500");
    }
}
