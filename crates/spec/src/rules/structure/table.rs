//! AsyncAPI 3.0.0's objects: their keys, which of them are required, and what they hold.
//!
//! Written from the specification, narrowed to what a contract uses: what would be silently
//! ignored by the server (headers, traits) is [`Value::Unsupported`] with a way out, and what the
//! server needs (`components`, a channel's `address`) is required.

/// An object of the specification.
pub(super) struct Shape {
    /// With its article, as the subject of a sentence.
    pub what: &'static str,
    pub keys: &'static [Key],
}

pub(super) struct Key {
    pub name: &'static str,
    pub required: bool,
    pub value: Value,
}

pub(super) enum Value {
    Any,
    /// A string that is not empty.
    Text,
    OneOf(&'static [&'static str]),
    /// Any mapping.
    Mapping,
    List(&'static Value),
    Map(&'static Value),
    Object(&'static Shape),
    /// A reference to a member of this container (`channels/*/messages`).
    Ref(&'static str),
    ObjectOrRef(&'static Shape, &'static str),
    /// Valid AsyncAPI that would be ignored here; what to do instead.
    Unsupported(&'static str),
}

const fn key(name: &'static str, value: Value) -> Key {
    Key {
        name,
        required: false,
        value,
    }
}

const fn need(name: &'static str, value: Value) -> Key {
    Key {
        name,
        required: true,
        value,
    }
}

use Value::{Any, List, Map, Mapping, Object, ObjectOrRef, OneOf, Ref, Text, Unsupported};

const INLINE: &str = "write it where it is used";
const TAGS: Value = List(&ObjectOrRef(&TAG, "components/tags"));
const DOCS: Value = ObjectOrRef(&EXTERNAL_DOCS, "components/externalDocs");

pub(super) static ROOT: Shape = Shape {
    what: "the document",
    keys: &[
        need("asyncapi", Any),
        key("id", Text),
        need("info", Object(&INFO)),
        key("servers", Map(&ObjectOrRef(&SERVER, "components/servers"))),
        key("defaultContentType", OneOf(&["application/json"])),
        need("channels", Map(&Object(&CHANNEL))),
        need("operations", Map(&Object(&OPERATION))),
        need("components", Object(&COMPONENTS)),
    ],
};

static INFO: Shape = Shape {
    what: "`info`",
    keys: &[
        need("title", Text),
        need("version", Text),
        key("description", Text),
        key("termsOfService", Text),
        key("contact", Object(&CONTACT)),
        key("license", Object(&LICENSE)),
        key("tags", TAGS),
        key("externalDocs", DOCS),
    ],
};

static CONTACT: Shape = Shape {
    what: "a contact",
    keys: &[key("name", Text), key("url", Text), key("email", Text)],
};

static LICENSE: Shape = Shape {
    what: "a license",
    keys: &[need("name", Text), key("url", Text)],
};

static TAG: Shape = Shape {
    what: "a tag",
    keys: &[
        need("name", Text),
        key("description", Text),
        key("externalDocs", DOCS),
    ],
};

static EXTERNAL_DOCS: Shape = Shape {
    what: "`externalDocs`",
    keys: &[need("url", Text), key("description", Text)],
};

static SERVER: Shape = Shape {
    what: "a server",
    keys: &[
        need("host", Text),
        need("protocol", OneOf(&["ws", "wss"])),
        key("protocolVersion", Text),
        key("pathname", Text),
        key("title", Text),
        key("summary", Text),
        key("description", Text),
        key(
            "variables",
            Map(&ObjectOrRef(&VARIABLE, "components/serverVariables")),
        ),
        key("security", List(&Ref("components/securitySchemes"))),
        key("tags", TAGS),
        key("externalDocs", DOCS),
        key("bindings", Mapping),
    ],
};

static VARIABLE: Shape = Shape {
    what: "a server variable",
    keys: &[
        key("enum", List(&Text)),
        key("default", Text),
        key("description", Text),
        key("examples", List(&Text)),
    ],
};

static CHANNEL: Shape = Shape {
    what: "a channel",
    keys: &[
        need("address", Text),
        need("messages", Map(&Ref("components/messages"))),
        key("title", Text),
        key("summary", Text),
        key("description", Text),
        key("servers", List(&Ref("servers"))),
        key(
            "parameters",
            Map(&ObjectOrRef(&PARAMETER, "components/parameters")),
        ),
        key("tags", TAGS),
        key("externalDocs", DOCS),
        key("bindings", Object(&BINDINGS)),
    ],
};

static BINDINGS: Shape = Shape {
    what: "the bindings of a WebSocket contract",
    keys: &[key("ws", Mapping), key("http", Mapping)],
};

static PARAMETER: Shape = Shape {
    what: "a parameter",
    keys: &[
        need("location", Text),
        key("description", Text),
        key("enum", List(&Text)),
        key("default", Text),
        key("examples", List(&Text)),
    ],
};

static OPERATION: Shape = Shape {
    what: "an operation",
    keys: &[
        need("action", OneOf(&["receive", "send"])),
        need("channel", Ref("channels")),
        need("messages", List(&Ref("channels/*/messages"))),
        key("reply", Object(&REPLY)),
        key("title", Text),
        key("summary", Text),
        key("description", Text),
        key("tags", TAGS),
        key("externalDocs", DOCS),
        key("bindings", Object(&BINDINGS)),
        key("security", List(&Ref("components/securitySchemes"))),
        key("traits", Unsupported(INLINE)),
    ],
};

static REPLY: Shape = Shape {
    what: "a reply",
    keys: &[
        need("channel", Ref("channels")),
        need("messages", List(&Ref("channels/*/messages"))),
        key(
            "address",
            Unsupported("an answer always comes over the connection of its request"),
        ),
    ],
};

static MESSAGE: Shape = Shape {
    what: "a message",
    keys: &[
        need("name", Text),
        need("title", Text),
        need("payload", Ref("components/schemas")),
        key("summary", Text),
        key("description", Text),
        key("contentType", OneOf(&["application/json"])),
        key(
            "correlationId",
            ObjectOrRef(&CORRELATION_ID, "components/correlationIds"),
        ),
        key("examples", List(&Object(&EXAMPLE))),
        key("tags", TAGS),
        key("externalDocs", DOCS),
        key("bindings", Object(&BINDINGS)),
        key(
            "headers",
            Unsupported("a frame has no headers, put it into the payload"),
        ),
        key("traits", Unsupported(INLINE)),
    ],
};

static EXAMPLE: Shape = Shape {
    what: "an example",
    keys: &[
        need("payload", Mapping),
        key("name", Text),
        key("summary", Text),
        key("headers", Unsupported("a frame has no headers")),
    ],
};

static CORRELATION_ID: Shape = Shape {
    what: "a correlation id",
    keys: &[need("location", Text), key("description", Text)],
};

static COMPONENTS: Shape = Shape {
    what: "`components`",
    keys: &[
        need("messages", Map(&Object(&MESSAGE))),
        need("schemas", Map(&Mapping)),
        key("parameters", Map(&Object(&PARAMETER))),
        key("correlationIds", Map(&Object(&CORRELATION_ID))),
        key("tags", Map(&Object(&TAG))),
        key("externalDocs", Map(&Object(&EXTERNAL_DOCS))),
        key("servers", Map(&Object(&SERVER))),
        key("serverVariables", Map(&Object(&VARIABLE))),
        key("securitySchemes", Map(&Mapping)),
        key("channels", Unsupported("write it under `channels`")),
        key("operations", Unsupported("write it under `operations`")),
        key("replies", Unsupported(INLINE)),
        key("replyAddresses", Unsupported(INLINE)),
        key("operationTraits", Unsupported(INLINE)),
        key("messageTraits", Unsupported(INLINE)),
        key("serverBindings", Unsupported(INLINE)),
        key("channelBindings", Unsupported(INLINE)),
        key("operationBindings", Unsupported(INLINE)),
        key("messageBindings", Unsupported(INLINE)),
    ],
};
