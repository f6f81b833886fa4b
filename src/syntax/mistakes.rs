//! What to say when a block does not follow the grammar: the grammar gives the place, this file names the mistake.
//!
//! A broken clause is blanked out and the block is read again, so that one run shows all problems.

use std::ops::Range;

use super::build::Builder;
use super::chunks::{self, limited};
use super::keywords::mistaken::{self, first_word};
use super::parser::{self, Node, Rule, Stop};
use super::{MAX_DEPTH, MAX_OPERATORS, incomplete, keywords, tree, wordings};
use crate::diagnostic::syntax as kinds;
use crate::diagnostic::{Argument, Diagnostic, Fix, Kind};
use crate::location::{SourceId, SourceSpan, Span};

/// Broken clauses that are blanked out in one block before the rest of it is left.
const MAX_REPAIRS: usize = 20;

/// The nodes of a chunk; every mistake in it is reported.
pub(super) fn nodes_of_chunk(builder: &mut Builder<'_>, chunk: &str, broken: &mut Vec<tree::Name>) -> Vec<Node> {
    if let Some(problem) = limits(builder, chunk) {
        builder.diagnostics.push(problem);
        remember(builder, chunk, broken);
        return Vec::new();
    }
    if let Some(rule) = parser::block_start(limited(chunk, 400))
        && rule == Rule::unsupported
    {
        let word = chunk.split_whitespace().next().unwrap_or("");
        let at = span(builder, 0..word.len());
        builder.diagnostics.push(Diagnostic::at(kinds::NOT_SUPPORTED, at).text("word", word));
        return Vec::new();
    }
    let mut text = chunk.to_string();
    for _ in 0..MAX_REPAIRS {
        match parser::parse_chunk(&text) {
            Ok(nodes) => return nodes,
            Err(stop) => {
                let special = incomplete::case_without_condition(builder, &text, &stop);
                let special = special.or_else(|| incomplete::term_by_nothing(builder, &text, &stop));
                let (clause, mut problem) = match special.or_else(|| incomplete::of_scenario(builder, &text, &stop)) {
                    Some(found) => found,
                    None => {
                        let clause = clause_around(&text, stop.at);
                        let problem = diagnose(builder, &text, &stop, &clause);
                        (clause, problem)
                    }
                };
                if !mends(builder, &text, &problem) {
                    problem.fix = None;
                    if problem.kind == kinds::WORD_AFTER_UNIT {
                        // not too much, but wrong
                        let word = first_word(text.get(stop.at..).unwrap_or(""));
                        problem = unexpected(word, span(builder, stop.at..stop.at + word.len()), &stop);
                    }
                }
                builder.diagnostics.push(problem);
                remember(builder, chunk, broken);
                if clause.start > 0 && parser::block_start(limited(chunk, 400)) == Some(Rule::k_table) {
                    // the column that it describes
                    remember_word(builder, clause.start, text.get(clause.clone()).unwrap_or(""), broken);
                }
                if clause.start == 0 {
                    if parser::block_start(limited(chunk, 400)) == Some(Rule::k_ruleset) {
                        broken.push(tree::Name { text: "".into(), span: Span::new(0, 0) });
                    }
                    // The head is lost, the criteria of a category are not: they are blocks of their own.
                    return head_only(&text)
                        .map(|head| parser::parse_chunk(&head).unwrap_or_default())
                        .unwrap_or_default();
                }
                let blank: String = text.get(clause.clone()).unwrap_or("").chars().map(spaces).collect();
                text.replace_range(clause, &blank);
            }
        }
    }
    remember(builder, chunk, broken);
    Vec::new()
}

/// Whether the text is read further than the change that is suggested for it.
fn mends(builder: &Builder<'_>, text: &str, problem: &Diagnostic) -> bool {
    let Some(Fix { edits }) = &problem.fix else { return true };
    edits.iter().all(|(at, replacement)| {
        let (start, end) = (at.span.start.saturating_sub(builder.base), at.span.end.saturating_sub(builder.base));
        let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else { return false };
        let next = after.len() - after.trim_start().len();
        let mended = format!("{before}{}{after}", replacement.to_lowercase());
        match parser::parse_chunk(&mended) {
            Ok(_) => true,
            Err(stop) => stop.at > start + replacement.len() + next,
        }
    })
}

fn spaces(c: char) -> String {
    if c == '\n' { "\n".to_string() } else { " ".repeat(c.len_utf8()) }
}

/// A category keeps its name even when its rule is broken, so that its criteria are not reported as homeless.
fn head_only(text: &str) -> Option<String> {
    let first = text.lines().next()?;
    if parser::block_start(limited(text, 400)) == Some(Rule::k_scenario) {
        // without its head, what it changes would be read as rules
        let title = chunks::texts_and_code(first).find(|(_, is_text)| *is_text);
        return Some(title.map_or_else(
            || format!("{} \"\"", first_word(first)),
            |(title, _)| first.get(..title.end).unwrap_or(first).to_owned(),
        ));
    }
    matches!(parser::block_start(limited(text, 400)), Some(Rule::k_category | Rule::k_group)).then(|| {
        let words: Vec<&str> = first.split_whitespace().take(2).collect();
        words.join(" ")
    })
}

/// The name that a broken block declares, so that its uses are not reported as unknown.
fn remember(builder: &Builder<'_>, chunk: &str, broken: &mut Vec<tree::Name>) {
    remember_word(builder, 0, limited(chunk, 400), broken);
}

/// The second word of a part, which is the name that it declares.
fn remember_word(builder: &Builder<'_>, offset: usize, part: &str, broken: &mut Vec<tree::Name>) {
    let added = matches!(first_word(part), "добавить" | "add");
    let Some(word) = part.split_whitespace().nth(if added { 2 } else { 1 }) else {
        return;
    };
    let length = first_word(word).len();
    let start = (word.as_ptr() as usize).saturating_sub(part.as_ptr() as usize) + offset + builder.base;
    let span = Span::new(start, start + length);
    if let Some(text) = builder.text.get(span.start..span.end).filter(|t| !t.is_empty()) {
        broken.push(tree::Name { text: text.into(), span });
    }
}

pub(super) fn before_first_block(source: SourceId, text: &str, folded: &str, range: Range<usize>) -> Diagnostic {
    let part = text.get(range.clone()).unwrap_or("");
    let length = part.find(['\n', '\r']).unwrap_or(part.len());
    let at = SourceSpan::new(source, Span::new(range.start, range.start + length));
    let folded = folded.get(range).unwrap_or("");
    let line = folded.lines().next().unwrap_or("");
    if let Some((place, near)) = mistaken::wrong_word_of_head(line) {
        let phrase = line.get(..place.end).unwrap_or("");
        let place = SourceSpan::new(source, Span::new(at.span.start + place.start, at.span.start + place.end));
        return suggest(Diagnostic::at(kinds::UNKNOWN_BLOCK, place).text("word", phrase), near, place);
    }
    let typed = folded.split_whitespace().next().unwrap_or("");
    let other = mistaken::near_heads(typed);
    let (word, near) = match first_word(folded) {
        word if other.is_empty() => (word, mistaken::near_heads(word)),
        _ => (typed, other),
    };
    let kind = if near.is_empty() { kinds::BEFORE_FIRST_BLOCK } else { kinds::UNKNOWN_BLOCK };
    let word_at = SourceSpan::new(source, Span::new(at.span.start, at.span.start + word.len()));
    let at = if near.is_empty() { at } else { word_at };
    suggest(Diagnostic::at(kind, at).text("word", word), near, word_at)
}

pub(super) fn span(builder: &Builder<'_>, range: Range<usize>) -> SourceSpan {
    let span = Span::new(builder.base + range.start, builder.base + range.end);
    SourceSpan::new(builder.source, span)
}

/// Depth and size of a block, before the grammar descends into it. Signs and words inside texts are no operations.
fn limits(builder: &Builder<'_>, chunk: &str) -> Option<Diagnostic> {
    let (mut depth, mut operators) = (0usize, 0usize);
    for (range, is_text) in chunks::texts_and_code(chunk) {
        let part = chunk.get(range.clone()).unwrap_or("");
        let (mut marks, mut word) = (0usize, 0usize);
        for (at, c) in part.char_indices() {
            let here = range.start + at..range.start + at + c.len_utf8();
            match c {
                '«' => marks += 1,
                '»' => marks = marks.saturating_sub(1),
                _ if is_text => continue,
                '(' => {
                    depth += 1;
                    operators += 1;
                }
                ')' => depth = depth.saturating_sub(1),
                '+' | '*' | '/' | '-' | '−' | '–' => operators += 1,
                _ => {}
            }
            if !c.is_alphanumeric() && c != '_' {
                let joins = matches!(part.get(word..at), Some("и" | "или" | "не" | "and" | "or" | "not"));
                operators += usize::from(joins);
                word = at + c.len_utf8();
            }
            if depth > MAX_DEPTH || marks > MAX_DEPTH {
                return Some(Diagnostic::at(kinds::NESTED_TOO_DEEP, span(builder, here)).count("limit", MAX_DEPTH));
            }
            if operators > MAX_OPERATORS {
                let problem = Diagnostic::at(kinds::EXPRESSION_TOO_LONG, span(builder, here));
                return Some(problem.count("limit", MAX_OPERATORS));
            }
        }
    }
    None
}

/// The clause that holds a place: from its line to the next line that starts a clause. Starts at 0 for the head.
pub(super) fn clause_around(text: &str, at: usize) -> Range<usize> {
    let mut starts = vec![0];
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if offset > 0 && !line.trim().is_empty() {
            let rest = limited(text.get(offset + indent..).unwrap_or(""), 200);
            let stray = (indent == 0 || offset + indent == at) && looks_like_clause(text, offset + indent);
            if parser::clause_start(rest) || stray && !keywords::is_hard(first_word(rest)) || block_word(rest) {
                starts.push(offset + indent);
            }
        }
        offset += line.len();
    }
    let which = starts.partition_point(|start| *start <= at).saturating_sub(1);
    let start = starts.get(which).copied().unwrap_or(0);
    let mut end = starts.get(which + 1).copied().unwrap_or(text.len());
    if start > 0 && block_word(text.get(start..).unwrap_or("")) {
        // A block that lost its head takes its clauses with it: they fit no other block.
        end = text.len();
    }
    start..end.max(start)
}

/// A line that begins as a criterion or group does, without the number that would make it one.
fn block_word(rest: &str) -> bool {
    let word = first_word(rest);
    let next = rest.get(word.len()..).unwrap_or("").trim_start();
    matches!(word, "критерий" | "группа" | "criterion" | "group")
        && (next.starts_with(['«', '"', '№']) || keywords::wordings::number_in_words(first_word(next)).is_some())
}

/// A line that begins with a word and is not the rest of an open parenthesis.
fn looks_like_clause(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    before.matches('(').count() <= before.matches(')').count()
        && text.get(at..).and_then(|t| t.chars().next()).is_some_and(char::is_alphabetic)
}

/// Names the mistake at the place where the grammar stopped.
fn diagnose(builder: &Builder<'_>, text: &str, stop: &Stop, clause: &Range<usize>) -> Diagnostic {
    let at = stop.at;
    let rest = text.get(at..).unwrap_or("");
    let before = text.get(clause.start..at).unwrap_or("");
    let line = rest.lines().next().unwrap_or("").trim_end();
    let word = first_word(rest);
    let here = |length: usize| span(builder, at..at + length.max(usize::from(length == 0 && !rest.is_empty())));
    let word_here = here(if word.is_empty() { rest.chars().next().map_or(0, char::len_utf8) } else { word.len() });
    let with_space = {
        let gap = before.len() - before.trim_end_matches([' ', '\t', '\u{a0}']).len();
        span(builder, at - gap..at + word.len())
    };
    let expects = |rules: &[Rule]| stop.expected.iter().any(|r| rules.contains(r));
    let simple = |kind: Kind, at: SourceSpan| Diagnostic::at(kind, at);

    if let Some(found) = wordings::mistake(builder, text, stop, clause).or_else(|| targeted(builder, text, clause)) {
        return found;
    }
    if let Some(open) = unclosed_text(line) {
        return simple(kinds::UNCLOSED_TEXT, span(builder, at + open..at + line.len()));
    }
    if line.starts_with("=<") || line.starts_with("=>") {
        let right = if line.starts_with("=<") { "<=" } else { ">=" };
        return simple(kinds::REVERSED_OPERATOR, here(2)).text("right", right).fix(here(2), right);
    }
    if line.starts_with(')') && choice_without_rest(before) {
        return simple(kinds::MISSING_ELSE, here(1));
    }
    if line.starts_with(')') {
        return simple(kinds::EXTRA_PARENTHESIS, here(1));
    }
    let open = before.matches('(').count() > before.matches(')').count();
    if line.starts_with(',') && open && line.chars().nth(1).is_some_and(|c| !c.is_whitespace()) {
        return simple(kinds::COMMA_WITHOUT_SPACE, here(1)).fix(here(1), ";");
    }
    let comma = before.len().saturating_sub(1);
    if open && before.ends_with(',') && !line.is_empty() {
        let at = span(builder, clause.start + comma..at);
        return simple(kinds::COMMA_WITHOUT_SPACE, at).fix(at, "; ");
    }
    if open && (line.is_empty() || at_line_start(text, at)) {
        let start = clause.start + last_open(before);
        return simple(kinds::UNCLOSED_PARENTHESIS, span(builder, start..start + 1));
    }
    let previous = before.trim_end_matches([' ', '\t', '\u{a0}']);
    let same_line = previous.len() == before.trim_end().len() && !previous.is_empty();
    let after_digit = previous.chars().next_back().is_some_and(|c| c.is_ascii_digit());
    if same_line && after_digit && line.chars().next().is_some_and(|c| c.is_ascii_digit()) {
        return simple(kinds::TWO_NUMBERS, here(digits(line)));
    }
    if same_line && block_word(before) | block_word(text.get(clause.start..).unwrap_or("")) {
        let start = clause.start + first_word(before).len();
        return simple(kinds::MISSING_NUMBER, span(builder, start.saturating_sub(last_char(text, start))..start));
    }
    let valued = before.contains('=') && ends_value(previous);
    if same_line && line.starts_with(['«', '"']) && valued && !expects(&[Rule::text]) {
        let end =
            line.char_indices().nth(1).and_then(|(i, _)| line.get(i..)?.find(['»', '"']).map(|e| i + e)).unwrap_or(0);
        return simple(kinds::TITLE_AFTER_VALUE, here(end + 2));
    }
    if let Some(sign) = previous.chars().next_back().filter(|c| "<>".contains(*c) && line.starts_with('=')) {
        let at = span(builder, clause.start + previous.len() - 1..at + 1);
        return simple(kinds::REVERSED_OPERATOR, at).text("right", format!("{sign}=")).fix(at, format!("{sign}="));
    }
    if same_line && !word.is_empty() && last_word(previous) == word {
        return simple(kinds::WORD_REPEATED, word_here).text("word", word).fix(with_space, "");
    }
    let last = last_word(previous);
    let earlier = previous.strip_suffix(last).unwrap_or("").trim_end();
    if same_line && !last.is_empty() && last_word(earlier) == last {
        let (first, end) = (clause.start + earlier.len(), clause.start + previous.len());
        let problem = simple(kinds::WORD_REPEATED, span(builder, end - last.len()..end)).text("word", last);
        return problem.fix(span(builder, first..end), "");
    }
    if let Some(number) = line.strip_prefix('%').map(str::trim_start).filter(|n| digits(n) > 0) {
        let number = number.get(..digits(number)).unwrap_or("");
        let end = line.find(number).unwrap_or(0) + number.len();
        return simple(kinds::PERCENT_BEFORE_NUMBER, here(end))
            .text("right", format!("{number} %"))
            .fix(here(end), format!("{number} %"));
    }
    if mistaken::begins_comparison(line) && mistaken::has_comparison(before) && !expects_value(&stop.expected) {
        return simple(kinds::CHAINED_COMPARISON, word_here);
    }
    if same_line && !word.is_empty() && (after_digit || previous.ends_with('%')) {
        if keywords::is_hard(word) {
            return unexpected(word, word_here, stop);
        }
        if after_digit && !digit_then_unit(previous) {
            let near = mistaken::near_units(word);
            return suggest(simple(kinds::UNKNOWN_UNIT, word_here).text("word", word), near, word_here);
        }
        return simple(kinds::WORD_AFTER_UNIT, word_here).text("word", word).fix(with_space, "");
    }
    if same_line && !word.is_empty() && ends_unit(previous) {
        return simple(kinds::WORD_AFTER_UNIT, word_here).text("word", word).fix(with_space, "");
    }
    if keywords::is_hard(word) && expects(&[Rule::name]) && !expects(&[Rule::primary, Rule::expr]) {
        return simple(kinds::RESERVED_WORD, word_here).text("word", word);
    }
    if expects(&[Rule::eq]) && at > 0 {
        let end = clause.start + before.trim_end().len();
        return simple(kinds::MISSING_EQUALS, span(builder, end..end + 1)).fix(span(builder, end..end), " =");
    }
    if word == "если" || word == "if" {
        return simple(kinds::IF_OUTSIDE_PARENTHESES, word_here);
    }
    if at_line_start(text, at) && !word.is_empty() {
        if parser::clause_start(limited(rest, 200)) && !expects_value(&stop.expected) {
            return simple(kinds::CLAUSE_OF_OTHER_BLOCK, word_here).text("word", word);
        }
        if !expects_value(&stop.expected) {
            if let Some((place, near)) = mistaken::wrong_word_of_head(line) {
                let phrase = line.get(..place.end).unwrap_or(word);
                let place = span(builder, at + place.start..at + place.end);
                return suggest(simple(kinds::UNKNOWN_CLAUSE, place).text("word", phrase), near, place);
            }
            let near = mistaken::near_heads(word);
            let kind = if indented(text, at) { kinds::UNKNOWN_CLAUSE } else { kinds::UNKNOWN_BLOCK };
            return suggest(simple(kind, word_here).text("word", word), near, word_here);
        }
    }
    let joined = [("&&", "и", "and"), ("&", "и", "and"), ("||", "или", "or"), ("|", "или", "or")];
    if let Some((sign, russian, english)) = joined.into_iter().find(|(sign, ..)| line.starts_with(sign)) {
        let right = keywords::pick(keywords::vocabulary(builder.folded), russian, english);
        return simple(kinds::SYMBOL_NOT_ALLOWED, here(sign.len())).text("symbol", sign).fix(here(sign.len()), right);
    }
    if let Some(symbol) = line.chars().next().filter(|c| "[]{}|&^~`$@?;:\\'".contains(*c)) {
        return simple(kinds::SYMBOL_NOT_ALLOWED, here(symbol.len_utf8())).text("symbol", symbol.to_string());
    }
    if line.chars().next().is_some_and(|c| c.is_ascii_digit())
        && (expects_value(&stop.expected) || expects(&[Rule::number]))
    {
        return simple(kinds::BAD_NUMBER, here(line.find(char::is_whitespace).unwrap_or(line.len())));
    }
    // What is missing stands right after what was read, not at the next line.
    let end = clause.start + before.trim_end().len();
    let gap = span(builder, end.saturating_sub(last_char(text, end))..end);
    if expects_value(&stop.expected) {
        let condition = mistaken::ends_before_condition(before.trim_end());
        let kind = if condition { kinds::MISSING_CONDITION } else { kinds::MISSING_VALUE };
        return simple(kind, gap).text("found", word);
    }
    if expects(&[Rule::name, Rule::word, Rule::path]) {
        return simple(kinds::MISSING_NAME, gap);
    }
    if expects(&[Rule::kind_text, Rule::k_kind_text]) && same_line && !mistaken::near_words(word).is_empty() {
        return unexpected(word, word_here, stop);
    }
    if expects(&[Rule::kind_text, Rule::k_kind_text]) {
        return simple(kinds::MISSING_KIND, gap);
    }
    if expects(&[Rule::k_weight]) {
        return simple(kinds::MISSING_WEIGHT, gap);
    }
    if expects(&[Rule::text]) {
        return simple(kinds::MISSING_TEXT, gap);
    }
    if expects(&[Rule::numbering, Rule::integer, Rule::number]) {
        return simple(kinds::MISSING_NUMBER, gap);
    }
    if line.starts_with(',') {
        return unexpected(",", here(1), stop).fix(here(1), "");
    }
    let found = if word.is_empty() { line.chars().take(1).collect() } else { word.to_string() };
    if found.is_empty() {
        return simple(kinds::MISSING_VALUE, gap).text("found", "");
    }
    unexpected(&found, word_here, stop)
}

fn unexpected(found: &str, at: SourceSpan, stop: &Stop) -> Diagnostic {
    let problem = Diagnostic::at(kinds::UNEXPECTED, at).text("found", found).with("expected", expected(&stop.expected));
    suggest(problem, mistaken::near_words(found), at)
}

/// The same with spaces for texts, which may say what they like.
pub(super) fn without_texts(part: &str) -> String {
    chunks::texts_and_code(part)
        .map(|(range, is_text)| {
            let piece = part.get(range).unwrap_or("");
            if is_text { piece.chars().map(spaces).collect() } else { piece.to_string() }
        })
        .collect()
}

/// Mistakes that are known by their wording, wherever the grammar stopped in the clause.
fn targeted(builder: &Builder<'_>, text: &str, clause: &Range<usize>) -> Option<Diagnostic> {
    let part = &without_texts(text.get(clause.clone()).unwrap_or(""));
    for (wrong, right) in mistaken::COMMA_BEFORE_THAN {
        if let Some(found) = part.find(wrong) {
            let at = span(builder, clause.start + found..clause.start + found + wrong.len());
            return Some(Diagnostic::at(kinds::COMMA_BEFORE_THAN, at).text("right", *right).fix(at, *right));
        }
    }
    if let Some(found) = mistaken::years_without_number(part) {
        return Some(years_without_number(builder.source, part, &found, builder.base + clause.start));
    }
    for wrong in mistaken::SECOND_BOUND {
        if let Some(found) = part.find(wrong) {
            let start = clause.start + found;
            return Some(Diagnostic::at(kinds::BOTH_BOUNDS, span(builder, start..start + wrong.len())));
        }
    }
    for wrong in mistaken::NOT_BEFORE_NUMBER {
        if let Some(found) = part.find(wrong) {
            let start = clause.start + found;
            return Some(Diagnostic::at(kinds::NOT_QUANTIFIER, span(builder, start..start + wrong.len())));
        }
    }
    None
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")
}

/// A window of years without their number; "the last year" is one.
pub(super) fn years_without_number(source: SourceId, part: &str, found: &Range<usize>, start: usize) -> Diagnostic {
    let at = |range: Range<usize>| SourceSpan::new(source, Span::new(start + range.start, start + range.end));
    let problem = Diagnostic::at(kinds::YEARS_WITHOUT_NUMBER, at(found.clone()));
    let words = part.get(found.clone()).unwrap_or("");
    match words.strip_suffix("год").or_else(|| words.strip_suffix("year")) {
        Some(before) => {
            let gap = found.start + before.len();
            problem.fix(at(gap..gap), "1 ")
        }
        None => problem,
    }
}

fn digits(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len())
}

fn at_line_start(text: &str, at: usize) -> bool {
    text.get(..at).unwrap_or("").trim_end_matches([' ', '\t', '\u{a0}']).ends_with('\n')
}

fn indented(text: &str, at: usize) -> bool {
    !text.get(..at).unwrap_or("").ends_with('\n')
}

pub(super) fn last_open(text: &str) -> usize {
    let mut open = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' => open.push(at),
            ')' => {
                open.pop();
            }
            _ => {}
        }
    }
    open.last().copied().unwrap_or(0)
}

pub(super) fn last_char(text: &str, end: usize) -> usize {
    text.get(..end).and_then(|t| t.chars().next_back()).map_or(0, char::len_utf8)
}

/// Whether the innermost open parenthesis holds a choice that says nothing for the rest.
fn choice_without_rest(before: &str) -> bool {
    let inner = before.get(last_open(before)..).unwrap_or("");
    ["(если", "(if", "(when"].iter().any(|w| inner.starts_with(w))
        && !inner.contains("иначе")
        && !inner.contains("else")
}

/// Where a text opens at the start of this line without closing in it.
fn unclosed_text(line: &str) -> Option<usize> {
    if line.starts_with('"') {
        let quotes = line.matches('"').count();
        return (quotes % 2 == 1).then_some(0);
    }
    if line.starts_with('«') {
        return (line.matches('«').count() > line.matches('»').count()).then_some(0);
    }
    None
}

fn ends_value(previous: &str) -> bool {
    previous.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '%' || c == ')')
}

/// Whether the text ends with a number and a unit.
fn ends_unit(previous: &str) -> bool {
    let Some(last) = previous.rsplit([' ', '\t', '\u{a0}']).next() else {
        return false;
    };
    let before = previous.strip_suffix(last).unwrap_or("").trim_end();
    parser::unit_word(last) && before.chars().next_back().is_some_and(|c| c.is_ascii_digit())
}

fn digit_then_unit(previous: &str) -> bool {
    previous.ends_with('%')
}

fn expects_value(expected: &[Rule]) -> bool {
    expected.iter().any(|r| {
        matches!(
            r,
            Rule::primary
                | Rule::expr
                | Rule::additive
                | Rule::unary
                | Rule::multiplicative
                | Rule::comparison
                | Rule::or_expr
                | Rule::and_expr
                | Rule::not_expr
                | Rule::minus_sign
                | Rule::choice
                | Rule::quantity
        )
    })
}

/// What would have fitted, as terms that messages know.
fn expected(rules: &[Rule]) -> Argument {
    let term = if rules.iter().any(|r| matches!(r, Rule::compare_op | Rule::compare | Rule::op_less)) {
        "term-expected-comparison"
    } else if expects_value(rules) {
        "term-expected-value"
    } else if rules.iter().any(|r| matches!(r, Rule::name | Rule::path | Rule::word)) {
        "term-expected-name"
    } else if rules.iter().any(|r| matches!(r, Rule::kind_text | Rule::k_kind_text)) {
        "term-expected-kind"
    } else if rules.contains(&Rule::text) {
        "term-expected-text"
    } else {
        "term-expected-clause"
    };
    Argument::Term(term)
}

fn suggest(diagnostic: Diagnostic, near: Vec<String>, at: SourceSpan) -> Diagnostic {
    let diagnostic = diagnostic.count("near-count", near.len()).with("near", Argument::List(near.clone()));
    match near.as_slice() {
        [only] => diagnostic.fix(at, only.clone()),
        _ => diagnostic,
    }
}
