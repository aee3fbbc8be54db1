//! Random names: of a store, of a note, of a letter.

use rand::TryRng as _;

/// 13 letters and digits drawn by the system: enough that no two are ever the same by chance.
pub(crate) fn random_id() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bits = [0_u8; 13];
    // If the system gives no random numbers, the name is not unique, but no data is lost by that.
    let _ = rand::rngs::SysRng.try_fill_bytes(&mut bits);
    bits.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}
