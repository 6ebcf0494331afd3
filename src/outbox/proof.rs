//! The two codes of a receipt, which are never one: the proof, which anybody may see and check, and
//! the key of the case. Pure.

use model::{
    base64,
    receipt::{Keyring, NotProven, Receipt, ShownProof},
    spoken::{CaseNo, ReceiptSecret},
};

/// What this phone makes of a receipt that somebody shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Signed by a collecting point that this phone has met.
    Genuine(Receipt),
    /// Changed, cut off, or never a receipt.
    NotGenuine,
    /// Signed with a key that this phone has never met: it can tell neither.
    Unknown,
}

/// Checks what stands behind `#proof=` against the keys of this phone, with no network.
pub(super) fn judge(shown: &str, keys: &Keyring) -> Verdict {
    let Some(proof) = read(shown) else { return Verdict::NotGenuine };
    match keys.verify(&proof.receipt, &proof.signature) {
        Ok(receipt) => Verdict::Genuine(receipt),
        Err(NotProven::UnknownKey) => Verdict::Unknown,
        Err(_) => Verdict::NotGenuine,
    }
}

fn read(shown: &str) -> Option<ShownProof> {
    serde_json::from_slice(&base64::decode(shown)?).ok()
}

/// The address behind the QR code that opens a case. It stands in a fragment, which no server sees.
pub(super) fn case_address(origin: &str, case_no: CaseNo, secret: ReceiptSecret) -> String {
    format!("{origin}/outbox#case={case_no}.{secret}")
}

/// Reads what stands behind `#case=`.
pub(super) fn read_case(shown: &str) -> Option<(CaseNo, ReceiptSecret)> {
    let (case_no, secret) = shown.split_once('.')?;
    Some((case_no.parse().ok()?, secret.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use model::base64::PublicKey;

    use super::*;

    const GOLDEN: &str = include_str!("../../crates/model/tests/golden/sync-1.json");

    fn golden(pointer: &str) -> String {
        let golden: serde_json::Value = serde_json::from_str(GOLDEN).unwrap();
        golden.pointer(pointer).unwrap().as_str().unwrap().to_owned()
    }

    /// What stands behind `#proof=` of the golden exchange.
    fn shown() -> String {
        golden("/qr/proof").split_once("#proof=").unwrap().1.to_owned()
    }

    fn key() -> PublicKey {
        golden("/keys/first/public").parse().unwrap()
    }

    fn keys() -> Keyring {
        [key()].into_iter().collect()
    }

    #[test]
    fn a_receipt_that_somebody_shows_is_genuine_or_not_or_of_a_stranger() {
        let Verdict::Genuine(told) = judge(&shown(), &keys()) else { panic!("it is genuine") };
        assert_eq!(told.case_no.unwrap().shown(), "ZCP2-4TGQ-Q");
        assert_eq!(judge(&shown(), &Keyring::default()), Verdict::Unknown);
        for nothing in ["", "abc", "e30", "%", &shown()[..shown().len() / 2]] {
            assert_eq!(judge(nothing, &keys()), Verdict::NotGenuine, "{nothing}");
        }
    }

    #[test]
    fn one_flipped_bit_of_text_digest_key_or_signature_is_never_genuine() {
        let bytes = base64::decode(&shown()).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let verdict = judge(&base64::encode(&flipped), &keys());
            assert!(!matches!(verdict, Verdict::Genuine(_)), "bit {bit}");
        }
        for bit in 0..256 {
            let mut key = key();
            key.0[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(judge(&shown(), &[key].into_iter().collect()), Verdict::Unknown);
        }
    }

    #[test]
    fn the_secret_stands_in_the_key_and_never_in_the_proof() {
        let secret: ReceiptSecret = golden("/secret/chars").parse().unwrap();
        let proof = String::from_utf8(base64::decode(&shown()).unwrap()).unwrap();
        for form in [secret.to_string(), secret.shown(), secret.digest().to_string()] {
            assert!(!proof.contains(&form), "{form}");
        }
        let case_no = golden("/case_no/chars").parse().unwrap();
        let address = case_address("https://poshang.example", case_no, secret);
        assert_eq!(address, golden("/qr/case"));
        assert_eq!(read_case("ZCP24TGQ.REGZ03AYXNVG1FQF"), Some((case_no, secret)));
        assert_eq!(read_case("ZCP24TGQ"), None);
    }
}
