//! A rule in words, for `explain RULE` and the docs.

use super::rules::{Occasion, RULES, RuleEntry, entry};
use crate::diag::{Level, nearest};
use crate::model::settings::PolicyRule;
use crate::parse::rules as reader;

/// The page of the rule named `name`, be it the gate's or the reader's; `None`
/// where there is none.
#[must_use]
pub fn rule_page(name: &str) -> Option<String> {
    if let Some(rule) = PolicyRule::from_name(name) {
        return Some(gate_page(entry(rule)));
    }
    let rule = reader::RULES.iter().find(|rule| rule.id == name)?;
    Some(format!(
        "{}: {}\n\nlevel    {} ({})\ncure     {}\n",
        rule.id,
        rule.summary,
        rule.level.name(),
        match rule.level {
            Level::Error => "the record cannot be judged; no setting and no waiver changes that",
            Level::Warning => "judged all the same",
        },
        rule.cure
    ))
}

fn gate_page(entry: &RuleEntry) -> String {
    format!(
        "{}: {}\n\n{}\n\ndefault  {}\nfound    {}\nexample  {}\ncure     {}\n",
        entry.rule,
        entry.summary,
        entry.meaning,
        entry.rule.default_level(),
        occasion(entry.occasion),
        entry.example,
        entry.cure
    )
}

fn occasion(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Dated => "by `check`, on the day judged",
        Occasion::Record => "by `lint` and `check`, from the records alone",
        Occasion::Since => "by `lint` and `check` with `--since`",
        Occasion::Settings => "by `lint` and `check`, in pledgebook.toml",
    }
}

/// Names of all rules: the gate's, then the reader's.
pub fn rule_names() -> impl Iterator<Item = &'static str> + Clone {
    RULES.iter().map(|entry| entry.rule.name()).chain(reader::RULES.iter().map(|rule| rule.id))
}

/// The rule that `name` was probably meant to be.
#[must_use]
pub fn nearest_rule(name: &str) -> Option<&'static str> {
    nearest(name, rule_names())
}

/// The docs page of all rules; `docs/rules.md` is this text.
#[must_use]
pub fn rules_markdown() -> String {
    let mut page = String::from(
        "# Rules\n\nWhat `pledgebook lint` and `pledgebook check` can find. `pledgebook explain RULE` prints the same.\n\n\
         ## Rules of the gate\n\nTheir level is `allow`, `warn` or `deny`, set in `[check]` of `pledgebook.toml`, and per topic or organisation\n\
         in `[check.topic.NAME]` and `[check.organisation.NAME]`. They can be waived.\n\n| rule | default | found | summary |\n| --- | --- | --- | --- |\n",
    );
    for entry in RULES {
        page.push_str(&format!(
            "| [{rule}](#{rule}) | {} | {} | {} |\n",
            entry.rule.default_level(),
            occasion(entry.occasion),
            entry.summary,
            rule = entry.rule
        ));
    }
    for entry in RULES {
        page.push_str(&format!(
            "\n### {}\n\n{}. {}\n\nFor example: {}.\n\nCure: {}.\n",
            entry.rule,
            capital(entry.summary),
            entry.meaning,
            entry.example,
            entry.cure
        ));
    }
    page.push_str(
        "\n## Rules of the reader\n\nAn error leaves out its organisation's promises and makes the exit code 3; nothing waives it. A warning is judged all\nthe same.\n\n| rule | level | summary | cure |\n| --- | --- | --- | --- |\n",
    );
    for rule in reader::RULES {
        page.push_str(&format!("| {} | {} | {} | {} |\n", rule.id, rule.level.name(), rule.summary, rule.cure));
    }
    page
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
