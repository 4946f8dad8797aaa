//! Rows of a Parquet file.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use bytes::Bytes;
use parquet::{
    basic::{ConvertedType, Type as Physical},
    data_type::Decimal as ParquetDecimal,
    errors::ParquetError,
    file::reader::{FileReader, SerializedFileReader},
    record::Field,
    schema::types::Type,
};
use rust_decimal::Decimal;

use super::{cell::Cell, collect::Collect, layout::Layout, problem::Problems};

/// Reads a Parquet file: only the columns that are needed, which must be flat. Answers `None` when
/// no row can be read; then the problems say why.
///
/// The parquet crate asserts what a damaged file breaks, so a panic in it is caught here, once at
/// the start and with nothing kept of what it touched.
pub(super) fn read(
    bytes: Vec<u8>,
    default_symbol: &str,
    max_rows: usize,
    problems: &mut Problems,
) -> Result<Option<Collect>, ParquetError> {
    let read = AssertUnwindSafe(|| rows(bytes, default_symbol, max_rows, problems));
    catch_unwind(read).unwrap_or_else(|_| {
        Err(ParquetError::General(
            "is damaged: the reader gave up on it".to_owned(),
        ))
    })
}

fn rows(
    bytes: Vec<u8>,
    default_symbol: &str,
    max_rows: usize,
    problems: &mut Problems,
) -> Result<Option<Collect>, ParquetError> {
    let reader = SerializedFileReader::new(Bytes::from(bytes))?;
    let metadata = reader.metadata().file_metadata();
    if usize::try_from(metadata.num_rows()).map_or(true, |rows| rows > max_rows) {
        problems.add(
            1,
            None,
            format!("more than {max_rows} rows: {}", metadata.num_rows()),
        );
        return Ok(None);
    }
    let fields = metadata.schema().get_fields();
    let header: Vec<String> = fields.iter().map(|field| field.name().to_owned()).collect();
    let Some(layout) = Layout::of(&header, 1, problems) else {
        return Ok(None);
    };
    let before = problems.count;
    let mut wanted = Vec::new();
    for column in &layout.columns {
        let field = &fields[column.number - 1];
        if !is_supported(field) {
            problems.add(
                1,
                Some(column),
                "has a type that is neither number, time nor text",
            );
        }
        wanted.push(Arc::clone(field));
    }
    if problems.count > before {
        return Ok(None);
    }
    // The crate recognises a projection by the name of its root.
    let root = metadata.schema().name();
    let projection = Type::group_type_builder(root).with_fields(wanted).build()?;
    let mut collect = Collect::new(layout, default_symbol);
    for (index, row) in reader.get_row_iter(Some(projection))?.enumerate() {
        let row = row?;
        let cells: Vec<_> = row
            .get_column_iter()
            .map(|(_, field)| cell(field))
            .collect();
        collect.row(index as u64 + 1, &cells, problems);
    }
    Ok(Some(collect))
}

/// Types that [`cell`] reads and the parquet crate does not panic over.
fn is_supported(field: &Type) -> bool {
    if !field.is_primitive() {
        return false;
    }
    let converted = field.get_basic_info().converted_type();
    match field.get_physical_type() {
        Physical::FLOAT | Physical::DOUBLE | Physical::INT96 => true,
        Physical::INT32 => !matches!(converted, ConvertedType::TIME_MILLIS),
        Physical::INT64 => !matches!(converted, ConvertedType::TIME_MICROS),
        Physical::BYTE_ARRAY => matches!(
            converted,
            ConvertedType::NONE
                | ConvertedType::UTF8
                | ConvertedType::ENUM
                | ConvertedType::DECIMAL
        ),
        Physical::FIXED_LEN_BYTE_ARRAY => matches!(converted, ConvertedType::DECIMAL),
        Physical::BOOLEAN => false,
    }
}

fn cell(field: &Field) -> Cell<'_> {
    match field {
        Field::Byte(value) => Cell::Integer((*value).into()),
        Field::Short(value) => Cell::Integer((*value).into()),
        Field::Int(value) => Cell::Integer((*value).into()),
        Field::Long(value) => Cell::Integer(*value),
        Field::UByte(value) => Cell::Integer((*value).into()),
        Field::UShort(value) => Cell::Integer((*value).into()),
        Field::UInt(value) => Cell::Integer((*value).into()),
        Field::ULong(value) => Cell::Decimal((*value).into()),
        // By its own shortest text: 0.1 as f32 is 0.100000001490 as f64.
        Field::Float(value) => value
            .to_string()
            .parse()
            .map_or(Cell::Float((*value).into()), Cell::Decimal),
        Field::Double(value) => Cell::Float(*value),
        Field::Decimal(value) => decimal(value).map_or(Cell::Missing, Cell::Decimal),
        Field::Str(value) => Cell::Text(value),
        Field::Bytes(value) => value.as_utf8().map_or(Cell::Missing, Cell::Text),
        Field::Date(days) => Cell::Time(i64::from(*days) * 86_400_000),
        Field::TimestampMillis(value) => Cell::Time(*value),
        Field::TimestampMicros(value) => Cell::Time(value.div_euclid(1_000)),
        _ => Cell::Missing,
    }
}

/// Big-endian two's complement of up to sixteen bytes.
fn decimal(value: &ParquetDecimal) -> Option<Decimal> {
    let bytes = value.data();
    let negative = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
    let mut padded = [if negative { 0xff } else { 0 }; 16];
    let start = padded.len().checked_sub(bytes.len())?;
    padded[start..].copy_from_slice(bytes);
    let scale = u32::try_from(value.scale()).ok()?;
    Decimal::try_from_i128_with_scale(i128::from_be_bytes(padded), scale).ok()
}
