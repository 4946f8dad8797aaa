//! Decimals to integers: which power of ten suits a symbol's numbers.

use rust_decimal::Decimal;

use super::cell::MOST_DECIMALS;
use crate::units::Units;

/// Prices are shown with at least two decimals, and reconstruction steps by at most 0.01: a file
/// whose prices happen to be whole is not a market that trades in whole dollars.
const LEAST_PRICE_DECIMALS: u32 = 2;

/// The largest integer that a price may become; the path's arithmetic needs the bits above.
const MOST_PRICE: i64 = 1 << 53;

/// Counts decimals.
#[derive(Default)]
pub(super) struct Decimals {
    counts: [u64; MOST_DECIMALS as usize + 1],
}

impl Decimals {
    pub(super) fn add(&mut self, number: &Decimal) {
        // Numbers come normalized and rounded.
        self.counts[number.scale().min(MOST_DECIMALS) as usize] += 1;
    }

    /// The most that a number has.
    fn most(&self) -> u32 {
        self.counts
            .iter()
            .rposition(|count| *count > 0)
            .unwrap_or(0) as u32
    }

    /// Enough for nineteen numbers of twenty: what a market steps by, when a few prices are finer.
    fn usual(&self) -> u32 {
        let all: u64 = self.counts.iter().sum();
        let mut so_far = 0;
        let enough = |count: &u64| {
            so_far += count;
            so_far * 20 >= all * 19
        };
        self.counts.iter().position(enough).unwrap_or(0) as u32
    }
}

/// The units of a symbol with such prices and sizes.
pub(super) fn units(prices: &Decimals, sizes: &Decimals) -> Units {
    let price_decimals = prices.usual().max(LEAST_PRICE_DECIMALS);
    let price_scale = prices.most().max(LEAST_PRICE_DECIMALS);
    Units {
        price_scale,
        price_decimals,
        size_scale: sizes.most(),
        increment: 10_i64.pow(price_scale - price_decimals),
        lot: 10_i64.pow(sizes.most() - sizes.usual()),
    }
}

pub(super) fn price(number: Decimal, units: &Units) -> Option<i64> {
    integer(number, units.price_scale).filter(|price| *price <= MOST_PRICE)
}

pub(super) fn size(number: Decimal, units: &Units) -> Option<i64> {
    integer(number, units.size_scale)
}

fn integer(mut number: Decimal, scale: u32) -> Option<i64> {
    number.rescale(scale);
    // What does not fit is left at a lower scale.
    (number.scale() == scale)
        .then(|| i64::try_from(number.mantissa()).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: &[&str]) -> Decimals {
        let mut decimals = Decimals::default();
        numbers
            .iter()
            .for_each(|number| decimals.add(&number.parse().unwrap()));
        decimals
    }

    #[test]
    fn a_few_finer_prices_do_not_make_the_grid_finer() {
        let cents = ["1.25"; 40];
        let found = units(&of(&[&cents[..], &["1.2345"]].concat()), &of(&["100", "5"]));
        assert_eq!(
            (found.price_scale, found.price_decimals, found.increment),
            (4, 2, 100)
        );
        assert_eq!((found.size_scale, found.lot), (0, 1));
        assert_eq!(price("1.2345".parse().unwrap(), &found), Some(12_345));

        let whole = units(&of(&["100"]), &of(&["0.5"]));
        assert_eq!(
            (whole.price_scale, whole.increment, whole.size_scale),
            (2, 1, 1)
        );
    }

    #[test]
    fn numbers_too_large_are_refused() {
        let units = units(&of(&["0.00000001"]), &of(&["0.00000001"]));
        assert!(price("90000000".parse().unwrap(), &units).is_some());
        assert!(price("91000000".parse().unwrap(), &units).is_none());
        assert!(size("79228162514264337593543950335".parse().unwrap(), &units).is_none());
    }
}
