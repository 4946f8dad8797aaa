//! `Display` and `FromStr` of topics are inverse, in both directions.

use proptest::prelude::*;

use crate::service::{DeltaFamily, PlainFamily, TopicFamily};
use crate::tickwire::types::{BarResolution, BookSnapshot, TickerSymbol};
use crate::tickwire::{Topic, topic};
use crate::workshop::types::{CalendarDay, FloorName, Job, OrderId, RatioText};
use crate::{echo, workshop};

const RESOLUTIONS: [&str; 7] = ["1", "5", "15", "30", "60", "240", "D"];
const FLOORS: [&str; 7] = ["240", "D", "+1", "a-b", "3rd", "Self", "on/off"];

/// A text that is a topic is written back as itself.
fn check<T: TopicFamily>(text: &str) -> T {
    let topic: T = text.parse().unwrap();
    assert_eq!(topic.to_string(), text);
    topic
}

#[test]
fn odd_symbols_in_all_resolutions() {
    for symbol in ["AAPL", "BRK.B", "BTC-USD", "0", "A_B", "X.-_"] {
        for resolution in RESOLUTIONS {
            let text = format!("bars:{symbol}:{resolution}");
            let bars: topic::Bars = check(&text);
            assert_eq!(bars.symbol.to_string(), symbol);
            assert_eq!(bars.resolution.to_string(), resolution);
            let any: Topic = text.parse().unwrap();
            assert_eq!(any, Topic::from(bars));
            assert_eq!((any.to_string(), any.family()), (text, "bars"));
        }
        check::<topic::Quotes>(&format!("quotes:{symbol}"));
        check::<topic::Trades>(&format!("trades:{symbol}"));
        check::<topic::Orderbook>(&format!("orderbook:{symbol}"));
    }
}

#[test]
fn what_is_not_a_topic() {
    const BARS: &str = "bars:{symbol}:{resolution}";
    const ANY: &str =
        "bars:{symbol}:{resolution} | quotes:{symbol} | trades:{symbol} | orderbook:{symbol}";
    for (text, expected) in [
        ("", ANY),
        ("bar:AAPL:1", ANY),
        ("bars", BARS),
        ("bars:AAPL", BARS),
        ("bars:AAPL:", BARS),
        ("bars::1", BARS),
        ("bars:AAPL:1:", BARS),
        ("bars:AAPL:1:1", BARS),
        ("bars:AAPL:7", BARS),
        ("bars:aapl:1", BARS),
        ("bars:AAPL:1\n", BARS),
        ("bars: AAPL:1", BARS),
        ("quotes:AÄ", "quotes:{symbol}"),
        (
            "trades:ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456",
            "trades:{symbol}",
        ),
    ] {
        let error = text.parse::<Topic>().unwrap_err();
        assert_eq!((error.topic.as_str(), error.expected), (text, expected));
    }
    assert!(
        "quotes:AAPL".parse::<topic::Trades>().is_err(),
        "another family's"
    );
}

#[test]
fn only_one_spelling_is_a_topic() {
    let text = "work-orders:019a2f6e-7c1a-7b3e-9d55-0a4c1f2e6b01:2026-11-02";
    check::<workshop::topic::WorkOrders>(text);
    for other in [
        text.to_uppercase().replace("WORK-ORDERS", "work-orders"),
        text.replace("6e-7c1a-7b3e-9d55-0a", "6e7c1a7b3e9d550a"),
        text.replace("2026-11-02", "2026-11-2"),
        text.replace("2026-11-02", "+2026-11-02"),
    ] {
        assert!(other.parse::<workshop::Topic>().is_err(), "{other}");
    }
}

#[test]
fn without_parameters_and_without_families() {
    check::<workshop::topic::Siren>("siren");
    assert!("siren:".parse::<workshop::Topic>().is_err());
    assert!("siren".parse::<echo::Topic>().is_err());
}

/// What a family is published as is decided by its type.
#[test]
fn only_families_of_changes_have_snapshots() {
    fn plain<T: PlainFamily>() -> &'static str {
        T::FAMILY
    }
    fn delta<T: DeltaFamily<Snapshot = S>, S>() -> &'static str {
        T::FAMILY
    }
    assert_eq!(plain::<topic::Bars>(), "bars");
    assert_eq!(delta::<topic::Orderbook, BookSnapshot>(), "orderbook");
    assert_eq!(delta::<workshop::topic::WorkOrders, Job>(), "work_orders");
}

fn bars() -> impl Strategy<Value = topic::Bars> {
    let symbol = "[A-Z0-9][A-Z0-9._-]{0,31}";
    (symbol, prop::sample::select(&RESOLUTIONS[..])).prop_map(|(symbol, resolution)| topic::Bars {
        symbol: symbol.parse::<TickerSymbol>().unwrap(),
        resolution: resolution.parse::<BarResolution>().unwrap(),
    })
}

proptest! {
    #[test]
    fn a_topic_is_read_as_itself(bars in bars()) {
        prop_assert_eq!(bars.to_string().parse::<topic::Bars>().unwrap(), bars.clone());
        let quotes = topic::Quotes { symbol: bars.symbol.clone() };
        prop_assert_eq!(quotes.to_string().parse::<topic::Quotes>().unwrap(), quotes);
        let any = Topic::from(bars);
        prop_assert_eq!(any.to_string().parse::<Topic>().unwrap(), any);
    }

    #[test]
    fn so_is_one_with_other_types(
        floor in prop::sample::select(&FLOORS[..]),
        ratio in "[0-9]{1,3}([.][0-9])?",
        order in any::<u128>(),
        days in -300_000_i32..300_000,
    ) {
        let machines = workshop::topic::Machines {
            floor: floor.parse::<FloorName>().unwrap(),
            ratio_2: ratio.parse::<RatioText>().unwrap(),
        };
        prop_assert_eq!(machines.to_string().parse::<workshop::topic::Machines>().unwrap(), machines);
        let date = chrono::NaiveDate::default() + chrono::Days::new(days.unsigned_abs().into());
        let orders = workshop::topic::WorkOrders {
            topic: OrderId(uuid::Uuid::from_u128(order)),
            read: CalendarDay(date),
        };
        prop_assert_eq!(orders.to_string().parse::<workshop::topic::WorkOrders>().unwrap(), orders);
    }

    #[test]
    fn what_is_read_is_written_as_it_was(
        text in r"(bars|quotes|trades|work-orders|machines|siren|[a-z]{0,3})(:([A-Z0-9._-]{0,5}|1|D|line|\PC{0,4})){0,4}"
    ) {
        if let Ok(topic) = text.parse::<Topic>() {
            prop_assert_eq!(topic.to_string(), text.as_str());
        }
        if let Ok(topic) = text.parse::<workshop::Topic>() {
            prop_assert_eq!(topic.to_string(), text.as_str());
        }
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>()) {
        if let Ok(topic) = text.parse::<Topic>() {
            prop_assert_eq!(topic.to_string(), text);
        }
    }
}
