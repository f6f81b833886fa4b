//! Kinds of problems: text of a rules file that does not follow the grammar. Codes M101 to M199.

crate::kinds! {
    FILE_TOO_LARGE = error("M101", "file-too-large");
    NESTED_TOO_DEEP = error("M102", "nested-too-deep");
    EXPRESSION_TOO_LONG = error("M103", "expression-too-long");
    UNCLOSED_TEXT = error("M104", "unclosed-text");
    UNCLOSED_PARENTHESIS = error("M105", "unclosed-parenthesis");
    EXTRA_PARENTHESIS = error("M106", "extra-parenthesis");
    UNKNOWN_CLAUSE = error("M107", "unknown-clause");
    UNKNOWN_BLOCK = error("M108", "unknown-block");
    NOT_SUPPORTED = error("M109", "not-supported");
    UNKNOWN_UNIT = error("M110", "unknown-unit");
    WORD_AFTER_UNIT = error("M111", "word-after-unit");
    TWO_NUMBERS = error("M112", "two-numbers");
    CHAINED_COMPARISON = error("M113", "chained-comparison");
    REVERSED_OPERATOR = error("M114", "reversed-operator");
    COMMA_WITHOUT_SPACE = error("M115", "comma-without-space");
    TITLE_AFTER_VALUE = error("M116", "title-after-value");
    MISSING_EQUALS = error("M117", "missing-equals");
    RESERVED_WORD = error("M118", "reserved-word");
    NO_SUCH_DATE = error("M119", "no-such-date");
    CLAUSE_TWICE = error("M120", "clause-twice");
    OUTSIDE_CATEGORY = error("M121", "outside-category");
    CRITERION_OF_OTHER_GROUP = error("M122", "criterion-of-other-group");
    HEADER_NOT_FIRST = error("M123", "header-not-first");
    BOTH_BOUNDS = error("M124", "both-bounds");
    COMMA_BEFORE_THAN = error("M125", "comma-before-than");
    NOT_QUANTIFIER = error("M126", "not-before-quantifier");
    BAD_NUMBER = error("M127", "bad-number");
    MISSING_VALUE = error("M128", "missing-value");
    MISSING_CONDITION = error("M129", "missing-condition");
    MISSING_NAME = error("M130", "missing-name");
    MISSING_TEXT = error("M131", "missing-text");
    MISSING_NUMBER = error("M132", "missing-number");
    CLAUSE_OF_OTHER_BLOCK = error("M133", "clause-of-other-block");
    SYMBOL_NOT_ALLOWED = error("M134", "symbol-not-allowed");
    UNEXPECTED = error("M135", "unexpected");
    EMPTY_FILE = error("M136", "empty-file");
    TOO_MANY_PROBLEMS = error("M137", "too-many-problems");
    IF_OUTSIDE_PARENTHESES = error("M138", "if-outside-parentheses");
    MISSING_KIND = error("M139", "missing-kind");
    BEFORE_FIRST_BLOCK = error("M140", "before-first-block");
    MISSING_ELSE = error("M141", "missing-else");
    MISSING_WEIGHT = error("M142", "missing-weight");
    CASE_WITHOUT_CONDITION = error("M143", "case-without-condition");
    NOT_APPLICABLE_TWO_WAYS = error("M144", "not-applicable-two-ways");
}
