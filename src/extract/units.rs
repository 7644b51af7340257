//! Units, currencies and scale words as texts write them.

use rust_decimal::Decimal;

/// Units by the word they are written with, and their spelling in records.
pub(super) const UNITS: &[(&str, &str)] = &[
    ("tonnes", "t"),
    ("tonne", "t"),
    ("tons", "t"),
    ("ton", "t"),
    ("t", "t"),
    ("kt", "kt"),
    ("mt", "Mt"),
    ("gt", "Gt"),
    ("megatonnes", "Mt"),
    ("megatons", "Mt"),
    ("gigatonnes", "Gt"),
    ("gigatons", "Gt"),
    ("gigaton", "Gt"),
    ("kilotonnes", "kt"),
    ("kilotons", "kt"),
    ("kg", "kg"),
    ("kilograms", "kg"),
    ("g", "g"),
    ("grams", "g"),
    ("pounds", "pounds"),
    ("mwh", "MWh"),
    ("gwh", "GWh"),
    ("twh", "TWh"),
    ("kwh", "kWh"),
    ("gw", "GW"),
    ("mw", "MW"),
    ("tw", "TW"),
    ("kw", "kW"),
    ("gigawatts", "GW"),
    ("gigawatt", "GW"),
    ("megawatts", "MW"),
    ("megawatt", "MW"),
    ("terawatts", "TW"),
    ("gj", "GJ"),
    ("tj", "TJ"),
    ("pj", "PJ"),
    ("mtoe", "Mtoe"),
    ("trees", "trees"),
    ("tree", "trees"),
    ("seedlings", "trees"),
    ("mangroves", "mangroves"),
    ("hectares", "ha"),
    ("hectare", "ha"),
    ("ha", "ha"),
    ("acres", "acres"),
    ("km2", "km2"),
    ("km²", "km2"),
    ("litres", "L"),
    ("liters", "L"),
    ("gallons", "gallons"),
    ("m3", "m3"),
    ("m³", "m3"),
    ("vehicles", "vehicles"),
    ("cars", "cars"),
    ("buses", "buses"),
    ("trucks", "trucks"),
    ("vans", "vans"),
    ("evs", "EVs"),
    ("chargers", "chargers"),
    ("points", "points"),
    ("stations", "stations"),
    ("ports", "ports"),
    ("suppliers", "suppliers"),
    ("pieces", "pieces"),
    ("bags", "bags"),
    ("bottles", "bottles"),
    ("phones", "phones"),
    ("devices", "devices"),
    ("species", "species"),
    ("homes", "homes"),
    ("degrees", "degrees"),
    ("items", "items"),
    ("units", "units"),
    ("farmers", "farmers"),
    ("farms", "farms"),
];

pub(super) const CURRENCIES: &[(&str, &str)] = &[
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("usd", "USD"),
    ("eur", "EUR"),
    ("gbp", "GBP"),
    ("rmb", "CNY"),
    ("cny", "CNY"),
    ("jpy", "JPY"),
    ("inr", "INR"),
    ("chf", "CHF"),
    ("sek", "SEK"),
    ("aud", "AUD"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("dollars", "USD"),
    ("yuan", "CNY"),
    ("yen", "JPY"),
    ("rupees", "INR"),
    ("kronor", "SEK"),
    ("kroner", "kroner"),
    ("francs", "CHF"),
    ("rand", "ZAR"),
    ("won", "KRW"),
    ("r", "ZAR"),
];

pub(super) fn scale(word: &str) -> Option<Decimal> {
    let factor: i64 = match word {
        "thousand" => 1_000,
        "million" | "mn" | "mio" => 1_000_000,
        "billion" | "bn" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        "crore" => 10_000_000,
        "lakh" => 100_000,
        _ => return None,
    };
    Some(Decimal::from(factor))
}

/// `MtCO2e`, `tCO2eq`, `ktCO2`.
pub(super) fn glued_gas(word: &str) -> Option<String> {
    let at = word.find("co2")?;
    let prefix = match &word[..at] {
        "t" => "t",
        "kt" => "kt",
        "mt" => "Mt",
        "gt" => "Gt",
        "kg" => "kg",
        "g" => "g",
        _ => return None,
    };
    Some(format!("{prefix} {}", gas(&word[at..])))
}

pub(super) fn gas(word: &str) -> &'static str {
    if matches!(word, "co2" | "carbon") { "CO2" } else { "CO2e" }
}
