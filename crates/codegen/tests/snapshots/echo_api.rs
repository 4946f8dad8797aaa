// Made from the contract by tickwire-codegen. Never edited.

/// Payloads and frames, each named as its schema.
#[allow(
    clippy::all,
    clippy::unwrap_used,
    non_camel_case_types,
    reason = "typify writes so"
)]
pub mod types {
    /// From the client to the server.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ClientDirection {
        /// `c2s`
        #[serde(rename = "c2s")]
        C2s,
    }

    impl ::std::fmt::Display for ClientDirection {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::C2s => f.write_str("c2s"),
            }
        }
    }

    impl ::std::str::FromStr for ClientDirection {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "c2s" => Ok(Self::C2s),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for ClientDirection {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for ClientDirection {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `echo`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct EchoFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// What is said.
        pub payload: SaidText,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `echo`.
        #[serde(rename = "type")]
        pub type_: EchoFrameType,
    }

    /// The wire type, `echo`.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum EchoFrameType {
        /// `echo`
        #[serde(rename = "echo")]
        Echo,
    }

    impl ::std::fmt::Display for EchoFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Echo => f.write_str("echo"),
            }
        }
    }

    impl ::std::str::FromStr for EchoFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "echo" => Ok(Self::Echo),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for EchoFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for EchoFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `echo.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct EchoResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// What is said.
        pub payload: SaidText,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `echo.response`.
        #[serde(rename = "type")]
        pub type_: EchoResponseFrameType,
    }

    /// The wire type, `echo.response`.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum EchoResponseFrameType {
        /// `echo.response`
        #[serde(rename = "echo.response")]
        EchoResponse,
    }

    impl ::std::fmt::Display for EchoResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::EchoResponse => f.write_str("echo.response"),
            }
        }
    }

    impl ::std::str::FromStr for EchoResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "echo.response" => Ok(Self::EchoResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for EchoResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for EchoResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// What went wrong.
    ///
    /// | code | meaning |
    /// |---|---|
    /// | `invalid_json` | not a JSON object, a duplicate key, nested too deeply, or a number out of range |
    /// | `unsupported_data` | a binary frame where text was agreed on |
    /// | `unknown_type` | the contract has no such `type` |
    /// | `not_a_request` | a `type` that only the server sends |
    /// | `invalid_frame` | the frame breaks its schema; `details` has every violation |
    /// | `invalid_topic` | not a topic of this contract |
    /// | `unauthenticated` | needs a valid token: there is none, or this one is not valid |
    /// | `forbidden` | not permitted, or not there (deliberately alike) |
    /// | `limit_exceeded` | a limit of this connection or of the server is reached |
    /// | `rate_limited` | too many requests in a short time; `retry_after_ms` says when there is room again |
    /// | `connection_required` | subscribing needs a WebSocket |
    /// | `snapshot_required` | a change was published of what the server does not know: publish a snapshot first |
    /// | `not_implemented` | nothing in this server answers this request |
    /// | `topic_unavailable` | the source of the topic could not be started |
    /// | `unknown_symbol` | there is no such symbol |
    /// | `invalid_range` | the range of time is empty or contradicts itself |
    /// | `unavailable` | the server is stopping or too busy; try again |
    /// | `internal` | a fault of the server |
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ErrorCode {
        /// `invalid_json`
        #[serde(rename = "invalid_json")]
        InvalidJson,
        /// `unsupported_data`
        #[serde(rename = "unsupported_data")]
        UnsupportedData,
        /// `unknown_type`
        #[serde(rename = "unknown_type")]
        UnknownType,
        /// `not_a_request`
        #[serde(rename = "not_a_request")]
        NotARequest,
        /// `invalid_frame`
        #[serde(rename = "invalid_frame")]
        InvalidFrame,
        /// `invalid_topic`
        #[serde(rename = "invalid_topic")]
        InvalidTopic,
        /// `unauthenticated`
        #[serde(rename = "unauthenticated")]
        Unauthenticated,
        /// `forbidden`
        #[serde(rename = "forbidden")]
        Forbidden,
        /// `limit_exceeded`
        #[serde(rename = "limit_exceeded")]
        LimitExceeded,
        /// `rate_limited`
        #[serde(rename = "rate_limited")]
        RateLimited,
        /// `connection_required`
        #[serde(rename = "connection_required")]
        ConnectionRequired,
        /// `snapshot_required`
        #[serde(rename = "snapshot_required")]
        SnapshotRequired,
        /// `not_implemented`
        #[serde(rename = "not_implemented")]
        NotImplemented,
        /// `topic_unavailable`
        #[serde(rename = "topic_unavailable")]
        TopicUnavailable,
        /// `unknown_symbol`
        #[serde(rename = "unknown_symbol")]
        UnknownSymbol,
        /// `invalid_range`
        #[serde(rename = "invalid_range")]
        InvalidRange,
        /// `unavailable`
        #[serde(rename = "unavailable")]
        Unavailable,
        /// `internal`
        #[serde(rename = "internal")]
        Internal,
    }

    impl ::std::fmt::Display for ErrorCode {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::InvalidJson => f.write_str("invalid_json"),
                Self::UnsupportedData => f.write_str("unsupported_data"),
                Self::UnknownType => f.write_str("unknown_type"),
                Self::NotARequest => f.write_str("not_a_request"),
                Self::InvalidFrame => f.write_str("invalid_frame"),
                Self::InvalidTopic => f.write_str("invalid_topic"),
                Self::Unauthenticated => f.write_str("unauthenticated"),
                Self::Forbidden => f.write_str("forbidden"),
                Self::LimitExceeded => f.write_str("limit_exceeded"),
                Self::RateLimited => f.write_str("rate_limited"),
                Self::ConnectionRequired => f.write_str("connection_required"),
                Self::SnapshotRequired => f.write_str("snapshot_required"),
                Self::NotImplemented => f.write_str("not_implemented"),
                Self::TopicUnavailable => f.write_str("topic_unavailable"),
                Self::UnknownSymbol => f.write_str("unknown_symbol"),
                Self::InvalidRange => f.write_str("invalid_range"),
                Self::Unavailable => f.write_str("unavailable"),
                Self::Internal => f.write_str("internal"),
            }
        }
    }

    impl ::std::str::FromStr for ErrorCode {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "invalid_json" => Ok(Self::InvalidJson),
                "unsupported_data" => Ok(Self::UnsupportedData),
                "unknown_type" => Ok(Self::UnknownType),
                "not_a_request" => Ok(Self::NotARequest),
                "invalid_frame" => Ok(Self::InvalidFrame),
                "invalid_topic" => Ok(Self::InvalidTopic),
                "unauthenticated" => Ok(Self::Unauthenticated),
                "forbidden" => Ok(Self::Forbidden),
                "limit_exceeded" => Ok(Self::LimitExceeded),
                "rate_limited" => Ok(Self::RateLimited),
                "connection_required" => Ok(Self::ConnectionRequired),
                "snapshot_required" => Ok(Self::SnapshotRequired),
                "not_implemented" => Ok(Self::NotImplemented),
                "topic_unavailable" => Ok(Self::TopicUnavailable),
                "unknown_symbol" => Ok(Self::UnknownSymbol),
                "invalid_range" => Ok(Self::InvalidRange),
                "unavailable" => Ok(Self::Unavailable),
                "internal" => Ok(Self::Internal),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for ErrorCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for ErrorCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// One violation, with its place in the frame.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ErrorDetail {
        /// Text for people.
        pub message: HumanText,
        /// A place in the request's frame, RFC 6901. Empty for the frame as a whole.
        pub pointer: JsonPointer,
    }

    /// The frame of `error`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ErrorFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// Why a request failed, for programs (`code`, `retryable`) and for people (`message`).
        pub payload: ErrorNotice,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `error`.
        #[serde(rename = "type")]
        pub type_: ErrorFrameType,
    }

    /// The wire type, `error`.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ErrorFrameType {
        /// `error`
        #[serde(rename = "error")]
        Error,
    }

    impl ::std::fmt::Display for ErrorFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Error => f.write_str("error"),
            }
        }
    }

    impl ::std::str::FromStr for ErrorFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "error" => Ok(Self::Error),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for ErrorFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for ErrorFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Why a request failed, for programs (`code`, `retryable`) and for people (`message`).
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ErrorNotice {
        /// What went wrong.
        ///
        /// | code | meaning |
        /// |---|---|
        /// | `invalid_json` | not a JSON object, a duplicate key, nested too deeply, or a number out of range |
        /// | `unsupported_data` | a binary frame where text was agreed on |
        /// | `unknown_type` | the contract has no such `type` |
        /// | `not_a_request` | a `type` that only the server sends |
        /// | `invalid_frame` | the frame breaks its schema; `details` has every violation |
        /// | `invalid_topic` | not a topic of this contract |
        /// | `unauthenticated` | needs a valid token: there is none, or this one is not valid |
        /// | `forbidden` | not permitted, or not there (deliberately alike) |
        /// | `limit_exceeded` | a limit of this connection or of the server is reached |
        /// | `rate_limited` | too many requests in a short time; `retry_after_ms` says when there is room again |
        /// | `connection_required` | subscribing needs a WebSocket |
        /// | `snapshot_required` | a change was published of what the server does not know: publish a snapshot first |
        /// | `not_implemented` | nothing in this server answers this request |
        /// | `topic_unavailable` | the source of the topic could not be started |
        /// | `unknown_symbol` | there is no such symbol |
        /// | `invalid_range` | the range of time is empty or contradicts itself |
        /// | `unavailable` | the server is stopping or too busy; try again |
        /// | `internal` | a fault of the server |
        pub code: ErrorCode,
        /// Every violation that was found; empty when there is no place to point to.
        pub details: ::std::vec::Vec<ErrorDetail>,
        /// Text for people.
        pub message: HumanText,
        /// The `type` of a frame.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub request_type: ::std::option::Option<WireType>,
        /// A duration in milliseconds.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub retry_after_ms: ::std::option::Option<Milliseconds>,
        /// Whether the same request may succeed later.
        pub retryable: RetryableFlag,
        /// `validation_error`: the frame breaks the contract. `business_logic_error`: it is well
        /// formed and cannot be fulfilled. `system_error`: the server failed.
        pub severity: ErrorSeverity,
    }

    /// `validation_error`: the frame breaks the contract. `business_logic_error`: it is well
    /// formed and cannot be fulfilled. `system_error`: the server failed.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ErrorSeverity {
        /// `validation_error`
        #[serde(rename = "validation_error")]
        ValidationError,
        /// `business_logic_error`
        #[serde(rename = "business_logic_error")]
        BusinessLogicError,
        /// `system_error`
        #[serde(rename = "system_error")]
        SystemError,
    }

    impl ::std::fmt::Display for ErrorSeverity {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::ValidationError => f.write_str("validation_error"),
                Self::BusinessLogicError => f.write_str("business_logic_error"),
                Self::SystemError => f.write_str("system_error"),
            }
        }
    }

    impl ::std::str::FromStr for ErrorSeverity {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "validation_error" => Ok(Self::ValidationError),
                "business_logic_error" => Ok(Self::BusinessLogicError),
                "system_error" => Ok(Self::SystemError),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for ErrorSeverity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for ErrorSeverity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Text for people.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct HumanText(::std::string::String);

    impl ::std::fmt::Display for HumanText {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for HumanText {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<HumanText> for ::std::string::String {
        fn from(value: HumanText) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for HumanText {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 2000usize {
                return Err("longer than 2000 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for HumanText {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for HumanText {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for HumanText {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }

    /// A place in the request's frame, RFC 6901. Empty for the frame as a whole.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct JsonPointer(::std::string::String);

    impl ::std::fmt::Display for JsonPointer {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for JsonPointer {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<JsonPointer> for ::std::string::String {
        fn from(value: JsonPointer) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for JsonPointer {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 1024usize {
                return Err("longer than 1024 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for JsonPointer {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for JsonPointer {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for JsonPointer {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }

    /// A duration in milliseconds.
    ///
    /// `minimum: 0`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct Milliseconds(pub i64);

    impl ::std::ops::Deref for Milliseconds {
        type Target = i64;
        fn deref(&self) -> &i64 {
            &self.0
        }
    }

    impl ::std::convert::From<Milliseconds> for i64 {
        fn from(value: Milliseconds) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<i64> for Milliseconds {
        fn from(value: i64) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for Milliseconds {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for Milliseconds {
        type Err = <i64 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for Milliseconds {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for Milliseconds {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
    /// repeated in its answer; a UUIDv7 in a push.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct MsgId(::std::string::String);

    impl ::std::fmt::Display for MsgId {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for MsgId {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<MsgId> for ::std::string::String {
        fn from(value: MsgId) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for MsgId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 64usize {
                return Err("longer than 64 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[!-~]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[!-~]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for MsgId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for MsgId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for MsgId {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }

    /// Whether the same request may succeed later.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct RetryableFlag(pub bool);

    impl ::std::ops::Deref for RetryableFlag {
        type Target = bool;
        fn deref(&self) -> &bool {
            &self.0
        }
    }

    impl ::std::convert::From<RetryableFlag> for bool {
        fn from(value: RetryableFlag) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<bool> for RetryableFlag {
        fn from(value: bool) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for RetryableFlag {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for RetryableFlag {
        type Err = <bool as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for RetryableFlag {
        type Error = <bool as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for RetryableFlag {
        type Error = <bool as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// What is said.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SaidText {
        /// Text for people.
        pub text: HumanText,
    }

    /// From the server to the client.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ServerDirection {
        /// `s2c`
        #[serde(rename = "s2c")]
        S2c,
    }

    impl ::std::fmt::Display for ServerDirection {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::S2c => f.write_str("s2c"),
            }
        }
    }

    impl ::std::str::FromStr for ServerDirection {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "s2c" => Ok(Self::S2c),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for ServerDirection {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for ServerDirection {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// An instant, RFC 3339 in UTC.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct Timestamp(pub ::chrono::DateTime<::chrono::offset::Utc>);

    impl ::std::ops::Deref for Timestamp {
        type Target = ::chrono::DateTime<::chrono::offset::Utc>;
        fn deref(&self) -> &::chrono::DateTime<::chrono::offset::Utc> {
            &self.0
        }
    }

    impl ::std::convert::From<Timestamp> for ::chrono::DateTime<::chrono::offset::Utc> {
        fn from(value: Timestamp) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<::chrono::DateTime<::chrono::offset::Utc>> for Timestamp {
        fn from(value: ::chrono::DateTime<::chrono::offset::Utc>) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for Timestamp {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for Timestamp {
        type Err = <::chrono::DateTime<
            ::chrono::offset::Utc,
        > as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for Timestamp {
        type Error = <::chrono::DateTime<
            ::chrono::offset::Utc,
        > as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for Timestamp {
        type Error = <::chrono::DateTime<
            ::chrono::offset::Utc,
        > as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// The `type` of a frame.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct WireType(::std::string::String);

    impl ::std::fmt::Display for WireType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for WireType {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<WireType> for ::std::string::String {
        fn from(value: WireType) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for WireType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for WireType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for WireType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for WireType {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }

    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);

        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }

        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}

/// One struct for each topic family; all of them display as the topic and parse from it.
pub mod topic {}
/// A topic of any family.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Topic {}
impl Topic {
    /// The name of its family.
    pub fn family(&self) -> &'static str {
        match *self {}
    }
}

impl ::std::fmt::Display for Topic {
    fn fmt(&self, _: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {}
    }
}

impl ::std::str::FromStr for Topic {
    type Err = crate::service::TopicParseError;
    fn from_str(topic: &str) -> Result<Self, Self::Err> {
        Err(crate::service::TopicParseError::new(topic, ""))
    }
}

/// What comes back.
///
/// A method for each request, and the source of each topic family that a module makes.
pub trait Echo
where
    Self: Send + Sync + 'static,
{
    /// Say it again.
    ///
    /// `echo` → `echo.response`
    fn echo(
        &self,
        call: &crate::service::Call,
        request: types::SaidText,
    ) -> impl ::std::future::Future<
        Output = ::std::result::Result<types::SaidText, crate::service::Refusal>,
    > + Send;
}

/// Puts the part that [`Echo`] answers into the dispatch table.
pub fn mount_echo<M: Echo>(
    module: ::std::sync::Arc<M>,
    handlers: &mut crate::service::Handlers,
) {
    handlers
        .request(
            "echo",
            {
                let module = ::std::sync::Arc::clone(&module);
                move |call: crate::service::Call, request: types::SaidText| {
                    let module = ::std::sync::Arc::clone(&module);
                    async move { <M as Echo>::echo(&module, &call, request).await }
                }
            },
        );
}

/// The dispatch table: every operation of the contract, in the order of the document.
pub static OPERATIONS: &[crate::service::OperationEntry] = &[
    crate::service::OperationEntry {
        wire_type: "echo",
        key: "echo",
        tag: "echo",
        frame: "EchoFrame",
        reply: Some("echo.response"),
        permissions: &[],
        kind: "request",
    },
];
