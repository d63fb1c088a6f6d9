//! What a server says before it is ready for the first question, as far as it matters here.

use super::frames::{Frames, Handling, Piece};

/// Listens until the server is ready.
#[derive(Debug, Default)]
pub(super) struct Startup {
    frames: Frames,
    heard: Heard,
}

#[derive(Debug, Default)]
struct Heard {
    process: Option<i32>,
    is_over: bool,
}

impl Startup {
    pub(super) fn hear(&mut self, bytes: &[u8]) {
        let handling = |kind| match kind {
            b'K' => Handling::Keep,
            _ => Handling::Pass,
        };
        let heard = &mut self.heard;
        self.frames.take(bytes, handling, |piece| match piece {
            Piece::Whole(_, key) => {
                heard.process = key.first_chunk().copied().map(i32::from_be_bytes);
            }
            Piece::Head(b'Z', _) => heard.is_over = true,
            Piece::Head(..) | Piece::Body(_) => {}
        });
    }

    /// The process that serves the line, with the key of which a statement can be cancelled.
    pub(super) fn process(&self) -> Option<i32> {
        self.heard.process
    }

    pub(super) fn is_over(&self) -> bool {
        self.heard.is_over
    }
}
