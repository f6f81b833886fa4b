//! `merilo seal`: an integrity seal for a run folder or a dossier, or a new pair of keys.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::output::Target;
use super::{End, Host};
use crate::diagnostic::{Diagnostic, program};
use crate::location::Place;
use crate::record::dossier::Dossier;
use crate::record::{RECORD_FILE, seal};

pub(super) fn seal(host: &Host, folder: Option<&Path>, key: &Path, new_key: bool) -> End {
    if new_key {
        let end = make_keys(host, key);
        if end != End::Fine {
            return end;
        }
    }
    let Some(folder) = folder else {
        return if new_key {
            End::Fine
        } else {
            host.tell_one(Diagnostic::new(program::NOTHING_TO_SEAL, Place::Nowhere));
            End::WrongCommand
        };
    };
    let (sealed, name, to) = if folder.is_file() {
        (folder.to_path_buf(), seal::DOSSIER, beside(folder))
    } else {
        (folder.join(RECORD_FILE), RECORD_FILE, folder.join(seal::FILE))
    };
    let bytes = std::fs::read(&sealed).ok().filter(|bytes| name == RECORD_FILE || is_dossier(bytes));
    let Some(bytes) = bytes else {
        let problem = Diagnostic::new(program::NO_RUN_FOLDER, Place::File(folder.display().to_string()));
        host.tell_one(problem.text("folder", folder.display().to_string()));
        return End::WrongCommand;
    };
    let secret = std::fs::read_to_string(key).unwrap_or_default();
    let Some(text) = seal::seal(&secret, name, &bytes).and_then(|seal| seal.text().ok()) else {
        host.tell_one(Diagnostic::new(program::KEY_UNREADABLE, Place::Nowhere).text("what", "secret"));
        return End::WrongCommand;
    };
    Target::in_folder(to).write(host, |out| out.write_all(text.as_bytes()))
}

/// Where the seal of a dossier is.
pub(super) fn beside(dossier: &Path) -> PathBuf {
    let mut name = dossier.as_os_str().to_owned();
    name.push(seal::BESIDE);
    PathBuf::from(name)
}

/// Only what is whole is sealed.
fn is_dossier(bytes: &[u8]) -> bool {
    let (dossier, problems) = Dossier::parse(&String::from_utf8_lossy(bytes));
    dossier.is_some() && problems.is_empty()
}

/// Two files: the secret key, which nobody else may read, and the public one beside it.
fn make_keys(host: &Host, key: &Path) -> End {
    let mut public = key.as_os_str().to_owned();
    public.push(".pub");
    let public = Path::new(&public);
    if let Some(there) = [key, public].into_iter().find(|path| path.exists()) {
        let name = there.display().to_string();
        host.tell_one(Diagnostic::new(program::KEY_EXISTS, Place::File(name.clone())).text("file", name));
        return End::WrongCommand;
    }
    let (secret_text, public_text) = match seal::new_keys() {
        Ok(keys) => keys,
        Err(error) => return host.not_written(&key.display().to_string(), &error),
    };
    let name = key.display().to_string();
    if let Err(error) = super::terminal::write_secret(key, secret_text.as_bytes()) {
        return host.not_written(&name, &error);
    }
    host.written(key);
    Target::in_folder(public.to_path_buf()).write(host, |out: &mut dyn Write| out.write_all(public_text.as_bytes()))
}
