//! The rules of the comparison. Their identifiers are stable: scripts may name them.
//!
//! A rule about schemas has a class for each way that values go. Where the two differ, what widens
//! is compatible with what clients send, and what narrows with what they receive.

use super::Class::{self, Breaking, Compatible, Docs};
use super::Way;

/// A kind of change, and what it means to clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// A stable, short identifier, such as `required-field-added`.
    pub id: &'static str,
    /// Its class in what clients send.
    pub sent: Class,
    /// Its class in what clients receive; where it is no matter of schemas, the same.
    pub received: Class,
}

impl Rule {
    /// Its class for values that go this way.
    pub fn class(&self, way: Option<Way>) -> Class {
        match way {
            Some(Way::Received) => self.received,
            Some(Way::Sent) | None => self.sent,
        }
    }
}

/// Declares the rules, and the list of all of them.
macro_rules! rules {
    ($($(#[$doc:meta])+ $name:ident = $id:literal, $sent:ident $(/ $received:ident)?;)+) => {
        $($(#[$doc])+ pub const $name: Rule = rules!(@rule $id, $sent $(, $received)?);)+

        /// Every rule of the comparison.
        pub const ALL: &[Rule] = &[$($name),+];
    };
    (@rule $id:literal, $class:ident) => {
        Rule { id: $id, sent: $class, received: $class }
    };
    (@rule $id:literal, $sent:ident, $received:ident) => {
        Rule { id: $id, sent: $sent, received: $received }
    };
}

rules! {
    /// A server that was not there before.
    SERVER_ADDED = "server-added", Compatible;
    /// A server is gone.
    SERVER_REMOVED = "server-removed", Breaking;
    /// Another host, protocol or path of a server.
    SERVER_ADDRESS = "server-address", Breaking;
    /// Who could connect or ask without credentials cannot any more.
    SECURITY_REQUIRED = "security-required", Breaking;
    /// Nobody needs credentials any more.
    SECURITY_LIFTED = "security-lifted", Compatible;
    /// One more way to authenticate.
    SECURITY_SCHEME_ADDED = "security-scheme-added", Compatible;
    /// One way less to authenticate.
    SECURITY_SCHEME_REMOVED = "security-scheme-removed", Breaking;
    /// Another way to authenticate under the same name.
    SECURITY_SCHEME_CHANGED = "security-scheme-changed", Breaking;
    /// Other `bindings`.
    BINDING_CHANGED = "binding-changed", Breaking;

    /// Another address of a channel that is no family.
    CHANNEL_ADDRESS = "channel-address", Breaking;
    /// A channel is offered by one more server.
    CHANNEL_SERVER_ADDED = "channel-server-added", Compatible;
    /// A channel is no longer offered by a server.
    CHANNEL_SERVER_REMOVED = "channel-server-removed", Breaking;

    /// A new family of topics, with its operations.
    FAMILY_ADDED = "family-added", Compatible;
    /// A family of topics is gone, or has another name.
    FAMILY_REMOVED = "family-removed", Breaking;
    /// The topics of a family are written otherwise.
    TOPIC_PATTERN = "topic-pattern", Breaking;
    /// A parameter has another name at the same place.
    PARAMETER_RENAMED = "parameter-renamed", Compatible;
    /// A parameter is found elsewhere in the request.
    PARAMETER_LOCATION = "parameter-location", Breaking;
    /// Another delivery class.
    DELIVERY_CHANGED = "delivery-changed", Breaking;
    /// Updates of different keys no longer replace each other.
    TOPIC_KEY_ADDED = "topic-key-added", Compatible;
    /// Updates replace each other that did not.
    TOPIC_KEY_REMOVED = "topic-key-removed", Breaking;
    /// Updates replace each other by something else.
    TOPIC_KEY_CHANGED = "topic-key-changed", Breaking;
    /// Less is kept of a topic.
    RETENTION_REDUCED = "retention-reduced", Breaking;
    /// More is kept of a topic.
    RETENTION_EXTENDED = "retention-extended", Compatible;
    /// Topics belong to an owner now.
    OWNER_ADDED = "owner-added", Breaking;
    /// Topics belong to nobody any more.
    OWNER_REMOVED = "owner-removed", Compatible;
    /// Another parameter names the owner.
    OWNER_CHANGED = "owner-changed", Breaking;
    /// Updates can be published over HTTP.
    PUBLISHING_ADDED = "publishing-added", Compatible;
    /// Updates can no longer be published over HTTP.
    PUBLISHING_REMOVED = "publishing-removed", Breaking;

    /// A new request, or a push of a new wire type.
    OPERATION_ADDED = "operation-added", Compatible;
    /// A request or a push is gone.
    OPERATION_REMOVED = "operation-removed", Breaking;
    /// An operation whose message has another wire type.
    WIRE_TYPE_CHANGED = "wire-type-changed", Breaking;
    /// A request has become a push, or the other way round.
    ACTION_CHANGED = "action-changed", Breaking;
    /// A request is answered by another wire type.
    REPLY_CHANGED = "reply-changed", Breaking;
    /// An operation has another key in the document.
    OPERATION_RENAMED = "operation-renamed", Compatible;
    /// A principal needs one more permission.
    PERMISSION_ADDED = "permission-added", Breaking;
    /// A principal needs one permission less.
    PERMISSION_REMOVED = "permission-removed", Compatible;
    /// A message has a correlation id that had none.
    CORRELATION_ID_ADDED = "correlation-id-added", Compatible;
    /// A message has no correlation id any more, or elsewhere.
    CORRELATION_ID_CHANGED = "correlation-id-changed", Breaking;

    /// A new field that is always there.
    REQUIRED_FIELD_ADDED = "required-field-added", Breaking / Compatible;
    /// A new field that may be left out.
    OPTIONAL_FIELD_ADDED = "optional-field-added", Compatible;
    /// A field is gone.
    FIELD_REMOVED = "field-removed", Breaking;
    /// A field that could be left out has to be there.
    FIELD_REQUIRED = "field-required", Breaking / Compatible;
    /// A field that had to be there can be left out.
    FIELD_OPTIONAL = "field-optional", Compatible / Breaking;
    /// A value of another type.
    TYPE_CHANGED = "type-changed", Breaking;
    /// An integer has become any number, or has a larger format.
    TYPE_WIDENED = "type-widened", Compatible / Breaking;
    /// Any number has become an integer, or has a smaller format.
    TYPE_NARROWED = "type-narrowed", Breaking / Compatible;
    /// One more value of an enum.
    ENUM_VALUE_ADDED = "enum-value-added", Compatible / Breaking;
    /// One value less of an enum.
    ENUM_VALUE_REMOVED = "enum-value-removed", Breaking / Compatible;
    /// A text that was free is one of a list.
    ENUM_ADDED = "enum-added", Breaking / Compatible;
    /// A text that was one of a list is free.
    ENUM_REMOVED = "enum-removed", Compatible / Breaking;
    /// One more code of errors.
    ERROR_CODE_ADDED = "error-code-added", Compatible;
    /// One code of errors less.
    ERROR_CODE_REMOVED = "error-code-removed", Compatible;
    /// One more subprotocol of the WebSocket.
    SUBPROTOCOL_ADDED = "subprotocol-added", Compatible;
    /// One subprotocol of the WebSocket less.
    SUBPROTOCOL_REMOVED = "subprotocol-removed", Breaking;
    /// Fewer numbers are allowed.
    RANGE_NARROWED = "range-narrowed", Breaking / Compatible;
    /// More numbers are allowed.
    RANGE_WIDENED = "range-widened", Compatible / Breaking;
    /// Fewer lengths of a text are allowed.
    LENGTH_NARROWED = "length-narrowed", Breaking / Compatible;
    /// More lengths of a text are allowed.
    LENGTH_WIDENED = "length-widened", Compatible / Breaking;
    /// Fewer lists are allowed: by the number of their items, or because these have to differ.
    ITEMS_NARROWED = "items-narrowed", Breaking / Compatible;
    /// More lists are allowed.
    ITEMS_WIDENED = "items-widened", Compatible / Breaking;
    /// A text has to match a pattern.
    PATTERN_ADDED = "pattern-added", Breaking / Compatible;
    /// A text no longer has to match a pattern.
    PATTERN_REMOVED = "pattern-removed", Compatible / Breaking;
    /// Another pattern. Which texts that lets in or keeps out is not compared.
    PATTERN_CHANGED = "pattern-changed", Breaking;
    /// A text has to have a format.
    FORMAT_ADDED = "format-added", Breaking / Compatible;
    /// A text no longer has to have a format.
    FORMAT_REMOVED = "format-removed", Compatible / Breaking;
    /// Another format, neither larger nor smaller.
    FORMAT_CHANGED = "format-changed", Breaking;
    /// What is left out stands for a value.
    DEFAULT_ADDED = "default-added", Compatible / Docs;
    /// What is left out stands for no value any more.
    DEFAULT_REMOVED = "default-removed", Breaking / Docs;
    /// What is left out stands for another value.
    DEFAULT_CHANGED = "default-changed", Breaking / Docs;

    /// `info.version`.
    VERSION = "version", Docs;
    /// A title, a summary or a description.
    DESCRIPTION = "description", Docs;
    /// Examples.
    EXAMPLES = "examples", Docs;
    /// `deprecated`.
    DEPRECATED = "deprecated", Docs;
    /// The same things in another order.
    ORDER = "order", Docs;
    /// Tags, links, contact, licence and content type; `x-` keys that are not ours.
    METADATA = "metadata", Docs;
}
