//! Answers to what a kind asks besides: which of them are sealed, and how they read.

use std::collections::BTreeMap;

use model::{
    ask::{Answer, AnswerForm, Choice, Question},
    pack::DistrictPack,
};

use super::draft::Draft;
use crate::ui::words::Lang;

/// What is sealed of a draft's answers: those of its kind, and those to questions that this pack does
/// not know. One that another kind asks stays behind in the draft.
pub(super) fn sealed(draft: &Draft, pack: Option<&DistrictPack>) -> BTreeMap<String, Answer> {
    let belongs = |id: &str| {
        let known = pack.and_then(|pack| pack.questions.iter().find(|it| it.id == id));
        known.is_none_or(|it| draft.kind().is_some_and(|kind| it.kinds.iter().any(|k| k == kind)))
    };
    let answers = draft.answers.iter().filter(|(id, _)| belongs(id));
    answers.map(|(id, answer)| (id.clone(), answer.clone())).collect()
}

/// Question and answer in words, in the order of the table; a question that this pack does not know
/// by its id, at the end.
pub(crate) fn lines(
    answers: &BTreeMap<String, Answer>,
    pack: Option<&DistrictPack>,
    lang: Lang,
) -> Vec<(String, String)> {
    let questions = pack.map_or(&[][..], |pack| &pack.questions);
    let known = questions.iter().filter_map(|question| {
        let answer = answers.get(&question.id)?;
        Some((asked(question, lang).to_owned(), said(Some(question), answer, lang)))
    });
    let strange = answers.iter().filter(|(id, _)| !questions.iter().any(|it| it.id == **id));
    let strange = strange.map(|(id, answer)| (id.clone(), said(None, answer, lang)));
    known.chain(strange).collect()
}

/// The question.
pub(super) fn asked(question: &Question, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &question.zh,
        Lang::En => &question.en,
    }
}

/// A choice.
pub(super) fn chosen(choice: &Choice, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &choice.zh,
        Lang::En => &choice.en,
    }
}

fn said(question: Option<&Question>, answer: &Answer, lang: Lang) -> String {
    let w = lang.words().capture;
    match (answer, question.map(|it| &it.form)) {
        (Answer::YesNo(true), _) => w.yes.to_owned(),
        (Answer::YesNo(false), _) => w.no.to_owned(),
        (Answer::Number(number), Some(AnswerForm::Number { unit_zh, unit_en, .. })) => {
            let unit = if lang == Lang::Zh { unit_zh } else { unit_en };
            format!("{number} {unit}")
        }
        (Answer::Number(number), _) => number.to_string(),
        (Answer::Choice(id), Some(AnswerForm::OneOf(choices))) => {
            let known = choices.iter().find(|it| it.id == *id);
            known.map_or_else(|| id.clone(), |it| chosen(it, lang).to_owned())
        }
        (Answer::Choice(id), _) => id.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::{draft::Issue, names::tests::pack};

    /// One question of one kind, and an answer to it and to two others.
    fn answered() -> (DistrictPack, Draft) {
        let question = |id: &str, kind: &str, form| Question {
            id: id.into(),
            kinds: vec![kind.into()],
            zh: format!("{id}？"),
            en: format!("{id}?"),
            form,
        };
        let mut pack = pack();
        let number =
            AnswerForm::Number { from: 1, to: 9, unit_zh: "盏".into(), unit_en: "lamps".into() };
        pack.questions =
            vec![question("lamps", "lamp", number), question("dark", "steps", AnswerForm::YesNo)];
        let mut draft = Draft::default();
        draft.choose(Issue::Kind("lamp".into()));
        draft.answers.insert("lamps".into(), Answer::Number(3));
        draft.answers.insert("dark".into(), Answer::YesNo(true));
        draft.answers.insert("of_next_year".into(), Answer::Choice("x".into()));
        (pack, draft)
    }

    #[test]
    fn only_answers_of_the_kind_are_sealed_and_unknown_ones_are_not_lost() {
        let (pack, mut draft) = answered();
        let ids = |draft: &Draft| sealed(draft, Some(&pack)).into_keys().collect::<Vec<_>>();
        assert_eq!(ids(&draft), ["lamps", "of_next_year"]);
        draft.choose(Issue::Kind("steps".into()));
        assert_eq!(ids(&draft), ["dark", "of_next_year"]);
        draft.choose(Issue::Kind("lamp".into()));
        assert_eq!(ids(&draft), ["lamps", "of_next_year"], "whoever comes back finds them");
        assert_eq!(sealed(&draft, None).len(), 3, "without a pack nobody can tell");
    }

    #[test]
    fn answers_read_as_the_question_asks_and_strange_ones_as_they_are() {
        let (pack, draft) = answered();
        let told = lines(&sealed(&draft, Some(&pack)), Some(&pack), Lang::Zh);
        let told: Vec<_> = told.iter().map(|(q, a)| (q.as_str(), a.as_str())).collect();
        assert_eq!(told, [("lamps？", "3 盏"), ("of_next_year", "x")]);
    }
}
