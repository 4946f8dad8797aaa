//! `tickwire token`: a token for a server of one's own.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use tickwire::auth::{Grant, Issuer};
use tickwire::config::{self, SECRET_VARIABLE, TokenConfig};

/// Prints a token, and nothing else, so that a script can take it.
pub fn token(config: TokenConfig) -> anyhow::Result<ExitCode> {
    let variable = config::secret_of_environment()?;
    let secret = config::secret(variable.as_ref(), config.jwt_secret_file.as_ref())?;
    let secret = secret.with_context(|| {
        format!("set {SECRET_VARIABLE} or --jwt-secret-file to the secret of the server")
    })?;
    let issuer = Issuer::new(&secret, config.jwt_issuer, config.jwt_audience);
    let grant = Grant {
        sub: config.sub,
        permissions: config.permissions,
        accounts: config.accounts,
        ttl: config.ttl,
    };
    let token = issuer
        .issue(&grant)
        .context("so much does not fit into a token")?;
    writeln!(std::io::stdout(), "{}", token.expose())?;
    Ok(ExitCode::SUCCESS)
}
