//! The two languages of rules and of messages.
//!
//! Knows no words of either.

/// Russian or English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Language {
    #[default]
    Russian,
    English,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::Russian, Language::English];

    /// `ru` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Language::Russian => "ru",
            Language::English => "en",
        }
    }

    pub fn from_code(code: &str) -> Option<Language> {
        match code.get(..2)? {
            "ru" => Some(Language::Russian),
            "en" => Some(Language::English),
            _ => None,
        }
    }
}
