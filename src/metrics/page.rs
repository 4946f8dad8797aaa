//! The text format of Prometheus, version 0.0.4.
//!
//! <https://prometheus.io/docs/instrumenting/exposition_formats/>
//!
//! Ours are some ten kinds of number that already exist as atomics; what is left is to write them
//! down. `prometheus-client` writes OpenMetrics only, which names counters and infos differently:
//! Debian's `promtool check metrics` does not take it.

use std::fmt::{Display, Write};

use super::histogram::Snapshot;

/// What such a page is, for the header `content-type`.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A page of metrics.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
}

/// The series of one metric.
pub(super) struct Series<'a> {
    page: &'a mut Page,
    name: &'static str,
}

impl Page {
    /// A metric that only grows.
    pub(super) fn counter(&mut self, name: &'static str, help: &str) -> Series<'_> {
        self.metric(name, "counter", help)
    }

    /// A metric that grows and shrinks.
    pub(super) fn gauge(&mut self, name: &'static str, help: &str) -> Series<'_> {
        self.metric(name, "gauge", help)
    }

    /// A metric of durations.
    pub(super) fn histogram(&mut self, name: &'static str, help: &str) -> Series<'_> {
        self.metric(name, "histogram", help)
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn metric(&mut self, name: &'static str, kind: &str, help: &str) -> Series<'_> {
        self.line(format_args!("# HELP {name} {help}"));
        self.line(format_args!("# TYPE {name} {kind}"));
        Series { page: self, name }
    }

    fn line(&mut self, line: impl Display) {
        // Writing to a string does not fail.
        let _written = writeln!(self.text, "{line}");
    }
}

impl Series<'_> {
    /// The value that goes with these labels.
    pub(super) fn value(&mut self, labels: &[(&str, &str)], value: impl Display) -> &mut Self {
        self.sample("", labels, value)
    }

    /// The durations that go with these labels.
    pub(super) fn durations(&mut self, labels: &[(&str, &str)], durations: &Snapshot) -> &mut Self {
        let mut bucket = |bound: &str, count| {
            let labels: Vec<_> = labels.iter().copied().chain([("le", bound)]).collect();
            self.sample("_bucket", &labels, count);
        };
        for (bound, count) in &durations.buckets {
            bucket(&bound.to_string(), *count);
        }
        bucket("+Inf", durations.count);
        self.sample("_sum", labels, durations.seconds);
        self.sample("_count", labels, durations.count)
    }

    fn sample(&mut self, suffix: &str, labels: &[(&str, &str)], value: impl Display) -> &mut Self {
        let name = self.name;
        let written: Vec<_> = labels
            .iter()
            .map(|(label, value)| format!("{label}=\"{}\"", escaped(value)))
            .collect();
        let labels = if written.is_empty() {
            String::new()
        } else {
            format!("{{{}}}", written.join(","))
        };
        self.page
            .line(format_args!("{name}{suffix}{labels} {value}"));
        self
    }
}

fn escaped(value: &str) -> String {
    value
        .replace('\\', r"\\")
        .replace('"', "\\\"")
        .replace('\n', r"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_format() {
        let mut page = Page::default();
        page.counter("a_total", "What it is.")
            .value(&[("x", "1"), ("y", "a \"\\\n")], 3)
            .value(&[], 0);
        let durations = Snapshot {
            buckets: vec![(0.0001, 1), (2.5, 2)],
            count: 3,
            seconds: 12.5,
        };
        page.histogram("b_seconds", "How long.")
            .durations(&[("x", "1")], &durations);
        let expected = r#"# HELP a_total What it is.
# TYPE a_total counter
a_total{x="1",y="a \"\\\n"} 3
a_total 0
# HELP b_seconds How long.
# TYPE b_seconds histogram
b_seconds_bucket{x="1",le="0.0001"} 1
b_seconds_bucket{x="1",le="2.5"} 2
b_seconds_bucket{x="1",le="+Inf"} 3
b_seconds_sum{x="1"} 12.5
b_seconds_count{x="1"} 3
"#;
        assert_eq!(page.into_text(), expected);
    }
}
