//! Puts a server together and runs it. Only this composes; everything below is told what it needs.

mod authentication;
mod logging;
mod open_files;
mod sources;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tickwire_spec::Contract;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::api;
use crate::audit::{Audit, AuditError};
use crate::auth::{Auth, Token};
use crate::config::{EdgeConfig, Module, ServeConfig};
use crate::http::{
    Certificates, Documents, Edge, HttpLimits, Origins, Server, TlsError, TrustedProxies,
};
use crate::hub::{Hub, HubConfig};
use crate::mock::{self, FaultPlan, Faults, MockConfig, UnknownErrorCode};
use crate::modules::datafeed::{Announce, Datafeed};
use crate::quota::Quotas;
use crate::service::{Handlers, Services};
use crate::session::{Connections, SessionLimits, Timing};
use crate::wire::Protocol;

pub use authentication::AuthenticationError;
pub use logging::{LogError, start as start_logging};
pub use open_files::raise as raise_open_files;
pub use sources::SourceError;

/// The contract that the types of this program were generated from.
pub const CONTRACT: &str = include_str!("../asyncapi.yaml");

/// How long a closing handshake may take.
const CLOSE: Duration = Duration::from_secs(5);

/// How much later than that the last connection may be gone.
const MARGIN: Duration = Duration::from_secs(1);

/// How long topics may take to end, after the connections.
const TOPICS: Duration = Duration::from_secs(2);

/// Why a server cannot start, in words for whoever started it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The document cannot be read.
    #[error("cannot read {}", .path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// The document breaks the rules.
    #[error("{0}\nnot served, since the contract has the problems above")]
    Contract(tickwire_spec::Report),
    /// A schema cannot be compiled.
    #[error("the contract cannot be compiled: {0}")]
    Compile(String),
    /// Modules speak the built-in contract only.
    #[error(
        "modules are compiled against the built-in contract: give --spec or --modules, not both"
    )]
    ModulesWithSpec,
    /// Who may connect.
    #[error(transparent)]
    Authentication(#[from] AuthenticationError),
    /// The market data.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The certificate.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The audit log.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// A mock's faults.
    #[error(transparent)]
    Faults(#[from] UnknownErrorCode),
    /// The address.
    #[error("cannot listen on {address}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
}

/// A server that is ready to run.
pub struct App {
    listener: TcpListener,
    admin: TcpListener,
    server: Arc<Server>,
    drain: Duration,
    development: Option<Token>,
}

impl App {
    /// Puts a server together and binds its address.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start(config: &ServeConfig) -> Result<Self, StartError> {
        let protocol =
            Arc::new(Protocol::new(contract(config).await?).map_err(StartError::Compile)?);
        let authentication::Opened { auth, development } =
            authentication::open(&config.auth, config.listen, protocol.contract()).await?;
        let connections = Connections::new(config.limits.max_connections);
        let metrics = protocol.metrics();
        metrics.connections.limit.set(config.limits.max_connections);
        metrics
            .delivery
            .outbox_limit
            .set(config.limits.max_outbox_bytes);
        let mut handlers = modules(config, &protocol, &connections).await?;
        let faults = mock(config, &mut handlers, &protocol, &connections)?;
        let hub_config = HubConfig {
            linger: config.linger,
            publish_linger: config.publish_linger,
            max_topics: config.limits.max_topics,
        };
        let hub = Hub::new(Arc::clone(&protocol), handlers.take_producers(), hub_config);
        let limits = SessionLimits {
            max_frame_bytes: config.limits.max_frame_bytes,
            max_subscriptions: config.limits.max_subscriptions,
            max_invalid_frames: config.limits.max_invalid_frames,
            max_requests_in_flight: config.limits.max_requests_in_flight,
            max_outbox_bytes: config.limits.max_outbox_bytes,
            max_frames_per_second: config.limits.max_frames_per_second,
            max_age: config.limits.max_connection_age,
            max_outbox_age: config.limits.max_outbox_age,
            auth_timeout: config.auth.auth_timeout,
        };
        let server = Server {
            documents: Documents::new(&protocol),
            services: Arc::new(Services {
                protocol,
                handlers,
                hub,
                auth: Arc::new(auth),
                quotas: Quotas::new(config.limits.of_address(), config.limits.of_user()),
            }),
            connections,
            edge: Edge {
                origins: Origins::new(config.edge.allow_origin.clone()),
                proxies: TrustedProxies::new(config.edge.trusted_proxy.clone()),
            },
            audit: match &config.audit_log {
                Some(path) => Audit::open(path)?,
                None => Audit::default(),
            },
            tls: certificates(&config.edge)?,
            limits: Arc::new(limits),
            timing: Timing {
                heartbeat: config.limits.heartbeat,
                close: CLOSE,
                stall: config.limits.stall,
            },
            http: HttpLimits {
                max_connections: config.limits.max_http_connections,
                max_header_bytes: config.limits.max_header_bytes,
                handshake: config.limits.handshake_timeout,
                keep_alive: config.limits.keep_alive,
            },
            allows_query_token: config.auth.allow_query_token,
            compression: config.compression.then_some(config.compression_threshold),
            faults,
        };
        Ok(Self {
            listener: bind(config.listen).await?,
            admin: bind(config.admin_listen()).await?,
            server: Arc::new(server),
            drain: config.limits.drain,
            development,
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The system does not say.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// A token that may do everything, where no authentication is configured: for whoever has started the
    /// server, on the machine that alone can reach it.
    pub fn development_token(&self) -> Option<&Token> {
        self.development.as_ref()
    }

    /// Where the operators' routes are.
    ///
    /// # Errors
    /// The system does not say.
    pub fn admin_address(&self) -> std::io::Result<SocketAddr> {
        self.admin.local_addr()
    }

    /// What it serves, for looking inside.
    pub fn server(&self) -> &Arc<Server> {
        &self.server
    }

    /// Serves until `stop` is cancelled, then lets everyone say goodbye: that takes at most the time
    /// for the closes (`--drain`), and 8 s for those who do not answer theirs and for topics.
    pub async fn run(self, stop: CancellationToken) {
        let Self {
            listener,
            admin,
            server,
            drain,
            development: _,
        } = self;
        let connections = &server.connections;
        let serving = crate::http::serve(listener, Arc::clone(&server));
        let ending = async {
            stop.cancelled().await;
            let count = connections.count();
            let spread = connections.stop(drain);
            tracing::info!(connections = count, ?spread, "stopping");
        };
        let all = async {
            tokio::join!(serving, ending);
            // Only now can no more WebSockets come about.
            connections.ended().await;
        };
        let renewing = async {
            match server.tls.clone() {
                Some(certificates) => certificates.watch().await,
                None => std::future::pending().await,
            }
        };
        let overdue = async {
            connections.stop.begun().await;
            tokio::time::sleep(drain + CLOSE + MARGIN).await;
        };
        tokio::select! {
            () = all => {}
            () = crate::http::serve_admin(admin, Arc::clone(&server)) => {}
            never = renewing => match never {},
            () = overdue => tracing::warn!("some connections did not end in time"),
            // Ends with the rest.
            () = fresh_keys(&server.services.auth) => {}
        }
        server.audit.flushed().await;
        let topics = server.services.hub.shutdown();
        if tokio::time::timeout(TOPICS, topics).await.is_err() {
            tracing::warn!("some topics did not end in time");
        }
    }
}

/// Keeps the keys of tokens fresh, where somebody publishes them. Never ends.
async fn fresh_keys(auth: &Auth) {
    match auth.verifier.jwks() {
        Some(jwks) => jwks.keep_fresh().await,
        None => std::future::pending().await,
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| StartError::Listen { address, source })
}

fn certificates(config: &EdgeConfig) -> Result<Option<Certificates>, TlsError> {
    match (&config.tls_cert, &config.tls_key) {
        (Some(certificate), Some(key)) => Certificates::open(certificate, key).map(Some),
        _ => Ok(None),
    }
}

async fn contract(config: &ServeConfig) -> Result<Contract, StartError> {
    let Some(path) = &config.spec else {
        return tickwire_spec::load("asyncapi.yaml", CONTRACT).map_err(StartError::Contract);
    };
    let text = tokio::fs::read_to_string(path)
        .await
        .map_err(|source| StartError::Read {
            path: path.clone(),
            source,
        })?;
    tickwire_spec::load(&path.display().to_string(), &text).map_err(StartError::Contract)
}

async fn modules(
    config: &ServeConfig,
    protocol: &Arc<Protocol>,
    connections: &Arc<Connections>,
) -> Result<Handlers, StartError> {
    let mut handlers = Handlers::default();
    let modules = config.modules();
    if config.spec.is_some() && !modules.is_empty() {
        return Err(StartError::ModulesWithSpec);
    }
    if modules.contains(&Module::Datafeed) {
        let source = sources::open(config.datafeed.clone()).await?;
        let announce = announcer(Arc::clone(protocol), Arc::clone(connections));
        api::mount_datafeed(Datafeed::new(source, announce), &mut handlers);
    }
    Ok(handlers)
}

/// Lets examples stand in for modules, where that is asked for; what goes wrong on purpose then.
fn mock(
    config: &ServeConfig,
    handlers: &mut Handlers,
    protocol: &Arc<Protocol>,
    connections: &Arc<Connections>,
) -> Result<Option<Arc<Faults>>, StartError> {
    let mock = &config.mock;
    if !mock.mock {
        return Ok(None);
    }
    let start =
        |plan: &FaultPlan| Faults::start(plan.clone(), mock.mock_seed, protocol, connections);
    let faults = mock.mock_faults.as_ref().map(start).transpose()?;
    let played = MockConfig {
        interval: Duration::from_secs_f64(1.0 / mock.mock_rate),
        seed: mock.mock_seed,
    };
    mock::mount(handlers, protocol, played, faults.as_ref());
    tracing::info!("a mock: answers and updates are made from the contract's examples");
    Ok(faults)
}

/// `system_alert` to everybody who is connected.
fn announcer(protocol: Arc<Protocol>, connections: Arc<Connections>) -> Announce {
    Arc::new(move |code, message| {
        let alert = serde_json::json!({"level": "info", "code": code, "message": message});
        match protocol.encode("system_alert", None, &alert) {
            Ok(frame) => connections.broadcast(frame),
            Err(violation) => tracing::error!(%violation, "cannot announce"),
        }
    })
}
