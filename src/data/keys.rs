//! Texts found fast: an open table of hashes over a pool of texts.
//!
//! Knows nothing of tables or files.

use super::dataset::TextPool;

/// Finds the position of a text in a pool. The pool is kept beside it.
#[derive(Debug, Clone, Default)]
pub(super) struct TextIndex {
    /// Hash and code + 1; 0: free.
    slots: Vec<(u32, u32)>,
    used: usize,
}

impl TextIndex {
    pub fn with_capacity(texts: usize) -> Self {
        let size = (texts.max(8) * 2).next_power_of_two();
        TextIndex { slots: vec![(0, 0); size], used: 0 }
    }

    pub fn find(&self, pool: &TextPool, text: &[u8]) -> Option<u32> {
        let hash = hash(text);
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = usize::try_from(hash).unwrap_or(0) & mask;
        loop {
            let (found, code) = *self.slots.get(at)?;
            let code = code.checked_sub(1)?;
            if found == hash && pool.get(code).as_bytes() == text {
                return Some(code);
            }
            at = (at + 1) & mask;
        }
    }

    /// The code of a text, added to the pool when it is new.
    pub fn intern(&mut self, pool: &mut TextPool, text: &str) -> u32 {
        if let Some(code) = self.find(pool, text.as_bytes()) {
            return code;
        }
        let code = pool.push(text);
        self.insert(text.as_bytes(), code);
        code
    }

    /// Remembers a text that is in the pool under this code and not yet here.
    pub fn insert(&mut self, text: &[u8], code: u32) {
        if (self.used + 1) * 2 > self.slots.len() {
            let larger = vec![(0, 0); (self.slots.len() * 2).max(16)];
            let old = std::mem::replace(&mut self.slots, larger);
            for (hash, code) in old.into_iter().filter(|(_, code)| *code > 0) {
                self.put(hash, code);
            }
        }
        self.put(hash(text), code + 1);
        self.used += 1;
    }

    fn put(&mut self, hash: u32, code: u32) {
        let mask = self.slots.len().saturating_sub(1);
        let mut at = usize::try_from(hash).unwrap_or(0) & mask;
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.1 == 0 {
                *slot = (hash, code);
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

/// A fast hash for short keys; collisions are settled by comparing the texts.
fn hash(bytes: &[u8]) -> u32 {
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
    u32::try_from((hash ^ (hash >> 29)) >> 32).unwrap_or(0)
}
