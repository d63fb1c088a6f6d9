//! Constraints, as they stand in a table.

use super::list;
use crate::model::{
    Check, Deferrable, Exclusion, ForeignKey, Key, Match, ReferenceAction, RelationPrerequisites,
};
use crate::name::{qualified, quoted};

/// `CONSTRAINT film_pkey PRIMARY KEY (film_id)`; `kind` is `PRIMARY KEY` or `UNIQUE`.
pub(super) fn key(kind: &str, key: &Key, prerequisites: &RelationPrerequisites) -> String {
    let mut text = format!("CONSTRAINT {} {kind}", quoted(&key.name));
    if key.nulls_not_distinct {
        text.push_str(" NULLS NOT DISTINCT");
    }
    text.push_str(&format!(" {}", list(&key.columns)));
    if !key.include.is_empty() {
        text.push_str(&format!(" INCLUDE {}", list(&key.include)));
    }
    if let Some(options) = prerequisites.key_options.get(&key.name) {
        text.push_str(&format!(" WITH ({options})"));
    }
    deferrable(&mut text, key.deferrable);
    text
}

/// `CONSTRAINT film_length_check CHECK (length > 0)`.
pub(super) fn check(check: &Check) -> String {
    let mut text = format!(
        "CONSTRAINT {} CHECK ({})",
        quoted(&check.name),
        check.expression
    );
    if check.no_inherit {
        text.push_str(" NO INHERIT");
    }
    if !check.validated {
        text.push_str(" NOT VALID");
    }
    text
}

/// `CONSTRAINT booking_excl EXCLUDE USING gist (…)`; the definition says whether it is deferrable.
pub(super) fn exclusion(exclusion: &Exclusion) -> String {
    format!(
        "CONSTRAINT {} {}",
        quoted(&exclusion.name),
        exclusion.definition
    )
}

/// `CONSTRAINT film_language_id_fkey FOREIGN KEY (language_id) REFERENCES public.language (language_id)`.
pub(super) fn foreign_key(key: &ForeignKey) -> String {
    let mut text = format!(
        "CONSTRAINT {} FOREIGN KEY {} REFERENCES {} {}",
        quoted(&key.name),
        list(&key.columns),
        qualified(&key.target),
        list(&key.target_columns)
    );
    match key.match_type {
        Match::Simple => {}
        Match::Full => text.push_str(" MATCH FULL"),
        Match::Partial => text.push_str(" MATCH PARTIAL"),
    }
    if let Some(action) = action(key.on_update) {
        text.push_str(&format!(" ON UPDATE {action}"));
    }
    if let Some(action) = action(key.on_delete) {
        text.push_str(&format!(" ON DELETE {action}"));
    }
    if !key.on_delete_columns.is_empty() {
        text.push_str(&format!(" {}", list(&key.on_delete_columns)));
    }
    deferrable(&mut text, key.deferrable);
    if !key.validated {
        text.push_str(" NOT VALID");
    }
    text
}

fn deferrable(text: &mut String, deferrable: Option<Deferrable>) {
    match deferrable {
        None => {}
        Some(Deferrable::InitiallyImmediate) => text.push_str(" DEFERRABLE"),
        Some(Deferrable::InitiallyDeferred) => text.push_str(" DEFERRABLE INITIALLY DEFERRED"),
    }
}

fn action(action: ReferenceAction) -> Option<&'static str> {
    match action {
        ReferenceAction::NoAction => None,
        ReferenceAction::Restrict => Some("RESTRICT"),
        ReferenceAction::Cascade => Some("CASCADE"),
        ReferenceAction::SetNull => Some("SET NULL"),
        ReferenceAction::SetDefault => Some("SET DEFAULT"),
    }
}
