//! Tables that a person reads whole, laid out by what their rows hold.

use comfy_table::presets::{NOTHING, UTF8_HORIZONTAL_ONLY};
use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, Width};

use super::Look;
use super::filled::Filled;
use super::shape::Shape;
use crate::report::{Mark, Shown};

/// The rows as a table.
pub(super) fn table<'b>(rows: impl Iterator<Item = Shown<'b>>, shape: &Shape, look: Look) -> Table {
    let mut table = empty(shape, look);
    let mut row = Filled::default();
    for shown in rows {
        let colour = if look.colour { colour(Mark::of(shown.status)) } else { None };
        row.clear();
        shape.fill(&shown, look, &mut row);
        table.add_row(row.texts().enumerate().map(|(index, text)| match colour {
            Some(colour) if index == 0 => Cell::new(text).fg(colour),
            _ => Cell::new(text),
        }));
    }
    constrain(&mut table, shape);
    table
}

/// The header above columns of these widths, where nothing is wrapped.
pub(super) fn head(widths: &[usize], shape: &Shape, look: Look) -> Table {
    let mut table = empty(shape, look);
    table.add_row(widths.iter().map(|width| "x".repeat(*width)));
    table
}

/// The header alone.
fn empty(shape: &Shape, look: Look) -> Table {
    let mut table = Table::new();
    table.force_no_tty();
    if look.colour {
        table.enforce_styling();
    }
    table.load_style(if shape.is_ruled { UTF8_HORIZONTAL_ONLY } else { NOTHING });
    table.set_header(shape.headers.iter().map(|header| {
        let cell = Cell::new(header);
        if look.colour { cell.add_attribute(Attribute::Bold) } else { cell }
    }));
    match look.width {
        Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table
}

fn constrain(table: &mut Table, shape: &Shape) {
    let whole = shape.whole.iter().map(|index| (*index, ColumnConstraint::ContentWidth));
    let at_least = shape.at_least.map(|(index, width)| (index, ColumnConstraint::LowerBoundary(Width::Fixed(width))));
    for (index, constraint) in whole.chain(at_least) {
        if let Some(column) = table.column_mut(index) {
            column.set_constraint(constraint);
        }
    }
}

/// The colour of a mark; good and bad differ in brightness, too.
const fn colour(mark: Mark) -> Option<Color> {
    match mark {
        Mark::Good => Some(Color::DarkGreen),
        Mark::Warn => Some(Color::DarkYellow),
        Mark::Bad => Some(Color::DarkRed),
        Mark::Unknown => Some(Color::DarkMagenta),
        Mark::Neutral => None,
    }
}
