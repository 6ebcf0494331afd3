use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use outbox::clock;

/// Reading anew takes at most a quarter of the time, but nobody waits longer than this for what is
/// new, milliseconds.
const LONGEST_REST_MS: u64 = 1_500;
const REST_TIMES: u64 = 3;

/// Reads what the storage holds, and again when it has changed: at once, unless that took long. While a
/// thousand reports leave, something changes with every batch, and a poor phone would do little else
/// than read all of them anew.
pub(super) fn read_calmly<T: 'static, F: Future<Output = T> + 'static>(
    changed: impl Fn() + 'static,
    read: impl Fn() -> F + 'static,
) -> LocalResource<T> {
    let turn = ArcTrigger::new();
    let rests_until = StoredValue::new(0);
    let waiting = StoredValue::new_local(None::<Timeout>);
    let resource = LocalResource::new({
        let turn = turn.clone();
        move || {
            turn.track();
            let read = read();
            // The first render asks no clock: only whoever waits for the reading does.
            async move {
                let begun = clock::now().mono_ms;
                let result = read.await;
                let now = clock::now().mono_ms;
                let rest = now.saturating_sub(begun).saturating_mul(REST_TIMES);
                rests_until.try_set_value(now + rest.min(LONGEST_REST_MS));
                result
            }
        }
    });
    Effect::new(move |before: Option<()>| {
        changed();
        if before.is_none() || waiting.with_value(Option::is_some) {
            return;
        }
        let rest = rests_until.get_value().saturating_sub(clock::now().mono_ms);
        let turn = turn.clone();
        let read_now = move || {
            waiting.try_set_value(None);
            turn.notify();
        };
        match u32::try_from(rest) {
            Ok(rest) if rest > 0 => waiting.set_value(Some(Timeout::new(rest, read_now))),
            _ => read_now(),
        }
    });
    resource
}
