//! Depth: the order book around a quote, made up, since no source has recorded books.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::{
    Side, SymbolInfo, Tick,
    rng::{Rng, name_seed},
};

/// Most levels that a side of a book has.
pub const BOOK_LEVELS: usize = 25;

/// A price, and all that is wanted or offered there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// Price per unit.
    pub price: Decimal,
    /// How much; 0 in a change says that the level is gone.
    pub size: Decimal,
}

/// The levels of both sides, best first, or those of them that have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderBook {
    /// What is wanted, prices descending.
    pub bids: Vec<Level>,
    /// What is offered, prices ascending.
    pub asks: Vec<Level>,
}

/// What stands in a symbol's order book beyond its quote.
///
/// The best levels are the quote. The size at any other price is a function of the symbol, the
/// price and market time alone, so books at one moment are equal, whoever has listened since
/// when; it changes every half to two minutes of market time, at each price at other moments.
/// Round prices attract more, as they do in real markets (Harris, Review of Financial Studies 4,
/// 1991).
#[derive(Clone, Debug)]
pub struct Depth {
    seed: u64,
    increment: Decimal,
    lot: Decimal,
}

impl Depth {
    /// The depth of a symbol's market.
    pub fn new(info: &SymbolInfo) -> Self {
        Self {
            seed: name_seed(&info.symbol),
            increment: Decimal::new(1, info.price_decimals),
            lot: info.lot,
        }
    }

    /// The book right after a trade.
    pub fn book(&self, tick: &Tick) -> OrderBook {
        OrderBook {
            bids: self.side(tick, Side::Buy),
            asks: self.side(tick, Side::Sell),
        }
    }

    /// The best level and those behind it on the grid of increments, as far as prices go.
    fn side(&self, tick: &Tick, side: Side) -> Vec<Level> {
        let (best, step) = match side {
            Side::Buy => ((tick.bid, tick.bid_size), -1),
            Side::Sell => ((tick.ask, tick.ask_size), 1),
        };
        let (price, size) = best;
        let mut levels = Vec::with_capacity(BOOK_LEVELS);
        levels.push(Level { price, size });
        // A quote may lie between two increments.
        let place = price / self.increment;
        let beyond = match side {
            Side::Buy => place.ceil(),
            Side::Sell => place.floor(),
        };
        let Some(beyond) = beyond.to_i64() else {
            return levels;
        };
        let places = (1..).map(|n| beyond + step * n).take_while(|n| *n > 0);
        levels.extend(places.take(BOOK_LEVELS - 1).map(|place| Level {
            price: Decimal::from(place) * self.increment,
            size: self.size(place, side, tick.time),
        }));
        levels
    }

    fn size(&self, place: i64, side: Side, time: i64) -> Decimal {
        let parts = [self.seed, place as u64, side as u64];
        let mut rng = Rng::new(&parts);
        let life = 30_000 + rng.below(90_000) as i64;
        let lives = (time + rng.below(120_000) as i64).div_euclid(life);
        let [seed, place_bits, side_bits] = parts;
        let mut rng = Rng::new(&[seed, place_bits, side_bits, lives as u64]);
        let weight = match place {
            _ if place % 10 == 0 => 4,
            _ if place % 5 == 0 => 2,
            _ => 1,
        };
        self.lot * Decimal::from((1 + rng.below(24)) * weight)
    }
}

impl OrderBook {
    /// What turns `before` into this book: levels that are new or have another size, and those
    /// that are gone, with size 0.
    pub fn changes_since(&self, before: &Self) -> Self {
        Self {
            bids: changes(&before.bids, &self.bids, |a, b| b.cmp(a)),
            asks: changes(&before.asks, &self.asks, Ord::cmp),
        }
    }

    /// Whether there is nothing on either side.
    pub fn is_empty(&self) -> bool {
        self.bids.is_empty() && self.asks.is_empty()
    }
}

/// The differences of two sides, both ordered by `order`.
fn changes(
    before: &[Level],
    after: &[Level],
    order: fn(&Decimal, &Decimal) -> Ordering,
) -> Vec<Level> {
    let mut changes = Vec::new();
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    loop {
        let order = match (before.peek(), after.peek()) {
            (None, None) => return changes,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(old), Some(new)) => order(&old.price, &new.price),
        };
        let old = before.next_if(|_| order.is_le());
        let new = after.next_if(|_| order.is_ge());
        match (old, new) {
            (Some(old), Some(new)) if old.size == new.size => {}
            (Some(old), None) => changes.push(Level {
                size: Decimal::ZERO,
                ..*old
            }),
            (_, new) => changes.extend(new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(text: &str) -> Vec<Level> {
        let level = |pair: &str| {
            let (price, size) = pair.split_once('x').expect("price x size");
            let number = |text: &str| text.parse().expect("a number");
            Level {
                price: number(price),
                size: number(size),
            }
        };
        text.split_whitespace().map(level).collect()
    }

    #[test]
    fn changes_of_a_side() {
        for (before, after, expected) in [
            ("", "", ""),
            ("", "10x1 11x2", "10x1 11x2"),
            ("10x1 11x2", "", "10x0 11x0"),
            ("10x1 11x2", "10x1 11x2", ""),
            ("10x1 11x2", "10x1 11x5", "11x5"),
            ("10x1 11x2 12x3", "11x2 12x1 13x4", "10x0 12x1 13x4"),
            ("10x1 10.5x2", "9x1 10.5x2", "9x1 10x0"),
        ] {
            let found = changes(&levels(before), &levels(after), Ord::cmp);
            assert_eq!(found, levels(expected), "{before} to {after}");
        }
    }

    #[test]
    fn prices_end_above_zero() {
        let depth = Depth {
            seed: 1,
            increment: Decimal::new(1, 2),
            lot: Decimal::ONE,
        };
        let tick = Tick {
            time: 0,
            price: Decimal::new(35, 3),
            size: Decimal::ONE,
            side: Side::Buy,
            bid: Decimal::new(35, 3),
            ask: Decimal::new(5, 2),
            bid_size: Decimal::ONE,
            ask_size: Decimal::TWO,
        };
        let OrderBook { bids, asks } = depth.book(&tick);
        let prices: Vec<_> = bids.iter().map(|level| level.price.to_string()).collect();
        assert_eq!(prices, ["0.035", "0.03", "0.02", "0.01"]);
        assert_eq!(
            (asks.len(), asks[0], asks[1].price),
            (BOOK_LEVELS, levels("0.05x2")[0], Decimal::new(6, 2))
        );
    }
}
