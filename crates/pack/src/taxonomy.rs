use std::{collections::BTreeSet, iter::once};

use model::pack::{Escalation, EscalationAction, IssueGroup, IssueKind};

use crate::{fault::Faults, readings::spoken, row::Row, table::Table};

pub(crate) const COLUMNS: [&str; 30] = [
    "id",
    "group_id",
    "group_zh",
    "group_en",
    "group_icon",
    "zh",
    "en",
    "zh_hint",
    "en_hint",
    "everyday",
    "icon",
    "residential",
    "industrial",
    "commercial",
    "street",
    "kind",
    "safety_critical",
    "call_first",
    "call_numbers",
    "call_config",
    "escalate_if",
    "escalate_question_zh",
    "escalate_question_en",
    "escalate_action",
    "advice_zh",
    "advice_en",
    "urgency",
    "ack_unit_h_wh_wd_call",
    "fix_unit_h_wh_wd",
    "fix_scope",
];

/// Groups in the order they first appear, each with its kinds.
pub(crate) fn read(table: &Table, faults: &Faults) -> Vec<IssueGroup> {
    table.refuse_twins(&["id"], faults);
    table.refuse_twins(&["icon"], faults);
    let ids = table.words("id");
    let mut groups: Vec<IssueGroup> = Vec::new();
    for row in table.rows(faults) {
        judge_staff_cells(&row);
        let kind = kind(&row, &ids);
        match groups.iter_mut().find(|group| group.id == row.get("group_id")) {
            Some(group) => {
                judge_group(&row, group);
                group.kinds.push(kind);
            }
            None => groups.push(group(&row, kind)),
        }
    }
    groups
}

fn group(row: &Row, first: IssueKind) -> IssueGroup {
    IssueGroup {
        id: row.required("group_id").to_owned(),
        zh: row.required("group_zh").to_owned(),
        en: row.required("group_en").to_owned(),
        icon: row.required("group_icon").to_owned(),
        kinds: vec![first],
    }
}

/// A group is named the same way in each of its rows.
fn judge_group(row: &Row, group: &IssueGroup) {
    let cells = [("group_zh", &group.zh), ("group_en", &group.en), ("group_icon", &group.icon)];
    for (column, first) in cells {
        if row.get(column) != first {
            row.fault(column, format!("earlier rows of group {} say `{first}`", group.id));
        }
    }
}

fn kind(row: &Row, ids: &BTreeSet<&str>) -> IssueKind {
    let one = |column| row.flag(column, ["1", "0"]);
    IssueKind {
        id: id(row),
        zh: row.required("zh").to_owned(),
        en: row.required("en").to_owned(),
        zh_hint: row.required("zh_hint").to_owned(),
        en_hint: row.required("en_hint").to_owned(),
        spoken: once(row.get("zh")).chain(row.list("everyday")).map(spoken).collect(),
        icon: row.required("icon").to_owned(),
        areas: ["residential", "industrial", "commercial", "street"].map(one),
        call_first: call_first(row),
        call_numbers: row.some_of("call_numbers", &IssueKind::CALL_NUMBERS),
        call_config: row.some_of("call_config", &IssueKind::CALL_CONFIG),
        escalation: escalation(row, ids),
        advice_zh: advice(row, "advice_zh", "advice_en"),
        advice_en: advice(row, "advice_en", "advice_zh"),
    }
}

fn id(row: &Row) -> String {
    let (id, group) = (row.required("id"), row.get("group_id"));
    let leaf = id.strip_prefix(group).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default();
    if leaf.is_empty() || !leaf.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
        row.fault("id", format!("is not `{group}.` and a name of small letters"));
    }
    id.to_owned()
}

/// The panel needs a number to call and advice; it asks nothing.
fn call_first(row: &Row) -> bool {
    let first = row.flag("call_first", ["1", "0"]);
    if first {
        row.all_filled(&["advice_zh"], "call_first is 1");
        row.all_empty(&ESCALATION, "call_first is 1 and the panel asks nothing");
    }
    first
}

fn advice(row: &Row, column: &str, other: &str) -> Option<String> {
    let advice = row.optional(column);
    if advice.is_none() && !row.get(other).is_empty() {
        row.fault(column, format!("is empty, but {other} is not"));
    }
    advice
}

const ESCALATION: [&str; 4] =
    ["escalate_if", "escalate_question_zh", "escalate_question_en", "escalate_action"];

fn escalation(row: &Row, ids: &BTreeSet<&str>) -> Option<Escalation> {
    if ESCALATION.iter().all(|column| row.get(column).is_empty()) {
        judge_numbers(row, row.get("call_first") == "1");
        return None;
    }
    row.all_filled(&ESCALATION, "a question needs its condition, both languages and an action")
        .then_some(())?;
    let yes = action(row, ids)?;
    judge_numbers(row, yes == EscalationAction::Call);
    Some(Escalation {
        question_zh: row.text("escalate_question_zh").to_owned(),
        question_en: row.text("escalate_question_en").to_owned(),
        yes,
    })
}

fn action(row: &Row, ids: &BTreeSet<&str>) -> Option<EscalationAction> {
    let cell = row.get("escalate_action");
    match (cell, cell.strip_prefix("switch:")) {
        ("call", _) => Some(EscalationAction::Call),
        ("raise", _) => Some(EscalationAction::Raise),
        (_, Some(id)) if ids.contains(id) && id != row.get("id") => {
            Some(EscalationAction::Switch(id.to_owned()))
        }
        (_, Some(id)) => {
            row.fault("escalate_action", format!("`{id}` is no other kind of taxonomy.csv"));
            None
        }
        _ => {
            row.fault(
                "escalate_action",
                format!("`{cell}` is not one of call, raise, switch:<id>"),
            );
            None
        }
    }
}

/// Numbers stand exactly where a panel shows them.
fn judge_numbers(row: &Row, panel: bool) {
    match (panel, row.get("call_numbers").is_empty()) {
        (true, true) => row.fault("call_numbers", "is empty, but the panel shows a number to call"),
        (false, false) => row.fault("call_numbers", "is never shown: no panel leads to it"),
        _ => {}
    }
}

/// Cells that only staff will see. They are judged with the rest and not packed.
fn judge_staff_cells(row: &Row) {
    row.one_of("kind", &["issue", "request"]);
    row.flag("safety_critical", ["1", "0"]);
    row.one_of("urgency", &["critical", "urgent", "normal", "low"]);
    row.one_of("ack_unit_h_wh_wd_call", &["h", "wh", "wd", "call"]);
    row.one_of("fix_unit_h_wh_wd", &["h", "wh", "wd"]);
    row.one_of("fix_scope", &["fix", "make_safe", "inspect", "reply"]);
}
