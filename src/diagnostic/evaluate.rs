//! Kinds of problems: what shows only with the values. Codes M501 to M599.

crate::kinds! {}
