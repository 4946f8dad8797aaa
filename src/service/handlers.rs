//! What answers requests: filled by the generated code, asked by session and HTTP.

use std::borrow::Cow;
use std::collections::HashMap;
use std::marker::PhantomData;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::topics::Untyped;
use super::{Call, TopicFamily, TopicSource};
use crate::hub::{Producers, TopicProducer};
use crate::wire::{Detail, ErrorCode, Refusal};

type Handler = Box<dyn Fn(Call, Value) -> BoxFuture<'static, Result<Value, Refusal>> + Send + Sync>;

/// The dispatch table: wire type to handler, family to producer.
#[derive(Default)]
pub struct Handlers {
    requests: HashMap<Cow<'static, str>, Handler>,
    producers: Producers,
}

/// A handler has panicked.
pub(super) struct Panicked;

impl Handlers {
    /// Lets `handler` answer the requests of one wire type. Called by generated code, and with
    /// [`Value`] for both payloads by those who know the contract at run time only.
    pub fn request<Q, R, F, Answer>(&mut self, wire_type: impl Into<Cow<'static, str>>, handler: F)
    where
        Q: DeserializeOwned + Send + 'static,
        R: Serialize,
        F: Fn(Call, Q) -> Answer + Send + Sync + 'static,
        Answer: Future<Output = Result<R, Refusal>> + Send + 'static,
    {
        let wire_type = wire_type.into();
        let name = wire_type.clone();
        let handler: Handler = Box::new(move |call, payload| match typed(payload) {
            Err(refusal) => Box::pin(async { Err(refusal) }),
            Ok(request) => {
                let answer = handler(call, request);
                let name = name.clone();
                Box::pin(async move {
                    let reply = answer.await?;
                    serde_json::to_value(&reply).map_err(|error| {
                        tracing::error!(wire_type = &*name, %error, "a reply cannot be encoded");
                        Refusal::internal()
                    })
                })
            }
        });
        self.requests.insert(wire_type, handler);
    }

    /// Lets `module` make the updates of one topic family. Called by generated code.
    pub fn topics<T: TopicFamily, M: TopicSource<T>>(&mut self, module: &Arc<M>) {
        let producer = Untyped {
            module: Arc::clone(module),
            family: PhantomData,
        };
        self.producers.insert(T::FAMILY.into(), Arc::new(producer));
    }

    /// Lets `producer` make the updates of the family of this name, for those who know the contract
    /// at run time only.
    pub fn produce(&mut self, family: String, producer: Arc<dyn TopicProducer>) {
        self.producers.insert(family.into(), producer);
    }

    /// Takes the producers out, for the hub.
    pub fn take_producers(&mut self) -> Producers {
        std::mem::take(&mut self.producers)
    }

    /// Whether something answers this wire type.
    pub fn answers(&self, wire_type: &str) -> bool {
        self.requests.contains_key(wire_type)
    }

    /// Answers a request whose payload satisfies the contract, with the handler's reply or what it
    /// refuses it with: [`ErrorCode::NotImplemented`] when there is no handler.
    pub(super) async fn call(
        &self,
        wire_type: &str,
        call: Call,
        payload: Value,
    ) -> Result<Result<Value, Refusal>, Panicked> {
        let Some(handler) = self.requests.get(wire_type) else {
            let message = format!("nothing in this server answers {wire_type:?}");
            return Ok(Err(Refusal::new(ErrorCode::NotImplemented, message)));
        };
        // The call itself is inside, since a handler may panic before its first await.
        let answer = async { handler(call, payload).await };
        AssertUnwindSafe(answer)
            .catch_unwind()
            .await
            .map_err(|_| Panicked)
    }
}

/// A value that satisfies the schema and still does not fit the Rust type (`1.0` for an integer,
/// say) is the client's error all the same.
fn typed<Q: DeserializeOwned>(payload: Value) -> Result<Q, Refusal> {
    serde_path_to_error::deserialize(payload).map_err(|error| {
        let mut pointer = String::from("/payload");
        for segment in error.path().iter() {
            use serde_path_to_error::Segment;
            match segment {
                Segment::Map { key } | Segment::Enum { variant: key } => {
                    pointer.push('/');
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                }
                Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
                Segment::Unknown => {}
            }
        }
        Refusal::with_details(
            ErrorCode::InvalidFrame,
            "the frame does not satisfy the contract",
            vec![Detail::new(pointer, error.inner().to_string())],
        )
    })
}
