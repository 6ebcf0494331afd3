use outbox::{
    Delivery, Why,
    exchange::{Answer, Body, Reply, Request},
    row::WaitReason,
};

use crate::harness::{Did, Endpoint, Phone, call};

const PIECE: u64 = 64 * 1024;
const PHOTO: u64 = 300_000;

/// Method and bytes of what was asked about photos.
fn uploads(phone: &Phone) -> Vec<(&'static str, u64)> {
    let asked = phone.did.iter().filter_map(|did| match did {
        Did::Ask(request) if call(request) == "blobs" => Some(match request.body {
            Body::Piece { len, .. } => (request.method, len),
            _ => (request.method, 0),
        }),
        _ => None,
    });
    asked.collect()
}

/// Something between phone and endpoint that is none of both.
fn proxy(status: u16) -> Answer {
    Answer::Reply(Reply { status, body: "<html>".to_owned(), ..Reply::default() })
}

/// What the endpoint keeps of a piece that is cut after these bytes.
fn cut_after(endpoint: &mut Endpoint, request: &Request, bytes: u64) -> Answer {
    let Body::Piece { sha256, from, len } = request.body else { panic!("{request:?}") };
    let len = len.min(bytes);
    endpoint.answer(&Request::piece(request.token.unwrap(), sha256, from, len));
    Answer::Unreachable
}

#[test]
fn a_small_photo_goes_whole_and_a_large_one_in_pieces_while_the_way_is_unknown() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let small = phone.seal_large(PIECE);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert_eq!(uploads(&phone), [("PUT", 0)]);
    assert!(phone.is_delivered(small));

    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let large = phone.seal_large(PHOTO);
    phone.pass_with(Why::Sealed, &mut |phone, request| {
        if call(request) == "blobs" {
            phone.now_ms += 20_000;
        }
        endpoint.answer(request)
    });
    let pieces = [PIECE, PIECE, PIECE, PIECE, PHOTO - 4 * PIECE].map(|len| ("PATCH", len));
    assert_eq!(uploads(&phone), [&[("HEAD", 0)], &pieces[..]].concat());
    assert!(phone.is_delivered(large));
}

#[test]
fn over_a_quick_way_the_rest_goes_at_once_and_the_next_photo_whole() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let keys = [phone.seal_large(PHOTO), phone.seal_large(PHOTO)];
    phone.pass_with(Why::Sealed, &mut |phone, request| {
        phone.now_ms += 500;
        endpoint.answer(request)
    });
    let expected = [("HEAD", 0), ("PATCH", PIECE), ("PATCH", PHOTO - PIECE), ("PUT", 0)];
    assert_eq!(uploads(&phone), expected);
    assert!(keys.iter().all(|key| phone.is_delivered(*key)));
}

/// A bus drives through a tunnel every half minute. Each time the connection is cut in the middle
/// of a piece, and the phone has another address afterwards.
#[test]
fn a_photo_that_is_cut_again_and_again_goes_on_from_where_it_was() {
    let cut = fault_log::injected("N3", "every second piece of a photo was cut after 20,000 bytes");
    let moved = fault_log::injected("N11", "each cut connection was followed by a new one");
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal_large(PHOTO);
    let (mut nth, mut sent) = (0, 0);
    phone.pass(Why::Sealed, |request| match request.body {
        Body::Piece { len, .. } => {
            nth += 1;
            if nth % 2 == 1 {
                sent += 20_000;
                return cut_after(&mut endpoint, request, 20_000);
            }
            sent += len;
            endpoint.answer(request)
        }
        _ => endpoint.answer(request),
    });
    assert!(phone.is_delivered(key));
    assert_eq!(sent, PHOTO, "no byte that had arrived was sent twice");
    cut.observed("the endpoint was asked how much is there, and the rest was sent");
    moved.observed("the photo went on from where it was; each byte was taken once");
}

#[test]
fn a_way_that_lets_nothing_more_through_ends_the_pass_and_the_next_goes_on() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal_large(PHOTO);
    let mut pieces = 0;
    let until = phone.pass(Why::Sealed, |request| match request.body {
        Body::Piece { .. } => {
            pieces += 1;
            if pieces == 1 { endpoint.answer(request) } else { Answer::Unreachable }
        }
        _ => endpoint.answer(request),
    });
    assert!(until.is_some() && pieces <= 4, "{pieces} pieces");
    assert!(matches!(phone.delivery(key), Delivery::Partial { .. }));
    assert_eq!(phone.rows[&key].waits.as_ref().unwrap().failures, 1);
    phone.opens();
    phone.pass(Why::Start, |request| endpoint.answer(request));
    assert_eq!(uploads(&phone)[..2], [("HEAD", 0), ("PATCH", PIECE)]);
    assert!(phone.is_delivered(key));
}

/// A proxy that saves data makes every photo smaller. In a form that it does not take for a photo
/// it leaves the bytes alone.
#[test]
fn a_photo_that_a_proxy_changes_is_sent_again_in_a_form_that_it_leaves_alone() {
    let fault =
        fault_log::injected("N6", "a proxy changed the bytes of every photo that went whole");
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let keys = [phone.seal(1), phone.seal_large(PHOTO)];
    phone.pass(Why::Sealed, |request| match request.body {
        Body::Blob { .. } => endpoint.refused(422, "digest"),
        _ => endpoint.answer(request),
    });
    assert_eq!(uploads(&phone)[..2], [("PUT", 0), ("HEAD", 0)]);
    assert!(keys.iter().all(|key| phone.is_delivered(*key)));

    // One that changes everything: the row waits, with words, and its neighbour does not.
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let (changed, whole) = (phone.seal(1), phone.seal(1));
    let first = phone.rows[&changed].blobs[0].sha256.to_string();
    phone.pass(Why::Sealed, |request| match request.body {
        Body::Blob { .. } | Body::Piece { .. } if request.path.ends_with(&first) => {
            endpoint.refused(422, "digest")
        }
        _ => endpoint.answer(request),
    });
    assert_eq!(phone.waits_for(changed), Some(WaitReason::DamagedOnTheWay));
    assert!(phone.is_delivered(whole), "a neighbour's photo stops nobody");
    phone.pass(Why::Tap, |request| endpoint.answer(request));
    assert!(phone.is_delivered(changed));
    fault.observed(
        "the same bytes went as pieces; changed there too, the row waited with its reason",
    );
}

/// A proxy refuses every body over a megabyte, and says so in its own words.
#[test]
fn where_large_bodies_are_refused_photos_go_in_small_pieces_and_texts_in_small_batches() {
    let fault = fault_log::injected("N7", "a proxy refused every body over 100,000 bytes");
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let keys = [phone.seal_large(PHOTO), phone.seal_large(2 * PHOTO), phone.seal_large(PHOTO)];
    let long: Vec<_> = (0..12).map(|_| phone.seal_words(&"坡".repeat(3_000), 0)).collect();
    phone.pass_with(Why::Sealed, &mut |phone, request| {
        phone.now_ms += 100;
        let size = match &request.body {
            Body::Json(text) => text.len() as u64,
            Body::Piece { len, .. } => *len,
            Body::Blob { .. } => PHOTO,
            Body::None => 0,
        };
        if size > 100_000 { proxy(413) } else { endpoint.answer(request) }
    });
    assert!(keys.iter().chain(&long).all(|key| phone.is_delivered(*key)));
    let largest = uploads(&phone).into_iter().skip(3).map(|(_, len)| len).max();
    assert_eq!(largest, Some(PIECE), "what was refused once is not tried again");

    // One that takes the token away: the endpoint knows nobody, and nothing is lost.
    let key = phone.seal(0);
    phone.pass(Why::Sealed, |request| match call(request) {
        "items" => endpoint.refused(401, "token-unknown"),
        _ => endpoint.answer(request),
    });
    assert_eq!(phone.waits_for(key), Some(WaitReason::TokenRefused));
    phone.pass(Why::Tap, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
    fault.observed(
        "photos went in pieces of 64 KiB, texts in smaller batches; without its token a row waited",
    );
}

#[test]
fn where_pieces_are_not_let_through_the_next_try_is_whole() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal_large(PHOTO);
    let only_puts = |endpoint: &mut Endpoint, request: &Request| match request.method {
        "HEAD" | "PATCH" => proxy(405),
        _ => endpoint.answer(request),
    };
    phone.pass(Why::Sealed, |request| only_puts(&mut endpoint, request));
    assert_eq!(phone.waits_for(key), Some(WaitReason::NotAnAnswer));
    phone.pass(Why::Tap, |request| only_puts(&mut endpoint, request));
    assert!(phone.is_delivered(key));
}

/// Another tab brought a piece meanwhile.
#[test]
fn a_piece_at_the_wrong_place_goes_on_at_the_right_one() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal_large(PHOTO);
    let mut meddled = false;
    phone.pass(Why::Sealed, |request| {
        if let (Body::Piece { sha256, .. }, false) = (&request.body, meddled) {
            meddled = true;
            let token = request.token.unwrap();
            endpoint.answer(&Request::piece(token, *sha256, 0, 1_000));
        }
        endpoint.answer(request)
    });
    assert!(phone.is_delivered(key));
}

/// A line of 20 kbit/s with two seconds of delay, which is cut every half minute.
struct ThinLine {
    next_cut_ms: i64,
}

impl ThinLine {
    const BYTES_A_SECOND: i64 = 2_500;
    const DELAY_MS: i64 = 2_000;
    const EVERY_MS: i64 = 30_000;

    fn carry(&mut self, phone: &mut Phone, endpoint: &mut Endpoint, request: &Request) -> Answer {
        const HEAD: i64 = 300;
        let body = match &request.body {
            Body::None => 0,
            Body::Json(text) => i64::try_from(text.len()).unwrap(),
            Body::Piece { len, .. } => i64::try_from(*len).unwrap(),
            Body::Blob { .. } => panic!("a large photo went whole over a thin line"),
        };
        let began = phone.now_ms;
        let ends = began + Self::DELAY_MS + (HEAD + body) * 1_000 / Self::BYTES_A_SECOND;
        while self.next_cut_ms <= began {
            self.next_cut_ms += Self::EVERY_MS;
        }
        if ends < self.next_cut_ms {
            phone.now_ms = ends;
            return endpoint.answer(request);
        }
        phone.now_ms = self.next_cut_ms;
        let ms = self.next_cut_ms - began - Self::DELAY_MS / 2;
        let through = ms * Self::BYTES_A_SECOND / 1_000 - HEAD;
        match request.body {
            Body::Piece { .. } if through > 0 => {
                cut_after(endpoint, request, u64::try_from(through).unwrap())
            }
            _ => Answer::Unreachable,
        }
    }
}

/// The last house of a mountain village has one bar of signal.
/// A photo that must begin anew after each cut never arrives there.
#[test]
fn over_a_thin_line_that_is_cut_every_half_minute_text_and_photo_arrive_all_the_same() {
    let fault = fault_log::injected("N8", "20 kbit/s, two seconds of delay, a cut every 30 s");
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal_large(250_000);
    let began = phone.now_ms;
    let mut line = ThinLine { next_cut_ms: began + ThinLine::EVERY_MS };
    let (mut text_ms, mut why) = (None, Why::Online);
    while !phone.is_delivered(key) {
        let until = phone.pass_with(why, &mut |phone, request| {
            if *phone.delivery(key) != Delivery::Sealed {
                text_ms.get_or_insert(phone.now_ms - began);
            }
            line.carry(phone, &mut endpoint, request)
        });
        phone.now_ms = until.unwrap_or(phone.now_ms).max(phone.now_ms);
        why = Why::Timer;
        assert!(phone.now_ms - began < 600_000, "{:?}", phone.rows[&key]);
    }
    let [text, photo] = [text_ms.unwrap(), phone.now_ms - began].map(|ms| ms / 1_000);
    assert!(text < 10, "the text took {text} s");
    assert!(photo < 180, "the photo took {photo} s");
    fault.observed(&format!("the text was there after {text} s, the photo after {photo} s"));
}
