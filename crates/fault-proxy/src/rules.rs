//! What is to go wrong, for which requests, how often.

use serde::{Deserialize, Serialize};

/// One fault for the requests that it matches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Only requests with this method; every method if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Only requests whose path begins so; every path if empty.
    #[serde(default)]
    pub path: String,
    /// How often; for ever if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// What happens.
    pub fault: Fault,
}

/// What can go wrong on the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// No network: the connection breaks off and nothing goes through.
    Offline,
    /// The connection breaks off when the request is here; the endpoint never sees it.
    CutBefore,
    /// The endpoint sees the head and so many bytes of the body, then both connections break off.
    CutBody(usize),
    /// The endpoint does all its work and answers; the answer is thrown away.
    LoseAnswer,
    /// Everything goes well, so many milliseconds late. At most a minute.
    DelayMs(u64),
    /// The endpoint gets the request twice, as when a browser or a gateway repeats it unasked; the
    /// answer to the second is given.
    Twice,
    /// Nothing comes back, for a minute or until the browser gives up; the endpoint sees nothing.
    Silence,
    /// The endpoint does all its work; of its answer all but the last so many bytes come back, and then
    /// nothing, for a minute or until the browser gives up.
    Unfinished(usize),
    /// A gateway "improves" the body: the byte in its middle is another one.
    FlipBody,
    /// A gateway takes this header away.
    DropHeader(String),
    /// A gateway refuses longer bodies with a 413 of its own; shorter ones pass.
    AtMost(usize),
    /// A thin line: so many bytes a second in each direction, at most a minute for a request.
    BytesPerSecond(u32),
    /// A Wi-Fi login page: 200, HTML, and nothing of ours. The endpoint never sees the request.
    LoginPage,
    /// An answer that is not the endpoint's, without its headers unless they are given.
    Status(Answer),
}

impl Fault {
    /// Its name in rules and log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::CutBefore => "cut_before",
            Self::CutBody(_) => "cut_body",
            Self::LoseAnswer => "lose_answer",
            Self::DelayMs(_) => "delay_ms",
            Self::Twice => "twice",
            Self::Silence => "silence",
            Self::Unfinished(_) => "unfinished",
            Self::FlipBody => "flip_body",
            Self::DropHeader(_) => "drop_header",
            Self::AtMost(_) => "at_most",
            Self::BytesPerSecond(_) => "bytes_per_second",
            Self::LoginPage => "login_page",
            Self::Status(_) => "status",
        }
    }
}

/// An answer made up here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// 200 to 599.
    pub status: u16,
    /// Name and value of each header, `Retry-After` for example.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// The text.
    #[serde(default)]
    pub body: String,
}

/// The rules in their order: the first that matches and is not used up decides.
#[derive(Default)]
pub struct Rules(Vec<Rule>);

impl Rules {
    /// Reads a list of rules. The error names what is wrong.
    pub fn parse(json: &str) -> Result<Self, String> {
        let rules: Vec<Rule> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        for rule in &rules {
            match &rule.fault {
                Fault::DelayMs(ms) if *ms > 60_000 => return Err("delay_ms: at most 60000".into()),
                Fault::BytesPerSecond(0) => return Err("bytes_per_second: at least 1".into()),
                Fault::Status(answer) if !(200..600).contains(&answer.status) => {
                    return Err("status: from 200 to 599".into());
                }
                _ => {}
            }
        }
        Ok(Self(rules))
    }

    /// The fault for this request, which uses up one of its rule's times.
    pub fn take(&mut self, method: &str, path: &str) -> Option<Fault> {
        let rule = self.0.iter_mut().find(|rule| rule.matches(method, path))?;
        if let Some(times) = &mut rule.times {
            *times -= 1;
        }
        Some(rule.fault.clone())
    }

    /// The rules with the times that are left.
    pub fn left(&self) -> &[Rule] {
        &self.0
    }
}

impl Rule {
    fn matches(&self, method: &str, path: &str) -> bool {
        self.times != Some(0)
            && self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && path.starts_with(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_that_matches_decides_until_it_is_used_up() {
        let mut rules = Rules::parse(
            r#"[{"method": "POST", "path": "/sync/", "times": 1, "fault": "lose_answer"},
                {"path": "/sync/", "fault": {"delay_ms": 5}}]"#,
        )
        .unwrap();
        assert_eq!(rules.take("GET", "/"), None);
        assert_eq!(rules.take("POST", "/sync/v1/items"), Some(Fault::LoseAnswer));
        assert_eq!(rules.take("POST", "/sync/v1/items"), Some(Fault::DelayMs(5)));
        assert_eq!(rules.left()[0].times, Some(0));
    }

    #[test]
    fn a_wrong_rule_is_refused_by_name() {
        let refusal = |json| Rules::parse(json).err().unwrap();
        assert!(refusal(r#"[{"fault": "explode"}]"#).contains("explode"));
        assert!(refusal(r#"[{"fault": "offline", "tims": 2}]"#).contains("tims"));
        assert!(refusal(r#"[{"fault": {"delay_ms": 60001}}]"#).contains("delay_ms"));
        assert!(refusal(r#"[{"fault": {"status": {"status": 99}}}]"#).contains("status"));
    }
}
