//! The clients of all sorts of contracts: that they compile, and what their topics become.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

macro_rules! clients {
    ($($name:ident),*) => {$(
        #[allow(dead_code, unused_imports, reason = "no test uses all of it")]
        mod $name {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
        }
    )*};
}

clients!(scoreboard, vehicles, echo, workshop);
