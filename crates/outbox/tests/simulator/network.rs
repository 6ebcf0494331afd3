use outbox::exchange::{Answer, Reply, Request};

/// Who asked: a phone, one of its tabs, and the number of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asker {
    pub phone: usize,
    pub tab: u32,
    pub no: u64,
}

/// A request under way.
#[derive(Clone)]
pub struct Letter {
    pub from: Asker,
    pub request: Request,
    pub bytes: Option<Vec<u8>>,
}

/// Everything that is between the phones and the server. It keeps no order.
#[derive(Default)]
pub struct Network {
    pub requests: Vec<Letter>,
    pub answers: Vec<(Asker, Answer)>,
    last_no: u64,
}

impl Network {
    /// Takes a request on its way, and gives it a number.
    pub fn send(
        &mut self,
        phone: usize,
        tab: u32,
        request: Request,
        bytes: Option<Vec<u8>>,
    ) -> u64 {
        self.last_no += 1;
        let from = Asker { phone, tab, no: self.last_no };
        self.requests.push(Letter { from, request, bytes });
        self.last_no
    }

    /// Is anything of this request still under way?
    pub fn carries(&self, no: u64) -> bool {
        self.requests.iter().any(|letter| letter.from.no == no)
            || self.answers.iter().any(|(to, _)| to.no == no)
    }

    /// The server is gone, and with it every connection: nobody gets an answer any more.
    pub fn cut(&mut self) {
        for (_, answer) in &mut self.answers {
            *answer = Answer::Unreachable;
        }
    }
}

/// What a hotel answers to everything.
pub fn login_page() -> Answer {
    let body = "<html><title>Welcome! Please accept our terms</title></html>".to_owned();
    Answer::Reply(Reply { status: 200, body, ..Reply::default() })
}

/// An answer in which somebody has changed the signatures.
pub fn forged(answer: Answer) -> Answer {
    let Answer::Reply(mut reply) = answer else { return answer };
    let signed = "\"signature\":\"";
    let places: Vec<usize> = reply.body.match_indices(signed).map(|(at, _)| at).collect();
    for at in places {
        let first = at + signed.len();
        reply.body.replace_range(first..first + 4, "AAAA");
    }
    Answer::Reply(reply)
}

/// An answer that broke off in the middle.
pub fn cut_short(answer: Answer) -> Answer {
    let Answer::Reply(mut reply) = answer else { return answer };
    reply.body.truncate(reply.body.len() / 2);
    Answer::Reply(reply)
}
