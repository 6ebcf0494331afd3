use crate::folder::Folder;

/// Changes one cell of a place.
fn park(id: &str, column: &str, value: &str, words: &str) {
    Folder::new().refuses_cell("parks.csv", id, column, value, words);
}

/// Changes one cell of an issue kind.
fn kind(id: &str, column: &str, value: &str, words: &str) {
    Folder::new().refuses_cell("taxonomy.csv", id, column, value, words);
}

/// Changes one cell of a sub-district or community.
fn division(code: &str, column: &str, value: &str, words: &str) {
    Folder::new().refuses_cell("divisions.csv", code, column, value, words);
}

#[test]
fn an_id_that_stands_twice_is_refused() {
    for (file, key, column) in [
        ("parks.csv", "JLP-061", "id"),
        ("sources.csv", "S82", "source_id"),
        ("divisions.csv", "500107111207", "code"),
        ("park_sources.csv", "JLP-061", "source_id"),
    ] {
        let folder = Folder::new().twin(file, key);
        folder.refused(file, folder.lines(file), column, "stands in row");
    }
}

#[test]
fn a_point_outside_the_district_is_refused() {
    let row = Folder::new().line("parks.csv", "JLP-002");
    let folder = Folder::new().cell("parks.csv", "JLP-002", "lat", "29.7").cell(
        "parks.csv",
        "JLP-002",
        "orig_lat",
        "29.7",
    );
    folder.refused("parks.csv", row, "lat", "outside the district line");
}

#[test]
fn a_point_in_a_hole_of_the_district_is_refused() {
    let (lat, lon) = ("29.4446", "106.4065");
    let row = Folder::new().line("parks.csv", "JLP-002");
    let folder = Folder::new()
        .cell("parks.csv", "JLP-002", "lat", lat)
        .cell("parks.csv", "JLP-002", "orig_lat", lat)
        .cell("parks.csv", "JLP-002", "lon", lon)
        .cell("parks.csv", "JLP-002", "orig_lon", lon);
    folder.refused("parks.csv", row, "lat", "outside the district line");
}

#[test]
fn a_position_that_was_not_converted_is_refused_with_its_distance() {
    let row = Folder::new().line("parks.csv", "JLP-001");
    let folder = Folder::new().cell("parks.csv", "JLP-001", "near_lat", "29.516037").cell(
        "parks.csv",
        "JLP-001",
        "near_lon",
        "106.471832",
    );
    folder.refused("parks.csv", row, "near_lat", "lies 481 m from the published point");
}

#[test]
fn a_position_three_metres_off_is_refused() {
    park("JLP-002", "lat", "29.506669", "lies 3 m from the published point");
}

#[test]
fn a_position_without_a_datum_is_refused() {
    park("JLP-001", "datum", "", "is empty, but placement is near");
    park("JLP-001", "datum", "GCJ-02", "`GCJ-02` is not one of WGS84");
    park("JLP-034", "orig_datum", "Baidu", "`BD-09`");
}

#[test]
fn a_position_without_a_source_or_with_another_licence_is_refused() {
    park("JLP-001", "coord_source", "", "is empty, but placement is near");
    park("JLP-001", "coord_licence", "free", "`none stated`");
    division("500107001", "point_licence", "MIT", "`CC BY 4.0`");
}

#[test]
fn a_number_that_is_none_or_out_of_range_is_refused() {
    park("JLP-002", "lat", "NaN", "`NaN` is not a plain number");
    park("JLP-002", "lon", "inf", "`inf` is not a plain number");
    park("JLP-002", "lat", "91", "`91` is not between -90 and 90");
    park("JLP-002", "orig_lon", "1e2", "`1e2` is not a plain number");
    park("JLP-002", "point_within_m", "0", "`0` is not between 1 and 50000");
    park("JLP-001", "area_m2", "-5", "`-5` is not between");
    park("JLP-037", "length_km", "long", "`long` is not a plain number");
}

#[test]
fn a_placement_that_does_not_fit_its_cells_is_refused() {
    park("JLP-006", "near_name", "彩云湖", "must be empty, for placement is none");
    park("JLP-001", "lat", "29.5", "must be empty, for placement is near");
    park("JLP-002", "point_basis", "", "is empty, but placement is point");
    park("JLP-001", "placement", "close", "`close` is not one of point, near, none");
}

#[test]
fn a_source_that_does_not_exist_is_refused_wherever_it_is_named() {
    park("JLP-061", "sources", "S36;S99", "`S99` is not in sources.csv");
    park("JLP-001", "area_source", "S99", "`S99` is not in sources.csv");
    Folder::new().refuses_cell(
        "district.csv",
        "500107",
        "parks_reported_sources",
        "S99",
        "`S99` is not in sources.csv",
    );
}

// A clerk typed hectares, mu, and one nought too many into the column of square metres. A park of 1.2
// hectares was 1 m² large.
#[test]
fn an_area_that_its_words_contradict_is_refused_with_what_they_say() {
    park("JLP-002", "area_m2", "43.5", "is `43.5`, but area_text `43.5公顷` is 435000 m²");
    park("JLP-001", "area_m2", "1605", "area_text `1605亩` is 1070000 m²");
    park("JLP-004", "area_m2", "560000", "area_text `56000平方米` is 56000 m²");
    park("JLP-020", "area_m2", "900", "area_text `约800平方米` is 800 m²");
}

#[test]
fn a_source_that_does_not_speak_for_the_area_is_refused() {
    park("JLP-001", "area_source", "S01", "does not let `S01` speak for it");
}

#[test]
fn a_citation_of_an_unknown_place_fact_or_source_is_refused() {
    let citation = |column, value, words| {
        Folder::new().refuses_cell("park_sources.csv", "JLP-001", column, value, words);
    };
    citation("park_id", "JLP-999", "`JLP-999` is not in parks.csv");
    citation("fact", "colour", "`colour` is not one of name, alt_name");
    citation("source_id", "S80", "`S80` is not among the sources of JLP-001");
}

#[test]
fn a_citation_of_a_source_that_is_in_no_table_is_refused() {
    let faults = Folder::new().cell("park_sources.csv", "JLP-001", "source_id", "S99").faults();
    assert_eq!(
        faults[0].to_string(),
        "park_sources.csv, row 2, column source_id: `S99` is not in sources.csv"
    );
}

#[test]
fn a_word_outside_its_list_is_refused() {
    park("JLP-001", "kind", "lake", "`lake` is not one of wetland_park");
    park("JLP-001", "listed", "parks", "unknown word `parks`, expected one of `park`");
    park("JLP-001", "status", "opened", "`opened` is not one of open");
    park("JLP-001", "facilities", "toilet;sauna", "`sauna` is not one of toilet");
    park("JLP-001", "entry", "cheap", "`cheap` is not one of free, paid");
    park("JLP-001", "name_sure", "very", "`very`");
    park("JLP-001", "area_scope", "half", "`half`");
    park("JLP-001", "near_kind", "airport", "`airport`");
    park("JLP-001", "sub_district_basis", "guess", "`guess` is not one of inferred, source");
}

#[test]
fn a_sub_district_that_is_not_in_the_official_list_is_refused() {
    park("JLP-001", "sub_district", "九龙街道;九龙镇", "`九龙镇` is not in divisions.csv");
}

#[test]
fn a_place_that_may_be_an_unknown_place_or_itself_is_refused() {
    park("JLP-006", "maybe_same_as", "JLP-999", "`JLP-999` is not in parks.csv");
    park("JLP-006", "maybe_same_as", "JLP-006", "names the place itself");
}

#[test]
fn a_description_that_looks_like_a_name_is_refused() {
    park("JLP-004", "name", "九龙外滩广场", "来源未给名称");
}

#[test]
fn a_planned_place_cannot_be_open_or_have_facilities() {
    park("JLP-016", "status", "open", "planned and under_construction go with listed = planned");
    park("JLP-016", "facilities", "toilet", "a planned place has none yet");
}

#[test]
fn a_date_is_a_year_a_month_a_day_or_nothing() {
    let source = |value, words| {
        Folder::new().refuses_cell("sources.csv", "S01", "date", value, words);
    };
    source("2026-02-29", "is not a year, month or day");
    source("2026-13", "is not a year, month or day");
    source("26.01.2026", "is not a year, month or day");
    source("２０２６", "is not a year, month or day");
    park("JLP-001", "status_as_of", "2026-1", "is not a year, month or day");
    park("JLP-001", "opened", "soon", "is not a year, month or day");
    for good in ["", "2024", "2024-02", "2024-02-29"] {
        let folder = Folder::new().cell("sources.csv", "S01", "date", good);
        assert!(pack::build(&folder.path("")).is_ok(), "{good}");
    }
}

#[test]
fn an_edition_is_a_day_or_a_later_one_of_that_day() {
    let edition = |value| {
        let words = "is no edition as 2026-11-25 or 2026-11-25.2";
        Folder::new().refuses_cell("district.csv", "500107", "version", value, words);
    };
    for bad in ["2026-11", "2026-02-30", "2026-11-25.1", "2026-11-25.10", "2026-11-25.x", "v2"] {
        edition(bad);
    }
    let later = Folder::new().cell("district.csv", "500107", "version", "2026-11-25.2");
    assert!(pack::build(&later.path("")).is_ok());
}

#[test]
fn a_link_needs_an_address_and_is_no_reprint() {
    let source = |id, column, value, words| {
        Folder::new().refuses_cell("sources.csv", id, column, value, words);
    };
    source("S80", "link", "yes", "there is no url");
    source("S03", "link", "yes", "a reprint is never linked");
    source("S01", "url", "javascript:alert(1)", "is no address");
}

#[test]
fn space_around_a_cell_is_refused() {
    park("JLP-001", "name", "彩云湖国家湿地公园 ", "has a space at its start or end");
}

#[test]
fn a_code_of_the_wrong_length_or_parent_is_refused() {
    division("西郊二村社区", "code", "50010700100", "is not 12 digits");
    division("西郊二村社区", "code12", "500107001002", "is not 500107001001 filled up");
    division("西郊二村社区", "parent_code", "500107002", "is not what the code begins with");
    division(
        "西郊二村社区",
        "parent_name",
        "黄桷坪街道",
        "the row of 500107001 is named `杨家坪街道`",
    );
    division("西郊二村社区", "level", "hamlet", "`hamlet`");
}

#[test]
fn a_division_whose_point_does_not_fit_its_flag_is_refused() {
    division("西郊二村社区", "has_point", "perhaps", "`perhaps` is not one of yes, no");
    division("500107001", "lat", "", "is empty, but has_point is yes");
    division("西郊二村社区", "lat", "29.5", "must be empty, for has_point is not yes");
}

#[test]
fn a_district_that_is_not_the_one_of_the_line_is_refused() {
    let folder = Folder::new();
    folder.refuses_cell("district.csv", "500107", "name", "江津区", "says `九龙坡区`");
}

#[test]
fn a_number_to_call_is_an_emergency_number_and_has_a_panel() {
    kind("utility.gas_leak", "call_numbers", "12345", "`12345` is not one of 110, 119, 120");
    kind("utility.gas_leak", "call_numbers", "", "the panel shows a number");
    kind("fire.exit_blocked", "call_numbers", "119", "is never shown");
    kind("building.elevator", "call_config", "lift", "`lift` is not one of lift_rescue");
}

#[test]
fn a_question_needs_both_languages_and_a_known_action() {
    kind("fire.wiring", "escalate_question_en", "", "both languages and an action");
    kind("fire.exit_blocked", "escalate_action", "shout", "`shout` is not one of call, raise");
    kind("parking.motor", "escalate_action", "switch:fire.lane", "`fire.lane` is no other kind");
}

#[test]
fn a_kind_belongs_to_its_group() {
    kind("fire.wiring", "id", "building.wiring", "is not `fire.` and a name of small letters");
    kind("fire.wiring", "group_zh", "消防", "earlier rows of group fire say `消防用电`");
}

#[test]
fn a_flag_of_a_kind_is_one_or_zero() {
    kind("fire.wiring", "call_first", "yes", "`yes` is not one of 1, 0");
    kind("fire.wiring", "street", "", "`` is not one of 1, 0");
}

#[test]
fn a_kind_without_words_is_refused() {
    kind("fire.wiring", "en", "", "is empty");
    kind("fire.wiring", "icon", "hydrant", "stands in row 4 already");
}

/// Changes one cell of a question.
fn question(id: &str, column: &str, value: &str, words: &str) {
    Folder::new().refuses_cell("questions.csv", id, column, value, words);
}

#[test]
fn a_question_that_no_kind_asks_or_that_nobody_could_answer_is_refused() {
    question("dark", "kinds", "", "is empty");
    question("dark", "kinds", "road.steps", "`road.steps` is not in taxonomy.csv");
    question("dark", "zh", "", "is empty");
    question("dark", "form", "maybe", "`maybe` is not one of yes_no, one_of, number");
    question("dark", "options", "a;b", "must be empty, for form is not one_of");
    question("dark", "unit_zh", "级", "must be empty, for form is not number");
    question("exit_by", "options_en", "Locked;Things", "holds 2 answers, options holds 3");
    question("exit_by", "options", "locked;locked;both", "holds an answer twice");
    question("exit_by", "options", "locked;Things;both", "`Things` is not a name of small letters");
    question("lamps_out", "to", "0", "`0` is not more than from");
    question("lamps_out", "to", "many", "`many` is not a whole number");
    question("lamps_out", "unit_en", "", "is empty, but form is number");
    question("lamps_out", "id", "lamps out", "`lamps out` is not a name of small letters");
}

#[test]
fn a_fourth_question_of_a_kind_is_refused() {
    let folder = Folder::new();
    let row = folder.line("questions.csv", "dark");
    let kinds = "utility.streetlight;road.steps_rail";
    let folder = folder.cell("questions.csv", "dark", "kinds", kinds);
    // The last question of the lamp stands below.
    let row = row.max(folder.line("questions.csv", "since"));
    folder.refused("questions.csv", row, "kinds", "`utility.streetlight` asks more than 3");
}

#[test]
fn a_project_in_a_place_that_does_not_exist_is_refused() {
    let project = |column, value, words| {
        Folder::new().refuses_cell("projects.csv", "R-01", column, value, words);
    };
    project("sub_district", "谢家湾", "`谢家湾` is not in divisions.csv");
    project("community_codes", "500107003999", "`500107003999` is not in divisions.csv");
    project("sources", "", "is empty");
    project("name", "", "is empty");
}
