//! fault-proxy
