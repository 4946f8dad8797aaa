//! What is known about a symbol besides its prices.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::{MarketTime, Session};

/// A symbol and how to read its data.
#[derive(Clone, Debug, PartialEq)]
pub struct SymbolInfo {
    /// Its name in topics and requests, e.g. `AAPL`.
    pub symbol: String,
    /// What it is, e.g. `Apple Inc.`.
    pub description: String,
    /// Where it trades, e.g. `NASDAQ`; empty when unknown.
    pub exchange: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// ISO 4217 code of its prices; empty when unknown.
    pub currency: String,
    /// When it trades; [`Session::timezone`] and [`Session::text`] for display.
    pub session: Session,
    /// Decimals to show prices with. Recorded prices may have more: those of US stocks are whole
    /// cents with here and there a real fraction.
    pub price_decimals: u32,
    /// Decimals to show sizes and volumes with.
    pub size_decimals: u32,
    /// A round lot: the step between sizes that are made up.
    pub lot: Decimal,
    /// The open of the first session with data.
    pub first: MarketTime,
    /// The close of the last session with data, `None` when there is no end.
    pub last: Option<MarketTime>,
    /// Splits in the data, ascending. Prices are as traded, not adjusted.
    pub splits: Vec<Split>,
    /// Where the data come from, and what of them is reconstruction: one sentence for people.
    pub source: String,
}

/// What kind of thing a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Shares of a company.
    Stock,
    /// Given by a file that does not say.
    Unknown,
    /// Made up for a load test.
    Synthetic,
}

/// `numerator` new shares for `denominator` old ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// The first trading day at the new price.
    pub date: NaiveDate,
    /// New shares.
    pub numerator: u32,
    /// Old shares.
    pub denominator: u32,
}
