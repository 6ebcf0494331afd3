//! Questions that depend on the kind of a report, and the answers as they are sealed.

use serde::{Deserialize, Serialize};

/// The most questions one kind asks. Each may be passed over.
pub const QUESTIONS_MAX: usize = 3;
/// The most characters of an answer in words.
pub const ANSWER_WORDS_MAX: usize = 200;
/// The most answers of one report.
pub const ANSWERS_MAX: usize = 64;

/// A question of the pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Stable id, never renamed: `lamps_out`. Answers are sealed under it.
    pub id: String,
    /// Ids of the kinds that ask it.
    pub kinds: Vec<String>,
    /// Words.
    pub zh: String,
    /// Words.
    pub en: String,
    /// What can be answered.
    pub form: AnswerForm,
}

/// What can be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerForm {
    /// Yes or no: sealed as `true` or `false`.
    YesNo,
    /// One of these: its id is sealed.
    OneOf(Vec<Choice>),
    /// A whole number.
    Number {
        /// The least.
        from: u32,
        /// The most.
        to: u32,
        /// Words after the number: `盏`.
        unit_zh: String,
        /// Words after the number.
        unit_en: String,
    },
}

/// One answer of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Stable id within its question.
    pub id: String,
    /// Words.
    pub zh: String,
    /// Words.
    pub en: String,
}

/// An answer as it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// To a yes/no question.
    YesNo(bool),
    /// To a question for a number.
    Number(u32),
    /// The id of a choice.
    Choice(String),
}

impl Answer {
    /// Could this question be answered so?
    pub fn fits(&self, form: &AnswerForm) -> bool {
        match (self, form) {
            (Self::YesNo(_), AnswerForm::YesNo) => true,
            (Self::Number(number), AnswerForm::Number { from, to, .. }) => {
                (from..=to).contains(&number)
            }
            (Self::Choice(id), AnswerForm::OneOf(choices)) => choices.iter().any(|it| it.id == *id),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_sealed_as_plain_json_and_read_back() {
        let answers = [Answer::YesNo(true), Answer::Number(3), Answer::Choice("today".into())];
        let json = serde_json::to_string(&answers).unwrap();
        assert_eq!(json, r#"[true,3,"today"]"#);
        assert_eq!(serde_json::from_str::<[Answer; 3]>(&json).unwrap(), answers);
    }

    #[test]
    fn an_answer_fits_its_own_question_and_no_other() {
        let number =
            AnswerForm::Number { from: 1, to: 9, unit_zh: "盏".into(), unit_en: "lamps".into() };
        let choice = Choice { id: "today".into(), zh: "今天".into(), en: "Today".into() };
        let one_of = AnswerForm::OneOf(vec![choice]);
        assert!(Answer::YesNo(false).fits(&AnswerForm::YesNo));
        assert!(Answer::Number(9).fits(&number) && !Answer::Number(10).fits(&number));
        assert!(Answer::Choice("today".into()).fits(&one_of));
        assert!(!Answer::Choice("1999".into()).fits(&one_of) && !Answer::Number(1).fits(&one_of));
    }
}
