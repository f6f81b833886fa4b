//! Every example of the language reference is read without a problem and stands in the canonical form, and both
//! references have the same number of them.

use merilo::source::{Source, Sources};
use merilo::syntax;

#[test]
fn examples_of_the_reference_are_read() {
    let examples = |reference: &str| -> Vec<String> {
        let text = std::fs::read_to_string(reference).unwrap();
        text.split("```merilo\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_string()).collect()
    };
    let russian = examples("docs/language.ru.md");
    let english = examples("docs/language.md");
    assert_eq!(russian.len(), english.len());
    for example in russian.iter().chain(&english) {
        let source = Sources::default().add(Source::new("example", example.as_str()));
        let read = syntax::parse(source, example);
        assert!(read.diagnostics.is_empty(), "{example}\n{:?}", read.diagnostics);
        // where a criterion takes one line, the forms of conditions are listed
        let compact = example.lines().any(|line| {
            let mut words = line.split_whitespace();
            matches!(words.next(), Some("критерий" | "criterion")) && matches!(words.nth(1), Some("если" | "when"))
        });
        if !compact {
            let file = read.value.unwrap();
            assert_eq!(&syntax::print(&file, file.language), example);
        }
    }
}
