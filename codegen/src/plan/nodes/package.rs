//! The packages that an application of several crates is made of, besides its own.

use super::{App, Table};
use crate::plan::names::ident;

/// The folder of the models.
pub(super) const MODELS: &str = "models";
/// The folder of what surrounds the pages.
const UI: &str = "ui";
/// The folder with one for each part of the pages.
pub(super) const PAGES: &str = "pages";

/// A package of the application.
pub(crate) struct Package {
    /// Its folder, from the application's: `pages/f`
    pub(crate) folder: String,
    /// `my-shop-pages-f`
    pub(crate) name: String,
}

/// The tables whose pages share a package.
pub(crate) struct Part<'a> {
    /// How the names of the tables begin: `f`
    pub(crate) name: &'a str,
    pub(crate) tables: Vec<&'a Table>,
}

impl Package {
    /// The crate's name in code: `my_shop_pages_f`.
    pub(crate) fn ident(&self) -> syn::Ident {
        in_code(&self.name)
    }
}

impl App {
    /// The application's crate in code: `my-shop` → `my_shop`.
    pub(crate) fn crate_ident(&self) -> syn::Ident {
        in_code(&self.crate_name)
    }

    pub(crate) fn models(&self) -> Package {
        self.package(MODELS)
    }

    pub(crate) fn ui(&self) -> Package {
        self.package(UI)
    }

    pub(crate) fn pages(&self, part: &Part<'_>) -> Package {
        self.package(&format!("{PAGES}/{}", part.name))
    }

    /// The folder of the models' code: `src`, or `models/src`.
    pub(crate) fn models_source(&self) -> String {
        source(self.split.then(|| self.models()))
    }

    /// The folder of the code of what surrounds the pages: `src`, or `ui/src`.
    pub(crate) fn ui_source(&self) -> String {
        source(self.split.then(|| self.ui()))
    }

    fn package(&self, folder: &str) -> Package {
        Package {
            folder: folder.to_owned(),
            name: format!("{}-{}", self.crate_name, folder.replace('/', "-")),
        }
    }
}

/// The crates of an application of several that all others know, as code names them: `my_shop_models`.
pub(in crate::plan) fn shared_crates(crate_name: &str) -> [String; 2] {
    [MODELS, UI].map(|folder| format!("{}_{folder}", crate_name.replace('-', "_")))
}

fn source(package: Option<Package>) -> String {
    match package {
        Some(package) => format!("{}/src", package.folder),
        None => "src".to_owned(),
    }
}

fn in_code(package: &str) -> syn::Ident {
    ident(&package.replace('-', "_"))
}
