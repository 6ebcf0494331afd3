//! What is said where the browser keeps nothing, or may not. 已存手机 is never said there.

/// Words of a browser that keeps nothing.
pub struct Holding {
    /// The bar that never leaves: what is so.
    pub bar: &'static str,
    /// It opens what can be done.
    pub bar_more: &'static str,
    /// What it means.
    pub bar_text: &'static str,
    /// Where it would be otherwise.
    pub bar_elsewhere: &'static str,
    /// Nothing is sealed yet that could be sent or saved.
    pub bar_nothing: &'static str,
    /// A file with all that is sealed.
    pub save_file: &'static str,
    /// It was handed to the browser, so many files.
    pub file_saved: fn(usize) -> String,
    /// It could not be made.
    pub file_failed: &'static str,
    /// State of a report: on this page only.
    pub only_here: &'static str,
    /// The button that seals.
    pub seal: &'static str,
    /// What happens then.
    pub seal_note: &'static str,
    /// The report is sealed.
    pub sealed: &'static str,
    /// What to do until it has arrived.
    pub sealed_text: &'static str,
    /// It has arrived.
    pub arrived_text: &'static str,
    /// A photo of so many kilobytes was taken in.
    pub photo: fn(u64) -> String,
    /// Under the question on the door.
    pub no_network: &'static str,
    /// So many wait on this page.
    pub waiting: fn(u32) -> String,
    /// What that means.
    pub waiting_more: &'static str,
    /// The window may be a private one.
    pub doubtful: &'static str,
    /// What to do.
    pub doubtful_text: &'static str,
}

pub(super) static ZH: Holding = Holding {
    bar: "这个浏览器不让存，关掉这一页就没了",
    bar_more: "怎么办",
    bar_text: "写的、拍的都只在这一页上，手机里没有留底。照样能报：写完马上送；送不出去，就存成文件。",
    bar_elsewhere: "想存得住：退出无痕窗口，或换手机自带的浏览器打开。在微信里，点右上角“…”，选“在浏览器打开”。",
    bar_nothing: "还没有封好的。",
    save_file: "存成文件",
    file_saved: |files| match files {
        1 => "文件交给浏览器了，看一眼下载里有没有。换个浏览器打开坡上，在上报箱里读进来就接着送。"
            .into(),
        _ => format!(
            "{files} 个文件交给浏览器了，看一眼下载里有没有。换个浏览器打开坡上，在上报箱里一个个读进来就接着送。"
        ),
    },
    file_failed: "文件没有做成。先别关这一页，连上网直接送。",
    only_here: "只在这一页",
    seal: "封好，马上送",
    seal_note: "这个浏览器不让存：封好马上送，送到以前别关这一页。",
    sealed: "封好了",
    sealed_text: "还只在这一页上：亮起“已送达”以前别关。送不出去，就存成文件。",
    arrived_text: "送到了，这一页可以关了。要编号，先到上报箱里抄下来。",
    photo: |kb| format!("拍进来了，{kb} KB"),
    no_network: "照样能报，写完马上送。",
    waiting: |n| format!("{n} 件只在这一页上，还没送到"),
    waiting_more: "送到以前别关这一页",
    doubtful: "存在这里的，可能留不住",
    doubtful_text: "像是无痕窗口，或者别的应用里的浏览器。写完尽快送到，再关窗口；最好换普通窗口打开。",
};

pub(super) static EN: Holding = Holding {
    bar: "This browser keeps nothing: closing the page loses it",
    bar_more: "What to do",
    bar_text: "What you write and photograph is on this page only; there is no copy on the phone. You can report all the same: send at once, or save a file if it does not go.",
    bar_elsewhere: "To keep things: leave the private window, or use the phone's own browser. Inside WeChat, tap … at the top right and choose to open in the browser.",
    bar_nothing: "Nothing is sealed yet.",
    save_file: "Save to a file",
    file_saved: |files| {
        match files {
        1 => "The file was handed to the browser: look whether it is among the downloads. Open Poshang in another browser and read it in under Outbox; it goes on from there.".into(),
        _ => format!("{files} files were handed to the browser: look whether they are among the downloads. Open Poshang in another browser and read them in one by one under Outbox."),
    }
    },
    file_failed: "The file could not be made. Do not close this page; send with a network.",
    only_here: "On this page only",
    seal: "Seal and send now",
    seal_note: "This browser keeps nothing: it is sent at once; do not close the page before it has arrived.",
    sealed: "Sealed",
    sealed_text: "It is on this page only: do not close it before “Delivered” lights up. If it does not go, save a file.",
    arrived_text: "It has arrived; this page may be closed. Its number is in the outbox until then: write it down.",
    photo: |kb| format!("Taken in, {kb} KB"),
    no_network: "You can report all the same; it is sent at once.",
    waiting: |n| format!("{n} on this page only, not delivered"),
    waiting_more: "Do not close the page before they have arrived",
    doubtful: "What is kept here may not last",
    doubtful_text: "This looks like a private window, or a browser inside another app. Let it arrive before you close the window; better, use a normal window.",
};
