//! What `info.version` says about a change.

/// Whether going from the version `old` to `new` says that something breaks.
///
/// As Cargo and npm read [Semantic Versioning](https://semver.org): the leftmost number that is not
/// zero has grown, so `1.4.2` to `2.0.0`, `0.4.2` to `0.5.0`, and `0.0.1` to `0.0.2`. `None` when one
/// of them is no version.
///
/// ```
/// use tickwire_spec::diff::announces_break;
/// assert_eq!(announces_break("1.4.2", "1.5.0"), Some(false));
/// assert_eq!(announces_break("0.4.2", "0.5.0"), Some(true));
/// assert_eq!(announces_break("1.0", "2.0"), None);
/// ```
pub fn announces_break(old: &str, new: &str) -> Option<bool> {
    let (old, new) = (numbers(old)?, numbers(new)?);
    let leftmost = old.iter().position(|number| *number > 0).unwrap_or(2);
    Some(new[..=leftmost] > old[..=leftmost])
}

/// Major, minor and patch; what follows after `-` or `+` says nothing here.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let core = version.split(['-', '+']).next()?;
    let mut parts = core.split('.').map(|part| {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten()
    });
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::announces_break;

    #[test]
    fn the_leftmost_number_that_counts_has_grown() {
        for (old, new, expected) in [
            ("1.4.2", "2.0.0", Some(true)),
            ("1.4.2", "1.5.0", Some(false)),
            ("1.4.2", "1.4.2", Some(false)),
            ("0.4.2", "0.5.0", Some(true)),
            ("0.4.2", "1.0.0", Some(true)),
            ("0.4.2", "0.4.3", Some(false)),
            ("0.0.1", "0.0.2", Some(true)),
            ("0.0.1", "0.1.0", Some(true)),
            ("0.0.0", "0.0.0", Some(false)),
            ("2.0.0", "1.9.9", Some(false)),
            ("1.2.3-rc.1", "2.0.0+build.7", Some(true)),
            ("1.2", "2.0.0", None),
            ("1.2.3", "two", None),
            ("1.2.3", "1.2.+3", None),
            ("1.2.3.4", "2.0.0", None),
            ("1.2.3", "99999999999999999999.0.0", None),
        ] {
            assert_eq!(announces_break(old, new), expected, "{old} to {new}");
        }
    }
}
