//! Comments and blank lines put anywhere into a text survive formatting in their order.

use merilo::language::Language;
use merilo::syntax;
use proptest::prelude::*;

use super::{parsed, trees};

/// Choices of a random text, over and over.
struct Choices<'a>(std::iter::Cycle<std::slice::Iter<'a, u8>>);

impl Choices<'_> {
    /// Once in `most` times.
    fn one_in(&mut self, most: u8) -> bool {
        self.0.next().is_some_and(|choice| choice % most == 0)
    }

    /// Up to three, each more rare than the one before.
    fn few(&mut self, most: u8) -> usize {
        (0..3).take_while(|_| self.one_in(most)).count()
    }
}

/// A text with comments and blank lines at ends of lines, between lines and after separators, and the comments.
fn commented(text: &str, choices: &[u8]) -> (String, Vec<String>) {
    const BLOCKS: [&str; 8] = ["категория", "группа", "индекс", "список", "отключить", "добавить", "table", "мера"];
    const TAILS: [&str; 6] = ["", " «", " \"", " // #", " критерий 1.1 если", " 1"];
    let mut choices = Choices(choices.iter().cycle());
    let mut comments: Vec<String> = Vec::new();
    let mut comment = |out: &mut String| {
        let text = format!("{}{}", comments.len(), TAILS[comments.len() % TAILS.len()]);
        out.push_str(if comments.len().is_multiple_of(3) { "#" } else { "// " });
        out.push_str(&text);
        comments.push(text);
    };
    let mut out = String::new();
    for line in text.lines() {
        for _ in 0..choices.few(4) {
            out.push_str("   ");
            comment(&mut out);
            out.push_str(if choices.one_in(3) { "\n \n\n" } else { "\n" });
        }
        if choices.one_in(9) {
            out.push_str("\n\n");
        }
        let (mut quoted, mut depth, mut separator) = (false, 0, false);
        for (at, c) in line.char_indices() {
            // a line that begins as a block does would be one
            let block = BLOCKS.iter().any(|word| line[at..].trim_start().starts_with(word));
            if separator && c == ' ' && !block && choices.one_in(7) {
                out.push(' ');
                comment(&mut out);
                out.push_str("\n ");
            }
            match c {
                '«' if !quoted => depth += 1,
                '»' if !quoted => depth -= 1,
                '"' if depth == 0 => quoted = !quoted,
                _ => {}
            }
            separator = !quoted && depth == 0 && matches!(c, ';' | ',');
            out.push(c);
        }
        if choices.one_in(5) {
            out.push(' ');
            comment(&mut out);
        }
        out.push('\n');
    }
    for _ in 0..choices.few(2) {
        comment(&mut out);
        out.push('\n');
    }
    (out, comments)
}

fn texts(file: &syntax::tree::File) -> Vec<String> {
    file.comments.iter().map(|comment| comment.text.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 4096, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_comment_survives_in_its_place(file in trees::file(), choices in proptest::collection::vec(any::<u8>(), 1..40)) {
        let (text, comments) = commented(&syntax::print(&file, Language::Russian), &choices);
        let read = parsed(&text, &text);
        prop_assert_eq!(read.content(), file.content());
        prop_assert_eq!(&texts(&read), &comments);
        for language in Language::ALL {
            let once = syntax::print(&read, language);
            let again = parsed(&once, &once);
            prop_assert_eq!(again.content(), file.content(), "{}", once);
            prop_assert_eq!(&texts(&again), &comments, "{}\n----\n{}", text, once);
            let twice = syntax::print(&again, language);
            prop_assert_eq!(&twice, &once, "{}\n----\n{}\n----\n{}", text, once, twice);
            prop_assert!(!once.contains("\n\n\n"), "{}", once);
        }
    }
}
