use std::rc::Rc;

use gloo::events::EventListener;
use leptos::{prelude::*, task::spawn_local};
use outbox::{Input, Why, clock, drive::drive};

use super::{background::ask_for_worker, doors::PageDoors, line};
use crate::{outbox::Inside, pwa};

/// Listens for the rest of the page's life to whatever may mean that there is a network, and begins
/// with a first look.
pub(crate) fn start(inside: &Rc<Inside>) {
    inside.say_online(window().navigator().on_line());
    on(inside, window(), "online", |inside| {
        inside.say_online(true);
        wake(inside, Why::Online);
    });
    on(inside, window(), "offline", |inside| inside.say_online(false));
    on(inside, document(), "visibilitychange", |inside| {
        if !document().hidden() {
            wake(inside, Why::Visible);
        } else if inside.to_send() > 0 {
            ask_for_worker();
        }
    });
    if let Some(worker) = pwa::container() {
        on(inside, worker, "message", |inside| {
            spawn_local(look_and_wake(Rc::clone(inside), Why::Online));
        });
    }
    spawn_local({
        let inside = Rc::clone(inside);
        async move {
            // A worker of another build keeps away from here on.
            let _ = inside.db.say_build(&pwa::build()).await;
            inside.mend().await;
            inside.look_around().await;
            look_and_wake(inside, Why::Start).await;
        }
    });
}

/// The storage may hold other things than before: the worker has been there, or an earlier page.
async fn look_and_wake(inside: Rc<Inside>, why: Why) {
    inside.look_again().await;
    wake(&inside, why);
}

/// There may be something to send. Never waits, never fails; a pass under way takes it in.
pub(crate) fn wake(inside: &Rc<Inside>, why: Why) {
    if inside.engine.borrow().is_busy() {
        let nothing = inside.engine.borrow_mut().step(&clock::now(), Input::Wake(why));
        debug_assert!(nothing.is_empty(), "a busy engine takes a wake-up in and asks for nothing");
    } else if inside.line.enter() {
        spawn_local(line::hold(pass(Rc::clone(inside), why)));
    }
}

async fn pass(inside: Rc<Inside>, why: Why) {
    inside.line.leave();
    let step = |now: &_, input| {
        let effects = inside.engine.borrow_mut().step(now, input);
        inside.say_sending(inside.engine.borrow().sending());
        effects
    };
    drive(step, &PageDoors::new(Rc::clone(&inside)), Input::Wake(why)).await;
    if why == Why::Start {
        // What could not be let go now can be at the next start.
        let _ = inside.db.tidy(&clock::now()).await;
    }
}

fn on<T: AsRef<web_sys::EventTarget>>(
    inside: &Rc<Inside>,
    target: T,
    event: &'static str,
    then: impl Fn(&Rc<Inside>) + 'static,
) {
    let inside = Rc::clone(inside);
    EventListener::new(target.as_ref(), event, move |_| then(&inside)).forget();
}
