//! What a client has to know of its contract.

use serde_json::{Map, Value};

/// A contract, as far as the runtime needs it. Made from the document, as a constant.
#[derive(Debug)]
pub struct Contract {
    /// Its title.
    pub title: &'static str,
    /// Every message.
    pub messages: &'static [Message],
    /// Every topic family.
    pub families: &'static [Family],
    /// The most topics that one `subscribe` takes.
    pub max_topics: usize,
    /// All schemas, by name, as a JSON object.
    pub schemas: &'static str,
}

/// A frame of its own type.
#[derive(Debug)]
pub struct Message {
    /// Its `type`.
    pub wire_type: &'static str,
    /// The name of its schema.
    pub frame: &'static str,
    /// The type of the answer, if it is a request.
    pub reply: Option<&'static str>,
}

/// A topic family.
#[derive(Debug)]
pub struct Family {
    /// Its name.
    pub name: &'static str,
    /// What happens to one who reads too slowly.
    pub delivery: Delivery,
    /// The type of the request that subscribes.
    pub subscribe: &'static str,
    /// The type of the request that leaves.
    pub unsubscribe: &'static str,
    /// The type of its updates.
    pub update: &'static str,
    /// The type of its snapshots, where updates are changes.
    pub snapshot: Option<&'static str>,
    /// Whether its own `subscribe` takes a position.
    pub since: bool,
    /// Whether its own `subscribe` takes a number of updates to begin with.
    pub history: bool,
}

/// What happens to a subscriber that reads too slowly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Nothing is left out.
    Lossless,
    /// The oldest are left out, and that is said.
    Window,
    /// A newer state stands for older ones.
    Latest,
    /// Changes are left out, and a snapshot takes their place.
    Delta,
}

/// A topic of a family.
pub trait Topic: std::fmt::Display {
    /// Its family.
    const FAMILY: &'static Family;
    /// What its updates hold, as one type: of a [`Delta`](Delivery::Delta) family, updates and
    /// snapshots.
    type Item: Send + 'static;

    /// The payload of a `subscribe` of its family.
    fn parameters(&self) -> Map<String, Value>;

    /// What a frame of this type holds.
    ///
    /// # Errors
    ///
    /// It is something else.
    fn read(wire_type: &str, payload: &Value) -> Result<Self::Item, serde_json::Error>;
}

/// What an update of a topic of changes says.
#[derive(Debug, Clone, PartialEq)]
pub enum Change<U, S> {
    /// The whole state, which replaces what was known.
    Snapshot(S),
    /// A change of it.
    Update(U),
}

/// Puts a value where `path` leads, through objects that are made as needed.
pub fn place(into: &mut Map<String, Value>, path: &[&str], value: String) {
    if let [name, rest @ ..] = path {
        let member = into.entry(*name).or_insert_with(|| Map::new().into());
        match member.as_object_mut().filter(|_| !rest.is_empty()) {
            Some(below) => place(below, rest, value),
            None => *member = value.into(),
        }
    }
}

impl Contract {
    /// The message of this type.
    pub fn message(&self, wire_type: &str) -> Option<&'static Message> {
        self.messages
            .iter()
            .find(|message| message.wire_type == wire_type)
    }

    pub(super) fn has(&self, wire_type: &str) -> bool {
        self.message(wire_type).is_some()
    }
}
