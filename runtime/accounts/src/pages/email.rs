//! Changing one's e-mail address.

use umbel_data::error::FieldErrors;

use super::account::{EMAIL, changed_or, refused};
use super::ask::{Answer, Ask};
use crate::identifier::Identifier;
use crate::store::User;

/// Changes the e-mail address, or takes it away.
pub(super) async fn change(mut ask: Ask) -> Answer {
    let signed_in = ask.signed_in()?;
    if !ask.is_proved(&signed_in) {
        return ask.prove_again("/account");
    }
    let typed = ask.typed(EMAIL.name);
    let again = |errors: &FieldErrors| refused(&ask, &signed_in, [None, Some(&typed)], errors);
    let email = match typed.trim() {
        "" => None,
        email => match Identifier::email(email) {
            Ok(email) => Some(email),
            Err(error) => {
                let error = format!("{} {error}", EMAIL.label);
                return again(&FieldErrors::at(EMAIL.name, error));
            }
        },
    };
    let outcome = User::set_email(&ask.accounts.db, signed_in.user.id, email.as_ref()).await;
    changed_or(outcome, "email", again)
}
