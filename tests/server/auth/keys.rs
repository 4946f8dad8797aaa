//! Keys that an identity provider publishes: rotation, outages, and what a bad one may not do.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use tickwire::auth::{Algorithm, Jwks, JwksPlace, Rejected, Rules, Token, Verifier};
use tokio::net::TcpListener;

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
