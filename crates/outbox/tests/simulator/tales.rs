use std::collections::BTreeSet;

use outbox::{
    Delivery, Input, RowKey, Rules, Why,
    row::{RefusalWhy, WaitReason},
    seal::edit,
};

use crate::{checker::Class, world::World};

const DAY_MS: i64 = 86_400_000;

/// Seals an edited version of a report.
fn edits(world: &mut World, phone: usize, key: RowKey) -> RowKey {
    let (tab, now) = world.at_hand(phone).unwrap();
    let mut storage = world.phones[phone].storage.clone();
    let what = world.written(&mut storage, &now);
    let old = storage.rows[&key].clone();
    let row = edit(&mut storage.record, &now, &old, what, Rules::default());
    let new = row.key;
    world.keep(phone, storage, vec![row]);
    world.input(phone, tab, Input::Wake(Why::Sealed));
    new
}

/// Nothing must be wrong, but for what a tale is about.
fn is_well(world: &mut World, but: Option<Class>) {
    let storages = [&world.phones[0].storage, &world.phones[1].storage];
    world.checker.in_the_end(&storages, &world.server);
    let wrong = world.checker.violations.iter().filter(|it| Some(it.class) != but);
    assert_eq!(wrong.map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
}

/// A phone's backup is restored to a new phone, and both go on reporting as one device.
#[test]
fn one_storage_on_two_phones_loses_and_overwrites_nothing() {
    let fault = fault_log::injected("C20", "two phones began with one device id and one number");
    let mut world = World::calm();
    world.clone_a_phone();
    for phone in 0..2 {
        world.person_seals(phone);
    }
    world.heal();
    let numbers = world.server.numbers();
    assert_eq!(numbers.len(), 2, "both are stored");
    assert_eq!(numbers[0], numbers[1], "under the same number of the same device");
    let devices: BTreeSet<String> = world.phones.iter().map(device).collect();
    assert_eq!(devices.len(), 2, "whoever reads `dseq_taken` seals as a new device from then on");
    is_well(&mut world, None);
    fault.observed("both stored; the second was told of the double number and is a new device now");

    let fault = fault_log::injected("C20", "two phones held one report, and each changed it");
    let key = *world.phones[0].storage.rows.keys().next().unwrap();
    world.phones[1].storage = world.phones[0].storage.clone();
    world.phones[1].tabs.clear();
    let second = edits(&mut world, 0, key);
    assert_eq!(edits(&mut world, 1, key), second, "the same id and revision, with other bytes");
    world.heal();
    let rows: Vec<_> = world.phones.iter().map(|it| &it.storage.rows[&second]).collect();
    let delivered = rows.iter().position(|row| row.delivery == Delivery::Delivered).unwrap();
    let Delivery::NeedsYou(refusal) = &rows[1 - delivered].delivery else { panic!("{rows:?}") };
    assert_eq!(refusal.why, RefusalWhy::Clash, "a person is asked");
    let held = world.server.held(second);
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].sealed, rows[delivered].sealed, "and nothing was overwritten");
    assert_ne!(held[0].sealed, rows[1 - delivered].sealed, "on either side");
    fault.observed("the first is stored, the second asks its person; both keep their bytes");
}

fn device(phone: &crate::phone::Phone) -> String {
    phone.storage.record.device.as_ref().unwrap().id.to_string()
}

/// A phone lies in a drawer for a month, or the endpoint is gone that long.
#[test]
fn thirty_days_without_an_endpoint_lose_nothing() {
    let fault = fault_log::injected("N12", "no endpoint could be reached for thirty days");
    let mut world = World::calm();
    world.server.is_up = false;
    let begun = world.now_ms;
    for day in 0..30 {
        world.live_until(begun + day * DAY_MS);
        world.person_seals(usize::from(day % 2 == 0));
    }
    world.live_until(begun + 30 * DAY_MS);
    for row in world.phones.iter().flat_map(|phone| phone.storage.rows.values()) {
        assert_eq!(row.delivery, Delivery::Sealed);
        let waits = row.waits.as_ref().unwrap();
        assert_eq!(waits.reason, WaitReason::Unreachable, "it says why it waits");
        assert!(waits.until_ms - world.now_ms <= 900_000, "and tries again within minutes");
    }
    let rows = world.phones.iter().flat_map(|phone| phone.storage.rows.values());
    assert_eq!(rows.clone().filter(|row| row.kind == "report").count(), 30);
    assert_eq!(world.checker.count(), rows.count(), "with the numbers that people left");
    world.heal();
    is_well(&mut world, None);
    fault.observed(
        "thirty reports, some with a number, waited with their reason, and all of them were delivered at last",
    );
}
