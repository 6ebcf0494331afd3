//! Where a photo was taken, if the person wants that said. Off until they turn it on.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    outbox::Beside,
    position::{self, Here, NoPosition},
    ui::{Switch, t},
};

/// Key in this browser's storage: the person wants it. A truth value.
const WANTED: &str = "poshang.photo_fix";

/// Does the person want it, and did the phone not refuse?
pub(super) fn is_wanted() -> bool {
    Beside::Browser.read::<bool>(WANTED).unwrap_or_default() && !position::was_refused()
}

/// Where the phone is now.
pub(super) async fn locate() -> Option<Here> {
    position::locate().await.ok()
}

/// The switch. The browser asks when it is turned on, not when a photo is taken.
#[component]
pub(super) fn FixSwitch() -> impl IntoView {
    let on = RwSignal::new(is_wanted());
    let refused = RwSignal::new(false);
    let keep = move |wanted: bool| {
        // Where it cannot be kept it holds for this screen.
        Beside::Browser.write(WANTED, &wanted);
        on.try_set(wanted);
    };
    let toggle = move |wanted: bool| {
        keep(wanted);
        refused.set(false);
        if wanted {
            spawn_local(async move {
                if position::locate().await == Err(NoPosition::Refused) {
                    keep(false);
                    refused.try_set(true);
                }
            });
        }
    };
    view! {
        <div>
            <Switch
                label=t(|w| w.photo.fix)
                hint=t(|w| w.photo.fix_more)
                on
                on_toggle=toggle
            />
            <p class="qq" role="status">
                <Show when=move || refused.get()>{t(|w| w.photo.fix_refused)}</Show>
            </p>
        </div>
    }
}
