//! An integrity seal: an Ed25519 signature over the fingerprint of a record.
//!
//! The only file that knows the signature library. A seal shows that a record has not changed since whoever holds the key
//! sealed it; it is no signature in the sense of a law.

use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::fingerprint::{hex, of_bytes, unhex};

/// Name of the seal of a run folder.
pub const FILE: &str = "seal.json";
/// What the seal of a dossier calls its file, whatever it is named.
pub const DOSSIER: &str = "dossier";
/// Ends the name of the seal beside a dossier.
pub const BESIDE: &str = ".seal.json";
const SCHEMA: &str = "merilo/seal/1";
const ALGORITHM: &str = "Ed25519";

/// What a seal file holds. The signature is of the name of the sealed file, a line end, and the digits of its fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    pub schema: String,
    pub algorithm: String,
    pub file: String,
    pub sha256: String,
    /// The public key, 32 bytes in hexadecimal digits.
    pub key: String,
    /// 64 bytes in hexadecimal digits.
    pub signature: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealProblem {
    /// The text is no seal as the program writes it.
    Malformed,
    /// The sealed file is not the one that was sealed.
    OtherFile,
    /// The signature does not fit the key.
    WrongSignature,
    /// It was sealed with another key.
    OtherKey,
}

/// A new pair of keys as PEM texts (PKCS#8 and SPKI, as other programs read them): the secret and the public one.
///
/// # Errors
/// When the system gives no random bytes.
pub fn new_keys() -> std::io::Result<(String, String)> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(std::io::Error::other)?;
    let key = SigningKey::from_bytes(&secret);
    let pem = key.to_pkcs8_pem(Default::default()).map_err(std::io::Error::other)?;
    let public = key.verifying_key().to_public_key_pem(Default::default()).map_err(std::io::Error::other)?;
    Ok((pem.to_string(), public))
}

/// Seals a file with a secret key in PEM; `None` when the text is no such key.
pub fn seal(secret: &str, file: &str, bytes: &[u8]) -> Option<Seal> {
    let key = SigningKey::from_pkcs8_pem(secret).ok()?;
    let sha256 = of_bytes(bytes);
    let signature = key.sign(signed(file, &sha256).as_bytes());
    Some(Seal {
        schema: SCHEMA.to_owned(),
        algorithm: ALGORITHM.to_owned(),
        file: file.to_owned(),
        sha256,
        key: hex(key.verifying_key().as_bytes()),
        signature: hex(&signature.to_bytes()),
    })
}

fn signed(file: &str, sha256: &str) -> String {
    format!("{file}\n{sha256}")
}

/// The public key behind a PEM text as it stands in a seal; `None` when the text is no such key.
pub fn public_key(pem: &str) -> Option<String> {
    Some(hex(VerifyingKey::from_public_key_pem(pem).ok()?.as_bytes()))
}

impl Seal {
    /// # Errors
    /// None that can happen with plain data.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Whether `text` seals the file of this name and these bytes, and with `key` where one is given (hexadecimal digits of a public key).
    ///
    /// # Errors
    /// See [`SealProblem`].
    pub fn check(text: &str, file: &str, bytes: &[u8], key: Option<&str>) -> Result<Seal, SealProblem> {
        let seal: Seal = serde_json::from_str(text).map_err(|_| SealProblem::Malformed)?;
        if seal.text().ok().as_deref() != Some(text) || seal.schema != SCHEMA || seal.algorithm != ALGORITHM {
            return Err(SealProblem::Malformed);
        }
        if key.is_some_and(|key| key != seal.key) {
            return Err(SealProblem::OtherKey);
        }
        let verifying = unhex(&seal.key)
            .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
            .and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok())
            .ok_or(SealProblem::Malformed)?;
        let signature = unhex(&seal.signature)
            .and_then(|bytes| Signature::from_slice(&bytes).ok())
            .ok_or(SealProblem::Malformed)?;
        if verifying.verify_strict(signed(&seal.file, &seal.sha256).as_bytes(), &signature).is_err() {
            return Err(SealProblem::WrongSignature);
        }
        if seal.file != file || seal.sha256 != of_bytes(bytes) {
            return Err(SealProblem::OtherFile);
        }
        Ok(seal)
    }
}

#[cfg(test)]
mod tests {
    use super::{Seal, SealProblem, new_keys, public_key, seal};

    #[test]
    fn a_seal_holds_for_its_bytes_and_its_key_only() {
        let (secret, public) = new_keys().unwrap();
        let (_, other) = new_keys().unwrap();
        let sealed = seal(&secret, "record.json", b"abc").unwrap();
        let text = sealed.text().unwrap();
        let (key, other) = (public_key(&public).unwrap(), public_key(&other).unwrap());
        assert_eq!(Seal::check(&text, "record.json", b"abc", None), Ok(sealed.clone()));
        assert_eq!(Seal::check(&text, "record.json", b"abc", Some(&key)), Ok(sealed.clone()));
        assert_eq!(Seal::check(&text, "record.json", b"abd", Some(&key)), Err(SealProblem::OtherFile));
        assert_eq!(Seal::check(&text, "record.json", b"abc", Some(&other)), Err(SealProblem::OtherKey));
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            assert!(Seal::check(&changed, "record.json", b"abc", None).is_err(), "{changed}");
        }
    }

    #[test]
    fn the_signature_of_the_standard_is_ours() {
        // RFC 8032, 7.1, test 1: the secret key and its public key
        let secret = super::unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").unwrap();
        let key = ed25519_dalek::SigningKey::from_bytes(&secret.try_into().unwrap());
        let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        assert_eq!(super::hex(key.verifying_key().as_bytes()), public);
    }
}
