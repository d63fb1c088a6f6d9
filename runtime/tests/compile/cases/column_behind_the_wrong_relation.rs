#[path = "../shop.rs"]
mod shop;

use shop::Film;

fn main() {
    let _ = Film::LANGUAGE.to(Film::TITLE);
}
