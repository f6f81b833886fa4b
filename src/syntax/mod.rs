//! Text → tree and tree → text, in both vocabularies.
//!
//! The only module that sees pest, in one file of it. Knows nothing of what the tree means.

mod build;
mod chunks;
pub mod draft;
mod incomplete;
pub mod keywords;
mod mistakes;
mod parser;
mod print;
pub mod tree;
mod without_spans;
mod wordings;

use crate::diagnostic::syntax as kinds;
use crate::diagnostic::{Argument, Diagnostic, Outcome};
use crate::language::Language;
use crate::location::{SourceId, SourceSpan, Span};
use crate::stack;

pub use chunks::without_comments;
pub use keywords::function_words;
pub use keywords::mistaken::meant_function;
pub use keywords::wordings::{bound_behind, number_in_words};
pub use print::{Part, print, print_alterations, print_part};
pub use without_spans::content;
pub use wordings::{other_wording, written_as_word};

/// The largest rules file.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The deepest nesting of parentheses and quotation marks.
pub const MAX_DEPTH: usize = 200;
/// The most operators and parentheses in one block.
pub const MAX_OPERATORS: usize = 1000;
/// Parentheses nested no deeper than this are read on the caller's stack.
const SHALLOW: usize = 12;
/// Problems reported for one file before the rest is left.
const MAX_PROBLEMS: usize = 100;

/// Parses a rules file. The tree holds everything that could be read, even when there are errors.
pub fn parse(source: SourceId, text: &str) -> Outcome<tree::File> {
    parse_as(source, text, None)
}

/// The same tree, each part of which can be put into the tree of another text: its spans know their own.
pub fn parse_movable(source: SourceId, text: &str) -> Outcome<tree::File> {
    parse_as(source, text, Some(source))
}

fn parse_as(source: SourceId, text: &str, elsewhere: Option<SourceId>) -> Outcome<tree::File> {
    if text.len() > MAX_BYTES {
        let at = SourceSpan::new(source, Span::new(0, 0));
        let problem = Diagnostic::at(kinds::FILE_TOO_LARGE, at)
            .with("size", Argument::Count(i64::try_from(text.len() / (1024 * 1024)).unwrap_or(i64::MAX)))
            .with("limit", Argument::Count(4));
        return Outcome { value: None, diagnostics: vec![problem] };
    }
    if chunks::depth(text) <= SHALLOW {
        return read(source, text, elsewhere);
    }
    // the grammar descends some fifteen rules for one parenthesis
    stack::roomy(&|| read(source, text, elsewhere))
}

/// Parses a text of bounded size on a stack that is large enough for it.
fn read(source: SourceId, text: &str, elsewhere: Option<SourceId>) -> Outcome<tree::File> {
    let folded = chunks::fold(text);
    let mut builder = build::Builder { source, text, folded: &folded, base: 0, elsewhere, diagnostics: Vec::new() };
    let comments = chunks::comments(text);
    let mut blocks = Vec::new();
    let mut broken = Vec::new();
    let chunks = chunks::split(&folded);
    if chunks.blocks.is_empty() && chunks.before.is_empty() {
        builder.diagnostics.push(Diagnostic::at(kinds::EMPTY_FILE, SourceSpan::new(source, Span::new(0, 0))));
        return Outcome { value: None, diagnostics: builder.diagnostics };
    }
    if !chunks.before.is_empty() {
        let problem = mistakes::before_first_block(source, text, &folded, chunks.before.clone());
        if problem.kind == kinds::UNKNOWN_BLOCK {
            broken.push(tree::Name { text: "".into(), span: Span::new(0, 0) });
        }
        builder.diagnostics.push(problem);
    }
    for range in chunks.blocks {
        builder.base = range.start;
        let chunk = folded.get(range.clone()).unwrap_or("");
        let nodes = mistakes::nodes_of_chunk(&mut builder, chunk, &mut broken);
        for node in &nodes {
            if let Some(block) = build::item(&mut builder, node) {
                blocks.push(block);
            }
        }
        if builder.diagnostics.len() > MAX_PROBLEMS {
            let at = SourceSpan::new(source, Span::new(range.start, range.start));
            builder.diagnostics.push(Diagnostic::at(kinds::TOO_MANY_PROBLEMS, at));
            break;
        }
    }
    let before = builder.diagnostics.len();
    let (header, items) = builder.join(blocks);
    for problem in builder.diagnostics.iter().skip(before) {
        if let crate::location::Place::Text(at) = problem.place {
            broken.push(tree::Name { text: "".into(), span: at.span });
        }
    }
    let language = keywords::vocabulary(&folded);
    let blank_lines = chunks::blank_lines(text);
    let file = tree::File { language, header, items, comments, blank_lines, broken };
    Outcome { value: Some(file), diagnostics: builder.diagnostics }
}

/// Whether a word can be the name of a table and of a column, wherever names stand.
pub fn is_free_name(word: &str) -> bool {
    let text =
        format!("table {word}\n  key {word}\n  column {word} number\n\nindicator a_b = {word} + {word}.{word}\n");
    !parse(SourceId::default(), &text).has_errors()
}

/// The vocabulary that most keywords of a text come from.
pub fn language(text: &str) -> Language {
    keywords::vocabulary(&chunks::fold(text))
}
