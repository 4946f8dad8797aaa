//! The scenarios.

use std::fmt::Write;
use std::io;
use std::time::{Duration, Instant};

use mio::{Events, Poll, Token};

use crate::frames::{self, Number};
use crate::measure::{self, Histogram};
use crate::peer::{Publisher, Subscriber};
use crate::{Options, Scenario};

/// Connections that are being opened at a time: fewer than any server's backlog.
const OPENING: usize = 64;

/// How long nothing may arrive before what has not arrived is lost.
const PATIENCE: Duration = Duration::from_secs(5);

/// Publications whose times are remembered; more than are ever under way.
const REMEMBERED: usize = 1 << 12;

/// What a connection that never reads takes into its own buffer.
const STALLED_BUFFER: usize = 64 * 1024;

/// All connections to one server, and what came over them.
struct Load<'a> {
    options: &'a Options,
    poll: Poll,
    buffer: Vec<u8>,
    /// In the order of their tokens, from 0; publishers follow.
    subscribers: Vec<Subscriber>,
    publishers: Vec<Lane>,
    stalled: Vec<Subscriber>,
    tally: Tally,
}

/// A publisher with what it has published last.
struct Lane {
    publisher: Publisher,
    answered: bool,
    n: u64,
}

/// What has arrived.
struct Tally {
    seq: Number,
    n: Number,
    /// By `n`: when it was published, and how many have not received it.
    under_way: Vec<(Instant, usize)>,
    latency: Histogram,
    published: u64,
    delivered: u64,
    bytes: u64,
    lost: u64,
    duplicate: u64,
    disordered: u64,
    /// Texts that are no updates, of subscriptions that were confirmed.
    other: u64,
}

impl Tally {
    fn new() -> Self {
        Self {
            seq: Number::new(b"\"seq\":"),
            n: Number::new(b"\"n\":"),
            under_way: vec![(Instant::now(), 0); REMEMBERED],
            latency: Histogram::new(),
            published: 0,
            delivered: 0,
            bytes: 0,
            lost: 0,
            duplicate: 0,
            disordered: 0,
            other: 0,
        }
    }

    fn take(&mut self, subscriber: &mut Subscriber, text: &[u8], now: Instant) {
        let (Some(n), Some(seq)) = (self.n.of(text), self.seq.of(text)) else {
            self.other += 1;
            return;
        };
        subscriber.received += 1;
        self.delivered += 1;
        self.bytes += text.len() as u64;
        match seq {
            // A server may have numbered updates before this connection came.
            _ if seq == subscriber.seq + 1 || subscriber.received == 1 => subscriber.seq = seq,
            _ if seq == subscriber.seq => self.duplicate += 1,
            _ if seq < subscriber.seq => self.disordered += 1,
            _ => {
                self.lost += seq - subscriber.seq - 1;
                subscriber.seq = seq;
            }
        }
        let (sent, left) = &mut self.under_way[n as usize % REMEMBERED];
        *left = left.saturating_sub(1);
        self.latency.add(now.saturating_duration_since(*sent));
    }
}

impl<'a> Load<'a> {
    /// Opens all connections and waits until each is subscribed.
    fn open(options: &'a Options) -> io::Result<Self> {
        let mut load = Self {
            options,
            poll: Poll::new()?,
            buffer: vec![0; 256 * 1024],
            subscribers: Vec::new(),
            publishers: Vec::new(),
            stalled: Vec::new(),
            tally: Tally::new(),
        };
        let hello = options.hello.as_deref();
        for index in 0..options.stalled {
            let topic = index % options.topics;
            let receive = Some(STALLED_BUFFER);
            let stalled = Subscriber::open(index, options.address, topic, hello, receive)?;
            load.stalled.push(stalled);
        }
        for index in 0..options.subscribers {
            let topic = index % options.topics;
            let place = options.stalled + index;
            let mut subscriber = Subscriber::open(place, options.address, topic, hello, None)?;
            subscriber.register(load.poll.registry(), Token(index))?;
            load.subscribers.push(subscriber);
            if index % OPENING == OPENING - 1 {
                load.await_confirmations()?;
            }
        }
        load.await_confirmations()?;
        let lanes = if options.scenario == Scenario::Ping {
            0
        } else {
            options.in_flight
        };
        for index in 0..lanes {
            let place = options.stalled + options.subscribers + index;
            let mut publisher = Publisher::open(place, options.address)?;
            let token = Token(options.subscribers + index);
            publisher.register(load.poll.registry(), token)?;
            load.publishers.push(Lane {
                publisher,
                answered: true,
                n: 0,
            });
        }
        Ok(load)
    }

    /// Every connection is told something once it is subscribed.
    fn await_confirmations(&mut self) -> io::Result<()> {
        let begin = Instant::now();
        for index in 0..self.subscribers.len() {
            self.read(index);
        }
        while self.tally.other < self.subscribers.len() as u64 {
            self.turn(Some(Duration::from_millis(10)))?;
            if begin.elapsed() > PATIENCE * 4 {
                let told = self.tally.other;
                return Err(io::Error::other(format!(
                    "only {told} subscriptions confirmed"
                )));
            }
        }
        Ok(())
    }

    fn read(&mut self, index: usize) {
        let Self {
            subscribers,
            buffer,
            tally,
            ..
        } = self;
        let now = Instant::now();
        subscribers[index].read(buffer, |subscriber, text| tally.take(subscriber, text, now));
    }

    /// Reads from whatever has something. Without a timeout it looks and does not sleep.
    fn turn(&mut self, timeout: Option<Duration>) -> io::Result<()> {
        let mut events = Events::with_capacity(1024);
        self.poll
            .poll(&mut events, Some(timeout.unwrap_or_default()))?;
        for event in &events {
            let Token(index) = event.token();
            match index.checked_sub(self.subscribers.len()) {
                None => self.read(index),
                Some(lane) => {
                    let lane = &mut self.publishers[lane];
                    lane.answered |= lane.publisher.read(&mut self.buffer)?;
                }
            }
        }
        Ok(())
    }

    /// Publishes wherever the last publication is answered and has reached everyone.
    fn publish(&mut self, most: usize) -> io::Result<usize> {
        let topics = self.options.topics;
        let mut published = 0;
        for lane in &mut self.publishers {
            let arrived = self.tally.under_way[lane.n as usize % REMEMBERED].1 == 0;
            if published == most || !lane.answered || !arrived {
                continue;
            }
            let n = self.tally.published + 1;
            let topic = n as usize % topics;
            let receivers = self.options.subscribers;
            let receivers = receivers / topics + usize::from(topic < receivers % topics);
            self.tally.under_way[n as usize % REMEMBERED] = (Instant::now(), receivers);
            self.tally.published = n;
            (lane.n, lane.answered) = (n, false);
            lane.publisher.publish(topic, n, self.options.pad)?;
            published += 1;
        }
        Ok(published)
    }

    /// Publishes for a time, then waits until everything has arrived.
    fn run(&mut self, duration: Duration) -> io::Result<()> {
        let begin = Instant::now();
        let mut due = 0.0;
        while begin.elapsed() < duration {
            match self.options.rate {
                None => {
                    self.publish(usize::MAX)?;
                }
                Some(rate) => {
                    if begin.elapsed().as_secs_f64() * rate >= due && self.publish(1)? == 1 {
                        due += 1.0;
                    }
                }
            }
            self.turn(None)?;
        }
        self.drain()
    }

    fn drain(&mut self) -> io::Result<()> {
        let mut delivered = self.tally.delivered;
        let mut heard = Instant::now();
        while self.outstanding() && heard.elapsed() < PATIENCE {
            self.turn(None)?;
            if self.tally.delivered != delivered {
                delivered = self.tally.delivered;
                heard = Instant::now();
            }
        }
        Ok(())
    }

    fn outstanding(&self) -> bool {
        self.publishers
            .iter()
            .any(|lane| !lane.answered || self.tally.under_way[lane.n as usize % REMEMBERED].1 > 0)
    }

    /// Updates that should have come and did not, also at the end, where no gap shows it.
    fn missing(&self) -> u64 {
        let topics = self.options.topics as u64;
        let of_topic = |topic: usize| {
            let published = self.tally.published;
            published / topics + u64::from(topic != 0 && topic as u64 <= published % topics)
        };
        let missing = |one: &Subscriber| of_topic(one.topic).saturating_sub(one.received);
        self.subscribers.iter().map(missing).sum()
    }

    /// How those who do not read have ended, once they do.
    fn fates(&mut self) -> io::Result<String> {
        let (poll, mut told) = (Poll::new()?, String::new());
        let Self {
            stalled, buffer, ..
        } = self;
        for one in stalled {
            one.register(poll.registry(), Token(0))?;
            let begin = Instant::now();
            while one.closed.is_none() && begin.elapsed() < Duration::from_millis(500) {
                one.read(buffer, |one, _| one.received += 1);
            }
            let fate = one
                .closed
                .map_or("open".to_owned(), |code| code.to_string());
            let _ = write!(
                told,
                "{}{fate}:{}",
                if told.is_empty() { "" } else { " " },
                one.received
            );
        }
        Ok(told)
    }
}

/// Costs between two moments.
struct Span {
    begin: Instant,
    server: Duration,
    generator: Duration,
    pid: u32,
}

impl Span {
    fn begin(pid: u32) -> Self {
        let (server, generator) = (measure::cpu(pid), measure::cpu(std::process::id()));
        Self {
            begin: Instant::now(),
            server,
            generator,
            pid,
        }
    }

    fn end(&self) -> (f64, f64, f64) {
        let server = measure::cpu(self.pid) - self.server;
        let generator = measure::cpu(std::process::id()) - self.generator;
        let seconds = self.begin.elapsed().as_secs_f64();
        (seconds, server.as_secs_f64(), generator.as_secs_f64())
    }
}

pub fn fanout(options: &Options) -> io::Result<String> {
    let mut load = Load::open(options)?;
    load.run(Duration::from_secs_f64(options.warmup))?;
    load.tally.latency = Histogram::new();
    let (published, delivered) = (load.tally.published, load.tally.delivered);
    let (before, _) = measure::memory(options.pid);
    let span = Span::begin(options.pid);
    load.run(options.duration())?;
    let (seconds, cpu, generator) = span.end();
    let (after, peak) = measure::memory(options.pid);
    let published = load.tally.published - published;
    let delivered = load.tally.delivered - delivered;
    let gone = load
        .subscribers
        .iter()
        .filter(|one| one.closed.is_some())
        .count();
    let missing = load.missing();
    let fates = load.fates()?;
    let tally = &load.tally;
    Ok(format!(
        r#"{{"name":"{}","seconds":{seconds:.3},"published":{published},"delivered":{delivered},"cpu":{cpu:.2},"generator_cpu":{generator:.2},"cpu_per_million":{:.4},"cpu_per_publication_us":{:.2},"per_second":{:.0},"bytes_per_frame":{:.0},"p50_us":{:.0},"p99_us":{:.0},"max_us":{:.0},"lost":{},"duplicate":{},"disordered":{},"closed":{gone},"rss_before_kib":{before},"rss_kib":{after},"peak_kib":{peak},"stalled":"{fates}"}}"#,
        options.name,
        cpu / delivered as f64 * 1e6,
        cpu / published as f64 * 1e6,
        delivered as f64 / seconds,
        tally.bytes as f64 / tally.delivered as f64,
        tally.latency.quantile(0.5),
        tally.latency.quantile(0.99),
        tally.latency.quantile(1.0),
        missing.max(tally.lost),
        tally.duplicate,
        tally.disordered,
    ))
}

pub fn idle(options: &Options) -> io::Result<String> {
    let (before, _) = measure::memory(options.pid);
    let mut load = Load::open(options)?;
    load.publish(1)?;
    load.drain()?;
    // Whatever a server frees later, a garbage collector, say.
    let begin = Instant::now();
    while begin.elapsed() < options.duration() {
        load.turn(Some(Duration::from_millis(100)))?;
    }
    let (after, peak) = measure::memory(options.pid);
    let gone = load
        .subscribers
        .iter()
        .filter(|one| one.closed.is_some())
        .count();
    let each = (after as f64 - before as f64) / options.subscribers as f64;
    Ok(format!(
        r#"{{"name":"{}","connections":{},"rss_before_kib":{before},"rss_kib":{after},"peak_kib":{peak},"kib_per_connection":{each:.2},"lost":{},"closed":{gone}}}"#,
        options.name,
        options.subscribers,
        load.missing(),
    ))
}

/// Each connection keeps `in_flight` pings under way; answers must come in order.
pub fn ping(options: &Options) -> io::Result<String> {
    let mut load = Load::open(options)?;
    let mut pings = Pings {
        text: &options.ping,
        id: Number::new(b"\"msg_id\":\""),
        under_way: vec![Default::default(); options.subscribers],
        latency: Histogram::new(),
        answered: 0,
        wrong: 0,
        sent: 0,
    };
    for index in 0..options.subscribers {
        pings.send(&mut load.subscribers[index], index, options.in_flight)?;
    }
    pings.run(&mut load, Duration::from_secs_f64(options.warmup))?;
    pings.latency = Histogram::new();
    let answered = pings.answered;
    let span = Span::begin(options.pid);
    pings.run(&mut load, options.duration())?;
    let (seconds, cpu, generator) = span.end();
    let answered = pings.answered - answered;
    let gone = load
        .subscribers
        .iter()
        .filter(|one| one.closed.is_some())
        .count();
    Ok(format!(
        r#"{{"name":"{}","seconds":{seconds:.3},"answered":{answered},"cpu":{cpu:.2},"generator_cpu":{generator:.2},"cpu_per_million":{:.4},"per_second":{:.0},"p50_us":{:.0},"p99_us":{:.0},"wrong":{},"closed":{gone}}}"#,
        options.name,
        cpu / answered as f64 * 1e6,
        answered as f64 / seconds,
        pings.latency.quantile(0.5),
        pings.latency.quantile(0.99),
        pings.wrong,
    ))
}

struct Pings<'a> {
    text: &'a str,
    id: Number,
    /// By connection: what has been asked and not been answered.
    under_way: Vec<std::collections::VecDeque<(u64, Instant)>>,
    latency: Histogram,
    answered: u64,
    wrong: u64,
    sent: u64,
}

impl Pings<'_> {
    fn send(&mut self, to: &mut Subscriber, index: usize, count: usize) -> io::Result<()> {
        let mut bytes = Vec::new();
        let now = Instant::now();
        for _ in 0..count {
            self.sent += 1;
            let id = self.sent;
            let text = self.text.replace("{id}", &id.to_string());
            bytes.extend(frames::masked(frames::TEXT, text.as_bytes()));
            self.under_way[index].push_back((id, now));
        }
        to.send(&bytes)
    }

    fn run(&mut self, load: &mut Load<'_>, duration: Duration) -> io::Result<()> {
        let begin = Instant::now();
        let mut heard = begin;
        let mut events = Events::with_capacity(1024);
        while begin.elapsed() < duration {
            load.poll.poll(&mut events, Some(Duration::ZERO))?;
            for event in &events {
                let Token(index) = event.token();
                let now = Instant::now();
                let subscriber = &mut load.subscribers[index];
                let before = self.answered;
                subscriber.read(&mut load.buffer, |_, text| {
                    let Some((id, sent)) = self.under_way[index].pop_front() else {
                        self.wrong += 1;
                        return;
                    };
                    let right = self.id.of(text) == Some(id)
                        && text.windows(6).any(|window| window == b"\"pong\"");
                    self.wrong += u64::from(!right);
                    self.answered += 1;
                    self.latency.add(now - sent);
                });
                self.send(subscriber, index, (self.answered - before) as usize)?;
                heard = now;
            }
            if heard.elapsed() > PATIENCE {
                return Err(io::Error::other("no answers"));
            }
        }
        Ok(())
    }
}
