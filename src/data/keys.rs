//! Texts found fast: an open table of hashes over a pool of texts, and the keys of a loaded table.
//!
//! Knows nothing of files.

use std::cmp::Ordering;
use std::sync::atomic::{AtomicU32, Ordering as Memory};
use std::sync::{Arc, OnceLock};

use super::cells::short_number;
use super::dataset::TextPool;
use super::stretch::Span;

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

    /// Step by step for all fields together: tags, the slots where they should stand, the texts found there.
    fn find_all(&self, pool: &TextPool, bytes: &[u8], fields: &[Span], found: &mut Found) {
        let text = |field: &Span| bytes.get(field.0 as usize..field.1 as usize).unwrap_or(&[]);
        found.tags.extend(fields.iter().map(|field| tag(text(field))));
        let mask = self.slots.len().wrapping_sub(1);
        found.codes.extend(found.tags.iter().map(|tag| {
            let at = slot(*tag) & mask;
            let [first, second] = [at, (at + 1) & mask].map(|at| self.slots.get(at).copied().unwrap_or_default());
            let second = if second.0 == *tag { second.1 } else { 0 };
            if first.0 == *tag { first.1 } else { second }
        }));
        found.texts.clear();
        found.texts.extend(found.codes.iter().map(|code| pool.span(code.wrapping_sub(1))));
        for (((field, tag), code), span) in fields.iter().zip(&found.tags).zip(&mut found.codes).zip(&found.texts) {
            let sure = *code > 0 && (is_whole(*tag) || pool.at(*span).as_bytes() == text(field));
            if !sure {
                *code = self.look(pool, text(field), *tag).map_or(0, |code| code + 1);
            }
        }
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

/// Keys looked for and found, many at a time; kept for its room.
///
/// For rows in random order each answer costs a wait for memory. Answers that do not need each other wait together.
#[derive(Debug, Default)]
pub(super) struct Found {
    tags: Vec<u64>,
    /// Code + 1; 0: not found at the first place, or not at all.
    codes: Vec<u32>,
    texts: Vec<Span>,
    next: usize,
}

impl Found {
    /// All were taken.
    pub fn is_empty(&self) -> bool {
        self.next >= self.codes.len()
    }
}

impl Iterator for Found {
    /// The code of the key that a field is.
    type Item = Option<u32>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let code = self.codes.get(self.next)?;
        self.next += 1;
        Some(code.checked_sub(1))
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
            Lookup::Numbers(low, codes) => {
                let place = whole_number(text)?.checked_sub(*low)?;
                codes.get(usize::try_from(place).ok()?)?.checked_sub(1)
            }
            Lookup::Rising(lookups, _) if lookups.load(Memory::Relaxed) < PATIENCE => {
                lookups.fetch_add(1, Memory::Relaxed);
                self.halve(text)
            }
            Lookup::Rising(_, index) => index.get_or_init(|| indexed(&self.pool).0).find(&self.pool, text),
            Lookup::Hashed(index) => index.find(&self.pool, text),
        }
    }

    /// Finds the keys that stand in these fields, as they are written there. A field that is not found may still be a key
    /// for [`KeyTable::find`].
    pub fn find_all(&self, bytes: &[u8], fields: &[Span], found: &mut Found) {
        found.next = 0;
        found.tags.clear();
        found.codes.clear();
        match &self.lookup {
            Lookup::Numbers(low, codes) => {
                let place = |field: &Span| {
                    let (number, 0) = short_number(bytes, *field)? else {
                        return None;
                    };
                    let zero_in_front = field.1 - field.0 > 1 && bytes.get(field.0 as usize) == Some(&b'0');
                    u64::try_from(number).ok()?.checked_sub(*low).filter(|_| !zero_in_front)
                };
                found.tags.extend(fields.iter().map(|field| place(field).unwrap_or(u64::MAX)));
                let code = |place: &u64| usize::try_from(*place).ok().and_then(|place| codes.get(place)).copied();
                found.codes.extend(found.tags.iter().map(|place| code(place).unwrap_or(0)));
            }
            Lookup::Rising(_, index) => {
                index.get_or_init(|| indexed(&self.pool).0).find_all(&self.pool, bytes, fields, found);
            }
            Lookup::Hashed(index) => index.find_all(&self.pool, bytes, fields, found),
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

/// A number written in the only way that has no zeros in front.
fn whole_number(text: &[u8]) -> Option<u64> {
    let digits = (1..=18).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
    let canonical = text.len() == 1 || text.first() != Some(&b'0');
    (digits && canonical).then(|| text.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}

/// A table by number, when all keys are numbers and not too far apart.
fn numbered(pool: &TextPool) -> Option<(Lookup, Vec<(u32, u32)>)> {
    let count = u32::try_from(pool.len()).ok()?;
    let (mut low, mut high) = (u64::MAX, 0);
    for code in (0..count).filter(|code| !pool.get(*code).is_empty()) {
        let number = whole_number(pool.get(code).as_bytes())?;
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
        let Some(number) = whole_number(pool.get(code).as_bytes()) else {
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
            }
            let others = ["-", "", "0", "00", "0100", "99999999999999999999", "1;"];
            let texts: Vec<&str> = keys.iter().map(String::as_str).chain(others).collect();
            let mut line = String::from("in front");
            let mut fields: Vec<Span> = Vec::new();
            for text in &texts {
                fields.push((line.len() as u32, (line.len() + text.len()) as u32));
                line.push_str(text);
            }
            let mut found = Found::default();
            table.find_all(line.as_bytes(), &fields, &mut found);
            for text in texts {
                let known = keys.iter().position(|key| key == text).map(|at| at as u32);
                prop_assert_eq!(table.find(text.as_bytes()), known);
                prop_assert_eq!(found.next().unwrap(), known.filter(|_| !table.are_numbers() || text.len() < 9));
            }
        }
    }
}
