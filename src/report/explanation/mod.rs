//! The explanation of one school as blocks of a page.
//!
//! Says what `explain` found, in the order of the rules; adds no fact of its own.

mod changes;
mod exits;
mod node;
mod rows;
mod told;
mod traces;
mod unknown;

pub(super) use exits::deciding;
pub use exits::passage_word;
pub(super) use told::Told;

use super::page::{Block, Line, Node, Page, Piece, Section, Tone};
use super::registered;
use super::words::{category_word, criterion_word, group_word};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::explain::Explanation;
use crate::explain::condition::{Detail, Node as Traced};
use crate::explain::explanation::{
    CategoryExplanation, Certainty, CriterionExplanation, GroupExplanation, Outlook, PopulationExplanation, School,
    Standing,
};
use crate::explain::rounding;
use crate::location::{SourceSpan, Span};
use crate::messages::Speaker;
use crate::model::expr::ExprKind;
use crate::model::{MissingData, Notes, PopulationId, RuleSet};
use crate::source::Sources;

/// What an outlook is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Category,
    Group,
}

/// Says explanations of one rule set in one language.
#[derive(Debug, Clone, Copy)]
pub struct Teller<'a> {
    pub rules: &'a RuleSet,
    pub sources: &'a Sources,
    pub speaker: &'a Speaker,
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

impl Teller<'_> {
    /// A page of its own.
    pub fn page(&self, explanation: &Explanation) -> Page {
        let mut blocks = Vec::new();
        if let Some(note) = &explanation.synthetic {
            blocks.push(Block::Notice(self.speaker.say("report-synthetic", &[("note", text(note.as_ref()))])));
        }
        let purpose = super::publication::said(explanation.minimum_cohort, self.speaker);
        blocks.push(Block::Paragraph(vec![Piece::new(purpose, Tone::Strong)]));
        let mut rules = explanation.rules.title.to_string();
        if let Some(version) = &explanation.rules.version {
            let version = self.speaker.say("report-version", &[("version", text(version.as_ref()))]);
            rules = format!("{rules}. {version}");
        }
        if let Some(scenario) = &explanation.rules.scenario {
            let scenario = self.speaker.say("report-scenario-name", &[("title", text(scenario.as_ref()))]);
            rules = format!("{rules}. {scenario}");
        }
        blocks.push(Block::Paragraph(vec![Piece::new(format!("{rules}."), Tone::Faint)]));
        blocks.extend(super::summary::replaced(self.rules, self.speaker).into_iter().map(Block::Notice));
        for line in self.rules_said(explanation) {
            blocks.push(Block::Paragraph(vec![Piece::new(line, Tone::Faint)]));
        }
        blocks.extend(
            self.steps(explanation)
                .into_iter()
                .map(|node| Block::Section(Section { title: node.line, blocks: vec![Block::Tree(node.children)] })),
        );
        Page { title: school_title(&explanation.school), language: self.speaker.language(), blocks }
    }

    /// The documents that the rules as a whole follow, and what is written beside them.
    fn rules_said(&self, explanation: &Explanation) -> Vec<String> {
        let rules = &explanation.rules;
        let bases = rules.bases.iter().map(|basis| ("explain-basis", basis));
        let notes = rules.explanations.iter().map(|note| ("explain-explanation", note));
        bases.chain(notes).map(|(id, note)| self.speaker.say(id, &[("text", text(note.as_ref()))])).collect()
    }

    /// The whole: one node per category, and one for the populations that the school is not in.
    pub fn steps(&self, explanation: &Explanation) -> Vec<Node> {
        crate::stack::roomy(&|| self.all_steps(explanation))
    }

    fn all_steps(&self, explanation: &Explanation) -> Vec<Node> {
        let mut nodes: Vec<Node> = explanation.categories.iter().map(|c| self.category(c, explanation)).collect();
        let outside: Vec<Node> = explanation.populations.iter().filter_map(|p| self.population(p)).collect();
        if !outside.is_empty() {
            let title = Piece::new(self.speaker.word("explain-populations"), Tone::Strong);
            nodes.push(Node { line: vec![title], children: outside });
        }
        nodes
    }

    /// Verdicts with their reasons, without the steps.
    pub fn brief(&self, explanation: &Explanation) -> Vec<Node> {
        let category = |category: &CategoryExplanation| {
            // what criteria would come to decides nothing about a school that is not judged
            let judged = category.criteria.iter().filter(|_| category.verdict != Verdict::NotJudged);
            Node {
                line: self.category_line(category, explanation),
                children: judged.map(|c| Node::new(self.criterion_line(c))).collect(),
            }
        };
        explanation.categories.iter().map(category).collect()
    }

    /// What one step says, without the steps that led to it.
    pub fn line(&self, traced: &crate::explain::condition::Node) -> Line {
        self.node(traced).line
    }

    /// The same where its value is held against another one.
    pub(in crate::report) fn line_told(&self, traced: &Traced, told: Told<'_>) -> Line {
        self.node_told(traced, told).line
    }

    /// Why a category does not judge the school, in a few words; `None`: it does.
    pub fn not_judged(&self, category: &CategoryExplanation, explanation: &Explanation) -> Option<String> {
        let among = category.among.filter(|_| category.verdict == Verdict::NotJudged)?;
        outside(among, &explanation.populations, self.speaker)
    }

    fn category_line(&self, category: &CategoryExplanation, explanation: &Explanation) -> Line {
        let name = titled(&category.name, category.title.as_deref());
        let mut line = vec![Piece::new(name, Tone::Strong), Piece::plain(": ")];
        line.extend(self.verdict(category_word(category.verdict), category.verdict));
        if let Some(why) = self.not_judged(category, explanation) {
            line.push(Piece::new(format!(" – {why}"), Tone::Open));
        }
        let unsure =
            |p: &&PopulationExplanation| Some(p.id) == category.among && matches!(p.standing, Standing::Unknown(_));
        if let Some(population) = explanation.populations.iter().find(unsure) {
            let name = titled(&population.name, population.title.as_deref());
            let why = self.speaker.say("explain-unsure-whether-judged", &[("name", text(name))]);
            line.push(Piece::new(format!(" – {why}"), Tone::Open));
        }
        if let Some(decision) = &category.registered {
            line.push(Piece::new(format!("; {}", registered::short(decision, self.speaker)), Tone::Strong));
        }
        line
    }

    /// What people decided about the school.
    fn registered(&self, category: &CategoryExplanation) -> Vec<Node> {
        let Some(decision) = &category.registered else { return Vec::new() };
        let head = registered::head(decision, category.verdict, self.speaker);
        let mut node = Node::new(vec![Piece::new(head, Tone::Strong)]);
        let lines = registered::lines(decision, category.verdict, self.speaker);
        node.children = lines.into_iter().map(|line| Node::new(vec![Piece::plain(line)])).collect();
        let stands = self.speaker.word("explain-registered-stands");
        vec![node, Node::new(vec![Piece::new(stands, Tone::Open)])]
    }

    fn category(&self, category: &CategoryExplanation, whole: &Explanation) -> Node {
        let listed: Vec<Detail> = category.groups.iter().map(|g| Detail::Group(g.id, g.verdict)).collect();
        let own = category.criteria.iter().filter(|c| c.group.is_none());
        let criteria: Vec<Detail> = own.map(|c| Detail::Criterion(c.id, c.verdict)).collect();
        let mut tree = self.registered(category);
        if category.verdict == Verdict::NotJudged {
            // why the school is left out comes before all that would count for others
            let population = whole.populations.iter().find(|p| Some(p.id) == category.among);
            tree.extend(population.and_then(|p| self.population(p)));
            let line = self.speaker.word("explain-criteria-without-effect");
            tree.push(Node::new(vec![Piece::new(line, Tone::Open)]));
        }
        tree.extend(self.category_rule(category, &[listed, criteria]));
        tree.extend(self.weight(category));
        match self.category_unknown(category, whole.unknowns.as_ref()) {
            Some(unknown) => tree.push(unknown),
            None => {
                let lines = self.outlook(&category.outlook, Extent::Category);
                tree.extend(lines.into_iter().map(|line| Node::new(vec![Piece::new(line, Tone::Open)])));
            }
        }
        let turning = whole.changes.as_ref();
        let turning = turning.and_then(|all| all.categories.iter().find(|c| c.category == category.id));
        tree.extend(turning.into_iter().flat_map(|changes| self.category_changes(changes)));
        for group in &category.groups {
            let criteria = category.criteria.iter().filter(|c| c.group == Some(group.id));
            tree.push(self.group(group, criteria, whole));
        }
        tree.extend(category.criteria.iter().filter(|c| c.group.is_none()).map(|c| self.criterion(c, whole)));
        tree.extend(self.notes(&category.notes));
        Node { line: self.category_line(category, whole), children: tree }
    }

    /// What a group is called in a list of steps.
    pub fn group_name(&self, group: &GroupExplanation) -> String {
        let name = self.numbered(&group.number, group.title.as_deref());
        self.speaker.say("explain-group", &[("name", text(name))])
    }

    /// What a criterion is called in a list of steps.
    pub fn criterion_name(&self, criterion: &CriterionExplanation) -> String {
        let name = self.numbered(&criterion.number, criterion.title.as_deref());
        self.speaker.say("explain-criterion", &[("name", text(name))])
    }

    fn group<'b>(
        &self,
        group: &GroupExplanation,
        criteria: impl Iterator<Item = &'b CriterionExplanation>,
        whole: &Explanation,
    ) -> Node {
        let criteria: Vec<&CriterionExplanation> = criteria.collect();
        let mut line = vec![Piece::plain(self.group_name(group)), Piece::plain(": ")];
        line.extend(self.verdict(group_word(group.verdict), group.verdict));
        let mut node = Node::new(line);
        let listed = criteria.iter().map(|c| Detail::Criterion(c.id, c.verdict)).collect();
        node.children.push(self.rule(&group.rule, &[listed]));
        let lines = self.outlook(&group.outlook, Extent::Group);
        node.children.extend(lines.into_iter().map(|line| Node::new(vec![Piece::new(line, Tone::Open)])));
        node.children.extend(criteria.into_iter().map(|c| self.criterion(c, whole)));
        node.children.extend(self.notes(&group.notes));
        node
    }

    fn criterion_line(&self, criterion: &CriterionExplanation) -> Line {
        let mut line = vec![Piece::plain(self.criterion_name(criterion)), Piece::plain(" – ")];
        line.extend(self.verdict(criterion_word(criterion.verdict), criterion.verdict));
        if let Some(reason) = self.speaker.reason(criterion, self.rules) {
            line.push(Piece::plain(self.speaker.say("explain-verdict-reason", &[("reason", text(reason))])));
        }
        line
    }

    fn criterion(&self, criterion: &CriterionExplanation, whole: &Explanation) -> Node {
        let mut node = Node::new(self.criterion_line(criterion));
        if let Some(quoted) = self.rule_text(&criterion.condition) {
            let rule = self.speaker.say("explain-rule", &[("text", text(quoted))]);
            node.children.push(Node::new(vec![Piece::new(rule, Tone::Faint)]));
        }
        node.children.push(self.node(&criterion.condition));
        if let Some(policy) = criterion.policy_applied {
            let id = match policy {
                MissingData::Undetermined => "explain-policy-undetermined",
                MissingData::NotMet => "explain-policy-not-met",
                MissingData::Met => "explain-policy-met",
                MissingData::NotApplicable => "explain-policy-not-applicable",
            };
            node.children.push(Node::new(vec![Piece::new(self.speaker.word(id), Tone::Open)]));
        }
        let turning = whole.changes.as_ref();
        let turning = turning.and_then(|all| all.criteria.iter().find(|c| c.criterion == criterion.id));
        // cells that are told with what each would settle are not listed a first time
        let told = turning.is_some_and(|changes| changes.missing.len() >= criterion.missing.len());
        if !criterion.missing.is_empty() && !told {
            let mut missing = Node::new(vec![Piece::new(self.speaker.word("explain-missing-cells"), Tone::Open)]);
            missing.children = criterion.missing.iter().map(|cell| Node::new(self.cell(cell))).collect();
            node.children.push(missing);
        }
        for rows in &criterion.missing_rows {
            let id = if rows.others == 0 { "explain-no-rows" } else { "explain-no-matching-rows" };
            let arguments = [("table", text(rows.table_title.as_ref())), ("count", count(rows.others))];
            let line = self.speaker.say(id, &arguments);
            node.children.push(Node::new(vec![Piece::new(line, Tone::Open)]));
        }
        if let Some(alternatives) = criterion.alternatives {
            let said = |verdict| text(self.speaker.word(category_word(verdict)));
            let arguments =
                [("met", said(alternatives.category_if_met)), ("not_met", said(alternatives.category_if_not_met))];
            let line = self.speaker.say("explain-alternatives", &arguments);
            node.children.push(Node::new(vec![Piece::new(line, Tone::Open)]));
        }
        node.children.extend(self.criterion_unknown(criterion, whole.unknowns.as_ref()));
        node.children.extend(turning.into_iter().flat_map(|changes| self.changes(changes)));
        node.children.extend(self.rounding(criterion));
        node.children.extend(self.notes(&criterion.notes));
        node
    }

    /// Whether rounding the values would turn a comparison.
    fn rounding(&self, criterion: &CriterionExplanation) -> Vec<Node> {
        let Some(turned) = rounding::rounding(&criterion.condition, self.rules) else { return Vec::new() };
        if turned.is_empty() {
            return vec![Node::new(vec![Piece::new(self.speaker.word("rounding-nothing"), Tone::Faint)])];
        }
        let line = |turned: &rounding::Turned| {
            let place = ("place", text(turned.place.code()));
            let mut line = vec![Piece::plain(self.speaker.say("rounding-turns", &[place]) + " ")];
            line.extend(self.line(&turned.comparison));
            Node::new(line)
        };
        turned.iter().map(line).collect()
    }

    /// A rule that counts all that is explained right below it does not list it a first time.
    fn rule(&self, rule: &Traced, below: &[Vec<Detail>]) -> Node {
        let mut node = self.node(rule);
        let named = |child: &Traced| matches!(child.detail, Detail::Criterion(..) | Detail::Group(..));
        let is_count = matches!(rule.detail, Detail::Quantified(_)) && rule.children.iter().all(named);
        if is_count && below.iter().any(|list| same_rules(&rule.children, list)) {
            // the parameter that says how many stays
            let limit = matches!(&rule.detail, Detail::Quantified(count) if count.limit.is_some());
            node.children.truncate(usize::from(limit));
        }
        node
    }

    /// `1.2 «Title»`
    pub fn numbered(&self, number: &str, title: Option<&str>) -> String {
        match title {
            Some(title) => self.speaker.say("explain-numbered", &[("number", text(number)), ("title", text(title))]),
            None => number.to_owned(),
        }
    }

    fn verdict(&self, id: &str, verdict: Verdict) -> Line {
        let mut line = vec![Piece::new(self.speaker.word(id), Tone::of(verdict))];
        if let Verdict::Undetermined(reasons) = verdict {
            line.push(Piece::new(format!(" ({})", self.speaker.reasons(reasons.of_not_knowing())), Tone::Open));
        }
        line
    }

    /// What the undetermined criteria could still change, and that others were decided by the data that are there.
    pub fn outlook(&self, outlook: &Outlook, of: Extent) -> Vec<String> {
        let id = match (outlook.certainty, of) {
            (Certainty::Decided, _) => return Vec::new(),
            (Certainty::MetWhatever, Extent::Category) => "outlook-category-met",
            (Certainty::MetWhatever, Extent::Group) => "outlook-group-met",
            (Certainty::NotMetWhatever, Extent::Category) => "outlook-category-not-met",
            (Certainty::NotMetWhatever, Extent::Group) => "outlook-group-not-met",
            (Certainty::Open, _) => "explain-open",
            (Certainty::TooMany, _) => "explain-too-many-open",
        };
        let list = ("list", text(self.numbers(&outlook.undetermined)));
        let mut lines = vec![self.speaker.say(id, &[("count", count(outlook.undetermined.len())), list])];
        if outlook.skipped && matches!(outlook.certainty, Certainty::MetWhatever | Certainty::NotMetWhatever) {
            lines.push(self.speaker.word("outlook-skipped"));
        }
        lines
    }

    fn notes(&self, notes: &Notes) -> Vec<Node> {
        let mut nodes = Vec::new();
        for (note, id) in [
            (&notes.basis, "explain-basis"),
            (&notes.explanation, "explain-explanation"),
            (&notes.reading, "explain-reading"),
        ] {
            if let Some(note) = note {
                let line = self.speaker.say(id, &[("text", text(note.as_ref()))]);
                nodes.push(Node::new(vec![Piece::new(line, Tone::Faint)]));
            }
        }
        nodes
    }

    fn population(&self, population: &PopulationExplanation) -> Option<Node> {
        let name = titled(&population.name, population.title.as_deref());
        let name = ("name", text(name));
        let mut children = Vec::new();
        let line = match &population.standing {
            Standing::Member => return None,
            Standing::ConditionNotMet(condition) => {
                children.push(self.node(condition));
                self.speaker.say("explain-outside-condition", &[name])
            }
            Standing::OutsideBase(base) => {
                let base = self.rules.populations.get(base.index()).map_or("", |p| p.name.as_ref());
                self.speaker.say("explain-outside-base", &[name, ("base", text(base))])
            }
            Standing::Excluded { basis, condition, .. } => {
                let line = self.speaker.say("explain-excluded", &[name]);
                children.push(self.node(condition));
                if let Some(basis) = basis {
                    let basis = self.speaker.say("explain-basis", &[("text", text(basis.as_ref()))]);
                    children.push(Node::new(vec![Piece::new(basis, Tone::Faint)]));
                }
                line
            }
            Standing::Unknown(reasons) => {
                self.speaker.say("explain-membership-unknown", &[name, ("reasons", Argument::Reasons(*reasons))])
            }
        };
        children.extend(self.notes(&population.notes));
        Some(Node { line: vec![Piece::plain(line)], children })
    }

    /// The text of a condition in the rules, its cases told apart by a mark.
    pub(in crate::report) fn rule_text(&self, condition: &Traced) -> Option<String> {
        let Some(ExprKind::If { branches, .. }) = self.rules.expr(condition.expr).map(|e| &e.kind) else {
            return self.quoted(condition.span);
        };
        let mut cases = Vec::new();
        let mut rest = condition.span;
        for (_, then) in branches {
            let end = self.rules.expr(*then).map(|e| e.span.span.end).filter(|end| *end > rest.span.start)?;
            let case = SourceSpan { span: Span::new(rest.span.start, end), ..rest };
            cases.push(self.quoted(case)?);
            rest.span = Span::new(end, rest.span.end);
        }
        cases.extend(self.quoted(rest));
        Some(cases.join("; "))
    }

    /// The words of the rules at a place, in one line.
    pub(in crate::report) fn quoted(&self, at: crate::location::SourceSpan) -> Option<String> {
        let text = crate::syntax::without_comments(self.sources.get(at.source)?.slice(at.span));
        let words: Vec<&str> = text.split_whitespace().collect();
        let quoted = words.join(" ");
        if quoted.is_empty() {
            return None;
        }
        if quoted.chars().count() <= MOST_QUOTED {
            return Some(quoted);
        }
        Some(quoted.chars().take(MOST_QUOTED).chain(['…']).collect())
    }
}

/// Why a school is not in a population, in a few words; `None`: it is, or it cannot be told.
pub fn outside(population: PopulationId, all: &[PopulationExplanation], speaker: &Speaker) -> Option<String> {
    let mut id = population;
    // a population that is a part of another one is no longer than there are populations
    for _ in 0..all.len() {
        let population = all.iter().find(|p| p.id == id)?;
        let name = titled(&population.name, population.title.as_deref());
        return Some(match &population.standing {
            Standing::OutsideBase(base) => {
                id = *base;
                continue;
            }
            Standing::Excluded { basis: Some(basis), .. } => {
                let arguments = [("name", text(name)), ("basis", text(basis.as_ref()))];
                speaker.say("explain-not-judged-excluded", &arguments)
            }
            Standing::Excluded { basis: None, .. } => speaker.say("explain-not-judged-unsaid", &[("name", text(name))]),
            Standing::ConditionNotMet(_) => speaker.say("explain-not-judged-outside", &[("name", text(name))]),
            Standing::Unknown(_) | Standing::Member => return None,
        });
    }
    None
}

/// Whether nodes name these criteria or groups, each once, in any order.
fn same_rules(nodes: &[Traced], list: &[Detail]) -> bool {
    let same = |node: &Traced, detail: &Detail| match (&node.detail, detail) {
        (Detail::Criterion(a, _), Detail::Criterion(b, _)) => a == b,
        (Detail::Group(a, _), Detail::Group(b, _)) => a == b,
        _ => false,
    };
    nodes.len() == list.len() && list.iter().all(|detail| nodes.iter().any(|node| same(node, detail)))
}

const MOST_QUOTED: usize = 300;

/// `Code Name`
pub fn school_title(school: &School) -> String {
    match &school.title {
        Some(title) => format!("{} {title}", school.code),
        None => school.code.to_string(),
    }
}

/// The title, or the name as people read it where there is none.
fn titled(name: &str, title: Option<&str>) -> String {
    title.map_or_else(|| name.replace('_', " "), str::to_owned)
}
