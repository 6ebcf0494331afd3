//! 坡上, the page: residents of a mountain city find its parks and report what is broken.
//!
//! The rooms in reading order. Everything works with no network: a report is written
//! ([`capture`]), kept on this phone ([`outbox`]) and leaves only with a receipt that names it.
//! The first render of every route calls no browser interface and knows nothing of the device;
//! what only the device knows arrives in an effect.

// A view is one type made of the types of all that stands in it.
#![recursion_limit = "256"]
#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

/// The shell: shared handles, routes, the tab bar.
pub mod app;

/// Rooms whose code is loaded when somebody goes there.
pub mod rooms;

/// Every address of the page, typed.
pub mod paths;

/// The door: the one large action, what waits, what is near.
pub mod home;

/// Explore: the list of parks and one park's page.
pub mod parks;

/// 1 · A person writes a report: one question a page.
pub mod capture;

/// 2 · It is kept on this phone until the endpoint has it.
pub mod outbox;

/// 3 · It is carried: wake-ups, one sender across tabs, the two doors.
pub mod sync;

/// Language, theme, the elder edition, privacy, help, about the data.
pub mod settings;

/// The installed page: its worker, a new build that asks, the way to the home screen.
pub mod pwa;

/// Where the phone is.
pub mod position;

/// Pieces used by two rooms or more, and every word of the screens.
pub mod ui;
