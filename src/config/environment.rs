//! Variables of the environment that are none of ours, and look like it.

use clap::CommandFactory;

use super::{Cli, SECRET_VARIABLE};

/// A complaint about the first variable that looks like one of ours and is none. A misspelt one would
/// otherwise be passed over in silence.
///
/// Kubernetes sets `TICKWIRE_SERVICE_HOST`, `TICKWIRE_PORT_8080_TCP` and the like where a service is
/// called `tickwire`; these are not meant for us.
pub fn unknown_variable(names: impl IntoIterator<Item = String>) -> Option<String> {
    let command = Cli::command();
    let known: Vec<&str> = command
        .get_arguments()
        .filter_map(|argument| argument.get_env()?.to_str())
        .chain([SECRET_VARIABLE])
        .collect();
    let foreign =
        |name: &str| name.starts_with("TICKWIRE_SERVICE_") || name.starts_with("TICKWIRE_PORT");
    let mut unknown: Vec<String> = names
        .into_iter()
        .filter(|name| name.starts_with("TICKWIRE_"))
        .filter(|name| !known.contains(&name.as_str()) && !foreign(name))
        .collect();
    unknown.sort();
    let unknown = unknown.into_iter().next()?;
    let nearest = known
        .iter()
        .map(|name| (strsim::jaro_winkler(name, &unknown), name))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let hint = nearest
        .filter(|(likeness, _)| *likeness > 0.9)
        .map(|(_, name)| format!("; did you mean {name}?"))
        .unwrap_or_default();
    Some(format!(
        "there is no setting for the environment variable {unknown}{hint}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_that_are_no_settings() {
        let rows = [
            (&["PATH", "TICKWIRE_LISTEN", "TICKWIRE_LOG"][..], None),
            (&["TICKWIRE_SERVICE_HOST", "TICKWIRE_PORT_8080_TCP"], None),
            (
                &["TICKWIRE_LISTN"],
                Some("TICKWIRE_LISTN; did you mean TICKWIRE_LISTEN?"),
            ),
            (&["TICKWIRE_QUUX"], Some("TICKWIRE_QUUX")),
        ];
        for (names, expected) in rows {
            let found = unknown_variable(names.iter().map(|name| (*name).to_owned()));
            let expected = expected
                .map(|end| format!("there is no setting for the environment variable {end}"));
            assert_eq!(found, expected, "{names:?}");
        }
    }
}
