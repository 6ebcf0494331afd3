//! poshang
