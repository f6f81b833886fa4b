//! Problems as text: place, line, underlined part, help and suggested change.
//!
//! The only file that knows the snippet library. Shows no more of a text than a window around the place, so that
//! neither huge files nor huge lines slow it down.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet, normalize_untrusted_str};

use crate::diagnostic::{Argument, Diagnostic, Severity};
use crate::language::Language;
use crate::location::{CellRef, Place, SourceId, SourceSpan, Span, column_letters};
use crate::messages::Speaker;
use crate::source::{Source, Sources};

/// Characters a line is shown with.
const WIDTH: usize = 120;
/// Characters of a line kept on either side of the place when the line is longer than twice this.
const MARGIN: usize = 300;
/// A span over more lines is underlined on its first line only.
const MOST_LINES: usize = 5;
/// A related place further away is shown by itself.
const NEAR_LINES: usize = 12;
/// Problems of one kind beyond this number are counted, not shown.
const MOST_OF_A_KIND: usize = 25;

/// All problems in the order in which they came. Colour codes only when `colour`. Ends with a line of counts; nothing at
/// all when there are no problems.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, language: Language, colour: bool) -> String {
    let speaker = Speaker::new(language);
    let mut text = without_counts(diagnostics, sources, &speaker, colour);
    if let Some(line) = counts(diagnostics, &speaker) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// The problems alone, each followed by an empty line.
pub fn without_counts(diagnostics: &[Diagnostic], sources: &Sources, speaker: &Speaker, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut shown_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut text = String::new();
    for diagnostic in diagnostics {
        let shown = shown_of.entry(diagnostic.kind.code).or_default();
        *shown += 1;
        if *shown <= MOST_OF_A_KIND {
            text.push_str(&one(diagnostic, sources, speaker, &renderer));
            text.push_str("\n\n");
        }
    }
    for (code, found) in shown_of {
        if let Some(more) = found.checked_sub(MOST_OF_A_KIND).filter(|more| *more > 0) {
            text.push_str(
                &speaker
                    .say("count-more-of-kind", &[("code", Argument::Text(code.to_owned())), ("count", count(more))]),
            );
            text.push('\n');
        }
    }
    text
}

/// `Найдено: 2 ошибки и 1 предупреждение.`; `None` when there is nothing to count.
pub fn counts(diagnostics: &[Diagnostic], speaker: &Speaker) -> Option<String> {
    let mut parts = Vec::new();
    for (severity, id) in
        [(Severity::Error, "count-errors"), (Severity::Warning, "count-warnings"), (Severity::Note, "count-notes")]
    {
        let found = diagnostics.iter().filter(|d| d.kind.severity == severity).count();
        if found > 0 {
            parts.push(speaker.say(id, &[("count", count(found))]));
        }
    }
    if parts.is_empty() {
        return None;
    }
    Some(speaker.say("count-found", &[("list", Argument::Text(speaker.list(&parts)))]))
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

fn one(diagnostic: &Diagnostic, sources: &Sources, speaker: &Speaker, renderer: &Renderer) -> String {
    let kind = diagnostic.kind;
    let level = match kind.severity {
        Severity::Error => Level::ERROR.with_name(speaker.word("severity-error")),
        Severity::Warning => Level::WARNING.with_name(speaker.word("severity-warning")),
        Severity::Note => Level::NOTE.with_name(speaker.word("severity-note")),
    };
    let arguments = diagnostic.arguments.as_slice();
    let label = speaker.attribute(kind.id, "label", arguments);
    let help = speaker.attribute(kind.id, "help", arguments);

    let mut groups = Vec::new();
    let mut main = Group::with_title(level.primary_title(speaker.say(kind.id, arguments)).id(kind.code));
    let mut windows = Vec::new();
    match &diagnostic.place {
        Place::Text(at) => match Window::new(*at, sources) {
            Some(window) => windows.push((window.with(at.span, label, AnnotationKind::Primary), true)),
            None => main = with_note(main, label),
        },
        Place::Cell(cell) => {
            main = main.element(Origin::path(cell_place(cell, speaker)));
            main = with_note(main, label);
        }
        Place::File(name) => {
            main = main.element(Origin::path(name.clone()));
            main = with_note(main, label);
        }
        Place::Nowhere => main = with_note(main, label),
    }
    for related in &diagnostic.related {
        let role = speaker.say(related.role, arguments);
        match &related.place {
            Place::Text(at) => {
                let near = windows.iter_mut().find(|(window, _)| window.can_hold(*at, sources));
                if let Some((window, _)) = near {
                    window.widen(*at, sources);
                    window.annotate(at.span, Some(role), AnnotationKind::Context);
                } else if let Some(window) = Window::new(*at, sources) {
                    windows.push((window.with(at.span, Some(role), AnnotationKind::Context), false));
                }
            }
            Place::Cell(cell) => main = with_note(main, Some(format!("{role}: {}", cell_place(cell, speaker)))),
            Place::File(name) => main = with_note(main, Some(format!("{role}: {name}"))),
            Place::Nowhere => main = with_note(main, Some(role)),
        }
    }
    for (window, _) in &windows {
        if let Some(source) = sources.get(window.source) {
            for element in window.elements(source) {
                main = main.element(element);
            }
        }
    }
    match (&diagnostic.fix, help) {
        (Some(fix), help) => {
            groups.push(main);
            groups.extend(fix_group(&fix.edits, help, sources, speaker));
        }
        (None, Some(help)) => {
            let help = normalize_untrusted_str(&help);
            groups.push(main.element(Level::HELP.with_name(speaker.word("severity-help")).message(help)));
        }
        (None, None) => groups.push(main),
    }
    renderer.render(&groups)
}

fn with_note<'a>(group: Group<'a>, text: Option<String>) -> Group<'a> {
    match text {
        Some(text) => group.element(Level::NOTE.no_name().message(normalize_untrusted_str(&text))),
        None => group,
    }
}

fn fix_group<'a>(
    edits: &[(SourceSpan, String)],
    help: Option<String>,
    sources: &'a Sources,
    speaker: &Speaker,
) -> Option<Group<'a>> {
    let (first, _) = edits.first()?;
    let mut window = Window::new(*first, sources)?;
    for (at, _) in edits {
        if at.source == first.source {
            window.widen(*at, sources);
        }
    }
    let source = sources.get(first.source)?;
    let (text, offset) = window.text(source)?;
    let mut snippet = Snippet::source(text).line_start(window.lines.start);
    for (at, replacement) in edits.iter().filter(|(at, _)| at.source == first.source) {
        let range = clamp(at.span, source).and_then(|s| inside(s, offset, text.len()))?;
        snippet = snippet.patch(Patch::new(range, normalize_untrusted_str(replacement)));
    }
    let title = match help {
        Some(help) => {
            Level::HELP.with_name(speaker.word("severity-help")).secondary_title(normalize_untrusted_str(&help))
        }
        None => Level::HELP.no_name().secondary_title(speaker.word("severity-fix")),
    };
    Some(title.element(snippet))
}

/// `file, sheet, cell C214 (column)`
pub fn cell_place(cell: &CellRef, speaker: &Speaker) -> String {
    let (id, of_sheet, address) = match (cell.row, cell.column) {
        (0, column) => ("place-column", "place-column-of-sheet", column_letters(column)),
        (row, 0) => ("place-row", "place-row-of-sheet", row.to_string()),
        _ => ("place-cell", "place-cell-of-sheet", cell.address()),
    };
    let mut arguments = vec![("file", Argument::Text(cell.file.to_string())), ("address", Argument::Text(address))];
    let place = match &cell.sheet {
        Some(sheet) => {
            arguments.push(("sheet", Argument::Text(sheet.to_string())));
            speaker.say(of_sheet, &arguments)
        }
        None => speaker.say(id, &arguments),
    };
    if cell.header.is_empty() {
        place
    } else {
        let header = speaker.say("place-header", &[("header", Argument::Text(cell.header.to_string()))]);
        format!("{place} ({header})")
    }
}

/// Neighbouring lines of one text with what is marked in them.
struct Window {
    source: SourceId,
    /// Lines from 1, the end excluded.
    lines: Range<usize>,
    /// The place that the window is about.
    about: Span,
    marks: Vec<(Span, Option<String>, AnnotationKind)>,
}

impl Window {
    fn new(at: SourceSpan, sources: &Sources) -> Option<Window> {
        let source = sources.get(at.source)?;
        let span = clamp(at.span, source)?;
        let lines = lines_of(span, source);
        Some(Window { source: at.source, lines, about: span, marks: Vec::new() })
    }

    fn with(mut self, span: Span, label: Option<String>, kind: AnnotationKind) -> Window {
        self.annotate(span, label, kind);
        self
    }

    fn annotate(&mut self, span: Span, label: Option<String>, kind: AnnotationKind) {
        self.marks.push((span, label, kind));
    }

    fn can_hold(&self, at: SourceSpan, sources: &Sources) -> bool {
        if at.source != self.source {
            return false;
        }
        let Some(source) = sources.get(at.source) else { return false };
        let Some(span) = clamp(at.span, source) else { return false };
        let lines = lines_of(span, source);
        lines.start + NEAR_LINES >= self.lines.start && lines.end <= self.lines.end + NEAR_LINES
    }

    fn widen(&mut self, at: SourceSpan, sources: &Sources) {
        let Some(source) = sources.get(at.source) else { return };
        let Some(span) = clamp(at.span, source) else { return };
        let lines = lines_of(span, source);
        self.lines = self.lines.start.min(lines.start)..self.lines.end.max(lines.end);
    }

    /// The text of the lines and its offset in the whole; of a huge line only the part around the place.
    fn text<'a>(&self, source: &'a Source) -> Option<(&'a str, usize)> {
        let start = source.line_start(self.lines.start);
        let end = source.line_start(self.lines.end);
        let whole = source.text.get(start..end)?;
        if self.lines.len() == 1 && whole.len() > 8 * MARGIN {
            let from = char_floor(&source.text, self.about.start.saturating_sub(MARGIN).max(start));
            let to = char_floor(&source.text, (self.about.start + MARGIN).min(end));
            return Some((source.text.get(from..to)?, from));
        }
        Some((whole, start))
    }

    fn elements<'a>(&self, source: &'a Source) -> Vec<annotate_snippets::Element<'a>> {
        let Some((text, offset)) = self.text(source) else { return Vec::new() };
        let mut elements: Vec<annotate_snippets::Element<'a>> = Vec::new();
        let mut snippet = Snippet::source(text).line_start(self.lines.start);
        if offset == source.line_start(self.lines.start) {
            snippet = snippet.path(source.name.as_str());
        } else {
            // the text does not start with the line: the library would count columns from the wrong place
            let (line, column) = source.line_column(self.about.start);
            elements.push(Origin::path(source.name.as_str()).line(line).char_column(column).into());
        }
        for (span, label, kind) in &self.marks {
            let Some(span) = clamp(*span, source) else { continue };
            let Some(range) = inside(span, offset, text.len()) else { continue };
            snippet = snippet.annotation(kind.span(range).label(label.clone()));
        }
        elements.push(snippet.into());
        elements
    }
}

/// The lines of a span, from 1, the end excluded.
fn lines_of(span: Span, source: &Source) -> Range<usize> {
    let (first, _) = source.line_column(span.start);
    let (last, _) = source.line_column(span.end.max(span.start + 1) - 1);
    first..last.max(first) + 1
}

/// The span within the text, on character borders, not over too many lines.
fn clamp(span: Span, source: &Source) -> Option<Span> {
    let start = char_floor(&source.text, span.start);
    let end = char_floor(&source.text, span.end).max(start);
    let lines = lines_of(Span::new(start, end), source);
    if lines.len() <= MOST_LINES {
        return Some(Span::new(start, end));
    }
    let line_end = source.line_start(lines.start) + source.line(lines.start).len();
    Some(Span::new(start, line_end))
}

fn inside(span: Span, offset: usize, length: usize) -> Option<Range<usize>> {
    let start = span.start.checked_sub(offset)?;
    let end = span.end.checked_sub(offset)?;
    (start <= length).then(|| start..end.min(length))
}

fn char_floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::diagnostic::{Diagnostic, Kind};
    use crate::language::Language;
    use crate::location::{CellRef, Place, SourceSpan, Span};
    use crate::source::{Source, Sources};

    // an id that has no message is said as it is
    const KIND: Kind = Kind::error("M999", "что-то не так");

    fn text(source: &str, piece: &str, fix: Option<&str>) -> String {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("правила.мерило", source));
        let start = source.find(piece).unwrap();
        let at = SourceSpan { source: id, span: Span::new(start, start + piece.len()) };
        let mut diagnostic = Diagnostic::at(KIND, at);
        if let Some(fix) = fix {
            diagnostic = diagnostic.fix(at, fix);
        }
        render(&[diagnostic], &sources, Language::Russian, false)
    }

    #[test]
    fn a_place_in_a_text_is_underlined_and_mended() {
        insta::assert_snapshot!(text("набор правил «Ё»\r\n\tкритерий 1.1 если бал менее 5\r\n", "бал", Some("балл")), @r"
        ошибка[M999]: что-то не так
         --> правила.мерило:2:20
          |
        2 |     критерий 1.1 если бал менее 5
          |                       ^^^
          |
        предлагается так:
          |
        2 |     критерий 1.1 если балл менее 5
          |                          +

        Найдено: 1 ошибка.
        ");
    }

    #[test]
    fn a_huge_line_is_cut_around_the_place() {
        let line = format!("{} здесь {}", "я".repeat(50_000), "ю".repeat(50_000));
        let shown = text(&line, "здесь", None);
        assert!(shown.len() < 2_000, "{}", shown.len());
        assert!(shown.contains("правила.мерило:1:50002"), "{shown}");
        assert!(shown.contains("^^^^^"), "{shown}");
    }

    #[test]
    fn a_cell_is_named_as_a_person_looks_it_up() {
        let cell = CellRef {
            file: "школы.xlsx".into(),
            sheet: Some("ЕГЭ".into()),
            row: 214,
            column: 3,
            header: "Балл".into(),
        };
        let shown = render(&[Diagnostic::new(KIND, Place::Cell(cell))], &Sources::default(), Language::Russian, false);
        insta::assert_snapshot!(shown, @r"
        ошибка[M999]: что-то не так
        --> школы.xlsx, лист «ЕГЭ», ячейка C214 (столбец «Балл»)

        Найдено: 1 ошибка.
        ");
    }

    #[test]
    fn a_place_outside_of_the_text_is_no_panic() {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("ё", "ёё"));
        for (start, end) in [(1, 3), (4, 4), (100, 200), (3, usize::MAX)] {
            let at = SourceSpan { source: id, span: Span::new(start, end) };
            let diagnostic = Diagnostic::at(KIND, at).fix(at, "ы").related(Place::Text(at), "роль");
            assert!(render(&[diagnostic], &sources, Language::English, true).contains("M999"));
        }
    }
}
