//! What is wrong with a file, and where.

use std::fmt;

/// Most problems that are listed; of a file with the wrong unit, ten thousand lines tell no more.
const MOST: usize = 20;

/// One problem: `prices.csv:17:4: column "high": 'abc' is not a number`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line of a CSV file, its header being line 1; row of a Parquet file, its first being 1.
    pub line: u64,
    /// Which column, if it is about one.
    pub column: Option<Column>,
    /// What is wrong, and where it helps what would be right.
    pub message: String,
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// From 1.
    pub number: usize,
    /// As in the file's header.
    pub name: String,
}

/// The first problems of a file, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    /// The file's name.
    pub file: String,
    /// The first 20.
    pub first: Vec<Problem>,
    /// All.
    pub count: usize,
}

impl Problems {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            first: Vec::new(),
            count: 0,
        }
    }

    pub(super) fn add(&mut self, line: u64, column: Option<&Column>, message: impl Into<String>) {
        self.count += 1;
        if self.first.len() < MOST {
            let message = message.into();
            self.first.push(Problem {
                line,
                column: column.cloned(),
                message,
            });
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (
            index,
            Problem {
                line,
                column,
                message,
            },
        ) in self.first.iter().enumerate()
        {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{}:{line}", self.file)?;
            if let Some(Column { number, name }) = column {
                write!(f, ":{number}: column \"{name}\"")?;
            }
            write!(f, ": {message}")?;
        }
        match self.count - self.first.len() {
            0 => Ok(()),
            more => write!(f, "\n… and {more} more problems in {}", self.file),
        }
    }
}
