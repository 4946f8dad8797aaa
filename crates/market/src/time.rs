//! The time that a market's clock shows, as opposed to the time on the wall.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

/// A moment on the market's clock, in Unix milliseconds.
///
/// A replay's market clock stands in 2009 and runs 390 times as fast as the one on the wall: a
/// type of its own keeps the two apart. [`Clock`](crate::Clock) converts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarketTime(i64);

impl MarketTime {
    /// The moment `millis` milliseconds after 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Unix milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// 00:00 UTC of a date: the `time` of its daily bar.
    pub fn midnight(date: NaiveDate) -> Self {
        Self(
            date.and_time(chrono::NaiveTime::MIN)
                .and_utc()
                .timestamp_millis(),
        )
    }

    /// This moment `millis` later, or earlier if negative; stops at the ends of `i64`.
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// As a calendar time, if within chrono's 260,000 years.
    pub fn utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.0)
    }

    /// The date in UTC, at the ends of the calendar the first or last that there is.
    pub fn utc_date(self) -> NaiveDate {
        let beyond = if self.0 < 0 {
            NaiveDate::MIN
        } else {
            NaiveDate::MAX
        };
        self.utc().map_or(beyond, |time| time.date_naive())
    }
}

impl From<DateTime<Utc>> for MarketTime {
    fn from(time: DateTime<Utc>) -> Self {
        Self(time.timestamp_millis())
    }
}

impl fmt::Display for MarketTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.utc() {
            Some(time) => write!(f, "{}", time.format("%Y-%m-%dT%H:%M:%S%.3fZ")),
            None => write!(f, "{} ms", self.0),
        }
    }
}
