//! Where the fields of many records stand, found in one pass that looks at eight bytes at a time.
//!
//! Takes records of the usual form only: as many fields as there should be, and no quotation mark inside a text in
//! quotation marks. Knows neither columns nor values.

/// Where a field stands: its first byte and the one after its last.
pub(super) type Span = (u32, u32);

/// Fields of one stretch: few enough for their places to stay in the nearest cache.
const FIELDS: usize = 3 * 1024;
const ONES: u64 = 0x0101_0101_0101_0101;

/// Records one after the other, all with the same number of fields.
#[derive(Debug)]
pub(super) struct Stretch {
    width: usize,
    spans: Vec<Span>,
    rows: usize,
}

impl Stretch {
    /// For records of `width` fields.
    pub fn new(width: usize) -> Stretch {
        Stretch { width: width.max(1), spans: Vec::with_capacity(FIELDS + width), rows: 0 }
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The same field of each record.
    pub fn column(&self, field: usize) -> impl Iterator<Item = Span> + '_ {
        self.spans.get(field..).unwrap_or(&[]).iter().step_by(self.width).copied()
    }

    /// Finds the records of the usual form at the start of `bytes`, as many as one stretch has; gives the bytes they take.
    /// What comes after them is of another form, the end, or another stretch.
    pub fn find(&mut self, bytes: &[u8], separator: u8) -> usize {
        self.spans.clear();
        self.rows = 0;
        let most = (FIELDS / self.width).max(1);
        let mut taken = 0;
        let mut start = 0;
        let mut fields = 0;
        // the text in quotation marks that was just read, and where looking goes on after it
        let mut quoted = None;
        let mut past = 0;
        let (words, rest) = bytes.as_chunks::<8>();
        let mut last = [0; 8];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        let words = words.iter().chain(std::iter::once(&last)).map(|word| u64::from_le_bytes(*word));
        for (word, at) in words.zip((0..).step_by(8)) {
            let mut marks = equal(word, separator) | equal(word, b'\n') | equal(word, b'"');
            while marks != 0 {
                let place: usize = at + (marks.trailing_zeros() / 8) as usize;
                marks &= marks - 1;
                let Some(mark) = bytes.get(place).filter(|_| place >= past) else {
                    continue;
                };
                if *mark == b'"' && *mark != separator {
                    if place == start {
                        let Some(end) = closing(bytes, place, separator) else {
                            return self.end(taken);
                        };
                        quoted = Some((place + 1, end));
                        past = end + 1;
                    }
                    continue;
                }
                let line_end = *mark == b'\n';
                let (first, end) = match quoted.take() {
                    Some(text) => text,
                    None if line_end && place > start && bytes.get(place - 1) == Some(&b'\r') => (start, place - 1),
                    None => (start, place),
                };
                self.spans.push((short(first), short(end)));
                fields += 1;
                start = place + 1;
                if line_end != (fields == self.width) {
                    return self.end(taken);
                }
                if line_end {
                    self.rows += 1;
                    fields = 0;
                    taken = start;
                    if self.rows == most {
                        return taken;
                    }
                }
            }
        }
        self.end(taken)
    }

    /// Forgets the record that is not whole.
    fn end(&mut self, taken: usize) -> usize {
        self.spans.truncate(self.rows * self.width);
        taken
    }
}

/// Where the text that opens at `open` closes, when the field ends there and the text has no mark and no line end inside.
fn closing(bytes: &[u8], open: usize, separator: u8) -> Option<usize> {
    let text = bytes.get(open + 1..)?;
    let length = memchr::memchr2(b'"', b'\n', text)?;
    let after = text.get(length + 1..).unwrap_or(&[]);
    let ends = after.first().is_some_and(|b| *b == separator || *b == b'\n') || after.starts_with(b"\r\n");
    (text.get(length) == Some(&b'"') && ends).then_some(open + 1 + length)
}

fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The highest bit of each byte of the word that is this byte.
#[inline]
pub(super) fn equal(word: u64, byte: u8) -> u64 {
    const LOW: u64 = !(ONES << 7);
    let differs = word ^ (ONES * u64::from(byte));
    !(((differs & LOW) + LOW) | differs | LOW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fields(text: &str, width: usize) -> (usize, Vec<Vec<&str>>) {
        let mut stretch = Stretch::new(width);
        let taken = stretch.find(text.as_bytes(), b';');
        let field = |at: usize| stretch.column(at).map(|(s, e)| &text[s as usize..e as usize]).collect::<Vec<_>>();
        let columns: Vec<Vec<&str>> = (0..width).map(field).collect();
        (taken, (0..stretch.rows()).map(|row| columns.iter().map(|column| column[row]).collect()).collect())
    }

    #[test]
    fn records_of_the_usual_form_are_found() {
        assert_eq!(fields("a;b\nc;;\n", 2), (4, vec![vec!["a", "b"]]));
        assert_eq!(fields("a;b\r\n;\n", 2), (7, vec![vec!["a", "b"], vec!["", ""]]));
        assert_eq!(fields("a;\"b;c\"\r\nd;e", 2), (9, vec![vec!["a", "b;c"]]));
        assert_eq!(fields("a;\"b\"\"c\"\n", 2), (0, vec![]));
        assert_eq!(fields("a;\"b\nc\"\n", 2), (0, vec![]));
        assert_eq!(fields("a;\"b\" c\n", 2), (0, vec![]));
        assert_eq!(fields("a;b\"c\n", 2), (6, vec![vec!["a", "b\"c"]]));
        assert_eq!(fields("a;b\n\nc;d\n", 2), (4, vec![vec!["a", "b"]]));
        assert_eq!(fields("", 2), (0, vec![]));
        assert_eq!(fields("a\n\nb\n", 1), (5, vec![vec!["a"], vec![""], vec!["b"]]));
    }

    proptest! {
        #[test]
        fn bytes_are_told_apart(word in any::<u64>(), byte in any::<u8>()) {
            let marks = equal(word, byte).to_le_bytes();
            for (mark, own) in marks.into_iter().zip(word.to_le_bytes()) {
                prop_assert_eq!(mark, if own == byte { 0x80 } else { 0 });
            }
        }
    }
}
