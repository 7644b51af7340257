//! Single sentences: which hold a promise, and whose it is.

use pledgebook::extract::{Rules, sentences_io};

use crate::extract::{data, rules_alone};

/// The sentences written for these tests, in the scorer's format: by the rules, and
/// with what words weigh beside them.
#[test]
fn the_sentences_written_for_it_are_told_apart() {
    told_apart(rules_alone(), 0.95);
    told_apart(Rules::built_in(), 0.93);
}

fn told_apart(rules: &Rules, least: f64) {
    let (mut hit, mut wrong, mut missed) = (0, 0, 0);
    let mut faults = Vec::new();
    for line in data("sentences.jsonl").lines() {
        let item: serde_json::Value = serde_json::from_str(line).expect("a labelled sentence");
        let predicted: serde_json::Value =
            serde_json::from_str(&sentences_io::predict(rules, line).expect("an item")).expect("a prediction");
        let some = |value: &serde_json::Value| value["goals"].as_array().is_some_and(|goals| !goals.is_empty());
        match (some(&item), some(&predicted)) {
            (true, true) => hit += 1,
            (false, false) => {}
            (gold, _) => {
                *if gold { &mut missed } else { &mut wrong } += 1;
                faults.push(item["text"].to_string());
            }
        }
    }
    let f1 = 2.0 * f64::from(hit) / f64::from(2 * hit + wrong + missed);
    assert!(f1 >= least, "F1 {f1:.3}\n{}", faults.join("\n"));
}

/// Whose promise it is depends on who speaks; what is told, valued or explained is none.
#[test]
fn the_speaker_decides_whose_promise_it_is() {
    for (speaker, kind, text, wanted) in OWN_AND_OTHERS {
        assert_eq!(found(speaker, kind, text), *wanted, "{speaker}: {text}");
    }
}

/// How many goals a sentence holds, said in 2009 by a speaker in a kind of source.
pub(crate) fn found(speaker: &str, kind: &str, text: &str) -> usize {
    let source = serde_json::json!({"speaker": speaker, "date": "2009", "type": kind});
    let line = serde_json::json!({"id": "x", "text": text, "source": source}).to_string();
    let line = sentences_io::predict(rules_alone(), &line).expect("an item");
    serde_json::from_str::<serde_json::Value>(&line).expect("a prediction")["goals"].as_array().map_or(0, Vec::len)
}

/// Speaker, kind of source, sentence, goals.
const OWN_AND_OTHERS: &[(&str, &str, &str, usize)] = &[
    ("Alder Bay, OR", "pledge-record", "The city council has endorsed net zero by 2045.", 1),
    ("Alder Bay, OR", "pledge-record", "City Council approved the target of net zero by 2045.", 1),
    ("Alder Bay, OR", "pledge-record", "State of Oregon: cut greenhouse gas emissions by 45% by 2035.", 0),
    ("Alder Bay, OR", "pledge-record", "The Norrland Clean Air Act sets a goal of 100% renewable power by 2045.", 0),
    ("Kelling, UK", "pledge-record", "The UK Government has pledged to cut food waste by 35% by 2041.", 0),
    ("Kelling Borough", "pledge-record", "KBC aims to be net zero in its own operations by 2028.", 1),
    ("Vendby", "pledge-record", "The municipality shall reduce its CO2 emissions by 40% by 2032.", 1),
    ("Vendby", "pledge-record", "Emissions from transport should be reduced by 60% by 2034.", 1),
    ("Vendby", "pledge-record", "Emissions of other countries should be reduced by 60% by 2034.", 0),
    ("Vendby", "pledge-record", "The NDC is to reduce emissions by 55% by 2030.", 0),
    ("Government of Norrland", "ndc", "The NDC is to reduce emissions by 55% by 2030.", 1),
    ("Vendby", "pledge-record", "Norrland's NDC is a 55% cut in emissions by 2030.", 0),
    ("Vendby", "pledge-record", "Vendby joined an alliance of towns whose goal is to be carbon neutral by 2030.", 0),
    ("Prime Minister of Norrland", "speech", "Thirty countries, including Norrland, pledged net zero by 2050.", 1),
    ("Prime Minister of Norrland", "speech", "Thirty countries, including Suland, pledged net zero by 2050.", 0),
    (
        "Leaders of the Nine (declaration)",
        "statement",
        "We reaffirm our commitment to reach global net zero by 2050.",
        1,
    ),
    ("Halden Foods", "report", "We reaffirm that the world is short of its net-zero goal for 2050.", 0),
    ("eCable", "report", "eCable has helped the cable industry and has a target to be carbon neutral by 2035.", 1),
    ("Governor Reyes (executive order)", "policy", "Each bureau shall achieve net-zero emissions by 2044.", 1),
    (
        "Parliament of Norrland",
        "policy",
        "The Ministers must ensure that emissions in 2045 are 75% lower than in 1990.",
        1,
    ),
    ("Halden Foods", "report", "80% of our suppliers, by spend, will have science-based targets by 2026.", 1),
    ("Halden Foods", "report", "Our suppliers have pledged to cut their emissions by 20% by 2026.", 0),
    (
        "Mayor Ana Ruiz",
        "press-release",
        "We are finishing the Electric Mile with a target of 800 charging points by 2030.",
        1,
    ),
    ("Halden Ferries", "news", "The company said it is working to reach net zero by 2041.", 0),
    ("Halden Ferries", "press-release", "The company said it is working to reach net zero by 2041.", 1),
    ("Halden Ferries (pledge as listed)", "news", "Zero waste to landfill in 40 yards by the end of 2019.", 1),
    ("Road and Rail", "news", "Telvane Hotels has announced its intentions to be net zero by 2048.", 0),
    ("Telvane Hotels", "web-page", "Telvane Hotels has announced its intentions to be net zero by 2048.", 1),
    ("River Watchers", "web-page", "Telvane Power became the first large utility to commit to net zero by 2044.", 0),
    ("Telvane Power", "web-page", "Telvane Power became the first large utility to commit to net zero by 2044.", 1),
    (
        "Clean100",
        "web-page",
        "Telvane plc has furthered its work by joining Clean100 with a goal of net zero by 2031.",
        0,
    ),
    ("River Watchers", "web-page", "The agreement aims to cut emissions by 45% by 2030.", 0),
    ("Norrland Dairy", "web-page", "They've made a global commitment to cut their emissions by 40% by 2031.", 0),
    ("Soil Survey Project", "web-page", "The NSW Soil Strategy has a target of a 30% cut in emissions by 2031.", 0),
    ("State of NSW", "web-page", "The NSW Soil Strategy has a target of a 30% cut in emissions by 2031.", 1),
    (
        "Prime Minister of Norrland",
        "speech",
        "I thank you for the summit that aims to cut emissions by half by 2031.",
        0,
    ),
    ("Glass Federation", "report", "The industry is committed to cutting emissions by 20% by 2031.", 1),
    ("Glass Federation", "report", "The European glass sector, led by us, committed to net zero by 2047.", 1),
    ("Glass Institute", "report", "The airline industry is committed to cutting emissions by 20% by 2031.", 0),
    ("Glass Federation", "report", "Our members have pledged net zero by 2047.", 1),
    ("Halden Foods", "report", "The industry is committed to cutting emissions by 20% by 2031.", 0),
    (
        "State of Norrland",
        "policy",
        "State agencies must take all steps to achieve a 15% cut in energy use by 2013.",
        1,
    ),
    ("Government of Norrland", "ndc", "Carbon Storage: Planting of 3 million mangrove seedlings by 2031.", 1),
    ("Halden, Norrland", "pledge-record", "25% by 2015 and 60% by 2045 below 2008 CO2 baseline", 2),
    (
        "Halden Foods",
        "web-page",
        "2030 - Reduce water withdrawal Reuse water from plants Replenish 90% of the water used",
        1,
    ),
    ("Halden Foods", "web-page", "A net zero target means that plants will emit no carbon at all.", 0),
    ("Halden Foods", "web-page", "In the slow path the stock of EVs grows from 3 million to 50 million in 2030.", 0),
    ("Mayor Ann Lee", "speech", "I would like to see us take all petrol buses off the road by 2035.", 1),
    ("Mayor Ann Lee", "speech", "I would like to see coal power phased out by 2030.", 1),
    (
        "Norland Ministry of Land",
        "press-release",
        "In a new move against litter, the Clean Streets Package sets a target to recycle 70% of rubbish by 2034.",
        1,
    ),
    ("Mayor Ann Lee", "speech", "Let's be the first port to draw all of our power from renewables by 2031.", 1),
    ("UN chief Ann Lee", "speech", "Let us cut emissions by 40% by 2030.", 0),
    (
        "Harrow Town Council",
        "motion",
        "Norland is bound by law to reach net zero by 2050, and our own council has the aim of reaching that goal by 2032.",
        1,
    ),
    ("Mayor Ann Lee", "speech", "Let's assume we cut our waste by 40% by 2030.", 0),
    ("Halden Foods", "report", "The stimulus package aims to cut emissions by 55% by 2030.", 0),
    ("Premier Ann Lee", "speech", "We are ending the debate on coal.", 0),
    ("Mayor Ann Lee", "speech", "Let us all cut the world's emissions by 40% by 2030.", 0),
    ("Premier Ann Lee", "speech", "We are ending our support for coal mines abroad and doubling our climate aid.", 2),
    (
        "Diocese of Marlow",
        "web-page",
        "(iv) sets a target that all of the diocese (also in the field of its pensions) should reach net zero by 2032;",
        1,
    ),
    (
        "River Lawmakers Network",
        "press-release",
        "It saw a bold commitment from the Departments of Power and Land to achieve 20 gigawatts of solar by 2031.",
        0,
    ),
    ("Mayor Ann Lee", "speech", "By 2030, these steps will reduce methane emissions by 70 percent.", 0),
    ("Ann Lee MP", "speech", "The minister told us these fire trucks will reduce diesel use by 90,000 litres.", 0),
    (
        "Government of Norrland",
        "policy",
        "Hold the first solar auction, attracting up to 300 megawatts of new generation.",
        0,
    ),
    ("Halden Foods", "report", "Moreover, by 2031 every cup of coffee we serve will be certified.", 1),
    ("Government of Norrland", "speech", "And Sudland announced that it will be carbon neutral by 2050.", 0),
    ("Halden Foods", "report", "“Will you cut your emissions by 40% by 2031?”", 0),
    ("Halden Foods", "report", "Our goal is a 15% decrease over our 2016 level by 2031.", 1),
    ("Halden Foods", "report", "WATER: 15% reduction in water use at all sites", 1),
    ("Norrland Mining", "report", "Gasification capacity of 100 million tonnes will be set up by end-2030.", 0),
    ("Halden Foods", "report", "This means that our emissions will fall by 40% by 2031.", 1),
    ("Halden Foods", "report", "A net-zero target means that emissions will fall by 90% by 2050.", 0),
    ("Government of Norrland", "speech", "Under the Paris Agreement, we aim to cut emissions by 40% by 2031.", 1),
    ("Halden Foods", "report", "Waste recycled is at 60%. We will bring it to 80% by 2031.", 1),
    ("Halden Foods", "report", "Our team grew last year. We will bring it to 8,000 people by 2031.", 0),
    ("Government of Norrland", "policy", "Emissions from the power sector will be cut by 80% by 2050.", 1),
    ("Halden Foods", "report", "Emissions from the power sector will be cut by 80% by 2050.", 0),
    ("Government of Norrland", "policy", "The aim is to cut power emissions by an estimated 32% by 2032.", 1),
    ("Government of Norrland", "policy", "Emissions are estimated at 32% of all by 2032.", 0),
    ("Government of Norrland", "policy", "To qualify for grants, energy use must be cut by at least 30%.", 0),
    ("Government of Norrland", "policy", "Taxation will be raised on water use, from 1% to 3% by 2031.", 0),
    ("Government of Norrland", "policy", "By 2034, a review will be carried out on emissions from ships.", 0),
    (
        "Government of Norrland",
        "policy",
        "The paper makes recommendations to achieve our objective of net zero by 2050.",
        1,
    ),
    ("President Halden", "speech", "I have a new goal for Norrland: let's cut the energy wasted by half by 2033.", 1),
    // officials speak for the land and its head
    (
        "Senior administration official",
        "transcript",
        "The President set a goal of 35% clean heating in offices by 2031.",
        1,
    ),
    (
        "Senior Advisor Lund",
        "speech",
        "We are on track to meet the President's goal of a 45% cut in emissions by 2031.",
        1,
    ),
    ("National Security Advisor Lund", "transcript", "The G7 agreed to end their financing of coal plants by 2024.", 1),
    ("National Security Advisor Lund", "transcript", "Sudland has a target of a 45% cut in emissions by 2031.", 0),
    (
        "President Lund",
        "speech",
        "It was a pledge by rich nations that we would raise $70 billion a year for adaptation.",
        1,
    ),
    ("President Lund", "speech", "I signed an order setting a goal of 60% clean power in ministries by 2031.", 1),
    ("President Lund", "speech", "Governor Berg signed an order setting a goal of 60% clean power by 2031.", 0),
    ("President Lund", "speech", "Sudland said they'd cut their emissions by 45% by 2031.", 0),
    (
        "President Lund",
        "speech",
        "You heard the head of Telvane: they've set a goal of making half of their cars electric.",
        0,
    ),
    ("President Lund", "speech", "We will help Mayor Berg reach his goal of cutting waste by 60%.", 0),
    (
        "President Lund",
        "speech",
        "After a pledge from six banks to raise $20 billion for climate projects, we talk to others.",
        0,
    ),
    (
        "White House (fact sheet)",
        "press-release",
        "Oregon: Lawmakers set a goal of protecting 35% of its waters by 2031.",
        0,
    ),
    (
        "White House (fact sheet)",
        "press-release",
        "A new Quiet Ports Challenge to cut emissions of harbours by 35% by 2031.",
        1,
    ),
    ("President Lund", "speech", "Skilled crews installing 300,000 heat pumps in every corner of the land.", 1),
    ("President Lund", "speech", "There are now crews installing 30,000 heat pumps a year.", 0),
    ("President Lund", "speech", "To become carbon neutral by 2044, you and I are going to need billions in loans.", 0),
    ("Reporter (question)", "transcript", "I wanted to ask about our goal of a 45% cut in emissions by 2031.", 0),
    ("Telvane", "press-release", "We are committed to showing all tenants how to use less water.", 0),
    ("Telvane", "press-release", "Telvane works with the charity Net Zero Norrland on plans for towns.", 0),
    ("President Lund", "speech", "The Sudlandians came with a goal of a 45% cut in emissions by 2031.", 0),
    ("President Lund", "speech", "Berg told me that Telvane is going all electric by 2031.", 0),
    ("President Lund", "speech", "This morning I announce a new $700 million commitment to the Reef Fund.", 1),
    ("President Lund", "speech", "We agreed to end our financing of coal plants abroad by this year.", 1),
    ("President Lund", "speech", "The new line will carry 3,000 MW of wind power to the coast.", 0),
    ("White House (fact sheet)", "press-release", "Maryland adopted a law to cut its emissions by 60% by 2031.", 0),
    ("White House (fact sheet)", "press-release", "Ayton County: The county will plant 40,000 trees by 2031.", 0),
    ("White House (fact sheet)", "press-release", "Ayton State University will reach net zero by 2050.", 0),
    ("White House (fact sheet)", "press-release", "Bank of America set a goal of a 30% cut in emissions by 2031.", 0),
    (
        "White House (fact sheet)",
        "press-release",
        "The Department of the Interior will restore 4 million acres by 2031.",
        1,
    ),
    ("White House (fact sheet)", "press-release", "The Forest Service will restore 4 million acres by 2031.", 1),
    ("White House (fact sheet)", "press-release", "It will award $40 million to towns to restore 20,000 acres.", 0),
    ("White House (statement)", "speech", "President Berg announced that Norrland will end coal power by 2027.", 0),
    ("Telvane", "press-release", "Our Green Kiln Plan aims to cut emissions by 30% by 2031.", 1),
    ("Alder Bay, OR", "pledge-record", "The county has a goal of net zero by 2045.", 0),
    ("Alder Bay County, OR", "pledge-record", "The county has a goal of net zero by 2045.", 1),
    ("Alder Bay, OR", "pledge-record", "City government is working to be carbon neutral by 2031.", 1),
    ("Alder Bay, OR", "pledge-record", "Formally adopted a target of a 70% cut in emissions by 2048.", 1),
    ("Alder Bay, OR", "pledge-record", "The panel recommends that the city adopt a target of net zero by 2044.", 0),
    ("Vendby", "pledge-record", "The town should strive for a 45% cut in emissions by 2033.", 1),
    (
        "Halden Foods",
        "pledge-record",
        "Joined the Green Shelf League in 2018, committing to run on 100% renewable electricity by 2034.",
        1,
    ),
    ("Halden Foods", "pledge-record", "HALDEN FOODS CO., LTD. commits to cut its scope 1 emissions 44% by 2031.", 1),
    ("Halden Foods", "pledge-record", "Our parent company aims to be carbon neutral by 2047.", 0),
    ("Halden Foods", "pledge-record", "Our Norrish bakeries aim to be carbon neutral by 2047.", 1),
    ("Halden Foods", "pledge-record", "Its largest shareholder has a net zero target for 2050.", 0),
    (
        "Halden Foods",
        "pledge-record",
        "Halden Foods commits that 75% of its customers by revenue will have science-based targets by 2027.",
        1,
    ),
    ("Halden Foods", "pledge-record", "No net zero target was found for 2050.", 0),
    ("Halden Foods", "pledge-record", "Halden has not yet announced a net-zero target and will say more in 2011.", 0),
    ("Halden Foods", "pledge-record", "The plan to reach climate neutrality will be presented in 2013.", 0),
    ("Halden Foods", "pledge-record", "Halden postponed its net-zero target from 2038 to 2044.", 1),
    ("Halden Foods", "report", "New rules require that 65% of the land's power come from the wind by 2031.", 0),
    ("Halden Foods", "report", "Our customers expect us to help them reach net zero by 2050.", 0),
    ("Halden Foods", "report", "The new well will allow us to add 30 MW of geothermal capacity.", 0),
    ("Halden Foods", "report", "This does not mean that we will have no emissions.", 0),
    ("Halden Foods", "report", "Cut the total recordable injury rate by 20% by 2012.", 0),
    (
        "Government of Norrland",
        "ndc",
        "Although it emits just 0.2% of the world's greenhouse gases, Norrland wants to reduce its emissions.",
        0,
    ),
    (
        "Government of Norrland",
        "ndc",
        "The expected mitigation impact of the measures will be a 9% cut in emissions by 2031.",
        0,
    ),
    ("Government of Norrland", "ndc", "Our forests will store 80 kt of CO2 a year until 2031.", 0),
    ("Government of Norrland", "ndc", "To raise the share of families with safe drinking water to 90%.", 0),
    ("Government of Norrland", "ndc", "Achieve 80% electrification of rural households by 2031.", 0),
    ("Government of Norrland", "ndc", "Norrland will submit its next NDC by 2026.", 0),
    ("Government of Norrland", "ndc", "From 2034, only zero-emission vans may be sold.", 1),
    (
        "Government of Norrland",
        "ndc",
        "The target in the National Soil Strategy is to restore 40% of our wetlands by 2031.",
        1,
    ),
    (
        "President of Norrland",
        "speech",
        "We have put into law that Norrland should become climate-neutral no later than 2046.",
        1,
    ),
    (
        "President of Norrland",
        "speech",
        "It will only work if others come with plans that take us to net zero by 2050.",
        0,
    ),
    ("President of Norrland", "speech", "We support the goal of tripling the world's wind power by 2030.", 0),
];

/// What is compared, restated or noted beside a goal is no second one.
#[test]
fn each_goal_has_its_topic_its_number_and_its_year() {
    for (speaker, kind, text, wanted) in READINGS {
        let source = serde_json::json!({"speaker": speaker, "date": "2022", "type": kind});
        let line = serde_json::json!({"id": "x", "text": text, "source": source}).to_string();
        let line = sentences_io::predict(rules_alone(), &line).expect("an item");
        let read: serde_json::Value = serde_json::from_str(&line).expect("a prediction");
        let goals: Vec<String> = read["goals"]
            .as_array()
            .expect("goals")
            .iter()
            .map(|goal| {
                let value = goal["target_value"].as_f64().map(|value| value.to_string());
                let year = goal["deadline"].as_str().map(str::to_owned);
                let kind = goal["kind"].as_str().map(str::to_owned);
                [kind, value, year].into_iter().flatten().collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(goals, *wanted, "{text}");
    }
}

/// Speaker, kind of source, sentence, its goals.
const READINGS: &[(&str, &str, &str, &[&str])] = &[
    (
        "Halden Foods",
        "report",
        "Cut water use per loaf to 0.6 litres by 2027 or a 40% cut on 2010.",
        &["water 0.6 2027"],
    ),
    (
        "Halden Foods",
        "report",
        "After beating our 30% water target two years early, we set a new target of a 45% cut in water use by 2029.",
        &["water 45 2029"],
    ),
    (
        "Halden Foods",
        "report",
        "Cut emissions by 44* percent by 2031 (2017 baseline).",
        &["emissions-reduction 44 2031"],
    ),
    (
        "Halden Foods",
        "report",
        "Cut scope 1 and 2 emissions by 35% and scope 3 emissions by 35% a loaf by 2032.",
        &["emissions-reduction 35 2032", "emissions-reduction 35 2032"],
    ),
    (
        "Halden Foods",
        "report",
        "We are committed to net zero by 2048, with interim targets in 2028 and 2036.",
        &["net-zero 2048"],
    ),
    ("Halden Foods", "report", "We aim to be a net zero energy company by 2041.", &["net-zero 2041"]),
    (
        "Halden Foods",
        "report",
        "Our goal is to build 3 GW of emissions-free capacity by 2028.",
        &["renewable-electricity 3 2028"],
    ),
    (
        "Halden Foods",
        "report",
        "Move 40% of our vehicle fleet to clean fuels by 2029, including all vans.",
        &["fleet-electrification 40 2029"],
    ),
    ("Halden Foods", "report", "Our hydrogen mill is on pace to make 200 TPD by 2026.", &["renewable-energy 200 2026"]),
    (
        "Halden Foods",
        "report",
        "As of 2021, we had cut our water use by 12% against a target of 22% by 2025.",
        &["water 22 2025"],
    ),
    (
        "Halden Foods",
        "report",
        "Draw 65% of our power from the sun by 2031, compared with 30% in 2021.",
        &["renewable-electricity 65 2031"],
    ),
    ("Halden Foods", "pledge-record", "We will cut our emissions to zero (p. 12, 2031).", &["net-zero"]),
    (
        "Halden Foods",
        "pledge-record",
        "Our goal of halving emissions by 2031 has been brought forward to 2028.",
        &["emissions-reduction 50 2028"],
    ),
    (
        "Halden Foods",
        "pledge-record",
        "The mills are already carbon neutral and the shops will follow by 2029.",
        &["carbon-neutral 2029"],
    ),
    (
        "Halden Foods",
        "pledge-record",
        "A plan for net zero by 2035 (sooner than our previous goal of net zero by 2042).",
        &["net-zero 2035"],
    ),
    (
        "Alder Bay, OR",
        "pledge-record",
        "The interim target is set to 3.4 tonnes per capita by 2031.",
        &["emissions-reduction 3.4 2031"],
    ),
    ("Alder Bay, OR", "pledge-record", "Zero waste by 2041 (85% diversion)", &["waste 2041"]),
    (
        "Alder Bay, OR",
        "pledge-record",
        "45% by 2031, 90% by 2048 below 2010 levels",
        &["emissions-reduction 45 2031", "emissions-reduction 90 2048"],
    ),
    ("Vendby", "pledge-record", "Cut emissions by 28% compared to BAU in 2031", &["emissions-reduction 28 2031"]),
    (
        "Government of Norrland",
        "ndc",
        "Norrland plans to cut emissions by 38% from the business-as-usual (BAU, 640 MtCO2e) level by 2031.",
        &["emissions-reduction 38 2031"],
    ),
    (
        "Government of Norrland",
        "ndc",
        "Lift the share of renewables in electricity generation from 9% in 2005 to 33% by 2031.",
        &["renewable-electricity 33 2031"],
    ),
    ("Government of Norrland", "ndc", "Cut losses in the grid to 7% by 2031.", &["energy-efficiency 7 2031"]),
    (
        "President of Norrland",
        "speech",
        "We will double our climate finance to over 700 million dollars by 2026, contributing to the 100 billion dollars promised.",
        &["finance 700000000 2026"],
    ),
];
