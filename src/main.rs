//! The command line.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use tickwire::app::{self, App};
use tickwire::config::{Cli, Command, ServeConfig};
use tokio_util::sync::CancellationToken;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Some(Command::Check { files }) => check(&files),
        Some(Command::Serve(config)) => serve(&config),
        None => serve(&cli.serve),
    };
    done.unwrap_or_else(|error| {
        // One line, causes included: `cannot listen on 127.0.0.1:8080: address in use`.
        eprintln!("tickwire: {error:#}");
        ExitCode::FAILURE
    })
}

/// Reports every problem of every file; 1 when there is one.
fn check(files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let mut documents = Vec::new();
    if files.is_empty() {
        documents.push((
            "asyncapi.yaml (built in)".to_owned(),
            app::CONTRACT.to_owned(),
        ));
    }
    for file in files {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        documents.push((file.display().to_string(), text));
    }
    let mut sound = true;
    let mut out = std::io::stdout().lock();
    for (name, text) in documents {
        match tickwire_spec::load(&name, &text) {
            Ok(contract) => writeln!(
                out,
                "{name}: ok, {} operations, {} messages, {} topic families",
                contract.operations.len(),
                contract.messages.len(),
                contract.families.len()
            )?,
            Err(report) => {
                sound = false;
                writeln!(out, "{report}")?;
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
    app::start_logging(config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    runtime.block_on(async {
        let app = App::start(config).await?;
        let address = app.address().context("cannot tell the address")?;
        tracing::info!(%address, "listening");
        // Standard output is for what a person or a script waits for.
        println!("tickwire listens on http://{address}/ (WebSocket: ws://{address}/ws)");
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
