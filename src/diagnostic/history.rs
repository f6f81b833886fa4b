//! Kinds of problems: several cycles side by side. Codes M901 to M999.

crate::kinds! {
    /// Fewer than two run folders.
    TOO_FEW = error("M901", "history-too-few");
    /// A run folder that is not as it was recorded. Arguments: `folder`, `findings` (list), `count`.
    ALTERED = error("M902", "history-altered");
    /// One folder named twice. Arguments: `folder`.
    TWICE = error("M903", "history-twice");
    /// Cycles whose reporting years go back. Arguments: `first`, `second`, `before`, `after`.
    BACKWARDS = error("M904", "history-backwards");
    /// Two cycles without a common school. Arguments: `first`, `second`.
    OTHER_REGION = error("M905", "history-other-region");
    /// Two cycles with few common schools. Arguments: `first`, `second`, `count`, `of`.
    FEW_IN_COMMON = warning("M906", "history-few-in-common");
    /// A category that not all cycles have. Arguments: `name`, `folders` (that do not have it), `names` (that all have), `count`.
    CATEGORY_MISSING = error("M907", "history-category-missing");
    /// The cycles have no common category.
    NO_CATEGORY = error("M908", "history-no-category");
    /// Categories that are left out because not all cycles have them. Arguments: `names`, `count`.
    CATEGORIES_LEFT_OUT = warning("M909", "history-categories-left-out");
    /// A cycle was computed from other decisions than those of the cycle before. Arguments: `folder`, `before`, `file`.
    OTHER_DECISIONS = warning("M910", "history-other-decisions");
    /// A line of a table of costs. Arguments: `file`, `line`, `why`, `text`.
    COSTS_BROKEN = error("M911", "history-costs-broken");
    /// Codes of a table of costs that no cycle has. Arguments: `file`, `codes`, `count`.
    COSTS_UNKNOWN = error("M912", "history-costs-unknown");
    /// Codes of a table of costs whose schools were divided since. Arguments: `file`, `codes`, `count`.
    COSTS_DIVIDED = error("M913", "history-costs-divided");
    /// Another number of correspondences than one for all cycles or one for each pair of neighbours. Arguments: `count`, `pairs`.
    CORRESPONDENCES_COUNT = error("M914", "history-correspondences-count");
    /// A line of a correspondence for all cycles that fits no two of them. Arguments: `old`, `new`.
    CORRESPONDENCE_NOWHERE = error("M915", "history-correspondence-nowhere");
}
