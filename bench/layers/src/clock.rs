//! CPU time of the measuring thread, as in `benches/support/cpu_time.rs`, and medians.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// How long this thread has run so far.
pub fn now() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("time begins at zero")
}

/// The median; the smallest and the greatest beside it.
pub fn median(mut samples: Vec<f64>) -> (f64, f64, f64) {
    samples.sort_by(f64::total_cmp);
    (
        samples[samples.len() / 2],
        samples[0],
        samples[samples.len() - 1],
    )
}

/// As it stands in a table.
pub fn cell(samples: Vec<f64>) -> String {
    let (median, least, most) = median(samples);
    format!("{median:.0} ({least:.0}–{most:.0})")
}
