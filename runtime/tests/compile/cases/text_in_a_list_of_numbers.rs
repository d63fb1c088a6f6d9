#[path = "../shop.rs"]
mod shop;

use shop::Film;

fn main() {
    let _ = Film::LENGTH.in_(["long"]);
}
