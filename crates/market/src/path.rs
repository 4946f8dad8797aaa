//! Reconstruction: a path through a bar of which only open, high, low, close and volume are known.
//!
//! It happens in two levels, so that a minute of a day ten years ago costs what a minute costs:
//! [`split`] divides a day's bar into its minutes, [`Walk`] a minute's bar into trades. Both are
//! exact: what they return merges to the bar that they were given. Both walk at random from
//! anchor to anchor (the bar's open, its high and low at random places, its close), never leaving
//! low to high. All arithmetic is in integers.

mod split;
mod walk;

use crate::{
    rng::Rng,
    units::{RawBar, Units},
};

pub(crate) use split::split;
pub(crate) use walk::{LEAST_TICKS, Walk, quoted, side_of};

/// Fractional bits of a walker's position: it moves by less than an increment.
const FRACTION: u32 = 8;

/// A random walk through a bar in a number of steps.
#[derive(Clone, Debug)]
struct Wander {
    /// Where it is, in increments with [`FRACTION`] bits.
    position: i64,
    /// The largest random step, in the same unit.
    noise: i64,
    /// `(step, position)` to be at, ascending.
    anchors: [(u32, i64); 3],
    next_anchor: usize,
    /// The increments within low to high.
    floor: i64,
    ceiling: i64,
    increment: i64,
    /// The step whose price is the bar's high, and the low's.
    high_at: u32,
    low_at: u32,
}

impl Wander {
    /// `choose` picks a step for an extreme that is neither the open nor the close.
    fn new(
        bar: &RawBar,
        steps: u32,
        units: &Units,
        rng: &mut Rng,
        mut choose: impl FnMut(&mut Rng) -> u32,
    ) -> Self {
        let last = steps - 1;
        let mut place = |extreme: i64| match extreme {
            _ if extreme == bar.open => 0,
            _ if extreme == bar.close => last,
            _ => choose(rng),
        };
        let (high_at, low_at) = (place(bar.high), place(bar.low));
        // A range without a whole increment inside (20.851 to 20.859) is walked in its own unit.
        let whole = |increment: i64| {
            let floor = -(-bar.low).div_euclid(increment);
            let ceiling = bar.high.div_euclid(increment);
            (floor <= ceiling).then_some((floor, ceiling, increment))
        };
        let (floor, ceiling, increment) = whole(units.increment).unwrap_or((bar.low, bar.high, 1));
        let at = |price: i64| (price << FRACTION) / increment;
        let mut anchors = [
            (high_at, at(bar.high)),
            (low_at, at(bar.low)),
            (last, at(bar.close)),
        ];
        anchors.sort_unstable();
        // A random walk of n steps of standard deviation s ranges over about 1.6 s √n, and a
        // uniform step in -a..a has s = a / √3.
        let noise = (at(bar.high) - at(bar.low)) / i64::from(steps.isqrt().max(1));
        let position = at(bar.open);
        Self {
            position,
            noise,
            anchors,
            next_anchor: 0,
            floor,
            ceiling,
            increment,
            high_at,
            low_at,
        }
    }

    /// Moves to a step (each one once, in order) and answers with the price there, which lies on
    /// the grid of increments and within the bar.
    fn step(&mut self, step: u32, random: u16) -> i64 {
        while self.next_anchor < 2 && self.anchors[self.next_anchor].0 < step {
            self.next_anchor += 1;
        }
        let (at, target) = self.anchors[self.next_anchor];
        let left = i64::from(at.saturating_sub(step)) + 1;
        self.position += (target - self.position) / left + self.spread(self.noise, random);
        let (floor, ceiling) = (self.floor << FRACTION, self.ceiling << FRACTION);
        if self.position > ceiling {
            self.position = (2 * ceiling - self.position).max(floor);
        } else if self.position < floor {
            self.position = (2 * floor - self.position).min(ceiling);
        }
        self.rounded(self.position)
    }

    /// `random` as a number in `-most..most`.
    fn spread(&self, most: i64, random: u16) -> i64 {
        ((i128::from(most) * i128::from(i32::from(random) - 0x8000)) >> 15) as i64
    }

    fn rounded(&self, position: i64) -> i64 {
        let whole = (position + (1 << (FRACTION - 1))) >> FRACTION;
        whole.clamp(self.floor, self.ceiling) * self.increment
    }
}

/// Sixteen bits of a random number, the `n`th.
fn bits(random: u64, n: u32) -> u16 {
    (random >> (16 * n)) as u16
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rng::Rng;

    fn units(increment: i64, lot: i64) -> Units {
        Units {
            price_scale: 4,
            price_decimals: 2,
            size_scale: 0,
            increment,
            lot,
        }
    }

    /// Bars of every size, up to the largest prices that files may have.
    fn bars() -> impl Strategy<Value = RawBar> {
        let most = prop::sample::select(vec![2_i64, 1_000, 1_000_000, 1 << 53]);
        let prices = most.prop_flat_map(|most| prop::array::uniform4(1..=most));
        let volume = prop_oneof![Just(0), 0..50_i64, 0..100_000_000_i64, Just(1 << 61)];
        (prices, volume).prop_map(|(mut prices, volume)| {
            prices[1..].sort_unstable();
            let [open, low, close, high] = prices;
            RawBar {
                open,
                high: high.max(open),
                low: low.min(open),
                close,
                volume,
            }
        })
    }

    fn merge(bars: impl IntoIterator<Item = RawBar>) -> RawBar {
        let mut bars = bars.into_iter();
        let first = bars.next().expect("at least one");
        bars.fold(first, |mut merged, bar| {
            merged.merge(&bar);
            merged
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 400,
            rng_seed: proptest::test_runner::RngSeed::Fixed(3),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn pieces_merge_to_the_bar(
            bar in bars(), pieces in 2..600_u32, increment in prop::sample::select(vec![1_i64, 100]),
            lot in prop::sample::select(vec![1_i64, 100]), seed in any::<u64>(),
        ) {
            let mut out = Vec::new();
            let mut rng = Rng::new(&[seed]);
            split(&bar, pieces, 8, &units(increment, lot), &mut rng, |_, piece| out.push(piece));
            prop_assert_eq!(out.len(), pieces as usize);
            prop_assert_eq!(merge(out.iter().copied()), bar);
            for pair in out.windows(2) {
                prop_assert_eq!(pair[0].close, pair[1].open);
            }
            let least = if bar.volume / i64::from(pieces) >= 8 { 8 } else { 0 };
            for piece in &out {
                prop_assert!(piece.low <= piece.open.min(piece.close), "{:?}", piece);
                prop_assert!(piece.high >= piece.open.max(piece.close), "{:?}", piece);
                prop_assert!(piece.volume >= least);
            }
        }

        #[test]
        fn trades_aggregate_to_the_bar(
            bar in bars(), ticks in LEAST_TICKS..200, increment in prop::sample::select(vec![1_i64, 100]),
            length in 1..100_000_u64, seed in any::<u64>(),
        ) {
            let units = units(increment, 1);
            let walk = Walk::new(bar, ticks, 5_000, length, units, Rng::new(&[seed]));
            let ticks: Vec<_> = walk.collect();
            prop_assert_eq!(merge(ticks.iter().map(RawBar::of)), bar);
            prop_assert!(ticks.is_sorted_by_key(|tick| tick.time));
            let recorded = [bar.open, bar.high, bar.low, bar.close];
            // Without a whole increment in its range, a bar is walked in its own unit.
            let on_grid = (bar.low + increment - 1) / increment <= bar.high / increment;
            for tick in &ticks {
                prop_assert!((5_000..5_000 + length as i64).contains(&tick.time));
                prop_assert!(tick.bid < tick.ask && tick.size >= 0);
                let whole = tick.price % increment == 0 || recorded.contains(&tick.price);
                prop_assert!(whole || !on_grid, "{:?}", tick);
            }
        }
    }
}
