//! Numbers to call, by country.

use super::{CHECKED, COUNTRIES, INTERNATIONAL, Text};

pub(super) struct CountryRow {
    pub(super) code: Text,
    pub(super) name: Text,
    pub(super) emergency: &'static [Text],
    pub(super) lines: &'static [Text],
}

#[derive(Clone, Copy)]
pub(crate) struct Country(&'static CountryRow);

impl Country {
    pub(crate) fn all() -> impl Iterator<Item = Country> {
        COUNTRIES.iter().map(Country)
    }

    /// The country with a code of two letters.
    pub(crate) fn named(code: &str) -> Option<Country> {
        // The code is GB, and everybody says UK.
        let code = if code.eq_ignore_ascii_case("UK") { "GB" } else { code };
        Country::all().find(|country| country.code().eq_ignore_ascii_case(code))
    }

    pub(crate) fn code(self) -> &'static str {
        self.0.code.get()
    }

    pub(crate) fn name(self) -> &'static str {
        self.0.name.get()
    }

    /// The numbers for an emergency, a line each.
    pub(crate) fn emergency(self) -> impl Iterator<Item = &'static str> {
        self.0.emergency.iter().map(|line| line.get())
    }

    /// The other lines, each with whom it is for; a gap is said to be one.
    pub(crate) fn lines(self) -> impl Iterator<Item = &'static str> {
        self.0.lines.iter().map(|line| line.get())
    }
}

/// Where to look for countries that are not here.
pub(crate) fn international() -> &'static str {
    INTERNATIONAL.get()
}

/// When the numbers were looked at last.
pub(crate) fn checked() -> &'static str {
    CHECKED.get()
}
