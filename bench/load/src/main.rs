//! The load of the comparison: opens WebSockets, publishes over HTTP, counts what arrives.
//!
//! One thread and one `epoll`. Frames are found by their headers, and of their text only `seq` (the
//! server's number, which must grow by one) and `n` (ours, which tells the time of its publication)
//! are read. So it costs less than any server that it measures, and says what it cost itself.
//!
//! It never sleeps while it measures: a reader that sleeps has to be woken by the server's `write`,
//! and then the server is charged for its reader.

mod frames;
mod load;
mod measure;
mod peer;

use std::net::SocketAddrV4;
use std::time::Duration;

use clap::{Parser, ValueEnum};

/// Loads one server and prints one line of JSON.
#[derive(Parser)]
pub struct Options {
    #[arg(value_enum)]
    scenario: Scenario,
    /// Where the server listens.
    #[arg(long)]
    address: SocketAddrV4,
    /// Process whose CPU time and memory are measured.
    #[arg(long)]
    pid: u32,
    /// Name in the result.
    #[arg(long, default_value = "server")]
    name: String,
    /// Connections that read, spread evenly over the topics.
    #[arg(long, default_value_t = 1000)]
    subscribers: usize,
    #[arg(long, default_value_t = 1)]
    topics: usize,
    /// Connections beside them that are subscribed and never read.
    #[arg(long, default_value_t = 0)]
    stalled: usize,
    /// Publications (or, of each connection, pings) that are under way at the same time.
    #[arg(long, default_value_t = 1)]
    in_flight: usize,
    /// Bytes by which a publication is longer.
    #[arg(long, default_value_t = 0)]
    pad: usize,
    /// Publications per second; as many as possible without it.
    #[arg(long)]
    rate: Option<f64>,
    /// How long to measure.
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// How long to run before that.
    #[arg(long, default_value_t = 0.5)]
    warmup: f64,
    /// A frame that a new connection has to send to be subscribed; {topic} is replaced.
    #[arg(long)]
    hello: Option<String>,
    /// What is sent as a ping; {id} is replaced.
    #[arg(
        long,
        default_value = r#"{"type":"ping","msg_id":"{id}","payload":{}}"#
    )]
    ping: String,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scenario {
    /// Publications to subscribers.
    Fanout,
    /// Validated requests with answers.
    Ping,
    /// Connections that are subscribed, get one publication and are silent.
    Idle,
}

impl Options {
    fn duration(&self) -> Duration {
        Duration::from_secs_f64(self.seconds)
    }
}

fn main() {
    let options = Options::parse();
    let result = match options.scenario {
        Scenario::Fanout => load::fanout(&options),
        Scenario::Ping => load::ping(&options),
        Scenario::Idle => load::idle(&options),
    };
    match result {
        Ok(result) => println!("{result}"),
        Err(error) => {
            eprintln!("bench-load: {}: {error}", options.name);
            std::process::exit(1);
        }
    }
}
