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
    /// The position is noted when a photo is taken.
    pub fix: &'static str,
    /// What that means.
    pub fix_more: &'static str,
    /// The phone refuses it.
    pub fix_refused: &'static str,
    /// So many photos say where they were taken; the worst accuracy, metres.
    pub fixes_said: fn(usize, u32) -> String,
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
    fix: "拍照时记下位置",
    fix_more: "找得更准，只给办事的人看。不开也能报。",
    fix_refused: "手机没有开放定位，所以没打开。照片照样能拍。",
    fixes_said: |count, metres| {
        format!("{count} 张记下了拍照的位置，误差 {metres} 米以内，只给办事的人看")
    },
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
    fix: "Note the position when I take a photo",
    fix_more: "Makes it easier to find; only those who handle it see it. You can report without.",
    fix_refused: "The phone does not give its position, so this stays off. Photos work all the same.",
    fixes_said: |count, metres| {
        format!(
            "{count} with the position where it was taken, within {metres} m, seen only by those who handle it"
        )
    },
};
