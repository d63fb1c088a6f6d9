//! Sequences.

use super::{Applier, Done, fault};
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Assume, RelationId, Sequence, SequenceOptions};
use crate::sql::expression::type_of;
use crate::sql::syntax::{Kind, Node};

impl Applier {
    pub(super) fn create_sequence(&mut self, node: &Node) -> Done {
        let Some(name) = self.name_of_new(node, Kind::SEQUENCE)? else {
            return Ok(());
        };
        let mut options = SequenceOptions::default();
        let written: Vec<Node> = node.children().collect();
        self.read_options(&mut options, &written)?;
        let oid = self.catalog.number();
        self.catalog.relations.insert(name.clone(), oid);
        self.catalog.sequences.insert(
            oid,
            Sequence {
                oid,
                name,
                options,
                owner: None,
            },
        );
        self.set_owner(oid, &written)
    }

    pub(super) fn alter_sequence(&mut self, node: &Node) -> Done {
        let Some(reference) = node.child(Kind::SEQUENCE_REF) else {
            return Ok(());
        };
        let Some(RelationId::Sequence(oid)) = self.catalog.find_relation(&reference.path()) else {
            return match node.child(Kind::IF_EXISTS) {
                Some(_) => Ok(()),
                None => Err(fault(
                    &reference,
                    format!("sequence `{}` does not exist", reference.path().join(".")),
                )),
            };
        };
        let actions: Vec<Node> = node.children().collect();
        for action in &actions {
            self.rename_action(oid, action)?;
        }
        let known = self
            .catalog
            .sequences
            .get(&oid)
            .map(|sequence| sequence.options.clone());
        let mut options = known.unwrap_or_default();
        self.read_options(&mut options, &actions)?;
        if let Some(sequence) = self.catalog.sequences.get_mut(&oid) {
            sequence.options = options;
        }
        self.set_owner(oid, &actions)
    }

    fn set_owner(&mut self, sequence: Oid, options: &[Node]) -> Done {
        let Some(option) = options
            .iter()
            .find(|option| option.kind() == Kind::OPTION_OWNED_BY)
        else {
            return Ok(());
        };
        let column = option.descendants(Kind::QUALIFIED_COLUMN_NAME_REF).next();
        let owner = match column {
            Some(column) => {
                let mut path = column.path();
                let name = path.pop().unwrap_or_default();
                let table = self
                    .catalog
                    .find_table(&path)
                    .map_err(|message| fault(&column, message))?;
                let number = self.numbers(table, &[name], &column)?;
                number.first().map(|number| (table, *number))
            }
            None => None,
        };
        if let Some(sequence) = self.catalog.sequences.get_mut(&sequence) {
            sequence.owner = owner;
        }
        Ok(())
    }

    /// `START WITH 1 INCREMENT BY 1 …`
    pub(super) fn read_options(&mut self, options: &mut SequenceOptions, written: &[Node]) -> Done {
        for option in written {
            let number = || {
                option
                    .children()
                    .last()
                    .and_then(|value| value.text().replace(' ', "").parse::<i64>().ok())
            };
            match option.kind() {
                Kind::OPTION_START => options.start = number(),
                Kind::OPTION_INCREMENT => options.increment = number(),
                Kind::OPTION_MIN_VALUE => options.min = number(),
                Kind::OPTION_NO_MIN_VALUE => options.min = None,
                Kind::OPTION_MAX_VALUE => options.max = number(),
                Kind::OPTION_NO_MAX_VALUE => options.max = None,
                Kind::OPTION_CACHE => options.cache = number(),
                Kind::OPTION_CYCLE => options.cycle = true,
                Kind::OPTION_NO_CYCLE => options.cycle = false,
                Kind::OPTION_AS_TYPE => {
                    if let Some(ty) = option.children().next() {
                        let ty = type_of(&mut self.catalog, &ty, Assume::Nothing)
                            .map_err(|message| fault(&ty, message))?;
                        options.data_type = Some(ty.oid);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// `ALTER COLUMN … SET GENERATED ALWAYS SET INCREMENT 2`
    pub(super) fn set_identity_options(&mut self, table: Oid, name: &str, option: &Node) -> Done {
        let parts: Vec<Node> = match option.kind() {
            Kind::SET_GENERATED_OPTIONS => option.children().collect(),
            _ => vec![option.clone()],
        };
        let number = self
            .table(table)
            .and_then(|table| table.column(name))
            .map_or(0, |column| column.number);
        for part in parts {
            match part.kind() {
                Kind::SET_GENERATED => {
                    if let Some(column) = self
                        .catalog
                        .tables
                        .get_mut(&table)
                        .and_then(|table| table.column_mut(name))
                    {
                        column.identity = Some(super::column::mode(&part));
                    }
                }
                _ => {
                    let written: Vec<Node> = part.children().collect();
                    let owned = self
                        .catalog
                        .sequences
                        .values()
                        .find(|sequence| sequence.owner == Some((table, number)));
                    let Some((oid, mut options)) =
                        owned.map(|sequence| (sequence.oid, sequence.options.clone()))
                    else {
                        continue;
                    };
                    self.read_options(&mut options, &written)?;
                    if let Some(sequence) = self.catalog.sequences.get_mut(&oid) {
                        sequence.options = options;
                    }
                }
            }
        }
        Ok(())
    }
}
