//! From a recorded bar to minutes and trades: the seeded part of every source.

use crate::{
    TradingDay,
    path::{LEAST_TICKS, Walk, split},
    rng::Rng,
    series::Minute,
    units::{RawBar, RawTick, Units},
};

/// Reconstructs one symbol's bars; deterministic in the seed, the bar and its time.
#[derive(Clone, Debug)]
pub(crate) struct Reconstruction {
    pub(crate) units: Units,
    /// Of source and symbol.
    pub(crate) seed: u64,
    pub(crate) density: Density,
}

/// How many trades a minute has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Density {
    /// Four to eight, at random: 39 a second when a US trading day takes a minute.
    Recorded,
    /// A steady rate, in millionths of a trade per minute.
    Steady(u64),
}

impl Reconstruction {
    /// Appends the minutes of a bar that is `minutes` long, the first with the given index.
    pub(crate) fn minutes(
        &self,
        time: i64,
        bar: &RawBar,
        first_index: u32,
        minutes: u32,
        out: &mut Vec<Minute>,
    ) {
        if minutes == 1 {
            out.push(Minute {
                index: first_index,
                bar: *bar,
            });
            return;
        }
        let mut rng = Rng::new(&[self.seed, 1, time as u64]);
        split(
            bar,
            minutes,
            self.density.most(),
            &self.units,
            &mut rng,
            |piece, bar| {
                out.push(Minute {
                    index: first_index + piece,
                    bar,
                });
            },
        );
    }

    /// The trades of a minute.
    pub(crate) fn trades(
        &self,
        day: &TradingDay,
        minute: &Minute,
    ) -> impl Iterator<Item = RawTick> + Send + use<> {
        let time = minute.open(day).millis();
        self.walk(minute.bar, time, 60_000)
    }

    /// The trades of a bar of up to a minute.
    pub(crate) fn walk(&self, bar: RawBar, time: i64, length_millis: u64) -> Walk {
        let mut rng = Rng::new(&[self.seed, 2, time as u64]);
        let ticks = self.density.ticks(time.div_euclid(60_000), &mut rng);
        Walk::new(bar, ticks, time, length_millis, self.units, rng)
    }
}

impl Density {
    fn ticks(self, minute: i64, rng: &mut Rng) -> u32 {
        match self {
            Self::Recorded => LEAST_TICKS + rng.below(5) as u32,
            Self::Steady(rate) => {
                // The minutes since 1970 share the rate out without losing a fraction.
                let upto = |minute: i64| i128::from(minute) * i128::from(rate) / 1_000_000;
                (upto(minute + 1) - upto(minute)) as u32
            }
        }
    }

    /// The most trades that a minute can have.
    fn most(self) -> i64 {
        match self {
            Self::Recorded => 8,
            Self::Steady(rate) => (rate / 1_000_000) as i64 + 1,
        }
    }
}
