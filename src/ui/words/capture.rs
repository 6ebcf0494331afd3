//! Words of 上报. Names of kinds and places, questions about danger and advice come from the pack.

use crate::capture::{Trouble, photo::PhotoFault, step::Step};

/// Words of 上报.
pub struct Capture {
    /// Its word on the tab bar, and the name over every question.
    pub tab: &'static str,
    /// The questions.
    pub ask: fn(Step) -> &'static str,
    /// After a commit, never before.
    pub draft_kept: &'static str,
    /// The phone does not keep anything.
    pub not_kept: &'static str,
    /// What to do then.
    pub not_kept_more: &'static str,
    /// The phone is full.
    pub full: &'static str,
    /// What to do then.
    pub full_more: &'static str,
    /// A draft of before is gone on with.
    pub resumed: &'static str,
    /// Begin another one.
    pub another: &'static str,
    /// Something that the link named is not known here.
    pub lost: &'static str,
    /// What to do then.
    pub lost_more: &'static str,
    /// On.
    pub next: &'static str,
    /// Back to the last question.
    pub back_to_check: &'static str,

    /// What to photograph.
    pub photo_help: &'static str,
    /// What is left out of a photo.
    pub photo_bare: &'static str,
    /// Opens the camera.
    pub take_photo: &'static str,
    /// Opens it again.
    pub take_another: &'static str,
    /// Opens the album.
    pub pick_photo: &'static str,
    /// Goes on without.
    pub no_photo: &'static str,
    /// It is being made small.
    pub photo_shrinking: &'static str,
    /// It is kept; so many kilobytes.
    pub photo_kept: fn(u64) -> String,
    /// The first, second, third photo.
    pub photo_nth: fn(usize) -> String,
    /// Takes it out.
    pub photo_remove: fn(usize) -> String,
    /// The page was closed while the camera was open.
    pub photo_lost: &'static str,
    /// What to do then.
    pub photo_lost_more: &'static str,
    /// Why a file was not taken.
    pub photo_fault: fn(PhotoFault) -> &'static str,

    /// "Cannot say which kind."
    pub kind_unknown: &'static str,
    /// Nothing is final here.
    pub kind_later: &'static str,
    /// There is no list of kinds.
    pub no_kinds: &'static str,
    /// What to do then.
    pub no_kinds_more: &'static str,
    /// Another group.
    pub other_group: &'static str,
    /// Call this number first.
    pub call_first: fn(&str) -> String,
    /// Yes.
    pub yes: &'static str,
    /// No.
    pub no: &'static str,
    /// The answer travels with the report.
    pub raised: &'static str,
    /// Another kind fits better.
    pub better: fn(&str) -> String,
    /// Takes it.
    pub better_yes: &'static str,
    /// Stays with the first one.
    pub better_no: &'static str,
    /// Under the numbers.
    pub call_then: &'static str,
    /// Goes on after the call.
    pub call_done: &'static str,
    /// The report first: nobody has to say that they called.
    pub call_not_yet: &'static str,
    /// What 110, 119 and 120 are.
    pub public_number: fn(&str) -> &'static str,
    /// What a number of the operator is.
    pub configured: fn(&str) -> &'static str,

    /// Nothing of this has to be filled.
    pub details_help: &'static str,
    /// Label of the words.
    pub words: &'static str,
    /// What helps.
    pub words_hint: &'static str,
    /// So many characters are left.
    pub left: fn(usize) -> String,
    /// So many characters too many.
    pub too_long: fn(usize) -> String,
    /// Not in public figures.
    pub private: &'static str,
    /// What that means.
    pub private_more: &'static str,

    /// Row: photos.
    pub row_photos: &'static str,
    /// Row: kind.
    pub row_kind: &'static str,
    /// Row: danger.
    pub row_danger: &'static str,
    /// Row: place.
    pub row_place: &'static str,
    /// Row: words.
    pub row_words: &'static str,
    /// So many photos, kilobytes together.
    pub photos_said: fn(usize, u64) -> String,
    /// Left empty.
    pub not_said: &'static str,
    /// Danger: yes.
    pub danger_yes: &'static str,
    /// Danger: no.
    pub danger_no: &'static str,
    /// This number was tapped.
    pub called_said: fn(&str) -> String,
    /// To this answer.
    pub mend: &'static str,
    /// The same with its name, for screen readers.
    pub mend_what: fn(&str) -> String,
    /// Nobody receives it.
    pub nobody: &'static str,
    /// What becomes of it.
    pub nobody_more: &'static str,
    /// Who receives it.
    pub receiver: fn(&str) -> String,
    /// When they read it (hours, answers by).
    pub operator: fn(&str, &str) -> String,
    /// The consent, as it is shown and sealed.
    pub pass_on: &'static str,
    /// What it is for.
    pub pass_on_more: &'static str,
    /// The consent of people on a photo, as it is shown and sealed.
    pub photo_people: &'static str,
    /// When it is not needed.
    pub photo_people_more: &'static str,
    /// Unfolds what goes along unasked.
    pub also_sent: &'static str,
    /// What that is.
    pub also_lines: [&'static str; 10],
    /// Why it cannot be sealed yet.
    pub trouble: fn(Trouble) -> String,
    /// Seals.
    pub seal: &'static str,
    /// It is being sealed.
    pub sealing: &'static str,
    /// What happens then, with a network.
    pub seal_online: &'static str,
    /// What happens then, without one.
    pub seal_offline: &'static str,
    /// The phone is full.
    pub seal_full: &'static str,
    /// The phone did not keep it.
    pub seal_failed: &'static str,

    /// Another page has sealed, changed or taken back what was being written.
    pub apart: &'static str,
    /// Where this is kept now.
    pub apart_more: &'static str,
    /// It becomes this revision of a report that is sealed.
    pub changes_more: fn(u32) -> String,
    /// What is sealed of a report that was taken back is another one.
    pub from_more: &'static str,
    /// Under 已存手机, for a later revision, before it is delivered.
    pub sealed_change: &'static str,
    /// Under 已存手机, once it is delivered.
    pub sealed_stays: &'static str,
    /// It has left, and was taken back since.
    pub sealed_withdrawn: &'static str,
    /// Under 已存手机, before that.
    pub sealed_text: &'static str,
    /// Under the first landing.
    pub note_saved: &'static str,
    /// Under the second.
    pub note_delivered: &'static str,
    /// Under the third.
    pub note_accepted: fn(bool, bool) -> &'static str,
    /// So many photos.
    pub sealed_photos: fn(usize) -> String,
    /// The report is not on this phone.
    pub sealed_gone: &'static str,
    /// Leaves the screen.
    pub close: &'static str,
    /// One more report.
    pub one_more: &'static str,
    /// To 上报箱.
    pub to_outbox: &'static str,
    /// To the report that was just sealed: change it, or take it back.
    pub change_or_take_back: &'static str,
}

pub(super) static ZH: Capture = Capture {
    tab: "上报",
    ask: |step| match step {
        Step::Photo | Step::Camera => "拍一张现场",
        Step::Cover => "遮住不该看见的",
        Step::Kind => "是哪一类的事？",
        Step::Leaf => "具体是哪种？",
        Step::Danger | Step::Call => "现在危险吗？",
        Step::Asks => "再问几句",
        Step::Place => "在哪里？",
        Step::Level => "在坡的哪一层？",
        Step::Details => "还有要说的吗？",
        Step::Check => "看一遍，封好",
    },
    draft_kept: "草稿已存手机",
    not_kept: "没存住，字只在屏幕上",
    not_kept_more: "浏览器没让坡上存数据。先别关这一页；可以抄下来，或者换个浏览器打开。",
    full: "手机存满了，刚才的没存住",
    full_more: "删掉几张照片或者别的东西，再接着写。写的字还在屏幕上，先别关。",
    resumed: "接着上次没写完的。",
    another: "另写一件",
    lost: "链接里说的，这里找不到",
    lost_more: "地点或种类可能改了，或者那件上报不在这部手机里。照常写就行。",
    next: "下一问",
    back_to_check: "改好了，回去看一遍",
    photo_help: "拍清楚坏的地方，再拍一张看得出在哪的。最多 12 张，没有照片也能报。",
    photo_bare: "照片在手机上压小；照片文件里自带的位置、时间、机型会去掉，不会送出去。",
    take_photo: "拍照",
    take_another: "再拍一张",
    pick_photo: "从相册选",
    no_photo: "不拍了",
    photo_shrinking: "正在把照片压小",
    photo_kept: |kb| format!("存好了，{kb} KB"),
    photo_nth: |nth| format!("照片 {nth}"),
    photo_remove: |nth| format!("删掉照片 {nth}"),
    photo_lost: "刚才的照片没有拿到",
    photo_lost_more: "开着相机的时候，页面被手机关掉过。写的都在，照片请再拍一次。",
    photo_fault: |fault| match fault {
        PhotoFault::Empty => "这个文件是空的，换一张。",
        PhotoFault::TooManyBytes => "这个文件超过 40 MB，太大了。换一张，或者直接拍。",
        PhotoFault::TooManyPixels => "这张超过 6400 万像素，太大了。换一张，或者直接拍。",
        PhotoFault::TooSmall => "这张太小了，看不出东西。换一张，或者直接拍。",
        PhotoFault::Video => "这是视频，现在只收照片。截一张图，或者直接拍。",
        PhotoFault::Drawing => "这是矢量图（SVG），不是照片。换一张。",
        PhotoFault::NotAPicture => "这个文件不是照片，换一张。",
        PhotoFault::Damaged => "这张照片坏了，打不开。换一张，或者重拍。",
        PhotoFault::CannotOpen => "这个浏览器打不开这种照片（HEIC）。直接拍，或者先转成 JPEG。",
        PhotoFault::NoRoom => "手机存不下这张照片。写的字还在；腾出一点地方，再拍一次。",
        PhotoFault::NotKept => "这张照片没存住，没有加进来。写的字还在屏幕上。",
    },
    kind_unknown: "说不清是哪类",
    kind_later: "选错了，后面还能改。",
    no_kinds: "种类没有取到",
    no_kinds_more: "不要紧：接着往下，用自己的话说是什么坏了。",
    other_group: "换一类",
    call_first: |number| format!("先打 {number}"),
    yes: "是",
    no: "不是",
    raised: "这句话会跟上报一起送出，排在前面。",
    better: |kind| format!("这更像「{kind}」。要换成它吗？"),
    better_yes: "换成它",
    better_no: "还是原来的",
    call_then: "打完再报，写的都在。",
    call_done: "已经打过了，继续上报",
    call_not_yet: "还没打，先报",
    public_number: |number| match number {
        "110" => "报警",
        "119" => "消防救援",
        "120" => "急救",
        _ => "电话",
    },
    configured: |name| match name {
        "lift_rescue" => "电梯救援",
        "gas_repair" => "燃气抢修",
        "power_repair" => "供电抢修",
        "water_repair" => "供水抢修",
        _ => "电话",
    },
    details_help: "都可以不填。",
    words: "写几句",
    words_hint: "坏成什么样、什么时候开始的、谁会受影响",
    left: |left| format!("还能写 {left} 个字"),
    too_long: |over| format!("多了 {over} 个字，删短一点。写的都在。"),
    private: "这件事不公开",
    private_more: "打开以后，公开的数字只算到社区，看不出是哪栋、哪层。",
    row_photos: "照片",
    row_kind: "是什么",
    row_danger: "危险",
    row_place: "在哪里",
    row_words: "细节",
    photos_said: |count, kb| match count {
        0 => "没有照片".into(),
        _ => format!("{count} 张，共 {kb} KB"),
    },
    not_said: "没有说",
    danger_yes: "说了：现在有危险",
    danger_no: "说了：现在没有",
    called_said: |number| format!("有危险，点过 {number}"),
    mend: "改",
    mend_what: |what| format!("改：{what}"),
    nobody: "现在没有人收",
    nobody_more: "这是演示服务，送到了也没有人处理。有事请拨 12345，危险请拨 110、119、120。",
    receiver: |name| format!("收的人：{name}"),
    operator: |hours, answers_by| format!("查看时间：{hours}。答复：{answers_by}。"),
    pass_on: "我同意：收的人可以把这件事和照片转给能办的单位。",
    pass_on_more: "可以不勾，不勾也能报。",
    photo_people: "照片里认得出的人，都同意把这张照片报上去。",
    photo_people_more: "照片里没有人，或者脸已经遮住，就不用勾。不勾也能报。",
    also_sent: "一起送出的还有什么",
    also_lines: [
        "封好的时间，那时页面开了多久（手机的钟不准也能算对）",
        "这件事的随机编号，是这部手机封的第几件、第几稿",
        "照片是什么时候拍的，录音是什么时候录的",
        "这部手机在坡上的随机编号，不含姓名和号码",
        "坡上的版本，地点和种类用的哪一份数据",
        "浏览器的名字和大版本号",
        "屏幕的语言，是不是长辈版，是不是触屏",
        "封的时候有没有网",
        "你勾过的同意：是哪段话，什么时候勾的",
        "查询密码的指纹；密码本身留在手机里",
    ],
    trouble: |trouble| match trouble {
        Trouble::NothingSaid => "还没说是什么：拍一张、选一类，或者写几个字。".into(),
        Trouble::NotCovered => "遮住的地方还没存进照片。去照片那一问看看。".into(),
        Trouble::NoPlace => "还没说在哪里：回到“在哪里”选一处、写几个字，或者点“说不清”。".into(),
        Trouble::WordsTooLong(over) => format!("细节多了 {over} 个字，删短一点。"),
        Trouble::PlaceTooLong(over) => format!("地点多了 {over} 个字，删短一点。"),
        Trouble::FloorTooLong(over) => format!("哪一层的话多了 {over} 个字，删短一点。"),
        Trouble::Contact(lacks) => (super::contact::ZH.lacks)(lacks),
    },
    seal: "封好，存手机",
    sealing: "正在存",
    seal_online: "封好以后自动送。",
    seal_offline: "现在没有网。封好以后，有网自动送。",
    seal_full: "手机存满了，没有封好。写的都在，腾出一点地方再按一次。",
    seal_failed: "没有封好：手机没存住。写的都在屏幕上，先别关，再按一次试试。",
    apart: "这一份在别的页面里封好、改过或删掉了",
    apart_more: "这里写的另存成一份草稿，没有丢。先看看上报箱，同一件事别报两遍。",
    changes_more: |rev| format!("封好以后就是第 {rev} 稿，代替前面的。编号不变。"),
    from_more: "撤回的那一件不再办。封好这一份，就是新的一件。",
    sealed_change: "改过的这一稿存好了，有网自动送，送到了代替原来那一稿。",
    sealed_stays: "关掉页面、关机、没有网，它都在。",
    sealed_withdrawn: "这一件你已经撤回了。收件处知不知道，在上报箱里看。",
    sealed_text: "关掉页面、关机、没有网，它都在。有网自动送。",
    note_saved: "在这部手机里",
    note_delivered: "有网自动送",
    note_accepted: |delivered, demo| match (delivered, demo) {
        (false, _) => "送达以后",
        (true, false) => "还没有消息",
        (true, true) => "没有人受理",
    },
    sealed_photos: |count| match count {
        0 => "没有照片".into(),
        _ => format!("{count} 张照片"),
    },
    sealed_gone: "这件上报不在这部手机里",
    close: "关上",
    one_more: "再报一处",
    to_outbox: "去上报箱看",
    change_or_take_back: "写错了？改一改，或撤回",
};

pub(super) static EN: Capture = Capture {
    tab: "Report",
    ask: |step| match step {
        Step::Photo | Step::Camera => "Take a photo",
        Step::Cover => "Cover what nobody should see",
        Step::Kind => "What is it about?",
        Step::Leaf => "Which one exactly?",
        Step::Danger | Step::Call => "Is it dangerous now?",
        Step::Asks => "A few more questions",
        Step::Place => "Where is it?",
        Step::Level => "On which level of the slope?",
        Step::Details => "Anything to add?",
        Step::Check => "Look it over and seal it",
    },
    draft_kept: "Draft saved on phone",
    not_kept: "Not saved: your words are on the screen only",
    not_kept_more: "The browser does not let Poshang store data. Keep this page open; copy your words, or open another browser.",
    full: "The phone is full: the last change was not saved",
    full_more: "Remove some photos or other things, then go on. Your words are still on the screen: keep it open.",
    resumed: "Going on with your unfinished report.",
    another: "Start another",
    lost: "What the link names is not known here",
    lost_more: "The place or kind may have changed, or that report is not on this phone. Just go on.",
    next: "Next",
    back_to_check: "Done, back to the look over",
    photo_help: "One close up, one that shows where it is. Up to 12. You can report without a photo.",
    photo_bare: "Photos are made small on the phone. Place, time and phone model inside them are removed and never sent.",
    take_photo: "Take a photo",
    take_another: "One more",
    pick_photo: "From the album",
    no_photo: "No photo",
    photo_shrinking: "Making the photo small",
    photo_kept: |kb| format!("Kept, {kb} KB"),
    photo_nth: |nth| format!("Photo {nth}"),
    photo_remove: |nth| format!("Remove photo {nth}"),
    photo_lost: "The photo did not arrive",
    photo_lost_more: "The phone closed this page while the camera was open. Your words are here; please take the photo again.",
    photo_fault: |fault| match fault {
        PhotoFault::Empty => "This file is empty. Choose another.",
        PhotoFault::TooManyBytes => {
            "This file is larger than 40 MB. Choose another, or take a photo."
        }
        PhotoFault::TooManyPixels => {
            "This picture has more than 64 megapixels. Choose another, or take a photo."
        }
        PhotoFault::TooSmall => {
            "This one is too small to show anything. Choose another, or take a photo."
        }
        PhotoFault::Video => {
            "This is a video; only photos are taken. Make a screenshot, or take a photo."
        }
        PhotoFault::Drawing => "This is a drawing (SVG), not a photo. Choose another.",
        PhotoFault::NotAPicture => "This file is not a photo. Choose another.",
        PhotoFault::Damaged => {
            "This photo is damaged and cannot be opened. Choose another, or take it again."
        }
        PhotoFault::CannotOpen => {
            "This browser cannot open this kind of photo (HEIC). Take a photo, or convert it to JPEG."
        }
        PhotoFault::NoRoom => {
            "There is no room for this photo. Your words are safe; free some space and take it again."
        }
        PhotoFault::NotKept => {
            "This photo was not saved and not added. Your words are still on the screen."
        }
    },
    kind_unknown: "Cannot say",
    kind_later: "You can change it later.",
    no_kinds: "The list of kinds did not come",
    no_kinds_more: "Never mind: go on, and say in your own words what is broken.",
    other_group: "Another group",
    call_first: |number| format!("Call {number} first"),
    yes: "Yes",
    no: "No",
    raised: "Your answer goes along with the report and puts it first.",
    better: |kind| format!("This sounds more like “{kind}”. Change to it?"),
    better_yes: "Change to it",
    better_no: "Keep the first",
    call_then: "Report after the call. What you wrote is here.",
    call_done: "I have called, go on",
    call_not_yet: "Not yet, report first",
    public_number: |number| match number {
        "110" => "Police",
        "119" => "Fire and rescue",
        "120" => "Ambulance",
        _ => "Telephone",
    },
    configured: |name| match name {
        "lift_rescue" => "Lift rescue",
        "gas_repair" => "Gas repair",
        "power_repair" => "Power repair",
        "water_repair" => "Water repair",
        _ => "Telephone",
    },
    details_help: "All of it may stay empty.",
    words: "A few words",
    words_hint: "How bad, since when, who is affected",
    left: |left| format!("{left} characters left"),
    too_long: |over| format!("{over} characters too many. Nothing is lost; please shorten it."),
    private: "Do not show this in public",
    private_more: "Switched on, public figures count it by community and no finer: no building, no floor.",
    row_photos: "Photos",
    row_kind: "What",
    row_danger: "Danger",
    row_place: "Where",
    row_words: "Details",
    photos_said: |count, kb| match count {
        0 => "No photo".into(),
        1 => format!("1 photo, {kb} KB"),
        _ => format!("{count} photos, {kb} KB together"),
    },
    not_said: "Not said",
    danger_yes: "Said: dangerous now",
    danger_no: "Said: not dangerous now",
    called_said: |number| format!("Dangerous; {number} was tapped"),
    mend: "Change",
    mend_what: |what| format!("Change: {what}"),
    nobody: "Nobody receives it at present",
    nobody_more: "This is a demo service: nobody handles what is sent. For help call 12345, in danger 110, 119 or 120.",
    receiver: |name| format!("Received by: {name}"),
    operator: |hours, answers_by| format!("They read it: {hours}. They answer: {answers_by}."),
    pass_on: "I agree that the receiver passes this report and its photos on to whoever can mend it.",
    pass_on_more: "You may leave this out and still report.",
    photo_people: "Everybody who can be recognised on the photos agrees that they are handed in.",
    photo_people_more: "Nobody on them, or faces covered: leave it out. You can report without it.",
    also_sent: "What else goes along",
    also_lines: [
        "When you sealed it, and how long the page had been open (so that a wrong clock does no harm)",
        "A random number of this report, the how-manieth of this phone it is, and which version",
        "When photos were taken and recordings made",
        "A random number of this phone in Poshang, without name or telephone number",
        "The version of Poshang, and of its list of places and kinds",
        "Name and major version of the browser",
        "Language of the screens, large-text edition or not, touch screen or not",
        "Whether there was a network when you sealed it",
        "What you agreed to: which text, and when",
        "A fingerprint of the secret; the secret itself stays on the phone",
    ],
    trouble: |trouble| match trouble {
        Trouble::NothingSaid => "Nothing is said yet: a photo, a kind, or a few words.".into(),
        Trouble::NotCovered => {
            "The boxes are not in the photo yet. Look at the photos again.".into()
        }
        Trouble::NoPlace => "No place yet: choose one, or write a few words.".into(),
        Trouble::WordsTooLong(over) => format!("The details are {over} characters too long."),
        Trouble::PlaceTooLong(over) => format!("The place is {over} characters too long."),
        Trouble::FloorTooLong(over) => format!("The floor is {over} characters too long."),
        Trouble::Contact(lacks) => (super::contact::EN.lacks)(lacks),
    },
    seal: "Seal and save on phone",
    sealing: "Saving",
    seal_online: "Sent by itself once sealed.",
    seal_offline: "No network now. Once sealed, it is sent as soon as there is one.",
    seal_full: "The phone is full: not sealed. Your words are here; free some space and press again.",
    seal_failed: "Not sealed: the phone did not save it. Your words are on the screen; keep it open and press again.",
    apart: "Another page has sealed, changed or discarded this",
    apart_more: "What you write here is kept as a draft of its own. Look into the outbox before you report the same thing twice.",
    changes_more: |rev| {
        format!("Sealed, it is revision {rev} and stands for the earlier ones. The number stays.")
    },
    from_more: "What you took back is not acted on. Sealed, this is a new report.",
    sealed_change: "The changed version is kept and sent by itself; once it arrives it stands for the earlier one.",
    sealed_stays: "It stays when you close the page, switch off, or have no network.",
    sealed_withdrawn: "You have taken it back. Whether the collecting point knows stands in the outbox.",
    sealed_text: "It stays when you close the page, switch off, or have no network. It is sent by itself.",
    note_saved: "On this phone",
    note_delivered: "Sent by itself",
    note_accepted: |delivered, demo| match (delivered, demo) {
        (false, _) => "After delivery",
        (true, false) => "No word yet",
        (true, true) => "Nobody will",
    },
    sealed_photos: |count| match count {
        0 => "No photo".into(),
        1 => "1 photo".into(),
        _ => format!("{count} photos"),
    },
    sealed_gone: "This report is not on this phone",
    close: "Close",
    one_more: "Report one more",
    to_outbox: "See the outbox",
    change_or_take_back: "A mistake? Change it or take it back",
};
