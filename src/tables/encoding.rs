//! The encoding of a text file: told by its marks, by what is valid, and by which reading gives words.
//!
//! The only file that names the decoder beside the fast reader of `data`.

use encoding_rs::{IBM866, KOI8_R, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC};

/// Encodings that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1251,
    Cp866,
    Koi8R,
    MacCyrillic,
    Windows1252,
}

/// How an encoding was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    Stated,
    /// A byte order mark.
    Mark,
    /// Valid, with letters that are not ASCII.
    Valid,
    /// Nothing but ASCII: any encoding would do.
    Ascii,
    /// Every second byte is nothing.
    Zeros,
    /// Of several readings the one that gives words.
    Words,
}

/// A decoded text.
#[derive(Debug, Clone)]
pub struct Decoded {
    pub text: String,
    pub encoding: Encoding,
    pub ground: Ground,
    /// Places that are no characters of the encoding.
    pub malformed: usize,
    /// Byte order marks within the text, which were taken out.
    pub marks: usize,
}

impl Encoding {
    pub const EACH: [Encoding; 8] = [
        Encoding::Utf8,
        Encoding::Windows1251,
        Encoding::Cp866,
        Encoding::Koi8R,
        Encoding::MacCyrillic,
        Encoding::Windows1252,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
    ];

    /// The encoding of a name, as people write it.
    pub fn named(name: &str) -> Option<Encoding> {
        let plain: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        Some(match plain.as_str() {
            "utf8" | "utf8bom" | "utf8sig" => Encoding::Utf8,
            "utf16" | "utf16le" | "ucs2" => Encoding::Utf16Le,
            "utf16be" => Encoding::Utf16Be,
            "windows1251" | "cp1251" | "win1251" | "1251" => Encoding::Windows1251,
            "cp866" | "ibm866" | "866" | "dos" | "oem866" => Encoding::Cp866,
            "koi8r" | "koi8" | "koi8u" => Encoding::Koi8R,
            "maccyrillic" | "xmaccyrillic" => Encoding::MacCyrillic,
            "windows1252" | "cp1252" | "latin1" | "iso88591" | "1252" => Encoding::Windows1252,
            _ => return None,
        })
    }

    /// The usual name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Windows1251 => "windows-1251",
            Encoding::Cp866 => "cp866",
            Encoding::Koi8R => "koi8-r",
            Encoding::MacCyrillic => "mac-cyrillic",
            Encoding::Windows1252 => "windows-1252",
        }
    }

    fn decoder(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => UTF_8,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
            Encoding::Windows1251 => WINDOWS_1251,
            Encoding::Cp866 => IBM866,
            Encoding::Koi8R => KOI8_R,
            Encoding::MacCyrillic => X_MAC_CYRILLIC,
            Encoding::Windows1252 => WINDOWS_1252,
        }
    }
}

/// Bytes that are weighed at most, those that are not ASCII.
const WEIGHED: usize = 64 * 1024;

/// Control signs beyond ASCII.
fn unseen(letter: char) -> bool {
    matches!(letter, '\u{80}'..='\u{9f}')
}

/// Decodes bytes; a stated encoding wins.
pub fn decode(bytes: &[u8], stated: Option<Encoding>) -> Decoded {
    let marks =
        [(&b"\xef\xbb\xbf"[..], Encoding::Utf8), (b"\xff\xfe", Encoding::Utf16Le), (b"\xfe\xff", Encoding::Utf16Be)];
    let mark = marks.iter().find(|(mark, _)| bytes.starts_with(mark));
    if let (Some((mark, encoding)), None) = (mark, stated) {
        return decoded(bytes.get(mark.len()..).unwrap_or(&[]), *encoding, Ground::Mark);
    }
    if let Some(encoding) = stated {
        let body = mark.filter(|(_, own)| *own == encoding).and_then(|(mark, _)| bytes.get(mark.len()..));
        return decoded(body.unwrap_or(bytes), encoding, Ground::Stated);
    }
    if let Some(encoding) = zeros(bytes) {
        return decoded(bytes, encoding, Ground::Zeros);
    }
    if bytes.is_ascii() {
        return decoded(bytes, Encoding::Utf8, Ground::Ascii);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return decoded(bytes, Encoding::Utf8, Ground::Valid);
    }
    let sample = weighed(bytes);
    let mut best = (i64::MIN, Encoding::Windows1251);
    // the first of equals wins
    for encoding in
        [Encoding::Windows1251, Encoding::Windows1252, Encoding::Cp866, Encoding::Koi8R, Encoding::MacCyrillic]
    {
        let (text, _) = encoding.decoder().decode_without_bom_handling(&sample);
        let score = wordiness(&text);
        if score > best.0 {
            best = (score, encoding);
        }
    }
    // a text in UTF-8 with broken bytes, or with lines in another encoding, is no other text: none is half UTF-8 by chance
    let valid = utf8_share(bytes);
    let encoding = if valid >= 50 { Encoding::Utf8 } else { best.1 };
    decoded(bytes, encoding, Ground::Words)
}

/// Decodes a text in UTF-8 that has lines in another encoding; with the numbers of these lines.
pub fn decode_lines(bytes: &[u8], other: Encoding) -> (Decoded, Vec<u64>) {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (mut text, mut lines) = (String::with_capacity(body.len()), Vec::new());
    for (number, line) in (1..).zip(body.split_inclusive(|byte| *byte == b'\n')) {
        match std::str::from_utf8(line) {
            Ok(valid) => text.push_str(valid),
            Err(_) => {
                text.push_str(&other.decoder().decode_without_bom_handling(line).0);
                lines.push(number);
            }
        }
    }
    (decoded(text.as_bytes(), Encoding::Utf8, Ground::Stated), lines)
}

fn decoded(bytes: &[u8], encoding: Encoding, ground: Ground) -> Decoded {
    let (text, mut broken) = encoding.decoder().decode_without_bom_handling(bytes);
    // bytes that an encoding of single bytes has no sign for are read as signs that cannot be seen
    let text = match encoding {
        Encoding::Windows1251 | Encoding::Windows1252 if text.contains(unseen) => {
            broken = true;
            text.replace(unseen, "\u{fffd}").into()
        }
        _ => text,
    };
    let malformed = if broken { text.matches('\u{fffd}').count() } else { 0 };
    let marks = text.matches('\u{feff}').count();
    let text = if marks > 0 { text.replace('\u{feff}', "") } else { text.into_owned() };
    Decoded { text, encoding, ground, malformed, marks }
}

/// UTF-16 without a mark: nearly every second byte is zero.
fn zeros(bytes: &[u8]) -> Option<Encoding> {
    let sample = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    let half = sample.len() / 2;
    if half < 2 || sample.len() % 2 == 1 && sample.len() == bytes.len() {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0 || **b == 4).count();
    let (even, odd) = (zeros(0), zeros(1));
    let plain = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    if odd * 10 >= half * 9 && plain(1) * 10 >= half && even * 2 < half {
        Some(Encoding::Utf16Le)
    } else if even * 10 >= half * 9 && plain(0) * 10 >= half && odd * 2 < half {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// The stretches around bytes that are not ASCII.
fn weighed(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes.split(|b| *b == b'\n') {
        if !line.is_ascii() {
            sample.extend_from_slice(line);
            sample.push(b'\n');
        }
        if sample.len() > WEIGHED {
            break;
        }
    }
    sample
}

/// Of the characters that are not ASCII, how many hundredths are valid UTF-8.
fn utf8_share(bytes: &[u8]) -> usize {
    let (mut good, mut bad) = (0, 0);
    let mut rest = bytes;
    while !rest.is_empty() {
        match std::str::from_utf8(rest) {
            Ok(text) => {
                good += text.chars().filter(|c| !c.is_ascii()).count();
                break;
            }
            Err(error) => {
                let valid = rest.get(..error.valid_up_to()).unwrap_or(&[]);
                good += std::str::from_utf8(valid).unwrap_or("").chars().filter(|c| !c.is_ascii()).count();
                bad += 1;
                let skip = error.valid_up_to() + error.error_len().unwrap_or(1);
                rest = rest.get(skip..).unwrap_or(&[]);
            }
        }
    }
    (good * 100).checked_div(good + bad).unwrap_or(0)
}

/// How common a Russian letter is among letters, the commonest 4; in thirds of the natural logarithm of its share to an even one.
const LETTERS: &[(char, i64)] = &[
    ('о', 4),
    ('е', 3),
    ('а', 3),
    ('и', 3),
    ('н', 2),
    ('т', 2),
    ('с', 2),
    ('р', 1),
    ('в', 1),
    ('л', 1),
    ('к', 0),
    ('м', 0),
    ('д', 0),
    ('п', 0),
    ('у', 0),
    ('ё', 0),
    ('я', -1),
    ('ы', -1),
    ('ь', -1),
    ('г', -1),
    ('з', -1),
    ('б', -2),
    ('ч', -2),
    ('й', -2),
    ('х', -3),
    ('ж', -3),
    ('ш', -3),
    ('ю', -4),
    ('ц', -4),
    ('щ', -5),
    ('э', -5),
    ('ф', -5),
    ('ъ', -9),
];

/// How much a text looks like words: letters of one alphabet side by side, small after small, common ones often.
fn wordiness(text: &str) -> i64 {
    let mut score = 0;
    let mut last = ' ';
    let is_russian = |c: char| matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё');
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if !letter.is_ascii() {
            let next = letters.peek().copied().unwrap_or(' ');
            score += match letter {
                // a letter before or behind figures alone is a sign: `£512`
                _ if is_russian(letter) && !last.is_alphabetic() && !next.is_alphabetic() => {
                    if last.is_ascii_digit() || next.is_ascii_digit() { -2 } else { 0 }
                }
                _ if is_russian(letter) => {
                    let small = letter.to_lowercase().next().unwrap_or(letter);
                    let common = LETTERS.iter().find(|(known, _)| *known == small).map_or(0, |(_, n)| *n);
                    let after = if last.is_alphabetic() && !is_russian(last) {
                        -8
                    } else if last.is_lowercase() && letter.is_uppercase() {
                        -4
                    } else {
                        i64::from(last.is_alphabetic() && last.is_lowercase() == letter.is_lowercase())
                    };
                    2 + common + after
                }
                '№' | '«' | '»' | '–' | '—' | '“' | '”' | '„' | '’' | '‘' | '…' | '\u{a0}' | '°' | '±' | '·' | '•' => {
                    2
                }
                '£' | '€' | '§' | '©' | '®' | '½' | '¼' | '²' | '³' | 'µ' | '´' => 1,
                // Latin letters with marks stand within words
                'à'..='ö' | 'ø'..='ÿ' if last.is_ascii_alphabetic() => 2,
                'À'..='Ö' | 'Ø'..='Þ' if !last.is_lowercase() => 0,
                _ if letter.is_alphabetic() => -3,
                _ => -4,
            };
        } else if letter.is_ascii_alphabetic() && is_russian(last) {
            score -= 8;
        }
        last = letter;
    }
    score
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Ground, decode};

    const TEXT: &str =
        "Код;Наименование школы;Средний балл\n470101;МБОУ «СОШ № 1» г. Гатчина;54,9\n470102;Лицей;61,2\n";

    #[test]
    fn encodings_are_told_apart() {
        for encoding in [Encoding::Windows1251, Encoding::Cp866, Encoding::Koi8R, Encoding::MacCyrillic] {
            // signs that an encoding does not have are left out
            let text = if encoding == Encoding::Koi8R {
                TEXT.replace(['«', '»', '№'], "")
            } else {
                TEXT.replace(['«', '»'], "")
            };
            let (bytes, _, lost) = encoding.decoder().encode(&text);
            assert!(!lost, "{encoding:?}");
            let told = decode(&bytes, None);
            assert_eq!((told.encoding, told.ground), (encoding, Ground::Words));
            assert_eq!(told.text, text);
        }
    }

    #[test]
    fn capitals_are_words_too() {
        let text = TEXT.to_uppercase().replace(['«', '»', '№'], "");
        for encoding in [Encoding::Windows1251, Encoding::Cp866, Encoding::Koi8R] {
            let (bytes, _, _) = encoding.decoder().encode(&text);
            assert_eq!(decode(&bytes, None).encoding, encoding);
        }
    }

    #[test]
    fn utf_is_told_by_marks_zeros_and_validity() {
        let wide: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let told = decode(&wide, None);
        assert_eq!((told.encoding, told.ground), (Encoding::Utf16Le, Ground::Zeros));
        assert_eq!(told.text, TEXT);
        let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(TEXT.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(decode(&big, None).text, TEXT);
        assert_eq!(decode(TEXT.as_bytes(), None).ground, Ground::Valid);
        assert_eq!(decode(b"a,b\n", None).ground, Ground::Ascii);
    }

    #[test]
    fn no_letter_of_another_alphabet_stands_within_a_word() {
        let text = "Code;Territory\n470101;Île-aux-Moines\n470102;Orléans\n";
        let (bytes, _, _) = Encoding::Windows1252.decoder().encode(text);
        assert_eq!(decode(&bytes, None).text, text);
    }

    #[test]
    fn latin_texts_are_no_cyrillic_ones() {
        let (bytes, _, _) = Encoding::Windows1252.decoder().encode("Name;Cost\nCafé Zoë;£44 – paid\n");
        assert_eq!(decode(&bytes, None).encoding, Encoding::Windows1252);
    }

    #[test]
    fn a_few_broken_bytes_do_not_change_the_encoding() {
        let mut bytes = TEXT.repeat(3).into_bytes();
        bytes.push(0xff);
        let told = decode(&bytes, None);
        assert_eq!((told.encoding, told.malformed), (Encoding::Utf8, 1));
    }
}
