//! Numbers that walk: all of one schema together, so that what an example orders stays in order.

use serde_json::{Number, Value};

use crate::mock::random::Random;

/// The largest step of a walk.
const STRIDE: i64 = 3;

/// How far a walk leads at least, in steps. Beyond it, a tenth of the smallest number.
const LEAST_REACH: i128 = 3;

/// More digits than this are not exact as a double.
const MAX_DIGITS: usize = 15;

/// The numbers of one schema, in all examples of a family.
#[derive(Debug, Clone)]
pub(super) struct Walk {
    /// Each as an integer of which 1 is a step.
    numbers: Vec<Scaled>,
    /// A step is ten to this power.
    exponent: i32,
    bounds: Bounds,
    /// Where it is, in steps.
    at: i64,
}

/// A decimal number: `digits × 10^exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scaled {
    digits: i128,
    exponent: i32,
}

/// What a schema allows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    minimum: f64,
    maximum: f64,
    above: f64,
    below: f64,
}

impl Bounds {
    pub(super) fn of(schema: &Value) -> Self {
        let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
        let (least, most) = match schema.get("format").and_then(Value::as_str) {
            Some("int32") => (f64::from(i32::MIN), f64::from(i32::MAX)),
            Some("uint32") => (0.0, f64::from(u32::MAX)),
            // The next double is too large for an i64.
            Some("uint64") => (0.0, 18_446_744_073_709_549_568.0),
            Some("int64") => (-9_223_372_036_854_775_808.0, 9_223_372_036_854_774_784.0),
            _ => (f64::MIN, f64::MAX),
        };
        Self {
            minimum: bound("minimum").unwrap_or(least).max(least),
            maximum: bound("maximum").unwrap_or(most).min(most),
            above: bound("exclusiveMinimum").unwrap_or(f64::NEG_INFINITY),
            below: bound("exclusiveMaximum").unwrap_or(f64::INFINITY),
        }
    }

    pub(super) fn allow(&self, number: &Number) -> bool {
        number.as_f64().is_some_and(|number| {
            self.minimum <= number
                && number <= self.maximum
                && self.above < number
                && number < self.below
        })
    }
}

impl Scaled {
    /// `None` for what is written with an exponent, or has more digits than a double.
    pub(super) fn of(number: &Number) -> Option<Self> {
        let text = number.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let fraction = fraction.trim_end_matches('0');
        let digits = format!("{whole}{fraction}");
        let length = digits.trim_start_matches(['-', '0']).len();
        if length > MAX_DIGITS || fraction.len() > MAX_DIGITS {
            return None;
        }
        Some(Self {
            digits: digits.parse().ok()?,
            exponent: -i32::try_from(fraction.len()).ok()?,
        })
    }

    fn at(self, exponent: i32) -> i128 {
        // Digits and places are at most 15, so there is room.
        let power = 10_i128.pow((self.exponent - exponent).unsigned_abs());
        if self.exponent >= exponent {
            self.digits * power
        } else {
            // Of a number that has so many zeros.
            self.digits / power
        }
    }

    /// The step in which this number moves: its last decimal place, or, for a round integer, a place
    /// that leaves two digits before it.
    fn step(self) -> i32 {
        if self.exponent < 0 || self.digits == 0 {
            return self.exponent;
        }
        let text = self.digits.unsigned_abs().to_string();
        let round = text.len() - text.trim_end_matches('0').len();
        i32::try_from(round.min(text.len().saturating_sub(2))).unwrap_or_default()
    }
}

impl Walk {
    pub(super) fn new(schema: &Value) -> Self {
        Self {
            numbers: Vec::new(),
            exponent: 0,
            bounds: Bounds::of(schema),
            at: 0,
        }
    }

    /// Lets a number walk with the others. Zero stays: it mostly means that there is none.
    pub(super) fn add(&mut self, number: &Number) {
        let Some(scaled) = Scaled::of(number).filter(|scaled| scaled.digits != 0) else {
            return;
        };
        let first = self.numbers.is_empty();
        self.exponent = if first {
            scaled.step()
        } else {
            self.exponent.min(scaled.step())
        };
        self.numbers.push(scaled);
    }

    /// Whether one of these numbers is among the others'.
    pub(super) fn shares(&self, other: &Self) -> bool {
        let exponent = self.exponent.min(other.exponent);
        let same = |one: &Scaled| {
            let is_one = |other: &Scaled| one.at(exponent) == other.at(exponent);
            other.numbers.iter().any(is_one)
        };
        self.numbers.iter().any(same)
    }

    /// Takes a step, up or down, to where all numbers are still allowed.
    pub(super) fn step(&mut self, random: &mut Random) {
        let stride = 1 + random.below(STRIDE as usize) as i64;
        let stride = if random.happens(0.5) { stride } else { -stride };
        let next = [self.at + stride, self.at - stride];
        if let Some(next) = next.into_iter().find(|at| self.allows(*at)) {
            self.at = next;
        }
    }

    fn allows(&self, at: i64) -> bool {
        self.numbers.iter().all(|scaled| {
            let number = scaled.at(self.exponent);
            let reach = LEAST_REACH.max(number.abs() / 10);
            let moved = number + i128::from(at);
            i128::from(at).abs() <= reach
                && moved.signum() == number.signum()
                && decimal(moved, self.exponent, false)
                    .is_some_and(|number| self.bounds.allow(&number))
        })
    }

    /// Where the walk has led a number of an example.
    pub(super) fn moved(&self, number: &Number) -> Number {
        let walks = |scaled: &Scaled| scaled.digits != 0 && self.at != 0;
        let moved = Scaled::of(number).filter(walks).and_then(|scaled| {
            let moved = scaled.at(self.exponent) + i128::from(self.at);
            decimal(moved, self.exponent, number.is_f64())
        });
        moved.unwrap_or_else(|| number.clone())
    }
}

/// `digits × 10^exponent` as JSON, as an integer where it is one and was one.
fn decimal(digits: i128, exponent: i32, float: bool) -> Option<Number> {
    let power = 10_i128.pow(exponent.unsigned_abs());
    if exponent >= 0 || digits % power == 0 {
        let whole = if exponent >= 0 {
            digits * power
        } else {
            digits / power
        };
        if !float {
            let signed = i64::try_from(whole).map(Number::from);
            return signed
                .or_else(|_| u64::try_from(whole).map(Number::from))
                .ok();
        }
        return Number::from_f64(whole as f64);
    }
    // Both are exact as doubles, so this is the double that is nearest to the decimal.
    Number::from_f64(digits as f64 / power as f64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn number(value: Value) -> Number {
        match value {
            Value::Number(number) => number,
            other => panic!("{other} is no number"),
        }
    }

    #[test]
    fn a_walk_keeps_to_the_decimals_of_its_numbers() {
        // Numbers of one schema, and where two steps up lead them.
        let rows = [
            (json!([85.97]), json!([85.99])),
            (json!([85.97, 86]), json!([85.99, 86.02])),
            (json!([85.9, 86.0]), json!([86.1, 86.2])),
            (json!([300]), json!([320])),
            (json!([300, 1200]), json!([320, 1220])),
            (json!([118200]), json!([118400])),
            (json!([7, 12]), json!([9, 14])),
            (json!([13900.0]), json!([14100.0])),
            (json!([-8.5]), json!([-8.3])),
            (json!([0, 5, 0.0]), json!([0, 7, 0.0])),
            (json!([1e300, 1e-9, 3]), json!([1e300, 1e-9, 5])),
            (json!([u64::MAX]), json!([u64::MAX])),
        ];
        for (numbers, expected) in rows {
            let numbers: Vec<Number> = numbers
                .as_array()
                .unwrap()
                .iter()
                .cloned()
                .map(number)
                .collect();
            let mut walk = Walk::new(&json!({}));
            numbers.iter().for_each(|number| walk.add(number));
            walk.at = 2;
            let moved: Vec<Number> = numbers.iter().map(|number| walk.moved(number)).collect();
            assert_eq!(json!(moved), expected, "{numbers:?}");
        }
    }

    #[test]
    fn a_walk_stays_within_its_bounds_and_near_its_numbers() {
        // The schema, a number, the least and the most that it becomes.
        let rows = [
            (
                json!({"minimum": 0, "maximum": 359}),
                json!(358),
                323.0,
                359.0,
            ),
            (json!({"minimum": 1}), json!(1), 1.0, 4.0),
            (
                json!({"exclusiveMinimum": 1, "exclusiveMaximum": 4}),
                json!(2),
                2.0,
                3.0,
            ),
            (
                json!({"format": "int32"}),
                json!(i32::MAX),
                f64::from(i32::MAX - i32::MAX / 10 - 1),
                f64::from(i32::MAX),
            ),
            (json!({}), json!(-2), -5.0, -1.0),
            (json!({}), json!(100.5), 90.5, 110.5),
        ];
        for (schema, start, least, most) in rows {
            let start = number(start);
            let mut walk = Walk::new(&schema);
            walk.add(&start);
            let mut random = Random::new(1, "");
            let mut seen = Vec::new();
            for _ in 0..2_000 {
                walk.step(&mut random);
                seen.push(walk.moved(&start).as_f64().unwrap());
            }
            let reached = seen
                .iter()
                .copied()
                .fold((f64::MAX, f64::MIN), |(low, high), at| {
                    (low.min(at), high.max(at))
                });
            assert!(
                least <= reached.0 && reached.1 <= most,
                "{start}: {reached:?}"
            );
            assert!(reached.0 < reached.1, "{start} stands still");
        }
    }
}
