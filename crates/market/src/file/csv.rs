//! Rows of a CSV file.

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::{cell::Cell, collect::Collect, layout::Layout, problem::Problems};

/// Reads a CSV file, with `,`, `;`, tab or `|` between columns: whichever the header has most of.
/// Answers `None` when no row can be read; then the problems say why.
pub(super) fn read(
    bytes: &[u8],
    default_symbol: &str,
    max_rows: usize,
    problems: &mut Problems,
) -> Option<Collect> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(bytes))
        .flexible(true)
        .from_reader(bytes);
    let header = match reader.headers() {
        Ok(header) => header
            .iter()
            .map(|name| name.trim().to_owned())
            .collect::<Vec<_>>(),
        Err(error) => {
            problems.add(1, None, describe(&error));
            return None;
        }
    };
    if header.iter().all(String::is_empty) {
        problems.add(1, None, "the file has no header");
        return None;
    }
    let layout = Layout::of(&header, 1, problems)?;
    let numbers: Vec<usize> = layout.columns.iter().map(|column| column.number).collect();
    let mut collect = Collect::new(layout, default_symbol);
    let mut record = StringRecord::new();
    for row in 0.. {
        let line = reader.position().line();
        let line = match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => record.position().map_or(line, csv::Position::line),
            Err(error) => {
                problems.add(
                    error.position().map_or(line, csv::Position::line),
                    None,
                    describe(&error),
                );
                continue;
            }
        };
        if row == max_rows {
            problems.add(line, None, format!("more than {max_rows} rows"));
            break;
        }
        if record.len() != header.len() {
            let message = format!(
                "{} columns, but the header has {}",
                record.len(),
                header.len()
            );
            problems.add(line, None, message);
            continue;
        }
        let cells = numbers.iter().map(|number| match &record[number - 1] {
            text if text.trim().is_empty() => Cell::Missing,
            text => Cell::Text(text),
        });
        collect.row(line, &cells.collect::<Vec<_>>(), problems);
    }
    Some(collect)
}

fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let count = |delimiter: &u8| header.iter().filter(|byte| *byte == delimiter).count();
    // The first of the most frequent: a comma, if none is there.
    b"|\t;,".iter().copied().max_by_key(count).unwrap_or(b',')
}

fn describe(error: &csv::Error) -> String {
    match error.kind() {
        ErrorKind::Utf8 { err, .. } => format!("column {} is not UTF-8", err.field() + 1),
        _ => error.to_string(),
    }
}
