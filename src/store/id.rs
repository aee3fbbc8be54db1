//! Random names: of a store, of a note, of a letter.

use rand::TryRng as _;

/// 13 letters and digits drawn by the system: enough that no two are ever the same by chance.
pub(crate) fn random_id() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bits = [0_u8; 13];
    // Without a source of randomness the name is poor, but nothing is lost: it only tells stores
    // apart.
    let _ = rand::rngs::SysRng.try_fill_bytes(&mut bits);
    bits.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}
