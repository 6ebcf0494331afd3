use leptos::prelude::window;

/// Does the page stand in WeChat's own browser? It opens no other app, gives most files to nobody, and says
/// nothing of either. In a browser alone.
pub fn in_wechat() -> bool {
    window().navigator().user_agent().is_ok_and(|it| it.contains("MicroMessenger"))
}
