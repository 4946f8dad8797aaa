//! The Rust client, which is made from the contract, with the server that serves it.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Parser;
use tickwire::app::App;
use tickwire::config::Cli;
use tickwire_client::runtime::{Backoff, Change, Event, Loss, Notice, RequestError, Subscription};
use tickwire_client::{Client, Options, Push, connect, topic, types};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Longer than anything here takes, also on a busy machine. Who waits for it has found a bug.
const PATIENCE: Duration = Duration::from_secs(30);

/// A market that moves all the time.
const SYNTHETIC: [&str; 2] = ["--source", "synthetic"];

struct Server {
    address: SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Server {
    async fn start(listen: &str, flags: &[&str]) -> Self {
        let arguments = ["tickwire", "--listen", listen];
        let cli = Cli::try_parse_from(arguments.iter().chain(flags)).expect("flags that exist");
        let app = App::start(&cli.serve).await.expect("the server starts");
        let address = app.address().expect("an address");
        let stop = CancellationToken::new();
        let task = tokio::spawn(app.run(stop.clone()));
        Self {
            address,
            stop,
            task,
        }
    }

    async fn client(&self) -> Client {
        let backoff = Backoff {
            base: Duration::from_millis(10),
            cap: Duration::from_millis(100),
        };
        let options = Options {
            backoff,
            validate_incoming: true,
            timeout: PATIENCE,
            ..Options::default()
        };
        let url = format!("ws://{}/ws", self.address);
        connect(url, options).await.expect("a connection")
    }

    async fn end(self) {
        self.stop.cancel();
        within("the end", self.task).await.expect("no panic");
    }
}

async fn within<F: IntoFuture>(what: &str, future: F) -> F::Output {
    match tokio::time::timeout(PATIENCE, future).await {
        Ok(output) => output,
        Err(_) => panic!("{what} did not come"),
    }
}

fn symbol(name: &str) -> types::TickerSymbol {
    name.parse().expect("a symbol")
}

async fn any_symbol(client: &Client) -> types::TickerSymbol {
    let request = types::SymbolsSearchRequest {
        query: "".parse().expect("a text"),
        limit: types::SearchLimit(1),
    };
    let found = client.symbols_search(request).await.expect("symbols");
    found.symbols[0].symbol.clone()
}

#[tokio::test]
async fn requests_have_typed_answers_and_errors() {
    let server = Server::start("127.0.0.1:0", &[]).await;
    let client = server.client().await;
    let range = |name: &str, from, to| types::BarsHistoryRequest {
        symbol: symbol(name),
        resolution: types::BarResolution::D,
        from: Some(types::UnixMillis(from)),
        to: Some(types::UnixMillis(to)),
        count_back: None,
    };
    let request = client.bars_history(range("AAPL", 1_199_145_600_000, 1_199_404_800_000));
    let answer = request.await.expect("an answer");
    let closes: Vec<f64> = answer.bars.iter().map(|bar| bar.close.0).collect();
    assert_eq!(closes, [194.84, 194.93]);

    let refused = client.bars_history(range("NOPE", 0, 1)).await;
    match refused {
        Err(RequestError::Refused(refusal)) => assert_eq!(refusal.code, "unknown_symbol"),
        other => panic!("{other:?}"),
    }
    // What the type allows and the contract does not is found before it is sent.
    let never = 253_402_300_800_000;
    match client.bars_history(range("AAPL", never, never)).await {
        Err(RequestError::Invalid(details)) => {
            let pointers: Vec<_> = details
                .iter()
                .map(|detail| detail.pointer.as_str())
                .collect();
            assert_eq!(pointers, ["/payload/from", "/payload/to"]);
        }
        other => panic!("{other:?}"),
    }
    client.close();
    assert!(matches!(
        client.ping(types::PingRequest {}).await,
        Err(RequestError::Closed(_))
    ));
    within("the close", client.connection().closed()).await;
    server.end().await;
}

#[tokio::test]
async fn streams_have_typed_updates_and_subscribers_share_them() {
    let server = Server::start("127.0.0.1:0", &SYNTHETIC).await;
    let client = server.client().await;
    let name = any_symbol(&client).await;
    let book = topic::Orderbook {
        symbol: name.clone(),
    };
    let mut first = within("a subscription", client.orderbook(book.clone()))
        .await
        .expect("subscribed");
    assert!(matches!(
        within("a book", first.next_update()).await,
        Some(Change::Snapshot(_))
    ));
    assert!(matches!(
        within("a change", first.next_update()).await,
        Some(Change::Update(_))
    ));
    // Who comes late gets the book, too, and there is one subscription for both.
    let mut second = within("a subscription", client.orderbook(book))
        .await
        .expect("subscribed");
    assert!(matches!(
        within("a book", second.next_update()).await,
        Some(Change::Snapshot(_))
    ));
    let status = client.get_status(types::GetStatusRequest {});
    let status = status.await.expect("a status");
    assert_eq!(status.subscriptions.len(), 1);

    drop((first, second));
    let nobody = async {
        loop {
            let status = client.get_status(types::GetStatusRequest {});
            if status.await.expect("a status").subscriptions.is_empty() {
                break;
            }
        }
    };
    within("the unsubscribe", nobody).await;
    client.close();
    server.end().await;
}

/// The numbers of the updates that come, until there are so many; and the notices between.
async fn numbers(
    trades: &mut Subscription<topic::Trades>,
    count: usize,
) -> (Vec<u64>, Vec<Notice>) {
    let (mut numbers, mut notices) = (Vec::new(), Vec::new());
    while numbers.len() < count {
        match within("an event", trades.next()).await {
            Some(Event::Update(update)) => numbers.push(update.seq),
            Some(Event::Notice(notice)) => notices.push(notice),
            None => panic!("the subscription ended after {notices:?}"),
        }
    }
    (numbers, notices)
}

#[tokio::test]
async fn connections_that_end_of_age_are_resumed_without_a_hole() {
    let flags = [&SYNTHETIC[..], &["--max-connection-age", "1s"]].concat();
    let server = Server::start("127.0.0.1:0", &flags).await;
    let client = server.client().await;
    let name = any_symbol(&client).await;
    let mut trades = within(
        "a subscription",
        client.trades(topic::Trades { symbol: name }),
    )
    .await
    .expect("subscribed");
    let mut last = None;
    while client.connection().stats().reconnects < 2 {
        let (next, notices) = numbers(&mut trades, 1).await;
        assert_eq!(notices, [], "everything that was missed could be had");
        assert!(
            last.is_none_or(|last| next[0] == last + 1),
            "{next:?} behind {last:?}"
        );
        last = Some(next[0]);
    }
    let stats = client.connection().stats();
    assert_eq!((stats.gaps, stats.invalid_frames), (0, 0));
    client.close();
    server.end().await;
}

#[tokio::test]
async fn a_restarted_server_is_found_again_and_the_loss_is_told() {
    let server = Server::start("127.0.0.1:0", &SYNTHETIC).await;
    let listen = server.address.to_string();
    let client = server.client().await;
    let mut pushes = client.pushes();
    let name = any_symbol(&client).await;
    let mut trades = within(
        "a subscription",
        client.trades(topic::Trades { symbol: name }),
    )
    .await
    .expect("subscribed");
    numbers(&mut trades, 2).await;
    server.end().await;
    let told = within("the push", pushes.next()).await;
    assert!(matches!(told, Some(Push::Shutdown(_))), "{told:?}");

    let server = Server::start(&listen, &SYNTHETIC).await;
    let lost = loop {
        match within("an event", trades.next()).await {
            Some(Event::Notice(notice)) => break notice,
            Some(Event::Update(_)) => {}
            None => panic!("the subscription ended"),
        }
    };
    assert_eq!(lost, Notice::NotRecovered(Loss::EpochChanged));
    let (next, notices) = numbers(&mut trades, 3).await;
    assert_eq!((next[1] - next[0], next[2] - next[1]), (1, 1));
    assert_eq!(notices, []);
    let answer = client.ping(types::PingRequest {}).await;
    answer.expect("requests are answered again");
    client.close();
    server.end().await;
}
