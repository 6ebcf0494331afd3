//! The taxonomy names drawings by what they show; the sprite has fewer of them.

/// The drawing of the sprite for one that the taxonomy names.
pub fn drawing(name: &str) -> &'static str {
    match name {
        "flame" | "bare_wire" => "fire",
        "fire_lane" | "sinkhole" | "street" => "street",
        "exit_blocked" | "steps" | "stairs" => "stairs",
        "hydrant" | "drop" | "pipe_leak" => "water",
        "ev_plug" | "charger" | "plug_lamp" | "lamp" | "cables" | "gas" => "utility",
        "building" | "falling_wall" | "crack" | "roof_leak" | "illegal_build" => "building",
        "falling_object" | "signboard" | "manhole" | "hazard" | "tree_fall" => "needs",
        "elevator" | "elevator_add" | "floor" => "floor",
        "slope" => "slope",
        "sewer" | "grate" | "septic" => "under",
        "flood" | "river" => "lake",
        "road_steps" | "road" => "road",
        "wheelchair" => "access",
        "car" | "bike" | "abandoned_car" | "parking" => "parking",
        "trash" | "sofa" | "bin" => "bin",
        "toilet" => "toilet",
        "broom" => "sanitation",
        "stall" | "shopfront" => "order",
        "poster" => "text",
        "noise" => "speak",
        "tree" | "leaf" => "green",
        "fitness" => "ball",
        "heritage" => "source",
        "lock" => "lock",
        "plus" => "plus",
        "factory" | "factory_crane" | "excavator" => "industrial",
        // `more`, `speech_plus`, and whatever another district's taxonomy names.
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_drawing_stands_in_the_sprite() {
        let sprite = include_str!("../../style/icons.svg");
        let table = include_str!("drawing.rs");
        let drawings = table.split("=> \"").skip(1).filter_map(|it| it.split('"').next());
        let drawings = drawings.filter(|it| !it.contains(' ')).collect::<Vec<_>>();
        assert!(drawings.len() > 20);
        for name in drawings {
            assert!(sprite.contains(&format!("id=\"i-{name}\"")), "{name}");
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn every_drawing_of_the_taxonomy_is_known() {
        let pack = pack::build(std::path::Path::new("data")).expect("the facts build").pack;
        let kinds = pack.groups.iter().flat_map(|it| &it.kinds).map(|it| &it.icon);
        for icon in pack.groups.iter().map(|it| &it.icon).chain(kinds) {
            let has_none = ["more", "speech_plus"].contains(&icon.as_str());
            assert_eq!(super::drawing(icon) == "other", has_none, "{icon}");
        }
    }
}
