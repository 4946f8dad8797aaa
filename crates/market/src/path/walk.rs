//! A bar into trades.

use super::{Wander, bits, split::lots};
use crate::{
    Side,
    rng::Rng,
    units::{RawBar, RawTick, Units},
};

/// Fewest trades that reach open, high, low and close in any order.
pub(crate) const LEAST_TICKS: u32 = 4;

/// Trades, spread over an interval, that aggregate to exactly a bar.
///
/// Lazy, because a load test may ask for a hundred thousand trades a second.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    bar: RawBar,
    start: i64,
    length: u64,
    ticks: u32,
    next: u32,
    wander: Wander,
    units: Units,
    rng: Rng,
    /// Lots not yet dealt out, beyond the `base` that every trade to come gets.
    spare: i64,
    lot: i64,
    base: i64,
    /// The trade before, and the side that moved the price last.
    before: i64,
    side: Side,
}

impl Walk {
    /// `ticks` trades (at least [`LEAST_TICKS`]) in `start..start + length` milliseconds. They are
    /// fewer where the bar has one price only and not a lot for each. Where its price moves on
    /// less volume than that, some trades have size 0.
    pub(crate) fn new(
        bar: RawBar,
        ticks: u32,
        start: i64,
        length: u64,
        units: Units,
        mut rng: Rng,
    ) -> Self {
        let ticks = if bar.is_flat() {
            u32::try_from(bar.volume.max(1)).map_or(ticks, |volume| ticks.min(volume))
        } else {
            ticks.max(LEAST_TICKS)
        };
        let mut taken = None;
        let wander = Wander::new(&bar, ticks, &units, &mut rng, |rng| {
            // Neither first nor last, and not where the other extreme is.
            let inner = ticks - 2;
            let at = 1 + rng.below(inner.into()) as u32;
            let at = if taken == Some(at) {
                1 + at % inner
            } else {
                at
            };
            taken = Some(at);
            at
        });
        let (lot, base) = lots(bar.volume, ticks.into(), 1, units.lot);
        let spare = bar.volume / lot - base * i64::from(ticks);
        let before = bar.open;
        Self {
            bar,
            start,
            length,
            ticks,
            next: 0,
            wander,
            units,
            rng,
            spare,
            lot,
            base,
            before,
            side: Side::Buy,
        }
    }

    fn price(&mut self, step: u32, random: u16) -> i64 {
        let wandered = self.wander.step(step, random);
        match step {
            0 => self.bar.open,
            _ if step == self.ticks - 1 => self.bar.close,
            _ if step == self.wander.high_at => self.bar.high,
            _ if step == self.wander.low_at => self.bar.low,
            _ => wandered,
        }
    }

    fn size(&mut self, left: u32, random: u16) -> i64 {
        let share = match left {
            1 => self.spare,
            _ => ((i128::from(self.spare / i64::from(left)) * i128::from(random)) >> 15) as i64,
        };
        self.spare -= share;
        (self.base + share) * self.lot
    }
}

impl Iterator for Walk {
    type Item = RawTick;

    fn next(&mut self) -> Option<RawTick> {
        let step = self.next;
        if step == self.ticks {
            return None;
        }
        self.next += 1;
        let (random, quote_random) = (self.rng.next(), self.rng.next());
        let slot = u64::from(step) * self.length + self.rng.below(self.length);
        let price = self.price(step, bits(random, 0));
        let size = self.size(self.ticks - step, bits(random, 1));
        self.side = side_of(price, self.before, bits(random, 2), self.side);
        self.before = price;
        Some(quoted(
            self.start + (slot / u64::from(self.ticks)) as i64,
            (price, size),
            self.side,
            &self.units,
            quote_random,
        ))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.ticks - self.next) as usize;
        (left, Some(left))
    }
}

/// The tick rule (Lee and Ready, Journal of Finance 46, 1991): a price above the last was a
/// buyer's, below it a seller's; at the same price the side mostly stays.
pub(crate) fn side_of(price: i64, before: i64, random: u16, last: Side) -> Side {
    match price.cmp(&before) {
        std::cmp::Ordering::Greater => Side::Buy,
        std::cmp::Ordering::Less => Side::Sell,
        std::cmp::Ordering::Equal if random < 0x4000 => match last {
            Side::Buy => Side::Sell,
            Side::Sell => Side::Buy,
        },
        std::cmp::Ordering::Equal => last,
    }
}

/// A trade with a quote around it, made up: on the grid of increments, one or sometimes two wide,
/// the trade at the taker's side of it.
pub(crate) fn quoted(
    time: i64,
    (price, size): (i64, i64),
    side: Side,
    units: &Units,
    random: u64,
) -> RawTick {
    let increment = units.increment;
    let width = if bits(random, 0) < 0x3000 {
        2 * increment
    } else {
        increment
    };
    let (bid, ask) = match side {
        Side::Buy => {
            let ask = -(-price).div_euclid(increment) * increment;
            (ask - width, ask)
        }
        Side::Sell => {
            let bid = price.div_euclid(increment) * increment;
            (bid, bid + width)
        }
    };
    // Below the first increment there is no bid to round down to.
    let bid = bid.max(1);
    let lots = |bits: u16| (1 + i64::from(bits % 24)) * units.lot;
    RawTick {
        time,
        price,
        size,
        side,
        bid,
        ask: ask.max(bid + 1),
        bid_size: lots(bits(random, 1)),
        ask_size: lots(bits(random, 2)),
    }
}
