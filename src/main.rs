//! The command line.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use tickwire::app::{self, App};
use tickwire::config::{self, Cli, Command, ServeConfig};
use tokio_util::sync::CancellationToken;

/// The system's own gives memory back to the kernel after every burst and asks for it again with the
/// next, once in each turn of a busy server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Some(Command::Check { files }) => check(&files),
        Some(Command::Serve(config)) => serve(&config),
        None => serve(&cli.serve),
    };
    done.unwrap_or_else(|error| {
        eprintln!("tickwire: {}", told(&error));
        ExitCode::FAILURE
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

/// Reports every problem of every file; 1 when there is one.
fn check(files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let built_in = [PathBuf::from("asyncapi.yaml")];
    let contract = |file: &PathBuf| match files {
        [] => Ok(app::CONTRACT.to_owned()),
        _ => std::fs::read_to_string(file),
    };
    let mut sound = true;
    let mut out = std::io::stdout().lock();
    for file in if files.is_empty() { &built_in } else { files } {
        let name = file.display().to_string();
        // A file that cannot be read does not hide what is wrong with the next one.
        let checked = match contract(file) {
            Ok(text) => tickwire_spec::load(&name, &text).map_err(|report| report.to_string()),
            Err(error) => Err(format!("{name}: cannot read it: {error}")),
        };
        match checked {
            Ok(contract) => writeln!(
                out,
                "{name}: ok, {} operations, {} messages, {} topic families",
                contract.operations.len(),
                contract.messages.len(),
                contract.families.len()
            )?,
            Err(problems) => {
                sound = false;
                writeln!(out, "{problems}")?;
            }
        }
    }
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn serve(config: &ServeConfig) -> anyhow::Result<ExitCode> {
    let variables = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    if let Some(complaint) = config::unknown_variable(variables) {
        anyhow::bail!(complaint);
    }
    app::start_logging(config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    runtime.block_on(async {
        let app = App::start(config).await?;
        let address = app.address().context("cannot tell the address")?;
        tracing::info!(%address, "listening");
        if !address.ip().is_loopback() {
            tracing::warn!(
                "anyone who reaches this address may connect: nobody is authenticated yet"
            );
        }
        // Standard output is for what a person or a script waits for.
        // Where nobody reads it (a closed pipe), the server runs all the same.
        let _nobody_reads = writeln!(
            std::io::stdout(),
            "tickwire listens on http://{address}/ (WebSocket: ws://{address}/ws)"
        );
        let stop = CancellationToken::new();
        tokio::spawn(stop_on_signal(stop.clone()));
        app.run(stop).await.context("the server failed")?;
        Ok(ExitCode::SUCCESS)
    })
}

/// The first signal asks the server to stop, a second one ends the process at once.
async fn stop_on_signal(stop: CancellationToken) {
    signal().await;
    stop.cancel();
    signal().await;
    tracing::warn!("stopped at once");
    std::process::exit(130);
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        },
        Err(error) => {
            tracing::error!(%error, "cannot listen for SIGTERM");
            let _interrupted = tokio::signal::ctrl_c().await;
        }
    }
}

#[cfg(not(unix))]
async fn signal() {
    let _interrupted = tokio::signal::ctrl_c().await;
}
