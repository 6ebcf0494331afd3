//! What a person sees as one thing: a report with its revisions, its telephone number and the word
//! that it is taken back are one, whatever number of rows carry them. Pure: rows in, things out.

use std::collections::HashMap;

use model::ids::ReportId;
use outbox::{Row, RowKey};

/// One thing of 上报箱.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// Its newest revision that says something.
    pub(super) face: Row,
    /// Earlier revisions, and what was sealed about it.
    pub(super) others: Vec<Row>,
}

/// Where a thing stands in the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shelf {
    /// A person is asked for something.
    NeedsYou,
    /// Something of it has not arrived.
    ToSend,
    /// All of it has.
    Delivered,
    /// It was taken back, and whoever has it knows.
    TakenBack,
}

impl Item {
    /// Groups rows, oldest first, into things, newest first. Probes are no business of this screen.
    /// What is about a report that is not on this phone stands by itself.
    pub(super) fn all(rows: Vec<Row>) -> Vec<Self> {
        let about: HashMap<ReportId, Option<ReportId>> =
            rows.iter().map(|row| (row.key.id, row.of)).collect();
        // The withdrawal of a number is about the number, which is about its report.
        let subject = |id: ReportId| {
            let up = |id| about.get(&id).copied().flatten().filter(|of| about.contains_key(of));
            core::iter::successors(Some(id), |id| up(*id)).take(3).last().unwrap_or(id)
        };
        let mut items: Vec<Self> = Vec::new();
        let mut places: HashMap<ReportId, usize> = HashMap::new();
        // The empty row of a file stands in the place of nothing that was ever on this phone.
        let is_shown =
            |row: &Row| row.kind != "probe" && !(row.is_undone() && row.brought_ms.is_some());
        for row in rows.into_iter().filter(is_shown) {
            let subject = subject(row.key.id);
            if let Some(item) = places.get(&subject).and_then(|at| items.get_mut(*at)) {
                item.take(row);
            } else {
                places.insert(subject, items.len());
                items.push(Self { face: row, others: Vec::new() });
            }
        }
        items.reverse();
        items
    }

    /// The thing that this row belongs to.
    pub(super) fn of(key: RowKey, rows: Vec<Row>) -> Option<Self> {
        let holds = |item: &Self| item.rows().any(|row| row.key == key);
        Self::all(rows).into_iter().find(holds)
    }

    fn rows(&self) -> impl Iterator<Item = &Row> + Clone {
        core::iter::once(&self.face).chain(&self.others)
    }

    fn take(&mut self, row: Row) {
        // An empty row, in the place of a change that was undone, says nothing of the report.
        let newer =
            row.key.id == self.face.key.id && row.key.rev > self.face.key.rev && !row.is_undone();
        let older = if newer { core::mem::replace(&mut self.face, row) } else { row };
        self.others.push(older);
    }

    /// May bytes of any of its rows have left this phone?
    pub(super) fn may_have_left(&self) -> bool {
        self.rows().any(|row| row.tried)
    }

    /// Its newest revision that has a receipt: a change that waits hides neither number nor proof.
    pub(super) fn receipted(&self) -> Option<&Row> {
        let own = self.rows().filter(|row| row.key.id == self.face.key.id);
        own.filter(|row| !row.receipts.is_empty()).max_by_key(|row| row.key.rev)
    }

    /// Was it taken back before anything of it had left? Then nothing of it is sent, and nobody has it.
    pub(super) fn is_undone(&self) -> bool {
        self.face.is_undone() && self.withdrawal().is_none()
    }

    /// Where it stands. A revision in whose place a later one stands asks nobody for anything.
    pub(super) fn shelf(&self) -> Shelf {
        if self.rows().any(Row::needs_you) {
            Shelf::NeedsYou
        } else if self.rows().any(is_to_send) {
            Shelf::ToSend
        } else if self.face.withdrawn {
            Shelf::TakenBack
        } else {
            Shelf::Delivered
        }
    }

    /// The row whose standing is told: one that asks, else the report itself if it waits, else
    /// whatever of it still does.
    pub(super) fn told(&self) -> &Row {
        let mut others = self.others.iter();
        let asks = others.clone().find(|row| row.needs_you() && !self.face.needs_you());
        let waits = || others.find(|row| is_to_send(row) && !is_to_send(&self.face));
        asks.or_else(waits).unwrap_or(&self.face)
    }

    /// Is its withdrawal told to whoever has it? `None`: there is none, or nothing had left.
    pub(super) fn withdrawal(&self) -> Option<bool> {
        self.others
            .iter()
            .find(|row| row.takes_back() == Some(self.face.key.id))
            .map(Row::is_delivered)
    }

    /// The telephone numbers that were given with it, each with how it stands, oldest first.
    pub(super) fn numbers(&self) -> Vec<Number> {
        let own = self.face.key.id;
        let is_number = |row: &&Row| row.of == Some(own) && row.key.id != own;
        let numbers = self.others.iter().filter(is_number);
        let numbers = numbers.filter(|row| row.kind == "contact" || row.withdrawn);
        let stands = |row: &Row| {
            let told = self.others.iter().find(|it| it.takes_back() == Some(row.key.id));
            match (row.kind == "contact", told.map(Row::is_delivered)) {
                (_, Some(told)) => NumberIs::TakenBack { told },
                (false, None) => NumberIs::Undone,
                (true, None) => NumberIs::Given { arrived: row.is_delivered() },
            }
        };
        numbers.map(|row| Number { row: row.clone(), is: stands(row) }).collect()
    }
}

/// A telephone number of a thing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// The row that carries it, or what stands in its place.
    pub(super) row: Row,
    /// How it stands.
    pub(super) is: NumberIs,
}

/// How a telephone number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberIs {
    /// It was given.
    Given {
        /// It is delivered.
        arrived: bool,
    },
    /// It was taken back before it left.
    Undone,
    /// It was taken back.
    TakenBack {
        /// The receiver knows.
        told: bool,
    },
}

/// Is something left to send that somebody wrote?
fn is_to_send(row: &Row) -> bool {
    row.is_unfinished() && !row.is_undone()
}

#[cfg(test)]
mod tests {
    use outbox::Delivery;

    use super::*;
    use crate::outbox::samples::row;

    fn id(last: char) -> ReportId {
        format!("01a205bf-c051-75e1-aa3b-4c5d6e7f809{last}").parse().expect("an id")
    }

    fn report(last: char, rev: u32, change: impl FnOnce(&mut Row)) -> Row {
        row(|row| {
            (row.key.id, row.key.rev) = (id(last), rev);
            change(row);
        })
    }

    fn about(last: char, of: char, kind: &str) -> Row {
        report(last, 1, |row| (row.kind, row.of) = (kind.into(), Some(id(of))))
    }

    fn faces(items: &[Item]) -> Vec<(ReportId, u32)> {
        items.iter().map(|item| (item.face.key.id, item.face.key.rev)).collect()
    }

    #[test]
    fn a_report_its_revisions_and_what_is_about_it_are_one_thing_and_the_newest_comes_first() {
        let rows = vec![
            report('1', 1, |_| {}),
            report('1', 2, |_| {}),
            report('2', 1, |_| {}),
            about('3', '1', "contact"),
            about('4', '2', "withdraw"),
            report('5', 1, |row| row.kind = "probe".into()),
        ];
        let items = Item::all(rows);
        assert_eq!(faces(&items), [(id('2'), 1), (id('1'), 2)]);
        assert_eq!(items[0].withdrawal(), Some(false));
        assert_eq!(items[1].others.len(), 2);
    }

    #[test]
    fn a_number_stands_as_its_rows_say_and_its_withdrawal_is_not_that_of_the_report() {
        let arrived = |row: &mut Row| row.delivery = Delivery::Delivered;
        let face = report('1', 1, arrived);
        let mut number = about('3', '1', "contact");
        let is = |rows: Vec<Row>| {
            let items = Item::all(rows);
            assert_eq!(items.len(), 1, "one thing, whatever rows carry it");
            assert_eq!(items[0].withdrawal(), None, "the report stands");
            items[0].numbers().into_iter().map(|it| it.is).collect::<Vec<_>>()
        };
        assert_eq!(is(vec![face.clone()]), []);
        let given = is(vec![face.clone(), number.clone()]);
        assert_eq!(given, [NumberIs::Given { arrived: false }]);
        arrived(&mut number);
        let given = is(vec![face.clone(), number.clone()]);
        assert_eq!(given, [NumberIs::Given { arrived: true }]);
        let mut told = about('4', '3', "withdraw");
        let back = is(vec![face.clone(), number.clone(), told.clone()]);
        assert_eq!(back, [NumberIs::TakenBack { told: false }]);
        arrived(&mut told);
        let back = is(vec![face.clone(), number, told]);
        assert_eq!(back, [NumberIs::TakenBack { told: true }]);
        let undone = Row { withdrawn: true, ..about('3', '1', "withdraw") };
        assert_eq!(is(vec![face, undone]), [NumberIs::Undone]);
    }

    #[test]
    fn a_report_whose_first_revision_was_tried_may_have_left_whatever_its_newest_says() {
        let rows = vec![report('1', 1, |row| row.tried = true), report('1', 2, |_| {})];
        assert!(Item::all(rows)[0].may_have_left());
        assert!(!Item::all(vec![report('1', 1, |_| {})])[0].may_have_left());
    }

    #[test]
    fn what_is_about_a_report_that_is_not_here_stands_by_itself() {
        let items = Item::all(vec![about('3', '1', "withdraw")]);
        assert_eq!(faces(&items), [(id('3'), 1)]);
    }

    #[test]
    fn a_thing_is_delivered_when_all_of_it_is() {
        let delivered = |row: &mut Row| row.delivery = Delivery::Delivered;
        let mut contact = about('3', '1', "contact");
        let rows = |contact: &Row| vec![report('1', 1, delivered), contact.clone()];
        let waiting = &Item::all(rows(&contact))[0];
        assert_eq!((waiting.shelf(), waiting.told().kind.as_str()), (Shelf::ToSend, "contact"));
        delivered(&mut contact);
        let arrived = &Item::all(rows(&contact))[0];
        assert_eq!((arrived.shelf(), arrived.told().kind.as_str()), (Shelf::Delivered, "report"));
    }

    /// It stood under 已送达, and before that beside 有网自动送 and 现在送, because of the empty row that
    /// is sent in its place.
    #[test]
    fn what_was_undone_is_neither_sent_nor_delivered() {
        let undone = |row: &mut Row| (row.withdrawn, row.kind) = (true, "withdraw".into());
        for delivery in [Delivery::Sealed, Delivery::Delivered] {
            let face = report('1', 1, |row| {
                undone(row);
                row.delivery = delivery.clone();
            });
            let item = &Item::all(vec![face])[0];
            assert!(item.is_undone());
            assert_eq!(item.shelf(), Shelf::TakenBack, "{delivery:?}");
        }
        // Its first revision had left: whoever has it is told first.
        let left = report('1', 1, |row| {
            (row.withdrawn, row.delivery) = (true, Delivery::Delivered);
        });
        let mut told = about('4', '1', "withdraw");
        let stands = |told: &Row| {
            let item = &Item::all(vec![left.clone(), report('1', 2, undone), told.clone()])[0];
            assert!(!item.is_undone());
            assert_eq!(item.face.key.rev, 1, "the empty row tells nothing of the report");
            item.shelf()
        };
        assert_eq!(stands(&told), Shelf::ToSend);
        told.delivery = Delivery::Delivered;
        assert_eq!(stands(&told), Shelf::TakenBack);
    }

    #[test]
    fn a_refused_revision_asks_until_a_later_one_stands_in_its_place() {
        use outbox::row::{Refusal, RefusalWhy};
        let refused = |row: &mut Row| {
            let (why, field) = (RefusalWhy::Clash, "/sealed".into());
            row.delivery = Delivery::NeedsYou(Refusal { why, field, limit: None });
        };
        let first = report('1', 1, refused);
        assert_eq!(Item::all(vec![first.clone()])[0].shelf(), Shelf::NeedsYou);
        let replaced = Row { replaced: true, ..first };
        let item = &Item::all(vec![replaced, report('1', 2, |_| {})])[0];
        assert_eq!((item.shelf(), item.told().key.rev), (Shelf::ToSend, 2));
    }
}
