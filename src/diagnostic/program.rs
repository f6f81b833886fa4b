//! Kinds of problems: the command line and the files it names. Codes M601 to M699.

crate::kinds! {}
