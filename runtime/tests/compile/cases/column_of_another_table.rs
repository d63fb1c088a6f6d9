#[path = "../shop.rs"]
mod shop;

use shop::{Film, Language};
use umbel::model::Model;

fn main() {
    let _ = Film::query().filter(Language::NAME.eq("English"));
}
