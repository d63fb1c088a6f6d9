#[path = "../shop.rs"]
mod shop;

use shop::Film;

fn main() {
    let _ = Film::TITLE + 1;
}
