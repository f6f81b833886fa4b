//! `merilo data show`: what files were understood as.

use std::io::Write;

use super::super::output::Target;
use super::super::request::{Asked, Format};
use super::super::{End, Host};
use crate::report::stated::Guessed;
use crate::report::{html, json, markdown, text, understood};

pub(super) fn show(host: &Host, asked: &Asked) -> End {
    let target = match Target::new(host, asked.output.as_deref(), asked.format, Format::SHOWN) {
        Ok(target) => target,
        Err(end) => return end,
    };
    let (readings, tables, whole) = super::understood(host, asked);
    if readings.is_empty() && tables.is_empty() {
        return End::Errors;
    }
    let tables: Vec<Guessed> = tables.iter().map(Guessed::new).collect();
    let written = target.write(host, |out: &mut dyn Write| {
        if target.format == Format::Json {
            let text = json::understood(&readings, &tables, &host.speaker).map_err(std::io::Error::from)?;
            return out.write_all(text.as_bytes());
        }
        let page = understood::page(&readings, &tables, &host.speaker);
        let text = match target.format {
            Format::Html => html::render(&page),
            Format::Markdown => markdown::render(&page),
            _ => text::render(&page, target.layout(host)),
        };
        out.write_all(text.as_bytes())
    });
    match written {
        End::Fine if !whole => End::Errors,
        end => end,
    }
}
