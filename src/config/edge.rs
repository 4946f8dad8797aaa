//! Who is let in before anything is known of them: web pages, proxies, TLS.

use std::path::PathBuf;

use clap::Args;

use crate::http::{Network, Origin};

/// Who is let in before anything is known of them.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Edge")]
pub struct EdgeConfig {
    /// Web pages of these origins may use the server, beside its own: `https://app.example.com,…`
    #[arg(
        long,
        env = "TICKWIRE_ALLOW_ORIGIN",
        value_delimiter = ',',
        value_name = "ORIGINS"
    )]
    pub allow_origin: Vec<Origin>,

    /// Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: 10.0.0.0/8,…
    #[arg(
        long,
        env = "TICKWIRE_TRUSTED_PROXY",
        value_delimiter = ',',
        value_name = "NETWORKS"
    )]
    pub trusted_proxy: Vec<Network>,

    /// Encrypt connections with this certificate and the chain behind it, in PEM
    #[arg(
        long,
        env = "TICKWIRE_TLS_CERT",
        requires = "tls_key",
        value_name = "FILE"
    )]
    pub tls_cert: Option<PathBuf>,

    /// The key of the certificate, in PEM; both files are read anew when they change
    #[arg(
        long,
        env = "TICKWIRE_TLS_KEY",
        requires = "tls_cert",
        value_name = "FILE"
    )]
    pub tls_key: Option<PathBuf>,
}
