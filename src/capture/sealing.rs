//! A draft becomes a report: every field that the screens fill, as the endpoint and its readers
//! will see it for years. A missing field means "not asked"; an empty one means "nothing said".

use model::{
    hex::PackId,
    pack::DistrictPack,
    report::{
        Again, AgainHow, Client, Consent, ConsentTo, Escalated, Fix, FixDatum, FixSource, Place,
        PlaceHow, Report,
    },
    sealed::{BlobEntry, BlobType, Kind, Role},
};
use outbox::{row::Label, seal::ToSeal};

use super::{
    answers,
    draft::{Agreed, Draft, Here, Photo, Voice},
    names::{Names, place_line},
    place::{DraftPlace, outside},
};
use crate::ui::words::Lang;

/// How many characters of the words stand on a row of 上报箱.
const LABEL_WORDS: usize = 40;

/// What a report carries beside what the person said.
pub(super) struct Around<'a> {
    /// The pack that kinds and places are taken from, and its version.
    pub(super) pack: Option<(&'a DistrictPack, PackId)>,
    /// The language of the screens.
    pub(super) lang: Lang,
    /// What kind of page it was written with.
    pub(super) client: Client,
}

impl Around<'_> {
    fn district(&self) -> Option<&DistrictPack> {
        self.pack.map(|(pack, _)| pack)
    }
}

/// All that is sealed of a draft. The draft has passed [`Draft::troubles`].
pub(super) fn to_seal(
    id: model::ids::ReportId,
    draft: &Draft,
    around: Around<'_>,
) -> ToSeal<Report> {
    ToSeal {
        id,
        kind: Kind::Report,
        schema: 1,
        blobs: blobs(draft),
        label: label(draft, &around),
        body: report(draft, around),
    }
}

fn report(draft: &Draft, around: Around<'_>) -> Report {
    Report {
        pack: around.pack.map(|(_, id)| id),
        lang: Some(around.lang.tag().to_owned()),
        issue: draft.issue.as_ref().map(|_| draft.kind().map(str::to_owned)),
        // Asked on the screen of the kinds.
        area_kind: draft.issue.as_ref().map(|_| draft.area),
        words: Some(draft.words.clone()),
        place: Some(place(draft, around.district())),
        answers: answers::sealed(draft, around.district()),
        escalation: draft.danger.as_ref().map(|it| Escalated {
            asked: it.asked.clone(),
            answer: it.answer,
            called: it.called.clone(),
        }),
        again: draft.again.map(|of| Again { of: of.to_string(), how: AgainHow::Same }),
        private: Some(draft.private),
        consents: consents(draft),
        client: Some(around.client),
    }
}

fn consents(draft: &Draft) -> Vec<Consent> {
    // Nobody can be recognised on photos that were taken out again.
    let photo_people = draft.photo_people.clone().filter(|_| !draft.photos.is_empty());
    let given =
        [(ConsentTo::PhotoPeople, photo_people), (ConsentTo::PassOn, draft.pass_on.clone())];
    let consent = |(what, agreed): (_, Option<Agreed>)| {
        let Agreed { version, text_sha256, at } = agreed?;
        Some(Consent { what, version, text_sha256, at })
    };
    given.into_iter().filter_map(consent).collect()
}

fn place(draft: &Draft, pack: Option<&DistrictPack>) -> Place {
    let said = &draft.place;
    Place {
        how: how(said),
        park: said.park.clone(),
        project: said.project.clone(),
        plate: said.plate.clone(),
        sub_district: said.sub_district.clone(),
        community: said.community.clone(),
        words: Some(said.words.clone()),
        vertical: Some(said.level.sealed(said.floor_words.clone())),
        fixes: positions(draft).into_iter().map(fix).collect(),
        outside: pack.and_then(|pack| outside(said, pack)),
    }
}

/// What was used to say the place. Whoever could not say it at all has said it in words.
fn how(said: &DraftPlace) -> Vec<PlaceHow> {
    let in_words = !said.words.is_empty() || !said.floor_words.is_empty();
    let mut how = Vec::new();
    how.extend(said.park.as_ref().map(|_| PlaceHow::Park));
    how.extend(said.project.as_ref().map(|_| PlaceHow::Project));
    how.extend(said.sub_district.as_ref().map(|_| PlaceHow::Community));
    how.extend(said.plate.as_ref().map(|_| PlaceHow::Plate));
    how.extend(said.here.map(|_| PlaceHow::Fix));
    if in_words || how.is_empty() {
        how.push(PlaceHow::Words);
    }
    how
}

/// The position of the place first, then where the photos were taken, each once.
fn positions(draft: &Draft) -> Vec<&Here> {
    let all = draft.place.here.iter().chain(draft.photos.iter().filter_map(|it| it.fix.as_ref()));
    all.fold(Vec::new(), |mut each, here| {
        if !each.contains(&here) {
            each.push(here);
        }
        each
    })
}

fn fix(here: &Here) -> Fix {
    Fix {
        lat: here.lat,
        lon: here.lon,
        datum: FixDatum::Wgs84,
        accuracy_m: Some(here.accuracy_m),
        source: FixSource::Device,
        at: here.at,
    }
}

/// The photos, each with the index of its position, and the voice note.
fn blobs(draft: &Draft) -> Vec<BlobEntry> {
    let positions = positions(draft);
    let nth = |here: &Here| positions.iter().position(|it| *it == here);
    let photos = draft.photos.iter();
    photos
        .map(|photo| {
            let fix = photo.fix.as_ref().and_then(nth).and_then(|nth| nth.try_into().ok());
            blob(photo, fix)
        })
        .chain(draft.voice.as_ref().map(spoken))
        .collect()
}

fn blob(photo: &Photo, fix: Option<u32>) -> BlobEntry {
    BlobEntry {
        sha256: photo.sha256,
        len: photo.len,
        media: BlobType::Jpeg,
        role: Role::Photo,
        taken_at: photo.taken.map(|it| it.at),
        mono_ms: photo.taken.map(|it| it.mono_ms),
        boot: photo.taken.map(|it| it.boot),
        fix,
        width: Some(photo.width),
        height: Some(photo.height),
        covered: Some(photo.covered()).filter(|count| *count > 0),
        seconds: None,
    }
}

fn spoken(voice: &Voice) -> BlobEntry {
    BlobEntry {
        sha256: voice.sha256,
        len: voice.len,
        media: voice.media,
        role: Role::Voice,
        taken_at: voice.taken.map(|it| it.at),
        mono_ms: voice.taken.map(|it| it.mono_ms),
        boot: voice.taken.map(|it| it.boot),
        fix: None,
        width: None,
        height: None,
        covered: None,
        seconds: Some(voice.seconds),
    }
}

fn label(draft: &Draft, around: &Around<'_>) -> Label {
    let names = Names { pack: around.district(), lang: around.lang };
    Label {
        issue: draft.kind().map(str::to_owned),
        place: place_line(&draft.place, names),
        words: draft.words.chars().take(LABEL_WORDS).collect(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use model::{
        hex::Digest,
        report::{Road, Viaduct, YesNo},
        sealed::Sealed,
        stamp::Stamp,
    };
    use outbox::{Now, Phone, Row};

    use super::*;
    use crate::capture::{
        draft::{Danger, Issue},
        names::tests::pack,
        place::{Level, Spot},
    };

    fn client() -> Client {
        Client {
            app: "0.1.0".into(),
            browser: "Chromium 156".into(),
            touch: true,
            elder_edition: false,
            offline_at_seal: true,
        }
    }

    fn now() -> Now {
        let boot = "00112233445566778899aabbccddeeff".parse().unwrap();
        Now { ms: 1_795_400_000_000, zone: 480, mono_ms: 9, boot, random: [7; 64] }
    }

    /// Seals with the code of the outbox.
    fn row_with(draft: &Draft, pack: Option<&DistrictPack>) -> Row {
        let pack = pack.map(|pack| (pack, PackId::of(b"pack")));
        let around = Around { pack, lang: Lang::Zh, client: client() };
        let mut phone = Phone::default();
        let id = phone.new_id(&now());
        outbox::seal::seal(&mut phone, &now(), to_seal(id, draft, around))
    }

    /// A row as it stands in the outbox.
    pub(in crate::capture) fn row_of(draft: &Draft) -> Row {
        row_with(draft, Some(&pack()))
    }

    /// What was sealed, as the endpoint reads it.
    fn sealed(draft: &Draft, pack: Option<&DistrictPack>) -> serde_json::Value {
        let row = row_with(draft, pack);
        let read = Sealed::parse(&row.sealed).expect("the endpoint reads what the page seals");
        serde_json::from_str(read.body.get()).unwrap()
    }

    pub(in crate::capture) fn full() -> Draft {
        let mut draft = Draft::default();
        draft.choose(Issue::Kind("utility.gas_leak".into()));
        let asked = "utility.gas_leak".to_owned();
        draft.danger = Some(Danger { asked, answer: YesNo::Yes, called: Some("119".into()) });
        draft.place.choose_community("500107001".into(), Some("500107001003".into()));
        draft.place.words = "小卖部门口".into();
        draft.place.floor_words = "负二楼".into();
        let at = Stamp::local(1_795_400_000_000, 480);
        draft.place.here = Some(Here { lat: 29.5, lon: 106.5, accuracy_m: 35, at });
        draft.words = "有味道".into();
        let version = "1".to_owned();
        let text_sha256 = Digest::of("可以转交".as_bytes());
        draft.pass_on = Some(Agreed { version, text_sha256, at });
        draft
    }

    #[test]
    fn every_field_that_was_filled_is_sealed() {
        let body = sealed(&full(), Some(&pack()));
        assert_eq!(body["issue"], "utility.gas_leak");
        assert_eq!(body["lang"], "zh-CN");
        assert_eq!(body["words"], "有味道");
        assert_eq!(body["place"]["how"], serde_json::json!(["community", "fix", "words"]));
        assert_eq!(body["place"]["community"], "500107001003");
        assert_eq!(body["place"]["vertical"], serde_json::json!({"words": "负二楼"}));
        assert_eq!(body["place"]["fixes"][0]["datum"], "WGS84");
        assert_eq!(body["place"]["fixes"][0]["accuracy_m"], 35);
        assert_eq!(body["escalation"]["called"], "119");
        assert_eq!(body["consents"][0]["what"], "pass_on");
        assert_eq!(body["client"]["offline_at_seal"], true);
        assert_eq!(body["pack"], PackId::of(b"pack").to_string());
    }

    #[test]
    fn a_consent_of_people_on_photos_goes_with_the_last_photo() {
        let mut draft = full();
        draft.photo_people.clone_from(&draft.pass_on);
        let given = |draft: &Draft| sealed(draft, None)["consents"].as_array().unwrap().len();
        assert_eq!(given(&draft), 1, "there is no photo");
        draft.photos.push(photo_at(b"a", None));
        assert_eq!(given(&draft), 2);
        assert_eq!(sealed(&draft, None)["consents"][0]["what"], "photo_people");
    }

    #[test]
    fn the_level_is_sealed_part_by_part_beside_its_words() {
        let mut draft = full();
        draft.place.level = Level::counted(Spot::Stairs, Some(Road::Lower), Some(2));
        let vertical = |draft: &Draft| sealed(draft, None)["place"]["vertical"].clone();
        let words = "负二楼";
        let expected = serde_json::json!({"from": "lower_road", "flights": 2, "words": words});
        assert_eq!(vertical(&draft), expected);
        draft.place.level = Level::counted(Spot::Basement, None, Some(-2));
        let expected = serde_json::json!(
            {"from": "unknown", "floor": -2, "basement": true, "words": words}
        );
        assert_eq!(vertical(&draft), expected);
        draft.place.level = Level::at_viaduct(Viaduct::Under);
        let expected = serde_json::json!({"viaduct": "under", "words": words});
        assert_eq!(vertical(&draft), expected);
    }

    #[test]
    fn what_was_asked_and_left_empty_is_empty_and_what_was_not_asked_is_missing() {
        let mut draft = Draft::default();
        draft.choose(Issue::Unknown);
        draft.place.unknown = true;
        draft.words = "在公园里，记不得哪个门".into();
        let body = sealed(&draft, Some(&pack()));
        assert_eq!(body["issue"], serde_json::Value::Null);
        assert!(body.get("issue").is_some(), "asked, and the person did not know");
        assert_eq!(body["place"]["how"], serde_json::json!(["words"]));
        assert_eq!(body["place"]["words"], "");
        assert_eq!(body["private"], false);
        assert_eq!(body.get("area_kind"), Some(&serde_json::Value::Null), "asked with the kind");
        for not_asked in ["answers", "escalation", "again", "consents"] {
            assert!(body.get(not_asked).is_none(), "{not_asked}");
        }
        assert!(body["place"].get("outside").is_none(), "nobody knows whether it is outside");
    }

    #[test]
    fn a_photo_stands_in_the_manifest_as_it_is_kept() {
        let taken = crate::capture::draft::Moment {
            at: now().stamp(),
            mono_ms: now().mono_ms,
            boot: now().boot,
        };
        let photo = Photo {
            sha256: Digest::of(b"photo"),
            len: 5,
            width: 1_600,
            height: 1_200,
            taken: Some(taken),
            ..photo_at(b"photo", None)
        };
        let entry = blob(&photo, None);
        assert_eq!((entry.sha256, entry.len), (photo.sha256, 5));
        assert_eq!((entry.width, entry.height), (Some(1_600), Some(1_200)));
        assert_eq!((entry.mono_ms, entry.covered), (Some(9), None));
    }

    /// A photo of its own, taken there.
    pub(in crate::capture) fn photo_at(text: &[u8], fix: Option<Here>) -> Photo {
        Photo {
            sha256: Digest::of(text),
            len: 3,
            width: 16,
            height: 12,
            taken: None,
            fix,
            boxes: Vec::new(),
            under: None,
            covered: 0,
        }
    }

    pub(in crate::capture) fn said() -> Voice {
        let (sha256, media) = (Digest::of(b"sound"), BlobType::AudioWebm);
        Voice { sha256, len: 5, media, seconds: 12, taken: None }
    }

    #[test]
    fn a_voice_note_is_sealed_with_its_length_behind_the_photos() {
        let mut draft = full();
        draft.photos = vec![photo_at(b"one", None)];
        draft.voice = Some(said());
        let row = row_of(&draft);
        let read = Sealed::parse(&row.sealed).expect("the endpoint reads what the page seals");
        let voice = read.blobs.last().unwrap();
        assert_eq!((voice.role, voice.seconds, voice.width), (Role::Voice, Some(12), None));
        assert_eq!(voice.media, BlobType::AudioWebm);
    }

    #[test]
    fn a_photo_points_at_the_position_where_it_was_taken() {
        let mut draft = full();
        let place = draft.place.here;
        let there = Here { lat: 29.51, ..place.unwrap() };
        draft.photos = vec![
            photo_at(b"one", Some(there)),
            photo_at(b"two", None),
            photo_at(b"three", place),
            photo_at(b"four", Some(there)),
        ];
        let fixes: Vec<_> = blobs(&draft).iter().map(|it| it.fix).collect();
        assert_eq!(fixes, [Some(1), None, Some(0), Some(1)]);
        let body = sealed(&draft, None);
        assert_eq!(body["place"]["fixes"].as_array().unwrap().len(), 2);
        draft.place.here = None;
        assert_eq!(blobs(&draft)[0].fix, Some(0));
        assert_eq!(sealed(&draft, None)["place"]["how"], serde_json::json!(["community", "words"]));
    }

    #[test]
    fn twelve_photos_each_with_a_position_and_a_place_of_its_own_are_taken() {
        let mut draft = full();
        let here = |nth: u32| Here { accuracy_m: nth, ..draft.place.here.unwrap() };
        let photos = (0..12_u32).map(|nth| photo_at(&nth.to_be_bytes(), Some(here(nth))));
        draft.photos = photos.collect();
        assert_eq!(draft.photos.len(), super::super::draft::PHOTOS_MAX);
        assert_eq!(sealed(&draft, None)["place"]["fixes"].as_array().unwrap().len(), 13);
    }

    #[test]
    fn a_row_of_the_outbox_says_what_and_where() {
        let pack = pack();
        let around =
            Around { pack: Some((&pack, PackId::of(b"pack"))), lang: Lang::Zh, client: client() };
        let label = label(&full(), &around);
        assert_eq!(label.issue.as_deref(), Some("utility.gas_leak"));
        assert_eq!(label.place, "西郊三村社区·小卖部门口·负二楼");
        assert_eq!(label.words, "有味道");
    }
}
