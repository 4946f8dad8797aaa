//! What a client may take, and how long.

use std::time::Duration;

use clap::Args;

use super::values::{at_least, duration};
use crate::quota::QuotaLimits;

/// What a client may do.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Limits")]
pub struct LimitsConfig {
    /// WebSockets at a time
    #[arg(
        long,
        env = "TICKWIRE_MAX_CONNECTIONS",
        default_value_t = 10_000,
        value_parser = at_least(1),
        value_name = "N"
    )]
    pub max_connections: usize,

    /// WebSockets at a time of one address; of IPv6 the first 64 bits count
    #[arg(long, env = "TICKWIRE_MAX_CONNECTIONS_PER_ADDRESS", default_value_t = 1_024, value_parser = at_least(1), value_name = "N")]
    pub max_connections_per_address: usize,

    /// WebSockets at a time of one user
    #[arg(long, env = "TICKWIRE_MAX_CONNECTIONS_PER_USER", default_value_t = 64, value_parser = at_least(1), value_name = "N")]
    pub max_connections_per_user: usize,

    /// Connections at a time that are no WebSockets, or not yet; above it, the longest silent gives way
    #[arg(long, env = "TICKWIRE_MAX_HTTP_CONNECTIONS", default_value_t = 1_024, value_parser = at_least(1), value_name = "N")]
    pub max_http_connections: usize,

    /// Largest header of a request, in bytes
    #[arg(long, env = "TICKWIRE_MAX_HEADER_BYTES", default_value_t = 16_384, value_parser = at_least(1_024), value_name = "BYTES")]
    pub max_header_bytes: usize,

    /// How long a new connection may take for the header of its first request
    #[arg(long, env = "TICKWIRE_HANDSHAKE_TIMEOUT", default_value = "10s", value_parser = duration, value_name = "TIME")]
    pub handshake_timeout: Duration,

    /// How long an HTTP connection may take from an answer to the header of the next request
    #[arg(long, env = "TICKWIRE_KEEP_ALIVE", default_value = "60s", value_parser = duration, value_name = "TIME")]
    pub keep_alive: Duration,

    /// Largest message or request body from a client, in bytes
    #[arg(long, env = "TICKWIRE_MAX_FRAME_BYTES", default_value_t = 65_536, value_name = "BYTES", value_parser = at_least(256))]
    pub max_frame_bytes: usize,

    /// Frames a second from one connection, in the long run; twice as many at once
    #[arg(long, env = "TICKWIRE_MAX_FRAMES_PER_SECOND", default_value_t = 1_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_frames_per_second: u32,

    /// The same from one user, by all connections; HTTP requests count as well
    #[arg(long, env = "TICKWIRE_MAX_FRAMES_PER_SECOND_PER_USER", default_value_t = 4_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_frames_per_second_per_user: u32,

    /// The same from one address, by all connections; handshakes and other HTTP requests count as well
    #[arg(long, env = "TICKWIRE_MAX_FRAMES_PER_SECOND_PER_ADDRESS", default_value_t = 16_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_frames_per_second_per_address: u32,

    /// Subscriptions of one connection
    #[arg(
        long,
        env = "TICKWIRE_MAX_SUBSCRIPTIONS",
        default_value_t = 1_024,
        value_parser = at_least(1),
        value_name = "N"
    )]
    pub max_subscriptions: usize,

    /// Subscriptions of one user, of all connections
    #[arg(long, env = "TICKWIRE_MAX_SUBSCRIPTIONS_PER_USER", default_value_t = 8_192, value_parser = at_least(1), value_name = "N")]
    pub max_subscriptions_per_user: usize,

    /// Subscriptions of one address, of all connections
    #[arg(long, env = "TICKWIRE_MAX_SUBSCRIPTIONS_PER_ADDRESS", default_value_t = 32_768, value_parser = at_least(1), value_name = "N")]
    pub max_subscriptions_per_address: usize,

    /// Topics of the whole server
    #[arg(
        long,
        env = "TICKWIRE_MAX_TOPICS",
        default_value_t = 100_000,
        value_parser = at_least(1),
        value_name = "N"
    )]
    pub max_topics: usize,

    /// Invalid frames in a row that close a connection
    #[arg(long, env = "TICKWIRE_MAX_INVALID_FRAMES", default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_invalid_frames: u32,

    /// Requests of one connection that are answered at the same time
    #[arg(long, env = "TICKWIRE_MAX_REQUESTS_IN_FLIGHT", default_value_t = 32, value_name = "N", value_parser = at_least(1))]
    pub max_requests_in_flight: usize,

    /// Bytes that may wait for a connection that reads slowly
    #[arg(long, env = "TICKWIRE_MAX_OUTBOX_BYTES", default_value_t = 1_048_576, value_name = "BYTES", value_parser = at_least(65_536))]
    pub max_outbox_bytes: usize,

    /// How long a connection may take nothing while something waits for it
    #[arg(long, env = "TICKWIRE_STALL", default_value = "30s", value_parser = duration, value_name = "TIME")]
    pub stall: Duration,

    /// How long a frame may wait for a connection that takes nothing
    #[arg(long, env = "TICKWIRE_MAX_OUTBOX_AGE", default_value = "30s", value_parser = duration, value_name = "TIME")]
    pub max_outbox_age: Duration,

    /// How often a WebSocket ping is sent; a client silent for two of them is closed
    #[arg(long, env = "TICKWIRE_HEARTBEAT", default_value = "30s", value_parser = duration, value_name = "TIME")]
    pub heartbeat: Duration,

    /// How old a WebSocket may get; each is closed at a random moment of the last tenth
    #[arg(long, env = "TICKWIRE_MAX_CONNECTION_AGE", default_value = "1h", value_parser = duration, value_name = "TIME")]
    pub max_connection_age: Duration,

    /// Over how long the closes of many WebSockets are spread when the server stops
    #[arg(long, env = "TICKWIRE_DRAIN", default_value = "10s", value_parser = duration, value_name = "TIME")]
    pub drain: Duration,
}

impl LimitsConfig {
    /// What all of one address may take together.
    pub fn of_address(&self) -> QuotaLimits {
        QuotaLimits {
            connections: self.max_connections_per_address,
            subscriptions: self.max_subscriptions_per_address,
            frames_per_second: self.max_frames_per_second_per_address,
        }
    }

    /// What all of one user may take together.
    pub fn of_user(&self) -> QuotaLimits {
        QuotaLimits {
            connections: self.max_connections_per_user,
            subscriptions: self.max_subscriptions_per_user,
            frames_per_second: self.max_frames_per_second_per_user,
        }
    }
}
