//! Texts found fast: an open table of hashes over a pool of texts, and the keys of a loaded table.
//!
//! Knows nothing of files.

use std::cmp::Ordering;
use std::sync::atomic::{AtomicU32, Ordering as Memory};
use std::sync::{Arc, OnceLock};

use super::dataset::TextPool;

/// Finds the position of a text in a pool. The pool is kept beside it.
#[derive(Debug, Clone, Default)]
pub(super) struct TextIndex {
    /// Tag and code + 1; 0: free.
    slots: Vec<(u64, u32)>,
    used: usize,
}

impl TextIndex {
    pub fn with_capacity(texts: usize) -> Self {
        let size = (texts.max(8) * 2).next_power_of_two();
        TextIndex { slots: vec![(0, 0); size], used: 0 }
    }

    pub fn find(&self, pool: &TextPool, text: &[u8]) -> Option<u32> {
        self.look(pool, text, tag(text)).ok()
    }

    /// The code, or the free slot where the text belongs.
    fn look(&self, pool: &TextPool, text: &[u8], tag: u64) -> Result<u32, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = slot(tag) & mask;
        loop {
            let (found, code) = self.slots.get(at).copied().unwrap_or_default();
            let Some(code) = code.checked_sub(1) else {
                return Err(at);
            };
            if found == tag && (is_whole(tag) || pool.get(code).as_bytes() == text) {
                return Ok(code);
            }
            at = (at + 1) & mask;
        }
    }

    /// The code of a text, added to the pool when it is new.
    pub fn intern(&mut self, pool: &mut TextPool, text: &str) -> u32 {
        self.grow();
        let tag = tag(text.as_bytes());
        match self.look(pool, text.as_bytes(), tag) {
            Ok(code) => code,
            Err(free) => {
                let code = pool.push(text);
                self.put(free, tag, code);
                code
            }
        }
    }

    /// Remembers a text that is in the pool under this code; the code it has already when it is there twice.
    pub fn insert(&mut self, pool: &TextPool, code: u32) -> Result<(), u32> {
        self.grow();
        let text = pool.get(code).as_bytes();
        let tag = tag(text);
        match self.look(pool, text, tag) {
            Ok(first) => Err(first),
            Err(free) => {
                self.put(free, tag, code);
                Ok(())
            }
        }
    }

    fn put(&mut self, at: usize, tag: u64, code: u32) {
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (tag, code + 1);
            self.used += 1;
        }
    }

    fn grow(&mut self) {
        if (self.used + 1) * 2 <= self.slots.len() {
            return;
        }
        let larger = vec![(0, 0); (self.slots.len() * 2).max(16)];
        let mask = larger.len() - 1;
        let old = std::mem::replace(&mut self.slots, larger);
        for (tag, code) in old.into_iter().filter(|(_, code)| *code > 0) {
            let mut at = slot(tag) & mask;
            while let Some(slot) = self.slots.get_mut(at) {
                if slot.1 == 0 {
                    *slot = (tag, code);
                    break;
                }
                at = (at + 1) & mask;
            }
        }
    }
}

/// A key that is looked for. For rows in random order the answer costs a wait for memory, which many questions answered
/// together share.
///
/// The number counted from the lowest one, the tag of a short text, or the answer itself with the highest bit set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Question(u64);

impl Question {
    /// No key is looked for.
    pub const NONE: Question = Question(u64::MAX);

    pub fn answered(code: u32) -> Question {
        Question(LONG | u64::from(code))
    }

    fn code(self) -> Option<u32> {
        if self.0 & LONG == 0 { None } else { u32::try_from(self.0 ^ LONG).ok() }
    }
}

/// Keys looked up by halving before a table of hashes is made.
const PATIENCE: u32 = 1024;

/// The keys of a loaded table: code = row, an empty text where a row has no key.
#[derive(Debug, Default)]
pub(super) struct KeyTable {
    pub pool: Arc<TextPool>,
    lookup: Lookup,
}

#[derive(Debug)]
enum Lookup {
    /// Keys are numbers close together, as codes of schools are: (the lowest, code + 1 of each number from there; 0: none).
    Numbers(u64, Vec<u32>),
    /// Each key is longer than the one before, or as long and higher. Files usually come in the order of each other: then
    /// few lookups are made and halving suffices; a table of hashes is made when they become many.
    Rising(AtomicU32, OnceLock<TextIndex>),
    Hashed(TextIndex),
}

impl Default for Lookup {
    fn default() -> Lookup {
        Lookup::Hashed(TextIndex::default())
    }
}

impl KeyTable {
    /// The table and the rows that repeat a key: (first, again).
    pub fn new(pool: Arc<TextPool>) -> (KeyTable, Vec<(u32, u32)>) {
        if let Some((lookup, repeated)) = numbered(&pool) {
            return (KeyTable { pool, lookup }, repeated);
        }
        let count = u32::try_from(pool.len()).unwrap_or(u32::MAX);
        let rising = (1..count)
            .all(|code| short_first(pool.get(code - 1).as_bytes(), pool.get(code).as_bytes()).is_lt())
            && (count == 0 || !pool.get(0).is_empty());
        if rising {
            return (KeyTable { pool, lookup: Lookup::Rising(AtomicU32::new(0), OnceLock::new()) }, Vec::new());
        }
        let (index, repeated) = indexed(&pool);
        (KeyTable { pool, lookup: Lookup::Hashed(index) }, repeated)
    }

    pub fn find(&self, text: &[u8]) -> Option<u32> {
        match &self.lookup {
            Lookup::Numbers(..) => self.answer(self.question_at(text, None)?.0),
            Lookup::Rising(lookups, _) if lookups.load(Memory::Relaxed) < PATIENCE => {
                lookups.fetch_add(1, Memory::Relaxed);
                self.halve(text)
            }
            Lookup::Rising(_, index) => index.get_or_init(|| indexed(&self.pool).0).find(&self.pool, text),
            Lookup::Hashed(index) => index.find(&self.pool, text),
        }
    }

    /// Where keys are numbers, the question for what stands before the separator or the end of the line, and its length.
    #[inline]
    pub fn question_at(&self, rest: &[u8], separator: Option<u8>) -> Option<(Question, usize)> {
        let Lookup::Numbers(low, codes) = &self.lookup else {
            return None;
        };
        let (number, length) = whole_number(rest, separator)?;
        let place = number.checked_sub(*low)?;
        (usize::try_from(place).ok()? < codes.len()).then_some((Question(place), length))
    }

    /// The question for a text; `None`: it is certainly no key.
    pub fn question(&self, text: &[u8]) -> Option<Question> {
        if self.are_numbers() {
            return self.question_at(text, None).map(|(question, _)| question);
        }
        let tag = tag(text);
        if is_whole(tag) { Some(Question(tag)) } else { self.find(text).map(Question::answered) }
    }

    /// The key asked for.
    #[inline]
    pub fn answer(&self, question: Question) -> Option<u32> {
        if question == Question::NONE || question.code().is_some() {
            return question.code();
        }
        match &self.lookup {
            Lookup::Numbers(_, codes) => codes.get(usize::try_from(question.0).ok()?)?.checked_sub(1),
            Lookup::Rising(_, index) => {
                let index = index.get_or_init(|| indexed(&self.pool).0);
                index.look(&self.pool, &[], question.0).ok()
            }
            Lookup::Hashed(index) => index.look(&self.pool, &[], question.0).ok(),
        }
    }

    /// The text asked for, where it was not answered at once.
    pub fn text_of(&self, question: Question) -> String {
        match &self.lookup {
            Lookup::Numbers(low, _) => (low + question.0).to_string(),
            _ => String::from_utf8_lossy(&whole_text(question.0)).into_owned(),
        }
    }

    pub fn are_numbers(&self) -> bool {
        matches!(self.lookup, Lookup::Numbers(..))
    }

    fn halve(&self, text: &[u8]) -> Option<u32> {
        let (mut low, mut high) = (0, u32::try_from(self.pool.len()).unwrap_or(u32::MAX));
        while low < high {
            let middle = low + (high - low) / 2;
            match short_first(self.pool.get(middle).as_bytes(), text) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// A number written in the only way that has no zeros in front, up to the separator or line end (none: to the end).
#[inline]
fn whole_number(rest: &[u8], separator: Option<u8>) -> Option<(u64, usize)> {
    let mut number = 0u64;
    let mut length = 0;
    for byte in rest.iter().take(19) {
        if byte.is_ascii_digit() {
            number = number * 10 + u64::from(byte - b'0');
            length += 1;
        } else if separator.is_some_and(|separator| *byte == separator || *byte == b'\n') {
            let canonical = length == 1 || rest.first() != Some(&b'0');
            return (length > 0 && canonical).then_some((number, length));
        } else {
            return None;
        }
    }
    let canonical = length == 1 || rest.first() != Some(&b'0');
    (separator.is_none() && length > 0 && length == rest.len() && canonical).then_some((number, length))
}

/// A table by number, when all keys are numbers and not too far apart.
fn numbered(pool: &TextPool) -> Option<(Lookup, Vec<(u32, u32)>)> {
    let count = u32::try_from(pool.len()).ok()?;
    let (mut low, mut high) = (u64::MAX, 0);
    for code in (0..count).filter(|code| !pool.get(*code).is_empty()) {
        let (number, _) = whole_number(pool.get(code).as_bytes(), None)?;
        low = low.min(number);
        high = high.max(number);
    }
    let span = high.checked_sub(low)?;
    if span > u64::from(count) * 8 + 1024 {
        return None;
    }
    let mut codes = vec![0u32; usize::try_from(span).ok()? + 1];
    let mut repeated = Vec::new();
    for code in 0..count {
        let Some((number, _)) = whole_number(pool.get(code).as_bytes(), None) else {
            continue;
        };
        let slot = codes.get_mut(usize::try_from(number - low).ok()?)?;
        match slot.checked_sub(1) {
            Some(first) => repeated.push((first, code)),
            None => *slot = code + 1,
        }
    }
    Some((Lookup::Numbers(low, codes), repeated))
}

fn indexed(pool: &TextPool) -> (TextIndex, Vec<(u32, u32)>) {
    let mut index = TextIndex::with_capacity(pool.len());
    let mut repeated = Vec::new();
    for code in 0..u32::try_from(pool.len()).unwrap_or(u32::MAX) {
        if !pool.get(code).is_empty()
            && let Err(first) = index.insert(pool, code)
        {
            repeated.push((first, code));
        }
    }
    (index, repeated)
}

fn short_first(a: &[u8], b: &[u8]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// Up to seven bytes stand in the tag themselves; longer texts by their hash, with the highest bit set.
fn tag(bytes: &[u8]) -> u64 {
    if bytes.len() < 8 {
        let mut whole = bytes.len() as u64;
        for byte in bytes {
            whole = (whole << 8) | u64::from(*byte);
        }
        return whole;
    }
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = chunk.try_into().map_or(0, u64::from_le_bytes);
        hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    let mut tail = 0u64;
    for byte in chunks.remainder() {
        tail = (tail << 8) | u64::from(*byte);
    }
    hash = (hash.rotate_left(5) ^ tail ^ (bytes.len() as u64)).wrapping_mul(0x517c_c1b7_2722_0a95);
    (hash ^ (hash >> 29)) | LONG
}

const LONG: u64 = 1 << 63;

/// The text of a tag that holds it.
fn whole_text(tag: u64) -> Vec<u8> {
    let bytes = tag.to_be_bytes();
    // the length stands before the text
    bytes.into_iter().skip_while(|byte| *byte == 0).skip(1).collect()
}

/// Whether equal tags mean equal texts.
fn is_whole(tag: u64) -> bool {
    tag & LONG == 0
}

fn slot(tag: u64) -> usize {
    let mixed = tag.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> 32).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_are_found_whatever_their_order(
            keys in prop_oneof![
                proptest::collection::vec("[а-яa-z0-9]{1,12}", 1..60),
                proptest::collection::vec("1[0-9]{2}", 1..60),
                proptest::collection::vec("0{0,2}[1-9][0-9]{0,1}", 1..60),
            ],
            sorted in any::<bool>(),
            many in any::<bool>(),
        ) {
            let mut keys = keys;
            if sorted {
                keys.sort_by(|a, b| short_first(a.as_bytes(), b.as_bytes()));
                keys.dedup();
            }
            let mut pool = TextPool::default();
            keys.iter().for_each(|key| { pool.push(key); });
            let (table, repeated) = KeyTable::new(Arc::new(pool));
            let again = keys.iter().enumerate().filter(|(at, key)| keys[..*at].contains(key)).count();
            prop_assert_eq!(repeated.len(), again);
            if let (Lookup::Rising(lookups, _), true) = (&table.lookup, many) {
                lookups.store(PATIENCE, Memory::Relaxed);
            }
            for key in &keys {
                let first = keys.iter().position(|k| k == key).unwrap();
                prop_assert_eq!(table.find(key.as_bytes()), Some(first as u32));
                let question = table.question(key.as_bytes()).unwrap();
                prop_assert_eq!(table.answer(question), Some(first as u32));
                if question.code().is_none() {
                    prop_assert_eq!(&table.text_of(question), key);
                }
                if table.are_numbers() {
                    let cell = format!("{key};5\n");
                    prop_assert_eq!(table.question_at(cell.as_bytes(), Some(b';')), Some((question, key.len())));
                }
            }
            for other in ["-", "", "0", "00", "0100", "99999999999999999999", "1;"] {
                let known = keys.iter().any(|key| key == other);
                prop_assert_eq!(table.find(other.as_bytes()).is_some(), known);
                prop_assert_eq!(table.question(other.as_bytes()).and_then(|q| table.answer(q)).is_some(), known);
            }
        }
    }
}
