//! Changing what one is called.

use umbel_data::error::FieldErrors;

use super::account::{NAME, changed_or, refused};
use super::ask::{Answer, Ask};
use crate::identifier::Identifier;
use crate::store::User;

/// Changes the name.
pub(super) async fn change(mut ask: Ask) -> Answer {
    let signed_in = ask.signed_in()?;
    let typed = ask.typed(NAME.name);
    let again = |errors: &FieldErrors| refused(&ask, &signed_in, [Some(&typed), None], errors);
    let name = match typed.trim() {
        "" => String::new(),
        name => match Identifier::user_name(name) {
            Ok(name) => name.text,
            Err(error) => {
                let error = format!("{} {error}", NAME.label);
                return again(&FieldErrors::at(NAME.name, error));
            }
        },
    };
    let outcome = User::set_name(&ask.accounts.db, signed_in.user.id, &name).await;
    changed_or(outcome, "name", again)
}
