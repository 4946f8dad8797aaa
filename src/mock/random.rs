//! Random numbers that are the same for the same seed, on every machine and in every version.

/// SplitMix64 (Steele, Lea, Flood 2014): small, and good enough to look alive.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// A sequence of its own for each `use_of_it`, such as a topic.
    pub(super) fn new(seed: u64, use_of_it: &str) -> Self {
        // FNV-1a: the standard library's hashers differ from version to version.
        let hash = use_of_it.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut random = Self(seed);
        Self(random.next() ^ hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Anywhere in `[0, 1)`.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something of this probability happens.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of `0..count`; 0 when there is none.
    pub(super) fn below(&mut self, count: usize) -> usize {
        (self.unit() * count as f64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_that_of_its_seed_and_its_use() {
        let draw = |seed, of: &str| {
            let mut random = Random::new(seed, of);
            [(); 4].map(|()| random.below(1_000))
        };
        // Other versions have to draw the same.
        assert_eq!(draw(1, "bars:AAPL:1"), draw(1, "bars:AAPL:1"));
        assert_ne!(draw(1, "bars:AAPL:1"), draw(2, "bars:AAPL:1"));
        assert_ne!(draw(1, "bars:AAPL:1"), draw(1, "bars:MSFT:1"));
    }

    #[test]
    fn what_happens_half_the_time_does() {
        let mut random = Random::new(7, "");
        let times = (0..10_000).filter(|_| random.happens(0.5)).count();
        assert!((4_800..5_200).contains(&times), "{times}");
        assert!((0..1_000).all(|_| random.happens(1.0) && !random.happens(0.0)));
        assert_eq!(random.below(0), 0);
    }
}
