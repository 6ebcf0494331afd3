/// Words of 我的 and the pages behind it.
pub struct SettingsWords {
    /// Its word on the tab bar.
    pub tab: &'static str,
    /// Title of the ways to see.
    pub look: &'static str,
    /// The elder edition.
    pub elder: &'static str,
    /// What it does.
    pub elder_hint: &'static str,
    /// Light and dark.
    pub theme: &'static str,
    /// As the phone has it.
    pub theme_phone: &'static str,
    /// Always light.
    pub theme_light: &'static str,
    /// Always dark.
    pub theme_dark: &'static str,
    /// The language, in both languages.
    pub language: &'static str,
    /// The name of Chinese in Chinese, in either language.
    pub chinese: &'static str,
    /// The name of English in English, in either language.
    pub english: &'static str,
    /// Puts the page on the home screen.
    pub install: &'static str,
    /// What that gives.
    pub install_more: &'static str,
    /// What to do first while something is not sent.
    pub install_unsent: &'static str,
    /// Help.
    pub help: &'static str,
    /// Under it.
    pub help_more: &'static str,
    /// Privacy.
    pub privacy: &'static str,
    /// Under it.
    pub privacy_more: &'static str,
    /// About the data.
    pub data: &'static str,
    /// Under it.
    pub data_more: &'static str,
    /// The version of the page.
    pub version: fn(&str) -> String,
    /// Which pack is in use.
    pub pack: fn(&str) -> String,
    /// Numbers for what cannot wait.
    pub urgent: &'static str,
    /// 119.
    pub fire: &'static str,
    /// 120.
    pub ambulance: &'static str,
    /// 110.
    pub police: &'static str,
    /// Official channels.
    pub official: &'static str,
    /// 12345.
    pub hotline: &'static str,
    /// Under it.
    pub hotline_more: &'static str,
    /// The district's own mini-program.
    pub mini_program: &'static str,
    /// Under it.
    pub mini_program_more: &'static str,
    /// What this app is not, and who receives a report.
    pub not_official: &'static str,
    /// How to keep the app.
    pub keep: &'static str,
    /// Each step and its explanation.
    pub keep_steps: [(&'static str, &'static str); 3],
    /// What stays on this phone.
    pub stays: &'static str,
    /// Line by line.
    pub stays_list: &'static [&'static str],
    /// What is sent.
    pub sent: &'static str,
    /// Line by line.
    pub sent_list: &'static [&'static str],
    /// What never happens.
    pub never: &'static str,
    /// What the data is.
    pub data_text: &'static str,
    /// Before a licence.
    pub licence: fn(&str) -> String,
}

pub(super) static ZH: SettingsWords = SettingsWords {
    tab: "我的",
    look: "怎么看",
    elder: "长辈版",
    elder_hint: "大字大按钮，也叫关怀版",
    theme: "亮暗",
    theme_phone: "跟手机",
    theme_light: "亮",
    theme_dark: "暗",
    language: "语言 Language",
    chinese: "中文",
    english: "English",
    install: "放到桌面",
    install_more: "像别的应用一样打开，没网也能开",
    install_unsent: "还有没送出的：先送出去，或在上报箱存一份文件。有的手机装好后看不到网页里存的",
    help: "帮助和官方渠道",
    help_more: "12345、110、119、120",
    privacy: "隐私",
    privacy_more: "什么留在手机里，什么会送出去",
    data: "关于这些数据",
    data_more: "每一层是谁的，按什么许可用",
    version: |version| format!("坡上 {version}"),
    pack: |id| format!("数据包 {id}"),
    urgent: "着急的事，打电话",
    fire: "消防",
    ambulance: "急救",
    police: "报警",
    official: "官方渠道",
    hotline: "12345 政务服务热线",
    hotline_more: "打电话，人工接听",
    mini_program: "九龙城运通",
    mini_program_more: "微信小程序，区里的官方上报",
    not_official: "坡上不是政府应用。谁收到你的上报，封好之前那一页会写明；没有配置收件单位时是演示服务，没有人处理。",
    keep: "放到桌面，没网也能开",
    keep_steps: [
        ("点浏览器的菜单", "在微信里要先选“在浏览器打开”"),
        ("选“添加到主屏幕”", "有的手机叫“安装应用”"),
        ("从桌面的坡上图标打开", "浏览器里写的不一定会搬过去，先送出去再装"),
    ],
    stays: "留在这部手机里",
    stays_list: &[
        "没封好的草稿和照片",
        "封好还没送到的字，另存一份在这个浏览器里，送到就删",
        "语言、亮暗、长辈版；最近报过的四个种类，下次好选",
        "你让它记住的电话，在“我的”里能忘掉",
        "收藏的公园、盖的章、私人笔记；只有你自己存成的文件里还有",
        "每份上报的回执和查询密码",
        "你看了哪些公园、搜了什么（关掉页面就忘，不送出）",
    ],
    sent: "封好以后会送出去",
    sent_list: &[
        "你写的字、选的种类和地点，问到的危不危险和别的回答",
        "照片：压小过，照片文件里自带的位置、时间、机型去掉了；什么时候拍的会写上，在哪拍的只在你打开时写",
        "录音，如果录了",
        "联系电话，只在你留了的时候：单独送，能单独撤回，最多留 180 天",
        "你点了“就在我这里”的位置；补全公园时的位置，你同意后才公开",
        "一个随机的设备号：里面没有名字、号码、机型",
        "封好的时间、版本、浏览器名字、是不是长辈版、有没有网、同意了哪几条",
        "点“我的活儿安全吗”时，一件什么也没写的试件",
    ],
    never: "没有账号，没有广告，没有统计跟踪。",
    data_text: "每条事实都写着出处和日期；没有来源的写“还不知道”。数据分层，各有各的许可。",
    licence: |licence| format!("许可：{licence}"),
};

pub(super) static EN: SettingsWords = SettingsWords {
    tab: "Mine",
    look: "How it looks",
    elder: "Large edition",
    elder_hint: "Larger words and buttons",
    theme: "Light and dark",
    theme_phone: "As the phone",
    theme_light: "Light",
    theme_dark: "Dark",
    language: "语言 Language",
    chinese: "中文",
    english: "English",
    install: "Put on the home screen",
    install_more: "Opens like other apps, with no network too",
    install_unsent: "Something is not sent: send it first, or save a file in the outbox. On some phones the app does not see what the page has kept",
    help: "Help and official channels",
    help_more: "12345, 110, 119, 120",
    privacy: "Privacy",
    privacy_more: "What stays on the phone, what is sent",
    data: "About the data",
    data_more: "Whose each layer is, and its licence",
    version: |version| format!("Poshang {version}"),
    pack: |id| format!("data pack {id}"),
    urgent: "What cannot wait: call",
    fire: "Fire",
    ambulance: "Ambulance",
    police: "Police",
    official: "Official channels",
    hotline: "12345 government hotline",
    hotline_more: "Call, a person answers",
    mini_program: "九龙城运通",
    mini_program_more: "WeChat mini-program, the district's official reports",
    not_official: "Poshang is not a government app. The page before sealing says who receives your report; with no operator configured it is a demo service and nobody handles it.",
    keep: "Keep it on the home screen, opens with no network",
    keep_steps: [
        ("Open the browser's menu", "In WeChat choose “Open in browser” first"),
        ("Choose “Add to home screen”", "Some phones say “Install app”"),
        (
            "Open it from its icon",
            "What you wrote in the browser may not move along: send it first",
        ),
    ],
    stays: "Stays on this phone",
    stays_list: &[
        "Drafts and photos that are not sealed",
        "A second copy of sealed words in this browser, until they are delivered",
        "Language, theme, large edition; the last four kinds you reported, to choose them again",
        "A telephone number that you asked it to remember; forget it under Mine",
        "Favourite parks, stamps, private notes; beside that only in a file that you save yourself",
        "The receipt and secret of each report",
        "Which parks you looked at, what you searched (forgotten when the page is closed, not sent)",
    ],
    sent: "Is sent once you seal it",
    sent_list: &[
        "Your words, the kind and the place you chose, what you answered about danger and the rest",
        "The photos, made smaller, without the camera's own data; when they were taken, and where only if you turn that on",
        "A voice note, if you recorded one",
        "A telephone number, only if you leave one: sent apart, taken back alone, erased after 180 days at the latest",
        "The position, if you tapped for it; that of a park you complete is published only if you agree",
        "A random device number: no name, number or model in it",
        "When it was sealed, the version, the browser's name, large edition or not, network or not, what you agreed to",
        "A probe with nothing in it, when you ask whether your work is safe",
    ],
    never: "No account, no advertising, no tracking.",
    data_text: "Each fact names its source and date; what no source says reads “not known yet”. The layers keep their own licences.",
    licence: |licence| format!("Licence: {licence}"),
};
