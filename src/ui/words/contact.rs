//! Words of what a person gives of themselves with a report: a telephone number, and what becomes of
//! it and of everything else. Each consent is listed with its digest in docs/consents.md.

use crate::capture::contact::{Lacks, NotANumber};

/// Words of the number beside a report.
pub struct Contact {
    /// Does the person want to leave a number?
    pub ask: &'static str,
    /// No.
    pub none: &'static str,
    /// Yes.
    pub give: &'static str,
    /// Label of the field.
    pub phone: &'static str,
    /// What can be typed.
    pub phone_hint: &'static str,
    /// What it is for, and until when.
    pub purpose: &'static str,
    /// Nobody will call.
    pub nobody_calls: &'static str,
    /// Why it cannot be sealed yet, and how that is mended.
    pub lacks: fn(Lacks) -> String,
    /// The number, as it will be sealed.
    pub read: fn(&str) -> String,
    /// The consent, as it is shown and sealed.
    pub consent: &'static str,
    /// What it means not to agree.
    pub consent_more: &'static str,
    /// This phone is to remember it.
    pub remember: &'static str,
    /// Where, and how it is forgotten.
    pub remember_more: &'static str,

    /// Who sees what.
    pub who: &'static str,
    /// Line by line.
    pub who_list: [&'static str; 3],
    /// What never leaves this phone.
    pub never: &'static str,
    /// Line by line.
    pub never_list: [&'static str; 4],
    /// Of children.
    pub under_14: &'static str,

    /// In 我的: a number is remembered.
    pub remembered: &'static str,
    /// Where it is, and that nobody gets it.
    pub remembered_more: &'static str,
    /// Forgets it.
    pub forget: &'static str,
    /// It is forgotten.
    pub forgotten: &'static str,

    /// In 上报箱: this number was given.
    pub given: fn(&str) -> String,
    /// It has not left yet.
    pub given_waits: &'static str,
    /// It has arrived.
    pub given_arrived: &'static str,
    /// Takes it back, alone.
    pub take_back: &'static str,
    /// Asks first.
    pub take_back_ask: &'static str,
    /// What happens then, if it has not left.
    pub take_back_unsent: &'static str,
    /// What happens then, if it may have.
    pub take_back_sent: &'static str,
    /// Leaves it.
    pub keep: &'static str,
    /// It was taken back before it left.
    pub undone: &'static str,
    /// It was taken back; nobody has been told.
    pub withdrawal_waits: &'static str,
    /// It was taken back, and the receiver knows.
    pub withdrawal_told: &'static str,
}

pub(super) static ZH: Contact = Contact {
    ask: "要不要留个电话？",
    none: "不留",
    give: "留电话",
    phone: "电话号码",
    phone_hint: "手机号，或者带区号的座机（重庆是 023）",
    purpose: "只用来问清这件事、告诉你办得怎样。号码单独封、单独送，以后能单独撤回；最晚 180 天后删掉。",
    nobody_calls: "现在是演示服务，没有人会打。",
    lacks: |lacks| match lacks {
        Lacks::Number => "还没写电话号码。不想留，就选“不留”。".into(),
        Lacks::Consent => "还没同意打这个电话：勾上那一句，或者选“不留”。".into(),
        Lacks::Form(NotANumber::Mobile(digits)) => format!("手机号是 11 位，现在是 {digits} 位。"),
        Lacks::Form(NotANumber::NoArea) => "座机前面加上区号，重庆是 023。".into(),
        Lacks::Form(NotANumber::Landline) => {
            "座机是区号加 7 或 8 位号码，重庆是 023 加 8 位。再对一下。".into()
        }
        Lacks::Form(NotANumber::OtherSigns) => "号码里只写数字，可以有空格。".into(),
        Lacks::Form(NotANumber::Other) => {
            "这不像电话号码：手机是 11 位，1 开头；座机前面加区号。".into()
        }
    },
    read: |number| format!("会送出：{number}"),
    consent: "我同意：收的人为这件事可以打这个电话。号码不公开，也不转给别人；我撤回就删，最晚 180 天后删。",
    consent_more: "只管这个电话。不想留，上面选“不留”，事情照样能报。",
    remember: "记在这部手机上",
    remember_more: "下次不用再写。只在这个浏览器里，“我的”里能忘掉。",
    who: "谁会看到什么",
    who_list: [
        "收的人：你写的、拍的、录的，地点，和你愿意留的电话",
        "他们转给的单位：只在你勾了同意以后，这件事和照片、录音，没有电话",
        "公开的数字：只有件数、种类、大致的地方，别的都没有",
    ],
    never: "不会离开这部手机的",
    never_list: [
        "照片的原图，遮住的地方，照片里的机型和拍摄信息",
        "没有点“用它”的位置",
        "姓名、身份证、通讯录、别的应用：坡上不问，也看不到",
        "没封好的草稿，和让手机记住的电话",
    ],
    under_14: "未满 14 岁：请爸爸妈妈或别的监护人来报，或者先给他们看过、他们同意了再封。坡上不问年龄。",
    remembered: "记住的电话",
    remembered_more: "只在这个浏览器里，不会自己送出去",
    forget: "忘掉",
    forgotten: "电话已忘掉",
    given: |number| format!("留了电话 {number}"),
    given_waits: "号码还在这部手机里，没有送到。",
    given_arrived: "号码已送达，收的人可以打。",
    take_back: "撤回电话",
    take_back_ask: "撤回这个电话？",
    take_back_unsent: "号码还没送出去，撤回以后谁也看不到。这件事照样送。",
    take_back_sent: "号码可能已经送出去了。撤回会告诉收件处，让它删掉。这件事照样办。",
    keep: "留着",
    undone: "电话没送出去就撤回了，谁也看不到。",
    withdrawal_waits: "撤回电话还没告诉收件处，有网自动说。",
    withdrawal_told: "收件处知道电话撤回了。",
};

pub(super) static EN: Contact = Contact {
    ask: "Leave a telephone number?",
    none: "No",
    give: "Yes, a number",
    phone: "Telephone number",
    phone_hint: "Mobile, or a landline with its area code (Chongqing is 023)",
    purpose: "Only to ask about this report and to tell you how it goes. It is sealed and sent apart, can be taken back alone, and is erased after 180 days at the latest.",
    nobody_calls: "This is a demo service: nobody will call.",
    lacks: |lacks| {
        match lacks {
        Lacks::Number => "No number yet. If you do not want to leave one, choose “No”.".into(),
        Lacks::Consent => {
            "Not agreed to being called yet: tick that sentence, or choose “No”.".into()
        }
        Lacks::Form(NotANumber::Mobile(digits)) => {
            format!("A mobile number has 11 digits; this has {digits}.")
        }
        Lacks::Form(NotANumber::NoArea) => {
            "Put the area code before a landline; Chongqing is 023.".into()
        }
        Lacks::Form(NotANumber::Landline) => {
            "A landline is its area code and 7 or 8 digits; in Chongqing 023 and 8. Please check."
                .into()
        }
        Lacks::Form(NotANumber::OtherSigns) => "Digits only, and spaces if you like.".into(),
        Lacks::Form(NotANumber::Other) => {
            "This is no number yet: a mobile has 11 digits and begins with 1; a landline has its area code.".into()
        }
    }
    },
    read: |number| format!("Will be sent: {number}"),
    consent: "I agree that the receiver may call this number about this report. It is not made public and not passed on; it is erased when I take it back, and after 180 days at the latest.",
    consent_more: "About this number alone. Without it no number is sent; you can still report.",
    remember: "Remember it on this phone",
    remember_more: "For the next report. In this browser only; forget it under Mine.",
    who: "Who sees what",
    who_list: [
        "The receiver: what you wrote, photographed and said, the place, and a number if you leave one",
        "Whoever they pass it on to: only if you agreed, this report with photos and recording, no number",
        "Public figures: how many, of which kind, roughly where, and nothing else",
    ],
    never: "What never leaves this phone",
    never_list: [
        "Original photos, what you covered, phone model and camera data in them",
        "A position that you did not choose to use",
        "Name, identity card, address book, other apps: Poshang does not ask and cannot see them",
        "Drafts that are not sealed, and a number that the phone remembers",
    ],
    under_14: "Under 14: let a parent or another guardian report, or show it to them and seal it once they agree. Poshang does not ask your age.",
    remembered: "A number that is remembered",
    remembered_more: "In this browser only; never sent by itself",
    forget: "Forget it",
    forgotten: "The number is forgotten",
    given: |number| format!("A number was left: {number}"),
    given_waits: "The number is still on this phone.",
    given_arrived: "The number was delivered; the receiver may call it.",
    take_back: "Take the number back",
    take_back_ask: "Take this number back?",
    take_back_unsent: "It has not been sent: nobody will ever see it. The report goes on.",
    take_back_sent: "It may have been sent already. The collecting point will be told to erase it. The report goes on.",
    keep: "Leave it",
    undone: "The number was taken back before it was sent: nobody has seen it.",
    withdrawal_waits: "The collecting point has not been told yet that the number is taken back.",
    withdrawal_told: "The collecting point knows that the number is taken back.",
};
