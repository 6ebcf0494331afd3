//! Words of what a person keeps of parks for themselves. 已存手机 is said of reports and not here.

/// Words of what a person keeps of parks.
pub struct Mine {
    /// Title on a park's page.
    pub title: &'static str,
    /// Heading of the page.
    pub page: &'static str,
    /// Under its row.
    pub page_more: &'static str,
    /// The way to the page.
    pub all: &'static str,
    /// The star, not set.
    pub favourite: &'static str,
    /// The star, set.
    pub favourite_on: &'static str,
    /// Stamps the passport.
    pub stamp: &'static str,
    /// Stamps it without a position.
    pub by_hand: &'static str,
    /// Takes a stamp away.
    pub unstamp: &'static str,
    /// A stamp by position: its day, and how exact that was in metres.
    pub stamped: fn(&str, u32) -> String,
    /// A stamp by hand.
    pub stamped_by_hand: fn(&str) -> String,
    /// It is there.
    pub given: &'static str,
    /// Today has one.
    pub already: &'static str,
    /// The phone is too far away.
    pub too_far: fn(&str) -> String,
    /// The position is too vague, metres.
    pub too_vague: fn(u32) -> String,
    /// The park has no position.
    pub no_place: &'static str,
    /// The position was refused.
    pub refused: &'static str,
    /// There is no position now.
    pub not_found: &'static str,
    /// The note.
    pub note: &'static str,
    /// It is written to the phone.
    pub kept: &'static str,
    /// It is on this page only.
    pub on_the_page: &'static str,
    /// The storage failed.
    pub not_kept: &'static str,
    /// So many characters too many; they are not written.
    pub too_long: fn(usize) -> String,
    /// An earlier note, with its day.
    pub earlier: fn(&str) -> String,
    /// Lets it go.
    pub drop_earlier: &'static str,
    /// How many earlier notes there are.
    pub earlier_count: fn(usize) -> String,
    /// Who sees it.
    pub only_here: &'static str,
    /// The same, at length.
    pub only_here_more: &'static str,
    /// The browser keeps nothing.
    pub page_only: &'static str,
    /// What is kept cannot be read.
    pub unreadable: &'static str,
    /// So many records of it cannot.
    pub some_unreadable: fn(u32) -> String,
    /// The storage came back empty: of so many parks something was kept.
    pub lost: fn(u32) -> String,
    /// What to do.
    pub lost_more: &'static str,
    /// It has been read.
    pub lost_read: &'static str,
    /// Title of the starred ones.
    pub favourites: &'static str,
    /// Title of the rest.
    pub others: &'static str,
    /// The park is not in the data any more.
    pub gone: &'static str,
    /// Nothing is kept.
    pub nothing: &'static str,
    /// What could be.
    pub nothing_more: &'static str,
    /// Saves everything to a file.
    pub save_file: &'static str,
    /// Takes a file in.
    pub read_file: &'static str,
    /// It is among the downloads.
    pub file_saved: &'static str,
    /// It may not be: WeChat's browser was asked.
    pub file_wechat: &'static str,
    /// It is not.
    pub file_not_saved: &'static str,
    /// Something new of so many parks.
    pub file_read: fn(usize) -> String,
    /// All of it was here.
    pub file_nothing_new: &'static str,
    /// No such file is so large.
    pub file_large: &'static str,
    /// It is a file of 上报箱, which is read there.
    pub file_reports: &'static str,
    /// It is no text.
    pub file_no_text: &'static str,
    /// The field that is wrong, and why in English.
    pub file_wrong: fn(&str, &str) -> String,
    /// Forgets all of it.
    pub forget: &'static str,
    /// Deletes what is kept of one park.
    pub forget_one: &'static str,
    /// Asks first, by its name.
    pub forget_one_ask: fn(&str) -> String,
    /// Asks first.
    pub forget_ask: &'static str,
    /// What goes.
    pub forget_more: &'static str,
    /// Rather not.
    pub forget_not: &'static str,
}

pub(super) static ZH: Mine = Mine {
    title: "只给自己看",
    page: "我的公园",
    page_more: "收藏、盖章和笔记，只在这部手机里",
    all: "全部收藏和盖章",
    favourite: "收藏",
    favourite_on: "已收藏",
    stamp: "盖章",
    by_hand: "我确实来过，手工盖",
    unstamp: "撤掉",
    stamped: |day, metres| format!("{day} 到过，按位置盖的（误差 {metres} 米以内）"),
    stamped_by_hand: |day| format!("{day} 到过，手工盖的"),
    given: "盖好了。",
    already: "今天已经盖过了。",
    too_far: |far| format!("手机离这里还有 {far}，150 米以内才能按位置盖。"),
    too_vague: |metres| {
        format!("现在的位置误差有 {metres} 米，没法确认。到开阔处再试，或者手工盖。")
    },
    no_place: "这个公园还没有自己的位置，只能手工盖。",
    refused: "没有位置权限，只能手工盖。",
    not_found: "现在找不到位置。可以再试，或者手工盖。",
    note: "私人笔记",
    kept: "笔记在这部手机里了",
    on_the_page: "只在这一页上，关上就没了",
    not_kept: "手机没存下，刚才的改动还没留住。腾点空间再试。",
    too_long: |over| format!("多了 {over} 个字，最多 2000 个；多出来就先不存，上次存的还在。"),
    earlier: |day| format!("{day} 另外写的"),
    drop_earlier: "这条不要了",
    earlier_count: |count| format!("另有 {count} 条早先的笔记"),
    only_here: "收藏、盖章和笔记只留在这部手机里，不会发出去。",
    only_here_more: "收藏、盖章和笔记只留在这部手机里，不会发出去，也没有排名。换手机前存成文件，再在新手机上读进来。",
    page_only: "这个浏览器什么都存不下，收藏、盖章和笔记关上页面就没了。",
    unreadable: "以前存的收藏和笔记现在读不出来，原样留着没动。",
    some_unreadable: |count| {
        format!("有 {count} 个公园的记录读不出来，原样留着没动，存成的文件里也没有它们。")
    },
    lost: |parks| format!("手机里的存储出过差错，{parks} 个公园的收藏、盖章和笔记不在了"),
    lost_more: "以前存过文件的，在下面读进来就回来了。",
    lost_read: "知道了",
    favourites: "收藏",
    others: "去过的、写过的",
    gone: "现在的数据里没有这一处了",
    nothing: "还没有收藏",
    nothing_more: "在公园的页面里可以收藏、盖章、写笔记。",
    save_file: "存成文件",
    read_file: "读一个存过的文件",
    file_saved: "已交给浏览器，在下载里找。",
    file_wechat: "微信里多半存不成。点右上角“…”，选“在浏览器打开”，再存一次，看到文件了才算数。",
    file_not_saved: "文件没存成，换个浏览器再试。",
    file_read: |parks| format!("读进来了，{parks} 个公园有新内容。"),
    file_nothing_new: "文件里的这里都有了。",
    file_large: "文件太大，不是坡上存的那种。",
    file_reports: "这是上报箱存的文件，什么都没动。到“上报箱”里读。",
    file_no_text: "文件打不开，或者不是文字。",
    file_wrong: |field, _| match field {
        "" | "/what" => "不是“我的公园”存的文件，什么都没动。".to_owned(),
        "/form" => "这份文件是另一个版本的坡上存的，这里读不了，什么都没动。".to_owned(),
        field => format!("这份文件改坏了，坏在 {field}，什么都没动。换一份没改过的再读。"),
    },
    forget: "全部删掉",
    forget_one: "删掉这一处",
    forget_one_ask: |name| format!("{name}的收藏、盖章和笔记都删掉？"),
    forget_ask: "收藏、盖章和笔记全部删掉？",
    forget_more: "这部手机里的都会没有，找不回来。上报不受影响。",
    forget_not: "留着",
};

pub(super) static EN: Mine = Mine {
    title: "For yourself alone",
    page: "My parks",
    page_more: "Favourites, stamps and notes, on this phone alone",
    all: "All favourites and stamps",
    favourite: "Star",
    favourite_on: "Starred",
    stamp: "Stamp",
    by_hand: "I was here: stamp by hand",
    unstamp: "Remove",
    stamped: |day, metres| format!("{day}, stamped by position (within {metres} m)"),
    stamped_by_hand: |day| format!("{day}, stamped by hand"),
    given: "Stamped.",
    already: "Stamped today already.",
    too_far: |far| format!("The phone is {far} away; a stamp by position needs 150 m or less."),
    too_vague: |metres| {
        format!("The position is only good to {metres} m. Try again in the open, or stamp by hand.")
    },
    no_place: "This park has no position of its own yet: stamp by hand.",
    refused: "No permission to use the position: stamp by hand.",
    not_found: "No position now. Try again, or stamp by hand.",
    note: "Private note",
    kept: "The note is on this phone",
    on_the_page: "On this page only: it goes when the page is closed",
    not_kept: "The phone did not keep the last change. Make some room and try again.",
    too_long: |over| {
        format!(
            "{over} characters too many (2000 at most). Not written; what was written last is still there."
        )
    },
    earlier: |day| format!("Written elsewhere on {day}"),
    drop_earlier: "Let this one go",
    earlier_count: |count| format!("{count} earlier notes"),
    only_here: "Favourites, stamps and notes stay on this phone. They are not sent.",
    only_here_more: "Favourites, stamps and notes stay on this phone. They are not sent, and nothing is ranked. Before you change phones save them to a file, and read it on the new one.",
    page_only: "This browser stores nothing: favourites, stamps and notes go when the page is closed.",
    unreadable: "What was kept before cannot be read now. It was left as it is.",
    some_unreadable: |count| {
        format!(
            "{count} records cannot be read. They were left as they are, and are in no saved file."
        )
    },
    lost: |parks| {
        format!("The storage of this phone had a fault: what was kept of {parks} parks is gone")
    },
    lost_more: "If you have saved it to a file before, read that in below.",
    lost_read: "I have read it",
    favourites: "Favourites",
    others: "Visited or written about",
    gone: "Not in the data any more",
    nothing: "No favourites yet",
    nothing_more: "On a park's page you can star it, stamp it and write a note.",
    save_file: "Save to a file",
    read_file: "Read a saved file",
    file_saved: "Handed to the browser: look among the downloads.",
    file_wechat: "WeChat mostly saves no file. Tap “…” at the top, open in the browser, and save it there; only a file that you see counts.",
    file_not_saved: "The file was not saved. Try another browser.",
    file_read: |parks| format!("Read: something new for {parks} parks."),
    file_nothing_new: "All of it was here already.",
    file_large: "The file is too large to be one of Poshang's.",
    file_reports: "This is a file of the outbox. Nothing was changed; read it in there.",
    file_no_text: "The file cannot be opened, or is no text.",
    file_wrong: |field, detail| match field {
        "" | "/what" => format!("Not a file of Poshang. Nothing was changed ({detail})."),
        field => format!("The file is wrong at {field}. Nothing was changed ({detail})."),
    },
    forget: "Delete all",
    forget_one: "Delete this one",
    forget_one_ask: |name| format!("Delete star, stamps and notes of {name}?"),
    forget_ask: "Delete all favourites, stamps and notes?",
    forget_more: "They go from this phone for good. Reports are not touched.",
    forget_not: "Keep them",
};
