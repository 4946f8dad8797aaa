//! The identifiers of the rules. They are stable: tests and suppressions may name them.

/// Declares the identifiers, and the list of all of them.
macro_rules! rules {
    ($($(#[$doc:meta])+ $name:ident = $id:literal;)+) => {
        $($(#[$doc])+ pub const $name: &str = $id;)+

        /// Every rule of the check.
        pub const ALL: &[&str] = &[$($id),+];
    };
}

rules! {
    /// Not YAML at all.
    YAML_SYNTAX = "yaml-syntax";
    /// A key twice in one mapping.
    YAML_DUPLICATE_KEY = "yaml-duplicate-key";
    /// A value that JSON does not have, or that YAML readers disagree on.
    YAML_VALUE = "yaml-value";
    /// A place where another YAML reader sees something else.
    YAML_READERS = "yaml-readers";
    /// Too large, too deep, or aliases that repeat too much.
    YAML_LIMIT = "yaml-limit";
    /// No document, or more than one.
    YAML_DOCUMENTS = "yaml-documents";

    /// `asyncapi` is missing, or not 3.0.0.
    ASYNCAPI_VERSION = "asyncapi-version";
    /// A key that AsyncAPI does not know.
    UNKNOWN_KEY = "unknown-key";
    /// A key that must be there and is not.
    MISSING_KEY = "missing-key";
    /// A value of another type than its key holds.
    WRONG_TYPE = "wrong-type";
    /// Valid AsyncAPI that the server would ignore.
    UNSUPPORTED = "unsupported";
    /// One of our `x-` keys in the wrong place, or misspelt.
    EXTENSION_KEY = "extension-key";

    /// A reference that leads nowhere.
    REF_DANGLING = "ref-dangling";
    /// A reference to something of the wrong kind, or in another file.
    REF_KIND = "ref-kind";
    /// A reference is expected.
    REF_EXPECTED = "ref-expected";
    /// Keys beside `$ref`.
    REF_SIBLINGS = "ref-siblings";

    /// A schema without a type, or with several.
    SCHEMA_TYPE = "schema-type";
    /// A keyword outside of the subset, or of another type.
    SCHEMA_KEYWORD = "schema-keyword";
    /// A schema that should have a name in `components/schemas`.
    SCHEMA_INLINE = "schema-inline";
    /// A schema or list without a description.
    SCHEMA_DESCRIPTION = "schema-description";
    /// An object without `additionalProperties: false`.
    SCHEMA_CLOSED = "schema-closed";
    /// `required` names something that is not a property.
    SCHEMA_REQUIRED = "schema-required";
    /// `const` other than for the `type` of a frame.
    SCHEMA_CONST = "schema-const";
    /// An enum that is empty, repeats itself, or holds something else than strings.
    SCHEMA_ENUM = "schema-enum";
    /// A pattern that does not compile, or that engines read differently.
    SCHEMA_PATTERN = "schema-pattern";
    /// A format that is unknown, or missing for an integer.
    SCHEMA_FORMAT = "schema-format";
    /// Constraints that nothing satisfies.
    SCHEMA_BOUNDS = "schema-bounds";
    /// A default or an example that breaks its schema.
    SCHEMA_DEFAULT = "schema-default";

    /// A name that is no wire type, or a title that differs from it.
    MESSAGE_NAME = "message-name";
    /// Two messages of the same name.
    MESSAGE_DUPLICATE = "message-duplicate";
    /// A frame without its envelope.
    FRAME_SHAPE = "frame-shape";
    /// A `type` that is not the message's name.
    FRAME_TYPE = "frame-type";
    /// A message without an example.
    EXAMPLE_MISSING = "example-missing";
    /// An example that breaks its schema.
    EXAMPLE = "example";
    /// A correlation id that is not in the frame.
    CORRELATION_ID = "correlation-id";

    /// An operation without exactly one message, or with one of another channel or operation.
    OPERATION_MESSAGE = "operation-message";
    /// A request without a reply, a push with one, or a reply that is not an answer and `error`.
    OPERATION_REPLY = "operation-reply";
    /// A reply's message that is not of the reply's channel.
    REPLY_MESSAGE = "reply-message";
    /// A request without a tag.
    OPERATION_TAG = "operation-tag";
    /// `x-permissions` of the wrong shape.
    PERMISSIONS_SHAPE = "permissions-shape";

    /// Parameters of the address and of the channel differ.
    CHANNEL_PARAMETERS = "channel-parameters";
    /// A parameter's location that is not in every request of its channel.
    PARAMETER_LOCATION = "parameter-location";
    /// A parameter that says something else than its schema.
    PARAMETER_SCHEMA = "parameter-schema";
    /// A parameter whose value could contain a `:`, or be empty.
    PARAMETER_COLON = "parameter-colon";

    /// `x-topic` of the wrong shape.
    TOPIC_SHAPE = "topic-shape";
    /// A pattern that is none, differs from the address, or overlaps with another.
    TOPIC_PATTERN = "topic-pattern";
    /// A key that is not in the update.
    TOPIC_KEY = "topic-key";
    /// An owner that is not a parameter.
    TOPIC_OWNER = "topic-owner";
    /// A family that does not say who may publish, or lets anyone publish what is somebody's.
    TOPIC_PUBLISHERS = "topic-publishers";
    /// A family without its subscribe, unsubscribe or update.
    TOPIC_OPERATIONS = "topic-operations";
    /// A family's request or answer of another shape than the server speaks.
    TOPIC_MESSAGES = "topic-messages";

    /// No `error` message.
    SESSION_MISSING = "session-missing";
    /// A session message of another shape than the server speaks.
    SESSION_SHAPE = "session-shape";

    /// A key in the wrong case.
    KEY_SPELLING = "key-spelling";
    /// Names that become the same in Rust.
    NAME_COLLISION = "name-collision";
    /// A name that is taken already.
    NAME_RESERVED = "name-reserved";
    /// A component that nothing uses.
    UNUSED_COMPONENT = "unused-component";
}

/// No rule objects and the document can't be resolved all the same: a defect of the rules.
pub const UNRESOLVED: &str = "unresolved";
