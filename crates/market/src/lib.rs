//! tickwire-market
