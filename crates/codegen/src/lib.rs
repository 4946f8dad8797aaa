//! tickwire-codegen
