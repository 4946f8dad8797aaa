//! Numbers that many threads add to, and somebody reads now and then.
//!
//! All accesses are relaxed: a metric says how much, not in which order.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};

use super::label::Label;

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// One more.
    pub fn increment(&self) {
        self.add(1);
    }

    /// So many more.
    pub fn add(&self, count: u64) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    /// Grows to `value`, unless it is larger already.
    pub fn raise_to(&self, value: u64) {
        // Mostly it is, and reading disturbs nobody.
        if self.value() < value {
            self.0.fetch_max(value, Ordering::Relaxed);
        }
    }

    /// How much it is.
    pub fn value(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A number that grows and shrinks.
#[derive(Debug, Default)]
pub struct Gauge(AtomicI64);

impl Gauge {
    /// Adds, or subtracts what is negative.
    pub fn add(&self, change: i64) {
        self.0.fetch_add(change, Ordering::Relaxed);
    }

    /// Replaces what it was.
    pub fn set(&self, value: usize) {
        let value = i64::try_from(value).unwrap_or(i64::MAX);
        self.0.store(value, Ordering::Relaxed);
    }

    /// How much it is.
    pub fn value(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A counter for each value of a label.
#[derive(Debug)]
pub struct CounterBy<L> {
    counters: Box<[Counter]>,
    label: PhantomData<fn(L)>,
}

impl<L: Label> Default for CounterBy<L> {
    fn default() -> Self {
        Self {
            counters: L::ALL.iter().map(|_| Counter::default()).collect(),
            label: PhantomData,
        }
    }
}

impl<L: Label> CounterBy<L> {
    /// The counter of one value.
    pub fn of(&self, label: L) -> &Counter {
        &self.counters[label.index()]
    }

    /// Every value of the label with its count.
    pub(super) fn values(&self) -> impl Iterator<Item = (&'static str, u64)> {
        L::ALL
            .iter()
            .map(|label| (label.name(), self.of(*label).value()))
    }
}

/// The same thing once for each of a few threads, so that cores do not fight for a cache line;
/// whoever reads takes them together.
#[derive(Debug)]
pub struct Striped<T> {
    stripes: Box<[Stripe<T>]>,
}

/// 128 bytes, since processors fetch lines in pairs.
#[derive(Debug, Default)]
#[repr(align(128))]
struct Stripe<T>(T);

/// More stripes than this cost more memory than they save time.
const MAX_STRIPES: usize = 64;

thread_local! {
    /// Counts the threads that have counted something. Two may share a stripe, which is slower and
    /// still right.
    static THREAD: usize = {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        NEXT.fetch_add(1, Ordering::Relaxed)
    };
}

impl<T: Default> Default for Striped<T> {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let stripes = threads.next_power_of_two().min(MAX_STRIPES);
        Self {
            stripes: (0..stripes).map(|_| Stripe::default()).collect(),
        }
    }
}

impl<T> Striped<T> {
    /// That of the calling thread.
    pub fn here(&self) -> &T {
        // The length is a power of two.
        let index = THREAD.with(|thread| thread & (self.stripes.len() - 1));
        &self.stripes[index].0
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &T> {
        self.stripes.iter().map(|stripe| &stripe.0)
    }
}

impl Striped<Counter> {
    /// All stripes together.
    pub fn value(&self) -> u64 {
        self.all().map(Counter::value).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_threads_add_is_lost() {
        let counter = Striped::<Counter>::default();
        std::thread::scope(|scope| {
            for _ in 0..200 {
                scope.spawn(|| (0..100).for_each(|_| counter.here().increment()));
            }
        });
        assert_eq!(counter.value(), 20_000);
    }
}
