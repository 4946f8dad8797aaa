//! How values are written.

use std::net::SocketAddr;
use std::time::Duration;

/// `127.0.0.1:8080`, `[::1]:8080`, or `localhost` with a port.
pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    let numeric = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    numeric.parse().map_err(|_| {
        "expected an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080".to_owned()
    })
}

/// How often in a second: from once in a quarter of an hour to a thousand times.
pub(super) fn rate(text: &str) -> Result<f64, String> {
    let rate = text.parse().ok();
    rate.filter(|rate| (0.001..=1_000.0).contains(rate))
        .ok_or_else(|| "expected a number from 0.001 to 1000".to_owned())
}

/// `250ms`, `10s`, `5m` or `1h`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number
        .parse()
        .map_err(|_| "expected a whole number and a unit, such as 10s".to_owned())?;
    let milliseconds = match unit {
        "ms" => Some(1),
        "s" => Some(1_000),
        "m" => Some(60_000),
        "h" => Some(3_600_000),
        _ => None,
    };
    let milliseconds = milliseconds.ok_or("expected one of the units ms, s, m, h")?;
    match number.checked_mul(milliseconds) {
        None | Some(0) => Err("expected a duration above zero, and a sensible one".to_owned()),
        Some(total) => Ok(Duration::from_millis(total)),
    }
}

/// A count that is not below this.
pub(super) fn at_least(
    minimum: usize,
) -> impl Fn(&str) -> Result<usize, String> + Clone + Send + Sync {
    move |text| {
        let number: usize = text
            .parse()
            .map_err(|_| "expected a whole number".to_owned())?;
        if number < minimum {
            Err(format!("expected at least {minimum}"))
        } else {
            Ok(number)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let rows = [
            ("127.0.0.1:80", Some("127.0.0.1:80")),
            ("localhost:0", Some("127.0.0.1:0")),
            ("[::1]:80", Some("[::1]:80")),
            ("8080", None),
            ("localhost", None),
            ("example.org:80", None),
        ];
        for (text, expected) in rows {
            let expected = expected.map(|text| text.parse().unwrap());
            assert_eq!(address(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn durations() {
        let rows = [
            ("250ms", Ok(250)),
            ("10s", Ok(10_000)),
            ("5m", Ok(300_000)),
            ("1h", Ok(3_600_000)),
            ("0s", Err(())),
            ("10", Err(())),
            ("s", Err(())),
            ("-1s", Err(())),
            ("99999999999999999h", Err(())),
        ];
        for (text, expected) in rows {
            let expected = expected.map(Duration::from_millis);
            assert_eq!(duration(text).map_err(drop), expected, "{text}");
        }
    }
}
