//! Kinds of problems: rules that parse but do not make sense. Codes M201 to M299.

crate::kinds! {}
