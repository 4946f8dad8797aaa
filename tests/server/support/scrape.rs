//! `/metrics`, read as Prometheus reads it.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use super::plain::get;
use super::within;

/// What a server has counted.
#[derive(Debug, Clone, Default)]
pub struct Scrape {
    /// The type of each metric, by its name.
    pub types: BTreeMap<String, String>,
    /// The value of each series: `name{label="value"}`.
    pub series: BTreeMap<String, f64>,
}

impl Scrape {
    /// Asks a server.
    pub async fn of(address: SocketAddr) -> Self {
        let reply = get(address, "/metrics", &[]).await;
        assert_eq!(reply.status, 200);
        let content_type = "text/plain; version=0.0.4; charset=utf-8";
        assert_eq!(reply.header("content-type"), content_type);
        Self::read(std::str::from_utf8(&reply.body).unwrap())
    }

    /// Asks again and again until this is so.
    pub async fn until(address: SocketAddr, what: &str, so: impl Fn(&Self) -> bool) -> Self {
        let asking = async {
            loop {
                let scrape = Self::of(address).await;
                if so(&scrape) {
                    return scrape;
                }
            }
        };
        within(what, asking).await
    }

    fn read(text: &str) -> Self {
        let mut scrape = Self::default();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').unwrap();
                let before = scrape.types.insert(name.to_owned(), kind.to_owned());
                assert_eq!(before, None, "{name} is there twice");
            } else if !line.starts_with('#') {
                let (series, value) = line.rsplit_once(' ').unwrap();
                let value = value.parse().unwrap();
                let before = scrape.series.insert(series.to_owned(), value);
                assert_eq!(before, None, "{series} is there twice");
            }
        }
        scrape
    }

    /// The value of a series, which has to be there.
    pub fn value(&self, series: &str) -> f64 {
        let value = self.series.get(series);
        *value.unwrap_or_else(|| panic!("there is no {series}"))
    }

    /// The names of a metric's labels, but for that of buckets.
    pub fn labels(&self, metric: &str) -> BTreeSet<String> {
        let parts = ["", "_bucket", "_sum", "_count"].map(|suffix| format!("{metric}{suffix}"));
        let mut labels = BTreeSet::new();
        for series in self.series.keys() {
            let (name, rest) = series.split_once('{').unwrap_or((series, ""));
            if parts.iter().any(|part| part == name) {
                let pairs = rest.trim_end_matches('}').split("\",");
                labels.extend(pairs.filter_map(|pair| Some(pair.split_once('=')?.0.to_owned())));
            }
        }
        labels.remove("le");
        labels
    }

    /// The series that have changed since, and by how much. Without durations, bytes and the numbers
    /// of writes, tasks and HTTP connections, which are different each time.
    pub fn since(&self, before: &Self) -> BTreeMap<&str, f64> {
        let steady = |series: &&str| {
            let name = series.split('{').next().unwrap_or_default();
            let counts = [
                "socket_writes_total",
                "delivery_latency_seconds_count",
                "tasks",
            ];
            !["_bucket", "_sum", "_bytes", "_bytes_total"]
                .iter()
                .chain(&counts)
                .any(|end| name.ends_with(end))
        };
        let changes = self.series.iter().map(|(series, value)| {
            let before = before.series.get(series).copied().unwrap_or(0.0);
            (series.as_str(), value - before)
        });
        changes
            .filter(|(series, change)| *change != 0.0 && steady(series))
            .collect()
    }
}
