//! A series of recorded days.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::{
    Session, TradingDay,
    reconstruct::Reconstruction,
    series::{Minute, Series, Trades},
    units::{RawBar, Units},
};

/// Daily bars, each played out over its session by reconstruction.
pub(crate) struct Days {
    pub(crate) session: Session,
    pub(crate) reconstruction: Reconstruction,
    /// Ascending.
    pub(crate) days: Vec<(NaiveDate, RawBar)>,
}

impl Series for Days {
    fn session(&self) -> &Session {
        &self.session
    }

    fn units(&self) -> &Units {
        &self.reconstruction.units
    }

    fn date_before(&self, date: NaiveDate) -> Option<NaiveDate> {
        let index = self.days.partition_point(|(day, _)| *day < date);
        Some(self.days[index.checked_sub(1)?].0)
    }

    fn date_from(&self, date: NaiveDate) -> Option<NaiveDate> {
        let index = self.days.partition_point(|(day, _)| *day < date);
        self.days.get(index).map(|(day, _)| *day)
    }

    fn day(&self, date: NaiveDate) -> Option<RawBar> {
        let index = self
            .days
            .binary_search_by_key(&date, |(day, _)| *day)
            .ok()?;
        Some(self.days[index].1)
    }

    fn minutes(&self, date: NaiveDate, out: &mut Vec<Minute>) {
        out.clear();
        if let Some(bar) = self.day(date) {
            let time = self.session.day(date).open.millis();
            self.reconstruction
                .minutes(time, &bar, 0, self.session.minutes(), out);
        }
    }

    fn trades(self: Arc<Self>, day: &TradingDay, minute: &Minute) -> Trades {
        Box::new(self.reconstruction.trades(day, minute))
    }
}
