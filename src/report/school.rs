//! One school as blocks: its verdicts, category by category, with the value of each criterion beside the rule.
//!
//! Reads the run; the words of the rules are quoted from their text.

use super::csv::{category_word, criterion_word};
use super::list::{Judgement, identifying, principal_value};
use super::page::{Block, Node, Piece, Tone};
use super::summary::named;
use crate::decision::{RowColumn, StepColumn, Verdict};
use crate::diagnostic::Argument;
use crate::messages::{Precision, Speaker};
use crate::model::expr::{ExprId, ExprKind};
use crate::model::{Category, CriterionId};
use crate::source::Sources;
use crate::value::{Reasons, Truth, Type, Value};

/// The value of an expression for a row of the subject.
pub fn value_of(judgement: &Judgement<'_>, id: ExprId, row: usize) -> Option<Value> {
    let step = judgement.steps.get(id.index())?;
    match judgement.run.columns.get(step.index())? {
        StepColumn::Constant(value) => Some(value.clone()),
        StepColumn::Dropped => None,
        StepColumn::Rows(RowColumn::Numbers { values, absent }) => {
            let reasons = Reasons(absent.as_ref().and_then(|a| a.get(row)).copied().unwrap_or(0));
            if reasons.is_none() { values.get(row).map(Value::Number) } else { Some(Value::Absent(reasons)) }
        }
        StepColumn::Rows(RowColumn::Texts { values, absent }) => {
            let reasons = Reasons(absent.as_ref().and_then(|a| a.get(row)).copied().unwrap_or(0));
            Some(if reasons.is_none() { Value::Text(values.get(row).into()) } else { Value::Absent(reasons) })
        }
        StepColumn::Rows(RowColumn::Truths(values)) => values.get(row).map(|t| Value::Truth(Truth(*t))),
        StepColumn::Rows(RowColumn::Data(column)) => Some(column.value(row)),
    }
}

/// A constant expression as text.
pub fn constant(judgement: &Judgement<'_>, id: ExprId, speaker: &Speaker) -> String {
    let kind = judgement.rules.expr(id).map_or(Type::Text, |e| e.ty.clone());
    value_of(judgement, id, 0).map_or_else(String::new, |v| speaker.value(&v, &kind, Precision::Full))
}

/// Code and name of a school, as far as there are any.
pub fn code_and_name(judgement: &Judgement<'_>, row: usize) -> (String, String) {
    let rules = judgement.rules;
    let (Some(schema), Some(table)) = (rules.schema.table(rules.subject), judgement.dataset.table(rules.subject))
    else {
        return (String::new(), String::new());
    };
    let text = |id| match table.column(id).map(|c| c.value(row)) {
        Some(Value::Text(text)) => text.to_string(),
        _ => String::new(),
    };
    let code: Vec<String> = schema.key.iter().map(|id| text(*id)).collect();
    let name = identifying(schema)
        .into_iter()
        .find(|id| !schema.key.contains(id) && schema.column(*id).is_some_and(|c| c.link.is_none()))
        .map(text);
    (code.join(" "), name.unwrap_or_default())
}

/// The row of the school with this code.
pub fn find(judgement: &Judgement<'_>, code: &str) -> Option<usize> {
    (0..judgement.run.schools).find(|row| code_and_name(judgement, *row).0 == code)
}

/// Codes of schools, for suggestions.
pub fn codes(judgement: &Judgement<'_>) -> Vec<String> {
    (0..judgement.run.schools).map(|row| code_and_name(judgement, row).0).collect()
}

/// Verdicts of all categories, for the line of a list.
pub fn badges(judgement: &Judgement<'_>, row: usize) -> Vec<(String, Verdict)> {
    let verdict = |at: usize| judgement.run.categories.get(at).and_then(|v| v.get(row)).copied();
    judgement
        .rules
        .categories
        .iter()
        .enumerate()
        .filter_map(|(at, category)| Some((category.name.to_string(), verdict(at)?)))
        .collect()
}

/// The explanation of one school.
pub fn blocks(judgement: &Judgement<'_>, row: usize, sources: &Sources, speaker: &Speaker) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (at, category) in judgement.rules.categories.iter().enumerate() {
        let verdict = judgement.run.categories.get(at).and_then(|v| v.get(row)).copied();
        let Some(verdict) = verdict else { continue };
        let mut root = Node::new(vec![
            Piece::new(category.name.to_string(), Tone::Strong),
            Piece::plain(": "),
            Piece::new(speaker.word(category_word(verdict)), Tone::of(verdict)),
            Piece::new(reasons(verdict, speaker), Tone::Open),
        ]);
        root.children = members(judgement, category, row, sources, speaker);
        blocks.push(Block::Tree(vec![root]));
    }
    blocks
}

fn reasons(verdict: Verdict, speaker: &Speaker) -> String {
    match verdict {
        Verdict::Undetermined(reasons) => format!(" ({})", speaker.reasons(reasons)),
        _ => String::new(),
    }
}

fn members(
    judgement: &Judgement<'_>,
    category: &Category,
    row: usize,
    sources: &Sources,
    speaker: &Speaker,
) -> Vec<Node> {
    let rules = judgement.rules;
    let mut nodes = Vec::new();
    for id in &category.groups {
        let Some(group) = rules.groups.get(id.index()) else { continue };
        let verdict = judgement.run.group(*id, row).unwrap_or(Verdict::NotJudged);
        let mut node = Node::new(vec![
            Piece::plain(
                speaker.say("explain-group", &[("name", Argument::Text(named(&group.number, group.title.as_deref())))]),
            ),
            Piece::plain(": "),
            Piece::new(speaker.word(criterion_word(verdict)), Tone::of(verdict)),
        ]);
        node.children = group.criteria.iter().filter_map(|c| criterion(judgement, *c, row, sources, speaker)).collect();
        nodes.push(node);
    }
    let ungrouped = |id: &&CriterionId| rules.criteria.get(id.index()).is_some_and(|c| c.group.is_none());
    nodes.extend(
        category.criteria.iter().filter(ungrouped).filter_map(|c| criterion(judgement, *c, row, sources, speaker)),
    );
    nodes
}

fn criterion(
    judgement: &Judgement<'_>,
    id: CriterionId,
    row: usize,
    sources: &Sources,
    speaker: &Speaker,
) -> Option<Node> {
    let criterion = judgement.rules.criteria.get(id.index())?;
    let verdict = judgement.run.criterion(id, row)?;
    let mut node = Node::new(vec![
        Piece::plain(named(&criterion.number, criterion.title.as_deref())),
        Piece::plain(": "),
        Piece::new(speaker.word(criterion_word(verdict)), Tone::of(verdict)),
        Piece::new(reasons(verdict, speaker), Tone::Open),
    ]);
    let condition = judgement.rules.expr(criterion.condition)?;
    let quoted = sources.get(condition.span.source).map(|s| s.slice(condition.span.span)).unwrap_or("");
    let quoted: Vec<&str> = quoted.split_whitespace().collect();
    if !quoted.is_empty() {
        node.children.push(Node::new(vec![Piece::new(
            speaker.say("explain-rule", &[("text", Argument::Text(quoted.join(" ")))]),
            Tone::Faint,
        )]));
    }
    if let Some(line) = value_line(judgement, criterion.condition, row, speaker) {
        node.children.push(Node::new(vec![Piece::plain(line)]));
    }
    if let Some(basis) = &criterion.notes.basis {
        node.children.push(Node::new(vec![Piece::new(
            speaker.say("explain-basis", &[("text", Argument::Text(basis.to_string()))]),
            Tone::Faint,
        )]));
    }
    Some(node)
}

fn value_line(judgement: &Judgement<'_>, condition: ExprId, row: usize, speaker: &Speaker) -> Option<String> {
    let value_id = principal_value(judgement.rules, condition, 0)?;
    let kind = judgement.rules.expr(value_id)?.ty.clone();
    let value = value_of(judgement, value_id, row)?;
    let threshold = match &judgement.rules.expr(condition)?.kind {
        ExprKind::Compare(_, left, right) => {
            let other = if *left == value_id { *right } else { *left };
            match value_of(judgement, other, row) {
                Some(Value::Number(number)) => Some(number),
                _ => None,
            }
        }
        _ => None,
    };
    let shown = |value: &Value, other: Option<&crate::number::Number>| {
        speaker.value(value, &kind, other.map_or(Precision::Plain, Precision::Against))
    };
    let first = shown(&value, threshold.as_ref());
    Some(match (&value, threshold) {
        (Value::Number(number), Some(threshold)) => speaker.say(
            "explain-value-against",
            &[
                ("value", Argument::Text(first)),
                ("threshold", Argument::Text(shown(&Value::Number(threshold.clone()), Some(number)))),
            ],
        ),
        _ => speaker.say("explain-value", &[("value", Argument::Text(first))]),
    })
}
