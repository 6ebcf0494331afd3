//! The phone's storage in a browser that closes it.

use js_sys::Promise;
use model::{
    contact::ContactConsent,
    hex::{Boot, Digest},
    ids::ReportId,
    mine::Mine,
    report::TakenBack,
    sealed::Kind,
};
use outbox::{
    Delivery, Now, Phone, Row, Rules,
    contact::{self, ToCall},
    engine::Changes,
    idb::{Committed, Db, Sealing, StoreError},
    row::{Label, Refusal, RefusalWhy, RowChange},
    seal::{self, ToSeal},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

const BREAKING: &str = include_str!("../../e2e/rig/breaking.js");
const WAYS: [&str; 4] = ["begin", "request", "commit", "told"];

fn break_next(how: &str, times: u32) {
    js_sys::eval(&format!("breakNext({how:?}, {times})")).expect("a way to break");
}

/// A moment whose chance is its number.
fn now(nth: u8) -> Now {
    let boot = Boot([nth; 16]);
    Now { ms: 1_795_400_000_000, zone: 480, mono_ms: 9, boot, random: [nth; 64] }
}

async fn sealed(db: &Db, now: &Now) -> Result<Row, StoreError> {
    let id = db.update_phone(|phone| phone.new_id(now)).await?;
    db.save_draft(id, "{}").await?;
    let rows =
        db.seal(id, |phone: &mut Phone, _| seal::seal(phone, now, to_seal(id)).into()).await?;
    Ok(rows.into_iter().next().expect("one row"))
}

fn to_seal(id: ReportId) -> ToSeal<TakenBack> {
    ToSeal {
        id,
        kind: Kind::Report,
        schema: 1,
        blobs: Vec::new(),
        body: TakenBack {},
        label: Label::default(),
    }
}

#[wasm_bindgen_test]
async fn what_the_browser_broke_off_is_done_once_on_a_new_connection() {
    // iOS closes the database of a page that is short of memory. Every step after that failed until
    // somebody loaded the page again, and what had been typed meanwhile was lost.
    js_sys::eval(BREAKING).expect("a browser that breaks");
    let db = Db::default();
    let mut last_dseq = 0;
    for (nth, how) in (1..).zip(WAYS) {
        let now = now(nth);
        let first = sealed(&db, &now).await.expect("a storage");
        last_dseq = first.dseq;

        break_next(how, 1);
        let id = db.update_phone(|phone| phone.new_id(&now)).await.expect(how);
        break_next(how, 1);
        db.save_draft(id, "words").await.expect(how);
        break_next(how, 1);
        assert_eq!(db.draft(id).await.expect(how).as_deref(), Some("words"), "{how}");

        break_next(how, 2);
        let made = |phone: &mut Phone, _: &[Row]| seal::seal(phone, &now, to_seal(id)).into();
        let rows = db.seal(id, made).await.expect(how);
        let row = rows.first().expect("one row");
        last_dseq += 1;
        assert_eq!(row.dseq, last_dseq, "{how}: no number is used twice or left out");
        assert_eq!(db.row(row.key).await.expect(how).as_ref(), Some(row), "{how}");
        assert_eq!(db.draft(id).await.expect(how), None, "{how}");
        let phone = db.phone().await.expect(how);
        assert_eq!(phone.device.expect("a device").last_dseq, last_dseq, "{how}");

        let tried = RowChange::Tried(row.sha256);
        let changes = Changes { rows: vec![(row.key, tried)], ..Changes::default() };
        break_next(how, 1);
        assert_eq!(db.commit(&changes).await, Ok(Committed::All), "{how}");
        assert!(db.row(row.key).await.expect(how).expect("the row").tried, "{how}");

        break_next(how, 2);
        let back = db.take_back(&now, id, |_, _| Some("again".into())).await.expect(how);
        let back = back.expect("taken back");
        assert!(back.withdrawn, "{how}");
        last_dseq += 1;
        let draft = back.draft.expect("a draft");
        assert_eq!(db.draft(draft).await.expect(how).as_deref(), Some("again"), "{how}");
        let about = db.rows().await.expect(how).into_iter();
        assert_eq!(about.filter(|it| it.of == Some(id)).count(), 1, "{how}: withdrawn once");

        let bytes = [nth; 9];
        break_next(how, 1);
        db.keep_blob(Digest::of(&bytes), &bytes).await.expect(how);
        break_next(how, 1);
        let kept = db.blob(Digest::of(&bytes)).await.expect(how);
        assert_eq!(kept.as_deref(), Some(bytes.as_slice()), "{how}");
        db.discard_draft(draft).await.expect(how);
    }
    let rows = db.rows().await.expect("a storage");
    let mut numbers: Vec<_> = rows.iter().map(|row| row.dseq).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=last_dseq).collect::<Vec<_>>());
}

#[wasm_bindgen_test]
async fn after_three_failures_it_says_so_and_the_next_step_begins_anew() {
    js_sys::eval(BREAKING).expect("a browser that breaks");
    let db = Db::default();
    let row = sealed(&db, &now(9)).await.expect("a storage");
    let changes =
        Changes { rows: vec![(row.key, RowChange::Tried(row.sha256))], ..Changes::default() };
    for how in WAYS {
        break_next(how, 2);
        assert!(db.tally().await.is_ok(), "{how}");
        break_next(how, 3);
        let commit = db.commit(&changes).await;
        assert_eq!(commit, Err(StoreError::Failed), "{how}");
        assert_eq!(
            db.row(row.key).await.map(|it| it.map(|it| it.delivery)),
            Ok(Some(Delivery::Sealed))
        );
    }
}

#[wasm_bindgen_test]
async fn a_number_is_one_thing_with_its_report_and_both_are_loaded() {
    let (db, now) = (Db::default(), now(77));
    let before = db.tally().await.expect("a storage").to_send;
    let consent = ContactConsent {
        version: "1".into(),
        text_sha256: Digest::of(b"may be called"),
        at: now.stamp(),
    };
    let phone = "13800000000".into();
    let to_call = ToCall { phone, consent, shown: "138****0000".into() };
    let id = db.update_phone(|phone| phone.new_id(&now)).await.expect("a storage");
    let both = |phone: &mut Phone, rows: &[Row]| {
        let report = seal::seal(phone, &now, to_seal(id));
        let beside = contact::beside(phone, &now, id, Some(&to_call), rows, Rules::default());
        Sealing { new: [vec![report], beside.new].concat(), changed: beside.changed }
    };
    let rows = db.seal(id, both).await.expect("a storage");
    let [report, number] = &rows[..] else { panic!("two rows") };
    let to_send = async || db.tally().await.expect("a storage").to_send - before;
    assert_eq!(to_send().await, 1);
    let (_, loaded) = db.load().await.expect("a storage");
    assert!([report, number].iter().all(|row| loaded.contains(row)));
    let refusal = Refusal { why: RefusalWhy::Clash, field: "/sealed".into(), limit: None };
    let refused = vec![(report.key, RowChange::Refuse(refusal))];
    let changes = Changes { rows: refused, ..Changes::default() };
    assert_eq!(db.commit(&changes).await, Ok(Committed::All));
    assert_eq!(to_send().await, 1, "the number alone");
    db.take_back_alone(&now, number.key).await.expect("a storage");
    let undone = db.row(number.key).await.expect("a storage").expect("the row");
    assert!(undone.withdrawn && !undone.sealed.contains("13800000000"));
}

/// A report was sealed with no network, changed, and sealed again: the badge said two.
#[wasm_bindgen_test]
async fn two_revisions_that_wait_are_one_report() {
    let (db, now) = (Db::default(), now(78));
    let before = db.tally().await.expect("a storage").to_send;
    let first = sealed(&db, &now).await.expect("a storage");
    let next = |phone: &mut Phone, _: &[Row]| {
        seal::edit(phone, &now, &first, to_seal(first.key.id), Rules::default()).into()
    };
    let second = db.seal(first.key.id, next).await.expect("a storage");
    assert_eq!((second[0].key.id, second[0].key.rev), (first.key.id, 2));
    assert_eq!(db.tally().await.map(|it| it.to_send - before), Ok(1));
    let both = [&first, &second[0]];
    for (nth, row) in both.into_iter().enumerate() {
        let refusal = Refusal { why: RefusalWhy::Clash, field: "/sealed".into(), limit: None };
        let refused = vec![(row.key, RowChange::Refuse(refusal))];
        let changes = Changes { rows: refused, ..Changes::default() };
        assert_eq!(db.commit(&changes).await, Ok(Committed::All));
        let left = u32::from(nth == 0);
        assert_eq!(db.tally().await.map(|it| it.to_send - before), Ok(left), "{nth}");
    }
}

/// A photo was taken, and its draft thrown away.
#[wasm_bindgen_test]
async fn a_photo_that_nobody_names_goes_at_the_second_start_and_no_other_does() {
    const DAY_MS: i64 = 86_400_000;
    let db = Db::default();
    let [named, kept_again, nameless] =
        [b"one".as_slice(), b"two", b"three"].map(|bytes| (Digest::of(bytes), bytes));
    let at = |boot: u8, ms: i64| Now { ms: now(boot).ms + ms, ..now(boot) };
    let id = db.update_phone(|phone| phone.new_id(&at(200, 0))).await.expect("a storage");
    for (digest, bytes) in [named, kept_again, nameless] {
        db.keep_blob(digest, bytes).await.expect("a storage");
    }
    let draft = format!("{{\"photos\":[{{\"sha256\":\"{}\"}}]}}", named.0);
    db.save_draft(id, &draft).await.expect("a storage");
    db.tidy(&at(201, 0)).await.expect("a storage");
    // It is taken again while the second page starts; its draft is not saved yet.
    db.keep_blob(kept_again.0, kept_again.1).await.expect("a storage");
    db.tidy(&at(202, DAY_MS)).await.expect("a storage");
    let here = async |it: (Digest, &[u8])| db.blob(it.0).await.expect("a storage").is_some();
    assert!(here(named).await && here(kept_again).await);
    assert!(!here(nameless).await);
}

/// `indexedDB.open` fails from now on, or no longer.
fn shut(closed: bool) {
    let act = if closed {
        "globalThis.really = IDBFactory.prototype.open;
        IDBFactory.prototype.open = () => { throw new DOMException('no', 'UnknownError'); };"
    } else {
        "IDBFactory.prototype.open = globalThis.really;"
    };
    js_sys::eval(act).expect("a factory");
}

#[wasm_bindgen_test]
async fn without_a_database_a_page_works_from_memory_all_or_nothing_and_says_so() {
    shut(true);
    let db = Db::default();
    assert!(!db.is_in_memory(), "nobody has asked yet");
    let id = db.update_phone(|phone| phone.new_id(&now(21))).await.expect("a memory");
    assert!(db.is_in_memory() && !db.would_be_missed());
    db.save_draft(id, "words").await.expect("a memory");
    assert!(db.would_be_missed());
    db.discard_draft(id).await.expect("a memory");
    let row = sealed(&db, &now(22)).await.expect("a memory");
    assert_eq!(db.rows().await, Ok(vec![row.clone()]));
    assert_eq!(db.tally().await.map(|it| it.to_send), Ok(1));
    assert!(db.would_be_missed());
    db.keep_blob(Digest::of(b"photo"), b"photo").await.expect("a memory");
    assert_eq!(db.blob(Digest::of(b"photo")).await, Ok(Some(b"photo".to_vec())));
    let tried = |sha256| (row.key, RowChange::Tried(sha256));
    let both = vec![tried(row.sha256), tried(Digest::of(b"other bytes"))];
    let overtaken = Changes { rows: both, ..Changes::default() };
    assert_eq!(db.commit(&overtaken).await, Ok(Committed::Overtaken));
    assert_eq!(db.row(row.key).await, Ok(Some(row.clone())), "nothing of it took place");
    let changes = Changes { rows: vec![tried(row.sha256)], ..Changes::default() };
    assert_eq!(db.commit(&changes).await, Ok(Committed::All));
    assert!(db.row(row.key).await.expect("a memory").expect("a row").tried);
    assert_eq!(Db::as_it_is().tally().await, Err(StoreError::Unavailable), "no worker does so");
    shut(false);
    // One that opens later is met by the next page: nothing is ever in both.
    assert_eq!(db.rows().await.map(|rows| rows.len()), Ok(1));
    assert_eq!(Db::default().row(row.key).await, Ok(None));
}

/// Opens the database as a later build would: version 3, with a store more.
async fn upgrade(interrupted: bool) -> Result<JsValue, JsValue> {
    let upgrade = format!(
        "new Promise((resolve, reject) => {{
            const request = indexedDB.open('poshang', 3);
            request.onupgradeneeded = () => {{
                request.result.createObjectStore('later');
                if ({interrupted}) request.transaction.abort();
            }};
            request.onsuccess = () => resolve(request.result.close());
            request.onerror = (event) => (event.preventDefault(), reject(request.error));
        }})"
    );
    let opened: Promise = js_sys::eval(&upgrade)?.unchecked_into();
    JsFuture::from(opened).await
}

#[wasm_bindgen_test]
async fn rows_survive_an_upgrade_that_breaks_off_and_one_that_a_later_build_has_made() {
    // An app once moved its queue to a new form at an upgrade. The phone was switched off in the
    // middle, and the queue was empty.
    let db = Db::default();
    let row = sealed(&db, &now(11)).await.expect("a storage");
    let rows = db.rows().await.expect("a storage");
    // This connection gives way, so neither upgrade waits for it.
    assert!(upgrade(true).await.is_err(), "interrupted");
    assert_eq!(db.rows().await.as_ref(), Ok(&rows));
    assert!(upgrade(false).await.is_ok(), "tried again");
    assert_eq!(db.rows().await.as_ref(), Ok(&rows), "a build of before reads on");
    assert_eq!(Db::default().row(row.key).await, Ok(Some(row)));
    assert!(sealed(&db, &now(12)).await.is_ok(), "and seals on");
}

/// Makes the database anew in its first form, as builds before the second one made it, with all that
/// it holds.
async fn as_the_first_build_made_it() -> Result<JsValue, JsValue> {
    let back = "(async () => {
        const asked = (request) => new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });
        const names = ['meta', 'drafts', 'blobs', 'rows'];
        const db = await asked(indexedDB.open('poshang'));
        const read = async (name) => {
            const store = db.transaction(name).objectStore(name);
            return [name, await asked(store.getAllKeys()), await asked(store.getAll())];
        };
        const kept = [];
        for (const name of names) kept.push(await read(name));
        db.close();
        await asked(indexedDB.deleteDatabase('poshang'));
        const opening = indexedDB.open('poshang', 1);
        opening.onupgradeneeded = () => {
            for (const name of ['meta', 'drafts', 'blobs']) opening.result.createObjectStore(name);
            opening.result.createObjectStore('rows').createIndex('todo', 'todo');
        };
        const first = await asked(opening);
        const tx = first.transaction(names, 'readwrite');
        for (const [name, keys, values] of kept)
            keys.forEach((key, nth) => tx.objectStore(name).put(values[nth], key));
        await new Promise((resolve) => (tx.oncomplete = resolve));
        first.close();
    })()";
    JsFuture::from(js_sys::eval(back)?.unchecked_into::<Promise>()).await
}

#[wasm_bindgen_test]
async fn a_database_of_the_first_form_keeps_its_rows_and_gains_what_is_kept_of_parks() {
    let db = Db::default();
    let row = sealed(&db, &now(21)).await.expect("a storage");
    let rows = db.rows().await.expect("a storage");
    let draft = db.update_phone(|phone| phone.new_id(&now(23))).await.expect("a storage");
    db.save_draft(draft, "words").await.expect("a storage");
    let (drafts, phone) = (db.drafts().await, db.phone().await);
    assert!(as_the_first_build_made_it().await.is_ok());
    let zoo = Mine::new("JLP-002", "zoo");
    let kept = db.change_mine(&zoo, |mine| mine.favourite = true).await.expect("a storage");
    assert_eq!(db.rows().await.as_ref(), Ok(&rows));
    assert_eq!(db.row(row.key).await, Ok(Some(row)));
    assert_eq!((db.drafts().await, db.phone().await), (drafts, phone));
    assert_eq!(db.mine().await, Ok(vec![kept.clone()]));
    assert_eq!(Db::as_it_is().mine_of("JLP-002").await, Ok(Some(kept.clone())));

    // All of a file or nothing, and a second time nothing that is new.
    let lake = Mine { favourite: true, ..Mine::new("JLP-001", "lake") };
    assert_eq!(db.take_in(&[kept.clone(), lake.clone(), Mine::new("x", "empty")]).await, Ok(1));
    assert_eq!(db.take_in(&[lake]).await, Ok(0));
    // What has become empty is gone, and then everything is.
    db.change_mine(&zoo, |mine| mine.favourite = false).await.expect("a storage");
    assert_eq!(db.mine_of("JLP-002").await, Ok(None));
    assert_eq!(db.mine().await.map(|it| it.len()), Ok(1));
    db.forget_mine().await.expect("a storage");
    assert_eq!(db.mine().await, Ok(vec![]));
    assert_eq!(db.rows().await.as_ref(), Ok(&rows));
}
