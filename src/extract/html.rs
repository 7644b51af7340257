//! A saved page into blocks: what is not the speech is passed over.

use super::text::{Block, Builder, Sort, is_unseen};

/// Elements whose content is not the speech.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "footer", "header", "aside", "svg", "form", "button", "select",
    "iframe", "head", "s", "del", "strike", "sup", "textarea", "object", "audio", "video", "canvas", "math",
];

/// Elements whose text runs to the very end tag, tags inside or not.
const RAW: &[&str] = &["script", "style", "textarea"];

/// Elements that stand in a line of text.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark",
    "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "del", "img", "strike",
    "path",
];

const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Longest tag in bytes; a longer one is text.
const MOST_TAG: usize = 65_536;

/// Roles of elements that are not the speech.
const ROLES: &[&str] = &["navigation", "contentinfo", "banner", "complementary", "search", "menu", "dialog"];

/// Named characters that texts use; others stay as they are written.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("rsquo", '’'),
    ("lsquo", '‘'),
    ("rdquo", '”'),
    ("ldquo", '“'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("frac12", '½'),
    ("eacute", 'é'),
    ("ouml", 'ö'),
    ("auml", 'ä'),
    ("uuml", 'ü'),
    ("oslash", 'ø'),
    ("aring", 'å'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("thinsp", '\u{2009}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("shy", '\u{ad}'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("times", '×'),
    ("minus", '−'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
];

/// A part of the page that is passed over: the element and how deep in it.
struct Skip {
    name: String,
    depth: usize,
}

pub(crate) fn blocks(text: &str, out: &mut dyn FnMut(Block)) {
    let mut builder = Builder::new(out);
    let mut skip: Option<Skip> = None;
    let mut at = 0;
    let mut broken = false;
    // where the next tag can end at the earliest: nothing is searched twice
    let mut close = Some(0);
    while at < text.len() {
        let rest = &text[at..];
        let open = next_tag(rest).filter(|_| close.is_some());
        let until = open.unwrap_or(rest.len());
        words(&rest[..until], at, skip.is_none(), &mut builder);
        broken &= rest[..until].trim().is_empty();
        at += until;
        if open.is_none() {
            break;
        }
        if close.is_some_and(|close| close < at) {
            close = text[at..].find('>').map(|found| at + found);
        }
        let near = close.is_some_and(|close| close - at < MOST_TAG);
        let Some(tag) = Some(&text[at..]).filter(|_| near).and_then(tag) else {
            words("<", at, skip.is_none(), &mut builder);
            at += 1;
            continue;
        };
        let length = tag.length;
        let raw = RAW.contains(&tag.name.as_str()) && !tag.closing;
        step(&tag, &mut skip, &mut builder, &mut broken);
        at += length;
        if raw {
            at += raw_end(&text[at..], &tag.name);
        }
    }
    builder.end(Sort::Paragraph);
}

/// What one tag does to the text being collected.
fn step(tag: &Tag, skip: &mut Option<Skip>, builder: &mut Builder<'_>, broken: &mut bool) {
    let name = tag.name.as_str();
    if let Some(inside) = skip {
        if matches!(name, "main" | "article" | "body") && !tag.closing {
            *skip = None;
        } else if inside.name == name && !tag.void {
            inside.depth = if tag.closing { inside.depth - 1 } else { inside.depth + 1 };
            if inside.depth == 0 {
                *skip = None;
            }
        }
        return;
    }
    if !tag.closing && !tag.void && (SKIPPED.contains(&name) || tag.aside) {
        *skip = Some(Skip { name: tag.name.clone(), depth: 1 });
        if !INLINE.contains(&name) {
            builder.end(Sort::Paragraph);
        }
        return;
    }
    match name {
        "br" if *broken => builder.end(Sort::Paragraph),
        "br" => {
            *broken = true;
            builder.space();
        }
        "td" | "th" => builder.space(),
        "" => {}
        "li" if !tag.closing => builder.end(Sort::Item),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !tag.closing => builder.end(Sort::Heading),
        _ if INLINE.contains(&name) => {}
        _ => builder.end(Sort::Paragraph),
    }
}

/// One tag, comment or declaration.
struct Tag {
    name: String,
    closing: bool,
    void: bool,
    /// Whether its attributes say that it is not the speech.
    aside: bool,
    length: usize,
}

fn tag(rest: &str) -> Option<Tag> {
    let plain = |length| Some(Tag { name: String::new(), closing: false, void: true, aside: false, length });
    if rest.starts_with("<!--") {
        return plain(rest.find("-->").map_or(rest.len(), |end| end + 3));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return plain(rest.find('>').map_or(rest.len(), |end| end + 1));
    }
    let closing = rest.starts_with("</");
    let from = 1 + usize::from(closing);
    let name: String = rest[from..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let length = tag_end(rest)?;
    let name = name.to_ascii_lowercase();
    let inside = &rest[from + name.len()..length - 1];
    let void = VOID.contains(&name.as_str()) || inside.ends_with('/');
    let aside = !closing && inside.len() < 4_000 && is_aside(&inside.to_ascii_lowercase());
    Some(Tag { name, closing, void, aside, length })
}

/// The length of a tag, its quoted values passed over.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().take(MOST_TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // a stray quote: the tag ends at the first mark
    rest.as_bytes().iter().take(MOST_TAG).position(|&byte| byte == b'>').map(|end| end + 1)
}

/// The next `<` that can begin a tag.
fn next_tag(rest: &str) -> Option<usize> {
    let begins =
        |pair: &[u8]| pair[0] == b'<' && (pair[1].is_ascii_alphabetic() || matches!(pair[1], b'/' | b'!' | b'?'));
    rest.as_bytes().windows(2).position(begins)
}

fn is_aside(attributes: &str) -> bool {
    let value = |name: &str| {
        let at = attributes.find(name)? + name.len();
        let rest = attributes[at..].trim_start_matches(['"', '\'']);
        rest.split(['"', '\'', ' ', '>']).next()
    };
    value("role=").is_some_and(|role| ROLES.contains(&role))
        || value("aria-hidden=") == Some("true")
        || attributes.split_whitespace().any(|word| word == "hidden")
}

/// Where the raw text of `name` ends.
fn raw_end(rest: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(found) = rest[from..].find("</") {
        let at = from + found;
        let after = &rest.as_bytes()[at + 2..];
        if after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return at;
        }
        from = at + 2;
    }
    rest.len()
}

/// Adds text with its named characters read.
fn words(text: &str, at: usize, wanted: bool, builder: &mut Builder<'_>) {
    if !wanted {
        return;
    }
    let mut from = 0;
    while let Some(found) = text[from..].find('&') {
        let here = from + found;
        builder.add(&text[from..here], at + from);
        let Some((c, width)) = entity(&text[here..]) else {
            builder.add("&", at + here);
            from = here + 1;
            continue;
        };
        if c.is_whitespace() {
            builder.space();
        } else if !is_unseen(c) {
            builder.push(c, at + here, width);
        }
        from = here + width;
    }
    builder.add(&text[from..], at + from);
}

/// The character an entity stands for, and its length in the file.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let c = if let Some(hex) = name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
        char::from_u32(u32::from_str_radix(hex, 16).ok()?)?
    } else if let Some(decimal) = name.strip_prefix('#') {
        char::from_u32(decimal.parse().ok()?)?
    } else {
        NAMED.iter().find(|(known, _)| *known == name)?.1
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        blocks(text, &mut |block| {
            let place = block.place(&(0..block.text.len()));
            assert!(text.is_char_boundary(place.start) && text.is_char_boundary(place.end));
            found.push(block.text);
        });
        found
    }

    #[test]
    fn a_page_without_what_is_not_the_speech() {
        let page = "<!doctype html><html><head><title>T</title><style>p{}</style></head><body>\
            <nav><ul><li>Net zero by 2030</li></ul></nav><header>Top</header><script>if (a<b) {\"</p>\"}</script>\
            <main><h1>Our&nbsp;goals</h1><p>We will <b>halve</b> CO<sub>2</sub> by 2030<sup>4</sup>&rsquo;s end.<br>Same line<br><br>next</p>\
            <ul><li>one</li><li>two &amp; more</ul><table><tr><td>a</td><td>b</td></tr></table></main>\
            <div role=\"contentinfo\">Imprint <div>x</div></div><footer>Bottom</footer><!-- c --></body></html>";
        assert_eq!(
            read(page),
            ["Our goals", "We will halve CO2 by 2030’s end. Same line", "next", "one", "two & more", "a b"]
        );
    }

    #[test]
    fn a_nav_left_open_ends_where_the_text_begins() {
        assert_eq!(read("<nav><a>Menu<main><p>Words</p></main>"), ["Words"]);
        assert_eq!(read("a < b and <3 &unknown; & c <p"), ["a < b and <3 &unknown; & c <p"]);
        assert_eq!(read("<p title='>'>x</p><script>never closed"), ["x"]);
    }
}
