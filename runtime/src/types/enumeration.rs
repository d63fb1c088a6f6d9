//! The enums of a database.

/// An enum of the database: its name, its values and their labels, in the database's order.
pub trait Enum: Copy + PartialEq + Send + Sync + 'static {
    /// The name of the type, with its schema: `public.mpaa_rating`.
    const NAME: &'static str;
    /// Every value and its label, in the database's order.
    const VALUES: &'static [(Self, &'static str)];

    /// The label by which the database knows the value.
    fn label(self) -> &'static str {
        let found = Self::VALUES.iter().find(|(value, _)| *value == self);
        found.map_or("", |(_, label)| label)
    }

    /// The value of a label.
    fn from_label(label: &str) -> Option<Self> {
        let found = Self::VALUES.iter().find(|(_, known)| *known == label);
        found.map(|(value, _)| *value)
    }

    /// Every label, in the database's order.
    fn labels() -> Vec<&'static str> {
        Self::VALUES.iter().map(|(_, label)| *label).collect()
    }
}

/// What the runtime knows of an enum, apart from its Rust type.
#[derive(Debug, Clone, Copy)]
pub struct EnumDef {
    /// The name of the type, with its schema.
    pub name: &'static str,
    /// Every label, in the database's order.
    pub labels: fn() -> Vec<&'static str>,
}
