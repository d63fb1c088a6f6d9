//! Values that stand in frames: what is around them is rendered once, however many rows a list has.

use std::fmt::{self, Display, Write};

use askama::filters::HtmlSafe;
use askama::{FastWritable, Template, Values};

use super::Shown;

/// The place of a value in a template that is rendered once, for many values to stand there.
#[derive(Debug, Clone, Copy)]
pub struct Hole;

/// A letter that no page has.
const HOLE: char = '\0';

impl Display for Hole {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_char(HOLE)
    }
}

impl FastWritable for Hole {
    fn write_into(&self, out: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(out.write_char(HOLE)?)
    }
}

impl HtmlSafe for Hole {}

/// What stands around a value: `<td>` and `</td>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    html: String,
    /// Where the value stands, instead of the hole.
    place: usize,
}

impl Frame {
    /// What a template with a [`Hole`] has around it.
    pub fn of(template: &impl Template) -> Self {
        let mut html = template.render().unwrap_or_default();
        let place = html.find(HOLE).unwrap_or(html.len());
        if place < html.len() {
            html.remove(place);
        }
        Self { html, place }
    }
}

/// Values, each in its frame, on a line of its own.
#[derive(Debug, Clone, Copy)]
pub struct Framed<'a> {
    /// The frames.
    pub frames: &'a [Frame],
    /// The values, as many as there are frames.
    pub values: &'a [Shown<'a>],
}

/// The space that a row of values is given before it asks for more.
const ROW: usize = 960;

impl Framed<'_> {
    fn html(&self) -> String {
        let mut html = String::with_capacity(ROW);
        for (frame, value) in self.frames.iter().zip(self.values) {
            let (before, after) = frame.html.split_at(frame.place);
            html.push_str(before);
            value.0.write_html(&mut html);
            html.push_str(after);
            html.push('\n');
        }
        html
    }
}

impl Display for Framed<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.html())
    }
}

impl FastWritable for Framed<'_> {
    fn write_into(&self, out: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(out.write_str(&self.html())?)
    }
}

impl HtmlSafe for Framed<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::Show;

    #[derive(Template)]
    #[template(source = "<td class=\"{{ class }}\">{{ value }}</td>", ext = "html")]
    struct Cell {
        class: &'static str,
        value: Hole,
    }

    #[test]
    fn values_stand_in_their_frames() {
        let frame = |class| Frame::of(&Cell { class, value: Hole });
        let text = "x & y".to_owned();
        let framed = Framed {
            frames: &[frame("a"), frame("<b>")],
            values: &[7.show(), text.show()],
        };
        assert_eq!(
            framed.to_string(),
            "<td class=\"a\">7</td>\n<td class=\"&#60;b&#62;\">x &#38; y</td>\n"
        );
    }
}
