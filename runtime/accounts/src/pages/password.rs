//! Changing one's password.

use umbel_data::error::FieldErrors;

use super::account::{CURRENT, NEW, changed, refused};
use super::ask::{Answer, Ask, redirect_with};
use crate::accounts::Password;
use crate::password::Attribute;
use crate::store::User;

/// Changes the password, and ends all other sessions.
pub(super) async fn change(mut ask: Ask) -> Answer {
    let signed_in = ask.signed_in()?;
    if !ask.is_proved(&signed_in) {
        return ask.prove_again("/account");
    }
    let user = &signed_in.user;
    let (current, new) = (ask.proof(CURRENT.name), ask.typed(NEW.name));
    let mut errors = FieldErrors::default();
    // Whoever signs in otherwise has none yet.
    if user.password_hash.is_some() && !ask.accounts.proves(user, current).await? {
        errors.add(CURRENT.name, "The current password is wrong");
    }
    for refusal in ask.accounts.settings.rules.check(&new, &attributes(user)) {
        errors.add(NEW.name, format!("{} {refusal}", NEW.label));
    }
    if !errors.is_empty() {
        return refused(&ask, &signed_in, [None, None], &errors);
    }
    let hash = ask.accounts.hash(Password(new)).await?;
    let set = ask
        .accounts
        .set_password(&signed_in.session, hash, ask.client(), ask.now);
    Ok(redirect_with(&set.await?, &changed("password")))
}

/// What a password must not repeat.
fn attributes(user: &User) -> Vec<Attribute<'_>> {
    let known = [
        ("name by which you sign in", Some(user.login.as_str())),
        ("e-mail address", user.email.as_deref()),
        ("name", Some(user.name.as_str())),
    ];
    let known = known.into_iter();
    known
        .filter_map(|(label, value)| value.map(|value| Attribute { label, value }))
        .collect()
}
