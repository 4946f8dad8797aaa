//! `symbols.search` and `symbols.resolve`.

use std::cmp::Reverse;

use tickwire_market::{Kind, Resolution, SymbolInfo};

use super::convert;
use crate::api::types;
use crate::service::Refusal;

/// Symbols whose name or description contains the text; first the name itself, then names that
/// begin with it, then the rest in their order.
pub(super) fn search(
    symbols: &[SymbolInfo],
    request: &types::SymbolsSearchRequest,
) -> Result<types::SymbolsSearchResult, Refusal> {
    let query = request.query.to_lowercase();
    let limit = usize::try_from(request.limit.0).unwrap_or_default();
    let mut matches: Vec<_> = symbols
        .iter()
        .filter_map(|info| {
            let name = info.symbol.to_lowercase();
            let matched = name.contains(&query) || info.description.to_lowercase().contains(&query);
            matched.then(|| {
                (
                    (Reverse(name == query), Reverse(name.starts_with(&query))),
                    info,
                )
            })
        })
        .collect();
    matches.sort_by_key(|(rank, _)| *rank);
    let symbols = matches
        .into_iter()
        .take(limit)
        .map(|(_, info)| summary(info));
    Ok(types::SymbolsSearchResult {
        symbols: symbols.collect::<Result<_, _>>()?,
    })
}

/// The details of a symbol.
pub(super) fn info(
    info: &SymbolInfo,
    resolutions: &[Resolution],
) -> Result<types::SymbolInfo, Refusal> {
    let splits = info.splits.iter().map(|split| {
        Ok(types::StockSplit {
            date: types::CalendarDate(split.date),
            ratio: text(&format!("{}:{}", split.numerator, split.denominator))?,
        })
    });
    Ok(types::SymbolInfo {
        symbol: text(&info.symbol)?,
        description: text(&info.description)?,
        exchange: text(&info.exchange)?,
        kind: kind(info.kind),
        currency: if info.currency.is_empty() {
            None
        } else {
            Some(text(&info.currency)?)
        },
        timezone: text(info.session.timezone())?,
        session: text(&info.session.text())?,
        price_decimals: types::DecimalPlaces(info.price_decimals.into()),
        resolutions: resolutions
            .iter()
            .map(|resolution| convert::wire_resolution(*resolution))
            .collect(),
        first_time: types::UnixMillis(info.first.millis()),
        last_time: info.last.map(|time| types::UnixMillis(time.millis())),
        adjusted: types::AdjustedFlag(false),
        splits: splits.collect::<Result<_, Refusal>>()?,
        source: text(&info.source)?,
    })
}

fn summary(info: &SymbolInfo) -> Result<types::SymbolSummary, Refusal> {
    Ok(types::SymbolSummary {
        symbol: text(&info.symbol)?,
        description: text(&info.description)?,
        exchange: text(&info.exchange)?,
        kind: kind(info.kind),
    })
}

fn kind(kind: Kind) -> types::InstrumentKind {
    match kind {
        Kind::Stock => types::InstrumentKind::Stock,
        Kind::Synthetic => types::InstrumentKind::Synthetic,
        Kind::Unknown => types::InstrumentKind::Other,
    }
}

/// A text of a source as the contract's type. One that does not fit is the source's fault.
fn text<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|error| {
        tracing::error!(text, %error, "a symbol's details do not fit the contract");
        Refusal::internal()
    })
}
