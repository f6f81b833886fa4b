//! Where the fields of many records stand, found in one pass that looks at many bytes at a time.
//!
//! Takes records of the usual form only: as many fields as there should be, and no quotation mark inside a text in
//! quotation marks that is wanted. Knows neither columns nor values.

use wide::u8x16;

/// Where a field stands: its first byte and the one after its last.
pub(super) type Span = (u32, u32);

/// Bytes of one stretch: what is found there stays in the nearest cache.
const BYTES: usize = 8 * 1024;
/// Bytes looked at after a record of another form: the next one may be such too.
const FEW_BYTES: usize = 256;
/// Bytes looked at together.
const TOGETHER: usize = 16;
/// Marks in so many bytes that are usual.
const USUAL: usize = 4;

/// Records one after the other, all with the same number of fields.
#[derive(Debug)]
pub(super) struct Stretch {
    width: usize,
    rows: usize,
    /// Bytes that are looked at.
    reach: usize,
    marks: Marks,
    /// Empty where the marks themselves say it.
    fields: Fields,
}

/// Where fields begin, and the places after the marks that end them.
#[derive(Debug)]
struct Fields {
    /// Which of a record are read.
    wanted: Vec<bool>,
    starts: Vec<u32>,
    ends: Vec<u32>,
}

/// What was found in some bytes.
#[derive(Debug)]
struct Marks {
    /// 0, then the places after each separator, line end and quotation mark; longer than what was found.
    after: Vec<u32>,
    /// Which of these places begin a line, and which stand after a quotation mark.
    lines: Vec<u32>,
    quotes: Vec<u32>,
}

impl Stretch {
    /// For records of `width` fields, of which some are read.
    pub fn new(width: usize, wanted: Vec<bool>) -> Stretch {
        let marks = Marks { after: vec![0; BYTES + 2 * TOGETHER], lines: Vec::new(), quotes: Vec::new() };
        let fields = Fields { wanted, starts: Vec::new(), ends: Vec::new() };
        Stretch { width: width.max(1), rows: 0, reach: BYTES, marks, fields }
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The same field of each record.
    pub fn column(&self, field: usize, fields: &mut Vec<Span>) {
        let (starts, ends, first) = match self.fields.ends.as_slice() {
            [] => (self.marks.after.as_slice(), self.marks.after.as_slice(), field + 1),
            ends => (self.fields.starts.as_slice(), ends, field),
        };
        let starts = starts.get(field..).unwrap_or(&[]).iter().step_by(self.width);
        let ends = ends.get(first..).unwrap_or(&[]).iter().step_by(self.width);
        fields.clear();
        fields.extend(starts.zip(ends).take(self.rows).map(|(start, after)| (*start, after.wrapping_sub(1))));
    }

    /// Finds the records of the usual form at the start of `bytes`, as many as one stretch has; gives the bytes they take.
    /// What comes after them is of another form, the end, or another stretch.
    pub fn find(&mut self, bytes: &[u8], separator: u8) -> usize {
        let bytes = bytes.get(..self.reach).unwrap_or(bytes);
        self.rows = 0;
        self.fields.starts.clear();
        self.fields.ends.clear();
        self.marks.find(bytes, separator);
        let mut taken = if self.marks.quotes.is_empty() { self.plain(bytes) } else { 0 };
        if self.rows == 0 {
            taken = self.line_by_line(bytes, separator);
        }
        // a record that is not whole says nothing about its form
        let other_form = self.rows == 0 && !self.marks.lines.is_empty();
        self.reach = if other_form { FEW_BYTES } else { BYTES.min(self.reach * 2) };
        taken
    }

    /// Records without quotation marks, lines ending in a line end alone: the marks are the fields.
    fn plain(&mut self, bytes: &[u8]) -> usize {
        let mut taken = 0;
        for (line, end) in self.marks.lines.iter().zip((self.width..).step_by(self.width)) {
            let after = self.marks.after(*line);
            if *line as usize != end || returned(bytes, after) {
                break;
            }
            taken = after;
            self.rows += 1;
        }
        taken
    }

    /// Records that may have texts in quotation marks.
    fn line_by_line(&mut self, bytes: &[u8], separator: u8) -> usize {
        let mut taken = 0;
        let mut first = 0;
        let mut quotes = self.marks.quotes.iter().peekable();
        for line in &self.marks.lines {
            let after = self.marks.after(*line);
            let before = self.fields.starts.len();
            let mut quoted = false;
            while quotes.next_if(|quote| *quote < line).is_some() {
                quoted = true;
            }
            let marks = self.marks.after.get(first..=*line as usize).unwrap_or(&[]);
            let whole = if quoted {
                self.fields.quoted(bytes, separator, marks)
            } else {
                self.fields.plain(marks, self.width);
                true
            };
            if !whole || self.fields.starts.len() != before + self.width {
                self.fields.starts.truncate(before);
                self.fields.ends.truncate(before);
                break;
            }
            if returned(bytes, after) {
                self.fields.shorten(after);
            }
            self.rows += 1;
            taken = after;
            first = *line as usize;
        }
        taken
    }
}

impl Fields {
    /// The fields of one line without quotation marks, when they are as many as there should be.
    fn plain(&mut self, marks: &[u32], width: usize) {
        if marks.len() == width + 1 {
            self.starts.extend(marks.iter().take(width));
            self.ends.extend(marks.iter().skip(1));
        }
    }

    /// A carriage return before the line end is no part of the last field.
    fn shorten(&mut self, after: usize) {
        if let (Some(end), Some(start)) = (self.ends.last_mut(), self.starts.last())
            && *end as usize == after
            && *start + 1 < *end
        {
            *end -= 1;
        }
    }

    /// The fields of one line; false where a text in quotation marks is of another form.
    fn quoted(&mut self, bytes: &[u8], separator: u8, marks: &[u32]) -> bool {
        let mut start = marks.first().copied().unwrap_or(0);
        let mut wanted = self.wanted.iter();
        // the text in quotation marks that was just read, and where looking goes on after it
        let mut text = None;
        let mut past = 0;
        for after in marks.iter().skip(1).filter(|after| **after > 0) {
            let place = *after as usize - 1;
            if place < past {
                continue;
            }
            if bytes.get(place) == Some(&b'"') && separator != b'"' {
                if place == start as usize {
                    let wanted = wanted.as_slice().first().copied().unwrap_or(false);
                    let Some(end) = closing(bytes, place, separator, wanted) else {
                        return false;
                    };
                    text = Some((*after, short(end + 1)));
                    past = end + 1;
                }
                continue;
            }
            let (first, end) = text.take().unwrap_or((start, *after));
            self.starts.push(first);
            self.ends.push(end);
            wanted.next();
            start = *after;
        }
        true
    }
}

impl Marks {
    fn after(&self, mark: u32) -> usize {
        self.after.get(mark as usize).map_or(0, |after| *after as usize)
    }

    fn find(&mut self, bytes: &[u8], separator: u8) {
        self.lines.clear();
        self.quotes.clear();
        let [separators, line_ends, quotes] = [separator, b'\n', b'"'].map(u8x16::splat);
        let (chunks, rest) = bytes.as_chunks::<TOGETHER>();
        // filled up with what is no mark
        let mut last = [if separator == b' ' { b'.' } else { b' ' }; TOGETHER];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        let mut count = 1;
        let mut at = 1u32;
        for chunk in chunks.iter().chain(std::iter::once(&last)) {
            let chunk = u8x16::new(*chunk);
            let (line_end, quote) = (chunk.simd_eq(line_ends), chunk.simd_eq(quotes));
            let mut marks = (chunk.simd_eq(separators) | line_end | quote).to_bitmask();
            if (line_end | quote).to_bitmask() != 0 {
                note(&mut self.lines, marks, line_end.to_bitmask(), count);
                note(&mut self.quotes, marks, quote.to_bitmask(), count);
            }
            let found = marks.count_ones() as usize;
            if let Some((usual, more)) =
                self.after.get_mut(count..count + TOGETHER).and_then(|room| room.split_at_mut_checked(USUAL))
            {
                // the usual number is written whatever there is: nothing has to be foreseen
                let mut write = |slot: &mut u32| {
                    *slot = at.wrapping_add((marks | 1 << TOGETHER).trailing_zeros());
                    marks &= marks.wrapping_sub(1);
                };
                usual.iter_mut().for_each(&mut write);
                if found > USUAL {
                    more.iter_mut().for_each(write);
                }
            }
            count += found;
            at = at.wrapping_add(16);
        }
    }
}

/// Which of the marks, counted from `count` on, are these.
fn note(found: &mut Vec<u32>, marks: u32, mut these: u32, count: usize) {
    while these != 0 {
        let lowest = these & these.wrapping_neg();
        found.push(short(count) + (marks & (lowest - 1)).count_ones());
        these &= these - 1;
    }
}

/// Whether a carriage return stands before the line end.
fn returned(bytes: &[u8], after: usize) -> bool {
    after.checked_sub(2).and_then(|before| bytes.get(before)) == Some(&b'\r')
}

/// Where the text that opens at `open` closes, when the field ends there and the text has no line end inside, and no
/// quotation mark when it is wanted.
fn closing(bytes: &[u8], open: usize, separator: u8, wanted: bool) -> Option<usize> {
    let mut at = open + 1;
    loop {
        let text = bytes.get(at..)?;
        let length = memchr::memchr2(b'"', b'\n', text)?;
        let after = text.get(length + 1..).unwrap_or(&[]);
        match (text.get(length), after.first()) {
            (Some(b'"'), Some(b'"')) if !wanted => at += length + 2,
            (Some(b'"'), Some(next)) => {
                let ends = *next == separator || *next == b'\n' || after.starts_with(b"\r\n");
                return ends.then_some(at + length);
            }
            _ => return None,
        }
    }
}

fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields<'a>(text: &'a str, wanted: &[bool]) -> (usize, Vec<Vec<&'a str>>) {
        let width = wanted.len();
        let mut stretch = Stretch::new(width, wanted.to_vec());
        let taken = stretch.find(text.as_bytes(), b';');
        let field = |at: usize| {
            let mut spans = Vec::new();
            stretch.column(at, &mut spans);
            spans.iter().map(|(s, e)| text.get(*s as usize..*e as usize).unwrap()).collect::<Vec<_>>()
        };
        let columns: Vec<Vec<&str>> = (0..width).map(field).collect();
        (taken, (0..stretch.rows()).map(|row| columns.iter().map(|column| column[row]).collect()).collect())
    }

    #[test]
    fn records_of_the_usual_form_are_found() {
        assert_eq!(fields("a;b\nc;;\n", &[true; 2]), (4, vec![vec!["a", "b"]]));
        assert_eq!(fields("a;b\r\n;\n", &[true; 2]), (7, vec![vec!["a", "b"], vec!["", ""]]));
        assert_eq!(fields("a;\"b;c\"\r\nd;e", &[true; 2]), (9, vec![vec!["a", "b;c"]]));
        assert_eq!(fields("a;\"b\"\"c\"\n", &[true; 2]), (0, vec![]));
        assert_eq!(fields("a;\"b\"\"c\"\n", &[true, false]), (9, vec![vec!["a", "b\"\"c"]]));
        assert_eq!(fields("a;\"b\nc\"\n", &[true; 2]), (0, vec![]));
        assert_eq!(fields("a;\"b\" c\n", &[true; 2]), (0, vec![]));
        assert_eq!(fields("a;b\"c\n", &[true; 2]), (6, vec![vec!["a", "b\"c"]]));
        assert_eq!(fields("a;b\n\nc;d\n", &[true; 2]), (4, vec![vec!["a", "b"]]));
        assert_eq!(fields("a;b\nc;d\r\n", &[true; 2]), (4, vec![vec!["a", "b"]]));
        assert_eq!(fields(";;;;;;;;\n", &[true; 9]), (9, vec![vec![""; 9]]));
        assert_eq!(fields("", &[true; 2]), (0, vec![]));
        assert_eq!(fields("a\n\nb\n", &[true]), (5, vec![vec!["a"], vec![""], vec!["b"]]));
    }
}
