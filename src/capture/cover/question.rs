use leptos::{either::Either, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

use super::hand::Hand;
use crate::{
    capture::{
        flow::Question,
        photo::{Intake, Thumb},
        step::Step,
        way::Way,
        writing::Writing,
    },
    ui::{Icon, IconSize, t, words},
};

/// Boxes over a photo, drawn with a finger or set with the keyboard.
#[component]
pub(in crate::capture) fn CoverQuestion() -> impl IntoView {
    let (writing, way, intake) = (Writing::expect(), Way::expect(), Intake::expect());
    let photo = writing.draft().with_untracked(|draft| draft.covering().cloned());
    // Leaving the screen by any way puts the boxes into the pixels.
    on_cleanup(move || intake.cover());
    let Some(photo) = photo else { return Either::Left(()) };
    let bare = photo.bare();
    let hand = Hand::on(writing, &photo);
    let (width, height) = hand.size();
    let down = move |event: PointerEvent| {
        let svg = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
        // Without it a finger that leaves the picture lets go of the box.
        drop(svg.map(|it| it.set_pointer_capture(event.pointer_id())));
        hand.down(&event);
    };
    let foot = view! {
        <div class="one">
            <button type="button" class="btn full" on:click=move |_| way.back()>
                <Icon name="check" size=IconSize::Small />
                {t(|w| w.photo.cover_done)}
            </button>
        </div>
    };
    Either::Right(view! {
        <Question
            ask=t(|w| (w.capture.ask)(Step::Cover))
            help=t(|w| w.photo.cover_help)
            foot=foot.into_any()
        >
            <div class="cover">
                <Thumb sha256=bare alt=t(|w| w.photo.cover_photo) />
                <svg
                    viewBox=format!("0 0 {width} {height}")
                    preserveAspectRatio="none"
                    on:pointerdown=down
                    on:pointermove=move |event| hand.moves(&event)
                    on:pointerup=move |_| hand.up()
                    on:pointercancel=move |_| hand.up()
                >
                    <For
                        each=move || 0..hand.count()
                        key=|nth| *nth
                        children=move |nth| view! { <BoxOnIt hand nth /> }
                    />
                </svg>
            </div>
            <p class="q" role="status">
                {move || (words().photo.covers_drawn)(hand.count())}
            </p>
            <Tools hand />
            <p class="qq">{t(|w| w.photo.cover_what)}</p>
        </Question>
    })
}

/// A box: it can be reached with the keyboard, moved with the arrows, sized with plus and minus.
#[component]
fn BoxOnIt(hand: Hand, nth: usize) -> impl IntoView {
    let is_chosen = move || hand.chosen() == Some(nth);
    let key = move |event: KeyboardEvent| {
        hand.choose(nth);
        let step = hand.step();
        match event.key().as_str() {
            "ArrowLeft" => hand.change(move |it, size| it.moved((-step, 0), size)),
            "ArrowRight" => hand.change(move |it, size| it.moved((step, 0), size)),
            "ArrowUp" => hand.change(move |it, size| it.moved((0, -step), size)),
            "ArrowDown" => hand.change(move |it, size| it.moved((0, step), size)),
            "+" | "=" => hand.change(move |it, size| it.grown(step, size)),
            "-" | "_" => hand.change(move |it, size| it.grown(-step, size)),
            "Delete" | "Backspace" => hand.remove(),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <rect
            class="over"
            class:chosen=is_chosen
            tabindex="0"
            role="button"
            aria-label=t(|w| (w.photo.cover_nth)(nth + 1))
            aria-pressed=move || is_chosen().to_string()
            x=move || hand.at(nth).x
            y=move || hand.at(nth).y
            width=move || hand.at(nth).w
            height=move || hand.at(nth).h
            on:focus=move |_| hand.choose(nth)
            on:keydown=key
        ></rect>
        <circle
            class="corner"
            class:chosen=is_chosen
            cx=move || hand.at(nth).corner().0
            cy=move || hand.at(nth).corner().1
            r=move || hand.step()
        ></circle>
    }
}

/// The same for whoever draws with neither finger nor mouse.
#[component]
fn Tools(hand: Hand) -> impl IntoView {
    let none = move || hand.chosen().is_none();
    let moved = move |x: i32, y: i32| {
        let step = hand.step();
        hand.change(move |it, size| it.moved((x * step, y * step), size));
    };
    let grown = move |by: i32| {
        let step = hand.step();
        hand.change(move |it, size| it.grown(by * step, size));
    };
    view! {
        <div class="cover-acts">
            <button
                type="button"
                class="btn plain sm"
                aria-disabled=move || hand.is_full().to_string()
                on:click=move |_| {
                    if !hand.is_full() {
                        hand.add();
                    }
                }
            >
                <Icon name="plus" size=IconSize::Small />
                {t(|w| w.photo.cover_add)}
            </button>
            <button
                type="button"
                class="btn text sm"
                aria-disabled=move || (!hand.can_undo()).to_string()
                on:click=move |_| hand.undo()
            >
                <Icon name="undo" size=IconSize::Small />
                {t(|w| w.photo.cover_undo)}
            </button>
        </div>
        <div class="cover-acts" role="group" aria-label=t(|w| w.photo.cover_chosen) class:off=none>
            <Tool word=t(|w| w.photo.cover_left) off=Signal::derive(none) act=move || moved(-1, 0) />
            <Tool word=t(|w| w.photo.cover_right) off=Signal::derive(none) act=move || moved(1, 0) />
            <Tool word=t(|w| w.photo.cover_up) off=Signal::derive(none) act=move || moved(0, -1) />
            <Tool word=t(|w| w.photo.cover_down) off=Signal::derive(none) act=move || moved(0, 1) />
            <Tool word=t(|w| w.photo.cover_larger) off=Signal::derive(none) act=move || grown(2) />
            <Tool word=t(|w| w.photo.cover_smaller) off=Signal::derive(none) act=move || grown(-2) />
            <Tool
                word=t(|w| w.photo.cover_remove)
                off=Signal::derive(none)
                act=move || hand.remove()
            />
        </div>
    }
}

#[component]
fn Tool(word: &'static str, off: Signal<bool>, act: impl Fn() + Copy + 'static) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn plain sm"
            aria-disabled=move || off.get().to_string()
            on:click=move |_| act()
        >
            {word}
        </button>
    }
}
