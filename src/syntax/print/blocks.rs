//! Blocks as text, one clause on a line.

use super::Printer;
use super::expressions::{names_text, numbering, path_text};
use crate::syntax::tree::{self, Combination, Item, Name, Notes, Text};

impl Printer {
    pub(super) fn header(&mut self, header: &tree::Header) {
        let end = header.span.end;
        let title = self.text(&header.title);
        let head = format!("{} {title}", self.word("набор правил", "rule set"));
        self.line(0, header.span.start, header.title.span.end, &head);
        if let Some(version) = &header.version {
            let text = format!("{} {}", self.word("версия", "version"), self.value(version));
            self.line(1, version.span.start, version.span.end, &text);
        }
        if let Some(period) = &header.in_force {
            let text = format!("{}{}", self.word("действует", "in force"), self.period(period));
            self.line(1, period.span.start, period.span.end, &text);
        }
        for basis in &header.bases {
            self.text_line(1, self.word("основание", "basis"), basis);
        }
        for explanation in &header.explanations {
            self.text_line(1, self.word("толкование", "explanation"), explanation);
        }
        if let Some((year, span)) = header.reporting_year {
            let text = format!("{} {year}", self.word("отчётный год", "reporting year"));
            self.line(1, span.start, span.end, &text);
        }
        if let Some(subject) = &header.subject {
            let text = format!("{} {}", self.word("оцениваются", "evaluates"), subject.text);
            self.line(1, subject.span.start, subject.span.end, &text);
        }
        if let Some((rounding, span)) = header.quota_rounding {
            self.quota_rounding(1, rounding, span);
        }
        if let Some(ties) = &header.ties {
            self.ties(1, ties);
        }
        self.comments_before(end, 1);
    }

    fn text_line(&mut self, level: usize, word: &str, text: &Text) {
        let line = format!("{word} {}", self.text(text));
        self.line(level, text.span.start, text.span.end, &line);
    }

    fn quota_rounding(
        &mut self,
        level: usize,
        rounding: crate::number::rounding::Rounding,
        span: crate::location::Span,
    ) {
        let text = format!("{} {}", self.word("округление квоты", "rounding of the quota"), self.rounding(rounding));
        self.line(level, span.start, span.end, &text);
    }

    fn ties(&mut self, level: usize, ties: &tree::Ties) {
        let policy = match &ties.policy {
            tree::TiePolicy::Include => self.word("включить", "include").to_string(),
            tree::TiePolicy::Exclude => self.word("исключить", "exclude").to_string(),
            tree::TiePolicy::BreakBy(keys) => {
                let keys: Vec<String> = keys
                    .iter()
                    .map(|(key, direction)| {
                        let higher = *direction == tree::Direction::HigherIsBetter;
                        let word = if higher {
                            self.word("больше", "higher")
                        } else {
                            self.word("меньше", "lower")
                        };
                        format!("{} {word}", self.expr(key))
                    })
                    .collect();
                format!("{} ({})", self.word("различать по", "break by"), keys.join("; "))
            }
        };
        let text = format!("{} {policy}", self.word("равные на границе", "ties at the cut"));
        self.line(level, ties.span.start, ties.span.end, &text);
    }

    fn period(&self, period: &tree::Period) -> String {
        let from = period.from.map(|d| format!(" {} {}", self.word("с", "from"), self.date(d)));
        let to = period.to.map(|d| format!(" {} {}", self.word("по", "to"), self.date(d)));
        from.unwrap_or_default() + to.unwrap_or_default().as_str()
    }

    fn notes(&mut self, level: usize, notes: &Notes) {
        let all = [
            (self.word("основание", "basis"), &notes.basis),
            (self.word("толкование", "explanation"), &notes.explanation),
            (self.word("прочтение", "reading"), &notes.reading),
        ];
        for (word, text) in all {
            if let Some(text) = text {
                self.text_line(level, word, text);
            }
        }
    }

    fn forms(&self, name: &Name, forms: &[Name]) -> String {
        let mut text = name.text.to_string();
        for form in forms {
            text.push_str(" / ");
            text.push_str(&form.text);
        }
        text
    }

    pub(super) fn item(&mut self, item: &Item) {
        match item {
            Item::Include(include) => {
                let text = format!("{} {}", self.word("подключить", "include"), self.value(&include.path));
                self.line(0, include.span.start, include.span.end, &text);
            }
            Item::Parameter(parameter) => self.parameter(parameter),
            Item::List(list) => self.list(list),
            Item::Table(table) => self.table(table),
            Item::Population(population) => self.population(population),
            Item::Indicator(indicator) => self.indicator(indicator),
            Item::Index(index) => self.index(index),
            Item::Function(function) => self.function(function),
            Item::Combination(combination) => {
                let head = format!(
                    "{} {}{} = {}",
                    self.word("сочетание", "combination"),
                    combination.name.text,
                    self.title(&combination.title),
                    self.expr(&combination.rule)
                );
                self.line(0, combination.span.start, combination.rule.span.end, &head);
                self.notes(1, &combination.notes);
            }
            Item::Category(category) => self.category(category),
        }
    }

    fn parameter(&mut self, parameter: &tree::Parameter) {
        let head =
            format!("{} {}{}", self.word("параметр", "parameter"), parameter.name.text, self.title(&parameter.title));
        let (value, end) = match &parameter.value {
            tree::ParameterValue::Single(value) => (format!(" = {}", self.expr(value)), value.span.end),
            tree::ParameterValue::Keyed { by, entries, otherwise } => {
                let mut parts: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{} = {}", self.expr(key), self.expr(value))).collect();
                if let Some(value) = otherwise {
                    parts.push(format!("{} {}", self.word("в остальных случаях", "otherwise"), self.expr(value)));
                }
                let end = otherwise.as_ref().map(|o| o.span.end).or(entries.last().map(|(_, v)| v.span.end));
                let text = format!(" {} {}: {}", self.word("по полю", "by field"), path_text(by), parts.join("; "));
                (text, end.unwrap_or(by.span.end))
            }
        };
        self.line(0, parameter.span.start, end, &(head + value.as_str()));
        if let Some((low, high, span)) = &parameter.allowed {
            let words = (self.word("допустимо от", "allowed from"), self.word("до", "to"));
            let text = format!("{} {} {} {}", words.0, self.expr(low), words.1, self.expr(high));
            self.line(1, span.start, span.end, &text);
        }
        self.notes(1, &parameter.notes);
    }

    fn list(&mut self, list: &tree::List) {
        let mut head = format!(
            "{} {}{}",
            self.word("список", "list"),
            self.forms(&list.name, &list.forms),
            self.title(&list.title)
        );
        let mut end = list.title.as_ref().map_or(list.name.span.end, |t| t.span.end);
        if let Some(file) = &list.file {
            head.push_str(&format!(" {} {}", self.word("из", "from"), self.value(file)));
            end = file.span.end;
        }
        self.line(0, list.span.start, end, &head);
        if let Some(source) = &list.source {
            self.text_line(1, self.word("источник", "source"), source);
        }
        for entry in &list.entries {
            let mut text = format!("{} {}", self.word("запись", "entry"), self.value(&entry.value));
            if let Some(period) = &entry.period {
                text.push_str(&self.period(period));
            }
            if let Some(basis) = &entry.basis {
                text.push_str(&format!(" {} {}", self.word("основание", "basis"), self.text(basis)));
            }
            self.line(1, entry.span.start, entry.span.end, &text);
        }
        self.notes(1, &list.notes);
    }

    fn table(&mut self, table: &tree::Table) {
        let head = format!(
            "{} {}{}",
            self.word("таблица", "table"),
            self.forms(&table.name, &table.forms),
            self.title(&table.title)
        );
        let end = table.title.as_ref().map_or(table.name.span.end, |t| t.span.end);
        self.line(0, table.span.start, end, &head);
        if let (Some(first), Some(last)) = (table.key.first(), table.key.last()) {
            let text = format!("{} {}", self.word("ключ", "key"), names_text(&table.key));
            self.line(1, first.span.start, last.span.end, &text);
        }
        for column in &table.columns {
            let text = self.column(column);
            self.line(1, column.span.start, column.span.end, &text);
        }
    }

    fn column(&self, column: &tree::Column) -> String {
        let kind = match &column.kind {
            tree::ColumnKind::Text => self.word("текст", "text").to_string(),
            tree::ColumnKind::Number(None) => self.word("число", "number").to_string(),
            tree::ColumnKind::Number(Some(unit)) => {
                format!("{} {}", self.word("число", "number"), self.unit(unit, None))
            }
            tree::ColumnKind::YesNo => self.word("да/нет", "yes/no").to_string(),
            tree::ColumnKind::Date => self.word("дата", "date").to_string(),
            tree::ColumnKind::Year => self.word("год", "year").to_string(),
            tree::ColumnKind::Link(table) => format!("{} {}", self.word("ссылка на", "reference to"), table.text),
        };
        let mut text =
            format!("{} {}{} {kind}", self.word("столбец", "column"), column.name.text, self.title(&column.title));
        if !column.allowed.is_empty() {
            let allowed: Vec<String> = column.allowed.iter().map(|t| self.value(t)).collect();
            text.push_str(&format!(" {} ({})", self.word("значения", "values"), allowed.join("; ")));
        }
        if !column.scale_by.is_empty() {
            let names = names_text(&column.scale_by);
            let names = if column.scale_by.len() > 1 { format!("({names})") } else { names };
            text.push_str(&format!(" {} {names}", self.word("шкала по", "scale by")));
        }
        if let Some(header) = &column.header {
            text.push_str(&format!(" {} {}", self.word("заголовок", "header"), self.value(header)));
        }
        for (texts, absence) in &column.markers {
            let texts: Vec<String> = texts.iter().map(|t| self.value(t)).collect();
            let meaning = match absence {
                tree::Absence::Missing => self.word("пропуск", "missing"),
                tree::Absence::Suppressed => self.word("скрыто", "suppressed"),
                tree::Absence::Invalid => self.word("ошибка", "invalid"),
                tree::Absence::NotApplicable => self.word("не применимо", "not applicable"),
            };
            let words = (self.word("обозначение", "marker"), self.word("означает", "means"));
            text.push_str(&format!(" {} {} {} {meaning}", words.0, texts.join("; "), words.1));
        }
        text
    }

    fn population(&mut self, population: &tree::Population) {
        let mut head = format!(
            "{} {}{} = {}",
            self.word("совокупность", "population"),
            self.forms(&population.name, &population.forms),
            self.title(&population.title),
            population.base.text
        );
        let mut end = population.base.span.end;
        if let Some(condition) = &population.condition {
            head.push_str(&format!("{} {}", self.word(", где", " where"), self.expr(condition)));
            end = condition.span.end;
        }
        self.line(0, population.span.start, end, &head);
        for exclusion in &population.exclusions {
            let mut text =
                format!("{} {}", self.word("исключить, если", "exclude when"), self.expr(&exclusion.condition));
            if let Some(basis) = &exclusion.basis {
                text.push_str(&format!(" {} {}", self.word("основание", "basis"), self.text(basis)));
            }
            self.line(1, exclusion.span.start, exclusion.span.end, &text);
        }
        self.notes(1, &population.notes);
    }

    fn indicator(&mut self, indicator: &tree::Indicator) {
        let head =
            format!("{} {}{}", self.word("показатель", "indicator"), indicator.name.text, self.title(&indicator.title));
        let formula = format!("= {}", self.expr(&indicator.formula));
        let end = indicator.formula.span.end;
        if head.chars().count() + formula.chars().count() < 100 {
            self.line(0, indicator.span.start, end, &format!("{head} {formula}"));
        } else {
            let title_end = indicator.title.as_ref().map_or(indicator.name.span.end, |t| t.span.end);
            self.line(0, indicator.span.start, title_end, &head);
            self.line(1, indicator.formula.span.start, end, &formula);
        }
        let mut parts: Vec<String> = Vec::new();
        if let Some(over) = &indicator.over {
            parts.push(format!("{} {}", self.word("по таблице", "over table"), over.text));
        }
        parts.extend(indicator.clauses.iter().map(|c| self.clause(c)));
        if !parts.is_empty() {
            let start =
                indicator.over.as_ref().map(|o| o.span.start).or(indicator.clauses.first().map(|c| c.span.start));
            let end = indicator.clauses.last().map(|c| c.span.end).or(indicator.over.as_ref().map(|o| o.span.end));
            self.line(1, start.unwrap_or(end.unwrap_or(0)), end.unwrap_or(0), &parts.join(", "));
        }
        if let Some(suppress) = &indicator.suppress {
            let mut text = format!("{} {}", self.word("скрыть, если", "suppress when"), self.expr(&suppress.condition));
            if let Some(fallback) = &suppress.fallback {
                text.push_str(&format!(", {} {}", self.word("иначе", "else"), self.window(fallback)));
            }
            self.line(1, suppress.span.start, suppress.span.end, &text);
        }
        if let Some(condition) = &indicator.not_applicable {
            let text = format!("{} {}", self.word("не применимо, если", "not applicable when"), self.expr(condition));
            self.line(1, condition.span.start, condition.span.end, &text);
        }
        self.notes(1, &indicator.notes);
    }

    fn function(&mut self, function: &tree::Function) {
        let unit = |unit: &Option<tree::UnitWord>, lead: &str| {
            unit.as_ref().map_or(String::new(), |u| format!("{lead}{}", self.unit(u, None)))
        };
        let arguments: Vec<String> =
            function.arguments.iter().map(|(name, word)| format!("{}{}", name.text, unit(word, ": "))).collect();
        let head = format!(
            "{} {}({}){}{} {} {}",
            self.word("функция", "function"),
            function.name.text,
            arguments.join("; "),
            unit(&function.result, " : "),
            self.title(&function.title),
            self.word("из", "from"),
            self.value(&function.file)
        );
        self.line(0, function.span.start, function.file.span.end, &head);
        self.notes(1, &function.notes);
    }

    fn combination(&self, ru: &'static str, en: &'static str, combination: &Combination) -> (String, usize, usize) {
        match combination {
            Combination::Rule(rule) => {
                let text = format!("{}{} {}", self.word(ru, en), self.word(", если", " when"), self.expr(rule));
                (text, rule.span.start, rule.span.end)
            }
            Combination::Named(name) => {
                let text =
                    format!("{} {} {}", self.word(ru, en), self.word("по сочетанию", "by combination"), name.text);
                (text, name.span.start, name.span.end)
            }
        }
    }

    fn category(&mut self, category: &tree::Category) {
        let head =
            format!("{} {}{}", self.word("категория", "category"), category.name.text, self.title(&category.title));
        let end = category.title.as_ref().map_or(category.name.span.end, |t| t.span.end);
        self.line(0, category.span.start, end, &head);
        if let Some(among) = &category.among {
            let text = format!("{} {}", self.word("среди", "among"), among.text);
            self.line(1, among.span.start, among.span.end, &text);
        }
        if let Some(assigned) = &category.assigned {
            let (text, start, end) = self.combination("относится", "assigned", assigned);
            self.line(1, start, end, &text);
        }
        self.notes(1, &category.notes);
        for part in &category.parts {
            self.gap(true);
            match part {
                tree::CategoryPart::Criterion(criterion) => self.criterion(1, criterion),
                tree::CategoryPart::Group(group) => self.group(group),
            }
        }
    }

    fn group(&mut self, group: &tree::Group) {
        let head = format!("{} {}{}", self.word("группа", "group"), numbering(&group.number), self.title(&group.title));
        let end = group.title.as_ref().map_or(group.number.span.end, |t| t.span.end);
        self.line(1, group.span.start, end, &head);
        if let Some(met) = &group.met {
            let (text, start, end) = self.combination("выполнена", "met", met);
            self.line(2, start, end, &text);
        }
        self.notes(2, &group.notes);
        for criterion in &group.criteria {
            self.gap(true);
            self.criterion(2, criterion);
        }
    }

    fn criterion(&mut self, level: usize, criterion: &tree::Criterion) {
        let head = format!(
            "{} {}{}",
            self.word("критерий", "criterion"),
            numbering(&criterion.number),
            self.title(&criterion.title)
        );
        let end = criterion.title.as_ref().map_or(criterion.number.span.end, |t| t.span.end);
        self.line(level, criterion.span.start, end, &head);
        let level = level + 1;
        for (when, then, span) in &criterion.cases {
            let words = (self.word("в случае", "in case"), self.word(", если", ", when"));
            let text = format!("{} {}{} {}", words.0, self.expr(when), words.1, self.expr(then));
            self.line(level, span.start, span.end, &text);
        }
        if let Some(condition) = &criterion.condition {
            let word = if criterion.cases.is_empty() {
                self.word("если", "when")
            } else {
                self.word("в остальных случаях если", "in other cases when")
            };
            let text = format!("{word} {}", self.expr(condition));
            self.line(level, condition.span.start, condition.span.end, &text);
        }
        if let Some(condition) = &criterion.not_applicable {
            let text = format!("{} {}", self.word("не применим, если", "not applicable when"), self.expr(condition));
            self.line(level, condition.span.start, condition.span.end, &text);
        }
        if let Some((rounding, span)) = criterion.quota_rounding {
            self.quota_rounding(level, rounding, span);
        }
        if let Some(ties) = &criterion.ties {
            self.ties(level, ties);
        }
        if let Some(small) = &criterion.small_strata {
            let action = match small.action {
                tree::SmallStrataAction::Merge => self.word("объединить", "merge"),
                tree::SmallStrataAction::Undetermined => self.word("не определять", "leave undetermined"),
                tree::SmallStrataAction::NotMet => self.word("считать невыполненным", "count as not met"),
            };
            let words = (self.word("в группах менее", "in strata of fewer than"), self.word("школ", "schools"));
            let text = format!("{} {} {} {action}", words.0, self.expr(&small.below), words.1);
            self.line(level, small.span.start, small.span.end, &text);
        }
        if let Some((policy, span)) = criterion.on_missing {
            let policy = match policy {
                tree::MissingData::Undetermined => self.word("не определён", "undetermined"),
                tree::MissingData::NotMet => self.word("считать невыполненным", "count as not met"),
                tree::MissingData::Met => self.word("считать выполненным", "count as met"),
                tree::MissingData::NotApplicable => self.word("считать неприменимым", "count as not applicable"),
            };
            let text = format!("{} {policy}", self.word("при отсутствии данных", "without data"));
            self.line(level, span.start, span.end, &text);
        }
        self.notes(level, &criterion.notes);
    }
}
