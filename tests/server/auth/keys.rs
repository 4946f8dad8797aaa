//! Keys that an identity provider publishes: rotation, outages, and what a bad one may not do.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use clap::Parser;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::{Value, json};
use tempfile::TempDir;
use tickwire::app::App;
use tickwire::auth::{Algorithm, Jwks, JwksPlace, Rejected, Rules, Token, Verifier};
use tickwire::config::Cli;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::support::tokens::{Guarded, claims, open, signed_by_ec};

/// What the provider answers.
#[derive(Clone)]
enum Says {
    Keys(Value),
    Text(String),
    Fails,
    Elsewhere,
}

/// An identity provider.
#[derive(Clone)]
struct Provider {
    says: Arc<Mutex<Says>>,
    asked: Arc<Mutex<usize>>,
    address: SocketAddr,
}

impl Provider {
    async fn start(says: Says) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let provider = Self {
            says: Arc::new(Mutex::new(says)),
            asked: Arc::default(),
            address: listener.local_addr().unwrap(),
        };
        let router = Router::new()
            .route("/jwks.json", get(answer))
            .route("/elsewhere", get(elsewhere))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    fn url(&self) -> String {
        format!("http://{}/jwks.json", self.address)
    }

    fn say(&self, says: Says) {
        *self.says.lock().unwrap() = says;
    }

    fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }

    fn verifier(&self, floor: Duration) -> Verifier {
        let algorithms = vec![Algorithm::ES256];
        let jwks = Jwks::new(JwksPlace::Url(self.url()), algorithms.clone()).with_floor(floor);
        let rules = Rules {
            algorithms,
            issuers: vec!["issuer".to_owned()],
            audiences: vec!["tickwire".to_owned()],
            ..Rules::default()
        };
        Verifier::new(rules, None, Some(jwks))
    }
}

async fn answer(State(provider): State<Provider>) -> Response {
    *provider.asked.lock().unwrap() += 1;
    let says = provider.says.lock().unwrap().clone();
    match says {
        Says::Keys(keys) => keys.to_string().into_response(),
        Says::Text(text) => text.into_response(),
        Says::Fails => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Says::Elsewhere => axum::response::Redirect::temporary("/elsewhere").into_response(),
    }
}

async fn elsewhere() -> String {
    keys(&["ec"]).to_string()
}

/// The test's key for ES256, under these names.
fn keys(names: &[&str]) -> Value {
    let published = include_str!("../../../src/auth/verifier/test-keys/jwks.json");
    let published: Value = serde_json::from_str(published).unwrap();
    let named = |name: &&str| {
        let mut key = published["keys"][1].clone();
        key["kid"] = (*name).into();
        key
    };
    json!({"keys": names.iter().map(named).collect::<Vec<_>>()})
}

async fn verdict(verifier: &Verifier, kid: &str) -> Result<String, Rejected> {
    let token = signed_by_ec(kid, &claims("alice", &[], json!({})));
    let user = verifier.verify(&Token::new(&token)?).await?;
    Ok(user.sub)
}

const ALICE: &str = "alice";

#[tokio::test]
async fn a_new_key_is_fetched_when_it_is_named() {
    let provider = Provider::start(Says::Keys(keys(&["old"]))).await;
    let verifier = provider.verifier(Duration::ZERO);
    assert_eq!(verdict(&verifier, "old").await.as_deref(), Ok(ALICE));
    assert_eq!(verdict(&verifier, "old").await.as_deref(), Ok(ALICE));
    assert_eq!(provider.asked(), 1, "what is known is not fetched");
    assert_eq!(verdict(&verifier, "new").await, Err(Rejected::Key));
    provider.say(Says::Keys(keys(&["old", "new"])));
    assert_eq!(verdict(&verifier, "new").await.as_deref(), Ok(ALICE));
    assert_eq!(provider.asked(), 3);
    // Withdrawn: the next fetch forgets it.
    provider.say(Says::Keys(keys(&["new"])));
    assert_eq!(verdict(&verifier, "another").await, Err(Rejected::Key));
    assert_eq!(verdict(&verifier, "old").await, Err(Rejected::Key));
}

#[tokio::test]
async fn names_that_are_made_up_make_no_load_for_the_provider() {
    let provider = Provider::start(Says::Keys(keys(&["ec"]))).await;
    let verifier = provider.verifier(Duration::from_secs(3_600));
    for n in 0..50 {
        assert_eq!(
            verdict(&verifier, &format!("{n}")).await,
            Err(Rejected::Key)
        );
    }
    assert_eq!(verdict(&verifier, "ec").await.as_deref(), Ok(ALICE));
    assert_eq!(provider.asked(), 1);
    // Nor do many at once, before there are any keys.
    let provider = Provider::start(Says::Keys(keys(&["ec"]))).await;
    let verifier = provider.verifier(Duration::from_secs(3_600));
    let all = (0..20).map(|_| verdict(&verifier, "ec"));
    let all = futures_util::future::join_all(all).await;
    assert!(
        all.iter().all(|verdict| verdict.as_deref() == Ok(ALICE)),
        "{all:?}"
    );
    assert_eq!(provider.asked(), 1);
}

#[tokio::test]
async fn an_outage_leaves_the_last_good_keys() {
    let provider = Provider::start(Says::Fails).await;
    let verifier = provider.verifier(Duration::ZERO);
    assert_eq!(
        verdict(&verifier, "ec").await,
        Err(Rejected::KeysUnavailable)
    );
    provider.say(Says::Keys(keys(&["ec"])));
    assert_eq!(verdict(&verifier, "ec").await.as_deref(), Ok(ALICE));
    let oct = json!({"keys": [{"kty": "oct", "kid": "other", "k": "c2VjcmV0"}]});
    // Larger than any set: it would be read for ever.
    let endless = format!(
        "{{\"keys\": [], \"padding\": \"{}\"}}",
        "x".repeat(300 * 1024)
    );
    for says in [
        Says::Fails,
        Says::Elsewhere,
        Says::Text("<html>sign in</html>".to_owned()),
        Says::Text(String::new()),
        Says::Keys(json!({"keys": []})),
        Says::Keys(oct),
        Says::Text(endless),
    ] {
        provider.say(says);
        let asked = provider.asked();
        assert_eq!(verdict(&verifier, "other").await, Err(Rejected::Key));
        assert_eq!(provider.asked(), asked + 1);
        assert_eq!(verdict(&verifier, "ec").await.as_deref(), Ok(ALICE));
    }
    // As gone as a provider can be.
    let gone = Provider {
        address: ([127, 0, 0, 1], 9).into(),
        ..provider.clone()
    };
    assert_eq!(
        verdict(&gone.verifier(Duration::ZERO), "ec").await,
        Err(Rejected::KeysUnavailable)
    );
}

#[tokio::test]
async fn a_server_starts_without_its_provider_and_says_that_it_has_no_keys() {
    let provider = Provider::start(Says::Fails).await;
    let url = provider.url();
    let contract = tickwire::app::CONTRACT;
    let guarded = Guarded::serve(contract, &["--modules=none", "--jwks", &url]).await;
    let token = signed_by_ec("ec", &claims("alice", &[], json!({})));
    let reply = guarded.post("/ws-ticket", Some(&token), &json!({})).await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["code"]),
        (503, &json!("unavailable"))
    );
    // What is public is served all the while.
    let opened = open(guarded.address(), "/ws/bars:A:1", &[]).await;
    assert_eq!(opened.map(drop), Ok(()));
}

/// The provider behind TLS, at `https://localhost`, with the certificate by which it is believed.
async fn encrypted(provider: &Provider) -> (SocketAddr, String) {
    let names = vec!["localhost".to_owned()];
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, plain) = (listener.local_addr().unwrap(), provider.address);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // Whoever does not believe it hangs up.
                let Ok(mut stream) = acceptor.accept(socket).await else {
                    return;
                };
                let mut plain = TcpStream::connect(plain).await.unwrap();
                let _ended = tokio::io::copy_bidirectional(&mut stream, &mut plain).await;
            });
        }
    });
    (address, cert.pem())
}

#[tokio::test]
async fn keys_come_from_whom_a_certificate_vouches_for() {
    let provider = Provider::start(Says::Keys(keys(&["ec"]))).await;
    let (address, certificate) = encrypted(&provider).await;
    let port = address.port();
    let (_, of_another) = encrypted(&provider).await;
    let folder = TempDir::new().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        format!("--jwks-ca={}", path.display())
    };
    let token = signed_by_ec("ec", &claims("alice", &[], json!({})));
    let contract = tickwire::app::CONTRACT;
    let named = format!("https://localhost:{port}/jwks.json");
    let other_name = format!("https://127.0.0.1:{port}/jwks.json");
    // By whom it is vouched for, under which name, and what is said to a token.
    let rows = [
        (Some(file("ca.pem", &certificate)), &named, 200),
        (
            Some(file("both.pem", &format!("{of_another}{certificate}"))),
            &named,
            200,
        ),
        (Some(file("other.pem", &of_another)), &named, 503),
        (Some(file("ca.pem", &certificate)), &other_name, 503),
        // Those of public web sites.
        (None, &named, 503),
    ];
    for (ca, url, status) in rows {
        let mut flags = vec!["--modules=none", "--jwks", url];
        flags.extend(ca.as_deref());
        let asked = provider.asked();
        let guarded = Guarded::serve(contract, &flags).await;
        let reply = guarded.post("/ws-ticket", Some(&token), &json!({})).await;
        assert_eq!(reply.status, status, "{flags:?} {reply:?}");
        // Who is not believed is not even asked.
        assert_eq!(provider.asked() - asked, usize::from(status == 200));
    }
}

#[tokio::test]
async fn certificates_that_would_not_be_used_are_said_to_be() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ca.pem");
    let key = include_str!("../../../src/auth/verifier/test-keys/jwks.json");
    std::fs::write(&path, key).unwrap();
    let ca = format!("--jwks-ca={}", path.display());
    let missing = format!("--jwks-ca={}", folder.path().join("none.pem").display());
    let https = "--jwks=https://localhost:9/jwks.json";
    let rows = [
        ([https, &ca], "expected certificates (PEM) and nothing else"),
        ([https, &missing], "cannot read it"),
        (
            ["--jwks=http://localhost:9/jwks.json", &ca],
            "--jwks-ca is for keys at an https:// address",
        ),
    ];
    for (flags, expected) in rows {
        let rest = ["--jwt-issuer=issuer", "--jwt-audience=tickwire"];
        let arguments = ["tickwire", "--listen", "127.0.0.1:0"];
        let arguments = arguments.into_iter().chain(flags).chain(rest);
        let cli = Cli::try_parse_from(arguments).unwrap();
        let error = App::start(&cli.serve).await.err().expect("no start");
        let said = std::iter::successors(Some(&error as &dyn std::error::Error), |e| e.source());
        let said: Vec<String> = said.map(ToString::to_string).collect();
        assert!(said.join(": ").contains(expected), "{said:?}");
    }
}
