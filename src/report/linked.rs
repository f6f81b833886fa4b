//! Where the explanations of the schools that a page names are: on pages of their own, folded on the page, or made by a command.
//!
//! Knows which school is explained by which rules, and how a name becomes a link; explains nothing and writes no file.

use std::collections::{BTreeMap, BTreeSet};

use super::explanation::{Teller, school_title};
use super::page::{Block, Line, Node, Piece, Section, Tone, plain};
use crate::compare::Side;
use crate::diagnostic::Argument;
use crate::explain;
use crate::messages::Speaker;
use crate::source::Sources;

/// Pages with explanations in one folder.
pub const MOST_PAGES: usize = 5_000;

/// With more explanations than this a page does not hold them.
pub const MOST_FOLDED: usize = 40;

/// Rules and data by which schools are explained.
#[derive(Debug, Clone)]
pub struct Version<'a> {
    /// What they are called on a page.
    pub title: String,
    pub side: Side<'a>,
    pub sources: &'a Sources,
}

/// Which schools are explained by which rules, and in which file.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    folders: Vec<Folder>,
    /// Places of the pages of each school: the folder and the row.
    schools: BTreeMap<String, Vec<(usize, usize)>>,
    count: usize,
    cut: bool,
}

/// The pages of one version.
#[derive(Debug, Clone, Default)]
struct Folder {
    name: String,
    /// By row.
    files: BTreeMap<usize, File>,
    taken: BTreeSet<String>,
}

/// The page of a school.
#[derive(Debug, Clone, Default)]
struct File {
    name: String,
    code: String,
    /// What the school is called over all versions; several, where it was divided.
    schools: Vec<String>,
}

impl Pages {
    /// One folder for each version.
    pub fn new(folders: impl IntoIterator<Item = String>) -> Pages {
        let folder = |name| Folder { name, ..Folder::default() };
        Pages { folders: folders.into_iter().map(folder).collect(), ..Pages::default() }
    }

    /// Gives a school a page, as long as there is room.
    pub fn add(&mut self, version: usize, row: usize, code: &str) {
        self.add_as(version, row, code, code);
    }

    /// The same for a school that has other codes in other versions: `school` is what it is called over all of them.
    pub fn add_as(&mut self, version: usize, row: usize, code: &str, school: &str) {
        let Some(folder) = self.folders.get_mut(version) else { return };
        if let Some(file) = folder.files.get_mut(&row) {
            if !file.schools.iter().any(|known| known == school) {
                file.schools.push(school.to_owned());
                self.schools.entry(school.to_owned()).or_default().push((version, row));
            }
            return;
        }
        if self.count >= MOST_PAGES {
            self.cut = true;
            return;
        }
        let mut name = file_name(code);
        while !folder.taken.insert(name.to_lowercase()) {
            name.push('_');
        }
        let schools = vec![school.to_owned()];
        folder.files.insert(row, File { name: format!("{name}.html"), code: code.to_owned(), schools });
        self.schools.entry(school.to_owned()).or_default().push((version, row));
        self.count += 1;
    }

    pub fn count(&self) -> usize {
        self.count
    }

    /// The first row that has a page.
    pub fn first(&self, version: usize) -> Option<usize> {
        self.folders.get(version)?.files.keys().next().copied()
    }

    /// Some schools have no page because there are too many.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// Where a page is, seen from the page that names the school.
    pub fn link(&self, version: usize, row: usize) -> Option<String> {
        let folder = self.folders.get(version)?;
        Some(format!("{}/{}", folder.name, encoded(&folder.files.get(&row)?.name)))
    }

    /// Name of the folder of a version, and its pages: row and name of the file.
    pub fn of(&self, version: usize) -> (&str, impl Iterator<Item = (usize, &str)>) {
        let folder = self.folders.get(version);
        let files = folder.into_iter().flat_map(|folder| &folder.files);
        (folder.map_or("", |folder| &folder.name), files.map(|(row, file)| (*row, file.name.as_str())))
    }

    fn file(&self, (version, row): (usize, usize)) -> Option<&File> {
        self.folders.get(version)?.files.get(&row)
    }

    /// What the version of each place is called; with the codes of the schools, where they are not one.
    fn titles(&self, places: &[(usize, usize)], versions: &[Version<'_>]) -> Vec<String> {
        let codes: Vec<&str> = places.iter().map(|at| self.file(*at).map_or("", |file| file.code.as_str())).collect();
        let one = codes.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
        let title = |((version, _), code): (&(usize, usize), &str)| {
            let title = versions.get(*version).map_or("", |version| version.title.as_str());
            if one { title.to_owned() } else { format!("{title}: {code}") }
        };
        places.iter().zip(codes).map(title).collect()
    }

    /// The pages of the school of a page: this one has no link.
    pub fn beside(&self, version: usize, row: usize, versions: &[Version<'_>]) -> Line {
        let schools = self.file((version, row)).map_or(&[][..], |file| file.schools.as_slice());
        let places: BTreeSet<(usize, usize)> =
            schools.iter().filter_map(|school| self.schools.get(school)).flatten().copied().collect();
        if places.len() < 2 {
            return Line::new();
        }
        let places: Vec<(usize, usize)> = places.into_iter().collect();
        let mut line = Line::new();
        for (at, title) in places.iter().zip(self.titles(&places, versions)) {
            line.push(Piece::new(" · ", Tone::Faint));
            line.push(match self.link(at.0, at.1).filter(|_| *at != (version, row)) {
                Some(link) => Piece::linked(title, Some(format!("../{link}"))),
                None => Piece::new(title, Tone::Strong),
            });
        }
        line
    }
}

/// The code of a school as a name that every system takes for a file.
pub fn file_name(code: &str) -> String {
    let safe = |c: char| {
        if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c }
    };
    let name: String = code.chars().map(safe).take(100).collect();
    let name = name.trim_matches([' ', '.']);
    if name.is_empty() { "_".to_owned() } else { name.to_owned() }
}

/// A name of a file as a part of an address.
fn encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// Where explanations are.
#[derive(Debug, Clone, Copy)]
pub enum Explained<'a> {
    /// Not told: formats without links.
    Nowhere,
    /// Not here: the commands that make them are shown.
    Commands(&'a [String]),
    /// On the page itself, few as they are.
    Folded(&'a Pages, &'a [Version<'a>]),
    /// On pages of their own.
    Linked(&'a Pages),
}

/// Marks around a name within a sentence and between it and where it leads. Not characters of any text.
const BEGIN: char = '\u{E000}';
const BETWEEN: char = '\u{E001}';
const END: char = '\u{E002}';

impl Explained<'_> {
    pub fn link(&self, version: usize, row: usize) -> Option<String> {
        match self {
            Explained::Linked(pages) => pages.link(version, row),
            _ => None,
        }
    }

    /// The link of the first of these versions that explains the school.
    pub fn first_link(&self, versions: &[usize], row: usize) -> Option<String> {
        versions.iter().find_map(|version| self.link(*version, row))
    }

    /// A name as it stands in a sentence that [`line()`] or [`cell()`] makes: with the first of these versions that explains the school.
    pub fn named(&self, versions: &[usize], row: usize, name: String) -> String {
        match self.first_link(versions, row) {
            Some(link) => format!("{BEGIN}{link}{BETWEEN}{name}{END}"),
            None => name,
        }
    }

    /// How explanations are found, and those that the page holds. `linked`: what is said where names are links.
    pub fn blocks(&self, linked: String, speaker: &Speaker) -> Vec<Block> {
        let faint = |said: String| Block::Paragraph(vec![Piece::new(said, Tone::Faint)]);
        match self {
            Explained::Nowhere => Vec::new(),
            Explained::Commands(commands) => {
                let one = (!commands.is_empty()).then(|| speaker.word("linked-command"));
                let said = std::iter::once(speaker.word("linked-commands")).chain(one).chain(commands.iter().cloned());
                said.map(faint).collect()
            }
            Explained::Folded(pages, _) if pages.count() == 0 => Vec::new(),
            Explained::Folded(pages, versions) => {
                let mut blocks = vec![faint(speaker.word("linked-folded"))];
                blocks.extend(pages.schools.values().filter_map(|places| folded(pages, places, versions, speaker)));
                blocks
            }
            Explained::Linked(pages) => {
                let mut blocks = vec![faint(linked)];
                if pages.is_cut() {
                    let most = Argument::Count(i64::try_from(MOST_PAGES).unwrap_or(i64::MAX));
                    blocks.push(Block::Notice(speaker.say("compare-pages-cut", &[("most", most)])));
                }
                blocks
            }
        }
    }
}

/// The explanations of one school, one below the other.
fn folded(pages: &Pages, places: &[(usize, usize)], versions: &[Version<'_>], speaker: &Speaker) -> Option<Block> {
    let mut title = None;
    let mut nodes = Vec::new();
    for ((version, row), name) in places.iter().zip(pages.titles(places, versions)) {
        let Version { side, sources, .. } = versions.get(*version)?;
        let explanation = explain::explain(side.rules, side.plan, side.data, side.run, *row);
        let teller = Teller { rules: side.rules, sources, speaker };
        title = Some(school_title(&explanation.school));
        nodes.push(Node { line: vec![Piece::new(name, Tone::Strong)], children: teller.steps(&explanation) });
    }
    let title = speaker.say("linked-explanation-of", &[("school", Argument::Text(title?))]);
    Some(Block::Folded(Section { title: vec![Piece::plain(title)], blocks: vec![Block::Tree(nodes)] }))
}

/// A sentence in which names may be marked, in pieces.
pub fn line(said: &str, tone: Tone) -> Line {
    let mut line = Line::new();
    let mut rest = said;
    while let Some((before, marked)) = rest.split_once(BEGIN) {
        let (inside, after) = marked.split_once(END).unwrap_or((marked, ""));
        let (link, name) = inside.split_once(BETWEEN).unwrap_or(("", inside));
        if !before.is_empty() {
            line.push(Piece::new(before, tone));
        }
        line.push(Piece::linked(name, Some(link.to_owned())));
        rest = after;
    }
    if !rest.is_empty() || line.is_empty() {
        line.push(Piece::new(rest, tone));
    }
    line
}

/// The same in one cell of a table.
pub fn cell(said: &str, tone: Tone) -> Piece {
    if said.contains(BEGIN) { Piece::several(line(said, Tone::Plain), tone) } else { Piece::new(said, tone) }
}

/// The same without links.
pub fn bare(said: &str) -> String {
    plain(&line(said, Tone::Plain))
}

#[cfg(test)]
mod tests {
    use super::{Explained, Pages, cell, encoded, line};
    use crate::report::page::{Tone, plain};

    #[test]
    fn names_of_files_are_parts_of_addresses() {
        assert_eq!(encoded("470101.html"), "470101.html");
        assert_eq!(encoded("№ 1#a%.html"), "%E2%84%96%201%23a%25.html");
    }

    #[test]
    fn names_in_a_sentence_lead_to_the_first_version_that_explains_the_school() {
        let mut pages = Pages::new(["now".to_owned(), "at-1".to_owned()]);
        pages.add(0, 3, "a/b");
        pages.add(0, 4, "A_B");
        pages.add(1, 3, "a/b");
        let explained = Explained::Linked(&pages);
        let said =
            format!("1 ({}, {})", explained.named(&[1, 0], 3, "1".into()), explained.named(&[1, 0], 4, "2".into()));
        let found = line(&said, Tone::Plain);
        let links: Vec<_> = found.iter().map(|piece| (piece.text.as_str(), piece.link.as_deref())).collect();
        // two codes that would be one file have two names
        let wanted =
            [("1 (", None), ("1", Some("at-1/a_b.html")), (", ", None), ("2", Some("now/A_B_.html")), (")", None)];
        assert_eq!(links, wanted);
        assert_eq!(plain(&found), "1 (1, 2)");
        assert_eq!(cell(&said, Tone::Plain).text, "1 (1, 2)");
        assert_eq!(explained.named(&[1], 9, "9".into()), "9");
        assert_eq!(Explained::Nowhere.named(&[0], 3, "1".into()), "1");
    }
}
