//! `bars.history`.

use std::sync::Arc;

use tickwire_market::{Bar, HISTORY_LIMIT, HistoryQuery, MarketTime, Range};

use super::{Market, convert, refusal};
use crate::api::types;
use crate::service::{ErrorCode, Refusal};
use crate::wire::Detail;

/// How many bars a request gets that names neither a range nor a number.
const DEFAULT_COUNT: usize = 500;

pub(super) async fn answer(
    market: Arc<Market>,
    request: types::BarsHistoryRequest,
) -> Result<types::BarsHistoryResult, Refusal> {
    let resolution = convert::resolution(request.resolution);
    let now = market.source.clock().at(market.started.elapsed()).time;
    let range = range(&request, now)?;
    let query = HistoryQuery {
        symbol: request.symbol.to_string(),
        resolution,
        range,
        now,
    };
    // A thousand days of four-hour bars are computed from their ticks: CPU time, not waiting.
    let computed = tokio::task::spawn_blocking(move || history(&market, query));
    let (bars, more) = computed.await.map_err(|error| {
        tracing::error!(%error, "history failed");
        Refusal::internal()
    })??;
    Ok(types::BarsHistoryResult {
        symbol: request.symbol,
        resolution: request.resolution,
        bars: bars.iter().map(convert::closed_bar).collect(),
        more: types::MoreFlag(more),
    })
}

fn range(request: &types::BarsHistoryRequest, now: MarketTime) -> Result<Range, Refusal> {
    let time = |time: types::UnixMillis| MarketTime::from_millis(time.0);
    let to = request.to.map_or(now.plus_millis(1), time);
    match (request.from, request.count_back) {
        (Some(_), Some(_)) => Err(Refusal::with_details(
            ErrorCode::InvalidRange,
            "give \"from\" or \"count_back\", not both",
            vec![Detail::new(
                "/payload/count_back",
                "not together with \"from\"",
            )],
        )),
        (Some(from), None) => Ok(Range::Between {
            from: time(from),
            to,
        }),
        (None, Some(count)) => Ok(Range::Last {
            count: usize::try_from(count.0).unwrap_or(DEFAULT_COUNT),
            to,
        }),
        (None, None) => Ok(Range::Last {
            count: DEFAULT_COUNT,
            to,
        }),
    }
}

/// The bars, and whether the range holds earlier ones.
fn history(market: &Market, query: HistoryQuery) -> Result<(Vec<Bar>, bool), Refusal> {
    let source = &market.source;
    let bars = source.history(&query).map_err(refusal)?;
    let (Range::Between { from, .. }, Some(first)) = (query.range, bars.first()) else {
        return Ok((bars, false));
    };
    if bars.len() < HISTORY_LIMIT {
        return Ok((bars, false));
    }
    let to = MarketTime::from_millis(first.time);
    let before = HistoryQuery {
        range: Range::Last { count: 1, to },
        ..query
    };
    let before = source.history(&before).map_err(refusal)?;
    Ok((
        bars,
        before.first().is_some_and(|bar| bar.time >= from.millis()),
    ))
}
