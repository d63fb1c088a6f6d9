//! An array as the database has it: with gaps, and of any dimensions.

use super::{
    Cell, Comparable, Datum, FieldType, FormValue, FormValues, Kind, ParseError, Value, WriteHtml,
    array_text,
};

/// An array: `text[]`, `int4[]`, …
///
/// It holds every value of the database: elements may be null, and there may be several dimensions. Most arrays
/// are plain lists, which [`Array::values`] and [`Array::into_vec`] are for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Array<T> {
    items: Vec<Option<T>>,
    shape: Shape,
}

/// The dimensions of an array, from the outermost; nothing for the usual one, which counts from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Shape(Option<Box<Grid>>);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Grid(Vec<Dimension>);

/// One dimension of an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dimension {
    /// How many elements it has.
    pub length: usize,
    /// The index of its first element.
    pub first: i32,
}

impl Shape {
    /// The shape with these dimensions.
    pub fn new(dimensions: Vec<Dimension>) -> Self {
        match dimensions.as_slice() {
            [] | [Dimension { first: 1, .. }] => Self(None),
            _ => Self(Some(Box::new(Grid(dimensions)))),
        }
    }

    /// Whether there is one dimension at most, which counts from 1.
    pub fn is_plain(&self) -> bool {
        self.0.is_none()
    }

    /// The dimensions of an array of so many elements.
    pub fn dimensions(&self, length: usize) -> Vec<Dimension> {
        match &self.0 {
            Some(grid) => grid.0.clone(),
            None if length == 0 => Vec::new(),
            None => vec![Dimension { length, first: 1 }],
        }
    }
}

impl<T> Array<T> {
    /// No elements.
    pub const fn new() -> Self {
        Self {
            items: Vec::new(),
            shape: Shape(None),
        }
    }

    /// The elements of all dimensions, row by row; `None` where the product of the dimensions is another number.
    pub fn with_shape(items: Vec<Option<T>>, shape: Shape) -> Option<Self> {
        let lengths = shape.dimensions(items.len()).into_iter();
        let product = lengths
            .map(|dimension| dimension.length)
            .try_fold(1_usize, usize::checked_mul)?;
        (items.is_empty() && shape.is_plain() || product == items.len())
            .then_some(Self { items, shape })
    }

    /// How many elements there are in all dimensions, null or not.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The elements that are not null, of all dimensions.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.items.iter().flatten()
    }

    /// The elements of all dimensions, row by row.
    pub fn items(&self) -> &[Option<T>] {
        &self.items
    }

    /// The dimensions.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The elements as a list; `None` if one of them is null, or if there are several dimensions.
    pub fn into_vec(self) -> Option<Vec<T>> {
        match self.shape.is_plain() {
            true => self.items.into_iter().collect(),
            false => None,
        }
    }

    /// The elements and the shape.
    pub fn into_parts(self) -> (Vec<Option<T>>, Shape) {
        (self.items, self.shape)
    }

    /// The array as the database writes it, of the texts of its elements: `{a,NULL,"b c"}`.
    pub fn to_text(&self, text: impl Fn(&T) -> String) -> String {
        let items = self.items.iter().map(|item| item.as_ref().map(&text));
        array_text::write(&items.collect::<Vec<_>>(), &self.shape)
    }
}

impl Array<String> {
    /// The texts of the elements of an array as the database writes it.
    pub fn from_text(text: &str) -> Option<Self> {
        let (items, shape) = array_text::parse(text)?;
        Self::with_shape(items, shape)
    }
}

impl<T> Default for Array<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> From<Vec<T>> for Array<T> {
    fn from(values: Vec<T>) -> Self {
        values.into_iter().collect()
    }
}

impl<T> From<Vec<Option<T>>> for Array<T> {
    fn from(items: Vec<Option<T>>) -> Self {
        Self {
            items,
            shape: Shape::default(),
        }
    }
}

impl<T> FromIterator<T> for Array<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let items: Vec<Option<T>> = values.into_iter().map(Some).collect();
        Self::from(items)
    }
}

/// What a value is called in a message.
pub(super) const WORDS: &str = "list of such values";

/// `{1,NULL}`, as the database writes it.
pub(super) fn of_text(of: &Kind, text: &str) -> Result<Value, ParseError> {
    let array = Array::from_text(text).ok_or(ParseError("an array such as {1,2}"))?;
    let (items, shape) = array.into_parts();
    let values = items
        .iter()
        .map(|item| item.as_ref().map_or(Ok(Value::Null), |text| of.parse(text)));
    Ok(Value::Array(values.collect::<Result<_, _>>()?, shape))
}

impl<T: FieldType> Comparable for Array<T> {}

impl<T: FieldType> FieldType for Array<T> {
    const KIND: Kind = Kind::Array(&T::KIND);

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        let Datum::Array(items, shape) = datum else {
            return None;
        };
        let items: Option<Vec<Option<T>>> = items.into_iter().map(Option::from_cell).collect();
        Self::with_shape(items?, shape)
    }

    fn into_value(self) -> Value {
        let (items, shape) = self.into_parts();
        Value::Array(items.into_iter().map(Option::into_cell).collect(), shape)
    }
}

/// What stands before an array that is typed as the database writes it: `array:{1,NULL}`.
pub const WHOLE: &str = "array:";

/// One input per element; an array with gaps, or of several dimensions, as the database writes it in one.
impl<T: FormValue> FormValues for Array<T> {
    fn to_inputs(&self) -> Vec<String> {
        let texts: Option<Vec<String>> = match self.shape().is_plain() {
            true => self
                .items()
                .iter()
                .map(|item| item.as_ref().map(T::to_input))
                .collect(),
            false => None,
        };
        let alone = |text: &String| !text.trim().is_empty() && !text.starts_with(WHOLE);
        match texts.filter(|texts| texts.iter().all(alone)) {
            Some(texts) => texts,
            None => vec![format!("{WHOLE}{}", self.to_text(T::to_input))],
        }
    }
}

/// A list; where there are several dimensions, a list of lists.
impl<T: WriteHtml> WriteHtml for Array<T> {
    fn write_html(&self, out: &mut String) {
        if self.is_empty() {
            return out.push_str("<span class=\"null\">none</span>");
        }
        let dimensions = self.shape().dimensions(self.len());
        write_dimension(out, &dimensions, &mut self.items().iter())
    }
}

fn write_dimension<'a, T: WriteHtml + 'a>(
    out: &mut String,
    dimensions: &[Dimension],
    items: &mut std::slice::Iter<'a, Option<T>>,
) {
    let Some((dimension, inner)) = dimensions.split_first() else {
        if let Some(item) = items.next() {
            item.write_html(out);
        }
        return;
    };
    out.push_str("<ul class=\"values\">");
    for _ in 0..dimension.length {
        out.push_str("<li>");
        write_dimension(out, inner, items);
        out.push_str("</li>");
    }
    out.push_str("</ul>")
}
