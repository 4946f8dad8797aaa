//! Every connection is an open file, of which a process may have so many.

use crate::config::LimitsConfig;

/// Besides connections: the runtime, the listener, the log, files of market data.
const OTHERS: usize = 64;

/// Raises the process's limit of open files to what the configured connections need, as far as that
/// is allowed, and says in the log when it is not enough. The usual soft limit, 1,024, is meant for
/// programs that use select(2).
#[cfg(unix)]
pub fn raise(limits: &LimitsConfig) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let connections = limits
        .max_connections
        .saturating_add(limits.max_http_connections);
    let needed = u64::try_from(connections.saturating_add(OTHERS)).unwrap_or(u64::MAX);
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    // None is no limit.
    let Some(current) = current.filter(|current| *current < needed) else {
        return;
    };
    let wanted = maximum.map_or(needed, |maximum| maximum.min(needed));
    let raised = Rlimit {
        current: Some(wanted),
        maximum,
    };
    let open_files = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => wanted,
        Err(error) => {
            tracing::warn!(%error, "cannot raise the limit of open files");
            current
        }
    };
    if open_files < needed {
        tracing::warn!(
            open_files,
            needed,
            "the limit of open files leaves less room than --max-connections and \
             --max-http-connections"
        );
    }
}

/// There is no such limit here.
#[cfg(not(unix))]
pub fn raise(_: &LimitsConfig) {}
