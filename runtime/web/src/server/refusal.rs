//! What the server says where the application cannot be asked for a page.

/// A status, and a sentence about it.
#[derive(Debug)]
pub(super) struct Refusal {
    status: &'static str,
    title: &'static str,
    sentence: &'static str,
}

/// A request came too slowly.
pub(super) const SLOW: &Refusal = &Refusal {
    status: "408 Request Timeout",
    title: "Too slow",
    sentence: "The request did not arrive within the time that it is given. Nothing was changed.",
};

/// A handler computes without an end.
pub(super) const COMPUTES: &Refusal = &Refusal {
    status: "503 Service Unavailable",
    title: "This took too long",
    sentence: "The application needed longer for this request than it is given.",
};

/// All places are taken, or all threads compute.
pub(super) const FULL: &Refusal = &Refusal {
    status: "503 Service Unavailable",
    title: "Too busy",
    sentence: "The application serves as many requests as it can at the moment. Nothing was changed: try again in a few seconds.",
};

impl Refusal {
    /// A whole answer, after which the connection is closed.
    pub(super) fn answer(&self) -> String {
        let page = self.page();
        let retry = match self.status.starts_with("503") {
            true => "Retry-After: 5\r\n",
            false => "",
        };
        format!(
            "HTTP/1.1 {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n{retry}\
             Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n{page}",
            self.status,
            page.len(),
        )
    }

    pub(super) fn page(&self) -> String {
        let Self {
            title, sentence, ..
        } = self;
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
             <body><main><h1>{title}</h1><p>{sentence}</p></main></body></html>\n"
        )
    }
}
