//! Comments find their places again: above the line they stood above, or behind the line they stood behind.

use super::Printer;

impl Printer {
    /// Prints the comments that stand before a place, each on a line of its own.
    pub(super) fn comments_before(&mut self, start: usize, level: usize) {
        while self.pending.first().is_some_and(|c| c.span.start < start) {
            let comment = self.pending.remove(0);
            if comment.after_blank && self.started && !self.out.ends_with("\n\n") {
                self.out.push('\n');
            }
            self.out.push_str(&"  ".repeat(level));
            self.comment(&comment.text);
            self.out.push('\n');
            self.started = true;
        }
    }

    /// Prints comments from inside a line, and the one behind it.
    pub(super) fn trailing(&mut self, start: usize, end: usize) {
        let mut first = true;
        while let Some(comment) = self.pending.first() {
            let inside = comment.span.start >= start && comment.span.start < end;
            let behind = !comment.own_line && comment.code_end > start && comment.code_end <= end && first;
            if !inside && !behind {
                break;
            }
            let comment = self.pending.remove(0);
            if first {
                self.out.push_str("  ");
            } else {
                self.out.push('\n');
            }
            self.comment(&comment.text);
            first = false;
        }
    }

    pub(super) fn rest(&mut self) {
        self.comments_before(usize::MAX, 0);
    }

    fn comment(&mut self, text: &str) {
        self.out.push_str("//");
        if !text.is_empty() {
            self.out.push(' ');
            self.out.push_str(text);
        }
    }
}
