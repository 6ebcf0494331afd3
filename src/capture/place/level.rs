//! The vertical address: where on the slope a place is, as far as the person said.

use model::report::{FLIGHTS_MAX, FLIGHTS_MIN, FLOOR_MAX, FLOOR_MIN, Road, Vertical, Viaduct};
use serde::{Deserialize, Deserializer, Serialize};

use crate::capture::known::or_default;

/// On which level of the slope. Each part is what [`Vertical`] says of it; the screens set those of
/// one [`Spot`] at a time, a report of another program may have more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Level {
    /// The road that floors and flights are counted from; alone, the road itself.
    #[serde(deserialize_with = "or_default")]
    pub from: Option<Road>,
    /// −5 to 60 without 0.
    #[serde(deserialize_with = "floor")]
    pub floor: Option<i8>,
    /// −40 to 40 without 0; up is positive.
    #[serde(deserialize_with = "flights")]
    pub flights: Option<i8>,
    /// Below ground.
    #[serde(deserialize_with = "or_default")]
    pub basement: Option<bool>,
    /// On a viaduct or under it.
    #[serde(deserialize_with = "or_default")]
    pub viaduct: Option<Viaduct>,
}

/// A part of the slope that a person can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// One of its roads.
    Road,
    /// A flight of its stairs.
    Stairs,
    /// A floor of a house.
    House,
    /// A garage or cellar.
    Basement,
    /// A viaduct.
    Viaduct,
}

impl Spot {
    /// In the order of the screen.
    pub const ALL: [Self; 5] =
        [Self::Road, Self::Stairs, Self::House, Self::Basement, Self::Viaduct];
}

impl Level {
    /// The part of the slope that was pointed at; none where nothing was said that leads anywhere.
    pub fn spot(&self) -> Option<Spot> {
        let road = matches!(self.from, Some(Road::Lower | Road::Upper));
        match self {
            Self { viaduct: Some(Viaduct::Over | Viaduct::Under), .. } => Some(Spot::Viaduct),
            Self { flights: Some(_), .. } => Some(Spot::Stairs),
            Self { basement: Some(true), .. } => Some(Spot::Basement),
            Self { floor: Some(_), .. } | Self { basement: Some(false), .. } => Some(Spot::House),
            _ => road.then_some(Spot::Road),
        }
    }

    /// On a road.
    pub fn on(road: Road) -> Self {
        Self { from: Some(road), ..Self::default() }
    }

    /// On a viaduct, or under it.
    pub fn at_viaduct(side: Viaduct) -> Self {
        Self { viaduct: Some(side), ..Self::default() }
    }

    /// So many flights, or floors, from a road. Without a number nothing is said but, of a basement,
    /// that it is one, and of a house, that it is none.
    pub fn counted(spot: Spot, from: Option<Road>, number: Option<i8>) -> Self {
        let from = number.map(|_| from.unwrap_or(Road::Unknown));
        let flights = number.filter(|_| spot == Spot::Stairs);
        let floor = number.filter(|_| spot != Spot::Stairs);
        let basement = match spot {
            Spot::Basement => Some(true),
            Spot::House => Some(false),
            Spot::Road | Spot::Stairs | Spot::Viaduct => None,
        };
        Self { from, floor, flights, basement, viaduct: None }
    }

    /// The number of flights or floors.
    pub fn number(&self) -> Option<i8> {
        self.flights.or(self.floor)
    }

    /// What a report says of it.
    pub fn sealed(&self, words: String) -> Vertical {
        let counted = self.floor.is_some() || self.flights.is_some();
        Vertical {
            from: self.from.or(counted.then_some(Road::Unknown)),
            floor: self.floor,
            flights: self.flights,
            basement: self.basement,
            viaduct: self.viaduct,
            words: Some(words),
        }
    }
}

fn floor<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i8>, D::Error> {
    within(from, FLOOR_MIN, FLOOR_MAX)
}

fn flights<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i8>, D::Error> {
    within(from, FLIGHTS_MIN, FLIGHTS_MAX)
}

fn within<'de, D: Deserializer<'de>>(from: D, min: i8, max: i8) -> Result<Option<i8>, D::Error> {
    let number = or_default::<_, Option<i8>>(from)?;
    Ok(number.filter(|it| *it != 0 && (min..=max).contains(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_spot_is_told_by_what_was_said_of_it() {
        let counted = |spot, number| Level::counted(spot, Some(Road::Upper), number).spot();
        assert_eq!(Level::on(Road::Lower).spot(), Some(Spot::Road));
        assert_eq!(Level::at_viaduct(Viaduct::Under).spot(), Some(Spot::Viaduct));
        assert_eq!(counted(Spot::Stairs, Some(-2)), Some(Spot::Stairs));
        assert_eq!(counted(Spot::House, Some(3)), Some(Spot::House));
        assert_eq!(counted(Spot::Basement, None), Some(Spot::Basement));
        assert_eq!(counted(Spot::Basement, Some(-2)), Some(Spot::Basement));
        // A house without a floor was chosen on the screen, and dropped.
        assert_eq!(counted(Spot::House, None), Some(Spot::House));
        assert_eq!(counted(Spot::Stairs, None), None);
        assert_eq!(Level::on(Road::Unknown).spot(), None);
    }

    #[test]
    fn a_number_is_always_sealed_with_the_road_it_is_counted_from() {
        let floor = Level::counted(Spot::House, None, Some(3));
        assert_eq!(floor.sealed(String::new()).from, Some(Road::Unknown));
        let other = Level { floor: Some(3), ..Level::default() };
        assert_eq!(other.sealed(String::new()).from, Some(Road::Unknown));
        assert_eq!(Level::default().sealed(String::new()).from, None);
    }

    #[test]
    fn a_number_that_no_report_can_hold_is_not_taken_up() {
        for (text, floor, flights) in [
            (r#"{"floor":61,"flights":-41}"#, None, None),
            (r#"{"floor":0,"flights":0}"#, None, None),
            (r#"{"floor":60,"flights":-40}"#, Some(60), Some(-40)),
            (r#"{"floor":"3","flights":1.5}"#, None, None),
            (r#"{"floor":null,"flights":1000}"#, None, None),
        ] {
            let level: Level = serde_json::from_str(text).expect("it is read");
            assert_eq!((level.floor, level.flights), (floor, flights), "{text}");
        }
    }
}
