//! A bar into shorter bars.

use super::{FRACTION, Wander, bits};
use crate::{
    rng::Rng,
    units::{RawBar, Units},
};

/// Gives `emit` the pieces of a bar, which merge to exactly the bar: each opens where the one
/// before it closed. Volume follows the U that stock exchanges show over a day, and is at least
/// `least` lots in each piece if there is enough (a lot is one unit if there is not).
pub(crate) fn split(
    bar: &RawBar,
    pieces: u32,
    least: i64,
    units: &Units,
    rng: &mut Rng,
    mut emit: impl FnMut(u32, RawBar),
) {
    let last = pieces - 1;
    let mut wander = Wander::new(bar, pieces, units, rng, |rng| {
        rng.below(pieces.into()) as u32
    });
    let mut volumes = Volumes::new(bar.volume, pieces, least, units.lot, rng.next());
    let mut open = bar.open;
    for piece in 0..pieces {
        let random = rng.next();
        let wandered = wander.step(piece, bits(random, 0));
        let close = if piece == last { bar.close } else { wandered };
        let reach = |n| ((i128::from(wander.noise) * i128::from(bits(random, n))) >> 17) as i64;
        let position = |price: i64| (price << FRACTION) / wander.increment;
        let high = match wander.high_at {
            at if at == piece => bar.high,
            _ => wander
                .rounded(position(open.max(close)) + reach(1))
                .max(open)
                .max(close),
        };
        let low = match wander.low_at {
            at if at == piece => bar.low,
            _ => wander
                .rounded(position(open.min(close)) - reach(2))
                .min(open)
                .min(close),
        };
        emit(
            piece,
            RawBar {
                open,
                high,
                low,
                close,
                volume: volumes.take(piece),
            },
        );
        open = close;
    }
}

/// The lot to deal a volume out in, and how many lots every part gets before the rest is dealt.
pub(super) fn lots(volume: i64, parts: i64, least: i64, lot: i64) -> (i64, i64) {
    let enough = |lot: i64| volume % lot == 0 && volume / lot / parts >= least;
    match () {
        () if enough(lot) => (lot, least),
        () if enough(1) => (1, least),
        () => (1, 0),
    }
}

/// Deals a bar's volume out to its pieces: three times as much at the ends as in the middle, each
/// ± a half at random.
struct Volumes {
    pieces: i64,
    random: u64,
    lot: i64,
    base: i64,
    /// Lots beyond the base, and the part of them dealt so far.
    spare: i64,
    dealt: i64,
    weights: i64,
    so_far: i64,
}

impl Volumes {
    fn new(volume: i64, pieces: u32, least: i64, lot: i64, random: u64) -> Self {
        let pieces = i64::from(pieces);
        let (lot, base) = lots(volume, pieces, least, lot);
        let spare = volume / lot - base * pieces;
        let mut volumes = Self {
            pieces,
            random,
            lot,
            base,
            spare,
            dealt: 0,
            weights: 0,
            so_far: 0,
        };
        volumes.weights = (0..pieces).map(|piece| volumes.weight(piece)).sum();
        volumes
    }

    fn weight(&self, piece: i64) -> i64 {
        let from_middle = 2 * piece + 1 - self.pieces;
        let level = 256 + 512 * from_middle * from_middle / (self.pieces * self.pieces);
        // One multiplication is random enough here, and this is computed twice per piece.
        let random = (self.random ^ piece as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48;
        level * (0x8000 + random as i64)
    }

    fn take(&mut self, piece: u32) -> i64 {
        self.so_far += self.weight(piece.into());
        let upto =
            (i128::from(self.spare) * i128::from(self.so_far) / i128::from(self.weights)) as i64;
        let lots = self.base + upto - self.dealt;
        self.dealt = upto;
        lots * self.lot
    }
}
