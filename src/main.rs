//! The command line.

mod commands;

use std::io::Write;
use std::pin::pin;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use tickwire::app::{self, App};
use tickwire::config::{self, Cli, Command, ServeConfig};
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// The system's own gives memory back to the kernel after every burst and asks for it again with the
/// next, once in each turn of a busy server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut failure = ExitCode::FAILURE;
    let done = match cli.command {
        Some(Command::Check { files }) => commands::check(&files),
        Some(Command::Generate {
            language,
            spec,
            out,
        }) => commands::generate(language, spec.as_deref(), &out),
        Some(Command::Diff(config)) => {
            // 1 says that the contracts could be compared.
            failure = ExitCode::from(2);
            commands::diff(&config)
        }
        Some(Command::New(config)) => commands::new(config),
        Some(Command::Token(config)) => commands::token(config),
        Some(Command::Serve(config)) => serve(*config),
        None => serve(cli.serve),
    };
    done.unwrap_or_else(|error| {
        eprintln!("tickwire: {}", told(&error));
        failure
    })
}

/// An error with its causes, `cannot listen on 127.0.0.1:8080: address in use`. Some errors of
/// libraries tell their cause themselves; it is not told twice.
fn told(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.ends_with(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

fn serve(mut config: ServeConfig) -> anyhow::Result<ExitCode> {
    let variables = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    if let Some(complaint) = config::unknown_variable(variables) {
        anyhow::bail!(complaint);
    }
    config.auth.secret = config::secret_of_environment()?;
    app::start_logging(&config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    runtime.block_on(async {
        // Heard from now on: a signal that comes too early would end the process in disorder.
        let mut signals = Signals::new().context("cannot listen for signals")?;
        app::raise_open_files(&config.limits);
        let app = App::start(&config).await?;
        let address = app.address().context("cannot tell the address")?;
        let admin = app
            .admin_address()
            .context("cannot tell the operators' address")?;
        let encrypted = app.server().tls.is_some();
        tracing::info!(%address, %admin, encrypted, "listening");
        // Standard output is for what a person or a script waits for.
        // Where nobody reads it (a closed pipe), the server runs all the same.
        let s = if encrypted { "s" } else { "" };
        let _nobody_reads = writeln!(
            std::io::stdout(),
            "tickwire listens on http{s}://{address}/ (WebSocket: ws{s}://{address}/ws)\n\
             for operators: http://{admin}/metrics"
        );
        if let Some(token) = app.development_token() {
            // In the fragment, which browsers keep to themselves, and carry along where `/` leads elsewhere.
            let token = token.expose();
            let _nobody_reads = writeln!(
                std::io::stdout(),
                "no authentication is configured; this token may do everything, while it runs:\n\
                 http://{address}/#token={token}"
            );
        }
        let stop = CancellationToken::new();
        let mut running = pin!(app.run(stop.clone()));
        // The first signal asks the server to stop, a second one ends the process at once.
        tokio::select! {
            () = &mut running => return Ok(ExitCode::SUCCESS),
            () = signals.next() => stop.cancel(),
        }
        tokio::select! {
            () = running => Ok(ExitCode::SUCCESS),
            () = signals.next() => {
                tracing::warn!("stopped at once");
                std::process::exit(130);
            }
        }
    })
}

/// The signals that ask a process to end: SIGTERM and SIGINT.
#[cfg(unix)]
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for the next one.
    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Ctrl-C, where there are no signals.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    /// Waits for the next one.
    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}
