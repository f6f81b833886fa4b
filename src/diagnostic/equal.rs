//! Kinds of problems: two rule sets held against each other. Codes M861 to M869.

crate::kinds! {
    /// They judge other tables. Arguments: `first`, `second`.
    OTHER_SUBJECT = error("M861", "equal-other-subject");
    /// They declare other tables, so no data fit both.
    OTHER_TABLES = error("M862", "equal-other-tables");
    /// Neither has such a category. Arguments: `name`, `names` (nearest), `count`.
    CATEGORY_UNKNOWN = error("M863", "equal-category-unknown");
    /// What was found is not written where something is. Arguments: `folder`.
    FOLDER_EXISTS = error("M864", "equal-folder-exists");
}
