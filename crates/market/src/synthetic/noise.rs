//! One symbol's price as value noise.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{FIRST, UNITS};
use crate::{
    MarketTime, Session, TradingDay,
    reconstruct::{Density, Reconstruction},
    rng::Rng,
    series::{Minute, Series, Trades},
    units::{RawBar, Units},
};

/// Lattices of 1, 4, 16, 64, 256 and 1024 days.
const OCTAVES: u32 = 6;

/// One symbol's market: its days are computed when asked for.
pub(super) struct Noise {
    session: Session,
    reconstruction: Reconstruction,
    /// Cents around which the price moves.
    base: i64,
    /// Shares in an average day.
    volume: i64,
}

impl Noise {
    pub(super) fn new(seed: u64, ticks_per_minute_e6: u64) -> Self {
        let mut rng = Rng::new(&[seed]);
        let ticks_per_day = (ticks_per_minute_e6 / 1_000_000 + 1) * 1_440;
        Self {
            session: Session::always(),
            reconstruction: Reconstruction {
                units: UNITS,
                seed,
                density: Density::Steady(ticks_per_minute_e6),
            },
            base: 2_000 + rng.below(48_000) as i64,
            volume: (ticks_per_day * (20 + rng.below(180))) as i64,
        }
    }

    /// The price at 00:00 UTC of a day.
    fn price(&self, day: i64) -> i64 {
        let random = |octave: u32, at: i64| {
            let mut rng = Rng::new(&[self.reconstruction.seed, octave.into(), at as u64]);
            rng.below(2_001) as i64 - 1_000
        };
        // In millionths of the base. The amplitude doubles where the lattice's step quadruples, as
        // a random walk's does; the sum of all is 630,000, so a price stays positive.
        let parts = (0..OCTAVES).map(|octave| {
            let (cell, within) = (day >> (2 * octave), day & ((1 << (2 * octave)) - 1));
            let (a, b) = (random(octave, cell), random(octave, cell + 1));
            let value = a * 1_000 + (((b - a) * 1_000 * within) >> (2 * octave));
            (value << octave) / 100
        });
        self.base + self.base * parts.sum::<i64>() / 1_000_000
    }
}

impl Series for Noise {
    fn session(&self) -> &Session {
        &self.session
    }

    fn units(&self) -> &Units {
        &self.reconstruction.units
    }

    fn date_before(&self, date: NaiveDate) -> Option<NaiveDate> {
        date.pred_opt().filter(|before| *before >= FIRST)
    }

    fn date_from(&self, date: NaiveDate) -> Option<NaiveDate> {
        Some(date.max(FIRST))
    }

    fn day(&self, date: NaiveDate) -> Option<RawBar> {
        let day = MarketTime::midnight(date).millis() / 86_400_000;
        let (open, close) = (self.price(day), self.price(day + 1));
        let mut rng = Rng::new(&[self.reconstruction.seed, 100, day as u64]);
        // Up to 2 % beyond open and close.
        let mut reach = || rng.below(self.base as u64 / 50) as i64;
        let (high, low) = (open.max(close) + reach(), open.min(close) - reach());
        let volume = self.volume / 2 + rng.below(self.volume as u64) as i64;
        Some(RawBar {
            open,
            high,
            low,
            close,
            volume,
        })
    }

    fn minutes(&self, date: NaiveDate, out: &mut Vec<Minute>) {
        out.clear();
        if let Some(bar) = self.day(date) {
            let time = self.session.day(date).open.millis();
            self.reconstruction
                .minutes(time, &bar, 0, self.session.minutes(), out);
        }
    }

    fn trades(self: Arc<Self>, day: &TradingDay, minute: &Minute) -> Trades {
        Box::new(self.reconstruction.trades(day, minute))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_join_and_stay_positive() {
        for seed in 0..50 {
            let noise = Noise::new(seed, 6_000_000);
            for day in 10_957..22_000 {
                assert!(noise.price(day) > noise.base / 3, "seed {seed}, day {day}");
            }
            let dates = FIRST.iter_days().take(500).collect::<Vec<_>>();
            for pair in dates.windows(2) {
                let (a, b) = (noise.day(pair[0]).unwrap(), noise.day(pair[1]).unwrap());
                assert_eq!(a.close, b.open);
                assert!(0 < a.low && a.low <= a.open.min(a.close));
                assert!(a.high >= a.open.max(a.close));
            }
        }
    }
}
