//! Keywords in the form the formatter prints, Russian and English side by side.
//!
//! What else is accepted on input stands in the grammar; the round trip of the formatter holds the two together.

use super::Form;
use crate::language::Language;

/// One keyword in both vocabularies.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Keyword(&'static str, &'static str);

impl Keyword {
    pub(in super::super) fn word(self, language: Language) -> &'static str {
        super::pick(language, self.0, self.1)
    }
}

macro_rules! keywords {
    ($($name:ident = $russian:literal, $english:literal;)*) => {
        $(pub(in super::super) const $name: Keyword = Keyword($russian, $english);)*
        /// Every printed keyword.
        pub(in super::super) const ALL: &[Keyword] = &[$($name),*];
    };
}

keywords! {
    RULE_SET = "набор правил", "rule set";
    INCLUDE = "подключить", "include";
    PARAMETER = "параметр", "parameter";
    LIST = "список", "list";
    TABLE = "таблица", "table";
    POPULATION = "совокупность", "population";
    INDICATOR = "показатель", "indicator";
    INDEX = "индекс", "index";
    FUNCTION = "функция", "function";
    COMBINATION = "сочетание", "combination";
    CATEGORY = "категория", "category";
    CATEGORY_ADDED = "категорию", "category";
    GROUP = "группа", "group";
    CRITERION = "критерий", "criterion";
    DECISION = "решение", "decision";

    VERSION = "версия", "version";
    IN_FORCE = "действует", "in force";
    FROM_DATE = "с", "from";
    TO_DATE = "по", "to";
    BASIS = "основание", "basis";
    EXPLANATION = "толкование", "explanation";
    READING = "прочтение", "reading";
    REPORTING_YEAR = "отчётный год", "reporting year";
    EVALUATES = "оцениваются", "evaluates";
    QUOTA_ROUNDING = "округление квоты", "rounding of the quota";
    UP = "вверх", "up";
    DOWN = "вниз", "down";
    TO_NEAREST = "до ближайшего", "to the nearest";
    TO_EVEN = "к чётному", "half even";
    TIES = "равные на границе", "ties at the cut";
    INCLUDE_THEM = "включить", "include";
    EXCLUDE_THEM = "исключить", "exclude";
    BREAK_BY = "различать по", "break by";
    MORE_FIRST = "больше", "higher";
    LESS_FIRST = "меньше", "lower";

    INTO = "в", "in";
    DOCUMENT = "документ", "document";
    DATED = "от", "of";
    AUTHOR = "автор", "author";
    REASON = "причина", "reason";

    ALLOWED = "допустимо", "allowed";
    FROM = "от", "from";
    TO = "до", "to";
    BY_FIELD = "по полю", "by field";
    OTHERWISE = "в остальных случаях", "otherwise";

    OF_FILE = "из", "from";
    SOURCE = "источник", "source";
    ENTRY = "запись", "entry";
    KEY = "ключ", "key";
    COLUMN = "столбец", "column";
    KIND_TEXT = "текст", "text";
    KIND_NUMBER = "число", "number";
    KIND_YES_NO = "да/нет", "yes/no";
    KIND_DATE = "дата", "date";
    KIND_YEAR = "год", "year";
    KIND_LINK = "ссылка на", "reference to";
    VALUES = "значения", "values";
    SCALE_BY = "шкала по", "scale by";
    OF_SCALE = "шкалы", "of scale";
    HEADER = "заголовок", "header";
    MARKER = "обозначение", "marker";
    MEANS = "означает", "means";
    ABSENT_MISSING = "пропуск", "missing";
    ABSENT_SUPPRESSED = "скрыто", "suppressed";
    ABSENT_INVALID = "ошибка", "invalid";

    EXCLUDE_WHEN = "исключить, если", "exclude when";
    OVER_TABLE = "по таблице", "over table";
    NOT_APPLICABLE_WHEN = "не применимо, если", "not applicable when";
    SUPPRESS_WHEN = "скрыть, если", "suppress when";
    ELSE = "иначе", "else";

    AMONG = "среди", "among";
    WITHIN = "в пределах", "within";
    NORMALISATION = "нормирование", "normalisation";
    NO_NORMALISATION = "без нормирования", "without normalisation";
    COMPONENT = "составляющая", "component";
    BLOCK = "блок", "block";
    WEIGHT = "вес", "weight";
    HIGHER_IS_BETTER = "больше – лучше", "higher is better";
    LOWER_IS_BETTER = "меньше – лучше", "lower is better";
    REWEIGHT = "при пропуске пересчитать веса", "on missing reweight";
    IF_KNOWN = "если известно не менее", "if known at least";
    AND_AT_LEAST = "и не менее", "and at least";
    OF_WEIGHT = "веса", "of weight";
    REALLOCATE = "при пропуске передать вес", "on missing give the weight of";
    REALLOCATE_TO = "на", "to";
    LEAVE_ABSENT = "при пропуске не определять", "on missing leave absent";
    AS_ZERO = "при пропуске считать нулём", "on missing count as zero";
    PUT_MEDIAN = "при пропуске подставить медиану", "on missing use the median";
    ROUND_TO = "округлить до", "round to";
    ROUND_TO_EVEN = "округлить к чётному до", "round half even to";

    ASSIGNED_WHEN = "относится, если", "assigned when";
    ASSIGNED_BY = "относится по сочетанию", "assigned by combination";
    PREVIOUSLY_WHEN = "прежде, если", "previously when";
    STAYS_WHEN = "остаётся, если", "stays when";
    STAYS_BY = "остаётся по сочетанию", "stays by combination";
    TERM = "срок", "term";
    TERM_BY = "по", "by";
    WITHOUT_EXIT = "без правила выхода", "without exit rule";
    MET_WHEN = "выполнена, если", "met when";
    MET_BY = "выполнена по сочетанию", "met by combination";
    WHEN = "если", "when";
    IN_CASE = "в случае", "in case";
    OTHERWISE_WHEN = "в остальных случаях если", "in other cases when";
    CRITERION_NOT_APPLICABLE_WHEN = "не применим, если", "not applicable when";
    SMALL_STRATA = "в группах менее", "in strata of fewer than";
    MERGE = "объединить", "merge";
    LEAVE_UNDETERMINED = "не определять", "leave undetermined";
    COUNT_NOT_MET = "считать невыполненным", "count as not met";
    COUNT_MET = "считать выполненным", "count as met";
    COUNT_NOT_APPLICABLE = "считать неприменимым", "count as not applicable";
    WITHOUT_DATA = "при отсутствии данных", "without data";

    WHERE = "где", "where";
    SUPPRESSING = "скрывая строки, где", "suppressing rows where";
    LAST = "за последние", "over the last";
    LAST_ONE = "за последний", "over the last";
    OVER = "за", "over";
    WITH_WEIGHT = "с весом", "weighted by";
    DISTINCT = "различных по", "distinct by";
    EXCEPT_SELF = "кроме самой школы", "except the school itself";

    OR = "или", "or";
    AND = "и", "and";
    NOT = "не", "not";
    LESS = "менее", "less than";
    AT_MOST = "не более", "at most";
    MORE = "более", "more than";
    AT_LEAST = "не менее", "at least";
    NOT_EQUAL = "не равно", "not equal to";
    IN = "в", "in";
    IN_LIST = "в списке", "in list";
    ON_DATE = "на дату", "as of";
    IN_LOWEST = "в числе самых низких", "in the lowest";
    IN_HIGHEST = "в числе самых высоких", "in the highest";
    QUOTA = "квота", "quota";
    QUOTA_OF = "от", "of";
    KNOWN = "известно", "known";
    NOT_KNOWN = "не известно", "not known";
    IS_MISSING = "пропущено", "missing";
    NOT_APPLICABLE = "не применимо", "not applicable";
    IS_SUPPRESSED = "скрыто", "suppressed";
    IS_INVALID = "недостоверно", "invalid";
    IS_MET = "выполнен", "met";
    IS_NOT_MET = "не выполнен", "not met";
    IS_UNDETERMINED = "не определён", "undetermined";
    IS_NOT_APPLICABLE = "не применим", "not applicable";
    ASSIGNED_TO = "отнесена к", "assigned to";
    NUMBER_OF_MET = "число выполненных критериев", "number of criteria met";
    OF_CATEGORY = "категории", "of category";
    YES = "да", "yes";
    NO = "нет", "no";
    IF = "если", "if";
    THEN = "то", "then";
    IN_EACH_OF_LAST = "в каждом из последних", "in each of the last";
    IN_AT_LEAST = "не менее чем в", "in at least";
    OF_LAST = "из последних", "of the last";
    IN_A_ROW = "подряд", "in a row";

    SCENARIO = "сценарий", "scenario";
    BUILDS_ON = "на основе", "based on";
    SCENARIO_DATA = "данные", "data";
    SWITCH_OFF_CRITERION = "отключить критерий", "switch off criterion";
    SWITCH_OFF_GROUP = "отключить группу", "switch off group";
    ADD = "добавить", "add";
    INTO_CATEGORY = "в категорию", "to category";
    INTO_GROUP = "в группу", "to group";

    MET_COUNT = "выполнено", "met";
    EXACTLY = "ровно", "exactly";
    OUT_OF = "из", "of";
    OF_THEM = "из", "of the";
}

/// A word that a number counts: one, few (also of one, and of a fraction) and many.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Counted {
    pub one: Keyword,
    pub few: Keyword,
    pub many: Keyword,
}

impl Counted {
    pub(in super::super) fn form(&self, form: Form) -> Keyword {
        match form {
            Form::One => self.one,
            Form::OfOne | Form::Few => self.few,
            Form::Many | Form::ToOne | Form::ToMany => self.many,
        }
    }
}

pub(in super::super) const SCHOOLS: Counted =
    Counted {
        one: Keyword("школа", "school"), few: Keyword("школы", "schools"), many: Keyword("школ", "schools")
    };

pub(in super::super) const COMPONENTS: Counted = Counted {
    one: Keyword("составляющая", "component"),
    few: Keyword("составляющей", "components"),
    many: Keyword("составляющих", "components"),
};

/// What is counted after `выполнено`: forms for *any*, *all*, *none*, and for a number; `applicable`: what goes before
/// the word for one, of one, few and many.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Quantified {
    pub any: Keyword,
    pub any_applicable: Keyword,
    pub all: Keyword,
    pub all_applicable: Keyword,
    pub none: Keyword,
    pub none_applicable: Keyword,
    pub counted: Counted,
    pub applicable: [Keyword; 4],
}

impl Quantified {
    pub(in super::super) fn applicable(&self, form: Form) -> Keyword {
        let [one, of_one, few, many] = self.applicable;
        match form {
            Form::One => one,
            Form::OfOne => of_one,
            Form::Few => few,
            Form::Many | Form::ToOne | Form::ToMany => many,
        }
    }
}

/// Every printed word that a number counts.
pub(in super::super) fn counted() -> impl Iterator<Item = Keyword> {
    let quantified = [CRITERIA, GROUPS, CONDITIONS];
    let phrases = quantified.into_iter().flat_map(|q| {
        let all = [q.any, q.any_applicable, q.all, q.all_applicable, q.none, q.none_applicable];
        all.into_iter().chain(q.applicable)
    });
    let words = quantified.into_iter().map(|q| q.counted).chain([SCHOOLS, COMPONENTS]);
    phrases.chain(words.flat_map(|word| [word.one, word.few, word.many]))
}

pub(in super::super) const CRITERIA: Quantified = Quantified {
    any: Keyword("выполнен любой критерий", "met any criterion"),
    any_applicable: Keyword("выполнен любой применимый критерий", "met any applicable criterion"),
    all: Keyword("выполнены все критерии", "met all criteria"),
    all_applicable: Keyword("выполнены все применимые критерии", "met all applicable criteria"),
    none: Keyword("не выполнен ни один критерий", "met no criteria"),
    none_applicable: Keyword("не выполнен ни один применимый критерий", "met no applicable criteria"),
    counted: Counted {
        one: Keyword("критерий", "criterion"),
        few: Keyword("критерия", "criteria"),
        many: Keyword("критериев", "criteria"),
    },
    applicable: [
        Keyword("применимый", "applicable"),
        Keyword("применимого", "applicable"),
        Keyword("применимых", "applicable"),
        Keyword("применимых", "applicable"),
    ],
};

pub(in super::super) const GROUPS: Quantified = Quantified {
    any: Keyword("выполнена любая группа", "met any group"),
    any_applicable: Keyword("выполнена любая применимая группа", "met any applicable group"),
    all: Keyword("выполнены все группы", "met all groups"),
    all_applicable: Keyword("выполнены все применимые группы", "met all applicable groups"),
    none: Keyword("не выполнена ни одна группа", "met no groups"),
    none_applicable: Keyword("не выполнена ни одна применимая группа", "met no applicable groups"),
    counted: Counted {
        one: Keyword("группа", "group"),
        few: Keyword("группы", "groups"),
        many: Keyword("групп", "groups"),
    },
    applicable: [
        Keyword("применимая", "applicable"),
        Keyword("применимой", "applicable"),
        Keyword("применимые", "applicable"),
        Keyword("применимых", "applicable"),
    ],
};

pub(in super::super) const CONDITIONS: Quantified = Quantified {
    any: Keyword("выполнено любое условие", "met any condition"),
    any_applicable: Keyword("выполнено любое применимое условие", "met any applicable condition"),
    all: Keyword("выполнены все условия", "met all conditions"),
    all_applicable: Keyword("выполнены все применимые условия", "met all applicable conditions"),
    none: Keyword("не выполнено ни одно условие", "met no conditions"),
    none_applicable: Keyword("не выполнено ни одно применимое условие", "met no applicable conditions"),
    counted: Counted {
        one: Keyword("условие", "condition"),
        few: Keyword("условия", "conditions"),
        many: Keyword("условий", "conditions"),
    },
    applicable: [
        Keyword("применимое", "applicable"),
        Keyword("применимого", "applicable"),
        Keyword("применимых", "applicable"),
        Keyword("применимых", "applicable"),
    ],
};

#[cfg(test)]
mod tests {
    use super::super::HEADS;
    use super::{ALL, counted};
    use crate::language::Language;

    #[test]
    fn every_printed_word_stands_in_the_grammar() {
        let grammar = include_str!("../../../grammar/rules.pest");
        for keyword in ALL.iter().copied().chain(counted()) {
            for language in Language::ALL {
                let folded = keyword.word(language).replace('ё', "е");
                for word in folded.split([' ', ',', '–', '/']).filter(|w| !w.is_empty()) {
                    let whole = grammar.contains(&format!("\"{word}\""));
                    // optional ends are written apart: `"mean" ~ "s"?`
                    let stem = word.strip_suffix('s').or(word.strip_suffix("ne"));
                    let optional = stem.is_some_and(|stem| grammar.contains(&format!("\"{stem}\" ~ \"s\"?")));
                    assert!(whole || optional, "{word}");
                }
            }
        }
    }

    #[test]
    fn no_head_of_a_clause_begins_another() {
        for (position, (russian, english)) in HEADS.iter().enumerate() {
            for (other, (second_russian, second_english)) in HEADS.iter().enumerate() {
                let begins = |whole: &str, head: &str| position != other && whole.starts_with(&format!("{head} "));
                assert!(!begins(second_russian, russian), "{russian} / {second_russian}");
                assert!(!begins(second_english, english), "{english} / {second_english}");
            }
        }
    }
}
