//! The grammar at work: folded text → plain nodes, or the place where it stopped and what would have fitted there.
//!
//! The only file that sees pest.

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};
use pest::iterators::Pair;

/// The compiled grammar.
#[derive(Debug, pest_derive::Parser)]
#[grammar = "../grammar/rules.pest"]
struct Grammar;

/// One node of what the grammar saw; offsets are bytes of the chunk.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub rule: Rule,
    pub start: usize,
    pub end: usize,
    pub children: Vec<Node>,
}

/// Where a chunk stopped to fit, and the rules that would have fitted there.
#[derive(Debug, Clone)]
pub(super) struct Stop {
    pub at: usize,
    pub expected: Vec<Rule>,
}

/// A whole chunk: one or more blocks.
pub(super) fn parse_chunk(folded: &str) -> Result<Vec<Node>, Stop> {
    run(Rule::chunk, folded).map(|node| node.children.into_iter().filter(|n| n.rule != Rule::EOI).collect())
}

/// The rule of the keyword that starts a block here, when one does.
pub(super) fn block_start(folded: &str) -> Option<Rule> {
    run(Rule::block_start, folded).ok().and_then(|node| node.children.first().map(|n| n.rule))
}

/// Whether a clause of some block starts here.
pub(super) fn clause_start(folded: &str) -> bool {
    run(Rule::clause_start, folded).is_ok()
}

/// A text that is one unit word and nothing else.
pub(super) fn unit_word(folded: &str) -> bool {
    run(Rule::unit, folded).is_ok_and(|node| node.end == folded.len())
}

fn run(rule: Rule, folded: &str) -> Result<Node, Stop> {
    match Grammar::parse(rule, folded) {
        Ok(mut pairs) => pairs.next().map(node).ok_or(Stop { at: 0, expected: Vec::new() }),
        Err(error) => {
            let at = match error.location {
                InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
            };
            let expected = match error.variant {
                ErrorVariant::ParsingError { positives, .. } => positives,
                ErrorVariant::CustomError { .. } => Vec::new(),
            };
            Err(Stop { at, expected })
        }
    }
}

fn node(pair: Pair<'_, Rule>) -> Node {
    let span = pair.as_span();
    Node { rule: pair.as_rule(), start: span.start(), end: span.end(), children: pair.into_inner().map(node).collect() }
}
