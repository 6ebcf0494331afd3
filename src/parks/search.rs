use model::pack::Park;

/// Does a place answer to what was typed: its name, its English name, another name, or a name that
/// probably means it?
pub(super) fn answers_to(park: &Park, typed: &str) -> bool {
    let wanted = plain(typed);
    let names = [&park.name, &park.name_en].into_iter();
    names.chain(&park.aliases).chain(&park.maybe_aliases).any(|name| plain(name).contains(&wanted))
}

/// Without spaces and capitals, as people type.
fn plain(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect()
}
