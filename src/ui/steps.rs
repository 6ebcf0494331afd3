use leptos::prelude::*;

use super::words::words;

/// How many questions the stair has.
pub const STEPS: u8 = 5;

/// The stair over the questions of a report: one tread a question, the lamp where you stand.
#[component]
pub fn Steps(
    /// Which question this is, 1 to 5.
    #[prop(into)]
    at: Signal<u8>,
) -> impl IntoView {
    let treads = (1..=STEPS)
        .map(|step| {
            let climbed = move || at.get() >= step;
            view! { <path class:on=climbed d=tread(step)></path> }
        })
        .collect_view();
    let lamp_x = move || 21 * u32::from(at.get()) - 8;
    let lamp_y = move || 26 - 5 * i32::from(at.get());
    view! {
        <div class="flow">
            <svg viewBox="0 -6 110 36" aria-hidden="true">
                {treads}
                <circle cx=lamp_x cy=lamp_y r="4"></circle>
            </svg>
            <span>{move || (words().common.question_of)(at.get(), STEPS)}</span>
        </div>
    }
}

/// Riser and tread of a step; each is 21 wide and 5 higher than the one before.
fn tread(step: u8) -> String {
    let (x, y) = (21 * u32::from(step) - 19, 32 - 5 * u32::from(step));
    let below = if step == 1 { y } else { y + 5 };
    format!("M{x} {below}V{y}h21")
}
