//! The contract as the rest of Tickwire sees it: resolved, checked, in the words of the wire.
//!
//! A [`Contract`] only exists for a document that passed the strict check, so nothing that reads
//! one has to handle a dangling reference or a message without a schema.

use std::collections::BTreeMap;

use serde_json::Value;

/// One AsyncAPI document, checked and resolved.
#[derive(Debug, Clone)]
pub struct Contract {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// The text of the document, byte for byte as written.
    pub source: String,
    /// The document as JSON: YAML merge keys applied, references kept.
    pub document: Value,
    /// The same as compact JSON, members in the order in which the document has them.
    pub json: String,
    /// `components.schemas`, as written (references read `#/components/schemas/…`).
    pub schemas: BTreeMap<String, Value>,
    /// Every message, in document order.
    pub messages: Vec<Message>,
    /// Every operation, in document order.
    pub operations: Vec<Operation>,
    /// Every topic family (a channel with `x-topic`), in document order.
    pub families: Vec<Family>,
}

/// Who sends a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Received by the server: requests.
    ClientToServer,
    /// Sent by the server: answers and pushes.
    ServerToClient,
}

/// One message: a frame with its own wire type.
#[derive(Debug, Clone)]
pub struct Message {
    /// The key in `components.messages`, such as `barsSubscribe`.
    pub key: String,
    /// The wire type, such as `bars.subscribe`: the `type` of its frames.
    pub name: String,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// Who sends it.
    pub direction: Direction,
    /// The name of its frame's schema in [`Contract::schemas`], such as `BarsSubscribeFrame`.
    pub frame: String,
    /// The name of the schema of the frame's `payload`, such as `BarsSubscribeRequest`.
    pub payload: String,
    /// Whole frames, each valid against the frame's schema.
    pub examples: Vec<Example>,
}

/// An example of a [`Message`].
#[derive(Debug, Clone)]
pub struct Example {
    /// Its name, when the document gives one.
    pub name: Option<String>,
    /// What it shows, when the document says so.
    pub summary: Option<String>,
    /// The whole frame.
    pub frame: Value,
}

/// One operation of the document.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The key in `operations`, such as `barsHistory`: method names are made from it.
    pub key: String,
    /// The wire type of its message, such as `bars.history`.
    pub name: String,
    /// What the server does with it.
    pub kind: OperationKind,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// Names of its tags, in order.
    pub tags: Vec<String>,
    /// The wire type of the successful reply, for operations that have one.
    pub reply: Option<String>,
    /// `x-permissions`: what a principal needs. Empty: anyone.
    pub permissions: Vec<String>,
}

/// What the server does with an operation. Indexes point into [`Contract::families`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OperationKind {
    /// A request that the session itself answers: such as `ping` or `subscribe`.
    Session,
    /// A request that a module's handler answers.
    Request,
    /// `<family>.subscribe`.
    Subscribe(usize),
    /// `<family>.unsubscribe`.
    Unsubscribe(usize),
    /// `<family>.update`, sent to the subscribers of a topic.
    Update(usize),
    /// `<family>.snapshot`, sent to a subscriber whose state it replaces.
    Snapshot(usize),
    /// Any other frame that the server sends of itself: `welcome`, `shutdown`, …
    Push,
}

/// A topic family: the channel `bars:{symbol}:{resolution}` and all that belongs to it.
#[derive(Debug, Clone)]
pub struct Family {
    /// The key in `channels`.
    pub key: String,
    /// `x-topic.name`, such as `bars`.
    pub name: String,
    /// `description` or `summary` of the channel.
    pub description: Option<String>,
    /// The pattern of its topics.
    pub pattern: Pattern,
    /// Its parameters, in the order of the pattern.
    pub parameters: Vec<Parameter>,
    /// What happens to a subscriber that reads too slowly.
    pub delivery: Delivery,
    /// `x-topic.key`: JSON Pointer into the update's payload to what the update replaces.
    pub key_pointer: Option<String>,
    /// `x-topic.retention`: what is kept of a topic.
    pub retention: Retention,
    /// `x-topic.permissions`: what a principal needs to subscribe. Empty: public.
    pub permissions: Vec<String>,
    /// `x-topic.publish_permissions`: what a principal needs to publish, where that is done from
    /// outside. Empty: anyone may.
    pub publish_permissions: Vec<String>,
    /// `x-topic.owner`: the parameter that names the owner, for topics that only they may enter.
    pub owner: Option<String>,
    /// Where its updates come from.
    pub source: Source,
    /// Wire types of its messages.
    pub messages: FamilyMessages,
    /// The tag of its subscribe operation: the module that it belongs to.
    pub tag: String,
}

/// The wire types of a family's messages.
#[derive(Debug, Clone)]
pub struct FamilyMessages {
    /// `<family>.subscribe`
    pub subscribe: String,
    /// The reply to it, `<family>.subscribe.response`
    pub subscribe_response: String,
    /// `<family>.unsubscribe`
    pub unsubscribe: String,
    /// The reply to it, `<family>.unsubscribe.response`
    pub unsubscribe_response: String,
    /// `<family>.update`
    pub update: String,
    /// `<family>.snapshot`, with delivery `delta`
    pub snapshot: Option<String>,
}

/// A parameter of a topic, with its place in the subscribe request.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name in the pattern.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
    /// JSON Pointer into the request's frame, such as `/payload/symbol`.
    pub pointer: String,
    /// The name of its schema in [`Contract::schemas`] (always a string type).
    pub schema: String,
    /// The value when the request leaves it out.
    pub default: Option<String>,
}

/// What is kept of a topic, for those who resume or ask for history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// So many of the newest updates.
    pub replay: usize,
    /// At most so many bytes of them.
    pub bytes: usize,
}

impl Retention {
    /// Without `retention.bytes`.
    pub const DEFAULT_BYTES: usize = 4 * 1024 * 1024;
}

/// `x-topic.delivery`: what happens under back-pressure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// Never dropped; overflow closes the connection.
    Lossless,
    /// Dropped oldest first, announced by `topic.reset`.
    Window,
    /// The newest per topic and key is kept.
    Latest,
    /// Pending deltas are dropped, then a fresh snapshot.
    Delta,
}

/// `x-topic.source`: who publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// A module, started by the first subscriber.
    Service,
    /// Anyone allowed to `POST /publish/{topic}`.
    Publish,
}

/// A topic pattern: literals and `{parameters}`, separated by `:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Its parts, in order; at least one, the first a literal.
    pub segments: Vec<Segment>,
}

/// One part of a [`Pattern`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text that stands for itself.
    Literal(String),
    /// Stands for the value of the parameter of this name.
    Parameter(String),
}
