//! What a process has cost, and how long things took.

use std::fs;
use std::time::Duration;

/// CPU time of a process, all threads, user and system. To the clock tick (10 ms).
pub fn cpu(pid: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name of the program, in brackets, may hold blanks.
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

/// Resident memory of a process and its high water, in KiB.
pub fn memory(pid: u32) -> (u64, u64) {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|rest| rest.split_whitespace().next());
        number.and_then(|number| number.parse().ok()).unwrap_or(0)
    };
    (line("VmRSS:"), line("VmHWM:"))
}

/// Durations in buckets of about 3 %.
pub struct Histogram {
    buckets: Vec<u64>,
    count: u64,
}

const STEPS: u32 = 32;

impl Histogram {
    pub fn new() -> Self {
        Self {
            buckets: vec![0; 64 * STEPS as usize],
            count: 0,
        }
    }

    pub fn add(&mut self, duration: Duration) {
        let nanos = (duration.as_nanos() as u64).max(u64::from(STEPS));
        let octave = nanos.ilog2() - STEPS.ilog2();
        let step = (nanos >> octave) as usize - STEPS as usize;
        self.buckets[(octave * STEPS) as usize + step] += 1;
        self.count += 1;
    }

    /// In microseconds; 0 when there is nothing.
    pub fn quantile(&self, quantile: f64) -> f64 {
        let mut left = (self.count as f64 * quantile).ceil() as u64;
        for (index, bucket) in self.buckets.iter().enumerate() {
            if *bucket >= left && *bucket > 0 {
                let (octave, step) = (index as u32 / STEPS, index as u32 % STEPS);
                return (f64::from(STEPS + step) + 0.5) * 2f64.powi(octave as i32) / 1000.0;
            }
            left = left.saturating_sub(*bucket);
        }
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_near() {
        let mut histogram = Histogram::new();
        for micros in 1..=1000 {
            histogram.add(Duration::from_micros(micros));
        }
        for (quantile, expected) in [(0.5, 500.0), (0.99, 990.0), (1.0, 1000.0)] {
            let found = histogram.quantile(quantile);
            assert!(
                (found / expected - 1.0f64).abs() < 0.04,
                "{quantile}: {found}"
            );
        }
    }

    #[test]
    fn this_process_has_cost_something() {
        assert!(memory(std::process::id()).0 > 0);
    }
}
