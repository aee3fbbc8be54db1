//! What `coach ask` learns from: the texts by which each of its pages is found.

use crate::file;

/// The texts of one page.
#[derive(Default)]
pub(crate) struct Examples(Vec<String>);

impl Examples {
    /// Its title, each of its keywords, and each sentence of its first lines.
    pub(crate) fn of(title: &str, keywords: &str, short: &str) -> Examples {
        let keywords = keywords.split(", ");
        let sentences = short.split_inclusive(['.', '?']);
        let texts = std::iter::once(title).chain(keywords).chain(sentences).map(str::trim);
        Examples(texts.filter(|text| !text.is_empty()).map(str::to_owned).collect())
    }

    /// With what people type who look for it, a line each.
    pub(crate) fn and(mut self, typed: &str) -> Examples {
        self.0.extend(typed.lines().map(str::to_owned));
        self
    }
}

/// Learns from the texts of all pages, in their order.
pub(crate) fn learn(pages: Vec<Examples>) -> Vec<u8> {
    let number = pages.len();
    let of_page = |(page, Examples(texts)): (usize, Examples)| {
        texts.into_iter().map(move |text| (text, page))
    };
    let examples: Vec<(String, usize)> = pages.into_iter().enumerate().flat_map(of_page).collect();
    file::learning::learn(&examples, number)
}
