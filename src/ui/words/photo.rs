//! Words of the photos of 上报.

use crate::capture::NoDevice;

/// Words of the photos of 上报.
pub struct Photo {
    /// Head of the viewfinder: the how-manieth photo it takes.
    pub nth_shot: fn(usize) -> String,
    /// What the camera sees, for screen readers.
    pub seen: &'static str,
    /// The camera starts.
    pub opening: &'static str,
    /// Takes the photo.
    pub shutter: &'static str,
    /// Why there is no viewfinder, and what to do.
    pub no_viewfinder: fn(NoDevice) -> &'static str,
    /// Opens the phone's own camera.
    pub own_camera: &'static str,
    /// This one of so many is being made small.
    pub shrinking_nth: fn(usize, usize) -> String,
    /// It was kept smaller, because the phone is nearly full.
    pub kept_smaller: &'static str,
    /// So many of the files were not taken, the last of them for this reason.
    pub failed: fn(usize, &str) -> String,
    /// A report takes so many photos: so many more were left out.
    pub left_out: fn(usize, usize) -> String,
    /// The how-manieth photo was taken out.
    pub taken_out: fn(usize) -> String,
    /// Puts it back.
    pub put_back: &'static str,
    /// The position is noted when a photo is taken.
    pub fix: &'static str,
    /// What that means.
    pub fix_more: &'static str,
    /// The phone refuses it.
    pub fix_refused: &'static str,
    /// So many photos say where they were taken; the worst accuracy, metres.
    pub fixes_said: fn(usize, u32) -> String,

    /// Under the photos: what to cover.
    pub cover_hint: &'static str,
    /// Leads to the boxes of the how-manieth photo.
    pub cover_this: fn(usize) -> String,
    /// So many places of it are covered.
    pub covered: fn(u32) -> String,
    /// How it is done.
    pub cover_help: &'static str,
    /// The photo under the boxes, for screen readers.
    pub cover_photo: &'static str,
    /// So many boxes stand on it.
    pub covers_drawn: fn(usize) -> String,
    /// Name of the how-manieth box, with its keys.
    pub cover_nth: fn(usize) -> String,
    /// One more box.
    pub cover_add: &'static str,
    /// Takes the last change back.
    pub cover_undo: &'static str,
    /// Head of what can be done with the chosen box.
    pub cover_chosen: &'static str,
    /// Moves it.
    pub cover_left: &'static str,
    /// Moves it.
    pub cover_right: &'static str,
    /// Moves it.
    pub cover_up: &'static str,
    /// Moves it.
    pub cover_down: &'static str,
    /// Sizes it.
    pub cover_larger: &'static str,
    /// Sizes it.
    pub cover_smaller: &'static str,
    /// Takes it away.
    pub cover_remove: &'static str,
    /// Back to the photos.
    pub cover_done: &'static str,
    /// What becomes of it; what not to photograph.
    pub cover_what: &'static str,
}

pub(super) static ZH: Photo = Photo {
    nth_shot: |nth| format!("拍第 {nth} 张"),
    seen: "相机看到的",
    opening: "正在打开相机……手机问的话，请点允许。",
    shutter: "拍下来",
    no_viewfinder: |why| match why {
        NoDevice::Refused => "坡上没有用相机的许可。不要紧，用手机自带的相机拍，或者从相册选。",
        NoDevice::Absent => "这里打不开相机。用手机自带的相机拍，或者从相册选。",
        NoDevice::InUse => "相机正被别的程序用着，或者没打开。用手机自带的相机拍，或者从相册选。",
    },
    own_camera: "用手机自带的相机",
    shrinking_nth: |nth, all| format!("正在压小第 {nth} 张，共 {all} 张"),
    kept_smaller: "手机快满了，照片存小了一号。字都存好了。",
    failed: |n, why| format!("有 {n} 个文件没有放进来。最后一个：{why}"),
    left_out: |most, n| format!("一件事最多 {most} 张照片，还有 {n} 张没有放进来。"),
    taken_out: |nth| format!("第 {nth} 张拿掉了。"),
    put_back: "放回来",
    fix: "拍照时记下位置",
    fix_more: "找得更准，只给办事的人看。不开也能报。",
    fix_refused: "手机没有开放定位，所以没打开。照片照样能拍。",
    fixes_said: |count, metres| {
        format!("{count} 张记下了拍照的位置，误差 {metres} 米以内，只给办事的人看")
    },
    cover_hint: "人脸、车牌、门牌，点照片左上角可以遮住，送出去的就是遮好的。证件、病历、别人家里，不要拍。",
    cover_this: |nth| format!("遮住照片 {nth} 上的脸和车牌"),
    covered: |count| format!("已遮好 {count} 处"),
    cover_help: "用手指在脸、车牌、门牌上画一块。画好的块可以拖，拖右下角改大小。",
    cover_photo: "要遮的照片",
    covers_drawn: |count| match count {
        0 => "还没有遮。".into(),
        _ => format!("遮了 {count} 块。"),
    },
    cover_nth: |nth| format!("遮块 {nth}，方向键移动，加减键改大小，删除键删掉"),
    cover_add: "加一块",
    cover_undo: "退一步",
    cover_chosen: "选中的一块",
    cover_left: "左",
    cover_right: "右",
    cover_up: "上",
    cover_down: "下",
    cover_larger: "大一点",
    cover_smaller: "小一点",
    cover_remove: "删掉",
    cover_done: "遮好了",
    cover_what: "封好以前随时能改。封好以后，下面原来的样子就删掉了，谁也看不到。",
};

pub(super) static EN: Photo = Photo {
    nth_shot: |nth| format!("Take photo {nth}"),
    seen: "What the camera sees",
    opening: "Opening the camera… If the phone asks, please allow it.",
    shutter: "Take it",
    no_viewfinder: |why| match why {
        NoDevice::Refused => {
            "Poshang may not use the camera. No matter: use the phone\u{2019}s own camera, or the album."
        }
        NoDevice::Absent => {
            "The camera cannot be opened here. Use the phone\u{2019}s own camera, or the album."
        }
        NoDevice::InUse => {
            "Another app holds the camera, or it did not start. Use the phone\u{2019}s own camera, or the album."
        }
    },
    own_camera: "The phone\u{2019}s own camera",
    shrinking_nth: |nth, all| format!("Making photo {nth} of {all} small"),
    kept_smaller: "The phone is nearly full, so the photo was kept smaller. Your words are saved.",
    failed: |n, why| format!("{n} files were not taken. The last one: {why}"),
    left_out: |most, n| format!("A report takes {most} photos; {n} more were left out."),
    taken_out: |nth| format!("Photo {nth} is taken out."),
    put_back: "Put it back",
    fix: "Note the position when I take a photo",
    fix_more: "Makes it easier to find; only those who handle it see it. You can report without.",
    fix_refused: "The phone does not give its position, so this stays off. Photos work all the same.",
    fixes_said: |count, metres| {
        format!(
            "{count} with the position where it was taken, within {metres} m, seen only by those who handle it"
        )
    },
    cover_hint: "Faces, plates, door numbers: cover them with the button on the photo, and only the covered photo is sent. Leave papers, medical records and other people\u{2019}s homes out.",
    cover_this: |nth| format!("Cover faces and plates on photo {nth}"),
    covered: |count| format!("{count} covered"),
    cover_help: "Draw over a face, plate or door number. A box can be dragged; drag its lower right corner to size it.",
    cover_photo: "The photo to cover",
    covers_drawn: |count| match count {
        0 => "Nothing is covered yet.".into(),
        1 => "1 box.".into(),
        _ => format!("{count} boxes."),
    },
    cover_nth: |nth| format!("Box {nth}: arrows move, plus and minus size, Delete removes"),
    cover_add: "Add a box",
    cover_undo: "Undo",
    cover_chosen: "The chosen box",
    cover_left: "Left",
    cover_right: "Right",
    cover_up: "Up",
    cover_down: "Down",
    cover_larger: "Larger",
    cover_smaller: "Smaller",
    cover_remove: "Remove",
    cover_done: "Done",
    cover_what: "You can change this until you seal. Then what lay under the boxes is deleted, and nobody sees it.",
};
