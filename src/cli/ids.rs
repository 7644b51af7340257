//! Ids as typed: whole, short while unambiguous, with candidates otherwise.

use super::context::Failure;
use crate::diag::nearest;
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;

/// Whether a commitment with its whole id is the one that was typed.
type Test<'t> = &'t dyn Fn(&Commitment, &str) -> bool;

/// Finds the promise that `typed` names (ruling 18): an exact whole id, an
/// exact commitment id, a unique beginning of either; an earlier id of a renamed
/// promise counts like an exact one.
///
/// # Errors
/// Exit 2 with candidates where it is unknown or ambiguous.
pub(crate) fn resolve<'b>(organisations: &'b [Dossier], typed: &str) -> Result<(&'b Dossier, &'b Commitment), Failure> {
    let all: Vec<(&Dossier, &Commitment, String)> = organisations
        .iter()
        .flat_map(|dossier| {
            let organisation = &dossier.promises.organisation.id;
            dossier
                .promises
                .commitments
                .iter()
                .map(move |commitment| (dossier, commitment, format!("{organisation}/{}", commitment.id)))
        })
        .collect();
    let tests: [Test<'_>; 4] = [
        &|_, whole| whole == typed,
        &|commitment, _| commitment.id == typed,
        &|commitment, whole| {
            let organisation = whole.split('/').next().unwrap_or_default();
            commitment.formerly.iter().any(|old| old == typed || format!("{organisation}/{old}") == typed)
        },
        &|commitment, whole| whole.starts_with(typed) || commitment.id.starts_with(typed),
    ];
    for test in tests {
        let found: Vec<&(&Dossier, &Commitment, String)> =
            all.iter().filter(|(_, commitment, whole)| test(commitment, whole)).collect();
        match found[..] {
            [] => {}
            [(dossier, commitment, _)] => return Ok((dossier, commitment)),
            _ => return Err(ambiguous(typed, found.iter().map(|(_, _, whole)| whole.as_str()))),
        }
    }
    Err(unknown(typed, &all.iter().map(|(_, _, whole)| whole.as_str()).collect::<Vec<_>>()))
}

fn ambiguous<'i>(typed: &str, ids: impl Iterator<Item = &'i str>) -> Failure {
    let mut lines = vec![format!("`{typed}` is the beginning of several ids; write more of the one that is meant")];
    lines.extend(ids.take(10).map(|id| format!("  {id}")));
    Failure::Usage(lines)
}

fn unknown(typed: &str, ids: &[&str]) -> Failure {
    let mut lines = vec![format!("there is no promise `{typed}`")];
    let short = |id: &str| id.split('/').next_back().unwrap_or_default().to_owned();
    let shorts: Vec<String> = ids.iter().map(|id| short(id)).collect();
    let near = nearest(typed, ids.iter().copied()).map(str::to_owned).or_else(|| {
        let near = nearest(typed, shorts.iter().map(String::as_str))?;
        ids.iter().find(|id| short(id) == near).map(|id| (*id).to_owned())
    });
    let parts: Vec<&&str> = ids.iter().filter(|id| id.contains(typed) && !typed.is_empty()).take(10).collect();
    match near {
        Some(near) => lines.push(format!("did you mean `{near}`?")),
        None if !parts.is_empty() => lines.extend(parts.iter().map(|id| format!("  {id}"))),
        None => lines.push("`pledgebook report` lists the promises; its JSON and CSV have their ids".to_owned()),
    }
    Failure::Usage(lines)
}
