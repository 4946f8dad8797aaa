//! What `--mock-faults` says.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::config::duration;
use crate::wire::CloseCode;

/// How each fault is written.
const FORMS: [(&str, &str); 8] = [
    ("drop", "drop=SHARE"),
    ("unknown", "unknown=SHARE"),
    ("invalid", "invalid=SHARE"),
    ("refuse", "refuse=SHARE"),
    ("error", "error=CODE:SHARE"),
    ("delay", "delay=TIME or delay=TIME..TIME"),
    ("close", "close=CODE@TIME or close=CODE@TIME..TIME"),
    ("restart", "restart@TIME"),
];

/// The faults that a mock makes, such as `drop=0.01,close=4450@30s`. Written as it was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FaultPlan {
    text: String,
    /// Shares of updates, and of handshakes.
    pub(super) drop: f64,
    pub(super) unknown: f64,
    pub(super) invalid: f64,
    pub(super) refuse: f64,
    /// Codes with their shares of requests.
    pub(super) errors: Vec<(String, f64)>,
    pub(super) delay: Option<Span>,
    /// Connections take turns with these.
    pub(super) closes: Vec<(CloseCode, Span)>,
    pub(super) restart: Option<Duration>,
}

/// From a time to another one; the same twice for a time that is fixed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub(super) from: Duration,
    pub(super) to: Duration,
}

impl Span {
    /// The moment in it, for a number in `[0, 1)`.
    pub(super) fn at(self, share: f64) -> Duration {
        self.from + (self.to - self.from).mul_f64(share)
    }
}

impl fmt::Display for FaultPlan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl FromStr for FaultPlan {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut plan = Self {
            text: text.to_owned(),
            ..Self::default()
        };
        let mut seen = Vec::new();
        for fault in text.split(',').map(str::trim) {
            let end = fault.find(['=', '@']).unwrap_or(fault.len());
            let (name, value) = fault.split_at(end);
            let Some((name, form)) = FORMS.into_iter().find(|(known, _)| *known == name) else {
                let known = FORMS.map(|(name, _)| name).join(", ");
                return Err(format!("there is no fault {name:?}, only {known}"));
            };
            let in_fault = |problem: &str| format!("{fault:?}: {problem}; write {form}");
            if seen.contains(&name) && !["error", "close"].contains(&name) {
                return Err(in_fault("it is there twice"));
            }
            seen.push(name);
            plan.add(name, value)
                .map_err(|problem| in_fault(&problem))?;
        }
        let errors: f64 = plan.errors.iter().map(|(_, share)| share).sum();
        if errors > 1.0 {
            return Err("the shares of all errors are more than 1".to_owned());
        }
        Ok(plan)
    }
}

impl FaultPlan {
    fn add(&mut self, name: &str, value: &str) -> Result<(), String> {
        if name == "restart" {
            let time = value.strip_prefix('@').ok_or("it needs a time")?;
            self.restart = Some(duration(time)?);
            return Ok(());
        }
        let value = value.strip_prefix('=').ok_or("it needs a value")?;
        match name {
            "drop" => self.drop = share(value)?,
            "unknown" => self.unknown = share(value)?,
            "invalid" => self.invalid = share(value)?,
            "refuse" => self.refuse = share(value)?,
            "delay" => self.delay = Some(span(value)?),
            "error" => {
                let (code, part) = value.split_once(':').ok_or("it needs a share")?;
                if self.errors.iter().any(|(other, _)| other == code) {
                    return Err("the code is there twice".to_owned());
                }
                self.errors.push((code.to_owned(), share(part)?));
            }
            _ => {
                let (code, time) = value.split_once('@').ok_or("it needs a time")?;
                let known = CloseCode::ALL.into_iter();
                let code = known
                    .clone()
                    .find(|known| known.code().to_string() == code)
                    .ok_or_else(|| {
                        let known: Vec<_> = known.map(|known| known.code().to_string()).collect();
                        format!("the close codes are {}", known.join(", "))
                    })?;
                self.closes.push((code, span(time)?));
            }
        }
        Ok(())
    }
}

/// `0.01`: of what happens, so much.
fn share(text: &str) -> Result<f64, String> {
    let share = text
        .parse()
        .ok()
        .filter(|share| *share > 0.0 && *share <= 1.0);
    share.ok_or_else(|| "a share is a number above 0, up to 1".to_owned())
}

/// `10s`, or `10s..60s`.
fn span(text: &str) -> Result<Span, String> {
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let (from, to) = (duration(from)?, duration(to)?);
    if from > to {
        return Err("the second time is before the first".to_owned());
    }
    Ok(Span { from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans() {
        let plan: FaultPlan =
            "drop=0.01, delay=200ms..1s,error=internal:0.05,error=forbidden:1e-1,\
            unknown=1,invalid=0.5,refuse=0.25,close=4450@30s,close=1012@1m..2m,restart@60s"
                .parse()
                .unwrap();
        let span = |from, to| Span {
            from: Duration::from_millis(from),
            to: Duration::from_millis(to),
        };
        let expected = FaultPlan {
            text: plan.to_string(),
            drop: 0.01,
            unknown: 1.0,
            invalid: 0.5,
            refuse: 0.25,
            errors: vec![("internal".to_owned(), 0.05), ("forbidden".to_owned(), 0.1)],
            delay: Some(span(200, 1_000)),
            closes: vec![
                (CloseCode::SlowConsumer, span(30_000, 30_000)),
                (CloseCode::Restarting, span(60_000, 120_000)),
            ],
            restart: Some(Duration::from_secs(60)),
        };
        assert_eq!(plan, expected);
        assert!(plan.to_string().starts_with("drop=0.01, delay=200ms..1s,"));
    }

    #[test]
    fn nonsense_is_refused_with_what_would_be_right() {
        // What is written, and a part of the complaint.
        let rows = [
            ("", "there is no fault \"\", only drop, unknown"),
            ("drp=0.1", "there is no fault \"drp\""),
            ("drop=0.1,", "there is no fault \"\""),
            ("drop", "it needs a value; write drop=SHARE"),
            ("drop=0", "above 0, up to 1"),
            ("drop=1.5", "above 0, up to 1"),
            ("drop=NaN", "above 0, up to 1"),
            ("drop=1%", "above 0, up to 1"),
            ("drop@1s", "it needs a value"),
            ("drop=0.1,drop=0.2", "it is there twice"),
            ("delay=200", "one of the units ms, s, m, h"),
            ("delay=2s..1s", "the second time is before the first"),
            ("error=internal", "it needs a share; write error=CODE:SHARE"),
            (
                "error=internal:0.1,error=internal:0.1",
                "the code is there twice",
            ),
            ("error=internal:0.6,error=forbidden:0.6", "more than 1"),
            ("close=4450", "it needs a time; write close=CODE@TIME"),
            ("close=4999@1s", "the close codes are 1000, 1002"),
            ("close=slow@1s", "the close codes are"),
            ("restart=60s", "it needs a time; write restart@TIME"),
            ("restart@soon", "a whole number and a unit"),
        ];
        for (text, expected) in rows {
            let complaint = text.parse::<FaultPlan>().unwrap_err();
            assert!(complaint.contains(expected), "{text}: {complaint}");
        }
    }
}
