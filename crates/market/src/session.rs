//! When a symbol trades.

use chrono::{Datelike, Duration, NaiveDate, NaiveTime, TimeZone, Utc, offset::LocalResult};
use chrono_tz::Tz;

use crate::MarketTime;

/// The hours in which a symbol trades on each of its trading days. Which dates are trading days
/// is not here: the days that a source has data for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    timezone: Tz,
    open: NaiveTime,
    length: Duration,
}

/// One day's session: `open ≤ time < close`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TradingDay {
    /// The date in the session's timezone.
    pub date: NaiveDate,
    /// The session's first moment.
    pub open: MarketTime,
    /// The first moment after the session.
    pub close: MarketTime,
}

impl Session {
    /// 09:30 to 16:00 in New York. Early closes are not modelled.
    pub fn us_stocks() -> Self {
        Self {
            timezone: chrono_tz::America::New_York,
            open: NaiveTime::MIN + Duration::minutes(9 * 60 + 30),
            length: Duration::minutes(6 * 60 + 30),
        }
    }

    /// Around the clock; a day is a day in UTC.
    pub fn always() -> Self {
        Self {
            timezone: Tz::UTC,
            open: NaiveTime::MIN,
            length: Duration::days(1),
        }
    }

    /// IANA name, e.g. `America/New_York`.
    pub fn timezone(&self) -> &'static str {
        self.timezone.name()
    }

    /// As TradingView writes it: `0930-1600`, or `24x7`.
    pub fn text(&self) -> String {
        if *self == Self::always() {
            return "24x7".to_owned();
        }
        let close = self.open + self.length;
        format!("{}-{}", self.open.format("%H%M"), close.format("%H%M"))
    }

    /// The session of a date.
    pub fn day(&self, date: NaiveDate) -> TradingDay {
        let local = date.and_time(self.open);
        let open = match self.timezone.from_local_datetime(&local) {
            LocalResult::Single(open) | LocalResult::Ambiguous(open, _) => open.with_timezone(&Utc),
            // An open within the hour that a clock change skips: neither session here has one.
            LocalResult::None => local.and_utc(),
        };
        let open = MarketTime::from(open);
        TradingDay {
            date,
            open,
            close: open.plus_millis(self.length.num_milliseconds()),
        }
    }

    /// The session that a moment lies in, `None` between two.
    pub fn day_at(&self, time: MarketTime) -> Option<TradingDay> {
        // Local time at the ends of chrono's calendar would leave it.
        let utc = time.utc().filter(|utc| (0..10_000).contains(&utc.year()))?;
        let local = utc.with_timezone(&self.timezone);
        let day = self.day(local.date_naive());
        day.contains(time).then_some(day)
    }

    /// Minutes from open to close.
    pub(crate) fn minutes(&self) -> u32 {
        u32::try_from(self.length.num_minutes()).expect("a session is at most a day long")
    }
}

impl TradingDay {
    /// Whether the moment is in this session.
    pub fn contains(&self, time: MarketTime) -> bool {
        self.open <= time && time < self.close
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(session: Session, date: &str, open: &str, close: &str) {
        let day = session.day(date.parse().unwrap());
        assert_eq!(
            (day.open.to_string(), day.close.to_string()),
            (open.into(), close.into())
        );
        assert_eq!(session.day_at(day.open), Some(day));
        assert_eq!(session.day_at(day.close.plus_millis(-1)), Some(day));
        assert_ne!(session.day_at(day.close), Some(day));
    }

    #[test]
    fn sessions_follow_daylight_saving() {
        let us = Session::us_stocks();
        check(
            us,
            "2009-01-02",
            "2009-01-02T14:30:00.000Z",
            "2009-01-02T21:00:00.000Z",
        );
        check(
            us,
            "2009-03-09",
            "2009-03-09T13:30:00.000Z",
            "2009-03-09T20:00:00.000Z",
        );
        check(
            Session::always(),
            "2024-02-29",
            "2024-02-29T00:00:00.000Z",
            "2024-03-01T00:00:00.000Z",
        );
    }

    #[test]
    fn texts() {
        assert_eq!(Session::us_stocks().text(), "0930-1600");
        assert_eq!(Session::us_stocks().timezone(), "America/New_York");
        assert_eq!(Session::always().text(), "24x7");
        assert_eq!(Session::always().timezone(), "UTC");
    }
}
