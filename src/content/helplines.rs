//! Numbers to call, by country.

use super::{COUNTRIES, EMERGENCY, INTERNATIONAL, LOOKED_UP, Text};

pub(super) struct CountryRow {
    pub(super) code: Text,
    pub(super) name: Text,
    pub(super) emergency: &'static [Text],
    /// The lines for each need, in the order of `Need::ALL`.
    pub(super) lines: [&'static [Text]; Need::ALL.len()],
}

/// What somebody calls a line about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Crisis,
    Abuse,
    UsedViolence,
    Men,
    Lgbt,
    Other,
}

impl Need {
    /// In the order of the page, unless another one has to come first.
    pub(crate) const ALL: [Need; 6] =
        [Need::Crisis, Need::Abuse, Need::UsedViolence, Need::Men, Need::Lgbt, Need::Other];

    /// All needs, with the given one first.
    pub(crate) fn first(self) -> impl Iterator<Item = Need> {
        let others = Need::ALL.into_iter().filter(move |need| *need != self);
        std::iter::once(self).chain(others)
    }

    /// The heading above the lines.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Need::Crisis => "Despair, or thoughts of ending your life",
            Need::Abuse => "Violence and fear",
            Need::UsedViolence => "For people who hurt, threaten, watch or control their partner",
            Need::Men => "For men",
            Need::Lgbt => "For LGBT people",
            Need::Other => "Also",
        }
    }

    /// What is said where a country has no line: that we know none, not that there is none.
    pub(crate) fn gap(self) -> Option<&'static str> {
        match self {
            Need::Crisis | Need::Abuse => Some("We know no number here that is certain enough."),
            Need::UsedViolence => Some(
                "We know no such line in this country. A doctor or a counsellor can say where to \
                 turn.",
            ),
            Need::Men | Need::Lgbt | Need::Other => None,
        }
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Country(&'static CountryRow);

impl Country {
    /// Every country there are numbers for, in the order of their names.
    pub(crate) fn all() -> impl Iterator<Item = Country> {
        COUNTRIES.iter().map(Country)
    }

    /// The country with a code of two letters, or with an English name.
    pub(crate) fn named(typed: &str) -> Option<Country> {
        // The code is GB, and everybody says UK.
        let typed = if typed.eq_ignore_ascii_case("UK") { "GB" } else { typed };
        Country::all().find(|country| {
            [country.code(), country.name()].iter().any(|word| word.eq_ignore_ascii_case(typed))
        })
    }

    pub(crate) fn code(self) -> &'static str {
        self.0.code.get()
    }

    pub(crate) fn name(self) -> &'static str {
        self.0.name.get()
    }

    /// The numbers for an emergency, a line each, and what to do if one cannot speak.
    pub(crate) fn emergency(self) -> impl Iterator<Item = &'static str> {
        self.0.emergency.iter().map(|line| line.get())
    }

    /// The lines for a need, each with its number, its name, whom it serves and how to write.
    pub(crate) fn lines(self, need: Need) -> impl Iterator<Item = &'static str> {
        self.0.lines[need as usize].iter().map(|line| line.get())
    }
}

/// Where to look for countries that are not here.
pub(crate) fn international() -> &'static str {
    INTERNATIONAL.get()
}

/// What to do in an emergency in a country that is not known.
pub(crate) fn emergency_anywhere() -> &'static str {
    EMERGENCY.get()
}

/// When the numbers were looked up last.
pub(crate) fn looked_up() -> &'static str {
    LOOKED_UP.get()
}

#[cfg(test)]
mod tests {
    use super::{Country, Need};

    #[test]
    fn every_country_has_an_emergency_number_and_each_need_has_a_line_or_says_that_none_is_known() {
        for country in Country::all() {
            let emergency = country.emergency().next().unwrap();
            assert!(emergency.starts_with("Emergency"), "{}: {emergency}", country.name());
            for need in [Need::Crisis, Need::Abuse, Need::UsedViolence] {
                assert!(
                    country.lines(need).next().is_some() || need.gap().is_some(),
                    "{}: {need:?}",
                    country.name()
                );
            }
            let known = [Need::Crisis, Need::Abuse].map(|need| country.lines(need).count());
            assert_ne!(known, [0, 0], "{} has nothing but an emergency number", country.name());
        }
    }

    #[test]
    fn a_line_has_a_name_and_a_number_or_a_way_to_write() {
        for country in Country::all() {
            for line in Need::ALL.into_iter().flat_map(|need| country.lines(need)) {
                let (number, name) = line.split_once(": ").unwrap();
                assert!(name.chars().any(char::is_alphanumeric), "{line}");
                let reached = number.bytes().any(|byte| byte.is_ascii_digit());
                assert!(reached || number == "sheltersafe.ca", "{line}");
            }
        }
    }

    #[test]
    fn a_country_is_found_by_its_code_and_by_its_name() {
        for typed in ["GB", "uk", "United Kingdom", "united kingdom"] {
            assert_eq!(Country::named(typed).map(Country::code), Some("GB"), "{typed}");
        }
        for country in Country::all() {
            for word in [country.code(), country.name()] {
                let found = Country::named(word).map(Country::code);
                assert_eq!(found, Some(country.code()), "{word}");
            }
        }
        assert!(Country::named("").is_none() && Country::named("Narnia").is_none());
    }

    #[test]
    fn the_need_of_the_hour_comes_first_and_none_is_lost() {
        for need in Need::ALL {
            let order: Vec<Need> = need.first().collect();
            assert_eq!((order[0], order.len()), (need, Need::ALL.len()));
        }
        let crisis: Vec<Need> = Need::Crisis.first().collect();
        assert_eq!(crisis, Need::ALL);
    }
}
