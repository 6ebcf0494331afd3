use leptos::prelude::*;

use super::stage::Stage;
use crate::{
    parks::{Exploring, around},
    paths,
    ui::{Icon, t, words},
};

/// Closer, farther, everything, to me: what two fingers do, for one, and for the keyboard.
#[component]
pub(super) fn Controls(stage: Stage) -> impl IntoView {
    let exploring = Exploring::expect();
    view! {
        <div class="map-buttons" role="group" aria-label=t(|w| w.map.controls)>
            <Button icon="plus" name=t(|w| w.map.closer) press=move |()| stage.step(true) />
            <Button icon="minus" name=t(|w| w.map.farther) press=move |()| stage.step(false) />
            <Button icon="slope" name=t(|w| w.map.whole) press=move |()| stage.whole() />
            <Button
                icon="locate"
                name=t(|w| w.map.to_me)
                press=move |()| around::ask_on_the_map(exploring)
            />
        </div>
    }
}

#[component]
fn Button(
    icon: &'static str,
    name: &'static str,
    #[prop(into)] press: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="map-button" aria-label=name on:click=move |_| press.run(())>
            <Icon name=icon />
        </button>
    }
}

/// The bar of the scale is at most so long, pixels.
const LONGEST: f64 = 96.0;

/// The scale, and what kind of map this is.
#[component]
pub(super) fn Scale(stage: Stage) -> impl IntoView {
    let bar = move || {
        let fine = stage.drawn()?.pixels_for_metre();
        let metres = round_length(LONGEST / fine);
        Some((metres * fine, metres))
    };
    let drawn = move || {
        bar().map(|(long, metres)| {
            let said = if metres >= 1_000.0 {
                (words().common.kilometres)(&format!("{}", metres / 1_000.0))
            } else {
                (words().common.metres)(&format!("{metres}"))
            };
            view! {
                <svg class="bar" aria-hidden="true" width=long height="6">
                    <path d=format!("M1 0V5H{:.1}V0", long - 1.0)></path>
                </svg>
                <span>{said}</span>
            }
        })
    };
    view! {
        <div class="map-scale">{drawn}</div>
        <a class="map-credit" href=paths::ABOUT_DATA>
            {t(|w| w.map.sketch)}
        </a>
    }
}

/// The largest of 1, 2, 5, 10, … metres that is no longer than this.
fn round_length(most: f64) -> f64 {
    let ten = 10_f64.powf(most.max(1.0).log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|it| it * ten).find(|it| *it <= most).unwrap_or(ten)
}

#[cfg(test)]
mod tests {
    use super::round_length;

    #[test]
    fn a_scale_has_a_round_length() {
        let lengths = [9_999.0, 5_000.0, 1_900.0, 230.0, 99.0, 3.0, 0.2].map(round_length);
        let lengths = lengths.map(|it| format!("{it}"));
        assert_eq!(lengths, ["5000", "5000", "1000", "200", "50", "2", "1"]);
    }
}
