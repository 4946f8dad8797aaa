//! Labels whose values are known beforehand: enums, so that no metric can grow a series for each
//! client, topic or address.

use tickwire_spec::Delivery;

/// An enum whose variants are the values of a label.
pub trait Label: Copy + 'static {
    /// Every value, in the order of their indexes.
    const ALL: &'static [Self];

    /// As it is written in the metric.
    fn name(self) -> &'static str;

    /// Its place in [`Self::ALL`].
    fn index(self) -> usize;
}

macro_rules! labels {
    ($(#[$about:meta])* $label:ident { $($(#[$meaning:meta])* $variant:ident => $name:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $label {
            $($(#[$meaning])* $variant,)+
        }

        impl Label for $label {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            fn index(self) -> usize {
                self as usize
            }
        }
    };
}

labels! {
    /// Why somebody who wanted a WebSocket did not get one.
    Refused {
        /// The request is no handshake of RFC 6455.
        Handshake => "handshake",
        /// A web page that may not use the server sent it.
        Origin => "origin",
        /// What it shows is no valid token or ticket, or it shows none where one is needed.
        Unauthenticated => "unauthenticated",
        /// `/ws/{topic}` with what is no topic of the contract.
        Topic => "topic",
        /// The client offers only subprotocols that are not ours.
        Subprotocol => "subprotocol",
        /// There are as many connections as there may be.
        ConnectionLimit => "connection_limit",
        /// There are as many connections of its address as there may be.
        AddressLimit => "address_limit",
        /// Its user has as many as one may have.
        UserLimit => "user_limit",
        /// Too much of what its address has shown was not valid.
        TooManyFailures => "too_many_failures",
        /// Its address or its user asks too often.
        RateLimited => "rate_limited",
        /// The server is about to end.
        Stopping => "stopping",
    }
}

labels! {
    /// Whose limit it was that something was beyond.
    Scope {
        /// One connection's.
        Connection => "connection",
        /// That of all of one user.
        User => "user",
        /// That of all at one address.
        Address => "address",
    }
}

labels! {
    /// Why the server ended an HTTP connection.
    GivenUp {
        /// No request's header came in time.
        Handshake => "handshake",
        /// No further one came in time, as is usual at the end.
        Idle => "idle",
        /// There were too many, and this one had been silent for longest.
        Room => "room",
    }
}

labels! {
    /// What came of a subscribe with `since`.
    Resume {
        /// Exactly the missed updates were sent.
        Recovered => "recovered",
        /// The topic's stream has begun anew since.
        EpochChanged => "epoch_changed",
        /// Some of the missed updates are no longer kept, or are too many to be sent at once.
        OutOfRetention => "out_of_retention",
        /// The position has not been reached yet.
        AheadOfStream => "ahead_of_stream",
    }
}

labels! {
    /// How a topic's source failed.
    Failure {
        /// It could not begin, through no fault of who asked.
        Start => "start",
        /// It said that it cannot go on.
        End => "end",
        /// It panicked.
        Panic => "panic",
    }
}

labels! {
    /// Which way a frame went that breaks the contract.
    Way {
        /// From a client: its fault.
        In => "in",
        /// To clients: ours. It was not sent.
        Out => "out",
    }
}

labels! {
    /// How frames are written for a connection.
    Coding {
        /// JSON.
        Json => "json",
        /// JSON, compressed.
        JsonDeflate => "json_deflate",
        /// MessagePack.
        MessagePack => "msgpack",
        /// MessagePack, compressed.
        MessagePackDeflate => "msgpack_deflate",
    }
}

labels! {
    /// Why an update was not sent to one of its subscribers.
    DropCause {
        /// A newer one with the same key waited behind it.
        Replaced => "replaced",
        /// It was the oldest, and too much waited.
        Overflow => "overflow",
        /// A snapshot says the same.
        Snapshot => "snapshot",
        /// It waited too long.
        Age => "age",
        /// The connection was closed with 4450.
        SlowConsumer => "slow_consumer",
    }
}

impl Label for Delivery {
    const ALL: &'static [Self] = &[Self::Lossless, Self::Window, Self::Latest, Self::Delta];

    fn name(self) -> &'static str {
        match self {
            Self::Lossless => "lossless",
            Self::Window => "window",
            Self::Latest => "latest",
            Self::Delta => "delta",
        }
    }

    fn index(self) -> usize {
        self as usize
    }
}
