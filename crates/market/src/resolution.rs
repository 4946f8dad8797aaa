//! The lengths of bars.

use std::{fmt, str::FromStr};

use crate::{MarketTime, TradingDay};

/// How long a bar is. Each resolution divides the next, and all are aligned to the session's
/// open, so a bar is always the union of whole bars of each finer resolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resolution {
    /// `1`
    Minute,
    /// `5`
    FiveMinutes,
    /// `15`
    QuarterHour,
    /// `30`
    HalfHour,
    /// `60`
    Hour,
    /// `240`
    FourHours,
    /// `D`: one trading day, from the session's open to its close.
    Day,
}

/// What [`Resolution::from_str`] refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a resolution: 1, 5, 15, 30, 60, 240 (minutes) or D (a day)")]
pub struct UnknownResolution(String);

impl Resolution {
    /// All, ascending.
    pub const ALL: [Self; 7] = [
        Self::Minute,
        Self::FiveMinutes,
        Self::QuarterHour,
        Self::HalfHour,
        Self::Hour,
        Self::FourHours,
        Self::Day,
    ];

    /// Minutes, `None` for a day: its length is the session's.
    pub const fn minutes(self) -> Option<u32> {
        match self {
            Self::Minute => Some(1),
            Self::FiveMinutes => Some(5),
            Self::QuarterHour => Some(15),
            Self::HalfHour => Some(30),
            Self::Hour => Some(60),
            Self::FourHours => Some(240),
            Self::Day => None,
        }
    }

    /// As on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minute => "1",
            Self::FiveMinutes => "5",
            Self::QuarterHour => "15",
            Self::HalfHour => "30",
            Self::Hour => "60",
            Self::FourHours => "240",
            Self::Day => "D",
        }
    }

    /// `(time, end)` of the bar that holds a moment of a trading day.
    ///
    /// Intraday bars count from the session's open, the last one is cut off by its close: `240`
    /// of a US stock is 09:30–13:30 and 13:30–16:00. A `D` bar is named by 00:00 UTC of its date
    /// (the TradingView convention) and ends with the session.
    pub fn bar_at(self, time: MarketTime, day: &TradingDay) -> (MarketTime, MarketTime) {
        match self.minutes() {
            None => (MarketTime::midnight(day.date), day.close),
            Some(minutes) => {
                let length = i64::from(minutes) * 60_000;
                let since_open = time.millis() - day.open.millis();
                let open = day.open.plus_millis(since_open.div_euclid(length) * length);
                (open, open.plus_millis(length).min(day.close))
            }
        }
    }
}

impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Resolution {
    type Err = UnknownResolution;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|resolution| resolution.as_str() == text)
            .ok_or_else(|| UnknownResolution(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_and_from_str_are_inverse() {
        for resolution in Resolution::ALL {
            assert_eq!(resolution.to_string().parse(), Ok(resolution));
        }
        for text in ["", "2", "1D", "d", " 1", "01"] {
            assert!(text.parse::<Resolution>().is_err(), "{text}");
        }
    }

    #[test]
    fn each_divides_the_next() {
        for pair in Resolution::ALL.windows(2) {
            if let (Some(fine), Some(coarse)) = (pair[0].minutes(), pair[1].minutes()) {
                assert_eq!(coarse % fine, 0);
            }
        }
    }
}
