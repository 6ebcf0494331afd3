/// Words of 上报箱.
pub struct Outbox {
    /// Its word on the tab bar, and its heading.
    pub tab: &'static str,
    /// Nothing is here yet.
    pub empty: &'static str,
    /// What will stand here.
    pub empty_text: &'static str,
    /// The one action of the empty screen.
    pub empty_action: &'static str,
    /// Heading: a person is asked for something.
    pub needs_you: &'static str,
    /// Heading: begun, not sealed.
    pub drafts: &'static str,
    /// Heading: sealed, not delivered.
    pub to_send: &'static str,
    /// Heading: delivered.
    pub delivered: &'static str,
    /// So many things.
    pub count: fn(usize) -> String,
    /// The strip: so many wait on this phone.
    pub waiting: fn(u32) -> String,
    /// What happens by itself.
    pub waiting_more: &'static str,
    /// What they wait for where another endpoint answers than last time.
    pub waiting_stranger: &'static str,
    /// Send now.
    pub send_now: &'static str,
    /// A report of no known kind.
    pub untitled: &'static str,
    /// What a draft without any words is called.
    pub draft_untitled: &'static str,
    /// Go on with a draft.
    pub draft_go_on: &'static str,
    /// Throw a draft away.
    pub draft_discard: &'static str,
    /// Question before that.
    pub draft_discard_ask: &'static str,
    /// What is lost.
    pub draft_discard_text: &'static str,
    /// The draft changes a report that is sealed.
    pub draft_changes: &'static str,
    /// The draft holds the words of a report that was taken back.
    pub draft_from: &'static str,
    /// Question before such a change is thrown away.
    pub change_discard_ask: &'static str,
    /// What is gone then, and what is not.
    pub change_discard_text: &'static str,
    /// The safe answer.
    pub draft_keep: &'static str,
    /// Number of photos.
    pub photos: fn(usize) -> String,
    /// What the number is for.
    pub case_no_note: &'static str,
    /// When the endpoint stored it.
    pub stored_at: fn(&str) -> String,
    /// Show the secret.
    pub secret_show: &'static str,
    /// What the secret opens.
    pub secret_opens: &'static str,
    /// The endpoint keeps it for later understanding.
    pub held: &'static str,
    /// It has not been tried yet.
    pub not_tried: &'static str,
    /// No network.
    pub offline: &'static str,
    /// Nobody was reached.
    pub unreachable: &'static str,
    /// A login page answered.
    pub not_an_answer: &'static str,
    /// The endpoint is busy.
    pub busy: &'static str,
    /// Too much at once.
    pub slow_down: &'static str,
    /// Other keys than last time.
    pub other_keys: &'static str,
    /// The page is too old.
    pub upgrade: &'static str,
    /// The endpoint does not know this phone.
    pub token_refused: &'static str,
    /// Changed on the way.
    pub damaged_on_the_way: &'static str,
    /// The receipt proves nothing.
    pub not_proven: &'static str,
    /// The endpoint was restored and has lost this one.
    pub restored: &'static str,
    /// The endpoint fails over this one each time: put aside.
    pub parked: &'static str,
    /// When it was tried, and when it is tried again.
    pub tried: fn(&str, Option<&str>) -> String,
    /// Refused: malformed, at this field.
    pub refused_malformed: fn(&str) -> String,
    /// Refused: too large, at this field, with this limit.
    pub refused_too_large: fn(&str, Option<u64>) -> String,
    /// Refused: outside the own grid.
    pub refused_grid: &'static str,
    /// Refused: erased by right.
    pub refused_erased: &'static str,
    /// Other bytes under the same number.
    pub refused_clash: &'static str,
    /// The storage had lost something.
    pub repair: &'static str,
    /// So many texts came back.
    pub repair_texts: fn(u32) -> String,
    /// So many photos did not.
    pub repair_photos: fn(u32) -> String,
    /// What else is gone, and what is not.
    pub repair_forgot: &'static str,
    /// So many records cannot be read.
    pub repair_unreadable: fn(u32) -> String,
    /// It has been read.
    pub repair_read: &'static str,
    /// Bytes on this phone are damaged.
    pub refused_damaged: &'static str,
    /// Nothing of it is lost.
    pub refused_kept: &'static str,
    /// Names of the parts of a report that a refusal can be about.
    pub field_words: &'static str,
    /// The telephone number.
    pub field_phone: &'static str,
    /// A photo.
    pub field_photo: &'static str,
    /// The place.
    pub field_place: &'static str,
    /// The whole report.
    pub field_report: &'static str,
    /// Heading of the question about another endpoint.
    pub stranger_title: &'static str,
    /// What it means.
    pub stranger_text: &'static str,
    /// Who it says it is.
    pub stranger_who: fn(&str, &str) -> String,
    /// It says that nobody reads there.
    pub stranger_demo: &'static str,
    /// The short ids of its keys.
    pub stranger_keys: fn(&str) -> String,
    /// Accept it.
    pub stranger_accept: &'static str,
    /// What accepting does and does not do.
    pub stranger_note: &'static str,
    /// Were there photos, was there a voice note? They were let go: they are at the endpoint.
    pub let_go: fn(bool, bool) -> &'static str,
    /// So many rows are further down.
    pub more_rows: fn(usize) -> String,
    /// What a report that takes another back is called.
    pub withdrawal: &'static str,
    /// The address names a row that is not on this phone.
    pub not_here: &'static str,
    /// Which photo, from 1.
    pub photo: fn(usize) -> String,
    /// A time of today.
    pub today: fn(&str) -> String,
    /// The strip: so many wait for more than a day.
    pub waiting_day: fn(u32) -> String,
    /// What to do about it.
    pub waiting_day_more: &'static str,
    /// The strip: so many wait for more than three days.
    pub waiting_days: fn(u32) -> String,
    /// What to do about it.
    pub waiting_days_more: &'static str,
    /// Save a rescue file.
    pub save_file: &'static str,
    /// The page that reads what is kept when this one cannot.
    pub rescue: &'static str,
    /// Heading of the receipt.
    pub receipt: &'static str,
    /// What it proves and what it does not.
    pub receipt_proves: &'static str,
    /// It is that of this revision; a later one waits.
    pub receipt_of_earlier: fn(u32) -> String,
    /// Heading: receipts of before the endpoint was restored.
    pub receipts_earlier: &'static str,
    /// What they are worth.
    pub receipts_earlier_text: &'static str,
    /// Shows the code that proves it.
    pub proof_show: &'static str,
    /// Name of that code.
    pub proof_code: &'static str,
    /// How another phone checks it.
    pub proof_note: &'static str,
    /// Heading of the secret.
    pub secret: &'static str,
    /// How to keep it.
    pub secret_note: &'static str,
    /// Name of its code.
    pub secret_code: &'static str,
    /// Hides it again.
    pub secret_hide: &'static str,
    /// Heading: a receipt that somebody shows.
    pub check: &'static str,
    /// It is genuine.
    pub genuine: &'static str,
    /// What that means.
    pub genuine_text: &'static str,
    /// It is not.
    pub not_genuine: &'static str,
    /// What may have happened, and what to do.
    pub not_genuine_text: &'static str,
    /// This phone cannot tell.
    pub never_met: &'static str,
    /// Why, and what to do.
    pub never_met_text: &'static str,
    /// Greets the collecting point of this address.
    pub meet: &'static str,
    /// What was stored.
    pub what: &'static str,
    /// A thing that opens no case has no number.
    pub no_case: &'static str,
    /// When it was stored.
    pub written_at: &'static str,
    /// Who stored it.
    pub by_whom: &'static str,
    /// A service that nobody reads.
    pub who_demo: &'static str,
    /// One that this phone met before, or in an earlier life.
    pub who_before: &'static str,
    /// Short id of the key.
    pub key_used: &'static str,
    /// Which revision.
    pub revision: &'static str,
    /// Heading: the key of a case.
    pub case: &'static str,
    /// What can be done with it today.
    pub case_text: &'static str,
    /// It cannot be read.
    pub case_broken: &'static str,
    /// What somebody adds to the map.
    pub contribution: &'static str,
    /// The same thing is broken again.
    pub again: &'static str,
    /// Change what was said.
    pub edit: &'static str,
    /// Change it so that it is taken.
    pub mend: &'static str,
    /// Take it back.
    pub take_back: &'static str,
    /// Question before that.
    pub take_back_ask: &'static str,
    /// What happens, if nothing of it has left.
    pub take_back_unsent: &'static str,
    /// What happens, if it may have left.
    pub take_back_sent: &'static str,
    /// What happens, if it is delivered.
    pub take_back_delivered: &'static str,
    /// What happens, if its words are not on this phone any more.
    pub take_back_bare: &'static str,
    /// The safe answer.
    pub take_back_keep: &'static str,
    /// Where the words and photos of a report that was taken back are.
    pub taken_to_draft: &'static str,
    /// Taken back before anything left.
    pub undone: &'static str,
    /// Taken back; whoever has it does not know yet.
    pub withdrawal_waits: &'static str,
    /// Taken back; whoever has it knows.
    pub withdrawal_told: &'static str,
    /// It is the telephone number that is told about.
    pub about_contact: &'static str,
    /// Before why it waits: the word that the telephone number is taken back.
    pub about_contact_back: &'static str,
    /// It is an earlier revision that is told about.
    pub about_earlier: &'static str,
    /// Which revision, from 1.
    pub nth: fn(u32) -> String,
    /// Heading: earlier revisions.
    pub earlier: &'static str,
    /// It could not be done.
    pub not_done: &'static str,
    /// Read a rescue file.
    pub read_file: &'static str,
    /// It brought so many, and so many were here.
    pub file_read: fn(u32, u32) -> String,
    /// So many photos are not in it.
    pub file_photos: fn(u32) -> String,
    /// It brought so many photos that were missing here.
    pub file_filled: fn(u32) -> String,
    /// So many items of it are damaged.
    pub file_damaged: fn(u32) -> String,
    /// It is no rescue file.
    pub file_wrong: &'static str,
    /// Somebody has packed it anew.
    pub file_packed: &'static str,
    /// There is no room for it.
    pub file_full: &'static str,
    /// The storage does not work.
    pub no_storage: &'static str,
    /// What to do about it.
    pub no_storage_text: &'static str,
    /// Load the page again.
    pub reload: &'static str,
}

pub(super) static ZH: Outbox = Outbox {
    tab: "上报箱",
    empty: "这里还没有东西",
    empty_text: "写到一半的、等网络的、送到了的，都会在这里。",
    empty_action: "报第一处",
    needs_you: "等你",
    drafts: "草稿",
    to_send: "还没送出",
    delivered: "已送达",
    count: |n| format!("{n} 件"),
    waiting: |n| format!("{n} 件在手机里等着送"),
    waiting_more: "有网自动送，关掉页面也还在",
    waiting_stranger: "都在手机里。收件处换了钥匙，你答应以前什么都不送",
    send_now: "现在送",
    untitled: "没选种类的上报",
    draft_untitled: "刚开头的草稿",
    draft_go_on: "接着写",
    draft_discard: "删掉草稿",
    draft_discard_ask: "删掉这份草稿？",
    draft_discard_text: "写的字和拍的照片都会没有，找不回来。",
    draft_changes: "改的是已经报过的一件，原来那一件还算数",
    draft_from: "从撤回的一件来的",
    change_discard_ask: "不改了？",
    change_discard_text: "只删掉这一次改的。原来报的那一件还在，照样算数。",
    draft_keep: "留着，接着写",
    photos: |n| format!("{n} 张照片"),
    case_no_note: "打电话问的时候报这个编号。它只能用来认件，打不开内容。",
    stored_at: |at| format!("{at} 收件处写下了，回执已核对"),
    secret_show: "我知道了，给我看",
    secret_opens: "谁有它，谁以后就能打开这一件：看内容、撤回、要求重办。这个版本还用不上，先收好，只给自己看。",
    held: "收件处已收下，待核对",
    not_tried: "还没试过送。",
    offline: "没有网络。有网自动送。",
    unreachable: "连不上收件处。会自动再试。",
    not_an_answer: "连上的不是收件处，可能是要登录的 Wi-Fi。先登录网络，再点“现在送”。",
    busy: "收件处正忙。会自动再试。",
    slow_down: "送得太密了，收件处让等一等。会自动再送。",
    other_keys: "这个收件处换了钥匙，和上次不是同一个。先看清楚是谁，再决定送不送。",
    upgrade: "这个版本太旧，收件处不认。换上新版本后会接着送。",
    token_refused: "收件处不认这部手机。东西都在，会自动再试。",
    damaged_on_the_way: "路上被改动了，收件处没有收。会自动再送。",
    not_proven: "对方给的回执核对不上，不算送到。会自动再送。",
    restored: "收件处从旧备份恢复过，这一件它那里没有了。手机里的还在，会自动补送。",
    parked: "收件处几次都卡在这一件上，先放一边，不挡别的。隔一小时再试；也可以点“现在送”。",
    tried: |tried, next| match next {
        Some(next) if next == tried => format!("{tried} 试过，马上再试"),
        Some(next) => format!("{tried} 试过，{next} 再试"),
        None => format!("{tried} 试过"),
    },
    refused_malformed: |field| format!("收件处看不懂“{field}”这一处。"),
    refused_too_large: |field, limit| match limit {
        Some(limit) => format!("“{field}”太大，最多 {limit}。"),
        None => format!("“{field}”太大。"),
    },
    refused_grid: "这里不归这个网格管。",
    refused_erased: "这一件已经按要求删除，不再收。",
    refused_clash: "收件处已有同号但内容不同的一件，两件都留着。",
    repair: "手机里的存储出过差错，已经修复",
    repair_texts: |n| format!("{n} 件没送到的，文字从备份里找回来了，会照样送出。"),
    repair_photos: |n| format!("有 {n} 张照片不在这部手机里了。"),
    repair_forgot: "已送达的，收件处都有；手机里它们的记录和没封好的草稿没有了。",
    repair_unreadable: |n| format!("有 {n} 条记录读不出来，留着没有删。"),
    repair_read: "知道了",
    refused_damaged: "手机里存的和封好时的不一样了，或者照片不在这部手机里了，这一部分没有送出去。",
    refused_kept: "你写的都在，不会自动删掉。",
    field_words: "文字",
    field_phone: "电话号码",
    field_photo: "照片",
    field_place: "地点",
    field_report: "整件上报",
    stranger_title: "收件处换了钥匙",
    stranger_text: "和上次不是同一个。可能是收件处重装了，也可能有人冒充。在你同意之前，什么都不会送给它。",
    stranger_who: |name, contact| format!("它说自己是：{name}，联系 {contact}"),
    stranger_demo: "它说自己是演示服务，没有人会处理。",
    stranger_keys: |kids| format!("新钥匙 {kids}"),
    stranger_accept: "我认得，送给它",
    stranger_note: "旧钥匙会留着，以前的回执照样能核对。送到过旧收件处、手机里还留着的，也会再送给它。",
    let_go: |photos, voice| match (photos, voice) {
        (true, true) => "照片和录音已送达，这部手机上的已经清理。",
        (true, false) => "照片已送达，这部手机上的已经清理。",
        (false, _) => "录音已送达，这部手机上的已经清理。",
    },
    more_rows: |n| format!("再看后面 {n} 件"),
    withdrawal: "撤回一件上报",
    not_here: "这部手机里没有这一件。",
    photo: |n| format!("照片 {n}"),
    today: |time| format!("今天 {time}"),
    waiting_day: |n| format!("{n} 件还没送出，有的超过一天了"),
    waiting_day_more: "连上网，点“现在送”。东西都在手机里",
    waiting_days: |n| format!("{n} 件还没送出，有的超过三天了"),
    waiting_days_more: "连上网送出去，或者存一份到文件：手机丢了、坏了也不怕",
    save_file: "存一份到文件",
    rescue: "看看手机里存了什么",
    receipt: "回执",
    receipt_proves: "证明收件处那时收下了这一件，后来一个字、一张照片也没换过。不说你写了什么，也不说有没有人去办。",
    receipt_of_earlier: |rev| {
        format!("这是第 {rev} 稿的回执。改过的那一稿还没送到，送到了编号不变。")
    },
    receipts_earlier: "以前的回执",
    receipts_earlier_text: "收件处恢复过，或者换过，又给了新回执。以前的照样作数，一直留着。",
    proof_show: "给别人核对",
    proof_code: "回执的二维码，可以给任何人看",
    proof_note: "用别的手机扫：打开过坡上、连过同一个收件处的，没有网络也能核对。里面没有你写的字，也没有查件密码。",
    secret: "查件密码",
    secret_note: "抄下来或拍下来收好。只存在这部手机里，谁也补不了。",
    secret_code: "查件密码的二维码，不要给别人看",
    secret_hide: "收起来",
    check: "核对回执",
    genuine: "是真的",
    genuine_text: "收件处收下了这一稿，这一稿之后一个字也没换过。后来有没有新的一稿、有没有撤回，这里看不出来。",
    not_genuine: "不是真的",
    not_genuine_text: "对不上：改过，或者没有扫全。请对方重新打开回执，再扫一次。",
    never_met: "这部手机没见过这个收件处",
    never_met_text: "所以核对不了，真的假的都不能说。连上网认一认，再核对。",
    meet: "连上网认一认",
    what: "编号",
    no_case: "不立案的一件，没有编号",
    written_at: "写下时间",
    by_whom: "收件处",
    who_demo: "演示服务，没有人处理",
    who_before: "这部手机以前连过的收件处",
    key_used: "用的钥匙",
    revision: "第几稿",
    case: "查件",
    case_text: "有编号和查件密码，就能查这一件办到哪了。这个版本还不能在别的手机上打开，请把密码留好。",
    case_broken: "这串字不完整。请对方重新打开查件密码，再扫一次。",
    contribution: "补全公园数据",
    again: "这里又坏了",
    edit: "改一改",
    mend: "改好再送",
    take_back: "撤回",
    take_back_ask: "撤回这一件？",
    take_back_unsent: "还没送出去，撤回后谁也看不到。写的字和照片回到草稿，改好还能再报。",
    take_back_sent: "它可能已经送出去了：会告诉收件处不用再办。写的字和照片回到草稿，改好还能再报。",
    take_back_delivered: "它已经送达：会告诉收件处不用再办。写的字和照片回到草稿，改好还能再报。",
    take_back_bare: "会告诉收件处不用再办。写的字和照片早就不在这部手机里了，回执还在。",
    take_back_keep: "不撤回",
    taken_to_draft: "已撤回。写的字和照片在草稿里",
    undone: "没送出去就撤回了，谁也看不到。",
    withdrawal_waits: "撤回还没告诉收件处。",
    withdrawal_told: "收件处知道撤回了。",
    about_contact: "联系电话还没送到。",
    about_contact_back: "撤回电话还没告诉收件处。",
    about_earlier: "之前那一稿还没送到。",
    nth: |n| format!("第 {n} 稿"),
    earlier: "之前的稿",
    not_done: "没有做成：手机没能存下。东西都没动，再点一次。",
    read_file: "读一份文件",
    file_read: |new, known| format!("读进来 {new} 件，本来就有的 {known} 件。"),
    file_photos: |n| {
        format!(
            "有 {n} 张照片这份里没有，或者坏了。有别的几份就接着读，没有就在原来那部手机上重新存一份。"
        )
    },
    file_filled: |n| format!("补上了 {n} 张原来缺的照片。"),
    file_damaged: |n| format!("有 {n} 件坏了，读不出来。"),
    file_wrong: "这不是上报箱存的文件（.zip），或者没有下载完整。手机里的东西没有动。收藏和笔记的文件（.json）在“我的公园”里读。",
    file_packed: "这份文件重新压缩过，读不了。请用原来存下的那一份（.zip），不要解开再压。手机里的东西没有动。",
    file_full: "手机没有地方了，这份文件一件也没有读进来。清出一些地方再试。",
    no_storage: "这个浏览器不给存东西",
    no_storage_text: "写的字还在屏幕上，但没有存进手机，关掉就没有了。换成手机自带的浏览器打开，或退出无痕模式再试。急事请拨 12345，危险请拨 110、119、120。",
    reload: "重新打开",
};

pub(super) static EN: Outbox = Outbox {
    tab: "Outbox",
    empty: "Nothing here yet",
    empty_text: "What you have begun, what waits for a network and what has arrived: all of it will be here.",
    empty_action: "Report the first thing",
    needs_you: "Needs you",
    drafts: "Drafts",
    to_send: "Not sent yet",
    delivered: "Delivered",
    count: |n| format!("{n}"),
    waiting: |n| format!("{n} waiting on this phone"),
    waiting_more: "Sent by itself once there is a network; kept even if you close the page",
    waiting_stranger: "All are on this phone. Another collecting point answers, and gets nothing before you agree",
    send_now: "Send now",
    untitled: "Report without a kind",
    draft_untitled: "A draft just begun",
    draft_go_on: "Go on",
    draft_discard: "Discard draft",
    draft_discard_ask: "Discard this draft?",
    draft_discard_text: "Its words and photos will be gone for good.",
    draft_changes: "Changes a report that you have sealed; that one still counts",
    draft_from: "Comes from a report that you took back",
    change_discard_ask: "Leave it unchanged?",
    change_discard_text: "Only this change is thrown away. The report itself stays and still counts.",
    draft_keep: "Keep it and go on",
    photos: |n| format!("{n} photo(s)"),
    case_no_note: "Say this number on the telephone. It names the case and opens nothing.",
    stored_at: |at| format!("Written down by the collecting point {at}; receipt verified"),
    secret_show: "I understand, show it",
    secret_opens: "Whoever has it will be able to open this case: read it, take it back, ask to have it redone. This version cannot yet; keep it safe, for your eyes only.",
    held: "Received, to be checked",
    not_tried: "Not tried yet.",
    offline: "No network. It will be sent by itself.",
    unreachable: "The collecting point cannot be reached. It will be tried again by itself.",
    not_an_answer: "Something else answered, perhaps a Wi-Fi that wants you to log in. Log in first, then tap Send now.",
    busy: "The collecting point is busy. It will be tried again by itself.",
    slow_down: "Too much at once; the collecting point asks to wait. It will be sent by itself.",
    other_keys: "This collecting point has other keys than last time: it is not the same one. See who it is before anything is sent.",
    upgrade: "This version is too old for the collecting point. Sending goes on with the new version.",
    token_refused: "The collecting point does not know this phone. Everything is kept and will be tried again.",
    damaged_on_the_way: "It was changed on the way, so the collecting point did not take it. It will be sent again.",
    not_proven: "The receipt does not fit, so it does not count. It will be sent again.",
    restored: "The collecting point was restored from an older copy and has lost this. It is still on this phone and will be sent again by itself.",
    parked: "The collecting point failed over this one several times, so it is put aside and holds nothing else up. It is tried every hour, or tap Send now.",
    tried: |tried, next| match next {
        Some(next) if next == tried => format!("Tried {tried}, again in a moment"),
        Some(next) => format!("Tried {tried}, again {next}"),
        None => format!("Tried {tried}"),
    },
    refused_malformed: |field| format!("The collecting point cannot read this part: {field}."),
    refused_too_large: |field, limit| match limit {
        Some(limit) => format!("Too large: {field}, at most {limit}."),
        None => format!("Too large: {field}."),
    },
    refused_grid: "This place belongs to another grid.",
    refused_erased: "This was erased on request and is not taken again.",
    refused_clash: "The collecting point holds another content under the same number; both are kept.",
    repair: "This phone's storage failed and was repaired",
    repair_texts: |n| {
        format!("The text of {n} not delivered came back from a second copy and will be sent.")
    },
    repair_photos: |n| format!("{n} photo(s) are no longer on this phone."),
    repair_forgot: "The collecting point has what was delivered; this phone's records of it and unsealed drafts are gone.",
    repair_unreadable: |n| format!("{n} record(s) cannot be read; they are kept."),
    repair_read: "OK",
    refused_damaged: "What this phone holds is no longer what was sealed, or a photo is no longer on this phone, so that part was not sent.",
    refused_kept: "What you wrote is kept and never deleted by itself.",
    field_words: "the words",
    field_phone: "The telephone number",
    field_photo: "a photo",
    field_place: "the place",
    field_report: "the whole report",
    stranger_title: "The collecting point has other keys",
    stranger_text: "It is not the one of last time. It may have been set up anew, or somebody pretends to be it. Nothing is sent to it before you agree.",
    stranger_who: |name, contact| format!("It says it is {name}, contact {contact}"),
    stranger_demo: "It says it is a demo service that nobody reads.",
    stranger_keys: |kids| format!("New keys {kids}"),
    stranger_accept: "I know it, send there",
    stranger_note: "Old keys stay, so earlier receipts can still be verified. What the earlier collecting point has, and this phone still keeps, is sent to this one too.",
    let_go: |photos, voice| match (photos, voice) {
        (true, true) => "Photos and sound were delivered; this phone no longer keeps them.",
        (true, false) => "The photos were delivered; this phone no longer keeps them.",
        (false, _) => "The voice note was delivered; this phone no longer keeps it.",
    },
    more_rows: |n| format!("{n} more"),
    withdrawal: "Takes a report back",
    not_here: "This phone does not have it.",
    photo: |n| format!("Photo {n}"),
    today: |time| format!("today {time}"),
    waiting_day: |n| format!("{n} not sent, some for more than a day"),
    waiting_day_more: "Find a network and tap Send now. All of it is on this phone",
    waiting_days: |n| format!("{n} not sent, some for more than three days"),
    waiting_days_more: "Send them, or save them to a file in case the phone is lost or breaks",
    save_file: "Save to a file",
    rescue: "See what is kept on this phone",
    receipt: "Receipt",
    receipt_proves: "It proves that the collecting point took this in at that time, and that no word and no photo has changed since. It does not tell what you wrote, nor whether anybody has acted.",
    receipt_of_earlier: |rev| {
        format!(
            "This is the receipt of revision {rev}. The changed one has not arrived; the number stays."
        )
    },
    receipts_earlier: "Earlier receipts",
    receipts_earlier_text: "The collecting point was restored or replaced, and a new receipt was given. The earlier ones still hold and stay.",
    proof_show: "Let others check it",
    proof_code: "Code of the receipt; anybody may see it",
    proof_note: "Another phone that has met the same collecting point checks it with no network. Your words and the secret are not in it.",
    secret: "Secret of the case",
    secret_note: "Write it down or keep a picture. It is on this phone only; nobody can replace it.",
    secret_code: "Code of the secret; do not show it to others",
    secret_hide: "Hide it",
    check: "Check a receipt",
    genuine: "Genuine",
    genuine_text: "The collecting point took this version in, and nothing of it has changed since. Whether a later version came, or it was taken back, does not show here.",
    not_genuine: "Not genuine",
    not_genuine_text: "It does not fit: changed, or not scanned completely. Ask for the receipt again and scan it once more.",
    never_met: "This phone never met this collecting point",
    never_met_text: "So it cannot tell whether the receipt is genuine. Meet it with a network, then check again.",
    meet: "Meet it now",
    what: "Number",
    no_case: "Opens no case, so it has no number",
    written_at: "Written down",
    by_whom: "Collecting point",
    who_demo: "A demo service that nobody reads",
    who_before: "One that this phone has met before",
    key_used: "Key",
    revision: "Revision",
    case: "Look up a case",
    case_text: "Number and secret tell how far the case has come. This version cannot open it on another phone yet: keep the secret.",
    case_broken: "These characters are not complete. Ask for the secret again and scan it once more.",
    contribution: "Added to the map",
    again: "Broken again",
    edit: "Change it",
    mend: "Mend it and send again",
    take_back: "Take it back",
    take_back_ask: "Take this back?",
    take_back_unsent: "It has not left this phone; nobody will see it. Its words and photos return to a draft, so you can report it anew.",
    take_back_sent: "It may have left already: the collecting point is told not to act on it. Its words and photos return to a draft, so you can report it anew.",
    take_back_delivered: "It is delivered: the collecting point is told not to act on it. Its words and photos return to a draft, so you can report it anew.",
    take_back_bare: "The collecting point is told not to act on it. Its words and photos left this phone long ago; the receipt stays.",
    take_back_keep: "Leave it",
    taken_to_draft: "Taken back. Its words and photos are in a draft",
    undone: "Taken back before it left; nobody can see it. ",
    withdrawal_waits: "The collecting point does not know yet that it is taken back. ",
    withdrawal_told: "The collecting point knows that it is taken back. ",
    about_contact: "The telephone number has not arrived. ",
    about_contact_back: "The number is taken back; the collecting point does not know yet. ",
    about_earlier: "An earlier revision has not arrived. ",
    nth: |n| format!("Revision {n}"),
    earlier: "Earlier revisions",
    not_done: "Not done: this phone could not store it. Nothing has changed; tap once more.",
    read_file: "Read a file",
    file_read: |new, known| format!("{new} read in, {known} were here already."),
    file_photos: |n| {
        format!(
            "{n} photo(s) are not in this file, or damaged in it. Read the other parts if there are any, else save it anew on the other phone."
        )
    },
    file_filled: |n| format!("{n} photo(s) that were missing here are back."),
    file_damaged: |n| format!("{n} are damaged and cannot be read."),
    file_wrong: "This is no file of Poshang, or it is not complete. Nothing on this phone has changed.",
    file_packed: "This file was packed anew and cannot be read. Use the .zip as it was saved. Nothing on this phone has changed.",
    file_full: "There is no room on this phone; none of the file was read in. Make room and try again.",
    no_storage: "This browser gives no storage",
    no_storage_text: "Your words are still on the screen but not on the phone: they are gone when you close it. Open this page in the phone's own browser, or leave private mode. If it is urgent call 12345; in danger 110, 119, 120.",
    reload: "Open again",
};
