//! The way through the questions: one entry of the browser's history for each, so that its back
//! button leads to the question before.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate, location::State};
use model::pack::IssueKind;
use wasm_bindgen::JsValue;

use super::{draft::Draft, step::Step, writing::Writing};
use crate::{parks::Parks, paths, ui::Arrival};

/// What stands in the history's state of an entry that a question before has made.
const CAME_FROM_HERE: &str = "question";

/// The router's way to another address.
type Navigate = Rc<dyn Fn(&str, NavigateOptions)>;

/// Leads from question to question.
#[derive(Clone, Copy)]
pub(super) struct Way {
    writing: Writing,
    step: Memo<Step>,
    parks: StoredValue<Parks>,
    navigate: StoredValue<Navigate, LocalStorage>,
    /// Kept here, since an answer may come from where no context is found any more.
    arrival: Option<Arrival>,
}

impl Way {
    /// Makes the handle and gives it to everything below. `asked` is the word of the address.
    pub(super) fn provide(writing: Writing, asked: Signal<Option<String>>) -> Self {
        let parks = Parks::expect();
        let pack = StoredValue::new(parks.clone());
        let opened_at = writing.draft().with_untracked(|draft| draft.step);
        let step = Memo::new(move |_| {
            let step = asked.read().as_ref().and_then(|it| it.parse().ok()).unwrap_or(opened_at);
            writing.draft().with(|draft| step.standing(draft, parks.pack().ok()))
        });
        let navigate = StoredValue::new_local(Rc::new(use_navigate()) as Navigate);
        let arrival = use_context();
        let way = Self { writing, step, parks: pack, navigate, arrival };
        provide_context(way);
        way
    }

    /// The handle that the page of the report provided.
    pub(super) fn expect() -> Self {
        expect_context()
    }

    /// The question on the screen.
    pub(super) fn step(self) -> Memo<Step> {
        self.step
    }

    /// To a question.
    pub(super) fn go(self, step: Step) {
        if step == self.step.get_untracked() {
            return;
        }
        self.moved_on();
        let state = State::new(Some(JsValue::from_str(CAME_FROM_HERE)));
        self.move_to(&self.address(step), NavigateOptions { state, ..NavigateOptions::default() });
    }

    /// The heading of the next screen takes the focus.
    fn moved_on(self) {
        if let Some(arrival) = self.arrival {
            arrival.moved_on();
        }
    }

    /// The question on the screen is done.
    pub(super) fn onward(self) {
        let (step, pack) = (self.step.get_untracked(), self.parks.get_value());
        let next =
            self.writing.draft().with_untracked(|draft| step.onward(draft, pack.pack().ok()));
        self.go(next);
    }

    /// The person chose this kind: whatever has to be asked about it comes first.
    pub(super) fn chose(self, kind: &IssueKind) {
        let pack = self.parks.get_value();
        let draft = self.writing.draft();
        self.go(draft.with_untracked(|draft| Step::after(kind, draft, pack.pack().ok())));
    }

    /// Back, as the browser's own button does it.
    pub(super) fn back(self) {
        self.moved_on();
        let step = self.step.get_untracked();
        let before = self.writing.draft().with_untracked(|draft: &Draft| step.back(draft));
        if came_from_here() {
            // Without a history there is nowhere to go back to.
            drop(window().history().and_then(|it| it.back()));
        } else if let Some(before) = before {
            self.replace(&self.address(before));
        } else {
            self.move_to(paths::HOME, NavigateOptions::default());
        }
    }

    /// Back, if this is the question on the screen.
    pub(super) fn back_from(self, step: Step) {
        if self.step.try_get_untracked() == Some(step) {
            self.back();
        }
    }

    /// A draft that got its id only now is named in the address, so that a reload finds it.
    pub(super) fn name_the_draft(self) {
        Effect::new(move |before: Option<bool>| {
            let named = self.writing.id().get().is_some();
            if before == Some(false) && named {
                let state = window().history().and_then(|it| it.state()).unwrap_or(JsValue::NULL);
                let (replace, scroll, state) = (true, false, State::new(Some(state)));
                let options = NavigateOptions { replace, scroll, state, resolve: false };
                self.move_to(&self.address(self.step.get_untracked()), options);
            }
            named
        });
    }

    fn address(self, step: Step) -> String {
        paths::report_step(self.writing.id().get_untracked(), step.as_str())
    }

    fn replace(self, address: &str) {
        self.move_to(address, NavigateOptions { replace: true, ..NavigateOptions::default() });
    }

    fn move_to(self, address: &str, options: NavigateOptions) {
        self.navigate.with_value(|navigate| navigate(address, options));
    }
}

fn came_from_here() -> bool {
    let state = window().history().and_then(|it| it.state());
    state.is_ok_and(|it| it.as_string().as_deref() == Some(CAME_FROM_HERE))
}
