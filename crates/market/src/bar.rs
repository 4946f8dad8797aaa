//! What a market's data consist of: trades, and the bars made from them.

use rust_decimal::Decimal;

use crate::{MarketTime, Resolution};

/// Open, high, low, close and volume of one interval. An interval without a trade has no bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Unix milliseconds of the interval's start; of a `D` bar, 00:00 UTC of the trading day.
    pub time: i64,
    /// Price of the first trade.
    pub open: Decimal,
    /// Highest price.
    pub high: Decimal,
    /// Lowest price.
    pub low: Decimal,
    /// Price of the last trade so far.
    pub close: Decimal,
    /// Sum of the trades' sizes.
    pub volume: Decimal,
    /// Whether the interval has ended: a closed bar never changes again.
    pub closed: bool,
}

/// A bar's new state, and which of the symbol's bars it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarUpdate {
    /// The bar's resolution.
    pub resolution: Resolution,
    /// The bar as it is now.
    pub bar: Bar,
}

/// A trade, and the quote in force when it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Unix milliseconds on the market's clock.
    pub time: i64,
    /// Price per unit.
    pub price: Decimal,
    /// How much was traded: shares of a stock.
    pub size: Decimal,
    /// Who took the other's offer.
    pub side: Side,
    /// Best price that someone will buy at.
    pub bid: Decimal,
    /// Best price that someone will sell at.
    pub ask: Decimal,
    /// How much is wanted at `bid`.
    pub bid_size: Decimal,
    /// How much is offered at `ask`.
    pub ask_size: Decimal,
}

/// The side of a trade's taker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The buyer took an offer.
    Buy,
    /// The seller took a bid.
    Sell,
}

impl Bar {
    /// The bar of a single trade.
    pub fn first(time: MarketTime, tick: &Tick) -> Self {
        Self {
            time: time.millis(),
            open: tick.price,
            high: tick.price,
            low: tick.price,
            close: tick.price,
            volume: tick.size,
            closed: false,
        }
    }

    /// Takes a later trade of the same interval in.
    pub fn add(&mut self, tick: &Tick) {
        self.high = self.high.max(tick.price);
        self.low = self.low.min(tick.price);
        self.close = tick.price;
        self.volume += tick.size;
    }

    /// Takes a later bar of the same interval, but of a finer resolution, in.
    pub fn merge(&mut self, later: &Bar) {
        self.high = self.high.max(later.high);
        self.low = self.low.min(later.low);
        self.close = later.close;
        self.volume += later.volume;
    }
}
