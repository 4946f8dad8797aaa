//! How long things took: how many took at most so long, for a few fixed bounds.

use std::time::Duration;

use super::number::Counter;

/// Counts durations by size. Taking one in costs a search among the bounds and two additions.
#[derive(Debug)]
pub struct Histogram {
    /// In nanoseconds, ascending.
    bounds: &'static [u64],
    /// One for each bound, and one for all that is longer.
    counts: Box<[Counter]>,
    nanoseconds: Counter,
}

/// What one thread takes in before it is added to a [`Histogram`] with `N - 1` bounds.
#[derive(Debug)]
pub(super) struct Local<const N: usize> {
    counts: [u32; N],
    nanoseconds: u64,
}

impl<const N: usize> Default for Local<N> {
    fn default() -> Self {
        Self {
            counts: [0; N],
            nanoseconds: 0,
        }
    }
}

impl<const N: usize> Local<N> {
    /// Takes in one duration, which was measured by the histogram's bounds.
    pub(super) fn observe(&mut self, age: Age) {
        self.counts[age.bucket] += 1;
        self.nanoseconds = self.nanoseconds.wrapping_add(age.nanoseconds);
    }
}

/// A duration, with its place among the bounds of a histogram.
#[derive(Debug, Clone, Copy)]
pub(super) struct Age {
    bucket: usize,
    nanoseconds: u64,
}

impl Age {
    pub(super) fn new(bounds: &[u64], duration: Duration) -> Self {
        let nanoseconds = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        Self {
            bucket: bounds.partition_point(|bound| *bound < nanoseconds),
            nanoseconds,
        }
    }
}

/// A histogram as it was when somebody looked.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Snapshot {
    /// Upper bounds in seconds, with how many were not longer.
    pub(super) buckets: Vec<(f64, u64)>,
    pub(super) count: u64,
    pub(super) seconds: f64,
}

impl Histogram {
    pub(super) fn new(bounds: &'static [u64]) -> Self {
        Self {
            bounds,
            counts: (0..=bounds.len()).map(|_| Counter::default()).collect(),
            nanoseconds: Counter::default(),
        }
    }

    /// Takes in one duration.
    pub fn observe(&self, duration: Duration) {
        let age = Age::new(self.bounds, duration);
        self.counts[age.bucket].increment();
        self.nanoseconds.add(age.nanoseconds);
    }

    /// Takes in what a thread has collected.
    pub(super) fn add<const N: usize>(&self, local: &Local<N>) {
        for (counter, count) in self.counts.iter().zip(local.counts) {
            if count > 0 {
                counter.add(u64::from(count));
            }
        }
        self.nanoseconds.add(local.nanoseconds);
    }

    /// Several of the same bounds as one. Their counts are read one after the other, so the sum may
    /// be a moment younger than they are; among themselves they always agree.
    pub(super) fn together<'a>(histograms: impl IntoIterator<Item = &'a Self>) -> Snapshot {
        let (mut bounds, mut counts, mut nanoseconds) = (&[][..], Vec::new(), 0_u64);
        for histogram in histograms {
            bounds = histogram.bounds;
            counts.resize(histogram.counts.len(), 0);
            for (sum, counter) in counts.iter_mut().zip(&histogram.counts) {
                *sum += counter.value();
            }
            nanoseconds = nanoseconds.wrapping_add(histogram.nanoseconds.value());
        }
        let mut count = 0;
        let mut buckets = Vec::with_capacity(bounds.len());
        for (bound, within) in bounds.iter().zip(&counts) {
            count += within;
            buckets.push((Duration::from_nanos(*bound).as_secs_f64(), count));
        }
        Snapshot {
            buckets,
            count: count + counts.last().copied().unwrap_or(0),
            seconds: Duration::from_nanos(nanoseconds).as_secs_f64(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_belongs_to_its_bucket() {
        let histogram = Histogram::new(&[1_000, 1_000_000]);
        for nanoseconds in [0, 1_000, 1_001, 1_000_000, 1_000_001, u64::MAX / 2] {
            histogram.observe(Duration::from_nanos(nanoseconds));
        }
        let Snapshot { buckets, count, .. } = Histogram::together([&histogram]);
        assert_eq!((buckets, count), (vec![(1e-6, 2), (1e-3, 4)], 6));
    }

    #[test]
    fn several_are_one() {
        let histograms = [Histogram::new(&[1_000]), Histogram::new(&[1_000])];
        histograms[0].observe(Duration::from_nanos(500));
        histograms[1].observe(Duration::from_millis(250));
        let together = Histogram::together(&histograms);
        assert_eq!(together.buckets, [(1e-6, 1)]);
        assert_eq!((together.count, together.seconds), (2, 0.250_000_5));
    }
}
