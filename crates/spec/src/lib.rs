//! tickwire-spec
