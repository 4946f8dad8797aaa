//! A stand-in for the server's `service`: just enough to compile, mount and call.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::future::Future;
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::str::FromStr;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Debug, PartialEq, Eq)]
pub struct TopicParseError {
    pub topic: String,
    pub expected: &'static str,
}

impl TopicParseError {
    pub fn new(topic: &str, expected: &'static str) -> Self {
        Self {
            topic: topic.to_owned(),
            expected,
        }
    }
}

pub trait TopicFamily:
    Display + FromStr<Err = TopicParseError> + Clone + Debug + Send + Sync + 'static
{
    const FAMILY: &'static str;
    const PATTERN: &'static str;
    type Update: Serialize + Send + 'static;
}

pub trait PlainFamily: TopicFamily {}

pub trait DeltaFamily: TopicFamily {
    type Snapshot: Serialize;
}

pub struct Publisher<T>(PhantomData<T>);

pub trait TopicSource<T: TopicFamily>: Send + Sync + 'static {
    fn create_topic(
        &self,
        topic: T,
        publisher: Publisher<T>,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;
    fn remove_topic(&self, topic: T) -> impl Future<Output = ()> + Send;
}

#[derive(Debug)]
pub struct Refusal(pub &'static str);

#[derive(Debug)]
pub struct Call;

type Answer = Pin<Box<dyn Future<Output = Result<Value, Refusal>> + Send>>;
type Handler = Box<dyn Fn(Value) -> Answer>;

#[derive(Default)]
pub struct Handlers {
    pub requests: BTreeMap<&'static str, Handler>,
    pub families: Vec<&'static str>,
}

impl Handlers {
    pub fn request<Q, R, F, Fut>(&mut self, wire_type: &'static str, handler: F)
    where
        Q: DeserializeOwned,
        R: Serialize,
        F: Fn(Call, Q) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, Refusal>> + Send + 'static,
    {
        let handler: Handler = Box::new(move |payload| {
            let request = serde_json::from_value(payload).expect("the test sends what fits");
            let answer = handler(Call, request);
            Box::pin(async { Ok(serde_json::to_value(answer.await?).expect("it is JSON")) })
        });
        let before = self.requests.insert(wire_type, handler);
        assert!(before.is_none(), "{wire_type} mounted twice");
    }

    pub fn topics<T: TopicFamily, M: TopicSource<T>>(&mut self, _module: &Arc<M>) {
        self.families.push(T::FAMILY);
    }

    /// Calls a handler that never waits.
    pub fn call(&self, wire_type: &str, payload: Value) -> Result<Value, Refusal> {
        let answer = pin!(self.requests[wire_type](payload));
        match answer.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer,
            Poll::Pending => panic!("{wire_type} waits"),
        }
    }
}

#[derive(Debug)]
pub struct OperationEntry {
    pub wire_type: &'static str,
    pub key: &'static str,
    pub tag: &'static str,
    pub frame: &'static str,
    pub reply: Option<&'static str>,
    pub permissions: &'static [&'static str],
    pub kind: &'static str,
}
