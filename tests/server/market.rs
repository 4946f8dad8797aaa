//! The data feed: real history, live bars that go on where it ends, laps, other sources.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::book::{Follower, cents};
use crate::support::{Client, Server, code_and_pointers, within};

/// Bars of a history, as `[time, open, high, low, close, volume]`.
fn rows(history: &Value) -> Vec<[f64; 6]> {
    let row = |bar: &Value| {
        ["time", "open", "high", "low", "close", "volume"].map(|name| bar[name].as_f64().unwrap())
    };
    history["bars"]
        .as_array()
        .unwrap()
        .iter()
        .map(row)
        .collect()
}

/// Midnight UTC of a date, in Unix milliseconds.
fn midnight(date: &str) -> f64 {
    let date: chrono::NaiveDate = date.parse().unwrap();
    let midnight = date.and_hms_opt(0, 0, 0).unwrap().and_utc();
    midnight.timestamp_millis() as f64
}

/// The recorded days of a symbol within a year.
fn recorded(symbol: &str, year: &str) -> Vec<[f64; 6]> {
    let path = format!("{}/data/daily/{symbol}.csv", env!("CARGO_MANIFEST_DIR"));
    let mut days = Vec::new();
    for record in csv::Reader::from_path(path).unwrap().into_records() {
        let record = record.unwrap();
        if record[0].starts_with(year) {
            let number = |column: usize| record[column].parse().unwrap();
            days.push([
                midnight(&record[0]),
                number(1),
                number(2),
                number(3),
                number(4),
                number(5),
            ]);
        }
    }
    days
}

async fn history(client: &mut Client, payload: Value) -> Value {
    client.get("bars.history", payload).await
}

#[tokio::test]
async fn the_days_of_2008_are_the_real_ones() {
    let server = Server::shared().await;
    let mut client = server.client().await;
    for symbol in ["AAPL", "MSFT", "IBM", "GOOG"] {
        let (from, to) = (midnight("2008-01-01") as i64, midnight("2009-01-01") as i64);
        let year = json!({"symbol": symbol, "resolution": "D", "from": from, "to": to});
        let answer = history(&mut client, year).await;
        let expected = recorded(symbol, "2008");
        assert_eq!(expected.len(), 253);
        assert_eq!(rows(&answer), expected, "{symbol}");
        assert_eq!(
            (&answer["symbol"], &answer["resolution"], &answer["more"]),
            (&json!(symbol), &json!("D"), &json!(false))
        );
    }
}

#[tokio::test]
async fn ranges_of_history() {
    let server = Server::shared().await;
    let mut client = server.client().await;
    let days = recorded("AAPL", "2008");
    let time = |day: usize| days[day][0] as i64;
    let last = days.len() - 1;
    let (begin, end) = (time(0), time(last) + 1);
    // What is asked, and which days of 2008 answer.
    let table = [
        (json!({"from": begin, "to": end}), 0..=last),
        (json!({"from": begin, "to": time(1)}), 0..=0),
        (json!({"from": begin + 1, "to": time(2) + 1}), 1..=2),
        (json!({"to": end, "count_back": 3}), last - 2..=last),
        (json!({"to": time(3), "count_back": 2}), 1..=2),
        (json!({"to": time(3) + 1, "count_back": 1}), 3..=3),
    ];
    for (mut payload, expected) in table {
        payload["symbol"] = "AAPL".into();
        payload["resolution"] = "D".into();
        let answer = history(&mut client, payload.clone()).await;
        assert_eq!(rows(&answer), days[expected], "{payload}");
        assert_eq!(answer["more"], false, "{payload}");
    }
    for payload in [
        json!({"symbol": "AAPL", "resolution": "D", "from": begin, "to": begin}),
        // A weekend, before the recording, and what lies ahead of the market's time.
        json!({"symbol": "AAPL", "resolution": "D", "from": midnight("2008-01-05") as i64, "to": midnight("2008-01-07") as i64}),
        json!({"symbol": "AAPL", "resolution": "D", "from": 0, "to": midnight("2000-01-01") as i64}),
        json!({"symbol": "AAPL", "from": midnight("2013-01-01") as i64, "to": midnight("2014-01-01") as i64}),
        json!({"symbol": "AAPL", "resolution": "D", "to": -1, "count_back": 10}),
        json!({"symbol": "AAPL", "resolution": "D", "to": -62_135_596_800_000_i64, "count_back": 5000}),
    ] {
        assert_eq!(
            history(&mut client, payload.clone()).await["bars"],
            json!([]),
            "{payload}"
        );
    }
    let both = json!({"symbol": "AAPL", "from": begin, "count_back": 5});
    let error = client.get_error("bars.history", both).await;
    assert_eq!(
        code_and_pointers(&error),
        ("invalid_range", vec!["/payload/count_back"])
    );
    for contradiction in [
        json!({"symbol": "AAPL", "from": end, "to": begin}),
        json!({"symbol": "AAPL", "from": 253_402_300_799_999_i64}),
    ] {
        let error = client
            .get_error("bars.history", contradiction.clone())
            .await;
        assert_eq!(
            code_and_pointers(&error).0,
            "invalid_range",
            "{contradiction}"
        );
        assert_eq!(error["severity"], "business_logic_error");
    }
    // Without anything else, the last 500 minutes up to now.
    let minutes = rows(&history(&mut client, json!({"symbol": "AAPL"})).await);
    assert_eq!(minutes.len(), 500);
    assert!(minutes.windows(2).all(|pair| pair[0][0] < pair[1][0]));
    let all = rows(
        &history(
            &mut client,
            json!({"symbol": "AAPL", "resolution": "D", "from": 0}),
        )
        .await,
    );
    assert_eq!(all.first().unwrap()[0], midnight("2000-03-01"));
}

#[tokio::test]
async fn a_long_history_comes_in_parts() {
    let server = Server::shared().await;
    let mut client = server.client().await;
    let (from, end) = (midnight("2008-11-17") as i64, midnight("2008-12-16") as i64);
    let ask = |to: i64| json!({"symbol": "MSFT", "resolution": "1", "from": from, "to": to});
    let (mut parts, mut to) = (Vec::new(), end);
    loop {
        let answer = history(&mut client, ask(to)).await;
        let bars = rows(&answer);
        to = bars[0][0] as i64;
        parts.push(bars);
        if answer["more"] == false {
            break;
        }
        assert_eq!(parts.last().unwrap().len(), 5000);
    }
    // 20 days of 390 minutes.
    assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [5000, 2800]);
    let all: Vec<_> = parts.into_iter().rev().flatten().collect();
    assert!(
        all.windows(2).all(|pair| pair[0][0] < pair[1][0]),
        "no overlap, no disorder"
    );
    // Exactly as many as one answer holds are all of them.
    let exactly = json!({"symbol": "MSFT", "from": all[2800][0] as i64, "to": end});
    let answer = history(&mut client, exactly).await;
    assert_eq!(
        (rows(&answer).len(), &answer["more"]),
        (5000, &json!(false))
    );
    // The most that `count_back` takes is no part of more.
    let count = json!({"symbol": "MSFT", "count_back": 5000});
    let answer = history(&mut client, count).await;
    assert_eq!(
        (rows(&answer).len(), &answer["more"]),
        (5000, &json!(false))
    );
}

/// Closed bars by their time, of one resolution.
type Closed = BTreeMap<i64, [f64; 6]>;

fn closed(bars: &[[f64; 6]]) -> Closed {
    bars.iter().map(|bar| (bar[0] as i64, *bar)).collect()
}

#[tokio::test]
async fn history_and_live_bars_join_without_hole_or_overlap() {
    // A day of 390 minutes in 4 s.
    let server = Server::start(&["--replay-day", "4s"]).await;
    let mut client = server.client().await;
    let topics = json!({"topics": ["bars:AAPL:1", "bars:AAPL:5"]});
    client.get("subscribe", topics).await;
    let mut past = BTreeMap::new();
    for resolution in ["1", "5"] {
        let payload = json!({"symbol": "AAPL", "resolution": resolution, "count_back": 400});
        past.insert(
            resolution,
            closed(&rows(&history(&mut client, payload).await)),
        );
    }
    let mut live: BTreeMap<&str, Closed> = BTreeMap::new();
    let mut seqs = BTreeMap::new();
    let mut early = std::mem::take(&mut client.passed).into_iter();
    while live.get("5").is_none_or(|bars| bars.len() < 20) {
        let frame = match early.next() {
            Some(frame) => frame,
            None => client.next().await,
        };
        assert_eq!(frame["type"], "bars.update", "{frame}");
        let bar = &frame["payload"];
        let resolution = if bar["resolution"] == "1" { "1" } else { "5" };
        let seq = frame["seq"].as_u64().unwrap();
        if let Some(before) = seqs.insert(resolution, seq) {
            assert_eq!(seq, before + 1);
        }
        if bar["closed"] == true {
            let row = rows(&json!({"bars": [bar]}))[0];
            let twice = live
                .entry(resolution)
                .or_default()
                .insert(row[0] as i64, row);
            assert_eq!(twice, None, "a bar closes once");
        }
    }
    for resolution in ["1", "5"] {
        let (past, live) = (&past[resolution], &live[resolution]);
        for (time, bar) in live {
            assert!(
                past.get(time).is_none_or(|same| same == bar),
                "{resolution} {time}"
            );
        }
        // Together they are what history says of the whole afterwards.
        let mut union = past.clone();
        union.extend(live);
        let (first, last) = (
            union.first_key_value().unwrap().0,
            union.last_key_value().unwrap().0,
        );
        let whole =
            json!({"symbol": "AAPL", "resolution": resolution, "from": first, "to": last + 1});
        assert_eq!(
            union,
            closed(&rows(&history(&mut client, whole).await)),
            "{resolution}"
        );
    }
    // Five minutes are the five minutes in them.
    let mut compared = 0;
    for (time, bar) in &live["5"] {
        let minutes: Vec<_> = live["1"]
            .range(time..&(time + 300_000))
            .map(|(_, bar)| bar)
            .collect();
        if minutes.len() < 5 {
            // The first may have begun before the subscription.
            continue;
        }
        let highest = minutes.iter().map(|bar| bar[2]).fold(f64::MIN, f64::max);
        let lowest = minutes.iter().map(|bar| bar[3]).fold(f64::MAX, f64::min);
        let volume: f64 = minutes.iter().map(|bar| bar[5]).sum();
        let expected = [
            bar[0],
            minutes[0][1],
            highest,
            lowest,
            minutes[4][4],
            volume,
        ];
        assert_eq!(*bar, expected, "{time}");
        compared += 1;
    }
    assert!(compared >= 19, "{compared}");
}

/// Who follows a book by its changes has the quote on top of it, at any time.
#[tokio::test]
async fn a_book_and_its_quote_agree() {
    let server = Server::start(&["--replay-day", "20s"]).await;
    let mut client = server.client().await;
    let topics = json!({"topics": ["quotes:MSFT", "orderbook:MSFT"]});
    client.get("subscribe", topics).await;
    let mut follower = Follower::default();
    let (mut quote, mut agreed, mut moved) = (Value::Null, 0, 0);
    while agreed < 500 {
        let frame = client.next().await;
        if frame["type"] == "quotes.update" {
            moved += i64::from(frame["payload"]["bid"] != quote["bid"]);
            quote = frame["payload"].clone();
            continue;
        }
        follower.receive(&frame);
        let book = follower.book.as_ref().unwrap();
        assert!(book.bids.len() <= 25 && book.asks.len() <= 25, "{book:?}");
        if frame["payload"]["time"] != quote["time"] {
            // The very first of one of the two may have come before the other was subscribed to.
            assert_eq!(agreed, 0, "{frame} {quote}");
            continue;
        }
        let (bid, ask) = (
            book.bids.last_key_value().unwrap(),
            book.asks.first_key_value().unwrap(),
        );
        let size = |name: &str| quote[name].as_f64().unwrap() as i64;
        assert_eq!((*bid.0, *bid.1), (cents(&quote["bid"]), size("bid_size")));
        assert_eq!((*ask.0, *ask.1), (cents(&quote["ask"]), size("ask_size")));
        agreed += 1;
    }
    assert!(moved > 50, "{moved}");
    // Who comes now has the same book at once.
    let mut other = server.client().await;
    let answer = other
        .get("orderbook.subscribe", json!({"symbol": "MSFT"}))
        .await;
    let mut late = Follower::default();
    while late.seq < answer["seq"].as_u64().unwrap() {
        late.receive(&other.next().await);
    }
    while follower.seq < late.seq {
        let frame = client.next().await;
        if frame["type"] != "quotes.update" {
            follower.receive(&frame);
        }
    }
    assert_eq!((follower.seq, follower.book), (late.seq, late.book));
    assert_eq!(follower.snapshots, 1, "it has kept up");
}

#[tokio::test]
async fn when_the_recording_ends_it_starts_over() {
    // The last two days of the recording, a second each.
    let server = Server::start(&["--replay-start", "2013-02-28", "--replay-day", "1s"]).await;
    let mut client = server.client().await;
    let topics = json!({"topics": ["bars:AAPL:D", "quotes:MSFT", "orderbook:AAPL"]});
    let answer = client.get("subscribe", topics).await;
    let epoch = |n: usize| answer["results"][n]["epoch"].as_str().unwrap().to_owned();
    let mut epochs = BTreeMap::from([
        ("bars:AAPL:D".to_owned(), epoch(0)),
        ("quotes:MSFT".to_owned(), epoch(1)),
        ("orderbook:AAPL".to_owned(), epoch(2)),
    ]);
    let first_epochs = epochs.clone();
    let mut seqs: BTreeMap<String, u64> = BTreeMap::new();
    let mut restarted: BTreeMap<String, u32> = BTreeMap::new();
    let mut alerts = 0;
    let mut first_bar = None;
    let done = |restarted: &BTreeMap<String, u32>, seqs: &BTreeMap<String, u64>, alerts| {
        restarted.len() == 3 && seqs.values().filter(|seq| **seq > 0).count() == 3 && alerts > 0
    };
    while !done(&restarted, &seqs, alerts) {
        let frame = client.next().await;
        let payload = &frame["payload"];
        match frame["type"].as_str().unwrap() {
            "system_alert" => {
                alerts += 1;
                assert_eq!(
                    *payload,
                    json!({"level": "info", "code": "replay_restarted",
                        "message": "the recorded market reached its end and starts over"})
                );
            }
            "topic.reset" => {
                let topic = payload["topic"].as_str().unwrap().to_owned();
                assert_eq!(
                    (&payload["reason"], &payload["seq"]),
                    (&json!("restarted"), &json!(0))
                );
                let epoch = payload["epoch"].as_str().unwrap().to_owned();
                assert_ne!(epochs.insert(topic.clone(), epoch.clone()), Some(epoch));
                seqs.insert(topic.clone(), 0);
                *restarted.entry(topic).or_default() += 1;
            }
            kind
            @ ("bars.update" | "quotes.update" | "orderbook.update" | "orderbook.snapshot") => {
                let topic = frame["topic"].as_str().unwrap().to_owned();
                if restarted.contains_key(&topic) {
                    let seq = seqs.get_mut(&topic).unwrap();
                    assert_eq!(frame["seq"], *seq + 1, "{frame}");
                    // A book begins anew.
                    let first_of_book = *seq == 0 && topic == "orderbook:AAPL";
                    assert_eq!(kind == "orderbook.snapshot", first_of_book, "{frame}");
                    *seq += 1;
                    if topic == "bars:AAPL:D" {
                        first_bar.get_or_insert(payload["time"].as_f64().unwrap());
                    }
                }
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!(first_bar, Some(midnight("2013-02-28")));
    // A position of before cannot be resumed.
    let mut other = server.client().await;
    let since =
        json!({"symbol": "MSFT", "since": {"epoch": first_epochs["quotes:MSFT"], "seq": 1}});
    let answer = other.get("quotes.subscribe", since).await;
    assert_eq!(
        (&answer["recovered"], &answer["reason"]),
        (&json!(false), &json!("epoch_changed"))
    );
}

#[tokio::test]
async fn symbols_are_found_and_explained() {
    let server = Server::shared().await;
    let mut client = server.client().await;
    for (query, expected) in [
        (
            json!({"query": ""}),
            vec!["AAPL", "FB", "GOOG", "IBM", "MSFT"],
        ),
        (json!({"query": "", "limit": 2}), vec!["AAPL", "FB"]),
        (json!({"query": "aapl"}), vec!["AAPL"]),
        (json!({"query": "APPLE"}), vec!["AAPL"]),
        (json!({"query": "micro"}), vec!["MSFT"]),
        (json!({"query": "nothing of that kind"}), vec![]),
    ] {
        let answer = client.get("symbols.search", query.clone()).await;
        let symbols = answer["symbols"].as_array().unwrap().iter();
        let symbols: Vec<_> = symbols
            .map(|info| info["symbol"].as_str().unwrap())
            .collect();
        assert_eq!(symbols, expected, "{query}");
    }
    let info = client
        .get("symbols.resolve", json!({"symbol": "AAPL"}))
        .await;
    assert_eq!(
        (
            &info["timezone"],
            &info["session"],
            &info["kind"],
            &info["currency"]
        ),
        (
            &json!("America/New_York"),
            &json!("0930-1600"),
            &json!("stock"),
            &json!("USD")
        )
    );
    assert_eq!(
        info["resolutions"],
        json!(["1", "5", "15", "30", "60", "240", "D"])
    );
    assert_eq!(
        info["splits"],
        json!([{"date": "2000-06-21", "ratio": "2:1"}, {"date": "2005-02-28", "ratio": "2:1"}])
    );
    assert_eq!(info["adjusted"], false);
}

#[tokio::test]
async fn a_symbol_that_is_not_there_leaves_nothing_behind() {
    let server = Server::start(&[]).await;
    let mut client = server.client().await;
    for family in ["bars", "quotes", "trades"] {
        let error = client
            .get_error(&format!("{family}.subscribe"), json!({"symbol": "ZZZZ"}))
            .await;
        assert_eq!(
            (&error["code"], &error["message"]),
            (&json!("unknown_symbol"), &json!("no symbol 'ZZZZ'"))
        );
    }
    assert_eq!(server.counts(), (0, 0, 1));
}

#[tokio::test]
async fn a_made_up_market() {
    let server = Server::start(&["--source", "synthetic", "--symbols", "3", "--rate", "600"]).await;
    let mut client = server.client().await;
    let found = client.get("symbols.search", json!({"query": ""})).await;
    let symbols = found["symbols"].as_array().unwrap();
    assert_eq!(symbols.len(), 3);
    let symbol = symbols[0]["symbol"].clone();
    assert_eq!(symbols[0]["kind"], "synthetic");
    client
        .get("trades.subscribe", json!({"symbol": symbol}))
        .await;
    client
        .get("quotes.subscribe", json!({"symbol": symbol}))
        .await;
    let (mut trades, mut quotes) = (0, 0);
    while trades < 20 || quotes < 20 {
        let frame = client.next().await;
        assert_eq!(frame["payload"]["symbol"], symbol);
        match frame["type"].as_str().unwrap() {
            "trades.update" => trades += 1,
            "quotes.update" => quotes += 1,
            other => panic!("{other}"),
        }
    }
    let past = history(&mut client, json!({"symbol": symbol, "count_back": 50})).await;
    assert_eq!(rows(&past).len(), 50);
}

#[tokio::test]
async fn a_market_from_a_file() {
    let path = std::env::temp_dir().join(format!("tickwire-{}.csv", std::process::id()));
    let mut text = String::from("symbol,date,open,high,low,close,volume\n");
    for day in 1..=9 {
        text += &format!("ACME,2024-01-0{day},{day}0.5,{day}1,{day}0,{day}0.25,1000\n");
    }
    std::fs::write(&path, text).unwrap();
    let server = within(
        "the start",
        Server::start(&["--source", path.to_str().unwrap()]),
    )
    .await;
    let mut client = server.client().await;
    let info = client
        .get("symbols.resolve", json!({"symbol": "ACME"}))
        .await;
    assert_eq!(info["symbol"], "ACME");
    let past = history(&mut client, json!({"symbol": "ACME", "resolution": "D", "to": midnight("2024-01-04") as i64, "count_back": 2})).await;
    assert_eq!(
        rows(&past),
        [
            [midnight("2024-01-02"), 20.5, 21.0, 20.0, 20.25, 1000.0],
            [midnight("2024-01-03"), 30.5, 31.0, 30.0, 30.25, 1000.0],
        ]
    );
    client
        .get("trades.subscribe", json!({"symbol": "ACME"}))
        .await;
    client.expect("trades.update").await;
    std::fs::remove_file(&path).unwrap();
}
