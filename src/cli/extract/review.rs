//! The proposals one by one, on a terminal.

use std::collections::BTreeSet;
use std::io::{BufRead, IsTerminal, Write};

use super::ExtractError;
use crate::diag::visible;
use crate::extract::draft::{Record, commitment_toml};
use crate::extract::{Extraction, Proposal};
use crate::model::commitment::Strength;
use crate::model::topic::Topic;
use crate::model::words::Word;

/// Asks for each proposal; those accepted carry `true`.
pub(super) fn review(
    found: &Extraction,
    statement: &str,
    from_stdin: bool,
    err: &mut dyn Write,
) -> Result<Vec<(Proposal, bool)>, ExtractError> {
    if from_stdin || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(ExtractError::Refused(
            "`--review` asks on a terminal, and there is none; leave it out to get drafts".to_owned(),
        ));
    }
    ask(&found.proposals, statement, &mut std::io::stdin().lock(), err)
}

/// The questions themselves, whoever answers them.
fn ask(
    proposals: &[Proposal],
    statement: &str,
    answers: &mut dyn BufRead,
    err: &mut dyn Write,
) -> Result<Vec<(Proposal, bool)>, ExtractError> {
    let mut chosen = Vec::new();
    for (index, proposal) in proposals.iter().enumerate() {
        let mut proposal = proposal.clone();
        loop {
            let record = Record::of(&proposal, &mut BTreeSet::new(), false);
            writeln!(
                err,
                "\n{} of {}\n\n{}",
                index + 1,
                proposals.len(),
                commitment_toml(&proposal, &record, statement, false)
            )?;
            write!(err, "[a]ccept, keep as [d]raft, [e]dit, [s]kip, [q]uit? ")?;
            err.flush()?;
            match line(answers)?.as_deref() {
                Some("a" | "accept") => chosen.push((proposal.clone(), true)),
                Some("d" | "draft") => chosen.push((proposal.clone(), false)),
                Some("s" | "skip") => {}
                Some("e" | "edit") => {
                    edit(&mut proposal, answers, err)?;
                    continue;
                }
                Some("q" | "quit") | None => return Ok(chosen),
                Some(_) => continue,
            }
            break;
        }
    }
    Ok(chosen)
}

/// Changes the parts that are told wrong most often; an empty answer keeps.
fn edit(proposal: &mut Proposal, answers: &mut dyn BufRead, err: &mut dyn Write) -> Result<(), ExtractError> {
    let goal = &mut proposal.goal;
    let mut answer = |what: &str, now: &str| -> Result<Option<String>, ExtractError> {
        write!(err, "{what} [{}]: ", visible(now))?;
        err.flush()?;
        Ok(line(answers)?.filter(|text| !text.is_empty()))
    };
    if let Some(text) = answer("topic", goal.topic.name())?
        && let Some(topic) = Topic::from_name(&text)
    {
        goal.topic = topic;
    }
    let value = goal.value.map(|value| value.normalize().to_string()).unwrap_or_default();
    if let Some(text) = answer("number", &value)?
        && let Ok(number) = crate::model::number::Number::parse(&text)
    {
        goal.value = Some(number.value);
    }
    if let Some(text) = answer("unit", goal.unit.as_deref().unwrap_or_default())? {
        goal.unit = Some(text);
    }
    let now = goal.due.as_ref().map_or_else(|| "none".to_owned(), |due| due.deadline.clone());
    if let Some(text) = answer("deadline", &now)?
        && let Ok(deadline) = crate::model::deadline::Deadline::parse(&text, None)
    {
        goal.due = deadline.day.map(|day| crate::extract::Due {
            year: chrono::Datelike::year(&day),
            words: text.clone(),
            deadline: text,
            fiscal: false,
            relative: false,
        });
    }
    if let Some(text) = answer("strength", goal.strength.name())?
        && let Some(strength) = Strength::WORDS.iter().find(|strength| strength.word() == text)
    {
        goal.strength = *strength;
    }
    Ok(())
}

fn line(answers: &mut dyn BufRead) -> Result<Option<String>, ExtractError> {
    let mut text = String::new();
    let read = answers.read_line(&mut text)?;
    Ok((read > 0).then(|| text.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::extract::{Context, Form, Rules, extract};

    #[test]
    fn accepts_edits_and_skips() {
        let text = "We will halve our emissions by 2031. We will cut our water use by 20% by 2029. We will be carbon neutral by 2033.";
        let found = extract(text, Form::Plain, &Context::default(), Rules::built_in());
        assert_eq!(found.proposals.len(), 3);
        let mut answers = "what\na\ne\n\n25\n\n2030\nhope\nd\ns\n".as_bytes();
        let chosen = ask(&found.proposals, "speech", &mut answers, &mut Vec::new()).unwrap();
        assert_eq!(chosen.len(), 2);
        assert!(chosen[0].1 && !chosen[1].1);
        assert_eq!(chosen[1].0.goal.value.unwrap().to_string(), "25");
        assert_eq!(chosen[1].0.goal.due.as_ref().unwrap().deadline, "2030");
    }
}
