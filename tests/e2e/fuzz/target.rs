//! Draws the address of a request: that of a list, of a row, of a form, or nearly.

use super::body;
use super::draw::Draw;
use super::seeds::Form;
use super::text::{encode, text};

const OPERATORS: &[&str] = &[
    "is", "not", "has", "starts", "min", "max", "null", "empty", "is", "min", "from", "", "is.is",
    "IS",
];

impl Draw<'_> {
    pub(super) fn target(&mut self) -> Vec<u8> {
        match self.random.below(100) {
            0..=59 => self.list(),
            60..=94 => self.row(),
            95 => b"/".to_vec(),
            96 => b"/static/app.css".to_vec(),
            97 => b"/readyz".to_vec(),
            _ => {
                let mut target = b"/".to_vec();
                self.written(&mut target);
                target
            }
        }
    }

    fn list(&mut self) -> Vec<u8> {
        let seeds = self.seeds;
        let list = &seeds.lists[self.random.below(seeds.lists.len())];
        let mut target = list.path.clone().into_bytes();
        let most = if self.random.chance(1) { 70 } else { 4 };
        for number in 0..self.random.below(most) {
            target.push(if number == 0 { b'?' } else { b'&' });
            let column = &list.columns[self.random.below(list.columns.len())..];
            let column = column.first().map_or("id", String::as_str);
            match self.random.below(20) {
                0..=2 if !list.queries.is_empty() => {
                    let query = &list.queries[self.random.below(list.queries.len())];
                    target.extend(query.bytes());
                    continue;
                }
                0..=11 => {
                    let operator = self.random.pick(OPERATORS);
                    encode(&mut self.random, column, &mut target);
                    target.extend(format!(".{operator}=").bytes());
                }
                12..=14 => target.extend_from_slice(b"q="),
                15..=16 => {
                    let sign = self.random.pick(&["", "-", "--", "-x,"]);
                    target.extend(format!("sort={sign}{column}").bytes());
                    if self.random.chance(70) {
                        continue;
                    }
                }
                17 => target.extend_from_slice(b"after="),
                18 => target.extend_from_slice(b"before="),
                _ => {
                    self.written(&mut target);
                    target.push(b'=');
                }
            }
            self.written(&mut target);
        }
        target
    }

    fn row(&mut self) -> Vec<u8> {
        let seeds = self.seeds;
        let row = &seeds.rows[self.random.below(seeds.rows.len())];
        let mut target = row.clone().into_bytes();
        let own = row.rfind('/').map_or(0, |slash| slash + 1);
        match self.random.below(10) {
            0..=4 => {}
            5..=6 => {
                target.truncate(own);
                self.written(&mut target);
            }
            7 => {
                target.truncate(own);
                target.extend(self.random.between(-3, 300).to_string().bytes());
            }
            8 => {
                target.push(b',');
                self.written(&mut target);
            }
            _ => {
                let list = &seeds.lists[self.random.below(seeds.lists.len())];
                target = [list.path.as_bytes(), &target[own - 1..]].concat();
            }
        }
        let ends = ["", "", "", "/edit", "/edit", "/delete", "/", "/new", "?a=b"];
        target.extend(self.random.pick(&ends).bytes());
        target
    }

    fn written(&mut self, out: &mut Vec<u8>) {
        let text = text(&mut self.random, self.seeds);
        encode(&mut self.random, &text, out);
    }

    /// Where a form is sent to, and its fields, of which some were changed.
    pub(super) fn form(&mut self) -> (Vec<u8>, Vec<(String, String)>) {
        let seeds = self.seeds;
        let Form { action, fields } = &seeds.forms[self.random.below(seeds.forms.len())];
        let mut target = action.clone().into_bytes();
        // Else soon all rows that are known would be deleted.
        if action.ends_with("/delete") && self.random.chance(95) || self.random.chance(3) {
            target = [self.row(), b"/delete".to_vec()].concat();
        }
        let fields = body::changed(&mut self.random, seeds, fields);
        (target, fields)
    }
}
