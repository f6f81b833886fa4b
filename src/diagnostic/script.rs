//! Kinds of problems: functions in scripts. Codes M401 to M499.

crate::kinds! {}
