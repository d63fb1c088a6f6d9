//! Domains: types with rules of their own.

use super::column::value_of;
use super::{Applier, Done, fault};
use crate::model::ObjectName;
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Assume, Domain, DomainCheck, TypeKind};
use crate::sql::expression::{Binder, Scope, is_type, type_of};
use crate::sql::syntax::{Kind, Node};

impl Applier {
    pub(super) fn create_domain(&mut self, node: &Node) -> Done {
        let Some(written) = node.child(Kind::DOMAIN) else {
            return Ok(());
        };
        let name = self.new_name(&written)?;
        if self.catalog.made_type(&name).is_some() {
            let message = format!("type `{name}` already exists");
            return Err(fault(&written, message).of("duplicate_object"));
        }
        let base = node.children().find(is_type);
        let base = base.ok_or_else(|| fault(node, "the type of the domain is missing"))?;
        let base = type_of(&mut self.catalog, &base, Assume::OfSchemas)
            .map_err(|message| fault(&base, message))?;
        let scope = Scope::default();
        let mut domain = Domain {
            base: base.clone(),
            not_null: node.child(Kind::NOT_NULL_CONSTRAINT).is_some(),
            default: None,
            collation: None,
            checks: Vec::new(),
        };
        if let Some(clause) = node.child(Kind::COLLATE) {
            domain.collation = Binder::new(&mut self.catalog, &scope).collation(&clause);
        }
        if let Some(value) = node
            .child(Kind::DEFAULT_CONSTRAINT)
            .and_then(|clause| value_of(&clause))
        {
            domain.default = Some(Binder::new(&mut self.catalog, &scope).value(&value, &base));
        }
        // Of a domain over a domain the default is copied.
        if node.child(Kind::DEFAULT_CONSTRAINT).is_none() {
            let below = self.catalog.domain(base.oid);
            domain.default = below.and_then(|below| below.default.clone());
        }
        let oid = self
            .catalog
            .add_type(name, TypeKind::Domain(Box::new(domain)));
        for check in node.all(Kind::CHECK_CONSTRAINT) {
            self.add_domain_check(oid, &check)?;
        }
        Ok(())
    }

    fn add_domain_check(&mut self, oid: Oid, node: &Node) -> Done {
        let Some((name, base)) = self.catalog.types.get(&oid).and_then(|ty| match &ty.kind {
            TypeKind::Domain(domain) => Some((ty.name.clone(), domain.base.clone())),
            _ => None,
        }) else {
            return Ok(());
        };
        let Some(condition) = value_of(node) else {
            return Err(fault(node, "the condition of the check is missing"));
        };
        let scope = Scope {
            value: Some(base),
            ..Scope::default()
        };
        let expression = Binder::new(&mut self.catalog, &scope).condition(&condition);
        let check = DomainCheck {
            name: self.domain_check_name(node, &name),
            expression,
            validated: node.child(Kind::NOT_VALID).is_none(),
            comment: None,
        };
        if let Some(domain) = self.catalog.domain_mut(oid) {
            domain.checks.push(check);
        }
        Ok(())
    }

    pub(super) fn alter_domain(&mut self, node: &Node) -> Done {
        let Some(reference) = node.child(Kind::DOMAIN_REF) else {
            return Ok(());
        };
        let action = node
            .children()
            .find(|child| child.kind() != Kind::DOMAIN_REF);
        let Some(action) = action.filter(|action| action.kind() != Kind::OWNER_TO) else {
            return Ok(());
        };
        let oid = self.own_type(&reference)?;
        let name = |kind| {
            action
                .child(kind)
                .map_or_else(String::new, |name: Node| name.name())
        };
        match action.kind() {
            Kind::SET_DEFAULT => {
                let base = self.catalog.domain(oid).map(|domain| domain.base.clone());
                if let (Some(value), Some(base)) = (value_of(&action), base) {
                    let default =
                        Binder::new(&mut self.catalog, &Scope::default()).value(&value, &base);
                    if let Some(domain) = self.catalog.domain_mut(oid) {
                        domain.default = Some(default);
                    }
                }
            }
            Kind::ADD_CONSTRAINT => {
                for check in action.all(Kind::CHECK_CONSTRAINT) {
                    self.add_domain_check(oid, &check)?;
                }
                if let (Some(_), Some(domain)) = (
                    action.child(Kind::NOT_NULL_CONSTRAINT),
                    self.catalog.domain_mut(oid),
                ) {
                    domain.not_null = true;
                }
            }
            Kind::DOMAIN_RENAME_TO => {
                let new = action
                    .children()
                    .next()
                    .and_then(|name| name.path().pop())
                    .unwrap_or_default();
                self.move_type(oid, |own| ObjectName::new(own.schema, new));
            }
            Kind::SET_SCHEMA => {
                let schema = name(Kind::SCHEMA_REF);
                self.move_type(oid, |own| ObjectName::new(schema, own.name));
            }
            _ => {
                let (old, new) = (name(Kind::CONSTRAINT_NAME_REF), name(Kind::CONSTRAINT_NAME));
                let Some(domain) = self.catalog.domain_mut(oid) else {
                    return Ok(());
                };
                match action.kind() {
                    Kind::DROP_DEFAULT => domain.default = None,
                    Kind::SET_NOT_NULL => domain.not_null = true,
                    Kind::DROP_NOT_NULL => domain.not_null = false,
                    Kind::DROP_CONSTRAINT => domain.checks.retain(|check| check.name != old),
                    Kind::RENAME_CONSTRAINT | Kind::VALIDATE_CONSTRAINT => {
                        for check in domain.checks.iter_mut().filter(|check| check.name == old) {
                            match action.kind() {
                                Kind::RENAME_CONSTRAINT => check.name.clone_from(&new),
                                _ => check.validated = true,
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}
