//! The book of the prepared history and the edits made to it, each with what is
//! to be found.

pub(crate) const ACME: &str = r#"[organisation]
name = "Acme"

[[statement]]
id = "pledge"
date = "2021-02-01"

[[metric]]
id = "emissions"
unit = "kt CO2e"

[[metric]]
id = "share"
unit = "%"

[[commitment]]
id = "net-zero-2040"
title = "Net zero by 2040"
statement = "pledge"
quote = "We “will” be net zero by 2040."
summary = "net zero in the whole chain"
coverage = "own operations and supply chain"
topic = "net-zero"
metric = "emissions"
baseline = { period = "2020", value = 1000 }
target = { at-most = 0 }
deadline = "2040"
milestones = [{ deadline = "2030", at-most = 500 }, { deadline = "2035", at-most = 250 }]
scopes = [1, 2, 3]
offsets = { allowed = "yes", max-percent = 10 }

[[commitment]]
id = "cut-2030"
title = "Emissions halved by 2030"
statement = "pledge"
topic = "emissions-reduction"
metric = "emissions"
baseline = { period = "2020", value = 1000 }
target = { reduce-by-percent = 50 }
deadline = "before 2031"

[[commitment]]
id = "power-2030"
title = "Green power"
statement = "pledge"
topic = "renewable-electricity"
metric = "share"
baseline = { period = "2020", value = 10 }
target = { at-least = 80 }
deadline = "2030"

[[commitment.amendment]]
date = "2024-05-01"
target = { at-least = 90 }
reason = "faster than thought"

[[commitment.amendment]]
date = "2025-05-01"
deadline = "2032"
reason = "slower than thought"

[[commitment]]
id = "water"
title = "Water kept low"
statement = "pledge"
topic = "water"
unit = "ML"
target = { keep-at-most = 100, from = "2025" }
deadline = "2035"

[[commitment]]
id = "fleet"
title = "A plan for the fleet"
statement = "pledge"
topic = "fleet-electrification"
target = { done = true }
deadline = "2028"
"#;

pub(crate) const BETA: &str = r#"[organisation]
name = "Beta"

[[statement]]
id = "day"
date = "2022-06-05"

[[commitment]]
id = "trees"
title = "A million trees"
statement = "day"
topic = "biodiversity"
unit = "trees"
aggregate = "running-total"
target = { at-least = 1_000_000 }
deadline = "2030"
"#;

pub(crate) const PROGRESS: &str =
    "[[progress]]\nmetric = \"share\"\nperiod = \"2023\"\nvalue = 30\nreported = \"2024-03-01\"\n";

/// What is expected of an edit: rules and the text of the line pointed at.
pub(crate) type Expected = &'static [(&'static str, &'static str)];

/// A name, what to replace in Acme's file, by what, and what is found.
pub(crate) type Edit = (&'static str, &'static str, &'static str, Expected);

const REMOVED_FLEET: &str = r#"
[[commitment]]
id = "fleet"
title = "A plan for the fleet"
statement = "pledge"
topic = "fleet-electrification"
target = { done = true }
deadline = "2028"
"#;

const AMENDMENT_2024: &str = r#"[[commitment.amendment]]
date = "2024-05-01"
target = { at-least = 90 }
reason = "faster than thought"

"#;

const AMENDMENT_2025: &str = r#"[[commitment.amendment]]
date = "2025-05-01"
deadline = "2032"
reason = "slower than thought"

"#;

pub(crate) const EDITS: &[Edit] = &[
    // Weakenings.
    ("deadline moved", "deadline = \"2040\"", "deadline = \"2045\"", &[("weakened", "deadline = \"2045\"")]),
    ("deadline by a word", "deadline = \"before 2031\"", "deadline = \"2031\"", &[("weakened", "deadline = \"2031\"")]),
    ("deadline dropped", "deadline = \"2040\"", "deadline = \"none\"", &[("weakened", "deadline = \"none\"")]),
    (
        "easier level",
        "target = { at-most = 0 }",
        "target = { at-most = 50 }",
        &[("weakened", "target = { at-most = 50 }")],
    ),
    (
        "easier per cent",
        "reduce-by-percent = 50",
        "reduce-by-percent = 40",
        &[("weakened", "target = { reduce-by-percent = 40 }")],
    ),
    (
        "easier share under an amendment",
        "target = { at-least = 80 }",
        "target = { at-least = 70 }",
        &[("weakened", "target = { at-least = 70 }")],
    ),
    (
        "higher baseline of a share",
        "value = 1000 }\ntarget = { reduce",
        "value = 1200 }\ntarget = { reduce",
        &[("weakened", "baseline = { period = \"2020\", value = 1200 }")],
    ),
    ("scope dropped", "scopes = [1, 2, 3]", "scopes = [1, 2]", &[("weakened", "scopes = [1, 2]")]),
    ("scopes no longer named", "scopes = [1, 2, 3]\n", "", &[("weakened", "[[commitment]]")]),
    (
        "more offsets",
        "max-percent = 10",
        "max-percent = 20",
        &[("weakened", "offsets = { allowed = \"yes\", max-percent = 20 }")],
    ),
    ("offsets without limit", ", max-percent = 10 }", " }", &[("weakened", "offsets = { allowed = \"yes\" }")]),
    ("offset rule gone", "offsets = { allowed = \"yes\", max-percent = 10 }\n", "", &[("weakened", "[[commitment]]")]),
    (
        "milestone dropped",
        "{ deadline = \"2030\", at-most = 500 }, ",
        "",
        &[("weakened", "milestones = [{ deadline = \"2035\", at-most = 250 }]")],
    ),
    (
        "milestone eased",
        "at-most = 500 }",
        "at-most = 600 }",
        &[(
            "weakened",
            "milestones = [{ deadline = \"2030\", at-most = 600 }, { deadline = \"2035\", at-most = 250 }]",
        )],
    ),
    (
        "milestone later",
        "{ deadline = \"2030\", at-most",
        "{ deadline = \"2032\", at-most",
        &[(
            "weakened",
            "milestones = [{ deadline = \"2032\", at-most = 500 }, { deadline = \"2035\", at-most = 250 }]",
        )],
    ),
    (
        "kept from later on",
        "from = \"2025\"",
        "from = \"2027\"",
        &[("weakened", "target = { keep-at-most = 100, from = \"2027\" }")],
    ),
    (
        "only at the end",
        "{ keep-at-most = 100, from = \"2025\" }",
        "{ at-most = 100 }",
        &[("weakened", "target = { at-most = 100 }")],
    ),
    ("unit swapped under the number", "unit = \"ML\"", "unit = \"GL\"", &[("weakened", "unit = \"GL\"")]),
    (
        "both at once",
        "target = { at-most = 0 }\ndeadline = \"2040\"",
        "target = { at-most = 10 }\ndeadline = \"2038\"",
        &[("rescoped", "target = { at-most = 10 }")],
    ),
    (
        "direction turned",
        "target = { keep-at-most = 100",
        "target = { keep-at-least = 100",
        &[("rescoped", "target = { keep-at-least = 100, from = \"2025\" }")],
    ),
    (
        "another quantity",
        "unit = \"kt CO2e\"",
        "unit = \"GWh\"",
        &[("rescoped", "unit = \"GWh\""), ("rescoped", "unit = \"GWh\"")],
    ),
    (
        "done instead of a number",
        "unit = \"ML\"\ntarget = { keep-at-most = 100, from = \"2025\" }",
        "target = { done = true }",
        &[("rescoped", "target = { done = true }")],
    ),
    ("record deleted", REMOVED_FLEET, "", &[("removed", "[[commitment]]")]),
    ("record made a comment", REMOVED_FLEET, "# [[commitment]]\n# id = \"fleet\"\n", &[("removed", "[[commitment]]")]),
    (
        "renamed and eased",
        "id = \"cut-2030\"\ntitle = \"Emissions halved by 2030\"\nstatement = \"pledge\"\ntopic = \"emissions-reduction\"\nmetric = \"emissions\"\nbaseline = { period = \"2020\", value = 1000 }\ntarget = { reduce-by-percent = 50 }",
        "id = \"cut\"\ntitle = \"Emissions down by 2030\"\nformerly = [\"cut-2030\"]\nstatement = \"pledge\"\ntopic = \"emissions-reduction\"\nmetric = \"emissions\"\nbaseline = { period = \"2020\", value = 1000 }\ntarget = { reduce-by-percent = 30 }",
        &[("weakened", "target = { reduce-by-percent = 30 }")],
    ),
    ("strengthening amendment deleted", AMENDMENT_2024, "", &[("weakened", "target = { at-least = 80 }")]),
    (
        "amendment eased",
        "target = { at-least = 90 }",
        "target = { at-least = 85 }",
        &[("weakened", "target = { at-least = 85 }")],
    ),
    ("amendment moved on", "deadline = \"2032\"", "deadline = \"2033\"", &[("weakened", "deadline = \"2033\"")]),
    ("weakening amendment deleted", AMENDMENT_2025, "", &[("amendment-removed", "[[commitment]]")]),
    (
        "history flattened",
        "target = { at-least = 80 }\ndeadline = \"2030\"\n\n[[commitment.amendment]]\ndate = \"2024-05-01\"\ntarget = { at-least = 90 }\nreason = \"faster than thought\"\n\n[[commitment.amendment]]\ndate = \"2025-05-01\"\ndeadline = \"2032\"\nreason = \"slower than thought\"\n",
        "target = { at-least = 90 }\ndeadline = \"2032\"\n",
        &[("rescoped", "deadline = \"2032\"")],
    ),
    (
        "rewritten beside an amendment",
        "deadline = \"before 2031\"\n",
        "deadline = \"2035\"\n\n[[commitment.amendment]]\ndate = \"2026-01-01\"\ndeadline = \"2035\"\n",
        &[("weakened", "deadline = \"2035\"")],
    ),
    (
        "quote rewritten",
        "We “will” be net zero",
        "We “aim to” be net zero",
        &[("reworded", "quote = \"We “aim to” be net zero by 2040.\"")],
    ),
    (
        "coverage narrowed",
        "own operations and supply chain",
        "own operations",
        &[("reworded", "coverage = \"own operations\"")],
    ),
    (
        "summary rewritten",
        "net zero in the whole chain",
        "net zero in most of the chain",
        &[("reworded", "summary = \"net zero in most of the chain\"")],
    ),
    // Done in the open.
    (
        "amended weaker",
        "deadline = \"before 2031\"\n",
        "deadline = \"before 2031\"\n\n[[commitment.amendment]]\ndate = \"2026-01-01\"\ndeadline = \"2035\"\n",
        &[("amended-weaker", "deadline = \"2035\"")],
    ),
    (
        "withdrawn",
        "deadline = \"2028\"\n",
        "deadline = \"2028\"\n\n[[commitment.amendment]]\ndate = \"2026-01-01\"\nwithdrawn = true\n",
        &[("amended-weaker", "withdrawn = true")],
    ),
    (
        "amended stronger",
        "deadline = \"before 2031\"\n",
        "deadline = \"before 2031\"\n\n[[commitment.amendment]]\ndate = \"2026-01-01\"\ntarget = { reduce-by-percent = 60 }\n",
        &[],
    ),
    (
        "amended and covered in words",
        "coverage = \"own operations and supply chain\"",
        "coverage = \"own operations\"",
        &[("reworded", "coverage = \"own operations\"")],
    ),
    // Harmless.
    ("earlier deadline", "deadline = \"2040\"", "deadline = \"2039\"", &[]),
    ("harder target", "reduce-by-percent = 50", "reduce-by-percent = 55", &[]),
    ("fewer offsets", "max-percent = 10", "max-percent = 5", &[]),
    ("a further milestone", "milestones = [{", "milestones = [{ deadline = \"2027\", at-most = 800 }, {", &[]),
    ("deadline in other words", "deadline = \"2040\"", "deadline = \"by the end of 2040\"", &[]),
    ("deadline as a day", "deadline = \"before 2031\"", "deadline = \"2030-12-31\"", &[]),
    (
        "number in another form",
        "value = 1000 }\ntarget = { reduce-by-percent = 50 }",
        "value = 1_000.0 }\ntarget = { reduce-by-percent = 5e1 }",
        &[],
    ),
    ("form of the same level", "target = { reduce-by-percent = 50 }", "target = { at-most = 500 }", &[]),
    ("scopes in another order", "scopes = [1, 2, 3]", "scopes = [3, 1, 2]", &[]),
    ("comments", "[[metric]]\nid = \"share\"", "# a remark\n\n[[metric]] # another\nid = \"share\"", &[]),
    ("white space", "deadline = \"2040\"", "\n  deadline   =   \"2040\"   ", &[]),
    (
        "a table instead of an inline one",
        "offsets = { allowed = \"yes\", max-percent = 10 }\n",
        "\n[commitment.offsets]\nallowed = \"yes\"\nmax-percent = 10\n",
        &[],
    ),
    (
        "quotation marks and breaks",
        "quote = \"We “will” be net zero by 2040.\"",
        "quote = \"\"\"We \"will\" be\nnet  zero by 2040.\"\"\"",
        &[],
    ),
    ("quote added", "id = \"fleet\"\n", "id = \"fleet\"\nquote = \"A plan will be there.\"\n", &[]),
    ("title mended", "title = \"Green power\"", "title = \"Renewable power\"", &[]),
    ("note and tags", "id = \"fleet\"\n", "id = \"fleet\"\nnote = \"see page 3\"\ntags = [\"cars\"]\n", &[]),
    ("reason of an amendment", "faster than thought", "faster than was thought", &[]),
    ("renamed", "id = \"cut-2030\"\n", "id = \"cut\"\nformerly = [\"cut-2030\"]\n", &[]),
    ("renamed without a word", "id = \"cut-2030\"\n", "id = \"halved\"\n", &[]),
    ("renamed with a metric of its own", "id = \"water\"\n", "id = \"water-2035\"\n", &[]),
    (
        "a new promise",
        REMOVED_FLEET,
        "\n[[commitment]]\nid = \"fleet\"\ntitle = \"A plan for the fleet\"\nstatement = \"pledge\"\ntopic = \"fleet-electrification\"\ntarget = { done = true }\ndeadline = \"2028\"\n\n[[commitment]]\nid = \"fleet-2\"\ntitle = \"Another\"\nstatement = \"pledge\"\ntopic = \"fleet-electrification\"\ntarget = { done = true }\ndeadline = \"2029\"\n",
        &[],
    ),
    ("line ends", "\n", "\r\n", &[]),
];
