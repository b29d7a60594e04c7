//! Lists of 20 per page, whose filters stay in the address.

/// How many items a page of a list holds.
pub const PER_PAGE: i64 = 20;

/// The name of the query parameter that holds the page number.
pub const PARAMETER: &str = "page";

/// Where a list is: which page, of how many items, at which address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    page: i64,
    total: i64,
    path: String,
    query: String,
}

/// A page number of the control, or the gap between two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The page; `None` for a gap.
    pub number: Option<i64>,
    /// Its address.
    pub href: String,
    /// Whether it is the page shown.
    pub current: bool,
}

/// More items than any list has.
const MOST: i64 = 1 << 40;

/// One page of a list: where it is, what the whole list says, and its lines.
#[derive(Debug)]
pub struct PageOf<T, L> {
    /// Where the list is.
    pub pages: Pagination,
    /// Of all items.
    pub totals: T,
    /// Of this page.
    pub lines: Vec<L>,
}

impl<T, L> PageOf<T, L> {
    /// Reads the page `number` with a statement that also tells how long the list is (`items`): a second time only
    /// for a page beyond the last, which is rare. `read` is given offset and limit.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn read<E>(
        number: i64,
        path_and_query: &str,
        items: impl Fn(&T) -> i64,
        mut read: impl FnMut((i64, i64)) -> Result<(T, Vec<L>), E>,
    ) -> Result<Self, E> {
        let asked = Pagination::new(number, MOST, path_and_query);
        let (totals, mut lines) = read((asked.offset(), asked.limit()))?;
        let pages = Pagination::new(number, items(&totals), path_and_query);
        if pages.offset() != asked.offset() {
            lines = read((pages.offset(), pages.limit()))?.1;
        }
        Ok(Self {
            pages,
            totals,
            lines,
        })
    }
}

impl Pagination {
    /// The page asked for (from 1) of `total` items, for the list at `path_and_query`. A page beyond the last is the last.
    pub fn new(page: i64, total: i64, path_and_query: &str) -> Self {
        let (path, query) = path_and_query
            .split_once('?')
            .unwrap_or((path_and_query, ""));
        let query: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(PARAMETER))
            .collect();
        let total = total.max(0);
        Pagination {
            page: page.clamp(1, pages_of(total)),
            total,
            path: path.to_owned(),
            query: query.join("&"),
        }
    }

    /// How many items come before this page.
    pub const fn offset(&self) -> i64 {
        (self.page - 1) * PER_PAGE
    }

    /// How many items the page holds at most.
    pub const fn limit(&self) -> i64 {
        PER_PAGE
    }

    /// How many pages there are; at least one.
    pub const fn count(&self) -> i64 {
        pages_of(self.total)
    }

    /// How many items there are in all.
    pub const fn total(&self) -> i64 {
        self.total
    }

    /// The rank of the first item shown; 0 in an empty list.
    pub fn first_item(&self) -> i64 {
        (self.offset() + 1).min(self.total)
    }

    /// The rank of the last item shown.
    pub fn last_item(&self) -> i64 {
        (self.page * PER_PAGE).min(self.total)
    }

    /// The address of the page before.
    pub fn previous(&self) -> Option<String> {
        (self.page > 1).then(|| self.href(self.page - 1))
    }

    /// The address of the page after.
    pub fn next(&self) -> Option<String> {
        (self.page < self.count()).then(|| self.href(self.page + 1))
    }

    /// The pages worth a link: the first, the last, the neighbours of this one, and the gaps between them.
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(7);
        let mut last_shown = 0;
        for number in 1..=self.count() {
            let near = (number - self.page).abs() <= 1;
            if !near && number != 1 && number != self.count() {
                continue;
            }
            if number > last_shown + 1 {
                entries.push(Entry {
                    number: None,
                    href: String::new(),
                    current: false,
                });
            }
            entries.push(Entry {
                number: Some(number),
                href: self.href(number),
                current: number == self.page,
            });
            last_shown = number;
        }
        entries
    }

    fn href(&self, page: i64) -> String {
        match (self.query.is_empty(), page) {
            (true, 1) => self.path.clone(),
            (true, _) => format!("{}?{PARAMETER}={page}", self.path),
            (false, 1) => format!("{}?{}", self.path, self.query),
            (false, _) => format!("{}?{}&{PARAMETER}={page}", self.path, self.query),
        }
    }
}

const fn pages_of(total: i64) -> i64 {
    if total <= PER_PAGE {
        1
    } else {
        (total + PER_PAGE - 1) / PER_PAGE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filters_stay_and_the_page_changes() {
        let pages = Pagination::new(2, 55, "/rh/employees?q=ana&page=2&status=active");
        assert_eq!(pages.count(), 3);
        assert_eq!((pages.offset(), pages.limit()), (20, 20));
        assert_eq!((pages.first_item(), pages.last_item()), (21, 40));
        assert_eq!(
            pages.previous().unwrap(),
            "/rh/employees?q=ana&status=active"
        );
        assert_eq!(
            pages.next().unwrap(),
            "/rh/employees?q=ana&status=active&page=3"
        );
    }

    #[test]
    fn a_page_that_does_not_exist_is_the_nearest_one() {
        assert_eq!(Pagination::new(99, 41, "/x").offset(), 40);
        assert_eq!(Pagination::new(-3, 41, "/x").offset(), 0);
        let empty = Pagination::new(1, 0, "/x");
        assert_eq!(
            (empty.count(), empty.first_item(), empty.last_item()),
            (1, 0, 0)
        );
        assert_eq!((empty.previous(), empty.next()), (None, None));
    }

    #[test]
    fn far_pages_hide_behind_gaps() {
        let numbers: Vec<_> = Pagination::new(10, 400, "/x")
            .entries()
            .into_iter()
            .map(|entry| entry.number)
            .collect();
        assert_eq!(
            numbers,
            [Some(1), None, Some(9), Some(10), Some(11), None, Some(20)]
        );
    }

    #[test]
    fn a_page_beyond_the_last_is_read_again() {
        let items: Vec<i64> = (0..41).collect();
        let read = |number| {
            let mut readings = 0;
            let page = PageOf::read(
                number,
                "/x",
                |total| *total,
                |(offset, limit)| {
                    readings += 1;
                    let shown = items.iter().skip(usize::try_from(offset).unwrap());
                    let shown = shown.take(usize::try_from(limit).unwrap());
                    Ok::<_, ()>((41, shown.copied().collect()))
                },
            );
            (page.unwrap().lines, readings)
        };
        assert_eq!(read(3), (vec![40], 1));
        assert_eq!(read(i64::MAX), (vec![40], 2));
        assert_eq!(read(i64::MIN).1, 1);
    }
}
