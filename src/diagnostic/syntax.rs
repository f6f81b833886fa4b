//! Kinds of problems: text of a rules file that does not follow the grammar. Codes M101 to M199.

crate::kinds! {}
