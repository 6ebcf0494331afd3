use leptos::prelude::*;

use super::Icon;

/// The whole numbers from one to another, both among them. Where some are negative, 0 is not among
/// them: houses have no floor 0, and stairs no flight 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole {
    /// The least.
    pub from: i64,
    /// The greatest.
    pub to: i64,
}

impl Whole {
    fn has(self, number: i64) -> bool {
        (self.from..=self.to).contains(&number) && (number != 0 || self.from == 0)
    }

    /// What was typed; nothing typed is no answer. A minus may be any of those that keyboards have,
    /// or the letter that stands in lifts.
    fn read(self, text: &str) -> Result<Option<i64>, NotAmong> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let below = text.strip_prefix(['-', '−', '\u{ff0d}', 'B', 'b']);
        let number = below.unwrap_or(text).parse::<u32>().map_err(|_| NotAmong)?;
        let number = i64::from(number) * if below.is_some() { -1 } else { 1 };
        if self.has(number) { Ok(Some(number)) } else { Err(NotAmong) }
    }

    /// One further. From no answer it begins next to nothing, and back past that there is none again.
    fn step(self, number: Option<i64>, up: bool) -> Option<i64> {
        let step = if up { 1 } else { -1 };
        let first = Some(step).filter(|it| self.has(*it));
        let Some(number) = number else {
            return first.or(Some(self.from).filter(|it| up && *it > 0));
        };
        let next = number + step;
        let next = if self.has(next) || self.from == 0 { next } else { next + step };
        match next {
            next if self.has(next) => Some(next),
            // Past the end: the far one holds, the near one gives the answer up.
            _ => Some(number).filter(|it| (*it >= 0) == up),
        }
    }
}

/// What was typed is none of the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NotAmong;

/// A number: a step down, the number itself, a step up.
#[component]
pub fn Stepper(
    /// Its id in the document.
    id: String,
    /// What is counted.
    #[prop(into)]
    label: Signal<String>,
    /// Which numbers it can be.
    range: Whole,
    /// The number; none where nothing is said.
    #[prop(into)]
    value: Signal<Option<i64>>,
    /// A person said another one, or took it back.
    #[prop(into)]
    on_set: Callback<Option<i64>>,
    /// Stands behind the number.
    #[prop(into)]
    unit: Signal<String>,
    /// Name of the step down.
    down: &'static str,
    /// Name of the step up.
    up: &'static str,
    /// What is wrong with any other text.
    #[prop(into)]
    wrong: Signal<String>,
) -> impl IntoView {
    let bad = RwSignal::new(false);
    let typed = move |text: String| {
        let read = range.read(&text);
        bad.set(read.is_err());
        on_set.run(read.unwrap_or_default());
    };
    let step = move |up: bool| {
        bad.set(false);
        on_set.run(range.step(value.get_untracked(), up));
    };
    let note = format!("{id}-note");
    view! {
        <div class="stepper" role="group" aria-label=label>
            <button type="button" aria-label=down on:click=move |_| step(false)>
                <Icon name="minus" />
            </button>
            <span class="count">
                <input
                    id=id
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="6"
                    aria-label=label
                    aria-describedby=note.clone()
                    aria-invalid=move || bad.get().then_some("true")
                    prop:value=move || value.get().map(|it| it.to_string()).unwrap_or_default()
                    on:change=move |event| typed(event_target_value(&event))
                />
                <span>{unit}</span>
            </span>
            <button type="button" aria-label=up on:click=move |_| step(true)>
                <Icon name="plus" />
            </button>
        </div>
        <span class="err" id=note role="status">
            {move || bad.get().then(|| wrong.get())}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOORS: Whole = Whole { from: -5, to: 60 };

    #[test]
    fn a_number_goes_up_from_nothing_and_back_to_nothing() {
        let few = Whole { from: 1, to: 9 };
        assert_eq!(few.step(None, true), Some(1));
        assert_eq!(few.step(Some(9), true), Some(9));
        assert_eq!(few.step(Some(1), false), None);
        assert_eq!(few.step(None, false), None);
        let many = Whole { from: 5, to: 9 };
        assert_eq!((many.step(None, true), many.step(Some(5), false)), (Some(5), None));
        assert_eq!(Whole { from: 0, to: 9 }.step(Some(1), false), Some(0));
        assert_eq!(Whole { from: 0, to: 9 }.step(Some(0), false), None);
    }

    #[test]
    fn no_floor_lies_between_the_first_and_the_one_below_it() {
        assert_eq!((FLOORS.step(Some(1), false), FLOORS.step(Some(-1), true)), (Some(-1), Some(1)));
        assert_eq!((FLOORS.step(None, true), FLOORS.step(None, false)), (Some(1), Some(-1)));
        assert_eq!(
            (FLOORS.step(Some(60), true), FLOORS.step(Some(-5), false)),
            (Some(60), Some(-5))
        );
        let below = Whole { from: -5, to: -1 };
        assert_eq!((below.step(None, false), below.step(None, true)), (Some(-1), None));
        assert_eq!((below.step(Some(-1), true), below.step(Some(-5), false)), (None, Some(-5)));
    }

    #[test]
    fn what_is_no_number_of_the_range_is_no_answer() {
        let few = Whole { from: 1, to: 9 };
        assert_eq!(few.read(" 7 "), Ok(Some(7)));
        assert_eq!(few.read(""), Ok(None));
        for bad in ["0", "10", "-1", "1.5", "七", "9999999999", "--1"] {
            assert_eq!(few.read(bad), Err(NotAmong), "{bad}");
        }
    }

    #[test]
    fn a_floor_below_is_typed_as_keyboards_and_lifts_write_it() {
        for typed in ["-2", "−2", "－2", "B2", "b2"] {
            assert_eq!(FLOORS.read(typed), Ok(Some(-2)), "{typed}");
        }
        for bad in ["0", "61", "-6", "-", "B"] {
            assert_eq!(FLOORS.read(bad), Err(NotAmong), "{bad}");
        }
    }
}
