//! A plot as lines of characters for a terminal.
//!
//! Every sign differs in shape, so that nothing depends on colour; colours are
//! ones that read on light and dark grounds alike.

use anstyle::{AnsiColor, Style};

use crate::report::{Plot, Spot, significant};

/// How a chart is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartLook {
    /// Columns, labels included.
    pub width: usize,
    /// Rows of the field.
    pub height: usize,
    /// Only characters of ASCII.
    pub ascii: bool,
    /// Whether to write colours.
    pub colour: bool,
}

/// What a cell shows, the lesser first: a later one hides an earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Empty,
    Today,
    Path,
    Projection,
    Milestone,
    Target,
    Baseline,
    Figure,
}

impl Sign {
    const fn character(self, ascii: bool) -> char {
        match (self, ascii) {
            (Self::Empty, _) => ' ',
            (Self::Today, false) => '│',
            (Self::Today, true) => '|',
            (Self::Path, false) => '·',
            (Self::Path, true) => '.',
            (Self::Projection, false) => '╌',
            (Self::Projection, true) => '-',
            (Self::Milestone, false) => '◆',
            (Self::Milestone, true) => '#',
            (Self::Target, false) => '◎',
            (Self::Target, true) => 'X',
            (Self::Baseline, false) => '○',
            (Self::Baseline, true) => 'O',
            (Self::Figure, false) => '●',
            (Self::Figure, true) => 'o',
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Empty | Self::Path => Style::new(),
            Self::Today => Style::new().dimmed(),
            Self::Projection => Style::new().fg_color(Some(AnsiColor::Magenta.into())),
            Self::Milestone | Self::Target => Style::new().bold().fg_color(Some(AnsiColor::Green.into())),
            // The ground's own opposite: blue and yellow vanish on one ground or the other.
            Self::Baseline | Self::Figure => Style::new().bold(),
        }
    }
}

/// The ranges that a field shows.
#[derive(Debug, Clone, Copy)]
struct Field {
    x: (f64, f64),
    y: (f64, f64),
    columns: usize,
    rows: usize,
}

impl Field {
    fn column(&self, x: f64) -> Option<usize> {
        place(x, self.x, self.columns)
    }

    /// Row from the top.
    fn row(&self, y: f64) -> Option<usize> {
        place(y, self.y, self.rows).map(|row| self.rows - 1 - row)
    }
}

fn place(value: f64, (low, high): (f64, f64), cells: usize) -> Option<usize> {
    let part = (value - low) / (high - low);
    let inside = part.is_finite() && (-1e-9..=1.0 + 1e-9).contains(&part);
    // Inside the range the product lies between 0 and cells - 1.
    inside.then(|| ((part.clamp(0.0, 1.0) * (cells - 1) as f64).round() as usize).min(cells - 1))
}

/// The chart's lines, a legend below; no lines where there is nothing to draw.
#[must_use]
pub fn chart(plot: &Plot, look: ChartLook) -> Vec<String> {
    let Some((x, y)) = ranges(plot) else { return Vec::new() };
    let ticks = ticks(y);
    let labels = ticks.iter().map(|tick| number(*tick, look).chars().count()).max().unwrap_or(0);
    let columns = look.width.saturating_sub(labels + 3).clamp(16, 160);
    let field = Field { x, y, columns, rows: look.height.max(3) };
    let cells = cells(plot, &field);
    let mut lines = Vec::new();
    if !plot.unit.is_empty() {
        lines.push(format!("{:>labels$} {}", "", crate::diag::visible(&plot.unit)).trim_end().to_owned());
    }
    for (row, cells) in cells.iter().enumerate() {
        let tick = ticks.iter().find(|tick| field.row(**tick) == Some(row));
        let label = tick.map_or_else(String::new, |tick| number(*tick, look));
        let axis = match (tick.is_some(), look.ascii) {
            (true, false) => '┤',
            (false, false) => '│',
            (true, true) => '+',
            (false, true) => '|',
        };
        lines.push(format!("{label:>labels$} {axis}{}", painted(cells, look)).trim_end().to_owned());
    }
    lines.extend(years(&field, labels, look));
    lines.extend(legend(plot, look));
    lines
}

/// A number; the spaces between its thousands are ASCII's where all is to be.
fn number(value: f64, look: ChartLook) -> String {
    let text = significant(value);
    if look.ascii { text.replace(|c: char| c.is_whitespace(), " ") } else { text }
}

/// The ranges of time and value; `None` where there is nothing to draw.
fn ranges(plot: &Plot) -> Option<((f64, f64), (f64, f64))> {
    let marks: Vec<Spot> = plot
        .figures
        .iter()
        .chain(&plot.path)
        .chain(&plot.milestones)
        .chain(&plot.baseline)
        .chain(&plot.target)
        .copied()
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .collect();
    if marks.is_empty() {
        return None;
    }
    let span = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
    };
    let mut x = span(&mut marks.iter().map(|(x, _)| *x).chain(plot.today.map(|(at, _)| at)));
    let mut y = span(&mut marks.iter().map(|(_, y)| *y));
    // A projection far outside would press all else into one row: its line leaves the field.
    let slack = (y.1 - y.0) * 0.5;
    for (_, (_, end)) in &plot.projections {
        if end.is_finite() && y.0 - slack <= *end && *end <= y.1 + slack {
            y = (y.0.min(*end), y.1.max(*end));
        }
    }
    if x.1 - x.0 < 1.0 {
        x = (x.0 - 0.5, x.1 + 0.5);
    }
    let height = y.1 - y.0;
    if !height.is_finite() {
        return None;
    }
    if height <= y.0.abs().max(y.1.abs()) * 1e-9 {
        let margin = if y.0 == 0.0 { 1.0 } else { y.0.abs() * 0.1 };
        y = (y.0 - margin, y.1 + margin);
    }
    Some((x, y))
}

/// Round values within the range, about four of them.
fn ticks((low, high): (f64, f64)) -> Vec<f64> {
    let rough = (high - low) / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|step| step * power).find(|step| *step >= rough);
    let Some(step) = step.filter(|step| step.is_normal()) else { return vec![low, high] };
    let first = (low / step).ceil();
    (0..8)
        .map(|index| (first + f64::from(index)) * step)
        .take_while(|tick| *tick <= high + step * 1e-9)
        .map(|tick| if tick.abs() < step * 1e-9 { 0.0 } else { tick })
        .collect()
}

fn cells(plot: &Plot, field: &Field) -> Vec<Vec<Sign>> {
    let mut cells = vec![vec![Sign::Empty; field.columns]; field.rows];
    let mut put = |column: Option<usize>, row: Option<usize>, sign: Sign| {
        if let (Some(column), Some(row)) = (column, row) {
            let cell = &mut cells[row][column];
            *cell = (*cell).max(sign);
        }
    };
    if let Some((today, _)) = plot.today {
        for row in 0..field.rows {
            put(field.column(today), Some(row), Sign::Today);
        }
    }
    for column in 0..field.columns {
        let at = field.x.0 + (field.x.1 - field.x.0) * column as f64 / (field.columns - 1) as f64;
        if let Some(value) = along(&plot.path, at) {
            put(Some(column), field.row(value), Sign::Path);
        }
        for (from, to) in &plot.projections {
            if let Some(value) = along(&[*from, *to], at) {
                put(Some(column), field.row(value), Sign::Projection);
            }
        }
    }
    let mut mark = |spots: &mut dyn Iterator<Item = &Spot>, sign| {
        for (x, y) in spots {
            put(field.column(*x), field.row(*y), sign);
        }
    };
    mark(&mut plot.milestones.iter(), Sign::Milestone);
    mark(&mut plot.target.iter(), Sign::Target);
    mark(&mut plot.baseline.iter(), Sign::Baseline);
    mark(&mut plot.figures.iter(), Sign::Figure);
    cells
}

/// The value of a line through `spots` at `at`; `None` outside it.
fn along(spots: &[Spot], at: f64) -> Option<f64> {
    spots.windows(2).find_map(|pair| {
        let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
        (x1 <= at && at <= x2).then(|| if x2 > x1 { y1 + (y2 - y1) * ((at - x1) / (x2 - x1)) } else { y2 })
    })
}

/// A row of cells, colours put around stretches of one sign.
fn painted(cells: &[Sign], look: ChartLook) -> String {
    let end = cells.iter().rposition(|sign| *sign != Sign::Empty).map_or(0, |last| last + 1);
    let mut out = String::new();
    for run in cells[..end].chunk_by(|a, b| a == b) {
        let text: String = run.iter().map(|sign| sign.character(look.ascii)).collect();
        let style = run[0].style();
        if look.colour && style != Style::new() {
            out.push_str(&format!("{style}{text}{style:#}"));
        } else {
            out.push_str(&text);
        }
    }
    out
}

/// The axis of time: a year stands below its last day, where its value stands.
fn years(field: &Field, labels: usize, look: ChartLook) -> [String; 2] {
    let (corner, line, tick) = if look.ascii { ('+', '-', '+') } else { ('└', '─', '┴') };
    let mut axis: Vec<char> = vec![line; field.columns];
    let mut words: Vec<char> = vec![' '; field.columns + 1];
    let span = field.x.1 - field.x.0;
    let most = (field.columns as f64 / 7.0).max(1.0);
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 250.0, 1000.0]
        .into_iter()
        .find(|step| span / step <= most)
        .unwrap_or(10_000.0);
    let mut year = (field.x.0 / step).ceil() * step;
    let mut free = 0;
    while year <= field.x.1 + 2.0 * step {
        // The end of a year is the beginning of the next: 2024-12-31 is 2025.0.
        if let Some(column) = field.column(year + 1.0) {
            axis[column] = tick;
            let text: Vec<char> = format!("{year}").chars().collect();
            // The last year moves in from the edge.
            let from = column.saturating_sub(1).min(words.len().saturating_sub(text.len()));
            if from >= free && from + text.len() <= words.len() {
                words[from..from + text.len()].copy_from_slice(&text);
                free = from + text.len() + 1;
            }
        }
        year += step;
    }
    let words: String = words.into_iter().collect();
    let axis: String = axis.into_iter().collect();
    [format!("{:>labels$} {corner}{axis}", ""), format!("{:>labels$}  {words}", "").trim_end().to_owned()]
}

/// What the signs mean; only those that were drawn.
fn legend(plot: &Plot, look: ChartLook) -> Vec<String> {
    let baseline_hidden = plot.baseline.is_some_and(|baseline| plot.figures.contains(&baseline));
    let values = |ends: Vec<f64>| ends.into_iter().map(|end| number(end, look)).collect::<Vec<_>>().join(" and ");
    let mut parts: Vec<(Sign, String)> = Vec::new();
    if !plot.figures.is_empty() {
        parts.push((Sign::Figure, "figures".to_owned()));
    }
    if let Some((_, value)) = plot.baseline.filter(|_| !baseline_hidden) {
        parts.push((Sign::Baseline, format!("baseline {}", number(value, look))));
    }
    if !plot.path.is_empty() {
        parts.push((Sign::Path, "path".to_owned()));
    }
    if !plot.milestones.is_empty() {
        parts.push((Sign::Milestone, if plot.milestones.len() == 1 { "milestone" } else { "milestones" }.to_owned()));
    }
    if let Some((_, value)) = plot.target {
        parts.push((Sign::Target, format!("target {}", number(value, look))));
    }
    if !plot.projections.is_empty() {
        let mut ends: Vec<f64> = plot.projections.iter().map(|(_, (_, end))| *end).collect();
        ends.dedup();
        parts.push((Sign::Projection, format!("projection to {}", values(ends))));
    }
    if let Some((_, day)) = plot.today {
        parts.push((Sign::Today, day.to_string()));
    }
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for (sign, words) in parts {
        let part = 4 + words.chars().count();
        let style = sign.style();
        let shown = sign.character(look.ascii);
        let text = if look.colour { format!("{style}{shown}{style:#} {words}") } else { format!("{shown} {words}") };
        match lines.last_mut() {
            Some(line) if length + part <= look.width => {
                line.push_str("   ");
                line.push_str(&text);
                length += part + 1;
            }
            _ => {
                lines.push(text);
                length = part;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: ChartLook = ChartLook { width: 80, height: 12, ascii: true, colour: false };

    fn plot(figures: &[Spot]) -> Plot {
        Plot {
            unit: "%".to_owned(),
            figures: figures.to_vec(),
            path: vec![(2021.0, 0.0), (2031.0, 100.0)],
            target: Some((2031.0, 100.0)),
            ..Plot::default()
        }
    }

    fn fits(lines: &[String], look: ChartLook) {
        for line in lines {
            assert!(line.chars().count() <= look.width, "{} columns: {line}", line.chars().count());
            assert!(!look.ascii || line.is_ascii(), "{line}");
        }
    }

    #[test]
    fn nothing_to_draw_is_no_chart() {
        assert!(chart(&Plot::default(), LOOK).is_empty());
        assert!(chart(&Plot { figures: vec![(2020.0, f64::NAN)], ..Plot::default() }, LOOK).is_empty());
    }

    #[test]
    fn every_figure_stands_in_its_place() {
        let lines = chart(&plot(&[(2021.0, 0.0), (2026.0, 50.0)]), LOOK);
        fits(&lines, LOOK);
        let top = lines.iter().find(|line| line.trim_start().starts_with("100")).map_or("", |line| line);
        assert!(top.ends_with('X'), "{}", lines.join("\n"));
        let field = lines.iter().filter(|line| line.contains(['+', '|']));
        assert_eq!(field.map(|line| line.matches('o').count()).sum::<usize>(), 2, "{}", lines.join("\n"));
    }

    #[test]
    fn awkward_values_draw() {
        let many: Vec<Spot> = (0..40).map(|year| (1990.0 + f64::from(year), f64::from(year * year))).collect();
        for figures in [
            vec![],
            vec![(2025.0, 7.0)],
            many,
            vec![(2022.0, -3.0), (2023.0, -9.0)],
            vec![(2022.0, 1e15), (2023.0, 9e27)],
            vec![(2022.0, 1e-12), (2023.0, 3e-12)],
            vec![(2022.0, 0.0), (2023.0, 0.0)],
            vec![(2022.0, 5.0), (2023.0, 5.0)],
        ] {
            for look in [LOOK, ChartLook { width: 40, ..LOOK }, ChartLook { ascii: false, width: 120, ..LOOK }] {
                let alone = Plot { figures: figures.clone(), ..Plot::default() };
                let lines = chart(&alone, look);
                assert_eq!(lines.is_empty(), figures.is_empty());
                fits(&lines, look);
                fits(&chart(&plot(&figures), look), look);
            }
        }
    }

    #[test]
    fn a_projection_far_off_does_not_press_the_rest_flat() {
        let mut plot = plot(&[(2021.0, 0.0), (2022.0, 10.0)]);
        plot.projections = vec![((2022.0, 10.0), (2031.0, 1e9))];
        let lines = chart(&plot, LOOK);
        assert!(lines.iter().any(|line| line.trim_start().starts_with("100 ")), "{}", lines.join("\n"));
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(ticks((0.0, 100.0)), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(ticks((-3.0, 4.0)), [-2.0, 0.0, 2.0, 4.0]);
    }
}
