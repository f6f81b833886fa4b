//! Indices as text.

use super::Printer;
use super::expressions::paths_text;
use crate::number::rounding::Rounding;
use crate::syntax::tree::{self, IndexPart, MissingPolicy, NormalMethod, Notes};

impl Printer {
    pub(super) fn index(&mut self, index: &tree::Index) {
        let head = format!("{} {}{}", self.word("индекс", "index"), index.name.text, self.title(&index.title));
        let end = index.title.as_ref().map_or(index.name.span.end, |t| t.span.end);
        self.line(0, index.span.start, end, &head);
        if let Some(among) = &index.among {
            let text = format!("{} {}", self.word("среди", "among"), among.text);
            self.line(1, among.span.start, among.span.end, &text);
        }
        if let (Some(first), Some(last)) = (index.within.first(), index.within.last()) {
            let text = format!("{} {}", self.word("в пределах", "within"), paths_text(&index.within));
            self.line(1, first.span.start, last.span.end, &text);
        }
        if let Some(normalisation) = &index.normalisation {
            let text = self.normalisation(normalisation);
            self.line(1, normalisation.span.start, normalisation.span.end, &text);
        }
        for part in &index.parts {
            match part {
                IndexPart::Component(component) => self.component(1, component),
                IndexPart::Block { title, weight, components, span } => {
                    let words = (self.word("блок", "block"), self.word("вес", "weight"));
                    let text = format!("{} {} {} {}", words.0, self.text(title), words.1, self.expr(weight));
                    self.line(1, span.start, span.end, &text);
                    for component in components {
                        self.component(2, component);
                    }
                }
            }
        }
        for missing in &index.on_missing {
            let text = format!("{} {}", self.word("при пропуске", "on missing"), self.missing(&missing.policy));
            self.line(1, missing.span.start, missing.span.end, &text);
        }
        if let Some((rounding, step, span)) = &index.round {
            let word = match rounding {
                Rounding::HalfEven => self.word("округлить к чётному до", "round half even to"),
                _ => self.word("округлить до", "round to"),
            };
            let text = format!("{word} {}", self.expr(step));
            self.line(1, span.start, span.end, &text);
        }
        self.index_notes(&index.notes);
    }

    fn index_notes(&mut self, notes: &Notes) {
        let all = [
            (self.word("основание", "basis"), &notes.basis),
            (self.word("толкование", "explanation"), &notes.explanation),
            (self.word("прочтение", "reading"), &notes.reading),
        ];
        for (word, text) in all {
            if let Some(text) = text {
                let line = format!("{word} {}", self.text(text));
                self.line(1, text.span.start, text.span.end, &line);
            }
        }
    }

    fn normalisation(&self, normalisation: &tree::Normalisation) -> String {
        let word = self.word("нормирование", "normalisation");
        match &normalisation.method {
            NormalMethod::None => self.word("без нормирования", "without normalisation").to_string(),
            NormalMethod::Standard => format!("{word} {}", self.word("стандартное", "standardised")),
            NormalMethod::MinMax(None) => format!("{word} {}", self.word("минимакс", "minmax")),
            NormalMethod::MinMax(Some((low, high))) => {
                format!("{word} {}({}; {})", self.word("минимакс", "minmax"), self.expr(low), self.expr(high))
            }
            NormalMethod::RankShare => format!("{word} {}", self.word("доля_места", "rank_share")),
            NormalMethod::PercentOf(most) => {
                format!("{word} {}({})", self.word("процент_от", "percent_of"), self.expr(most))
            }
        }
    }

    fn component(&mut self, level: usize, component: &tree::Component) {
        let mut text = format!(
            "{} {}{} {} {}",
            self.word("составляющая", "component"),
            self.expr(&component.value),
            self.title(&component.title),
            self.word("вес", "weight"),
            self.expr(&component.weight)
        );
        match component.direction {
            Some(tree::Direction::HigherIsBetter) => text.push_str(self.word(" больше – лучше", " higher is better")),
            Some(tree::Direction::LowerIsBetter) => text.push_str(self.word(" меньше – лучше", " lower is better")),
            None => {}
        }
        if let Some(normalisation) = &component.normalisation {
            text.push_str(", ");
            text.push_str(&self.normalisation(normalisation));
        }
        self.line(level, component.span.start, component.span.end, &text);
    }

    fn missing(&self, policy: &MissingPolicy) -> String {
        match policy {
            MissingPolicy::Reweight { least_weight, least_components } => {
                let mut text = self.word("пересчитать веса", "reweight").to_string();
                let known = self.word(", если известно не менее", ", when known at least");
                if let Some(share) = least_weight {
                    text.push_str(&format!("{known} {} {}", self.expr(share), self.word("веса", "of weight")));
                }
                if let Some(count) = least_components {
                    text.push_str(&format!("{known} {} {}", self.expr(count), self.word("составляющих", "components")));
                }
                text
            }
            MissingPolicy::Reallocate { from, to } => {
                let to: Vec<&str> = to.iter().map(|n| n.text.as_ref()).collect();
                let words = (self.word("передать вес", "give the weight of"), self.word("на", "to"));
                format!("{} {} {} {}", words.0, from.text, words.1, to.join("; "))
            }
            MissingPolicy::Required => self.word("не определять", "leave absent").to_string(),
            MissingPolicy::Zero => self.word("считать нулём", "count as zero").to_string(),
            MissingPolicy::Median => self.word("подставить медиану", "use the median").to_string(),
        }
    }
}
