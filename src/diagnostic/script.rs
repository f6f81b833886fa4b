//! Kinds of problems: functions in scripts. Codes M401 to M499; so far the checker (M261) and the evaluation (M503) say
//! what a script did.

crate::kinds! {}
