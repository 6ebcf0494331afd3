use std::collections::{BTreeMap, BTreeSet};

use model::ask::{AnswerForm, Choice, QUESTIONS_MAX, Question};

use crate::{fault::Faults, row::Row, table::Table};

pub(crate) const COLUMNS: [&str; 12] = [
    "id",
    "kinds",
    "zh",
    "en",
    "form",
    "options",
    "options_zh",
    "options_en",
    "from",
    "to",
    "unit_zh",
    "unit_en",
];

const OPTIONS: [&str; 3] = ["options", "options_zh", "options_en"];
const NUMBER: [&str; 4] = ["from", "to", "unit_zh", "unit_en"];

/// The largest number that can be asked for.
const NUMBER_MAX: u32 = 9_999;

/// Questions in the order of the table. `kinds`: the ids of the taxonomy.
pub(crate) fn read(table: &Table, kinds: &BTreeSet<&str>, faults: &Faults) -> Vec<Question> {
    table.refuse_twins(&["id"], faults);
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    let mut questions = Vec::new();
    for row in table.rows(faults) {
        for kind in row.list("kinds") {
            let count = asked.entry(kind).or_default();
            *count += 1;
            if *count == QUESTIONS_MAX + 1 {
                row.fault("kinds", format!("`{kind}` asks more than {QUESTIONS_MAX} questions"));
            }
        }
        questions.extend(question(&row, kinds));
    }
    questions
}

fn question(row: &Row, kinds: &BTreeSet<&str>) -> Option<Question> {
    row.required("kinds");
    Some(Question {
        id: small_letters(row, "id", row.required("id")),
        kinds: row.known("kinds", kinds, "taxonomy.csv"),
        zh: row.required("zh").to_owned(),
        en: row.required("en").to_owned(),
        form: form(row)?,
    })
}

fn form(row: &Row) -> Option<AnswerForm> {
    let form = row.one_of("form", &["yes_no", "one_of", "number"]);
    if form != "one_of" {
        row.all_empty(&OPTIONS, "form is not one_of");
    }
    if form != "number" {
        row.all_empty(&NUMBER, "form is not number");
    }
    match form {
        "yes_no" => Some(AnswerForm::YesNo),
        "one_of" => Some(AnswerForm::OneOf(choices(row))),
        "number" => number(row),
        _ => None,
    }
}

/// Two to six answers, in both languages.
fn choices(row: &Row) -> Vec<Choice> {
    let [ids, zh, en] = OPTIONS.map(|column| row.list(column).collect::<Vec<_>>());
    if !(2..=6).contains(&ids.len()) {
        row.fault("options", format!("holds {} answers, not two to six", ids.len()));
    }
    for (column, words) in [("options_zh", &zh), ("options_en", &en)] {
        if words.len() != ids.len() {
            let (has, wanted) = (words.len(), ids.len());
            row.fault(column, format!("holds {has} answers, options holds {wanted}"));
        }
    }
    if ids.iter().collect::<BTreeSet<_>>().len() < ids.len() {
        row.fault("options", "holds an answer twice");
    }
    let each = ids.into_iter().zip(zh).zip(en);
    each.map(|((id, zh), en)| Choice {
        id: small_letters(row, "options", id),
        zh: zh.to_owned(),
        en: en.to_owned(),
    })
    .collect()
}

fn number(row: &Row) -> Option<AnswerForm> {
    row.all_filled(&NUMBER, "form is number").then_some(())?;
    let (from, to) = (row.whole("from", 0..=NUMBER_MAX)?, row.whole("to", 0..=NUMBER_MAX)?);
    if from >= to {
        row.fault("to", format!("`{to}` is not more than from"));
    }
    let [unit_zh, unit_en] = ["unit_zh", "unit_en"].map(|it| row.required(it).to_owned());
    Some(AnswerForm::Number { from, to, unit_zh, unit_en })
}

fn small_letters(row: &Row, column: &str, id: &str) -> String {
    if !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
        row.fault(column, format!("`{id}` is not a name of small letters"));
    }
    id.to_owned()
}
