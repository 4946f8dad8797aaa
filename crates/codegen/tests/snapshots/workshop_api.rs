// Made from the contract by tickwire-codegen. Never edited.

/// Payloads and frames, each named as its schema.
#[allow(
    clippy::all,
    clippy::unwrap_used,
    non_camel_case_types,
    reason = "typify writes so"
)]
pub mod types {
    /// A large number.
    ///
    /// `minimum: 1`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct BigNumber(pub u64);

    impl ::std::ops::Deref for BigNumber {
        type Target = u64;
        fn deref(&self) -> &u64 {
            &self.0
        }
    }

    impl ::std::convert::From<BigNumber> for u64 {
        fn from(value: BigNumber) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<u64> for BigNumber {
        fn from(value: u64) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for BigNumber {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for BigNumber {
        type Err = <u64 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for BigNumber {
        type Error = <u64 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for BigNumber {
        type Error = <u64 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// A day.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct CalendarDay(pub ::chrono::naive::NaiveDate);

    impl ::std::ops::Deref for CalendarDay {
        type Target = ::chrono::naive::NaiveDate;
        fn deref(&self) -> &::chrono::naive::NaiveDate {
            &self.0
        }
    }

    impl ::std::convert::From<CalendarDay> for ::chrono::naive::NaiveDate {
        fn from(value: CalendarDay) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<::chrono::naive::NaiveDate> for CalendarDay {
        fn from(value: ::chrono::naive::NaiveDate) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for CalendarDay {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for CalendarDay {
        type Err = <::chrono::naive::NaiveDate as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for CalendarDay {
        type Error = <::chrono::naive::NaiveDate as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for CalendarDay {
        type Error = <::chrono::naive::NaiveDate as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

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

    /// The frame of `create_topic`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct CreateTopicFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Fields named like keywords of Rust.
        pub payload: CreateTopicRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `create_topic`.
        #[serde(rename = "type")]
        pub type_: CreateTopicFrameType,
    }

    /// The wire type, `create_topic`.
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
    pub enum CreateTopicFrameType {
        /// `create_topic`
        #[serde(rename = "create_topic")]
        CreateTopic,
    }

    impl ::std::fmt::Display for CreateTopicFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::CreateTopic => f.write_str("create_topic"),
            }
        }
    }

    impl ::std::str::FromStr for CreateTopicFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "create_topic" => Ok(Self::CreateTopic),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for CreateTopicFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for CreateTopicFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Fields named like keywords of Rust.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct CreateTopicRequest {
        /// A small number.
        #[serde(rename = "async", default = "defaults::create_topic_request_async")]
        pub async_: SmallNumber,
        /// A large number.
        #[serde(rename = "fn", skip_serializing_if = "::std::option::Option::is_none")]
        pub fn_: ::std::option::Option<BigNumber>,
        /// Any, of \[Match\].
        #[serde(
            rename = "match",
            default,
            skip_serializing_if = "::std::vec::Vec::is_empty"
        )]
        pub match_: ::std::vec::Vec<FloorName>,
        /// Whether a test is going on.
        pub self_test: TestFlag,
        /// Values that are keywords.
        #[serde(rename = "type")]
        pub type_: JobKind,
        /// Whether a test is going on.
        #[serde(rename = "where", default = "defaults::create_topic_request_where")]
        pub where_: TestFlag,
    }

    /// The frame of `create_topic.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct CreateTopicResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// Nothing to say.
        pub payload: TopicCreated,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `create_topic.response`.
        #[serde(rename = "type")]
        pub type_: CreateTopicResponseFrameType,
    }

    /// The wire type, `create_topic.response`.
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
    pub enum CreateTopicResponseFrameType {
        /// `create_topic.response`
        #[serde(rename = "create_topic.response")]
        CreateTopicResponse,
    }

    impl ::std::fmt::Display for CreateTopicResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::CreateTopicResponse => f.write_str("create_topic.response"),
            }
        }
    }

    impl ::std::str::FromStr for CreateTopicResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "create_topic.response" => Ok(Self::CreateTopicResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for CreateTopicResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for CreateTopicResponseFrameType {
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

    /// A floor, `240` or \[D\].
    ///
    /// `default: "+1"`
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
    pub enum FloorName {
        /// `240`
        #[serde(rename = "240")]
        X240,
        /// `D`
        D,
        /// `+1`
        #[serde(rename = "+1")]
        plus1,
        /// `a-b`
        #[serde(rename = "a-b")]
        AB,
        /// `3rd`
        #[serde(rename = "3rd")]
        X3rd,
        /// `Self`
        #[serde(rename = "Self")]
        Self_,
        /// `on/off`
        #[serde(rename = "on/off")]
        OnOff,
    }

    impl ::std::fmt::Display for FloorName {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::X240 => f.write_str("240"),
                Self::D => f.write_str("D"),
                Self::plus1 => f.write_str("+1"),
                Self::AB => f.write_str("a-b"),
                Self::X3rd => f.write_str("3rd"),
                Self::Self_ => f.write_str("Self"),
                Self::OnOff => f.write_str("on/off"),
            }
        }
    }

    impl ::std::str::FromStr for FloorName {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "240" => Ok(Self::X240),
                "D" => Ok(Self::D),
                "+1" => Ok(Self::plus1),
                "a-b" => Ok(Self::AB),
                "3rd" => Ok(Self::X3rd),
                "Self" => Ok(Self::Self_),
                "on/off" => Ok(Self::OnOff),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for FloorName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for FloorName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::default::Default for FloorName {
        fn default() -> Self {
            FloorName::plus1
        }
    }

    /// Any text, and `*/` or "quotes".
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    #[serde(transparent)]
    pub struct FreeText(pub ::std::string::String);

    impl ::std::ops::Deref for FreeText {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<FreeText> for ::std::string::String {
        fn from(value: FreeText) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<::std::string::String> for FreeText {
        fn from(value: ::std::string::String) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for FreeText {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for FreeText {
        type Err = ::std::convert::Infallible;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.to_string()))
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

    /// A job, which consists of jobs.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct Job {
        /// Its parts.
        pub children: ::std::vec::Vec<Job>,
        /// A job, which consists of jobs.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub part_of: ::std::option::Option<::std::boxed::Box<Job>>,
        /// Values that are keywords.
        #[serde(rename = "type")]
        pub type_: JobKind,
    }

    /// Values that are keywords.
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
    pub enum JobKind {
        /// `a`
        #[serde(rename = "a")]
        A,
        /// `b`
        #[serde(rename = "b")]
        B,
        /// `type`
        #[serde(rename = "type")]
        Type,
        /// `self`
        #[serde(rename = "self")]
        Self_,
        /// `crate`
        #[serde(rename = "crate")]
        Crate,
        /// `Super`
        Super,
    }

    impl ::std::fmt::Display for JobKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::A => f.write_str("a"),
                Self::B => f.write_str("b"),
                Self::Type => f.write_str("type"),
                Self::Self_ => f.write_str("self"),
                Self::Crate => f.write_str("crate"),
                Self::Super => f.write_str("Super"),
            }
        }
    }

    impl ::std::str::FromStr for JobKind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "a" => Ok(Self::A),
                "b" => Ok(Self::B),
                "type" => Ok(Self::Type),
                "self" => Ok(Self::Self_),
                "crate" => Ok(Self::Crate),
                "Super" => Ok(Self::Super),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for JobKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for JobKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `jobs.find`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct JobsFindFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Where to look.
        pub payload: JobsFindRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `jobs.find`.
        #[serde(rename = "type")]
        pub type_: JobsFindFrameType,
    }

    /// The wire type, `jobs.find`.
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
    pub enum JobsFindFrameType {
        /// `jobs.find`
        #[serde(rename = "jobs.find")]
        JobsFind,
    }

    impl ::std::fmt::Display for JobsFindFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::JobsFind => f.write_str("jobs.find"),
            }
        }
    }

    impl ::std::str::FromStr for JobsFindFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "jobs.find" => Ok(Self::JobsFind),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for JobsFindFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for JobsFindFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Where to look.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct JobsFindRequest {
        /// A floor, `240` or \[D\].
        #[serde(default = "defaults::jobs_find_request_floor")]
        pub floor: FloorName,
        /// A small number.
        #[serde(default = "defaults::jobs_find_request_limit")]
        pub limit: SmallNumber,
        /// Whether a test is going on.
        #[serde(default = "defaults::jobs_find_request_loud")]
        pub loud: TestFlag,
    }

    impl ::std::default::Default for JobsFindRequest {
        fn default() -> Self {
            Self {
                floor: defaults::jobs_find_request_floor(),
                limit: defaults::jobs_find_request_limit(),
                loud: defaults::jobs_find_request_loud(),
            }
        }
    }

    /// The frame of `jobs.find.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct JobsFindResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// What was found.
        pub payload: JobsFound,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `jobs.find.response`.
        #[serde(rename = "type")]
        pub type_: JobsFindResponseFrameType,
    }

    /// The wire type, `jobs.find.response`.
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
    pub enum JobsFindResponseFrameType {
        /// `jobs.find.response`
        #[serde(rename = "jobs.find.response")]
        JobsFindResponse,
    }

    impl ::std::fmt::Display for JobsFindResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::JobsFindResponse => f.write_str("jobs.find.response"),
            }
        }
    }

    impl ::std::str::FromStr for JobsFindResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "jobs.find.response" => Ok(Self::JobsFindResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for JobsFindResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for JobsFindResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// What was found.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct JobsFound {
        /// The jobs.
        ///
        /// `maxItems: 9`
        pub jobs: ::std::vec::Vec<Job>,
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

    /// A share of 1, \[0, 1).
    ///
    /// `minimum: 0`, `exclusiveMaximum: 1`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, PartialOrd)]
    #[serde(transparent)]
    pub struct LoadShare(pub f64);

    impl ::std::ops::Deref for LoadShare {
        type Target = f64;
        fn deref(&self) -> &f64 {
            &self.0
        }
    }

    impl ::std::convert::From<LoadShare> for f64 {
        fn from(value: LoadShare) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<f64> for LoadShare {
        fn from(value: f64) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for LoadShare {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for LoadShare {
        type Err = <f64 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for LoadShare {
        type Error = <f64 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for LoadShare {
        type Error = <f64 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// What it does.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MachineState {
        /// A large number.
        pub big: BigNumber,
        /// A share of 1, \[0, 1).
        pub load: LoadShare,
        /// An instant, RFC 3339 in UTC.
        pub seen: Timestamp,
        /// Whether a test is going on.
        pub self_test: TestFlag,
        /// A day.
        pub since: CalendarDay,
        /// A small number.
        pub small: SmallNumber,
        /// Any text, and `*/` or "quotes".
        #[serde(rename = "type")]
        pub type_: FreeText,
    }

    /// The frame of `machines.subscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MachinesSubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Which machine.
        pub payload: MachinesSubscribeRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `machines.subscribe`.
        #[serde(rename = "type")]
        pub type_: MachinesSubscribeFrameType,
    }

    /// The wire type, `machines.subscribe`.
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
    pub enum MachinesSubscribeFrameType {
        /// `machines.subscribe`
        #[serde(rename = "machines.subscribe")]
        MachinesSubscribe,
    }

    impl ::std::fmt::Display for MachinesSubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::MachinesSubscribe => f.write_str("machines.subscribe"),
            }
        }
    }

    impl ::std::str::FromStr for MachinesSubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "machines.subscribe" => Ok(Self::MachinesSubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for MachinesSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for MachinesSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Which machine.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MachinesSubscribeRequest {
        /// A floor, `240` or \[D\].
        #[serde(default = "defaults::machines_subscribe_request_floor")]
        pub floor: FloorName,
        /// How many of the newest updates to replay first, as far as they are kept.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub history: ::std::option::Option<ReplayCount>,
        /// A ratio.
        pub ratio_2: RatioText,
        /// The last update that a client has seen of a topic.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub since: ::std::option::Option<StreamPosition>,
    }

    /// The frame of `machines.subscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MachinesSubscribeResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// A subscription with its position. `recovered` answers a `since`: true when exactly the
        /// missed updates follow; false, with a `reason`, when what follows replaces what the
        /// client holds.
        pub payload: SubscribeResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `machines.subscribe.response`.
        #[serde(rename = "type")]
        pub type_: MachinesSubscribeResponseFrameType,
    }

    /// The wire type, `machines.subscribe.response`.
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
    pub enum MachinesSubscribeResponseFrameType {
        /// `machines.subscribe.response`
        #[serde(rename = "machines.subscribe.response")]
        MachinesSubscribeResponse,
    }

    impl ::std::fmt::Display for MachinesSubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::MachinesSubscribeResponse => {
                    f.write_str("machines.subscribe.response")
                }
            }
        }
    }

    impl ::std::str::FromStr for MachinesSubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "machines.subscribe.response" => Ok(Self::MachinesSubscribeResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for MachinesSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for MachinesSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `machines.unsubscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MachinesUnsubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Which machine.
        pub payload: MachinesUnsubscribeRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `machines.unsubscribe`.
        #[serde(rename = "type")]
        pub type_: MachinesUnsubscribeFrameType,
    }

    /// The wire type, `machines.unsubscribe`.
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
    pub enum MachinesUnsubscribeFrameType {
        /// `machines.unsubscribe`
        #[serde(rename = "machines.unsubscribe")]
        MachinesUnsubscribe,
    }

    impl ::std::fmt::Display for MachinesUnsubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::MachinesUnsubscribe => f.write_str("machines.unsubscribe"),
            }
        }
    }

    impl ::std::str::FromStr for MachinesUnsubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "machines.unsubscribe" => Ok(Self::MachinesUnsubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for MachinesUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for MachinesUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Which machine.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MachinesUnsubscribeRequest {
        /// A floor, `240` or \[D\].
        #[serde(default = "defaults::machines_unsubscribe_request_floor")]
        pub floor: FloorName,
        /// A ratio.
        pub ratio_2: RatioText,
    }

    /// The frame of `machines.unsubscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MachinesUnsubscribeResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// What came of leaving one topic.
        pub payload: UnsubscribeResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `machines.unsubscribe.response`.
        #[serde(rename = "type")]
        pub type_: MachinesUnsubscribeResponseFrameType,
    }

    /// The wire type, `machines.unsubscribe.response`.
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
    pub enum MachinesUnsubscribeResponseFrameType {
        /// `machines.unsubscribe.response`
        #[serde(rename = "machines.unsubscribe.response")]
        MachinesUnsubscribeResponse,
    }

    impl ::std::fmt::Display for MachinesUnsubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::MachinesUnsubscribeResponse => {
                    f.write_str("machines.unsubscribe.response")
                }
            }
        }
    }

    impl ::std::str::FromStr for MachinesUnsubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "machines.unsubscribe.response" => Ok(Self::MachinesUnsubscribeResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for MachinesUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for MachinesUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `machines.update`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MachinesUpdateFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// What it does.
        pub payload: MachineState,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
        /// The wire type, `machines.update`.
        #[serde(rename = "type")]
        pub type_: MachinesUpdateFrameType,
    }

    /// The wire type, `machines.update`.
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
    pub enum MachinesUpdateFrameType {
        /// `machines.update`
        #[serde(rename = "machines.update")]
        MachinesUpdate,
    }

    impl ::std::fmt::Display for MachinesUpdateFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::MachinesUpdate => f.write_str("machines.update"),
            }
        }
    }

    impl ::std::str::FromStr for MachinesUpdateFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "machines.update" => Ok(Self::MachinesUpdate),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for MachinesUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for MachinesUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
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

    /// Names an order.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct OrderId(pub ::uuid::Uuid);

    impl ::std::ops::Deref for OrderId {
        type Target = ::uuid::Uuid;
        fn deref(&self) -> &::uuid::Uuid {
            &self.0
        }
    }

    impl ::std::convert::From<OrderId> for ::uuid::Uuid {
        fn from(value: OrderId) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<::uuid::Uuid> for OrderId {
        fn from(value: ::uuid::Uuid) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for OrderId {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for OrderId {
        type Err = <::uuid::Uuid as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for OrderId {
        type Error = <::uuid::Uuid as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for OrderId {
        type Error = <::uuid::Uuid as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// A ratio.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct RatioText(::std::string::String);

    impl ::std::fmt::Display for RatioText {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for RatioText {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<RatioText> for ::std::string::String {
        fn from(value: RatioText) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for RatioText {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[0-9]{1,3}([.][0-9])?$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[0-9]{1,3}([.][0-9])?$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for RatioText {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for RatioText {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for RatioText {
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

    /// Whether exactly the missed updates follow. Only where `since` was given.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct RecoveredFlag(pub bool);

    impl ::std::ops::Deref for RecoveredFlag {
        type Target = bool;
        fn deref(&self) -> &bool {
            &self.0
        }
    }

    impl ::std::convert::From<RecoveredFlag> for bool {
        fn from(value: RecoveredFlag) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<bool> for RecoveredFlag {
        fn from(value: bool) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for RecoveredFlag {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for RecoveredFlag {
        type Err = <bool as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for RecoveredFlag {
        type Error = <bool as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for RecoveredFlag {
        type Error = <bool as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// Why the missed updates cannot be replayed: the stream began anew since
    /// (`epoch_changed`), some are no longer kept (`out_of_retention`), or the position lies
    /// in the future (`ahead_of_stream`).
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
    pub enum RecoveryFailure {
        /// `epoch_changed`
        #[serde(rename = "epoch_changed")]
        EpochChanged,
        /// `out_of_retention`
        #[serde(rename = "out_of_retention")]
        OutOfRetention,
        /// `ahead_of_stream`
        #[serde(rename = "ahead_of_stream")]
        AheadOfStream,
    }

    impl ::std::fmt::Display for RecoveryFailure {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::EpochChanged => f.write_str("epoch_changed"),
                Self::OutOfRetention => f.write_str("out_of_retention"),
                Self::AheadOfStream => f.write_str("ahead_of_stream"),
            }
        }
    }

    impl ::std::str::FromStr for RecoveryFailure {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "epoch_changed" => Ok(Self::EpochChanged),
                "out_of_retention" => Ok(Self::OutOfRetention),
                "ahead_of_stream" => Ok(Self::AheadOfStream),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for RecoveryFailure {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for RecoveryFailure {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// How many of the newest updates to replay first, as far as they are kept.
    ///
    /// `minimum: 0`, `maximum: 1000`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct ReplayCount(pub i64);

    impl ::std::ops::Deref for ReplayCount {
        type Target = i64;
        fn deref(&self) -> &i64 {
            &self.0
        }
    }

    impl ::std::convert::From<ReplayCount> for i64 {
        fn from(value: ReplayCount) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<i64> for ReplayCount {
        fn from(value: i64) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for ReplayCount {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for ReplayCount {
        type Err = <i64 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for ReplayCount {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for ReplayCount {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
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

    /// Number of an update within its epoch. The first is 1; 0 is before the first.
    ///
    /// `minimum: 0`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct SequenceNumber(pub i64);

    impl ::std::ops::Deref for SequenceNumber {
        type Target = i64;
        fn deref(&self) -> &i64 {
            &self.0
        }
    }

    impl ::std::convert::From<SequenceNumber> for i64 {
        fn from(value: SequenceNumber) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<i64> for SequenceNumber {
        fn from(value: i64) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for SequenceNumber {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for SequenceNumber {
        type Err = <i64 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for SequenceNumber {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for SequenceNumber {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
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

    /// Nothing to say.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SirenHeard {}
    /// Nothing to say.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SirenLeft {}
    /// Whether it can be heard.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SirenState {
        /// Whether a test is going on.
        pub loud: TestFlag,
    }

    /// The frame of `siren.subscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SirenSubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Nothing to say.
        pub payload: SirenHeard,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `siren.subscribe`.
        #[serde(rename = "type")]
        pub type_: SirenSubscribeFrameType,
    }

    /// The wire type, `siren.subscribe`.
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
    pub enum SirenSubscribeFrameType {
        /// `siren.subscribe`
        #[serde(rename = "siren.subscribe")]
        SirenSubscribe,
    }

    impl ::std::fmt::Display for SirenSubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::SirenSubscribe => f.write_str("siren.subscribe"),
            }
        }
    }

    impl ::std::str::FromStr for SirenSubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "siren.subscribe" => Ok(Self::SirenSubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SirenSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for SirenSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `siren.subscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SirenSubscribeResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// A subscription with its position. `recovered` answers a `since`: true when exactly the
        /// missed updates follow; false, with a `reason`, when what follows replaces what the
        /// client holds.
        pub payload: SubscribeResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `siren.subscribe.response`.
        #[serde(rename = "type")]
        pub type_: SirenSubscribeResponseFrameType,
    }

    /// The wire type, `siren.subscribe.response`.
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
    pub enum SirenSubscribeResponseFrameType {
        /// `siren.subscribe.response`
        #[serde(rename = "siren.subscribe.response")]
        SirenSubscribeResponse,
    }

    impl ::std::fmt::Display for SirenSubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::SirenSubscribeResponse => f.write_str("siren.subscribe.response"),
            }
        }
    }

    impl ::std::str::FromStr for SirenSubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "siren.subscribe.response" => Ok(Self::SirenSubscribeResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SirenSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for SirenSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `siren.unsubscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SirenUnsubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Nothing to say.
        pub payload: SirenLeft,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `siren.unsubscribe`.
        #[serde(rename = "type")]
        pub type_: SirenUnsubscribeFrameType,
    }

    /// The wire type, `siren.unsubscribe`.
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
    pub enum SirenUnsubscribeFrameType {
        /// `siren.unsubscribe`
        #[serde(rename = "siren.unsubscribe")]
        SirenUnsubscribe,
    }

    impl ::std::fmt::Display for SirenUnsubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::SirenUnsubscribe => f.write_str("siren.unsubscribe"),
            }
        }
    }

    impl ::std::str::FromStr for SirenUnsubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "siren.unsubscribe" => Ok(Self::SirenUnsubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SirenUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for SirenUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `siren.unsubscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SirenUnsubscribeResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// What came of leaving one topic.
        pub payload: UnsubscribeResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `siren.unsubscribe.response`.
        #[serde(rename = "type")]
        pub type_: SirenUnsubscribeResponseFrameType,
    }

    /// The wire type, `siren.unsubscribe.response`.
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
    pub enum SirenUnsubscribeResponseFrameType {
        /// `siren.unsubscribe.response`
        #[serde(rename = "siren.unsubscribe.response")]
        SirenUnsubscribeResponse,
    }

    impl ::std::fmt::Display for SirenUnsubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::SirenUnsubscribeResponse => {
                    f.write_str("siren.unsubscribe.response")
                }
            }
        }
    }

    impl ::std::str::FromStr for SirenUnsubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "siren.unsubscribe.response" => Ok(Self::SirenUnsubscribeResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SirenUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for SirenUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `siren.update`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SirenUpdateFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// Whether it can be heard.
        pub payload: SirenState,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
        /// The wire type, `siren.update`.
        #[serde(rename = "type")]
        pub type_: SirenUpdateFrameType,
    }

    /// The wire type, `siren.update`.
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
    pub enum SirenUpdateFrameType {
        /// `siren.update`
        #[serde(rename = "siren.update")]
        SirenUpdate,
    }

    impl ::std::fmt::Display for SirenUpdateFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::SirenUpdate => f.write_str("siren.update"),
            }
        }
    }

    impl ::std::str::FromStr for SirenUpdateFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "siren.update" => Ok(Self::SirenUpdate),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SirenUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for SirenUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// A small number.
    ///
    /// `minimum: -5`, `maximum: 5`, `default: 3`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct SmallNumber(pub i32);

    impl ::std::ops::Deref for SmallNumber {
        type Target = i32;
        fn deref(&self) -> &i32 {
            &self.0
        }
    }

    impl ::std::convert::From<SmallNumber> for i32 {
        fn from(value: SmallNumber) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<i32> for SmallNumber {
        fn from(value: i32) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for SmallNumber {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for SmallNumber {
        type Err = <i32 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for SmallNumber {
        type Error = <i32 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for SmallNumber {
        type Error = <i32 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// Names one life of a topic's stream. Positions of different epochs do not compare.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct StreamEpoch(::std::string::String);

    impl ::std::fmt::Display for StreamEpoch {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for StreamEpoch {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<StreamEpoch> for ::std::string::String {
        fn from(value: StreamEpoch) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for StreamEpoch {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 32usize {
                return Err("longer than 32 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[0-9a-z]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[0-9a-z]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for StreamEpoch {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for StreamEpoch {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for StreamEpoch {
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

    /// The last update that a client has seen of a topic.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct StreamPosition {
        /// Names one life of a topic's stream. Positions of different epochs do not compare.
        pub epoch: StreamEpoch,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
    }

    /// A subscription with its position. `recovered` answers a `since`: true when exactly the
    /// missed updates follow; false, with a `reason`, when what follows replaces what the
    /// client holds.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SubscribeResult {
        /// Names one life of a topic's stream. Positions of different epochs do not compare.
        pub epoch: StreamEpoch,
        /// Text for people.
        pub message: HumanText,
        /// Why the missed updates cannot be replayed: the stream began anew since
        /// (`epoch_changed`), some are no longer kept (`out_of_retention`), or the position lies
        /// in the future (`ahead_of_stream`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<RecoveryFailure>,
        /// Whether exactly the missed updates follow. Only where `since` was given.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub recovered: ::std::option::Option<RecoveredFlag>,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
        /// `subscribed` now, `already_subscribed` before (nothing changed), or `refused` (see `error`).
        pub status: SubscriptionStatus,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
    }

    /// `subscribed` now, `already_subscribed` before (nothing changed), or `refused` (see `error`).
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
    pub enum SubscriptionStatus {
        /// `subscribed`
        #[serde(rename = "subscribed")]
        Subscribed,
        /// `already_subscribed`
        #[serde(rename = "already_subscribed")]
        AlreadySubscribed,
        /// `refused`
        #[serde(rename = "refused")]
        Refused,
    }

    impl ::std::fmt::Display for SubscriptionStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Subscribed => f.write_str("subscribed"),
                Self::AlreadySubscribed => f.write_str("already_subscribed"),
                Self::Refused => f.write_str("refused"),
            }
        }
    }

    impl ::std::str::FromStr for SubscriptionStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "subscribed" => Ok(Self::Subscribed),
                "already_subscribed" => Ok(Self::AlreadySubscribed),
                "refused" => Ok(Self::Refused),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SubscriptionStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for SubscriptionStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Whether a test is going on.
    ///
    /// `default: true`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct TestFlag(pub bool);

    impl ::std::ops::Deref for TestFlag {
        type Target = bool;
        fn deref(&self) -> &bool {
            &self.0
        }
    }

    impl ::std::convert::From<TestFlag> for bool {
        fn from(value: TestFlag) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<bool> for TestFlag {
        fn from(value: bool) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for TestFlag {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for TestFlag {
        type Err = <bool as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for TestFlag {
        type Error = <bool as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for TestFlag {
        type Error = <bool as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
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

    /// Nothing to say.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TopicCreated {}
    /// A topic, such as `bars:AAPL:1`.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct TopicName(::std::string::String);

    impl ::std::fmt::Display for TopicName {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for TopicName {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<TopicName> for ::std::string::String {
        fn from(value: TopicName) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for TopicName {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 256usize {
                return Err("longer than 256 characters".into());
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

    impl ::std::convert::TryFrom<&str> for TopicName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for TopicName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for TopicName {
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

    /// What came of leaving one topic.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct UnsubscribeResult {
        /// Text for people.
        pub message: HumanText,
        /// `unsubscribed` now, or `not_subscribed` before (nothing changed).
        pub status: UnsubscriptionStatus,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
    }

    /// `unsubscribed` now, or `not_subscribed` before (nothing changed).
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
    pub enum UnsubscriptionStatus {
        /// `unsubscribed`
        #[serde(rename = "unsubscribed")]
        Unsubscribed,
        /// `not_subscribed`
        #[serde(rename = "not_subscribed")]
        NotSubscribed,
    }

    impl ::std::fmt::Display for UnsubscriptionStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Unsubscribed => f.write_str("unsubscribed"),
                Self::NotSubscribed => f.write_str("not_subscribed"),
            }
        }
    }

    impl ::std::str::FromStr for UnsubscriptionStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "unsubscribed" => Ok(Self::Unsubscribed),
                "not_subscribed" => Ok(Self::NotSubscribed),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for UnsubscriptionStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for UnsubscriptionStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
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

    /// Which order.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WorkOrderLeft {
        /// A day.
        pub read: CalendarDay,
        /// Names an order.
        pub topic: OrderId,
    }

    /// Which order.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WorkOrderNamed {
        /// A day.
        pub read: CalendarDay,
        /// The last update that a client has seen of a topic.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub since: ::std::option::Option<StreamPosition>,
        /// Names an order.
        pub topic: OrderId,
    }

    /// The frame of `work_orders.snapshot`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WorkOrdersSnapshotFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// A job, which consists of jobs.
        pub payload: Job,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
        /// The wire type, `work_orders.snapshot`.
        #[serde(rename = "type")]
        pub type_: WorkOrdersSnapshotFrameType,
    }

    /// The wire type, `work_orders.snapshot`.
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
    pub enum WorkOrdersSnapshotFrameType {
        /// `work_orders.snapshot`
        #[serde(rename = "work_orders.snapshot")]
        WorkOrdersSnapshot,
    }

    impl ::std::fmt::Display for WorkOrdersSnapshotFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::WorkOrdersSnapshot => f.write_str("work_orders.snapshot"),
            }
        }
    }

    impl ::std::str::FromStr for WorkOrdersSnapshotFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "work_orders.snapshot" => Ok(Self::WorkOrdersSnapshot),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for WorkOrdersSnapshotFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for WorkOrdersSnapshotFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `work_orders.subscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WorkOrdersSubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Which order.
        pub payload: WorkOrderNamed,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `work_orders.subscribe`.
        #[serde(rename = "type")]
        pub type_: WorkOrdersSubscribeFrameType,
    }

    /// The wire type, `work_orders.subscribe`.
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
    pub enum WorkOrdersSubscribeFrameType {
        /// `work_orders.subscribe`
        #[serde(rename = "work_orders.subscribe")]
        WorkOrdersSubscribe,
    }

    impl ::std::fmt::Display for WorkOrdersSubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::WorkOrdersSubscribe => f.write_str("work_orders.subscribe"),
            }
        }
    }

    impl ::std::str::FromStr for WorkOrdersSubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "work_orders.subscribe" => Ok(Self::WorkOrdersSubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for WorkOrdersSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for WorkOrdersSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `work_orders.subscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WorkOrdersSubscribeResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// A subscription with its position. `recovered` answers a `since`: true when exactly the
        /// missed updates follow; false, with a `reason`, when what follows replaces what the
        /// client holds.
        pub payload: SubscribeResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `work_orders.subscribe.response`.
        #[serde(rename = "type")]
        pub type_: WorkOrdersSubscribeResponseFrameType,
    }

    /// The wire type, `work_orders.subscribe.response`.
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
    pub enum WorkOrdersSubscribeResponseFrameType {
        /// `work_orders.subscribe.response`
        #[serde(rename = "work_orders.subscribe.response")]
        WorkOrdersSubscribeResponse,
    }

    impl ::std::fmt::Display for WorkOrdersSubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::WorkOrdersSubscribeResponse => {
                    f.write_str("work_orders.subscribe.response")
                }
            }
        }
    }

    impl ::std::str::FromStr for WorkOrdersSubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "work_orders.subscribe.response" => Ok(Self::WorkOrdersSubscribeResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for WorkOrdersSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for WorkOrdersSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `work_orders.unsubscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WorkOrdersUnsubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Which order.
        pub payload: WorkOrderLeft,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `work_orders.unsubscribe`.
        #[serde(rename = "type")]
        pub type_: WorkOrdersUnsubscribeFrameType,
    }

    /// The wire type, `work_orders.unsubscribe`.
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
    pub enum WorkOrdersUnsubscribeFrameType {
        /// `work_orders.unsubscribe`
        #[serde(rename = "work_orders.unsubscribe")]
        WorkOrdersUnsubscribe,
    }

    impl ::std::fmt::Display for WorkOrdersUnsubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::WorkOrdersUnsubscribe => f.write_str("work_orders.unsubscribe"),
            }
        }
    }

    impl ::std::str::FromStr for WorkOrdersUnsubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "work_orders.unsubscribe" => Ok(Self::WorkOrdersUnsubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for WorkOrdersUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for WorkOrdersUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `work_orders.unsubscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WorkOrdersUnsubscribeResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// What came of leaving one topic.
        pub payload: UnsubscribeResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `work_orders.unsubscribe.response`.
        #[serde(rename = "type")]
        pub type_: WorkOrdersUnsubscribeResponseFrameType,
    }

    /// The wire type, `work_orders.unsubscribe.response`.
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
    pub enum WorkOrdersUnsubscribeResponseFrameType {
        /// `work_orders.unsubscribe.response`
        #[serde(rename = "work_orders.unsubscribe.response")]
        WorkOrdersUnsubscribeResponse,
    }

    impl ::std::fmt::Display for WorkOrdersUnsubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::WorkOrdersUnsubscribeResponse => {
                    f.write_str("work_orders.unsubscribe.response")
                }
            }
        }
    }

    impl ::std::str::FromStr for WorkOrdersUnsubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "work_orders.unsubscribe.response" => {
                    Ok(Self::WorkOrdersUnsubscribeResponse)
                }
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for WorkOrdersUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for WorkOrdersUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `work_orders.update`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WorkOrdersUpdateFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// A job, which consists of jobs.
        pub payload: Job,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
        /// The wire type, `work_orders.update`.
        #[serde(rename = "type")]
        pub type_: WorkOrdersUpdateFrameType,
    }

    /// The wire type, `work_orders.update`.
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
    pub enum WorkOrdersUpdateFrameType {
        /// `work_orders.update`
        #[serde(rename = "work_orders.update")]
        WorkOrdersUpdate,
    }

    impl ::std::fmt::Display for WorkOrdersUpdateFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::WorkOrdersUpdate => f.write_str("work_orders.update"),
            }
        }
    }

    impl ::std::str::FromStr for WorkOrdersUpdateFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "work_orders.update" => Ok(Self::WorkOrdersUpdate),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for WorkOrdersUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for WorkOrdersUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Generation of default values for serde.
    pub mod defaults {
        pub(super) fn create_topic_request_async() -> super::SmallNumber {
            super::SmallNumber(3_i32)
        }

        pub(super) fn create_topic_request_where() -> super::TestFlag {
            super::TestFlag(true)
        }

        pub(super) fn jobs_find_request_floor() -> super::FloorName {
            super::FloorName::plus1
        }

        pub(super) fn jobs_find_request_limit() -> super::SmallNumber {
            super::SmallNumber(3_i32)
        }

        pub(super) fn jobs_find_request_loud() -> super::TestFlag {
            super::TestFlag(true)
        }

        pub(super) fn machines_subscribe_request_floor() -> super::FloorName {
            super::FloorName::plus1
        }

        pub(super) fn machines_unsubscribe_request_floor() -> super::FloorName {
            super::FloorName::plus1
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
pub mod topic {
    /// `machines:{floor}:line:{ratio_2}`
    ///
    /// What a machine does. Times are in \[from, to), see <https://example.org/a_b>.
    ///
    ///    indented as code
    ///
    /// A `[code span]` stays, Vec\<T> does not, nor does \[Machine\], nor a lone \` tick.
    ///
    /// ```text
    /// let not_a_test = ;
    /// ```
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Machines {
        /// The floor, such as `+1`.
        pub floor: super::types::FloorName,
        /// A name.
        pub ratio_2: super::types::RatioText,
    }

    impl ::std::fmt::Display for Machines {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            write!(f, "machines:{}:line:{}", self.floor, self.ratio_2)
        }
    }

    impl ::std::str::FromStr for Machines {
        type Err = crate::service::TopicParseError;
        fn from_str(topic: &str) -> Result<Self, Self::Err> {
            let read = || {
                let mut parts = topic.split(':');
                let [Some("machines"), Some(floor), Some("line"), Some(ratio_2), None] = [
                    parts.next(),
                    parts.next(),
                    parts.next(),
                    parts.next(),
                    parts.next(),
                ] else {
                    return None;
                };
                Some(Self {
                    floor: floor.parse().ok()?,
                    ratio_2: ratio_2.parse().ok()?,
                })
            };
            read()
                .ok_or_else(|| {
                    crate::service::TopicParseError::new(
                        topic,
                        <Self as crate::service::TopicFamily>::PATTERN,
                    )
                })
        }
    }

    impl crate::service::TopicFamily for Machines {
        const FAMILY: &'static str = "machines";
        const PATTERN: &'static str = "machines:{floor}:line:{ratio_2}";
        type Update = super::types::MachineState;
    }

    impl crate::service::PlainFamily for Machines {}
    /// `work-orders:{topic}:{read}`
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct WorkOrders {
        /// The order.
        pub topic: super::types::OrderId,
        /// Its day, in \[UTC\].
        pub read: super::types::CalendarDay,
    }

    impl ::std::fmt::Display for WorkOrders {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            write!(f, "work-orders:{}:{}", self.topic, self.read)
        }
    }

    impl ::std::str::FromStr for WorkOrders {
        type Err = crate::service::TopicParseError;
        fn from_str(topic: &str) -> Result<Self, Self::Err> {
            let read = || {
                let mut parts = topic.split(':');
                let [Some("work-orders"), Some(topic), Some(read), None] = [
                    parts.next(),
                    parts.next(),
                    parts.next(),
                    parts.next(),
                ] else {
                    return None;
                };
                Some(Self {
                    topic: topic.parse().ok()?,
                    read: read.parse().ok()?,
                })
            };
            read()
                .filter(|read: &Self| read.to_string() == topic)
                .ok_or_else(|| {
                    crate::service::TopicParseError::new(
                        topic,
                        <Self as crate::service::TopicFamily>::PATTERN,
                    )
                })
        }
    }

    impl crate::service::TopicFamily for WorkOrders {
        const FAMILY: &'static str = "work_orders";
        const PATTERN: &'static str = "work-orders:{topic}:{read}";
        type Update = super::types::Job;
    }

    impl crate::service::DeltaFamily for WorkOrders {
        type Snapshot = super::types::Job;
    }

    /// `siren`
    ///
    /// One siren for all.
    ///
    /// Its updates are published from outside; no module makes them.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Siren;

    impl ::std::fmt::Display for Siren {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            write!(f, "siren")
        }
    }

    impl ::std::str::FromStr for Siren {
        type Err = crate::service::TopicParseError;
        fn from_str(topic: &str) -> Result<Self, Self::Err> {
            let read = || {
                let mut parts = topic.split(':');
                let [Some("siren"), None] = [parts.next(), parts.next()] else {
                    return None;
                };
                Some(Self)
            };
            read()
                .ok_or_else(|| {
                    crate::service::TopicParseError::new(
                        topic,
                        <Self as crate::service::TopicFamily>::PATTERN,
                    )
                })
        }
    }

    impl crate::service::TopicFamily for Siren {
        const FAMILY: &'static str = "siren";
        const PATTERN: &'static str = "siren";
        type Update = super::types::SirenState;
    }

    impl crate::service::PlainFamily for Siren {}
}

/// A topic of any family.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Topic {
    /// `machines:{floor}:line:{ratio_2}`
    Machines(topic::Machines),
    /// `work-orders:{topic}:{read}`
    WorkOrders(topic::WorkOrders),
    /// `siren`
    Siren(topic::Siren),
}

impl Topic {
    /// The name of its family.
    pub fn family(&self) -> &'static str {
        match self {
            Self::Machines(_) => <topic::Machines as crate::service::TopicFamily>::FAMILY,
            Self::WorkOrders(_) => {
                <topic::WorkOrders as crate::service::TopicFamily>::FAMILY
            }
            Self::Siren(_) => <topic::Siren as crate::service::TopicFamily>::FAMILY,
        }
    }
}

impl ::std::fmt::Display for Topic {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match self {
            Self::Machines(topic) => topic.fmt(f),
            Self::WorkOrders(topic) => topic.fmt(f),
            Self::Siren(topic) => topic.fmt(f),
        }
    }
}

impl ::std::str::FromStr for Topic {
    type Err = crate::service::TopicParseError;
    fn from_str(topic: &str) -> Result<Self, Self::Err> {
        match topic.split(':').next().unwrap_or(topic) {
            "machines" => topic.parse().map(Self::Machines),
            "work-orders" => topic.parse().map(Self::WorkOrders),
            "siren" => topic.parse().map(Self::Siren),
            _ => {
                Err(
                    crate::service::TopicParseError::new(
                        topic,
                        "machines:{floor}:line:{ratio_2} | work-orders:{topic}:{read} | siren",
                    ),
                )
            }
        }
    }
}

impl From<topic::Machines> for Topic {
    fn from(topic: topic::Machines) -> Self {
        Self::Machines(topic)
    }
}

impl From<topic::WorkOrders> for Topic {
    fn from(topic: topic::WorkOrders) -> Self {
        Self::WorkOrders(topic)
    }
}

impl From<topic::Siren> for Topic {
    fn from(topic: topic::Siren) -> Self {
        Self::Siren(topic)
    }
}

/// Machines that anyone may use, see \[Machine\].
///
/// A method for each request, and the source of each topic family that a module makes.
pub trait SelfService
where
    Self: Send + Sync + 'static,
    Self: crate::service::TopicSource<topic::Machines>,
{
    /// Find jobs.
    ///
    /// Those that begin in \[from, to); see \[Job\] and <https://example.org>.
    ///
    /// `jobs.find` → `jobs.find.response`
    fn jobs_find(
        &self,
        call: &crate::service::Call,
        request: types::JobsFindRequest,
    ) -> impl ::std::future::Future<
        Output = ::std::result::Result<types::JobsFound, crate::service::Refusal>,
    > + Send;
}

/// Puts the part that [`SelfService`] answers into the dispatch table.
pub fn mount_self_service<M: SelfService>(
    module: ::std::sync::Arc<M>,
    handlers: &mut crate::service::Handlers,
) {
    handlers
        .request(
            "jobs.find",
            {
                let module = ::std::sync::Arc::clone(&module);
                move |call: crate::service::Call, request: types::JobsFindRequest| {
                    let module = ::std::sync::Arc::clone(&module);
                    async move {
                        <M as SelfService>::jobs_find(&module, &call, request).await
                    }
                }
            },
        );
    handlers.topics::<topic::Machines, M>(&module);
}

/// What happens at night.
///
/// A method for each request, and the source of each topic family that a module makes.
pub trait NightShift
where
    Self: Send + Sync + 'static,
    Self: crate::service::TopicSource<topic::WorkOrders>,
{
    /// Begin a topic of conversation.
    ///
    /// Named like a method of the supertrait; of two tags, the first one counts.
    ///
    /// `create_topic` → `create_topic.response`
    ///
    /// Needs `topics:write`, `topics:admin`.
    fn create_topic(
        &self,
        call: &crate::service::Call,
        request: types::CreateTopicRequest,
    ) -> impl ::std::future::Future<
        Output = ::std::result::Result<types::TopicCreated, crate::service::Refusal>,
    > + Send;
}

/// Puts the part that [`NightShift`] answers into the dispatch table.
pub fn mount_night_shift<M: NightShift>(
    module: ::std::sync::Arc<M>,
    handlers: &mut crate::service::Handlers,
) {
    handlers
        .request(
            "create_topic",
            {
                let module = ::std::sync::Arc::clone(&module);
                move |call: crate::service::Call, request: types::CreateTopicRequest| {
                    let module = ::std::sync::Arc::clone(&module);
                    async move {
                        <M as NightShift>::create_topic(&module, &call, request).await
                    }
                }
            },
        );
    handlers.topics::<topic::WorkOrders, M>(&module);
}

/// The dispatch table: every operation of the contract, in the order of the document.
pub static OPERATIONS: &[crate::service::OperationEntry] = &[
    crate::service::OperationEntry {
        wire_type: "create_topic",
        key: "createTopic",
        tag: "nightShift",
        frame: "CreateTopicFrame",
        reply: Some("create_topic.response"),
        permissions: &["topics:write", "topics:admin"],
        kind: "request",
    },
    crate::service::OperationEntry {
        wire_type: "jobs.find",
        key: "jobsFind",
        tag: "self-service",
        frame: "JobsFindFrame",
        reply: Some("jobs.find.response"),
        permissions: &[],
        kind: "request",
    },
    crate::service::OperationEntry {
        wire_type: "machines.subscribe",
        key: "machinesSubscribe",
        tag: "self-service",
        frame: "MachinesSubscribeFrame",
        reply: Some("machines.subscribe.response"),
        permissions: &[],
        kind: "subscribe",
    },
    crate::service::OperationEntry {
        wire_type: "machines.unsubscribe",
        key: "machinesUnsubscribe",
        tag: "self-service",
        frame: "MachinesUnsubscribeFrame",
        reply: Some("machines.unsubscribe.response"),
        permissions: &[],
        kind: "unsubscribe",
    },
    crate::service::OperationEntry {
        wire_type: "machines.update",
        key: "machinesUpdate",
        tag: "self-service",
        frame: "MachinesUpdateFrame",
        reply: None,
        permissions: &[],
        kind: "update",
    },
    crate::service::OperationEntry {
        wire_type: "work_orders.subscribe",
        key: "workOrdersSubscribe",
        tag: "nightShift",
        frame: "WorkOrdersSubscribeFrame",
        reply: Some("work_orders.subscribe.response"),
        permissions: &[],
        kind: "subscribe",
    },
    crate::service::OperationEntry {
        wire_type: "work_orders.unsubscribe",
        key: "workOrdersUnsubscribe",
        tag: "nightShift",
        frame: "WorkOrdersUnsubscribeFrame",
        reply: Some("work_orders.unsubscribe.response"),
        permissions: &[],
        kind: "unsubscribe",
    },
    crate::service::OperationEntry {
        wire_type: "work_orders.update",
        key: "workOrdersUpdate",
        tag: "nightShift",
        frame: "WorkOrdersUpdateFrame",
        reply: None,
        permissions: &[],
        kind: "update",
    },
    crate::service::OperationEntry {
        wire_type: "siren.subscribe",
        key: "sirenSubscribe",
        tag: "self-service",
        frame: "SirenSubscribeFrame",
        reply: Some("siren.subscribe.response"),
        permissions: &[],
        kind: "subscribe",
    },
    crate::service::OperationEntry {
        wire_type: "siren.unsubscribe",
        key: "sirenUnsubscribe",
        tag: "self-service",
        frame: "SirenUnsubscribeFrame",
        reply: Some("siren.unsubscribe.response"),
        permissions: &[],
        kind: "unsubscribe",
    },
    crate::service::OperationEntry {
        wire_type: "siren.update",
        key: "sirenUpdate",
        tag: "self-service",
        frame: "SirenUpdateFrame",
        reply: None,
        permissions: &[],
        kind: "update",
    },
    crate::service::OperationEntry {
        wire_type: "work_orders.snapshot",
        key: "workOrdersSnapshot",
        tag: "nightShift",
        frame: "WorkOrdersSnapshotFrame",
        reply: None,
        permissions: &[],
        kind: "snapshot",
    },
];
