//! Kinds of problems: files, tables and cells. Codes M301 to M399.

crate::kinds! {}
