#[path = "../shop.rs"]
mod shop;

use shop::Language;

fn main() {
    let _ = Language::FILMS.any(Language::NAME.eq("English"));
}
