// Made from the contract by tickwire-clients. Never edited.

use super::runtime;

pub use runtime::{Options, Token};

/// Connects to `url`, and stays connected.
///
/// # Errors
///
/// The server does not want this client, or there was no connection within the `timeout` of
/// the options.
pub async fn connect(
    url: impl Into<String>,
    options: Options,
) -> Result<Client, runtime::ConnectError> {
    let client = Client::start(url, options);
    client.connection.connected().await?;
    Ok(client)
}

/// A client: connected, or about to be. Clones are the same client.
#[derive(Clone)]
pub struct Client {
    connection: runtime::Connection,
}

impl Client {
    /// A client that connects to `url`. It returns at once; requests and subscriptions wait
    /// for the connection. Called within a Tokio runtime.
    pub fn start(url: impl Into<String>, options: Options) -> Self {
        Self {
            connection: runtime::Connection::start(&CONTRACT, url, options),
        }
    }

    /// What the methods are made of: for requests whose type is known at run time only, the
    /// state, the counters.
    pub fn connection(&self) -> &runtime::Connection {
        &self.connection
    }

    /// What the server tells without being asked, from now on.
    pub fn pushes(&self) -> runtime::Pushes<Push> {
        self.connection.pushes()
    }

    /// Ends the client: requests fail, subscriptions end.
    pub fn close(&self) {
        self.connection.close();
    }

    /// `bars:{symbol}:{resolution}`
    ///
    /// One update for each change of the bar in progress, and a last one with `closed: true` when
    /// it ends. Bars of all resolutions come from one stream of trades, so they always agree.
    /// Subscribe first, then ask `bars.history`: together they have no hole, and where they
    /// overlap, the bar's `time` tells.
    pub fn bars(&self, topic: topic::Bars) -> runtime::Subscribe<topic::Bars> {
        self.connection.subscribe(topic)
    }

    /// `quotes:{symbol}`
    ///
    /// One update for each change of the best bid or the best ask.
    pub fn quotes(&self, topic: topic::Quotes) -> runtime::Subscribe<topic::Quotes> {
        self.connection.subscribe(topic)
    }

    /// `trades:{symbol}`
    ///
    /// One update for each trade, in the order of execution.
    pub fn trades(&self, topic: topic::Trades) -> runtime::Subscribe<topic::Trades> {
        self.connection.subscribe(topic)
    }

    /// `orderbook:{symbol}`
    ///
    /// First a snapshot: what is wanted and what is offered at the 25 best prices of either side.
    /// Then one update for each change, with the levels that have changed; applied to the snapshot
    /// in the order of `seq`, they keep it equal to the server's book. A level that falls out of
    /// the 25 best is removed like one that is gone. The best levels are the quote.
    pub fn orderbook(
        &self,
        topic: topic::Orderbook,
    ) -> runtime::Subscribe<topic::Orderbook> {
        self.connection.subscribe(topic)
    }

    /// `ping`: Is the server there?
    ///
    /// Answered at once, with the server's clock. (A WebSocket ping works too.)
    pub fn ping(
        &self,
        request: types::PingRequest,
    ) -> runtime::Request<types::PongResponse> {
        self.connection.request("ping", &request)
    }

    /// `get_status`: What the server knows of this connection.
    ///
    /// Identity, subscriptions with their positions, counters and limits.
    pub fn get_status(
        &self,
        request: types::GetStatusRequest,
    ) -> runtime::Request<types::StatusReport> {
        self.connection.request("get_status", &request)
    }

    /// `bars.history`: Closed bars of the past.
    ///
    /// Bars in ascending order of time: those that open in `[from, to)`, or the last `count_back`
    /// before `to`. Without `to`, up to now. At most 5,000; the bar in progress is not among them.
    pub fn bars_history(
        &self,
        request: types::BarsHistoryRequest,
    ) -> runtime::Request<types::BarsHistoryResult> {
        self.connection.request("bars.history", &request)
    }

    /// `symbols.search`: Find symbols by name.
    ///
    /// Matches the symbol and the description, ignoring case; symbols that begin with the text
    /// come first.
    pub fn symbols_search(
        &self,
        request: types::SymbolsSearchRequest,
    ) -> runtime::Request<types::SymbolsSearchResult> {
        self.connection.request("symbols.search", &request)
    }

    /// `symbols.resolve`: All about one symbol.
    ///
    /// Trading session, currency, precision, the resolutions and the span of the data.
    pub fn symbols_resolve(
        &self,
        request: types::SymbolsResolveRequest,
    ) -> runtime::Request<types::SymbolInfo> {
        self.connection.request("symbols.resolve", &request)
    }
}

/// What the server tells without being asked, and that belongs to no topic.
#[derive(Debug, Clone)]
pub enum Push {
    /// `welcome`: Opens every connection.
    Welcome(types::WelcomeNotice),
    /// `token.expiring`: Says that the token expires soon.
    TokenExpiring(types::TokenExpiringNotice),
    /// `error`: Says why a request failed.
    Error(types::ErrorNotice),
    /// `system_alert`: Tells everyone something about the service.
    SystemAlert(types::SystemAlertNotice),
    /// `shutdown`: Announces that the server stops.
    Shutdown(types::ShutdownNotice),
    /// Something else, or not what its type says.
    Other(runtime::Push),
}

impl From<runtime::Push> for Push {
    fn from(push: runtime::Push) -> Self {
        fn read<T: ::serde::de::DeserializeOwned>(push: &runtime::Push) -> Option<T> {
            T::deserialize(&push.payload).ok()
        }
        let known = match push.wire_type.as_str() {
            "welcome" => read(&push).map(Self::Welcome),
            "token.expiring" => read(&push).map(Self::TokenExpiring),
            "error" => read(&push).map(Self::Error),
            "system_alert" => read(&push).map(Self::SystemAlert),
            "shutdown" => read(&push).map(Self::Shutdown),
            _ => None,
        };
        known.unwrap_or(Self::Other(push))
    }
}

/// One struct for each topic family.
pub mod topic {
    /// `bars:{symbol}:{resolution}`
    ///
    /// One update for each change of the bar in progress, and a last one with `closed: true` when
    /// it ends. Bars of all resolutions come from one stream of trades, so they always agree.
    /// Subscribe first, then ask `bars.history`: together they have no hole, and where they
    /// overlap, the bar's `time` tells.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Bars {
        /// The instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: super::types::TickerSymbol,
        /// The length of a bar, minutes, or `D` for a trading day.
        pub resolution: super::types::BarResolution,
    }

    impl ::std::fmt::Display for Bars {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            write!(f, "bars:{}:{}", self.symbol, self.resolution)
        }
    }

    impl super::runtime::Topic for Bars {
        const FAMILY: &'static super::runtime::Family = &super::FAMILIES[0usize];
        type Item = super::types::BarUpdate;
        fn parameters(&self) -> ::serde_json::Map<String, ::serde_json::Value> {
            {
                let mut payload = ::serde_json::Map::new();
                super::runtime::place(
                    &mut payload,
                    &["symbol"],
                    self.symbol.to_string(),
                );
                super::runtime::place(
                    &mut payload,
                    &["resolution"],
                    self.resolution.to_string(),
                );
                payload
            }
        }
        fn read(
            _: &str,
            payload: &::serde_json::Value,
        ) -> Result<Self::Item, ::serde_json::Error> {
            ::serde::Deserialize::deserialize(payload)
        }
    }

    /// `quotes:{symbol}`
    ///
    /// One update for each change of the best bid or the best ask.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Quotes {
        /// The instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: super::types::TickerSymbol,
    }

    impl ::std::fmt::Display for Quotes {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            write!(f, "quotes:{}", self.symbol)
        }
    }

    impl super::runtime::Topic for Quotes {
        const FAMILY: &'static super::runtime::Family = &super::FAMILIES[1usize];
        type Item = super::types::QuoteUpdate;
        fn parameters(&self) -> ::serde_json::Map<String, ::serde_json::Value> {
            {
                let mut payload = ::serde_json::Map::new();
                super::runtime::place(
                    &mut payload,
                    &["symbol"],
                    self.symbol.to_string(),
                );
                payload
            }
        }
        fn read(
            _: &str,
            payload: &::serde_json::Value,
        ) -> Result<Self::Item, ::serde_json::Error> {
            ::serde::Deserialize::deserialize(payload)
        }
    }

    /// `trades:{symbol}`
    ///
    /// One update for each trade, in the order of execution.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Trades {
        /// The instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: super::types::TickerSymbol,
    }

    impl ::std::fmt::Display for Trades {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            write!(f, "trades:{}", self.symbol)
        }
    }

    impl super::runtime::Topic for Trades {
        const FAMILY: &'static super::runtime::Family = &super::FAMILIES[2usize];
        type Item = super::types::TradeUpdate;
        fn parameters(&self) -> ::serde_json::Map<String, ::serde_json::Value> {
            {
                let mut payload = ::serde_json::Map::new();
                super::runtime::place(
                    &mut payload,
                    &["symbol"],
                    self.symbol.to_string(),
                );
                payload
            }
        }
        fn read(
            _: &str,
            payload: &::serde_json::Value,
        ) -> Result<Self::Item, ::serde_json::Error> {
            ::serde::Deserialize::deserialize(payload)
        }
    }

    /// `orderbook:{symbol}`
    ///
    /// First a snapshot: what is wanted and what is offered at the 25 best prices of either side.
    /// Then one update for each change, with the levels that have changed; applied to the snapshot
    /// in the order of `seq`, they keep it equal to the server's book. A level that falls out of
    /// the 25 best is removed like one that is gone. The best levels are the quote.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Orderbook {
        /// The instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: super::types::TickerSymbol,
    }

    impl ::std::fmt::Display for Orderbook {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            write!(f, "orderbook:{}", self.symbol)
        }
    }

    impl super::runtime::Topic for Orderbook {
        const FAMILY: &'static super::runtime::Family = &super::FAMILIES[3usize];
        type Item = super::runtime::Change<
            super::types::BookUpdate,
            super::types::BookSnapshot,
        >;
        fn parameters(&self) -> ::serde_json::Map<String, ::serde_json::Value> {
            {
                let mut payload = ::serde_json::Map::new();
                super::runtime::place(
                    &mut payload,
                    &["symbol"],
                    self.symbol.to_string(),
                );
                payload
            }
        }
        fn read(
            wire_type: &str,
            payload: &::serde_json::Value,
        ) -> Result<Self::Item, ::serde_json::Error> {
            match wire_type {
                "orderbook.snapshot" => {
                    ::serde::Deserialize::deserialize(payload)
                        .map(super::runtime::Change::Snapshot)
                }
                _ => {
                    ::serde::Deserialize::deserialize(payload)
                        .map(super::runtime::Change::Update)
                }
            }
        }
    }
}

/// Payloads and frames, each named as its schema.
#[allow(
    clippy::all,
    clippy::unwrap_used,
    non_camel_case_types,
    reason = "typify writes so"
)]
pub mod types {
    /// A token, in the characters of RFC 6750; here a JWT (RFC 7519).
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct AccessToken(::std::string::String);

    impl ::std::fmt::Display for AccessToken {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for AccessToken {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<AccessToken> for ::std::string::String {
        fn from(value: AccessToken) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for AccessToken {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 8192usize {
                return Err("longer than 8192 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for AccessToken {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for AccessToken {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for AccessToken {
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

    /// Whether prices before a split were divided by its ratio.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct AdjustedFlag(pub bool);

    impl ::std::ops::Deref for AdjustedFlag {
        type Target = bool;
        fn deref(&self) -> &bool {
            &self.0
        }
    }

    impl ::std::convert::From<AdjustedFlag> for bool {
        fn from(value: AdjustedFlag) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<bool> for AdjustedFlag {
        fn from(value: bool) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for AdjustedFlag {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for AdjustedFlag {
        type Err = <bool as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for AdjustedFlag {
        type Error = <bool as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for AdjustedFlag {
        type Error = <bool as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// Who took the other's offer.
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
    pub enum AggressorSide {
        /// `buy`
        #[serde(rename = "buy")]
        Buy,
        /// `sell`
        #[serde(rename = "sell")]
        Sell,
    }

    impl ::std::fmt::Display for AggressorSide {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Buy => f.write_str("buy"),
                Self::Sell => f.write_str("sell"),
            }
        }
    }

    impl ::std::str::FromStr for AggressorSide {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "buy" => Ok(Self::Buy),
                "sell" => Ok(Self::Sell),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for AggressorSide {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for AggressorSide {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The kind of the notice, for programs.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct AlertCode(::std::string::String);

    impl ::std::fmt::Display for AlertCode {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for AlertCode {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<AlertCode> for ::std::string::String {
        fn from(value: AlertCode) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for AlertCode {
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
            { ::regress::Regex::new("^[a-z][a-z0-9_]*$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[a-z][a-z0-9_]*$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for AlertCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for AlertCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for AlertCode {
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

    /// How much it matters.
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
    pub enum AlertLevel {
        /// `info`
        #[serde(rename = "info")]
        Info,
        /// `warning`
        #[serde(rename = "warning")]
        Warning,
        /// `critical`
        #[serde(rename = "critical")]
        Critical,
    }

    impl ::std::fmt::Display for AlertLevel {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Info => f.write_str("info"),
                Self::Warning => f.write_str("warning"),
                Self::Critical => f.write_str("critical"),
            }
        }
    }

    impl ::std::str::FromStr for AlertLevel {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "info" => Ok(Self::Info),
                "warning" => Ok(Self::Warning),
                "critical" => Ok(Self::Critical),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for AlertLevel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for AlertLevel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `auth`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct AuthFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Who the client is.
        pub payload: AuthRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `auth`.
        #[serde(rename = "type")]
        pub type_: AuthFrameType,
    }

    /// The wire type, `auth`.
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
    pub enum AuthFrameType {
        /// `auth`
        #[serde(rename = "auth")]
        Auth,
    }

    impl ::std::fmt::Display for AuthFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Auth => f.write_str("auth"),
            }
        }
    }

    impl ::std::str::FromStr for AuthFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "auth" => Ok(Self::Auth),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for AuthFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for AuthFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `auth.refresh`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct AuthRefreshFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Who the client is.
        pub payload: AuthRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `auth.refresh`.
        #[serde(rename = "type")]
        pub type_: AuthRefreshFrameType,
    }

    /// The wire type, `auth.refresh`.
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
    pub enum AuthRefreshFrameType {
        /// `auth.refresh`
        #[serde(rename = "auth.refresh")]
        AuthRefresh,
    }

    impl ::std::fmt::Display for AuthRefreshFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::AuthRefresh => f.write_str("auth.refresh"),
            }
        }
    }

    impl ::std::str::FromStr for AuthRefreshFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "auth.refresh" => Ok(Self::AuthRefresh),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for AuthRefreshFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for AuthRefreshFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `auth.refresh.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct AuthRefreshResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// Whom the server takes the client for from now on.
        pub payload: AuthResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `auth.refresh.response`.
        #[serde(rename = "type")]
        pub type_: AuthRefreshResponseFrameType,
    }

    /// The wire type, `auth.refresh.response`.
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
    pub enum AuthRefreshResponseFrameType {
        /// `auth.refresh.response`
        #[serde(rename = "auth.refresh.response")]
        AuthRefreshResponse,
    }

    impl ::std::fmt::Display for AuthRefreshResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::AuthRefreshResponse => f.write_str("auth.refresh.response"),
            }
        }
    }

    impl ::std::str::FromStr for AuthRefreshResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "auth.refresh.response" => Ok(Self::AuthRefreshResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for AuthRefreshResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for AuthRefreshResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Who the client is.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct AuthRequest {
        /// A token, in the characters of RFC 6750; here a JWT (RFC 7519).
        pub token: AccessToken,
    }

    /// The frame of `auth.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct AuthResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// Whom the server takes the client for from now on.
        pub payload: AuthResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `auth.response`.
        #[serde(rename = "type")]
        pub type_: AuthResponseFrameType,
    }

    /// The wire type, `auth.response`.
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
    pub enum AuthResponseFrameType {
        /// `auth.response`
        #[serde(rename = "auth.response")]
        AuthResponse,
    }

    impl ::std::fmt::Display for AuthResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::AuthResponse => f.write_str("auth.response"),
            }
        }
    }

    impl ::std::str::FromStr for AuthResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "auth.response" => Ok(Self::AuthResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for AuthResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for AuthResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Whom the server takes the client for from now on.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct AuthResult {
        /// Whom the server takes the client for. Of a user, also what its token says: its `sub`, the
        /// permissions, and when it expires, where it does.
        pub principal: PrincipalInfo,
    }

    /// A number of bars.
    ///
    /// `minimum: 1`, `maximum: 5000`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct BarCount(pub i64);

    impl ::std::ops::Deref for BarCount {
        type Target = i64;
        fn deref(&self) -> &i64 {
            &self.0
        }
    }

    impl ::std::convert::From<BarCount> for i64 {
        fn from(value: BarCount) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<i64> for BarCount {
        fn from(value: i64) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for BarCount {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for BarCount {
        type Err = <i64 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for BarCount {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for BarCount {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// The length of a bar, in minutes, or `D` for a trading day.
    ///
    /// `default: "1"`
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
    pub enum BarResolution {
        /// `1`
        #[serde(rename = "1")]
        X1,
        /// `5`
        #[serde(rename = "5")]
        X5,
        /// `15`
        #[serde(rename = "15")]
        X15,
        /// `30`
        #[serde(rename = "30")]
        X30,
        /// `60`
        #[serde(rename = "60")]
        X60,
        /// `240`
        #[serde(rename = "240")]
        X240,
        /// `D`
        D,
    }

    impl ::std::fmt::Display for BarResolution {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::X1 => f.write_str("1"),
                Self::X5 => f.write_str("5"),
                Self::X15 => f.write_str("15"),
                Self::X30 => f.write_str("30"),
                Self::X60 => f.write_str("60"),
                Self::X240 => f.write_str("240"),
                Self::D => f.write_str("D"),
            }
        }
    }

    impl ::std::str::FromStr for BarResolution {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "1" => Ok(Self::X1),
                "5" => Ok(Self::X5),
                "15" => Ok(Self::X15),
                "30" => Ok(Self::X30),
                "60" => Ok(Self::X60),
                "240" => Ok(Self::X240),
                "D" => Ok(Self::D),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for BarResolution {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for BarResolution {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::default::Default for BarResolution {
        fn default() -> Self {
            BarResolution::X1
        }
    }

    /// The whole state of one bar.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BarUpdate {
        /// A price in the currency of the symbol.
        pub close: MarketPrice,
        /// Whether the bar has ended; no update of it follows.
        pub closed: ClosedFlag,
        /// A price in the currency of the symbol.
        pub high: MarketPrice,
        /// A price in the currency of the symbol.
        pub low: MarketPrice,
        /// A price in the currency of the symbol.
        pub open: MarketPrice,
        /// The length of a bar, in minutes, or `D` for a trading day.
        pub resolution: BarResolution,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
        /// Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
        /// bar of a day by midnight UTC of its date.
        pub time: UnixMillis,
        /// A number of shares, contracts or coins.
        pub volume: MarketQuantity,
    }

    /// The frame of `bars.history`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BarsHistoryFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// A range of time, or a number of bars. Give `from` (and perhaps `to`), or `count_back` (and
        /// perhaps `to`), not both. With neither, the last 500 bars.
        pub payload: BarsHistoryRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `bars.history`.
        #[serde(rename = "type")]
        pub type_: BarsHistoryFrameType,
    }

    /// The wire type, `bars.history`.
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
    pub enum BarsHistoryFrameType {
        /// `bars.history`
        #[serde(rename = "bars.history")]
        BarsHistory,
    }

    impl ::std::fmt::Display for BarsHistoryFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::BarsHistory => f.write_str("bars.history"),
            }
        }
    }

    impl ::std::str::FromStr for BarsHistoryFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "bars.history" => Ok(Self::BarsHistory),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for BarsHistoryFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for BarsHistoryFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// A range of time, or a number of bars. Give `from` (and perhaps `to`), or `count_back` (and
    /// perhaps `to`), not both. With neither, the last 500 bars.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BarsHistoryRequest {
        /// A number of bars.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub count_back: ::std::option::Option<BarCount>,
        /// Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
        /// bar of a day by midnight UTC of its date.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub from: ::std::option::Option<UnixMillis>,
        /// The length of a bar, in minutes, or `D` for a trading day.
        #[serde(default = "defaults::bars_history_request_resolution")]
        pub resolution: BarResolution,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
        /// Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
        /// bar of a day by midnight UTC of its date.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub to: ::std::option::Option<UnixMillis>,
    }

    /// The frame of `bars.history.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BarsHistoryResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// Closed bars, ascending by `time`. `more` is true when the range holds more than 5,000;
        /// these are then the latest, and a request with `to` at the first one's time continues.
        pub payload: BarsHistoryResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `bars.history.response`.
        #[serde(rename = "type")]
        pub type_: BarsHistoryResponseFrameType,
    }

    /// The wire type, `bars.history.response`.
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
    pub enum BarsHistoryResponseFrameType {
        /// `bars.history.response`
        #[serde(rename = "bars.history.response")]
        BarsHistoryResponse,
    }

    impl ::std::fmt::Display for BarsHistoryResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::BarsHistoryResponse => f.write_str("bars.history.response"),
            }
        }
    }

    impl ::std::str::FromStr for BarsHistoryResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "bars.history.response" => Ok(Self::BarsHistoryResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for BarsHistoryResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for BarsHistoryResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Closed bars, ascending by `time`. `more` is true when the range holds more than 5,000;
    /// these are then the latest, and a request with `to` at the first one's time continues.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BarsHistoryResult {
        /// The bars, oldest first.
        ///
        /// `maxItems: 5000`
        pub bars: ::std::vec::Vec<OhlcvBar>,
        /// Whether the range holds more than was returned.
        pub more: MoreFlag,
        /// The length of a bar, in minutes, or `D` for a trading day.
        pub resolution: BarResolution,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
    }

    /// The frame of `bars.subscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BarsSubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Which bars to follow. With `since`, from a known position; with `history`, beginning with
        /// that many of the newest updates (when `since` cannot be honoured, or is not given).
        pub payload: BarsSubscribeRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `bars.subscribe`.
        #[serde(rename = "type")]
        pub type_: BarsSubscribeFrameType,
    }

    /// The wire type, `bars.subscribe`.
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
    pub enum BarsSubscribeFrameType {
        /// `bars.subscribe`
        #[serde(rename = "bars.subscribe")]
        BarsSubscribe,
    }

    impl ::std::fmt::Display for BarsSubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::BarsSubscribe => f.write_str("bars.subscribe"),
            }
        }
    }

    impl ::std::str::FromStr for BarsSubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "bars.subscribe" => Ok(Self::BarsSubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for BarsSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for BarsSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Which bars to follow. With `since`, from a known position; with `history`, beginning with
    /// that many of the newest updates (when `since` cannot be honoured, or is not given).
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BarsSubscribeRequest {
        /// How many of the newest updates to replay first, as far as they are kept.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub history: ::std::option::Option<ReplayCount>,
        /// The length of a bar, in minutes, or `D` for a trading day.
        #[serde(default = "defaults::bars_subscribe_request_resolution")]
        pub resolution: BarResolution,
        /// The last update that a client has seen of a topic.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub since: ::std::option::Option<StreamPosition>,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
    }

    /// The frame of `bars.subscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BarsSubscribeResponseFrame {
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
        /// The wire type, `bars.subscribe.response`.
        #[serde(rename = "type")]
        pub type_: BarsSubscribeResponseFrameType,
    }

    /// The wire type, `bars.subscribe.response`.
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
    pub enum BarsSubscribeResponseFrameType {
        /// `bars.subscribe.response`
        #[serde(rename = "bars.subscribe.response")]
        BarsSubscribeResponse,
    }

    impl ::std::fmt::Display for BarsSubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::BarsSubscribeResponse => f.write_str("bars.subscribe.response"),
            }
        }
    }

    impl ::std::str::FromStr for BarsSubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "bars.subscribe.response" => Ok(Self::BarsSubscribeResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for BarsSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for BarsSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `bars.unsubscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BarsUnsubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Which bars to leave.
        pub payload: BarsUnsubscribeRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `bars.unsubscribe`.
        #[serde(rename = "type")]
        pub type_: BarsUnsubscribeFrameType,
    }

    /// The wire type, `bars.unsubscribe`.
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
    pub enum BarsUnsubscribeFrameType {
        /// `bars.unsubscribe`
        #[serde(rename = "bars.unsubscribe")]
        BarsUnsubscribe,
    }

    impl ::std::fmt::Display for BarsUnsubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::BarsUnsubscribe => f.write_str("bars.unsubscribe"),
            }
        }
    }

    impl ::std::str::FromStr for BarsUnsubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "bars.unsubscribe" => Ok(Self::BarsUnsubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for BarsUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for BarsUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Which bars to leave.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BarsUnsubscribeRequest {
        /// The length of a bar, in minutes, or `D` for a trading day.
        #[serde(default = "defaults::bars_unsubscribe_request_resolution")]
        pub resolution: BarResolution,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
    }

    /// The frame of `bars.unsubscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BarsUnsubscribeResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// What came of leaving one topic.
        pub payload: UnsubscribeResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `bars.unsubscribe.response`.
        #[serde(rename = "type")]
        pub type_: BarsUnsubscribeResponseFrameType,
    }

    /// The wire type, `bars.unsubscribe.response`.
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
    pub enum BarsUnsubscribeResponseFrameType {
        /// `bars.unsubscribe.response`
        #[serde(rename = "bars.unsubscribe.response")]
        BarsUnsubscribeResponse,
    }

    impl ::std::fmt::Display for BarsUnsubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::BarsUnsubscribeResponse => f.write_str("bars.unsubscribe.response"),
            }
        }
    }

    impl ::std::str::FromStr for BarsUnsubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "bars.unsubscribe.response" => Ok(Self::BarsUnsubscribeResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for BarsUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for BarsUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `bars.update`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BarsUpdateFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// The whole state of one bar.
        pub payload: BarUpdate,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
        /// The wire type, `bars.update`.
        #[serde(rename = "type")]
        pub type_: BarsUpdateFrameType,
    }

    /// The wire type, `bars.update`.
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
    pub enum BarsUpdateFrameType {
        /// `bars.update`
        #[serde(rename = "bars.update")]
        BarsUpdate,
    }

    impl ::std::fmt::Display for BarsUpdateFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::BarsUpdate => f.write_str("bars.update"),
            }
        }
    }

    impl ::std::str::FromStr for BarsUpdateFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "bars.update" => Ok(Self::BarsUpdate),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for BarsUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for BarsUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// A price with all that is wanted or offered there.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BookLevel {
        /// A price in the currency of the symbol.
        pub price: MarketPrice,
        /// A number of shares, contracts or coins.
        pub size: MarketQuantity,
    }

    /// All levels of the book, best first. It replaces what was known of the topic.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BookSnapshot {
        /// What is offered, prices ascending.
        ///
        /// `maxItems: 25`
        pub asks: ::std::vec::Vec<BookLevel>,
        /// What is wanted, prices descending.
        ///
        /// `maxItems: 25`
        pub bids: ::std::vec::Vec<BookLevel>,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
        /// Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
        /// bar of a day by midnight UTC of its date.
        pub time: UnixMillis,
    }

    /// The levels that have changed, best first. A size replaces the one at that price; 0 removes
    /// the level. Without the levels that it removes, a side has never more than 25.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BookUpdate {
        /// Changes of the selling side, prices ascending.
        ///
        /// `maxItems: 50`
        pub asks: ::std::vec::Vec<BookLevel>,
        /// Changes of the buying side, prices descending.
        ///
        /// `maxItems: 50`
        pub bids: ::std::vec::Vec<BookLevel>,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
        /// Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
        /// bar of a day by midnight UTC of its date.
        pub time: UnixMillis,
    }

    /// A size in bytes.
    ///
    /// `minimum: 0`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct ByteCount(pub i64);

    impl ::std::ops::Deref for ByteCount {
        type Target = i64;
        fn deref(&self) -> &i64 {
            &self.0
        }
    }

    impl ::std::convert::From<ByteCount> for i64 {
        fn from(value: ByteCount) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<i64> for ByteCount {
        fn from(value: i64) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for ByteCount {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for ByteCount {
        type Err = <i64 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for ByteCount {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for ByteCount {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// A day, `YYYY-MM-DD`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct CalendarDate(pub ::chrono::naive::NaiveDate);

    impl ::std::ops::Deref for CalendarDate {
        type Target = ::chrono::naive::NaiveDate;
        fn deref(&self) -> &::chrono::naive::NaiveDate {
            &self.0
        }
    }

    impl ::std::convert::From<CalendarDate> for ::chrono::naive::NaiveDate {
        fn from(value: CalendarDate) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<::chrono::naive::NaiveDate> for CalendarDate {
        fn from(value: ::chrono::naive::NaiveDate) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for CalendarDate {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for CalendarDate {
        type Err = <::chrono::naive::NaiveDate as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for CalendarDate {
        type Error = <::chrono::naive::NaiveDate as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for CalendarDate {
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

    /// Whether the bar has ended; no update of it follows.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct ClosedFlag(pub bool);

    impl ::std::ops::Deref for ClosedFlag {
        type Target = bool;
        fn deref(&self) -> &bool {
            &self.0
        }
    }

    impl ::std::convert::From<ClosedFlag> for bool {
        fn from(value: ClosedFlag) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<bool> for ClosedFlag {
        fn from(value: bool) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for ClosedFlag {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for ClosedFlag {
        type Err = <bool as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for ClosedFlag {
        type Error = <bool as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for ClosedFlag {
        type Error = <bool as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// What has passed over a connection so far.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ConnectionCounters {
        /// A size in bytes.
        pub bytes_received: ByteCount,
        /// A size in bytes.
        pub bytes_sent: ByteCount,
        /// A number of things.
        pub frames_received: ItemCount,
        /// A number of things.
        pub frames_sent: ItemCount,
        /// A number of things.
        pub invalid_frames: ItemCount,
    }

    /// Names a connection, in this frame and in the server's log.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct ConnectionId(pub ::uuid::Uuid);

    impl ::std::ops::Deref for ConnectionId {
        type Target = ::uuid::Uuid;
        fn deref(&self) -> &::uuid::Uuid {
            &self.0
        }
    }

    impl ::std::convert::From<ConnectionId> for ::uuid::Uuid {
        fn from(value: ConnectionId) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<::uuid::Uuid> for ConnectionId {
        fn from(value: ::uuid::Uuid) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for ConnectionId {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for ConnectionId {
        type Err = <::uuid::Uuid as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for ConnectionId {
        type Error = <::uuid::Uuid as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for ConnectionId {
        type Error = <::uuid::Uuid as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// What holds for a connection: the largest inbound frame in bytes, the number of
    /// subscriptions, how many invalid frames in a row close the connection, how many requests
    /// may wait for their answers at a time (further ones are read later), how many frames a
    /// second may come in the long run (twice as many at once), and how many milliseconds old
    /// the connection may get: then it is closed, so that connections spread over servers anew.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ConnectionLimits {
        /// A duration in milliseconds.
        pub max_connection_age_ms: Milliseconds,
        /// A size in bytes.
        pub max_frame_bytes: ByteCount,
        /// A number of things.
        pub max_frames_per_second: ItemCount,
        /// A number of things.
        pub max_invalid_frames: ItemCount,
        /// A number of things.
        pub max_requests_in_flight: ItemCount,
        /// A number of things.
        pub max_subscriptions: ItemCount,
    }

    /// The contract that is served.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ContractInfo {
        /// Text for people.
        pub title: HumanText,
        /// Text for people.
        pub version: HumanText,
    }

    /// ISO 4217 code of a currency, or the ticker of a coin.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct CurrencyCode(::std::string::String);

    impl ::std::fmt::Display for CurrencyCode {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for CurrencyCode {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<CurrencyCode> for ::std::string::String {
        fn from(value: CurrencyCode) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for CurrencyCode {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 8usize {
                return Err("longer than 8 characters".into());
            }
            if value.chars().count() < 2usize {
                return Err("shorter than 2 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[A-Z0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[A-Z0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for CurrencyCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for CurrencyCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for CurrencyCode {
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

    /// Digits after the decimal point.
    ///
    /// `minimum: 0`, `maximum: 18`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct DecimalPlaces(pub i64);

    impl ::std::ops::Deref for DecimalPlaces {
        type Target = i64;
        fn deref(&self) -> &i64 {
            &self.0
        }
    }

    impl ::std::convert::From<DecimalPlaces> for i64 {
        fn from(value: DecimalPlaces) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<i64> for DecimalPlaces {
        fn from(value: i64) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for DecimalPlaces {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for DecimalPlaces {
        type Err = <i64 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for DecimalPlaces {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for DecimalPlaces {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
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

    /// The frame of `get_status`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct GetStatusFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Nothing but the question.
        pub payload: GetStatusRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `get_status`.
        #[serde(rename = "type")]
        pub type_: GetStatusFrameType,
    }

    /// The wire type, `get_status`.
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
    pub enum GetStatusFrameType {
        /// `get_status`
        #[serde(rename = "get_status")]
        GetStatus,
    }

    impl ::std::fmt::Display for GetStatusFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::GetStatus => f.write_str("get_status"),
            }
        }
    }

    impl ::std::str::FromStr for GetStatusFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "get_status" => Ok(Self::GetStatus),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for GetStatusFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for GetStatusFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Nothing but the question.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct GetStatusRequest {}
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

    /// What is traded.
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
    pub enum InstrumentKind {
        /// `stock`
        #[serde(rename = "stock")]
        Stock,
        /// `crypto`
        #[serde(rename = "crypto")]
        Crypto,
        /// `synthetic`
        #[serde(rename = "synthetic")]
        Synthetic,
        /// `other`
        #[serde(rename = "other")]
        Other,
    }

    impl ::std::fmt::Display for InstrumentKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Stock => f.write_str("stock"),
                Self::Crypto => f.write_str("crypto"),
                Self::Synthetic => f.write_str("synthetic"),
                Self::Other => f.write_str("other"),
            }
        }
    }

    impl ::std::str::FromStr for InstrumentKind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "stock" => Ok(Self::Stock),
                "crypto" => Ok(Self::Crypto),
                "synthetic" => Ok(Self::Synthetic),
                "other" => Ok(Self::Other),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for InstrumentKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for InstrumentKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// A number of things.
    ///
    /// `minimum: 0`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct ItemCount(pub i64);

    impl ::std::ops::Deref for ItemCount {
        type Target = i64;
        fn deref(&self) -> &i64 {
            &self.0
        }
    }

    impl ::std::convert::From<ItemCount> for i64 {
        fn from(value: ItemCount) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<i64> for ItemCount {
        fn from(value: i64) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for ItemCount {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for ItemCount {
        type Err = <i64 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for ItemCount {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for ItemCount {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
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

    /// A price in the currency of the symbol.
    ///
    /// `exclusiveMinimum: 0`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, PartialOrd)]
    #[serde(transparent)]
    pub struct MarketPrice(pub f64);

    impl ::std::ops::Deref for MarketPrice {
        type Target = f64;
        fn deref(&self) -> &f64 {
            &self.0
        }
    }

    impl ::std::convert::From<MarketPrice> for f64 {
        fn from(value: MarketPrice) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<f64> for MarketPrice {
        fn from(value: f64) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for MarketPrice {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for MarketPrice {
        type Err = <f64 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for MarketPrice {
        type Error = <f64 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for MarketPrice {
        type Error = <f64 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// A number of shares, contracts or coins.
    ///
    /// `minimum: 0`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, PartialOrd)]
    #[serde(transparent)]
    pub struct MarketQuantity(pub f64);

    impl ::std::ops::Deref for MarketQuantity {
        type Target = f64;
        fn deref(&self) -> &f64 {
            &self.0
        }
    }

    impl ::std::convert::From<MarketQuantity> for f64 {
        fn from(value: MarketQuantity) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<f64> for MarketQuantity {
        fn from(value: f64) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for MarketQuantity {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for MarketQuantity {
        type Err = <f64 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for MarketQuantity {
        type Error = <f64 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for MarketQuantity {
        type Error = <f64 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
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

    /// Whether the range holds more than was returned.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct MoreFlag(pub bool);

    impl ::std::ops::Deref for MoreFlag {
        type Target = bool;
        fn deref(&self) -> &bool {
            &self.0
        }
    }

    impl ::std::convert::From<MoreFlag> for bool {
        fn from(value: MoreFlag) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<bool> for MoreFlag {
        fn from(value: bool) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for MoreFlag {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for MoreFlag {
        type Err = <bool as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for MoreFlag {
        type Error = <bool as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for MoreFlag {
        type Error = <bool as ::std::str::FromStr>::Err;
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

    /// A closed bar.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OhlcvBar {
        /// A price in the currency of the symbol.
        pub close: MarketPrice,
        /// A price in the currency of the symbol.
        pub high: MarketPrice,
        /// A price in the currency of the symbol.
        pub low: MarketPrice,
        /// A price in the currency of the symbol.
        pub open: MarketPrice,
        /// Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
        /// bar of a day by midnight UTC of its date.
        pub time: UnixMillis,
        /// A number of shares, contracts or coins.
        pub volume: MarketQuantity,
    }

    /// The frame of `orderbook.snapshot`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OrderbookSnapshotFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// All levels of the book, best first. It replaces what was known of the topic.
        pub payload: BookSnapshot,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
        /// The wire type, `orderbook.snapshot`.
        #[serde(rename = "type")]
        pub type_: OrderbookSnapshotFrameType,
    }

    /// The wire type, `orderbook.snapshot`.
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
    pub enum OrderbookSnapshotFrameType {
        /// `orderbook.snapshot`
        #[serde(rename = "orderbook.snapshot")]
        OrderbookSnapshot,
    }

    impl ::std::fmt::Display for OrderbookSnapshotFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::OrderbookSnapshot => f.write_str("orderbook.snapshot"),
            }
        }
    }

    impl ::std::str::FromStr for OrderbookSnapshotFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "orderbook.snapshot" => Ok(Self::OrderbookSnapshot),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for OrderbookSnapshotFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for OrderbookSnapshotFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `orderbook.subscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OrderbookSubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Whose order book to follow. With `since`, from a known position. What comes first is the
        /// book in any case, so there is no `history`.
        pub payload: OrderbookSubscribeRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `orderbook.subscribe`.
        #[serde(rename = "type")]
        pub type_: OrderbookSubscribeFrameType,
    }

    /// The wire type, `orderbook.subscribe`.
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
    pub enum OrderbookSubscribeFrameType {
        /// `orderbook.subscribe`
        #[serde(rename = "orderbook.subscribe")]
        OrderbookSubscribe,
    }

    impl ::std::fmt::Display for OrderbookSubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::OrderbookSubscribe => f.write_str("orderbook.subscribe"),
            }
        }
    }

    impl ::std::str::FromStr for OrderbookSubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "orderbook.subscribe" => Ok(Self::OrderbookSubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for OrderbookSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for OrderbookSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Whose order book to follow. With `since`, from a known position. What comes first is the
    /// book in any case, so there is no `history`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OrderbookSubscribeRequest {
        /// The last update that a client has seen of a topic.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub since: ::std::option::Option<StreamPosition>,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
    }

    /// The frame of `orderbook.subscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OrderbookSubscribeResponseFrame {
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
        /// The wire type, `orderbook.subscribe.response`.
        #[serde(rename = "type")]
        pub type_: OrderbookSubscribeResponseFrameType,
    }

    /// The wire type, `orderbook.subscribe.response`.
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
    pub enum OrderbookSubscribeResponseFrameType {
        /// `orderbook.subscribe.response`
        #[serde(rename = "orderbook.subscribe.response")]
        OrderbookSubscribeResponse,
    }

    impl ::std::fmt::Display for OrderbookSubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::OrderbookSubscribeResponse => {
                    f.write_str("orderbook.subscribe.response")
                }
            }
        }
    }

    impl ::std::str::FromStr for OrderbookSubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "orderbook.subscribe.response" => Ok(Self::OrderbookSubscribeResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for OrderbookSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for OrderbookSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `orderbook.unsubscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OrderbookUnsubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Whose order book to leave.
        pub payload: OrderbookUnsubscribeRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `orderbook.unsubscribe`.
        #[serde(rename = "type")]
        pub type_: OrderbookUnsubscribeFrameType,
    }

    /// The wire type, `orderbook.unsubscribe`.
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
    pub enum OrderbookUnsubscribeFrameType {
        /// `orderbook.unsubscribe`
        #[serde(rename = "orderbook.unsubscribe")]
        OrderbookUnsubscribe,
    }

    impl ::std::fmt::Display for OrderbookUnsubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::OrderbookUnsubscribe => f.write_str("orderbook.unsubscribe"),
            }
        }
    }

    impl ::std::str::FromStr for OrderbookUnsubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "orderbook.unsubscribe" => Ok(Self::OrderbookUnsubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for OrderbookUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for OrderbookUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Whose order book to leave.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OrderbookUnsubscribeRequest {
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
    }

    /// The frame of `orderbook.unsubscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OrderbookUnsubscribeResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// What came of leaving one topic.
        pub payload: UnsubscribeResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `orderbook.unsubscribe.response`.
        #[serde(rename = "type")]
        pub type_: OrderbookUnsubscribeResponseFrameType,
    }

    /// The wire type, `orderbook.unsubscribe.response`.
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
    pub enum OrderbookUnsubscribeResponseFrameType {
        /// `orderbook.unsubscribe.response`
        #[serde(rename = "orderbook.unsubscribe.response")]
        OrderbookUnsubscribeResponse,
    }

    impl ::std::fmt::Display for OrderbookUnsubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::OrderbookUnsubscribeResponse => {
                    f.write_str("orderbook.unsubscribe.response")
                }
            }
        }
    }

    impl ::std::str::FromStr for OrderbookUnsubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "orderbook.unsubscribe.response" => {
                    Ok(Self::OrderbookUnsubscribeResponse)
                }
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for OrderbookUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for OrderbookUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `orderbook.update`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OrderbookUpdateFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// The levels that have changed, best first. A size replaces the one at that price; 0 removes
        /// the level. Without the levels that it removes, a side has never more than 25.
        pub payload: BookUpdate,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
        /// The wire type, `orderbook.update`.
        #[serde(rename = "type")]
        pub type_: OrderbookUpdateFrameType,
    }

    /// The wire type, `orderbook.update`.
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
    pub enum OrderbookUpdateFrameType {
        /// `orderbook.update`
        #[serde(rename = "orderbook.update")]
        OrderbookUpdate,
    }

    impl ::std::fmt::Display for OrderbookUpdateFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::OrderbookUpdate => f.write_str("orderbook.update"),
            }
        }
    }

    impl ::std::str::FromStr for OrderbookUpdateFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "orderbook.update" => Ok(Self::OrderbookUpdate),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for OrderbookUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for OrderbookUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// A permission, such as `orders:write`.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct PermissionName(::std::string::String);

    impl ::std::fmt::Display for PermissionName {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for PermissionName {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<PermissionName> for ::std::string::String {
        fn from(value: PermissionName) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for PermissionName {
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
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[a-z][a-z0-9_.:-]*$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[a-z][a-z0-9_.:-]*$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for PermissionName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for PermissionName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for PermissionName {
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

    /// The frame of `ping`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct PingFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Nothing but the question.
        pub payload: PingRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `ping`.
        #[serde(rename = "type")]
        pub type_: PingFrameType,
    }

    /// The wire type, `ping`.
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
    pub enum PingFrameType {
        /// `ping`
        #[serde(rename = "ping")]
        Ping,
    }

    impl ::std::fmt::Display for PingFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Ping => f.write_str("ping"),
            }
        }
    }

    impl ::std::str::FromStr for PingFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "ping" => Ok(Self::Ping),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for PingFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for PingFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Nothing but the question.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct PingRequest {}
    /// The frame of `pong`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct PongFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// The server's clock, for computing an offset.
        pub payload: PongResponse,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `pong`.
        #[serde(rename = "type")]
        pub type_: PongFrameType,
    }

    /// The wire type, `pong`.
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
    pub enum PongFrameType {
        /// `pong`
        #[serde(rename = "pong")]
        Pong,
    }

    impl ::std::fmt::Display for PongFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Pong => f.write_str("pong"),
            }
        }
    }

    impl ::std::str::FromStr for PongFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "pong" => Ok(Self::Pong),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for PongFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for PongFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The server's clock, for computing an offset.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct PongResponse {
        /// An instant, RFC 3339 in UTC.
        pub server_time: Timestamp,
    }

    /// Whom the server takes the client for. Of a user, also what its token says: its `sub`, the
    /// permissions, and when it expires, where it does.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct PrincipalInfo {
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub expires_at: ::std::option::Option<Timestamp>,
        /// `anonymous`: has not said who it is. `user`: has shown a token.
        pub kind: PrincipalKind,
        /// What it may do beyond what is public.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub permissions: ::std::vec::Vec<PermissionName>,
        /// Names a principal, the `sub` of its token.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sub: ::std::option::Option<SubjectName>,
    }

    /// `anonymous`: has not said who it is. `user`: has shown a token.
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
    pub enum PrincipalKind {
        /// `anonymous`
        #[serde(rename = "anonymous")]
        Anonymous,
        /// `user`
        #[serde(rename = "user")]
        User,
    }

    impl ::std::fmt::Display for PrincipalKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Anonymous => f.write_str("anonymous"),
                Self::User => f.write_str("user"),
            }
        }
    }

    impl ::std::str::FromStr for PrincipalKind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "anonymous" => Ok(Self::Anonymous),
                "user" => Ok(Self::User),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for PrincipalKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for PrincipalKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The WebSocket subprotocol that was agreed on.
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
    pub enum ProtocolName {
        /// `tickwire.v1.json`
        #[serde(rename = "tickwire.v1.json")]
        TickwireV1Json,
        /// `tickwire.v1.msgpack`
        #[serde(rename = "tickwire.v1.msgpack")]
        TickwireV1Msgpack,
    }

    impl ::std::fmt::Display for ProtocolName {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::TickwireV1Json => f.write_str("tickwire.v1.json"),
                Self::TickwireV1Msgpack => f.write_str("tickwire.v1.msgpack"),
            }
        }
    }

    impl ::std::str::FromStr for ProtocolName {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "tickwire.v1.json" => Ok(Self::TickwireV1Json),
                "tickwire.v1.msgpack" => Ok(Self::TickwireV1Msgpack),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for ProtocolName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for ProtocolName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The best bid and ask, with what is offered there.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct QuoteUpdate {
        /// A price in the currency of the symbol.
        pub ask: MarketPrice,
        /// A number of shares, contracts or coins.
        pub ask_size: MarketQuantity,
        /// A price in the currency of the symbol.
        pub bid: MarketPrice,
        /// A number of shares, contracts or coins.
        pub bid_size: MarketQuantity,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
        /// Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
        /// bar of a day by midnight UTC of its date.
        pub time: UnixMillis,
    }

    /// The frame of `quotes.subscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct QuotesSubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Whose quotes to follow.
        pub payload: QuotesSubscribeRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `quotes.subscribe`.
        #[serde(rename = "type")]
        pub type_: QuotesSubscribeFrameType,
    }

    /// The wire type, `quotes.subscribe`.
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
    pub enum QuotesSubscribeFrameType {
        /// `quotes.subscribe`
        #[serde(rename = "quotes.subscribe")]
        QuotesSubscribe,
    }

    impl ::std::fmt::Display for QuotesSubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::QuotesSubscribe => f.write_str("quotes.subscribe"),
            }
        }
    }

    impl ::std::str::FromStr for QuotesSubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "quotes.subscribe" => Ok(Self::QuotesSubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for QuotesSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for QuotesSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Whose quotes to follow.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct QuotesSubscribeRequest {
        /// How many of the newest updates to replay first, as far as they are kept.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub history: ::std::option::Option<ReplayCount>,
        /// The last update that a client has seen of a topic.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub since: ::std::option::Option<StreamPosition>,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
    }

    /// The frame of `quotes.subscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct QuotesSubscribeResponseFrame {
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
        /// The wire type, `quotes.subscribe.response`.
        #[serde(rename = "type")]
        pub type_: QuotesSubscribeResponseFrameType,
    }

    /// The wire type, `quotes.subscribe.response`.
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
    pub enum QuotesSubscribeResponseFrameType {
        /// `quotes.subscribe.response`
        #[serde(rename = "quotes.subscribe.response")]
        QuotesSubscribeResponse,
    }

    impl ::std::fmt::Display for QuotesSubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::QuotesSubscribeResponse => f.write_str("quotes.subscribe.response"),
            }
        }
    }

    impl ::std::str::FromStr for QuotesSubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "quotes.subscribe.response" => Ok(Self::QuotesSubscribeResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for QuotesSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for QuotesSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `quotes.unsubscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct QuotesUnsubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Whose quotes to leave.
        pub payload: QuotesUnsubscribeRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `quotes.unsubscribe`.
        #[serde(rename = "type")]
        pub type_: QuotesUnsubscribeFrameType,
    }

    /// The wire type, `quotes.unsubscribe`.
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
    pub enum QuotesUnsubscribeFrameType {
        /// `quotes.unsubscribe`
        #[serde(rename = "quotes.unsubscribe")]
        QuotesUnsubscribe,
    }

    impl ::std::fmt::Display for QuotesUnsubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::QuotesUnsubscribe => f.write_str("quotes.unsubscribe"),
            }
        }
    }

    impl ::std::str::FromStr for QuotesUnsubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "quotes.unsubscribe" => Ok(Self::QuotesUnsubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for QuotesUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for QuotesUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Whose quotes to leave.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct QuotesUnsubscribeRequest {
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
    }

    /// The frame of `quotes.unsubscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct QuotesUnsubscribeResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// What came of leaving one topic.
        pub payload: UnsubscribeResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `quotes.unsubscribe.response`.
        #[serde(rename = "type")]
        pub type_: QuotesUnsubscribeResponseFrameType,
    }

    /// The wire type, `quotes.unsubscribe.response`.
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
    pub enum QuotesUnsubscribeResponseFrameType {
        /// `quotes.unsubscribe.response`
        #[serde(rename = "quotes.unsubscribe.response")]
        QuotesUnsubscribeResponse,
    }

    impl ::std::fmt::Display for QuotesUnsubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::QuotesUnsubscribeResponse => {
                    f.write_str("quotes.unsubscribe.response")
                }
            }
        }
    }

    impl ::std::str::FromStr for QuotesUnsubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "quotes.unsubscribe.response" => Ok(Self::QuotesUnsubscribeResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for QuotesUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for QuotesUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `quotes.update`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct QuotesUpdateFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// The best bid and ask, with what is offered there.
        pub payload: QuoteUpdate,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
        /// The wire type, `quotes.update`.
        #[serde(rename = "type")]
        pub type_: QuotesUpdateFrameType,
    }

    /// The wire type, `quotes.update`.
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
    pub enum QuotesUpdateFrameType {
        /// `quotes.update`
        #[serde(rename = "quotes.update")]
        QuotesUpdate,
    }

    impl ::std::fmt::Display for QuotesUpdateFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::QuotesUpdate => f.write_str("quotes.update"),
            }
        }
    }

    impl ::std::str::FromStr for QuotesUpdateFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "quotes.update" => Ok(Self::QuotesUpdate),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for QuotesUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for QuotesUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
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

    /// Why the missed updates cannot be replayed: the stream began anew since (`epoch_changed`),
    /// some are no longer kept, or they are too many to be sent at once (`out_of_retention`), or
    /// the position lies in the future (`ahead_of_stream`).
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

    /// `overflow`: updates were dropped for this connection. `restarted`: the stream began anew
    /// in another epoch. `ended`: there are no more updates, the subscription is over. `revoked`:
    /// the subscription is over, since the client's new token does not permit it any more.
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
    pub enum ResetReason {
        /// `overflow`
        #[serde(rename = "overflow")]
        Overflow,
        /// `restarted`
        #[serde(rename = "restarted")]
        Restarted,
        /// `ended`
        #[serde(rename = "ended")]
        Ended,
        /// `revoked`
        #[serde(rename = "revoked")]
        Revoked,
    }

    impl ::std::fmt::Display for ResetReason {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Overflow => f.write_str("overflow"),
                Self::Restarted => f.write_str("restarted"),
                Self::Ended => f.write_str("ended"),
                Self::Revoked => f.write_str("revoked"),
            }
        }
    }

    impl ::std::str::FromStr for ResetReason {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "overflow" => Ok(Self::Overflow),
                "restarted" => Ok(Self::Restarted),
                "ended" => Ok(Self::Ended),
                "revoked" => Ok(Self::Revoked),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for ResetReason {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for ResetReason {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
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

    /// The largest number of matches to return.
    ///
    /// `minimum: 1`, `maximum: 100`, `default: 20`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct SearchLimit(pub i32);

    impl ::std::ops::Deref for SearchLimit {
        type Target = i32;
        fn deref(&self) -> &i32 {
            &self.0
        }
    }

    impl ::std::convert::From<SearchLimit> for i32 {
        fn from(value: SearchLimit) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<i32> for SearchLimit {
        fn from(value: i32) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for SearchLimit {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for SearchLimit {
        type Err = <i32 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for SearchLimit {
        type Error = <i32 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for SearchLimit {
        type Error = <i32 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// A part of a symbol or of its description. Empty finds everything.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SearchText(::std::string::String);

    impl ::std::fmt::Display for SearchText {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for SearchText {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<SearchText> for ::std::string::String {
        fn from(value: SearchText) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for SearchText {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 64usize {
                return Err("longer than 64 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for SearchText {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for SearchText {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for SearchText {
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

    /// The program that serves the contract.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ServerInfo {
        /// Text for people.
        pub name: HumanText,
        /// Text for people.
        pub version: HumanText,
    }

    /// The frame of `shutdown`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ShutdownFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// The server stops; what to do.
        pub payload: ShutdownNotice,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `shutdown`.
        #[serde(rename = "type")]
        pub type_: ShutdownFrameType,
    }

    /// The wire type, `shutdown`.
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
    pub enum ShutdownFrameType {
        /// `shutdown`
        #[serde(rename = "shutdown")]
        Shutdown,
    }

    impl ::std::fmt::Display for ShutdownFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Shutdown => f.write_str("shutdown"),
            }
        }
    }

    impl ::std::str::FromStr for ShutdownFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "shutdown" => Ok(Self::Shutdown),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for ShutdownFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for ShutdownFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The server stops; what to do.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ShutdownNotice {
        /// Text for people.
        pub message: HumanText,
        /// A duration in milliseconds.
        pub reconnect_after_ms: Milliseconds,
    }

    /// New shares for old ones, `2:1`.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SplitRatio(::std::string::String);

    impl ::std::fmt::Display for SplitRatio {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for SplitRatio {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<SplitRatio> for ::std::string::String {
        fn from(value: SplitRatio) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for SplitRatio {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[0-9]+:[0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[0-9]+:[0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for SplitRatio {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for SplitRatio {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for SplitRatio {
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

    /// What the server knows of a connection.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct StatusReport {
        /// An instant, RFC 3339 in UTC.
        pub connected_at: Timestamp,
        /// Names a connection, in this frame and in the server's log.
        pub connection_id: ConnectionId,
        /// What has passed over a connection so far.
        pub counters: ConnectionCounters,
        /// What holds for a connection: the largest inbound frame in bytes, the number of
        /// subscriptions, how many invalid frames in a row close the connection, how many requests
        /// may wait for their answers at a time (further ones are read later), how many frames a
        /// second may come in the long run (twice as many at once), and how many milliseconds old
        /// the connection may get: then it is closed, so that connections spread over servers anew.
        pub limits: ConnectionLimits,
        /// Whom the server takes the client for. Of a user, also what its token says: its `sub`, the
        /// permissions, and when it expires, where it does.
        pub principal: PrincipalInfo,
        /// An instant, RFC 3339 in UTC.
        pub server_time: Timestamp,
        /// The topics subscribed to, with the newest position of each.
        pub subscriptions: ::std::vec::Vec<TopicPosition>,
    }

    /// The frame of `status_response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct StatusResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// What the server knows of a connection.
        pub payload: StatusReport,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `status_response`.
        #[serde(rename = "type")]
        pub type_: StatusResponseFrameType,
    }

    /// The wire type, `status_response`.
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
    pub enum StatusResponseFrameType {
        /// `status_response`
        #[serde(rename = "status_response")]
        StatusResponse,
    }

    impl ::std::fmt::Display for StatusResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::StatusResponse => f.write_str("status_response"),
            }
        }
    }

    impl ::std::str::FromStr for StatusResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "status_response" => Ok(Self::StatusResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for StatusResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for StatusResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// A stock split.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct StockSplit {
        /// A day, `YYYY-MM-DD`.
        pub date: CalendarDate,
        /// New shares for old ones, `2:1`.
        pub ratio: SplitRatio,
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

    /// Names a principal, the `sub` of its token.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SubjectName(::std::string::String);

    impl ::std::fmt::Display for SubjectName {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for SubjectName {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<SubjectName> for ::std::string::String {
        fn from(value: SubjectName) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for SubjectName {
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
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for SubjectName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for SubjectName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for SubjectName {
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

    /// The frame of `subscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// The topics to subscribe to.
        pub payload: SubscribeRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `subscribe`.
        #[serde(rename = "type")]
        pub type_: SubscribeFrameType,
    }

    /// The wire type, `subscribe`.
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
    pub enum SubscribeFrameType {
        /// `subscribe`
        #[serde(rename = "subscribe")]
        Subscribe,
    }

    impl ::std::fmt::Display for SubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Subscribe => f.write_str("subscribe"),
            }
        }
    }

    impl ::std::str::FromStr for SubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "subscribe" => Ok(Self::Subscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for SubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The topics to subscribe to.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SubscribeRequest {
        /// Where to begin, for those of the topics that should not begin with now.
        ///
        /// `maxItems: 100`
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub options: ::std::vec::Vec<TopicOptions>,
        /// 1 to 100 different topics.
        pub topics: TopicNames,
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
        /// Why the missed updates cannot be replayed: the stream began anew since (`epoch_changed`),
        /// some are no longer kept, or they are too many to be sent at once (`out_of_retention`), or
        /// the position lies in the future (`ahead_of_stream`).
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

    /// The frame of `subscription_confirmed`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SubscriptionConfirmedFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// A result for each topic, in the order of the request.
        pub payload: SubscriptionResults,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `subscription_confirmed`.
        #[serde(rename = "type")]
        pub type_: SubscriptionConfirmedFrameType,
    }

    /// The wire type, `subscription_confirmed`.
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
    pub enum SubscriptionConfirmedFrameType {
        /// `subscription_confirmed`
        #[serde(rename = "subscription_confirmed")]
        SubscriptionConfirmed,
    }

    impl ::std::fmt::Display for SubscriptionConfirmedFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::SubscriptionConfirmed => f.write_str("subscription_confirmed"),
            }
        }
    }

    impl ::std::str::FromStr for SubscriptionConfirmedFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "subscription_confirmed" => Ok(Self::SubscriptionConfirmed),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SubscriptionConfirmedFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for SubscriptionConfirmedFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// What came of subscribing to one topic.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SubscriptionResult {
        /// Names one life of a topic's stream. Positions of different epochs do not compare.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub epoch: ::std::option::Option<StreamEpoch>,
        /// Why a topic was refused.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<TopicRefusal>,
        /// Text for people.
        pub message: HumanText,
        /// Why the missed updates cannot be replayed: the stream began anew since (`epoch_changed`),
        /// some are no longer kept, or they are too many to be sent at once (`out_of_retention`), or
        /// the position lies in the future (`ahead_of_stream`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<RecoveryFailure>,
        /// Whether exactly the missed updates follow. Only where `since` was given.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub recovered: ::std::option::Option<RecoveredFlag>,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub seq: ::std::option::Option<SequenceNumber>,
        /// `subscribed` now, `already_subscribed` before (nothing changed), or `refused` (see `error`).
        pub status: SubscriptionStatus,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
    }

    /// A result for each topic, in the order of the request.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SubscriptionResults {
        /// One entry for each topic of the request.
        pub results: ::std::vec::Vec<SubscriptionResult>,
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

    /// All about one symbol. Its data span `first_time` to `last_time`, which is left out when
    /// there is no end; `currency` is left out when unknown.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SymbolInfo {
        /// Whether prices before a split were divided by its ratio.
        pub adjusted: AdjustedFlag,
        /// ISO 4217 code of a currency, or the ticker of a coin.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub currency: ::std::option::Option<CurrencyCode>,
        /// Text for people.
        pub description: HumanText,
        /// Text for people.
        pub exchange: HumanText,
        /// Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
        /// bar of a day by midnight UTC of its date.
        pub first_time: UnixMillis,
        /// What is traded.
        pub kind: InstrumentKind,
        /// Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
        /// bar of a day by midnight UTC of its date.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_time: ::std::option::Option<UnixMillis>,
        /// Digits after the decimal point.
        pub price_decimals: DecimalPlaces,
        /// The resolutions in which its bars can be had.
        pub resolutions: ::std::vec::Vec<BarResolution>,
        /// Opening and closing time in the symbol's time zone, `HHMM-HHMM`, or `24x7`.
        pub session: TradingSession,
        /// Text for people.
        pub source: HumanText,
        /// Splits within the data, oldest first.
        pub splits: ::std::vec::Vec<StockSplit>,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
        /// A time zone of the IANA database.
        pub timezone: TimezoneName,
    }

    /// A symbol in a list.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SymbolSummary {
        /// Text for people.
        pub description: HumanText,
        /// Text for people.
        pub exchange: HumanText,
        /// What is traded.
        pub kind: InstrumentKind,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
    }

    /// The frame of `symbols.resolve`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SymbolsResolveFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Which symbol.
        pub payload: SymbolsResolveRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `symbols.resolve`.
        #[serde(rename = "type")]
        pub type_: SymbolsResolveFrameType,
    }

    /// The wire type, `symbols.resolve`.
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
    pub enum SymbolsResolveFrameType {
        /// `symbols.resolve`
        #[serde(rename = "symbols.resolve")]
        SymbolsResolve,
    }

    impl ::std::fmt::Display for SymbolsResolveFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::SymbolsResolve => f.write_str("symbols.resolve"),
            }
        }
    }

    impl ::std::str::FromStr for SymbolsResolveFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "symbols.resolve" => Ok(Self::SymbolsResolve),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SymbolsResolveFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for SymbolsResolveFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Which symbol.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SymbolsResolveRequest {
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
    }

    /// The frame of `symbols.resolve.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SymbolsResolveResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// All about one symbol. Its data span `first_time` to `last_time`, which is left out when
        /// there is no end; `currency` is left out when unknown.
        pub payload: SymbolInfo,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `symbols.resolve.response`.
        #[serde(rename = "type")]
        pub type_: SymbolsResolveResponseFrameType,
    }

    /// The wire type, `symbols.resolve.response`.
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
    pub enum SymbolsResolveResponseFrameType {
        /// `symbols.resolve.response`
        #[serde(rename = "symbols.resolve.response")]
        SymbolsResolveResponse,
    }

    impl ::std::fmt::Display for SymbolsResolveResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::SymbolsResolveResponse => f.write_str("symbols.resolve.response"),
            }
        }
    }

    impl ::std::str::FromStr for SymbolsResolveResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "symbols.resolve.response" => Ok(Self::SymbolsResolveResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SymbolsResolveResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for SymbolsResolveResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `symbols.search`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SymbolsSearchFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// What to look for.
        pub payload: SymbolsSearchRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `symbols.search`.
        #[serde(rename = "type")]
        pub type_: SymbolsSearchFrameType,
    }

    /// The wire type, `symbols.search`.
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
    pub enum SymbolsSearchFrameType {
        /// `symbols.search`
        #[serde(rename = "symbols.search")]
        SymbolsSearch,
    }

    impl ::std::fmt::Display for SymbolsSearchFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::SymbolsSearch => f.write_str("symbols.search"),
            }
        }
    }

    impl ::std::str::FromStr for SymbolsSearchFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "symbols.search" => Ok(Self::SymbolsSearch),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SymbolsSearchFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for SymbolsSearchFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// What to look for.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SymbolsSearchRequest {
        /// The largest number of matches to return.
        #[serde(default = "defaults::symbols_search_request_limit")]
        pub limit: SearchLimit,
        /// A part of a symbol or of its description. Empty finds everything.
        pub query: SearchText,
    }

    /// The frame of `symbols.search.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SymbolsSearchResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// The matches, best first.
        pub payload: SymbolsSearchResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `symbols.search.response`.
        #[serde(rename = "type")]
        pub type_: SymbolsSearchResponseFrameType,
    }

    /// The wire type, `symbols.search.response`.
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
    pub enum SymbolsSearchResponseFrameType {
        /// `symbols.search.response`
        #[serde(rename = "symbols.search.response")]
        SymbolsSearchResponse,
    }

    impl ::std::fmt::Display for SymbolsSearchResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::SymbolsSearchResponse => f.write_str("symbols.search.response"),
            }
        }
    }

    impl ::std::str::FromStr for SymbolsSearchResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "symbols.search.response" => Ok(Self::SymbolsSearchResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SymbolsSearchResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for SymbolsSearchResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The matches, best first.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SymbolsSearchResult {
        /// At most as many as asked for.
        ///
        /// `maxItems: 100`
        pub symbols: ::std::vec::Vec<SymbolSummary>,
    }

    /// The frame of `system_alert`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SystemAlertFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// A notice about the service.
        pub payload: SystemAlertNotice,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `system_alert`.
        #[serde(rename = "type")]
        pub type_: SystemAlertFrameType,
    }

    /// The wire type, `system_alert`.
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
    pub enum SystemAlertFrameType {
        /// `system_alert`
        #[serde(rename = "system_alert")]
        SystemAlert,
    }

    impl ::std::fmt::Display for SystemAlertFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::SystemAlert => f.write_str("system_alert"),
            }
        }
    }

    impl ::std::str::FromStr for SystemAlertFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "system_alert" => Ok(Self::SystemAlert),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for SystemAlertFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for SystemAlertFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// A notice about the service.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SystemAlertNotice {
        /// The kind of the notice, for programs.
        pub code: AlertCode,
        /// How much it matters.
        pub level: AlertLevel,
        /// Text for people.
        pub message: HumanText,
    }

    /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct TickerSymbol(::std::string::String);

    impl ::std::fmt::Display for TickerSymbol {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for TickerSymbol {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<TickerSymbol> for ::std::string::String {
        fn from(value: TickerSymbol) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for TickerSymbol {
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
            { ::regress::Regex::new("^[A-Z0-9][A-Z0-9._-]*$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[A-Z0-9][A-Z0-9._-]*$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for TickerSymbol {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for TickerSymbol {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for TickerSymbol {
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

    /// A time zone of the IANA database.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct TimezoneName(::std::string::String);

    impl ::std::fmt::Display for TimezoneName {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for TimezoneName {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<TimezoneName> for ::std::string::String {
        fn from(value: TimezoneName) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for TimezoneName {
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
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for TimezoneName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for TimezoneName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for TimezoneName {
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

    /// The frame of `token.expiring`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TokenExpiringFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// When the token expires. The duration is of use to a client whose clock is wrong.
        pub payload: TokenExpiringNotice,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `token.expiring`.
        #[serde(rename = "type")]
        pub type_: TokenExpiringFrameType,
    }

    /// The wire type, `token.expiring`.
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
    pub enum TokenExpiringFrameType {
        /// `token.expiring`
        #[serde(rename = "token.expiring")]
        TokenExpiring,
    }

    impl ::std::fmt::Display for TokenExpiringFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::TokenExpiring => f.write_str("token.expiring"),
            }
        }
    }

    impl ::std::str::FromStr for TokenExpiringFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "token.expiring" => Ok(Self::TokenExpiring),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for TokenExpiringFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for TokenExpiringFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// When the token expires. The duration is of use to a client whose clock is wrong.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TokenExpiringNotice {
        /// An instant, RFC 3339 in UTC.
        pub expires_at: Timestamp,
        /// A duration in milliseconds.
        pub expires_in_ms: Milliseconds,
    }

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

    /// 1 to 100 different topics.
    ///
    /// `minItems: 1`, `maxItems: 100`, `uniqueItems: true`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(transparent)]
    pub struct TopicNames(pub ::std::vec::Vec<TopicName>);

    impl ::std::ops::Deref for TopicNames {
        type Target = ::std::vec::Vec<TopicName>;
        fn deref(&self) -> &::std::vec::Vec<TopicName> {
            &self.0
        }
    }

    impl ::std::convert::From<TopicNames> for ::std::vec::Vec<TopicName> {
        fn from(value: TopicNames) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<::std::vec::Vec<TopicName>> for TopicNames {
        fn from(value: ::std::vec::Vec<TopicName>) -> Self {
            Self(value)
        }
    }

    /// Where the updates of one topic should begin.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TopicOptions {
        /// How many of the newest updates to replay first, as far as they are kept.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub history: ::std::option::Option<ReplayCount>,
        /// The last update that a client has seen of a topic.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub since: ::std::option::Option<StreamPosition>,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
    }

    /// A topic and the newest position in its stream.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TopicPosition {
        /// Names one life of a topic's stream. Positions of different epochs do not compare.
        pub epoch: StreamEpoch,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
    }

    /// Why a topic was refused.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TopicRefusal {
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
        /// Whether the same request may succeed later.
        pub retryable: RetryableFlag,
    }

    /// The frame of `topic.reset`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TopicResetFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// How a topic's stream was broken, and the position from which it is whole again. For
        /// `overflow`, `from` and `to` are the first and the last update that were dropped.
        pub payload: TopicResetNotice,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `topic.reset`.
        #[serde(rename = "type")]
        pub type_: TopicResetFrameType,
    }

    /// The wire type, `topic.reset`.
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
    pub enum TopicResetFrameType {
        /// `topic.reset`
        #[serde(rename = "topic.reset")]
        TopicReset,
    }

    impl ::std::fmt::Display for TopicResetFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::TopicReset => f.write_str("topic.reset"),
            }
        }
    }

    impl ::std::str::FromStr for TopicResetFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "topic.reset" => Ok(Self::TopicReset),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for TopicResetFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for TopicResetFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// How a topic's stream was broken, and the position from which it is whole again. For
    /// `overflow`, `from` and `to` are the first and the last update that were dropped.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TopicResetNotice {
        /// Names one life of a topic's stream. Positions of different epochs do not compare.
        pub epoch: StreamEpoch,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub from: ::std::option::Option<SequenceNumber>,
        /// Text for people.
        pub message: HumanText,
        /// `overflow`: updates were dropped for this connection. `restarted`: the stream began anew
        /// in another epoch. `ended`: there are no more updates, the subscription is over. `revoked`:
        /// the subscription is over, since the client's new token does not permit it any more.
        pub reason: ResetReason,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub to: ::std::option::Option<SequenceNumber>,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
    }

    /// One trade.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TradeUpdate {
        /// A price in the currency of the symbol.
        pub price: MarketPrice,
        /// Who took the other's offer.
        pub side: AggressorSide,
        /// A number of shares, contracts or coins.
        pub size: MarketQuantity,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
        /// Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
        /// bar of a day by midnight UTC of its date.
        pub time: UnixMillis,
    }

    /// The frame of `trades.subscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TradesSubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Whose trades to follow.
        pub payload: TradesSubscribeRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `trades.subscribe`.
        #[serde(rename = "type")]
        pub type_: TradesSubscribeFrameType,
    }

    /// The wire type, `trades.subscribe`.
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
    pub enum TradesSubscribeFrameType {
        /// `trades.subscribe`
        #[serde(rename = "trades.subscribe")]
        TradesSubscribe,
    }

    impl ::std::fmt::Display for TradesSubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::TradesSubscribe => f.write_str("trades.subscribe"),
            }
        }
    }

    impl ::std::str::FromStr for TradesSubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "trades.subscribe" => Ok(Self::TradesSubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for TradesSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for TradesSubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Whose trades to follow.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TradesSubscribeRequest {
        /// How many of the newest updates to replay first, as far as they are kept.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub history: ::std::option::Option<ReplayCount>,
        /// The last update that a client has seen of a topic.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub since: ::std::option::Option<StreamPosition>,
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
    }

    /// The frame of `trades.subscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TradesSubscribeResponseFrame {
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
        /// The wire type, `trades.subscribe.response`.
        #[serde(rename = "type")]
        pub type_: TradesSubscribeResponseFrameType,
    }

    /// The wire type, `trades.subscribe.response`.
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
    pub enum TradesSubscribeResponseFrameType {
        /// `trades.subscribe.response`
        #[serde(rename = "trades.subscribe.response")]
        TradesSubscribeResponse,
    }

    impl ::std::fmt::Display for TradesSubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::TradesSubscribeResponse => f.write_str("trades.subscribe.response"),
            }
        }
    }

    impl ::std::str::FromStr for TradesSubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "trades.subscribe.response" => Ok(Self::TradesSubscribeResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for TradesSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for TradesSubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `trades.unsubscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TradesUnsubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// Whose trades to leave.
        pub payload: TradesUnsubscribeRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `trades.unsubscribe`.
        #[serde(rename = "type")]
        pub type_: TradesUnsubscribeFrameType,
    }

    /// The wire type, `trades.unsubscribe`.
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
    pub enum TradesUnsubscribeFrameType {
        /// `trades.unsubscribe`
        #[serde(rename = "trades.unsubscribe")]
        TradesUnsubscribe,
    }

    impl ::std::fmt::Display for TradesUnsubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::TradesUnsubscribe => f.write_str("trades.unsubscribe"),
            }
        }
    }

    impl ::std::str::FromStr for TradesUnsubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "trades.unsubscribe" => Ok(Self::TradesUnsubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for TradesUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for TradesUnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Whose trades to leave.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TradesUnsubscribeRequest {
        /// The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.
        pub symbol: TickerSymbol,
    }

    /// The frame of `trades.unsubscribe.response`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TradesUnsubscribeResponseFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// What came of leaving one topic.
        pub payload: UnsubscribeResult,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `trades.unsubscribe.response`.
        #[serde(rename = "type")]
        pub type_: TradesUnsubscribeResponseFrameType,
    }

    /// The wire type, `trades.unsubscribe.response`.
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
    pub enum TradesUnsubscribeResponseFrameType {
        /// `trades.unsubscribe.response`
        #[serde(rename = "trades.unsubscribe.response")]
        TradesUnsubscribeResponse,
    }

    impl ::std::fmt::Display for TradesUnsubscribeResponseFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::TradesUnsubscribeResponse => {
                    f.write_str("trades.unsubscribe.response")
                }
            }
        }
    }

    impl ::std::str::FromStr for TradesUnsubscribeResponseFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "trades.unsubscribe.response" => Ok(Self::TradesUnsubscribeResponse),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for TradesUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for TradesUnsubscribeResponseFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The frame of `trades.update`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TradesUpdateFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// One trade.
        pub payload: TradeUpdate,
        /// Number of an update within its epoch. The first is 1; 0 is before the first.
        pub seq: SequenceNumber,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// A topic, such as `bars:AAPL:1`.
        pub topic: TopicName,
        /// The wire type, `trades.update`.
        #[serde(rename = "type")]
        pub type_: TradesUpdateFrameType,
    }

    /// The wire type, `trades.update`.
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
    pub enum TradesUpdateFrameType {
        /// `trades.update`
        #[serde(rename = "trades.update")]
        TradesUpdate,
    }

    impl ::std::fmt::Display for TradesUpdateFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::TradesUpdate => f.write_str("trades.update"),
            }
        }
    }

    impl ::std::str::FromStr for TradesUpdateFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "trades.update" => Ok(Self::TradesUpdate),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for TradesUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for TradesUpdateFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// Opening and closing time in the symbol's time zone, `HHMM-HHMM`, or `24x7`.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct TradingSession(::std::string::String);

    impl ::std::fmt::Display for TradingSession {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::ops::Deref for TradingSession {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }

    impl ::std::convert::From<TradingSession> for ::std::string::String {
        fn from(value: TradingSession) -> Self {
            value.0
        }
    }

    impl ::std::str::FromStr for TradingSession {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^([0-9]{4}-[0-9]{4}|24x7)$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err(
                    "doesn't match pattern \"^([0-9]{4}-[0-9]{4}|24x7)$\"".into(),
                );
            }
            Ok(Self(value.to_string()))
        }
    }

    impl ::std::convert::TryFrom<&str> for TradingSession {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for TradingSession {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl<'de> ::serde::Deserialize<'de> for TradingSession {
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

    /// Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
    /// bar of a day by midnight UTC of its date.
    ///
    /// `minimum: -62135596800000`, `maximum: 253402300799999`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]
    #[serde(transparent)]
    pub struct UnixMillis(pub i64);

    impl ::std::ops::Deref for UnixMillis {
        type Target = i64;
        fn deref(&self) -> &i64 {
            &self.0
        }
    }

    impl ::std::convert::From<UnixMillis> for i64 {
        fn from(value: UnixMillis) -> Self {
            value.0
        }
    }

    impl ::std::convert::From<i64> for UnixMillis {
        fn from(value: i64) -> Self {
            Self(value)
        }
    }

    impl ::std::fmt::Display for UnixMillis {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl ::std::str::FromStr for UnixMillis {
        type Err = <i64 as ::std::str::FromStr>::Err;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.parse()?))
        }
    }

    impl ::std::convert::TryFrom<&str> for UnixMillis {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<String> for UnixMillis {
        type Error = <i64 as ::std::str::FromStr>::Err;
        fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
            value.parse()
        }
    }

    /// The frame of `unsubscribe`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct UnsubscribeFrame {
        /// From the client to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<ClientDirection>,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg_id: ::std::option::Option<MsgId>,
        /// The topics to leave.
        pub payload: UnsubscribeRequest,
        /// An instant, RFC 3339 in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<Timestamp>,
        /// The wire type, `unsubscribe`.
        #[serde(rename = "type")]
        pub type_: UnsubscribeFrameType,
    }

    /// The wire type, `unsubscribe`.
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
    pub enum UnsubscribeFrameType {
        /// `unsubscribe`
        #[serde(rename = "unsubscribe")]
        Unsubscribe,
    }

    impl ::std::fmt::Display for UnsubscribeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Unsubscribe => f.write_str("unsubscribe"),
            }
        }
    }

    impl ::std::str::FromStr for UnsubscribeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "unsubscribe" => Ok(Self::Unsubscribe),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for UnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for UnsubscribeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// The topics to leave.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct UnsubscribeRequest {
        /// 1 to 100 different topics.
        pub topics: TopicNames,
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

    /// The frame of `unsubscription_confirmed`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct UnsubscriptionConfirmedFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// A result for each topic, in the order of the request.
        pub payload: UnsubscriptionResults,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `unsubscription_confirmed`.
        #[serde(rename = "type")]
        pub type_: UnsubscriptionConfirmedFrameType,
    }

    /// The wire type, `unsubscription_confirmed`.
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
    pub enum UnsubscriptionConfirmedFrameType {
        /// `unsubscription_confirmed`
        #[serde(rename = "unsubscription_confirmed")]
        UnsubscriptionConfirmed,
    }

    impl ::std::fmt::Display for UnsubscriptionConfirmedFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::UnsubscriptionConfirmed => f.write_str("unsubscription_confirmed"),
            }
        }
    }

    impl ::std::str::FromStr for UnsubscriptionConfirmedFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "unsubscription_confirmed" => Ok(Self::UnsubscriptionConfirmed),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for UnsubscriptionConfirmedFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String>
    for UnsubscriptionConfirmedFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// A result for each topic, in the order of the request.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct UnsubscriptionResults {
        /// One entry for each topic of the request.
        pub results: ::std::vec::Vec<UnsubscribeResult>,
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

    /// The frame of `welcome`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WelcomeFrame {
        /// From the server to the client.
        pub direction: ServerDirection,
        /// Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
        /// repeated in its answer; a UUIDv7 in a push.
        pub msg_id: MsgId,
        /// What a client should know before it asks anything.
        pub payload: WelcomeNotice,
        /// An instant, RFC 3339 in UTC.
        pub timestamp: Timestamp,
        /// The wire type, `welcome`.
        #[serde(rename = "type")]
        pub type_: WelcomeFrameType,
    }

    /// The wire type, `welcome`.
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
    pub enum WelcomeFrameType {
        /// `welcome`
        #[serde(rename = "welcome")]
        Welcome,
    }

    impl ::std::fmt::Display for WelcomeFrameType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Welcome => f.write_str("welcome"),
            }
        }
    }

    impl ::std::str::FromStr for WelcomeFrameType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "welcome" => Ok(Self::Welcome),
                _ => Err("invalid value".into()),
            }
        }
    }

    impl ::std::convert::TryFrom<&str> for WelcomeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    impl ::std::convert::TryFrom<::std::string::String> for WelcomeFrameType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }

    /// What a client should know before it asks anything.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WelcomeNotice {
        /// Names a connection, in this frame and in the server's log.
        pub connection_id: ConnectionId,
        /// The contract that is served.
        pub contract: ContractInfo,
        /// A duration in milliseconds.
        pub heartbeat_interval_ms: Milliseconds,
        /// What holds for a connection: the largest inbound frame in bytes, the number of
        /// subscriptions, how many invalid frames in a row close the connection, how many requests
        /// may wait for their answers at a time (further ones are read later), how many frames a
        /// second may come in the long run (twice as many at once), and how many milliseconds old
        /// the connection may get: then it is closed, so that connections spread over servers anew.
        pub limits: ConnectionLimits,
        /// Whom the server takes the client for. Of a user, also what its token says: its `sub`, the
        /// permissions, and when it expires, where it does.
        pub principal: PrincipalInfo,
        /// The WebSocket subprotocol that was agreed on.
        pub protocol: ProtocolName,
        /// The program that serves the contract.
        pub server: ServerInfo,
        /// An instant, RFC 3339 in UTC.
        pub server_time: Timestamp,
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

    /// Generation of default values for serde.
    pub mod defaults {
        pub(super) fn bars_history_request_resolution() -> super::BarResolution {
            super::BarResolution::X1
        }

        pub(super) fn bars_subscribe_request_resolution() -> super::BarResolution {
            super::BarResolution::X1
        }

        pub(super) fn bars_unsubscribe_request_resolution() -> super::BarResolution {
            super::BarResolution::X1
        }

        pub(super) fn symbols_search_request_limit() -> super::SearchLimit {
            super::SearchLimit(20_i32)
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

/// The topic families, as the runtime sees them.
pub static FAMILIES: [runtime::Family; 4usize] = [
    runtime::Family {
        name: "bars",
        delivery: runtime::Delivery::Latest,
        subscribe: "bars.subscribe",
        unsubscribe: "bars.unsubscribe",
        update: "bars.update",
        snapshot: None,
        since: true,
        history: true,
    },
    runtime::Family {
        name: "quotes",
        delivery: runtime::Delivery::Latest,
        subscribe: "quotes.subscribe",
        unsubscribe: "quotes.unsubscribe",
        update: "quotes.update",
        snapshot: None,
        since: true,
        history: true,
    },
    runtime::Family {
        name: "trades",
        delivery: runtime::Delivery::Window,
        subscribe: "trades.subscribe",
        unsubscribe: "trades.unsubscribe",
        update: "trades.update",
        snapshot: None,
        since: true,
        history: true,
    },
    runtime::Family {
        name: "orderbook",
        delivery: runtime::Delivery::Delta,
        subscribe: "orderbook.subscribe",
        unsubscribe: "orderbook.unsubscribe",
        update: "orderbook.update",
        snapshot: Some("orderbook.snapshot"),
        since: true,
        history: false,
    },
];

/// The contract, as the runtime sees it.
pub static CONTRACT: runtime::Contract = runtime::Contract {
    title: "Tickwire",
    messages: &[
        runtime::Message {
            wire_type: "ping",
            frame: "PingFrame",
            reply: Some("pong"),
        },
        runtime::Message {
            wire_type: "pong",
            frame: "PongFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "get_status",
            frame: "GetStatusFrame",
            reply: Some("status_response"),
        },
        runtime::Message {
            wire_type: "status_response",
            frame: "StatusResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "subscribe",
            frame: "SubscribeFrame",
            reply: Some("subscription_confirmed"),
        },
        runtime::Message {
            wire_type: "subscription_confirmed",
            frame: "SubscriptionConfirmedFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "unsubscribe",
            frame: "UnsubscribeFrame",
            reply: Some("unsubscription_confirmed"),
        },
        runtime::Message {
            wire_type: "unsubscription_confirmed",
            frame: "UnsubscriptionConfirmedFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "auth",
            frame: "AuthFrame",
            reply: Some("auth.response"),
        },
        runtime::Message {
            wire_type: "auth.response",
            frame: "AuthResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "auth.refresh",
            frame: "AuthRefreshFrame",
            reply: Some("auth.refresh.response"),
        },
        runtime::Message {
            wire_type: "auth.refresh.response",
            frame: "AuthRefreshResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "token.expiring",
            frame: "TokenExpiringFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "welcome",
            frame: "WelcomeFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "error",
            frame: "ErrorFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "topic.reset",
            frame: "TopicResetFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "system_alert",
            frame: "SystemAlertFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "shutdown",
            frame: "ShutdownFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "bars.subscribe",
            frame: "BarsSubscribeFrame",
            reply: Some("bars.subscribe.response"),
        },
        runtime::Message {
            wire_type: "bars.subscribe.response",
            frame: "BarsSubscribeResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "bars.unsubscribe",
            frame: "BarsUnsubscribeFrame",
            reply: Some("bars.unsubscribe.response"),
        },
        runtime::Message {
            wire_type: "bars.unsubscribe.response",
            frame: "BarsUnsubscribeResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "bars.update",
            frame: "BarsUpdateFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "quotes.subscribe",
            frame: "QuotesSubscribeFrame",
            reply: Some("quotes.subscribe.response"),
        },
        runtime::Message {
            wire_type: "quotes.subscribe.response",
            frame: "QuotesSubscribeResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "quotes.unsubscribe",
            frame: "QuotesUnsubscribeFrame",
            reply: Some("quotes.unsubscribe.response"),
        },
        runtime::Message {
            wire_type: "quotes.unsubscribe.response",
            frame: "QuotesUnsubscribeResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "quotes.update",
            frame: "QuotesUpdateFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "trades.subscribe",
            frame: "TradesSubscribeFrame",
            reply: Some("trades.subscribe.response"),
        },
        runtime::Message {
            wire_type: "trades.subscribe.response",
            frame: "TradesSubscribeResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "trades.unsubscribe",
            frame: "TradesUnsubscribeFrame",
            reply: Some("trades.unsubscribe.response"),
        },
        runtime::Message {
            wire_type: "trades.unsubscribe.response",
            frame: "TradesUnsubscribeResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "trades.update",
            frame: "TradesUpdateFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "orderbook.subscribe",
            frame: "OrderbookSubscribeFrame",
            reply: Some("orderbook.subscribe.response"),
        },
        runtime::Message {
            wire_type: "orderbook.subscribe.response",
            frame: "OrderbookSubscribeResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "orderbook.unsubscribe",
            frame: "OrderbookUnsubscribeFrame",
            reply: Some("orderbook.unsubscribe.response"),
        },
        runtime::Message {
            wire_type: "orderbook.unsubscribe.response",
            frame: "OrderbookUnsubscribeResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "orderbook.update",
            frame: "OrderbookUpdateFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "orderbook.snapshot",
            frame: "OrderbookSnapshotFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "bars.history",
            frame: "BarsHistoryFrame",
            reply: Some("bars.history.response"),
        },
        runtime::Message {
            wire_type: "bars.history.response",
            frame: "BarsHistoryResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "symbols.search",
            frame: "SymbolsSearchFrame",
            reply: Some("symbols.search.response"),
        },
        runtime::Message {
            wire_type: "symbols.search.response",
            frame: "SymbolsSearchResponseFrame",
            reply: None,
        },
        runtime::Message {
            wire_type: "symbols.resolve",
            frame: "SymbolsResolveFrame",
            reply: Some("symbols.resolve.response"),
        },
        runtime::Message {
            wire_type: "symbols.resolve.response",
            frame: "SymbolsResolveResponseFrame",
            reply: None,
        },
    ],
    families: &FAMILIES,
    max_topics: 100usize,
    schemas: "{\"AccessToken\":{\"description\":\"A token, in the characters of RFC 6750; here a JWT (RFC 7519).\",\"maxLength\":8192,\"minLength\":1,\"type\":\"string\"},\"AdjustedFlag\":{\"description\":\"Whether prices before a split were divided by its ratio.\",\"type\":\"boolean\"},\"AggressorSide\":{\"description\":\"Who took the other's offer.\",\"enum\":[\"buy\",\"sell\"],\"type\":\"string\"},\"AlertCode\":{\"description\":\"The kind of the notice, for programs.\",\"maxLength\":64,\"minLength\":1,\"pattern\":\"^[a-z][a-z0-9_]*$\",\"type\":\"string\"},\"AlertLevel\":{\"description\":\"How much it matters.\",\"enum\":[\"info\",\"warning\",\"critical\"],\"type\":\"string\"},\"AuthFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `auth`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/AuthRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"auth\",\"description\":\"The wire type, `auth`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"AuthRefreshFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `auth.refresh`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/AuthRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"auth.refresh\",\"description\":\"The wire type, `auth.refresh`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"AuthRefreshResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `auth.refresh.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/AuthResult\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"auth.refresh.response\",\"description\":\"The wire type, `auth.refresh.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"AuthRequest\":{\"additionalProperties\":false,\"description\":\"Who the client is.\",\"properties\":{\"token\":{\"$ref\":\"#/definitions/AccessToken\"}},\"required\":[\"token\"],\"type\":\"object\"},\"AuthResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `auth.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/AuthResult\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"auth.response\",\"description\":\"The wire type, `auth.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"AuthResult\":{\"additionalProperties\":false,\"description\":\"Whom the server takes the client for from now on.\",\"properties\":{\"principal\":{\"$ref\":\"#/definitions/PrincipalInfo\"}},\"required\":[\"principal\"],\"type\":\"object\"},\"BarCount\":{\"description\":\"A number of bars.\",\"format\":\"int64\",\"maximum\":5000,\"minimum\":1,\"type\":\"integer\"},\"BarResolution\":{\"default\":\"1\",\"description\":\"The length of a bar, in minutes, or `D` for a trading day.\",\"enum\":[\"1\",\"5\",\"15\",\"30\",\"60\",\"240\",\"D\"],\"type\":\"string\"},\"BarUpdate\":{\"additionalProperties\":false,\"description\":\"The whole state of one bar.\",\"properties\":{\"close\":{\"$ref\":\"#/definitions/MarketPrice\"},\"closed\":{\"$ref\":\"#/definitions/ClosedFlag\"},\"high\":{\"$ref\":\"#/definitions/MarketPrice\"},\"low\":{\"$ref\":\"#/definitions/MarketPrice\"},\"open\":{\"$ref\":\"#/definitions/MarketPrice\"},\"resolution\":{\"$ref\":\"#/definitions/BarResolution\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"},\"time\":{\"$ref\":\"#/definitions/UnixMillis\"},\"volume\":{\"$ref\":\"#/definitions/MarketQuantity\"}},\"required\":[\"symbol\",\"resolution\",\"time\",\"open\",\"high\",\"low\",\"close\",\"volume\",\"closed\"],\"type\":\"object\"},\"BarsHistoryFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `bars.history`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/BarsHistoryRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"bars.history\",\"description\":\"The wire type, `bars.history`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"BarsHistoryRequest\":{\"additionalProperties\":false,\"description\":\"A range of time, or a number of bars. Give `from` (and perhaps `to`), or `count_back` (and\\nperhaps `to`), not both. With neither, the last 500 bars.\\n\",\"properties\":{\"count_back\":{\"$ref\":\"#/definitions/BarCount\"},\"from\":{\"$ref\":\"#/definitions/UnixMillis\"},\"resolution\":{\"$ref\":\"#/definitions/BarResolution\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"},\"to\":{\"$ref\":\"#/definitions/UnixMillis\"}},\"required\":[\"symbol\"],\"type\":\"object\"},\"BarsHistoryResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `bars.history.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/BarsHistoryResult\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"bars.history.response\",\"description\":\"The wire type, `bars.history.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"BarsHistoryResult\":{\"additionalProperties\":false,\"description\":\"Closed bars, ascending by `time`. `more` is true when the range holds more than 5,000;\\nthese are then the latest, and a request with `to` at the first one's time continues.\\n\",\"properties\":{\"bars\":{\"description\":\"The bars, oldest first.\",\"items\":{\"$ref\":\"#/definitions/OhlcvBar\"},\"maxItems\":5000,\"type\":\"array\"},\"more\":{\"$ref\":\"#/definitions/MoreFlag\"},\"resolution\":{\"$ref\":\"#/definitions/BarResolution\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"}},\"required\":[\"symbol\",\"resolution\",\"bars\",\"more\"],\"type\":\"object\"},\"BarsSubscribeFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `bars.subscribe`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/BarsSubscribeRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"bars.subscribe\",\"description\":\"The wire type, `bars.subscribe`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"BarsSubscribeRequest\":{\"additionalProperties\":false,\"description\":\"Which bars to follow. With `since`, from a known position; with `history`, beginning with\\nthat many of the newest updates (when `since` cannot be honoured, or is not given).\\n\",\"properties\":{\"history\":{\"$ref\":\"#/definitions/ReplayCount\"},\"resolution\":{\"$ref\":\"#/definitions/BarResolution\"},\"since\":{\"$ref\":\"#/definitions/StreamPosition\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"}},\"required\":[\"symbol\"],\"type\":\"object\"},\"BarsSubscribeResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `bars.subscribe.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/SubscribeResult\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"bars.subscribe.response\",\"description\":\"The wire type, `bars.subscribe.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"BarsUnsubscribeFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `bars.unsubscribe`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/BarsUnsubscribeRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"bars.unsubscribe\",\"description\":\"The wire type, `bars.unsubscribe`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"BarsUnsubscribeRequest\":{\"additionalProperties\":false,\"description\":\"Which bars to leave.\",\"properties\":{\"resolution\":{\"$ref\":\"#/definitions/BarResolution\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"}},\"required\":[\"symbol\"],\"type\":\"object\"},\"BarsUnsubscribeResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `bars.unsubscribe.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/UnsubscribeResult\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"bars.unsubscribe.response\",\"description\":\"The wire type, `bars.unsubscribe.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"BarsUpdateFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `bars.update`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/BarUpdate\"},\"seq\":{\"$ref\":\"#/definitions/SequenceNumber\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"topic\":{\"$ref\":\"#/definitions/TopicName\"},\"type\":{\"const\":\"bars.update\",\"description\":\"The wire type, `bars.update`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"topic\",\"seq\",\"payload\"],\"type\":\"object\"},\"BookLevel\":{\"additionalProperties\":false,\"description\":\"A price with all that is wanted or offered there.\",\"properties\":{\"price\":{\"$ref\":\"#/definitions/MarketPrice\"},\"size\":{\"$ref\":\"#/definitions/MarketQuantity\"}},\"required\":[\"price\",\"size\"],\"type\":\"object\"},\"BookSnapshot\":{\"additionalProperties\":false,\"description\":\"All levels of the book, best first. It replaces what was known of the topic.\",\"properties\":{\"asks\":{\"description\":\"What is offered, prices ascending.\",\"items\":{\"$ref\":\"#/definitions/BookLevel\"},\"maxItems\":25,\"type\":\"array\"},\"bids\":{\"description\":\"What is wanted, prices descending.\",\"items\":{\"$ref\":\"#/definitions/BookLevel\"},\"maxItems\":25,\"type\":\"array\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"},\"time\":{\"$ref\":\"#/definitions/UnixMillis\"}},\"required\":[\"symbol\",\"time\",\"bids\",\"asks\"],\"type\":\"object\"},\"BookUpdate\":{\"additionalProperties\":false,\"description\":\"The levels that have changed, best first. A size replaces the one at that price; 0 removes\\nthe level. Without the levels that it removes, a side has never more than 25.\\n\",\"properties\":{\"asks\":{\"description\":\"Changes of the selling side, prices ascending.\",\"items\":{\"$ref\":\"#/definitions/BookLevel\"},\"maxItems\":50,\"type\":\"array\"},\"bids\":{\"description\":\"Changes of the buying side, prices descending.\",\"items\":{\"$ref\":\"#/definitions/BookLevel\"},\"maxItems\":50,\"type\":\"array\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"},\"time\":{\"$ref\":\"#/definitions/UnixMillis\"}},\"required\":[\"symbol\",\"time\",\"bids\",\"asks\"],\"type\":\"object\"},\"ByteCount\":{\"description\":\"A size in bytes.\",\"format\":\"int64\",\"minimum\":0,\"type\":\"integer\"},\"CalendarDate\":{\"description\":\"A day, `YYYY-MM-DD`.\",\"format\":\"date\",\"type\":\"string\"},\"ClientDirection\":{\"description\":\"From the client to the server.\",\"enum\":[\"c2s\"],\"type\":\"string\"},\"ClosedFlag\":{\"description\":\"Whether the bar has ended; no update of it follows.\",\"type\":\"boolean\"},\"ConnectionCounters\":{\"additionalProperties\":false,\"description\":\"What has passed over a connection so far.\",\"properties\":{\"bytes_received\":{\"$ref\":\"#/definitions/ByteCount\"},\"bytes_sent\":{\"$ref\":\"#/definitions/ByteCount\"},\"frames_received\":{\"$ref\":\"#/definitions/ItemCount\"},\"frames_sent\":{\"$ref\":\"#/definitions/ItemCount\"},\"invalid_frames\":{\"$ref\":\"#/definitions/ItemCount\"}},\"required\":[\"frames_received\",\"frames_sent\",\"bytes_received\",\"bytes_sent\",\"invalid_frames\"],\"type\":\"object\"},\"ConnectionId\":{\"description\":\"Names a connection, in this frame and in the server's log.\",\"format\":\"uuid\",\"type\":\"string\"},\"ConnectionLimits\":{\"additionalProperties\":false,\"description\":\"What holds for a connection: the largest inbound frame in bytes, the number of\\nsubscriptions, how many invalid frames in a row close the connection, how many requests\\nmay wait for their answers at a time (further ones are read later), how many frames a\\nsecond may come in the long run (twice as many at once), and how many milliseconds old\\nthe connection may get: then it is closed, so that connections spread over servers anew.\\n\",\"properties\":{\"max_connection_age_ms\":{\"$ref\":\"#/definitions/Milliseconds\"},\"max_frame_bytes\":{\"$ref\":\"#/definitions/ByteCount\"},\"max_frames_per_second\":{\"$ref\":\"#/definitions/ItemCount\"},\"max_invalid_frames\":{\"$ref\":\"#/definitions/ItemCount\"},\"max_requests_in_flight\":{\"$ref\":\"#/definitions/ItemCount\"},\"max_subscriptions\":{\"$ref\":\"#/definitions/ItemCount\"}},\"required\":[\"max_frame_bytes\",\"max_subscriptions\",\"max_invalid_frames\",\"max_requests_in_flight\",\"max_frames_per_second\",\"max_connection_age_ms\"],\"type\":\"object\"},\"ContractInfo\":{\"additionalProperties\":false,\"description\":\"The contract that is served.\",\"properties\":{\"title\":{\"$ref\":\"#/definitions/HumanText\"},\"version\":{\"$ref\":\"#/definitions/HumanText\"}},\"required\":[\"title\",\"version\"],\"type\":\"object\"},\"CurrencyCode\":{\"description\":\"ISO 4217 code of a currency, or the ticker of a coin.\",\"maxLength\":8,\"minLength\":2,\"pattern\":\"^[A-Z0-9]+$\",\"type\":\"string\"},\"DecimalPlaces\":{\"description\":\"Digits after the decimal point.\",\"format\":\"int64\",\"maximum\":18,\"minimum\":0,\"type\":\"integer\"},\"ErrorCode\":{\"description\":\"What went wrong.\\n\\n| code | meaning |\\n|---|---|\\n| `invalid_json` | not a JSON object, a duplicate key, nested too deeply, or a number out of range |\\n| `unsupported_data` | a binary frame where text was agreed on |\\n| `unknown_type` | the contract has no such `type` |\\n| `not_a_request` | a `type` that only the server sends |\\n| `invalid_frame` | the frame breaks its schema; `details` has every violation |\\n| `invalid_topic` | not a topic of this contract |\\n| `unauthenticated` | needs a valid token: there is none, or this one is not valid |\\n| `forbidden` | not permitted, or not there (deliberately alike) |\\n| `limit_exceeded` | a limit of this connection or of the server is reached |\\n| `rate_limited` | too many requests in a short time; `retry_after_ms` says when there is room again |\\n| `connection_required` | subscribing needs a WebSocket |\\n| `snapshot_required` | a change was published of what the server does not know: publish a snapshot first |\\n| `not_implemented` | nothing in this server answers this request |\\n| `topic_unavailable` | the source of the topic could not be started |\\n| `unknown_symbol` | there is no such symbol |\\n| `invalid_range` | the range of time is empty or contradicts itself |\\n| `unavailable` | the server is stopping or too busy; try again |\\n| `internal` | a fault of the server |\\n\",\"enum\":[\"invalid_json\",\"unsupported_data\",\"unknown_type\",\"not_a_request\",\"invalid_frame\",\"invalid_topic\",\"unauthenticated\",\"forbidden\",\"limit_exceeded\",\"rate_limited\",\"connection_required\",\"snapshot_required\",\"not_implemented\",\"topic_unavailable\",\"unknown_symbol\",\"invalid_range\",\"unavailable\",\"internal\"],\"type\":\"string\"},\"ErrorDetail\":{\"additionalProperties\":false,\"description\":\"One violation, with its place in the frame.\",\"properties\":{\"message\":{\"$ref\":\"#/definitions/HumanText\"},\"pointer\":{\"$ref\":\"#/definitions/JsonPointer\"}},\"required\":[\"pointer\",\"message\"],\"type\":\"object\"},\"ErrorFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `error`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/ErrorNotice\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"error\",\"description\":\"The wire type, `error`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"ErrorNotice\":{\"additionalProperties\":false,\"description\":\"Why a request failed, for programs (`code`, `retryable`) and for people (`message`).\",\"properties\":{\"code\":{\"$ref\":\"#/definitions/ErrorCode\"},\"details\":{\"description\":\"Every violation that was found; empty when there is no place to point to.\",\"items\":{\"$ref\":\"#/definitions/ErrorDetail\"},\"type\":\"array\"},\"message\":{\"$ref\":\"#/definitions/HumanText\"},\"request_type\":{\"$ref\":\"#/definitions/WireType\"},\"retry_after_ms\":{\"$ref\":\"#/definitions/Milliseconds\"},\"retryable\":{\"$ref\":\"#/definitions/RetryableFlag\"},\"severity\":{\"$ref\":\"#/definitions/ErrorSeverity\"}},\"required\":[\"severity\",\"code\",\"message\",\"retryable\",\"details\"],\"type\":\"object\"},\"ErrorSeverity\":{\"description\":\"`validation_error`: the frame breaks the contract. `business_logic_error`: it is well\\nformed and cannot be fulfilled. `system_error`: the server failed.\\n\",\"enum\":[\"validation_error\",\"business_logic_error\",\"system_error\"],\"type\":\"string\"},\"GetStatusFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `get_status`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/GetStatusRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"get_status\",\"description\":\"The wire type, `get_status`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"GetStatusRequest\":{\"additionalProperties\":false,\"description\":\"Nothing but the question.\",\"properties\":{},\"type\":\"object\"},\"HumanText\":{\"description\":\"Text for people.\",\"maxLength\":2000,\"type\":\"string\"},\"InstrumentKind\":{\"description\":\"What is traded.\",\"enum\":[\"stock\",\"crypto\",\"synthetic\",\"other\"],\"type\":\"string\"},\"ItemCount\":{\"description\":\"A number of things.\",\"format\":\"int64\",\"minimum\":0,\"type\":\"integer\"},\"JsonPointer\":{\"description\":\"A place in the request's frame, RFC 6901. Empty for the frame as a whole.\",\"maxLength\":1024,\"type\":\"string\"},\"MarketPrice\":{\"description\":\"A price in the currency of the symbol.\",\"exclusiveMinimum\":0,\"type\":\"number\"},\"MarketQuantity\":{\"description\":\"A number of shares, contracts or coins.\",\"minimum\":0,\"type\":\"number\"},\"Milliseconds\":{\"description\":\"A duration in milliseconds.\",\"format\":\"int64\",\"minimum\":0,\"type\":\"integer\"},\"MoreFlag\":{\"description\":\"Whether the range holds more than was returned.\",\"type\":\"boolean\"},\"MsgId\":{\"description\":\"Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and\\nrepeated in its answer; a UUIDv7 in a push.\\n\",\"maxLength\":64,\"minLength\":1,\"pattern\":\"^[!-~]+$\",\"type\":\"string\"},\"OhlcvBar\":{\"additionalProperties\":false,\"description\":\"A closed bar.\",\"properties\":{\"close\":{\"$ref\":\"#/definitions/MarketPrice\"},\"high\":{\"$ref\":\"#/definitions/MarketPrice\"},\"low\":{\"$ref\":\"#/definitions/MarketPrice\"},\"open\":{\"$ref\":\"#/definitions/MarketPrice\"},\"time\":{\"$ref\":\"#/definitions/UnixMillis\"},\"volume\":{\"$ref\":\"#/definitions/MarketQuantity\"}},\"required\":[\"time\",\"open\",\"high\",\"low\",\"close\",\"volume\"],\"type\":\"object\"},\"OrderbookSnapshotFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `orderbook.snapshot`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/BookSnapshot\"},\"seq\":{\"$ref\":\"#/definitions/SequenceNumber\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"topic\":{\"$ref\":\"#/definitions/TopicName\"},\"type\":{\"const\":\"orderbook.snapshot\",\"description\":\"The wire type, `orderbook.snapshot`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"topic\",\"seq\",\"payload\"],\"type\":\"object\"},\"OrderbookSubscribeFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `orderbook.subscribe`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/OrderbookSubscribeRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"orderbook.subscribe\",\"description\":\"The wire type, `orderbook.subscribe`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"OrderbookSubscribeRequest\":{\"additionalProperties\":false,\"description\":\"Whose order book to follow. With `since`, from a known position. What comes first is the\\nbook in any case, so there is no `history`.\\n\",\"properties\":{\"since\":{\"$ref\":\"#/definitions/StreamPosition\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"}},\"required\":[\"symbol\"],\"type\":\"object\"},\"OrderbookSubscribeResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `orderbook.subscribe.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/SubscribeResult\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"orderbook.subscribe.response\",\"description\":\"The wire type, `orderbook.subscribe.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"OrderbookUnsubscribeFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `orderbook.unsubscribe`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/OrderbookUnsubscribeRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"orderbook.unsubscribe\",\"description\":\"The wire type, `orderbook.unsubscribe`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"OrderbookUnsubscribeRequest\":{\"additionalProperties\":false,\"description\":\"Whose order book to leave.\",\"properties\":{\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"}},\"required\":[\"symbol\"],\"type\":\"object\"},\"OrderbookUnsubscribeResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `orderbook.unsubscribe.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/UnsubscribeResult\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"orderbook.unsubscribe.response\",\"description\":\"The wire type, `orderbook.unsubscribe.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"OrderbookUpdateFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `orderbook.update`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/BookUpdate\"},\"seq\":{\"$ref\":\"#/definitions/SequenceNumber\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"topic\":{\"$ref\":\"#/definitions/TopicName\"},\"type\":{\"const\":\"orderbook.update\",\"description\":\"The wire type, `orderbook.update`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"topic\",\"seq\",\"payload\"],\"type\":\"object\"},\"PermissionName\":{\"description\":\"A permission, such as `orders:write`.\",\"maxLength\":128,\"minLength\":1,\"pattern\":\"^[a-z][a-z0-9_.:-]*$\",\"type\":\"string\"},\"PingFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `ping`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/PingRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"ping\",\"description\":\"The wire type, `ping`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"PingRequest\":{\"additionalProperties\":false,\"description\":\"Nothing but the question.\",\"properties\":{},\"type\":\"object\"},\"PongFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `pong`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/PongResponse\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"pong\",\"description\":\"The wire type, `pong`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"PongResponse\":{\"additionalProperties\":false,\"description\":\"The server's clock, for computing an offset.\",\"properties\":{\"server_time\":{\"$ref\":\"#/definitions/Timestamp\"}},\"required\":[\"server_time\"],\"type\":\"object\"},\"PrincipalInfo\":{\"additionalProperties\":false,\"description\":\"Whom the server takes the client for. Of a user, also what its token says: its `sub`, the\\npermissions, and when it expires, where it does.\\n\",\"properties\":{\"expires_at\":{\"$ref\":\"#/definitions/Timestamp\"},\"kind\":{\"$ref\":\"#/definitions/PrincipalKind\"},\"permissions\":{\"description\":\"What it may do beyond what is public.\",\"items\":{\"$ref\":\"#/definitions/PermissionName\"},\"type\":\"array\"},\"sub\":{\"$ref\":\"#/definitions/SubjectName\"}},\"required\":[\"kind\"],\"type\":\"object\"},\"PrincipalKind\":{\"description\":\"`anonymous`: has not said who it is. `user`: has shown a token.\",\"enum\":[\"anonymous\",\"user\"],\"type\":\"string\"},\"ProtocolName\":{\"description\":\"The WebSocket subprotocol that was agreed on.\",\"enum\":[\"tickwire.v1.json\",\"tickwire.v1.msgpack\"],\"type\":\"string\"},\"QuoteUpdate\":{\"additionalProperties\":false,\"description\":\"The best bid and ask, with what is offered there.\",\"properties\":{\"ask\":{\"$ref\":\"#/definitions/MarketPrice\"},\"ask_size\":{\"$ref\":\"#/definitions/MarketQuantity\"},\"bid\":{\"$ref\":\"#/definitions/MarketPrice\"},\"bid_size\":{\"$ref\":\"#/definitions/MarketQuantity\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"},\"time\":{\"$ref\":\"#/definitions/UnixMillis\"}},\"required\":[\"symbol\",\"time\",\"bid\",\"bid_size\",\"ask\",\"ask_size\"],\"type\":\"object\"},\"QuotesSubscribeFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `quotes.subscribe`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/QuotesSubscribeRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"quotes.subscribe\",\"description\":\"The wire type, `quotes.subscribe`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"QuotesSubscribeRequest\":{\"additionalProperties\":false,\"description\":\"Whose quotes to follow.\",\"properties\":{\"history\":{\"$ref\":\"#/definitions/ReplayCount\"},\"since\":{\"$ref\":\"#/definitions/StreamPosition\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"}},\"required\":[\"symbol\"],\"type\":\"object\"},\"QuotesSubscribeResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `quotes.subscribe.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/SubscribeResult\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"quotes.subscribe.response\",\"description\":\"The wire type, `quotes.subscribe.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"QuotesUnsubscribeFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `quotes.unsubscribe`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/QuotesUnsubscribeRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"quotes.unsubscribe\",\"description\":\"The wire type, `quotes.unsubscribe`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"QuotesUnsubscribeRequest\":{\"additionalProperties\":false,\"description\":\"Whose quotes to leave.\",\"properties\":{\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"}},\"required\":[\"symbol\"],\"type\":\"object\"},\"QuotesUnsubscribeResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `quotes.unsubscribe.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/UnsubscribeResult\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"quotes.unsubscribe.response\",\"description\":\"The wire type, `quotes.unsubscribe.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"QuotesUpdateFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `quotes.update`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/QuoteUpdate\"},\"seq\":{\"$ref\":\"#/definitions/SequenceNumber\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"topic\":{\"$ref\":\"#/definitions/TopicName\"},\"type\":{\"const\":\"quotes.update\",\"description\":\"The wire type, `quotes.update`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"topic\",\"seq\",\"payload\"],\"type\":\"object\"},\"RecoveredFlag\":{\"description\":\"Whether exactly the missed updates follow. Only where `since` was given.\",\"type\":\"boolean\"},\"RecoveryFailure\":{\"description\":\"Why the missed updates cannot be replayed: the stream began anew since (`epoch_changed`),\\nsome are no longer kept, or they are too many to be sent at once (`out_of_retention`), or\\nthe position lies in the future (`ahead_of_stream`).\\n\",\"enum\":[\"epoch_changed\",\"out_of_retention\",\"ahead_of_stream\"],\"type\":\"string\"},\"ReplayCount\":{\"description\":\"How many of the newest updates to replay first, as far as they are kept.\",\"format\":\"int64\",\"maximum\":1000,\"minimum\":0,\"type\":\"integer\"},\"ResetReason\":{\"description\":\"`overflow`: updates were dropped for this connection. `restarted`: the stream began anew\\nin another epoch. `ended`: there are no more updates, the subscription is over. `revoked`:\\nthe subscription is over, since the client's new token does not permit it any more.\\n\",\"enum\":[\"overflow\",\"restarted\",\"ended\",\"revoked\"],\"type\":\"string\"},\"RetryableFlag\":{\"description\":\"Whether the same request may succeed later.\",\"type\":\"boolean\"},\"SearchLimit\":{\"default\":20,\"description\":\"The largest number of matches to return.\",\"format\":\"int32\",\"maximum\":100,\"minimum\":1,\"type\":\"integer\"},\"SearchText\":{\"description\":\"A part of a symbol or of its description. Empty finds everything.\",\"maxLength\":64,\"type\":\"string\"},\"SequenceNumber\":{\"description\":\"Number of an update within its epoch. The first is 1; 0 is before the first.\",\"format\":\"int64\",\"minimum\":0,\"type\":\"integer\"},\"ServerDirection\":{\"description\":\"From the server to the client.\",\"enum\":[\"s2c\"],\"type\":\"string\"},\"ServerInfo\":{\"additionalProperties\":false,\"description\":\"The program that serves the contract.\",\"properties\":{\"name\":{\"$ref\":\"#/definitions/HumanText\"},\"version\":{\"$ref\":\"#/definitions/HumanText\"}},\"required\":[\"name\",\"version\"],\"type\":\"object\"},\"ShutdownFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `shutdown`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/ShutdownNotice\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"shutdown\",\"description\":\"The wire type, `shutdown`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"ShutdownNotice\":{\"additionalProperties\":false,\"description\":\"The server stops; what to do.\",\"properties\":{\"message\":{\"$ref\":\"#/definitions/HumanText\"},\"reconnect_after_ms\":{\"$ref\":\"#/definitions/Milliseconds\"}},\"required\":[\"message\",\"reconnect_after_ms\"],\"type\":\"object\"},\"SplitRatio\":{\"description\":\"New shares for old ones, `2:1`.\",\"pattern\":\"^[0-9]+:[0-9]+$\",\"type\":\"string\"},\"StatusReport\":{\"additionalProperties\":false,\"description\":\"What the server knows of a connection.\",\"properties\":{\"connected_at\":{\"$ref\":\"#/definitions/Timestamp\"},\"connection_id\":{\"$ref\":\"#/definitions/ConnectionId\"},\"counters\":{\"$ref\":\"#/definitions/ConnectionCounters\"},\"limits\":{\"$ref\":\"#/definitions/ConnectionLimits\"},\"principal\":{\"$ref\":\"#/definitions/PrincipalInfo\"},\"server_time\":{\"$ref\":\"#/definitions/Timestamp\"},\"subscriptions\":{\"description\":\"The topics subscribed to, with the newest position of each.\",\"items\":{\"$ref\":\"#/definitions/TopicPosition\"},\"type\":\"array\"}},\"required\":[\"connection_id\",\"connected_at\",\"server_time\",\"principal\",\"subscriptions\",\"counters\",\"limits\"],\"type\":\"object\"},\"StatusResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `status_response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/StatusReport\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"status_response\",\"description\":\"The wire type, `status_response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"StockSplit\":{\"additionalProperties\":false,\"description\":\"A stock split.\",\"properties\":{\"date\":{\"$ref\":\"#/definitions/CalendarDate\"},\"ratio\":{\"$ref\":\"#/definitions/SplitRatio\"}},\"required\":[\"date\",\"ratio\"],\"type\":\"object\"},\"StreamEpoch\":{\"description\":\"Names one life of a topic's stream. Positions of different epochs do not compare.\",\"maxLength\":32,\"minLength\":1,\"pattern\":\"^[0-9a-z]+$\",\"type\":\"string\"},\"StreamPosition\":{\"additionalProperties\":false,\"description\":\"The last update that a client has seen of a topic.\",\"properties\":{\"epoch\":{\"$ref\":\"#/definitions/StreamEpoch\"},\"seq\":{\"$ref\":\"#/definitions/SequenceNumber\"}},\"required\":[\"epoch\",\"seq\"],\"type\":\"object\"},\"SubjectName\":{\"description\":\"Names a principal, the `sub` of its token.\",\"maxLength\":256,\"minLength\":1,\"type\":\"string\"},\"SubscribeFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `subscribe`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/SubscribeRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"subscribe\",\"description\":\"The wire type, `subscribe`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"SubscribeRequest\":{\"additionalProperties\":false,\"description\":\"The topics to subscribe to.\",\"properties\":{\"options\":{\"description\":\"Where to begin, for those of the topics that should not begin with now.\",\"items\":{\"$ref\":\"#/definitions/TopicOptions\"},\"maxItems\":100,\"type\":\"array\"},\"topics\":{\"$ref\":\"#/definitions/TopicNames\"}},\"required\":[\"topics\"],\"type\":\"object\"},\"SubscribeResult\":{\"additionalProperties\":false,\"description\":\"A subscription with its position. `recovered` answers a `since`: true when exactly the\\nmissed updates follow; false, with a `reason`, when what follows replaces what the\\nclient holds.\\n\",\"properties\":{\"epoch\":{\"$ref\":\"#/definitions/StreamEpoch\"},\"message\":{\"$ref\":\"#/definitions/HumanText\"},\"reason\":{\"$ref\":\"#/definitions/RecoveryFailure\"},\"recovered\":{\"$ref\":\"#/definitions/RecoveredFlag\"},\"seq\":{\"$ref\":\"#/definitions/SequenceNumber\"},\"status\":{\"$ref\":\"#/definitions/SubscriptionStatus\"},\"topic\":{\"$ref\":\"#/definitions/TopicName\"}},\"required\":[\"status\",\"message\",\"topic\",\"epoch\",\"seq\"],\"type\":\"object\"},\"SubscriptionConfirmedFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `subscription_confirmed`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/SubscriptionResults\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"subscription_confirmed\",\"description\":\"The wire type, `subscription_confirmed`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"SubscriptionResult\":{\"additionalProperties\":false,\"description\":\"What came of subscribing to one topic.\",\"properties\":{\"epoch\":{\"$ref\":\"#/definitions/StreamEpoch\"},\"error\":{\"$ref\":\"#/definitions/TopicRefusal\"},\"message\":{\"$ref\":\"#/definitions/HumanText\"},\"reason\":{\"$ref\":\"#/definitions/RecoveryFailure\"},\"recovered\":{\"$ref\":\"#/definitions/RecoveredFlag\"},\"seq\":{\"$ref\":\"#/definitions/SequenceNumber\"},\"status\":{\"$ref\":\"#/definitions/SubscriptionStatus\"},\"topic\":{\"$ref\":\"#/definitions/TopicName\"}},\"required\":[\"topic\",\"status\",\"message\"],\"type\":\"object\"},\"SubscriptionResults\":{\"additionalProperties\":false,\"description\":\"A result for each topic, in the order of the request.\",\"properties\":{\"results\":{\"description\":\"One entry for each topic of the request.\",\"items\":{\"$ref\":\"#/definitions/SubscriptionResult\"},\"type\":\"array\"}},\"required\":[\"results\"],\"type\":\"object\"},\"SubscriptionStatus\":{\"description\":\"`subscribed` now, `already_subscribed` before (nothing changed), or `refused` (see `error`).\\n\",\"enum\":[\"subscribed\",\"already_subscribed\",\"refused\"],\"type\":\"string\"},\"SymbolInfo\":{\"additionalProperties\":false,\"description\":\"All about one symbol. Its data span `first_time` to `last_time`, which is left out when\\nthere is no end; `currency` is left out when unknown.\\n\",\"properties\":{\"adjusted\":{\"$ref\":\"#/definitions/AdjustedFlag\"},\"currency\":{\"$ref\":\"#/definitions/CurrencyCode\"},\"description\":{\"$ref\":\"#/definitions/HumanText\"},\"exchange\":{\"$ref\":\"#/definitions/HumanText\"},\"first_time\":{\"$ref\":\"#/definitions/UnixMillis\"},\"kind\":{\"$ref\":\"#/definitions/InstrumentKind\"},\"last_time\":{\"$ref\":\"#/definitions/UnixMillis\"},\"price_decimals\":{\"$ref\":\"#/definitions/DecimalPlaces\"},\"resolutions\":{\"description\":\"The resolutions in which its bars can be had.\",\"items\":{\"$ref\":\"#/definitions/BarResolution\"},\"type\":\"array\"},\"session\":{\"$ref\":\"#/definitions/TradingSession\"},\"source\":{\"$ref\":\"#/definitions/HumanText\"},\"splits\":{\"description\":\"Splits within the data, oldest first.\",\"items\":{\"$ref\":\"#/definitions/StockSplit\"},\"type\":\"array\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"},\"timezone\":{\"$ref\":\"#/definitions/TimezoneName\"}},\"required\":[\"symbol\",\"description\",\"exchange\",\"kind\",\"timezone\",\"session\",\"price_decimals\",\"resolutions\",\"first_time\",\"adjusted\",\"splits\",\"source\"],\"type\":\"object\"},\"SymbolSummary\":{\"additionalProperties\":false,\"description\":\"A symbol in a list.\",\"properties\":{\"description\":{\"$ref\":\"#/definitions/HumanText\"},\"exchange\":{\"$ref\":\"#/definitions/HumanText\"},\"kind\":{\"$ref\":\"#/definitions/InstrumentKind\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"}},\"required\":[\"symbol\",\"description\",\"exchange\",\"kind\"],\"type\":\"object\"},\"SymbolsResolveFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `symbols.resolve`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/SymbolsResolveRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"symbols.resolve\",\"description\":\"The wire type, `symbols.resolve`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"SymbolsResolveRequest\":{\"additionalProperties\":false,\"description\":\"Which symbol.\",\"properties\":{\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"}},\"required\":[\"symbol\"],\"type\":\"object\"},\"SymbolsResolveResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `symbols.resolve.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/SymbolInfo\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"symbols.resolve.response\",\"description\":\"The wire type, `symbols.resolve.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"SymbolsSearchFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `symbols.search`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/SymbolsSearchRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"symbols.search\",\"description\":\"The wire type, `symbols.search`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"SymbolsSearchRequest\":{\"additionalProperties\":false,\"description\":\"What to look for.\",\"properties\":{\"limit\":{\"$ref\":\"#/definitions/SearchLimit\"},\"query\":{\"$ref\":\"#/definitions/SearchText\"}},\"required\":[\"query\"],\"type\":\"object\"},\"SymbolsSearchResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `symbols.search.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/SymbolsSearchResult\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"symbols.search.response\",\"description\":\"The wire type, `symbols.search.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"SymbolsSearchResult\":{\"additionalProperties\":false,\"description\":\"The matches, best first.\",\"properties\":{\"symbols\":{\"description\":\"At most as many as asked for.\",\"items\":{\"$ref\":\"#/definitions/SymbolSummary\"},\"maxItems\":100,\"type\":\"array\"}},\"required\":[\"symbols\"],\"type\":\"object\"},\"SystemAlertFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `system_alert`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/SystemAlertNotice\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"system_alert\",\"description\":\"The wire type, `system_alert`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"SystemAlertNotice\":{\"additionalProperties\":false,\"description\":\"A notice about the service.\",\"properties\":{\"code\":{\"$ref\":\"#/definitions/AlertCode\"},\"level\":{\"$ref\":\"#/definitions/AlertLevel\"},\"message\":{\"$ref\":\"#/definitions/HumanText\"}},\"required\":[\"level\",\"code\",\"message\"],\"type\":\"object\"},\"TickerSymbol\":{\"description\":\"The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`.\",\"maxLength\":32,\"minLength\":1,\"pattern\":\"^[A-Z0-9][A-Z0-9._-]*$\",\"type\":\"string\"},\"Timestamp\":{\"description\":\"An instant, RFC 3339 in UTC.\",\"format\":\"date-time\",\"type\":\"string\"},\"TimezoneName\":{\"description\":\"A time zone of the IANA database.\",\"maxLength\":64,\"minLength\":1,\"type\":\"string\"},\"TokenExpiringFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `token.expiring`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/TokenExpiringNotice\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"token.expiring\",\"description\":\"The wire type, `token.expiring`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"TokenExpiringNotice\":{\"additionalProperties\":false,\"description\":\"When the token expires. The duration is of use to a client whose clock is wrong.\\n\",\"properties\":{\"expires_at\":{\"$ref\":\"#/definitions/Timestamp\"},\"expires_in_ms\":{\"$ref\":\"#/definitions/Milliseconds\"}},\"required\":[\"expires_at\",\"expires_in_ms\"],\"type\":\"object\"},\"TopicName\":{\"description\":\"A topic, such as `bars:AAPL:1`.\",\"maxLength\":256,\"minLength\":1,\"pattern\":\"^[!-~]+$\",\"type\":\"string\"},\"TopicNames\":{\"description\":\"1 to 100 different topics.\",\"items\":{\"$ref\":\"#/definitions/TopicName\"},\"maxItems\":100,\"minItems\":1,\"type\":\"array\",\"uniqueItems\":true},\"TopicOptions\":{\"additionalProperties\":false,\"description\":\"Where the updates of one topic should begin.\",\"properties\":{\"history\":{\"$ref\":\"#/definitions/ReplayCount\"},\"since\":{\"$ref\":\"#/definitions/StreamPosition\"},\"topic\":{\"$ref\":\"#/definitions/TopicName\"}},\"required\":[\"topic\"],\"type\":\"object\"},\"TopicPosition\":{\"additionalProperties\":false,\"description\":\"A topic and the newest position in its stream.\",\"properties\":{\"epoch\":{\"$ref\":\"#/definitions/StreamEpoch\"},\"seq\":{\"$ref\":\"#/definitions/SequenceNumber\"},\"topic\":{\"$ref\":\"#/definitions/TopicName\"}},\"required\":[\"topic\",\"epoch\",\"seq\"],\"type\":\"object\"},\"TopicRefusal\":{\"additionalProperties\":false,\"description\":\"Why a topic was refused.\",\"properties\":{\"code\":{\"$ref\":\"#/definitions/ErrorCode\"},\"retryable\":{\"$ref\":\"#/definitions/RetryableFlag\"}},\"required\":[\"code\",\"retryable\"],\"type\":\"object\"},\"TopicResetFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `topic.reset`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/TopicResetNotice\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"topic.reset\",\"description\":\"The wire type, `topic.reset`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"TopicResetNotice\":{\"additionalProperties\":false,\"description\":\"How a topic's stream was broken, and the position from which it is whole again. For\\n`overflow`, `from` and `to` are the first and the last update that were dropped.\\n\",\"properties\":{\"epoch\":{\"$ref\":\"#/definitions/StreamEpoch\"},\"from\":{\"$ref\":\"#/definitions/SequenceNumber\"},\"message\":{\"$ref\":\"#/definitions/HumanText\"},\"reason\":{\"$ref\":\"#/definitions/ResetReason\"},\"seq\":{\"$ref\":\"#/definitions/SequenceNumber\"},\"to\":{\"$ref\":\"#/definitions/SequenceNumber\"},\"topic\":{\"$ref\":\"#/definitions/TopicName\"}},\"required\":[\"topic\",\"reason\",\"message\",\"epoch\",\"seq\"],\"type\":\"object\"},\"TradeUpdate\":{\"additionalProperties\":false,\"description\":\"One trade.\",\"properties\":{\"price\":{\"$ref\":\"#/definitions/MarketPrice\"},\"side\":{\"$ref\":\"#/definitions/AggressorSide\"},\"size\":{\"$ref\":\"#/definitions/MarketQuantity\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"},\"time\":{\"$ref\":\"#/definitions/UnixMillis\"}},\"required\":[\"symbol\",\"time\",\"price\",\"size\",\"side\"],\"type\":\"object\"},\"TradesSubscribeFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `trades.subscribe`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/TradesSubscribeRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"trades.subscribe\",\"description\":\"The wire type, `trades.subscribe`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"TradesSubscribeRequest\":{\"additionalProperties\":false,\"description\":\"Whose trades to follow.\",\"properties\":{\"history\":{\"$ref\":\"#/definitions/ReplayCount\"},\"since\":{\"$ref\":\"#/definitions/StreamPosition\"},\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"}},\"required\":[\"symbol\"],\"type\":\"object\"},\"TradesSubscribeResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `trades.subscribe.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/SubscribeResult\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"trades.subscribe.response\",\"description\":\"The wire type, `trades.subscribe.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"TradesUnsubscribeFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `trades.unsubscribe`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/TradesUnsubscribeRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"trades.unsubscribe\",\"description\":\"The wire type, `trades.unsubscribe`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"TradesUnsubscribeRequest\":{\"additionalProperties\":false,\"description\":\"Whose trades to leave.\",\"properties\":{\"symbol\":{\"$ref\":\"#/definitions/TickerSymbol\"}},\"required\":[\"symbol\"],\"type\":\"object\"},\"TradesUnsubscribeResponseFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `trades.unsubscribe.response`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/UnsubscribeResult\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"trades.unsubscribe.response\",\"description\":\"The wire type, `trades.unsubscribe.response`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"TradesUpdateFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `trades.update`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/TradeUpdate\"},\"seq\":{\"$ref\":\"#/definitions/SequenceNumber\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"topic\":{\"$ref\":\"#/definitions/TopicName\"},\"type\":{\"const\":\"trades.update\",\"description\":\"The wire type, `trades.update`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"topic\",\"seq\",\"payload\"],\"type\":\"object\"},\"TradingSession\":{\"description\":\"Opening and closing time in the symbol's time zone, `HHMM-HHMM`, or `24x7`.\",\"pattern\":\"^([0-9]{4}-[0-9]{4}|24x7)$\",\"type\":\"string\"},\"UnixMillis\":{\"description\":\"Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a\\nbar of a day by midnight UTC of its date.\\n\",\"format\":\"int64\",\"maximum\":253402300799999,\"minimum\":-62135596800000,\"type\":\"integer\"},\"UnsubscribeFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `unsubscribe`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ClientDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/UnsubscribeRequest\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"unsubscribe\",\"description\":\"The wire type, `unsubscribe`.\",\"type\":\"string\"}},\"required\":[\"type\",\"payload\"],\"type\":\"object\"},\"UnsubscribeRequest\":{\"additionalProperties\":false,\"description\":\"The topics to leave.\",\"properties\":{\"topics\":{\"$ref\":\"#/definitions/TopicNames\"}},\"required\":[\"topics\"],\"type\":\"object\"},\"UnsubscribeResult\":{\"additionalProperties\":false,\"description\":\"What came of leaving one topic.\",\"properties\":{\"message\":{\"$ref\":\"#/definitions/HumanText\"},\"status\":{\"$ref\":\"#/definitions/UnsubscriptionStatus\"},\"topic\":{\"$ref\":\"#/definitions/TopicName\"}},\"required\":[\"status\",\"message\",\"topic\"],\"type\":\"object\"},\"UnsubscriptionConfirmedFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `unsubscription_confirmed`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/UnsubscriptionResults\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"unsubscription_confirmed\",\"description\":\"The wire type, `unsubscription_confirmed`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"UnsubscriptionResults\":{\"additionalProperties\":false,\"description\":\"A result for each topic, in the order of the request.\",\"properties\":{\"results\":{\"description\":\"One entry for each topic of the request.\",\"items\":{\"$ref\":\"#/definitions/UnsubscribeResult\"},\"type\":\"array\"}},\"required\":[\"results\"],\"type\":\"object\"},\"UnsubscriptionStatus\":{\"description\":\"`unsubscribed` now, or `not_subscribed` before (nothing changed).\",\"enum\":[\"unsubscribed\",\"not_subscribed\"],\"type\":\"string\"},\"WelcomeFrame\":{\"additionalProperties\":false,\"description\":\"The frame of `welcome`.\",\"properties\":{\"direction\":{\"$ref\":\"#/definitions/ServerDirection\"},\"msg_id\":{\"$ref\":\"#/definitions/MsgId\"},\"payload\":{\"$ref\":\"#/definitions/WelcomeNotice\"},\"timestamp\":{\"$ref\":\"#/definitions/Timestamp\"},\"type\":{\"const\":\"welcome\",\"description\":\"The wire type, `welcome`.\",\"type\":\"string\"}},\"required\":[\"type\",\"msg_id\",\"direction\",\"timestamp\",\"payload\"],\"type\":\"object\"},\"WelcomeNotice\":{\"additionalProperties\":false,\"description\":\"What a client should know before it asks anything.\",\"properties\":{\"connection_id\":{\"$ref\":\"#/definitions/ConnectionId\"},\"contract\":{\"$ref\":\"#/definitions/ContractInfo\"},\"heartbeat_interval_ms\":{\"$ref\":\"#/definitions/Milliseconds\"},\"limits\":{\"$ref\":\"#/definitions/ConnectionLimits\"},\"principal\":{\"$ref\":\"#/definitions/PrincipalInfo\"},\"protocol\":{\"$ref\":\"#/definitions/ProtocolName\"},\"server\":{\"$ref\":\"#/definitions/ServerInfo\"},\"server_time\":{\"$ref\":\"#/definitions/Timestamp\"}},\"required\":[\"connection_id\",\"protocol\",\"server\",\"contract\",\"server_time\",\"principal\",\"heartbeat_interval_ms\",\"limits\"],\"type\":\"object\"},\"WireType\":{\"description\":\"The `type` of a frame.\",\"maxLength\":128,\"minLength\":1,\"type\":\"string\"}}",
};
