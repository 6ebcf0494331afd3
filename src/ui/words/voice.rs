//! Words of the voice note of 上报.

use crate::capture::{NoDevice, VoiceFault};

/// Words of the voice note of 上报.
pub struct Voice {
    /// Begins.
    pub speak: &'static str,
    /// How.
    pub speak_more: &'static str,
    /// The browser asks, or the microphone starts.
    pub asking: &'static str,
    /// So many seconds of so many; ends.
    pub speaking: fn(u32, u32) -> String,
    /// How it ends.
    pub speaking_more: &'static str,
    /// It is being kept.
    pub keeping: &'static str,
    /// Why there is none.
    pub fault: fn(VoiceFault) -> &'static str,
    /// Plays it.
    pub hear: &'static str,
    /// Stops playing.
    pub stop: &'static str,
    /// This browser cannot play it.
    pub cannot_play: &'static str,
    /// So many seconds.
    pub length: fn(u32) -> String,
    /// Deletes it.
    pub remove: &'static str,
    /// Row of the look over.
    pub row: &'static str,
    /// On a list: there is one.
    pub there: &'static str,
}

pub(super) static ZH: Voice = Voice {
    speak: "说一段话",
    speak_more: "按一下开始，再按一下说完，最多 90 秒。方言也行。",
    asking: "正在打开话筒……手机问的话，请点允许。",
    speaking: |seconds, most| format!("说完了（{seconds} / {most} 秒）"),
    speaking_more: "正在录。说完再按一下；按住的话，松手就好。",
    keeping: "正在收好",
    fault: |fault| match fault {
        VoiceFault::NoMicrophone(NoDevice::Refused) => {
            "坡上没有用话筒的许可。不要紧，可以打字，或者只拍照。"
        }
        VoiceFault::NoMicrophone(NoDevice::Absent) => "这里打不开话筒。可以打字，或者只拍照。",
        VoiceFault::NoMicrophone(NoDevice::InUse) => "话筒正被别的程序用着。等一下再试，或者打字。",
        VoiceFault::Nothing => "太短了，没有录到。再说一次。",
        VoiceFault::NoRoom => "手机存不下这段录音。写的字还在；腾出一点地方再说一次。",
        VoiceFault::NotKept => "这段录音没存住。写的字还在屏幕上。",
    },
    hear: "听一遍",
    stop: "停",
    cannot_play: "这个浏览器放不出这段录音，但录音在，会跟着上报走。",
    length: |seconds| format!("录音 {seconds} 秒"),
    remove: "删掉录音",
    row: "录音",
    there: "有录音",
};

pub(super) static EN: Voice = Voice {
    speak: "Say it instead",
    speak_more: "Tap to begin and tap again when done, or hold while you speak. Up to 90 seconds.",
    asking: "Opening the microphone… If the phone asks, please allow it.",
    speaking: |seconds, most| format!("Done ({seconds} / {most} s)"),
    speaking_more: "Recording. Tap again when done; if you hold, let go.",
    keeping: "One moment",
    fault: |fault| match fault {
        VoiceFault::NoMicrophone(NoDevice::Refused) => {
            "Poshang may not use the microphone. No matter: type, or only take photos."
        }
        VoiceFault::NoMicrophone(NoDevice::Absent) => {
            "The microphone cannot be opened here. Type, or only take photos."
        }
        VoiceFault::NoMicrophone(NoDevice::InUse) => {
            "Another app holds the microphone. Try again in a moment, or type."
        }
        VoiceFault::Nothing => "Too short, nothing was recorded. Say it once more.",
        VoiceFault::NoRoom => {
            "The phone has no room for this recording. Your words are safe; make some room and say it again."
        }
        VoiceFault::NotKept => {
            "The recording could not be saved. Your words are still on the screen."
        }
    },
    hear: "Listen",
    stop: "Stop",
    cannot_play: "This browser cannot play the recording, but it is there and goes with the report.",
    length: |seconds| format!("Recording, {seconds} s"),
    remove: "Delete the recording",
    row: "Recording",
    there: "With a recording",
};
