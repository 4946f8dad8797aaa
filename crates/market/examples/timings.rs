//! Prints what the costly requests cost: `cargo run --release -p tickwire-market --example timings`.

use std::{error::Error, hint::black_box, time::Instant};

use tickwire_market::{
    Feed, HISTORY_LIMIT, HistoryQuery, MarketTime, Range, Replay, ReplayConfig, Resolution, Source,
    Synthetic, SyntheticConfig,
};

fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let replay = Replay::new(&ReplayConfig::default())?;
    println!("replay: made in {:?}", start.elapsed());
    // The end of the recording, so that 5,000 bars of 240 minutes exist.
    let end = replay.symbol("AAPL")?.last.ok_or("the recording ends")?;
    measure("replay", &replay, "AAPL", end, end.plus_millis(-1_000))?;

    let start = Instant::now();
    let config = SyntheticConfig {
        symbols: 1_000,
        rate: 100_000.0,
        ..SyntheticConfig::default()
    };
    let synthetic = Synthetic::new(&config)?;
    println!("synthetic, 1000 symbols: made in {:?}", start.elapsed());
    let now = synthetic.clock().start().plus_millis(86_399_000);
    measure("synthetic", &synthetic, "SYN0500", now, now)?;
    Ok(())
}

fn measure(
    name: &str,
    source: &dyn Source,
    symbol: &str,
    now: MarketTime,
    join: MarketTime,
) -> Result<(), Box<dyn Error>> {
    for resolution in Resolution::ALL {
        let range = Range::Last {
            count: HISTORY_LIMIT,
            to: now,
        };
        let query = HistoryQuery {
            symbol: symbol.to_owned(),
            resolution,
            range,
            now,
        };
        let start = Instant::now();
        let bars = black_box(source.history(&query)?);
        println!(
            "{name}: history of {} bars of {resolution}: {:?}",
            bars.len(),
            start.elapsed()
        );
    }
    let start = Instant::now();
    black_box(Feed::at(source, symbol, join)?);
    println!("{name}: joining at the end of a day: {:?}", start.elapsed());
    let mut feed = Feed::at(source, symbol, now.plus_millis(-5 * 86_400_000))?;
    let (mut steps, start) = (0_u32, Instant::now());
    while steps < 100_000 && feed.step().is_some() {
        steps += 1;
    }
    println!(
        "{name}: a step of the feed: {:?} (of {steps})",
        start.elapsed() / steps.max(1)
    );
    Ok(())
}
