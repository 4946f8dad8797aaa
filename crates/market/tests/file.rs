//! Files given by the user.

#![allow(
    clippy::unwrap_used,
    reason = "a test's helpers may panic as its tests do"
)]

mod common;

use std::{fmt::Write as _, sync::Arc, time::Duration};

use chrono::DateTime;
use common::{check_books, check_join, check_late_join, check_nesting, check_ticks, history};
use parquet::{
    basic::Compression,
    data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type},
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::parser::parse_message_type,
};
use proptest::prelude::*;
use tickwire_market::{
    Bar, FileConfig, FileError, FileSource, MarketTime, Resolution, Session, Side, Source, Tick,
};

fn open(file: &str, text: &str) -> Result<FileSource, FileError> {
    FileSource::from_bytes(file, text.as_bytes().to_vec(), &FileConfig::default())
}

fn time(text: &str) -> MarketTime {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc().into()
}

fn all(source: &FileSource, symbol: &str, resolution: Resolution) -> Vec<Bar> {
    let (from, now) = (
        MarketTime::from_millis(i64::MIN),
        MarketTime::from_millis(i64::MAX),
    );
    history(source, symbol, resolution, from, now)
}

fn ticks(source: &FileSource, symbol: &str) -> Vec<Tick> {
    source
        .ticks(symbol, MarketTime::from_millis(i64::MIN))
        .unwrap()
        .collect()
}

fn row(bar: &Bar) -> String {
    let time = DateTime::from_timestamp_millis(bar.time)
        .unwrap()
        .format("%F %H:%M");
    format!(
        "{time} {} {} {} {} {}",
        bar.open, bar.high, bar.low, bar.close, bar.volume
    )
}

/// What the problems of a file read as.
fn check(file: &str, expected: &str) {
    let error = open("prices.csv", file).err().expect("refused");
    assert_eq!(error.to_string(), expected);
}

#[test]
fn daily_bars_are_served_as_they_are() {
    let source = open(
        "dir/btc-usd.csv",
        "Date,Open,High,Low,Close,Adj Close,Volume\n\
         2024-01-31,42000.5,43000.75,41900,42500,1,1234.5678\n\
         2024-02-01,42500,42500,42500,42500,1,0\n\
         2024-02-02,42500,44000,42000,43999.99,1,99\n",
    )
    .unwrap();
    let info = &source.symbols()[0];
    assert_eq!(info.symbol, "BTC-USD");
    assert_eq!(
        info.source,
        "file btc-usd.csv, daily bars; inside a day: reconstruction"
    );
    assert_eq!((info.price_decimals, info.size_decimals), (2, 4));
    let bars = all(&source, "BTC-USD", Resolution::Day);
    assert_eq!(
        bars.iter().map(row).collect::<Vec<_>>(),
        [
            "2024-01-31 00:00 42000.50 43000.75 41900.00 42500.00 1234.5678",
            "2024-02-01 00:00 42500.00 42500.00 42500.00 42500.00 0",
            "2024-02-02 00:00 42500.00 44000.00 42000.00 43999.99 99",
        ]
    );
    // The middle one of the days is the first that is played, in a minute.
    let start = source.clock().at(Duration::ZERO);
    assert_eq!(start.time, time("2024-02-01T00:00:00Z"));
    assert_eq!(
        source.clock().at(Duration::from_secs(90)).time,
        time("2024-02-02T12:00:00Z")
    );
    let ticks = ticks(&source, "BTC-USD");
    check_ticks(&ticks);
    let of_first = ticks
        .iter()
        .filter(|tick| tick.time < time("2024-02-01T00:00:00Z").millis());
    assert_eq!(
        of_first
            .map(|tick| tick.size)
            .sum::<rust_decimal::Decimal>(),
        bars[0].volume
    );
}

#[test]
fn daily_bars_can_be_those_of_stocks() {
    let config = FileConfig {
        session: Session::us_stocks(),
        ..FileConfig::default()
    };
    let text = "time,o,h,l,c,v\n20240131,1,2,0.5,1,1000000\n20240201,1,2,0.5,1,1000000\n";
    let source = FileSource::from_bytes("x.csv", text.into(), &config).unwrap();
    let bars = all(&source, "X", Resolution::FourHours);
    let times: Vec<_> = bars
        .iter()
        .map(|bar| MarketTime::from_millis(bar.time))
        .collect();
    let expected = ["2024-01-31T14:30:00Z", "2024-01-31T18:30:00Z"].map(time);
    assert_eq!(times[..2], expected);
}

/// Resolutions from the file's own upwards are the file's, whatever is made up below.
#[test]
fn minute_bars_of_two_symbols() {
    let mut text = "symbol;timestamp;open;high;low;close;volume\n".to_owned();
    for minute in 0..90 {
        for (symbol, price) in [("A", 100), ("B.X", 7)] {
            let time = 1_706_693_400 + minute * 60;
            let price = price + minute % 3;
            writeln!(
                text,
                "{symbol};{time};{price};{price}.5;{price}.25;{price}.5;8",
            )
            .unwrap();
        }
    }
    // The open is below the low: 100 < 100.25.
    let error = open("m.csv", &text).err().unwrap().to_string();
    assert!(
        error.starts_with("m.csv:2:5: column \"low\": 100.25 is above the open 100"),
        "{error}"
    );
    assert!(
        error.ends_with("\n… and 160 more problems in m.csv"),
        "{error}"
    );

    let source = open("m.csv", &text.replace(".25;", ";")).unwrap();
    assert_eq!(
        source
            .symbols()
            .iter()
            .map(|info| &*info.symbol)
            .collect::<Vec<_>>(),
        ["A", "B.X"]
    );
    let minutes = all(&source, "A", Resolution::Minute);
    assert_eq!(minutes.len(), 90);
    assert_eq!(
        row(&minutes[1]),
        "2024-01-31 09:31 101.00 101.50 101.00 101.50 8"
    );
    let hours = all(&source, "A", Resolution::Hour);
    let rows: Vec<_> = hours.iter().map(row).collect();
    assert_eq!(
        rows,
        [
            "2024-01-31 09:00 100.00 102.50 100.00 102.50 240",
            "2024-01-31 10:00 100.00 102.50 100.00 102.50 480",
        ]
    );
    // In real time, from the first row to the last.
    assert_eq!(source.clock().start(), time("2024-01-31T09:30:00Z"));
    assert_eq!(source.clock().lap_duration(), Duration::from_secs(90 * 60));
    check_join(
        &source,
        "B.X",
        time("2024-01-31T09:20:00Z"),
        time("2024-02-02T00:00:00Z"),
    );
    check_nesting(&source, "A", time("2024-01-31T09:29:00Z"), 600);
    assert!(check_books(&source, "A", time("2024-01-31T09:29:00Z"), 600) > 1.0);
}

#[test]
fn ticks_are_served_as_they_are() {
    let source = open(
        "t.csv",
        "time,price,qty,side,bid,ask,bid_size,ask_size\n\
         2024-01-31T09:30:00.100Z,10.01,5,buy,10.00,10.02,1,2\n\
         2024-01-31T09:30:00.100Z,10.00,2.5,S,9.99,10.01,3,4\n\
         2024-01-31T09:31:30Z,10.25,1,,,,,\n",
    )
    .unwrap();
    let ticks = ticks(&source, "T");
    let shown = |tick: &Tick| format!("{} {} {} {}", tick.price, tick.size, tick.bid, tick.ask);
    assert_eq!(shown(&ticks[0]), "10.01 5 10.00 10.02");
    assert_eq!(shown(&ticks[1]), "10.00 2.5 9.99 10.01");
    assert_eq!((ticks[0].side, ticks[1].side), (Side::Buy, Side::Sell));
    assert_eq!(ticks[2].side, Side::Buy, "the price rose");
    check_ticks(&ticks);
    let minutes = all(&source, "T", Resolution::Minute);
    let rows: Vec<_> = minutes.iter().map(row).collect();
    assert_eq!(
        rows,
        [
            "2024-01-31 09:30 10.01 10.01 10.00 10.00 7.5",
            "2024-01-31 09:31 10.25 10.25 10.25 10.25 1",
        ]
    );
    let now = time("2024-01-31T09:30:00.099Z");
    check_join(&source, "T", now, time("2024-02-02T00:00:00Z"));
    check_late_join(&source, "T", now, now.plus_millis(1));
}

#[test]
fn bars_of_seconds_and_of_ten_minutes() {
    for (seconds, count, minutes) in [(5, 24, 2), (600, 3, 30)] {
        let mut text = "time,open,high,low,close\n".to_owned();
        for index in 0..count {
            let time = 1_706_693_400 + index * seconds;
            writeln!(text, "{time},5,{}.5,4.5,5", 5 + index).unwrap();
        }
        let source = open("x.csv", &text).unwrap();
        assert_eq!(all(&source, "X", Resolution::Minute).len(), minutes);
        let high = all(&source, "X", Resolution::Day)[0].high.to_string();
        assert_eq!(high, format!("{}.50", 4 + count));
        check_join(
            &source,
            "X",
            time("2024-01-31T09:30:07Z"),
            time("2024-01-31T09:41:00Z"),
        );
        check_nesting(&source, "X", time("2024-01-31T09:30:07Z"), 60);
    }
}

#[test]
fn problems_name_line_and_column() {
    check(
        "time,open,high,low,close\n2024-01-01,1,abc,1,1\n2024-01-02,,1,1,-1\nnever,1,1,1\n",
        "prices.csv:2:3: column \"high\": 'abc' is not a number\n\
         prices.csv:3:2: column \"open\": is missing\n\
         prices.csv:3:5: column \"close\": -1 is not above 0\n\
         prices.csv:4: 4 columns, but the header has 5",
    );
    check(
        "time,open,high,low,close\n\
         2024-01-02,1,1,1,1\n2024-01-01,1,1,1,1\n2024-01-02,2,1,1,0.5\n",
        "prices.csv:3:1: column \"time\": is before that of line 2: sort by time\n\
         prices.csv:4:3: column \"high\": 1 is below the open 2\n\
         prices.csv:4:4: column \"low\": 1 is above the close 0.5\n\
         prices.csv:4:1: column \"time\": is the same as that of line 2",
    );
    check(
        "time,symbol,price,side,bid,ask\nx,a b,1,up,3,2\n",
        "prices.csv:2:1: column \"time\": 'x' is not a time between 1900 and 2200: \
         YYYY-MM-DD[ HH:MM[:SS]], RFC 3339, or Unix seconds or milliseconds\n\
         prices.csv:2:2: column \"symbol\": 'a b' is not a symbol: 1 to 32 of A-Z a-z 0-9 . - _ /\n\
         prices.csv:2:4: column \"side\": 'up' is neither buy nor sell\n\
         prices.csv:2:5: column \"bid\": 3 is above the ask 2",
    );
    check("time,price\n", "prices.csv:1: no rows");
    check("", "prices.csv:1: the file has no header");
    let apart =
        |second: &str| format!("time,open,high,low,close\n2024-01-01,1,1,1,1\n{second},1,1,1,1\n");
    check(
        &apart("2024-01-08"),
        "prices.csv:2: bars are 7 days apart; at most a day is played",
    );
    check(
        &apart("2024-01-01 00:01:30"),
        "prices.csv:2: bars are 90 s apart: neither a part nor a multiple of a minute",
    );
    check(
        "time,open,high,low,close\n2024-01-01 01:00,1,1,1,1\n2024-01-01 03:00,1,1,1,1\n\
         2024-01-01 23:00,1,1,1,1",
        "prices.csv:4:1: column \"time\": a bar of 7200 s from here is not within the session's minutes",
    );
    check(
        "time,price,size\n2024-01-01,1,0.00000001\n2024-01-01,90071992547,1\n2024-01-02,1.00000001,99999999999",
        "prices.csv:3:2: column \"price\": 90071992547 is too large beside prices with 8 decimals\n\
         prices.csv:4:3: column \"size\": 99999999999 is too large beside sizes with 8 decimals",
    );
    let bytes = b"time,price\n2024-01-01,1\n2024-01-01,\xff\n".to_vec();
    let error = FileSource::from_bytes("x.csv", bytes, &FileConfig::default())
        .err()
        .unwrap();
    assert_eq!(error.to_string(), "x.csv:3: column 2 is not UTF-8");
}

#[test]
fn limits_and_configuration() {
    let text = "time,open,high,low,close\n2024-01-01 09:30,1,1,1,1\n2024-01-01 09:31,1,1,1,1\n";
    let refused = |change: fn(&mut FileConfig)| {
        let mut config = FileConfig::default();
        change(&mut config);
        FileSource::from_bytes("x.csv", text.into(), &config)
            .err()
            .expect("refused")
            .to_string()
    };
    assert_eq!(refused(|c| c.max_bytes = 10), "x.csv: larger than 10 bytes");
    assert_eq!(refused(|c| c.max_rows = 1), "x.csv:3: more than 1 rows");
    assert_eq!(
        refused(|c| c.start = "2024-01-02".parse().ok()),
        "x.csv: has 2024-01-01 to 2024-01-01, cannot start on 2024-01-02"
    );
    assert_eq!(
        refused(|c| c.speed = 0.0),
        "a file cannot be played at speed 0: a day in 1 s to 1 year, speed 0.001 to 100000"
    );
    assert!(refused(|c| c.session = Session::us_stocks()).starts_with(
        "x.csv:2:1: column \"time\": 2024-01-01T09:30:00.000Z is outside of the session, 0930-1600"
    ));
    let config = FileConfig {
        speed: 60.0,
        ..FileConfig::default()
    };
    let source = FileSource::from_bytes("x.csv", text.into(), &config).unwrap();
    assert_eq!(source.clock().lap_duration(), Duration::from_secs(2));
}

#[test]
fn files_are_read_from_disk() {
    let path = std::env::temp_dir().join(format!("tickwire-{}.csv", std::process::id()));
    std::fs::write(&path, "time,price\n2024-01-01,1\n").unwrap();
    let source = FileSource::open(&path, &FileConfig::default());
    let small = FileConfig {
        max_bytes: 5,
        ..FileConfig::default()
    };
    let too_large = FileSource::open(&path, &small);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(source.unwrap().symbols().len(), 1);
    assert!(matches!(
        too_large,
        Err(FileError::TooLarge { limit: 5, .. })
    ));
    let error = FileSource::open(&path, &FileConfig::default())
        .err()
        .unwrap();
    assert_eq!(error.to_string(), format!("cannot read {}", path.display()));
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "No such file or directory (os error 2)");
}

/// Minute bars with `open_interest` and a text symbol, as a Parquet file.
fn parquet(compression: Compression, rows: i64) -> Vec<u8> {
    let schema = "message bars {
        required int64 ts (TIMESTAMP(NANOS, true));
        required binary symbol (UTF8);
        required double open; required double high; required double low; required double close;
        optional int64 volume; optional boolean adjusted;
    }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let properties = Arc::new(
        WriterProperties::builder()
            .set_compression(compression)
            .build(),
    );
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let times: Vec<i64> = (0..rows)
        .map(|row| (1_706_693_400 + row * 60) * 1_000_000_000)
        .collect();
    let mut index = 0;
    while let Some(mut column) = group.next_column().unwrap() {
        let (some, all) = (vec![1; rows as usize], 0..rows);
        match index {
            0 => column
                .typed::<Int64Type>()
                .write_batch(&times, None, None)
                .map(drop),
            1 => {
                let names: Vec<ByteArray> = all.map(|_| "PQ".into()).collect();
                column
                    .typed::<ByteArrayType>()
                    .write_batch(&names, None, None)
                    .map(drop)
            }
            2..6 => {
                let price = [0.1, 0.3, 0.05, 0.1 + 0.2][index - 2];
                let prices = vec![price; rows as usize];
                column
                    .typed::<DoubleType>()
                    .write_batch(&prices, None, None)
                    .map(drop)
            }
            6 => {
                let volumes: Vec<i64> = all.collect();
                column
                    .typed::<Int64Type>()
                    .write_batch(&volumes, Some(&some), None)
                    .map(drop)
            }
            _ => column
                .typed::<parquet::data_type::BoolType>()
                .write_batch(&vec![true; rows as usize], Some(&some), None)
                .map(drop),
        }
        .unwrap();
        column.close().unwrap();
        index += 1;
    }
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn parquet_in_the_codecs_that_people_have() {
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(Default::default()),
        Compression::GZIP(Default::default()),
        Compression::LZ4_RAW,
    ] {
        let bytes = parquet(compression, 30);
        let source = FileSource::from_bytes("x.parquet", bytes, &FileConfig::default()).unwrap();
        let minutes = all(&source, "PQ", Resolution::Minute);
        assert_eq!(minutes.len(), 30);
        assert_eq!(
            row(&minutes[7]),
            "2024-01-31 09:37 0.10 0.30 0.05 0.30 7",
            "{compression}"
        );
    }
}

#[test]
fn parquet_that_is_broken() {
    let whole = parquet(Compression::SNAPPY, 3);
    let open = |bytes: Vec<u8>| {
        FileSource::from_bytes("x.parquet", bytes, &FileConfig::default()).map(drop)
    };
    for length in 4..whole.len() {
        assert!(matches!(
            open(whole[..length].to_vec()),
            Err(FileError::Parquet { .. })
        ));
    }
    // A damaged byte anywhere is an error or another value, never a panic.
    for index in 4..whole.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut damaged = whole.clone();
            damaged[index] ^= flip;
            let _ = open(damaged);
        }
    }
    let config = FileConfig {
        max_rows: 2,
        ..FileConfig::default()
    };
    let error = FileSource::from_bytes("x.parquet", whole, &config)
        .err()
        .unwrap();
    assert_eq!(error.to_string(), "x.parquet:1: more than 2 rows: 3");
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 64,
        rng_seed: proptest::test_runner::RngSeed::Fixed(17),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Minute bars of any prices and volumes, some minutes missing.
fn bars() -> impl Strategy<Value = Vec<(u8, [u32; 4], u32)>> {
    prop::collection::vec(
        (1..5_u8, prop::array::uniform4(1..2_000_u32), 0..500_u32),
        1..60,
    )
}

proptest! {
    #![proptest_config(config())]

    /// Any bars at all: the trades make exactly the file's bars, and the laws hold.
    #[test]
    fn trades_make_the_files_bars(bars in bars(), cut in 0..7_200_000_i64) {
        let mut text = "time,open,high,low,close,volume\n".to_owned();
        let mut time = time("2024-01-31T23:00:00Z").millis();
        let mut expected = Vec::new();
        for (skip, mut prices, volume) in bars {
            time += i64::from(skip) * 60_000;
            prices[1..].sort_unstable();
            let [open, low, close, high] = prices;
            let (low, high) = (low.min(open), high.max(open));
            let cents = |price: u32| format!("{}.{:02}", price / 100, price % 100);
            let [o, h, l, c] = [open, high, low, close].map(cents);
            writeln!(text, "{time},{o},{h},{l},{c},{volume}").unwrap();
            expected.push(format!("{o} {h} {l} {c} {volume}"));
        }
        // One bar more, right after: the bars are those of a minute.
        writeln!(text, "{},1,1,1,1,1", time + 60_000).unwrap();
        expected.push("1.00 1.00 1.00 1.00 1".to_owned());
        let source = open("x.csv", &text).unwrap();
        let minutes = all(&source, "X", Resolution::Minute);
        let rows: Vec<_> = minutes.iter().map(|bar| row(bar)[17..].to_owned()).collect();
        prop_assert_eq!(&rows, &expected);
        let ticks = ticks(&source, "X");
        check_ticks(&ticks);
        let from = source.clock().start().plus_millis(-1);
        check_join(&source, "X", from, from.plus_millis(cut));
        check_join(&source, "X", from.plus_millis(cut), from.plus_millis(2 * cut));
        check_late_join(&source, "X", from, from.plus_millis(cut));
        check_nesting(&source, "X", from, 400);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[-0-9:,;.eTZ \n\"a-d]{0,200}") {
        let config = FileConfig::default();
        let _ = FileSource::from_bytes("x", bytes, &config).map(drop);
        let bars = format!("time,open,high,low,close\n{text}").into_bytes();
        let _ = FileSource::from_bytes("x", bars, &config).map(drop);
        let ticks = format!("time,price,size\n{text}").into_bytes();
        let _ = FileSource::from_bytes("x", ticks, &config).map(drop);
    }
}
