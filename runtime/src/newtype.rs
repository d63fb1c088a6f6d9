//! Types of a person's own around those that a column can have.

/// Makes a tuple struct around a type of a column such a type itself: read, written, shown and typed as what it holds.
///
/// ```
/// use umbel::types::Decimal;
///
/// /// An amount in euros.
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct Euros(pub Decimal);
///
/// umbel::newtype!(Euros(Decimal));
/// ```
///
/// A type that is shown or checked in its own way implements [`FieldType`](crate::types::FieldType),
/// [`FormValue`](crate::form::FormValue) and [`WriteHtml`](crate::show::WriteHtml) instead.
#[macro_export]
macro_rules! newtype {
    ($type:ident($base:ty)) => {
        impl $crate::types::FieldType for $type {
            const KIND: $crate::types::Kind = <$base as $crate::types::FieldType>::KIND;

            fn from_datum(datum: $crate::datum::Datum<'_>) -> Option<Self> {
                <$base as $crate::types::FieldType>::from_datum(datum).map(Self)
            }

            fn from_plain(cell: $crate::datum::RawCell<'_>) -> Option<Self> {
                <$base as $crate::types::FieldType>::from_plain(cell).map(Self)
            }

            fn into_value(self) -> $crate::value::Value {
                $crate::types::FieldType::into_value(self.0)
            }
        }

        impl $crate::query::Comparable for $type {}

        impl $crate::form::FormValue for $type {
            fn parse(text: &str) -> Result<Self, String> {
                $crate::form::FormValue::parse(text).map(Self)
            }

            fn to_input(&self) -> String {
                $crate::form::FormValue::to_input(&self.0)
            }

            fn placeholder() -> Self {
                Self($crate::form::FormValue::placeholder())
            }
        }

        impl $crate::show::WriteHtml for $type {
            fn write_html(&self, out: &mut String) {
                $crate::show::WriteHtml::write_html(&self.0, out);
            }
        }
    };
}
