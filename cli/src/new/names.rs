//! What a new service is called, in each place.

use anyhow::ensure;
use smithwright::config::ServiceKey;
use smithwright::rust::{names, words};

/// Where templates say the name of the trait, of the library, and of the package.
const SERVICE: &str = "ServiceName";
const LIBRARY: &str = "service_name";
const PACKAGE: &str = "service-name";

/// Names that would mean something else: crates that are used, or that Rust has, and folders of cargo's.
const TAKEN: [&str; 15] = [
    "alloc",
    "axum",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "proc-macro",
    "service-name",
    "smithwright",
    "smithwright-runtime",
    "std",
    "test",
    "tests",
    "tokio",
];

/// The names of a service: identifiers, and a word with hyphens.
#[derive(Debug)]
pub(super) struct Names {
    /// The package: `city-weather`.
    pub(super) package: ServiceKey,
    /// The library in it: `city_weather`.
    library: String,
    /// The trait: `CityWeather`.
    pub(super) service: String,
}

impl Names {
    /// The names of a service, none of which means something else in these files.
    pub(super) fn of<'t>(package: &ServiceKey, files: impl Iterator<Item = &'t str>) -> anyhow::Result<Self> {
        let (library, service) = (package.as_str().replace('-', "_"), words::upper_camel_case(package.as_str()));
        let is_free = !TAKEN.contains(&package.as_str()) && names::module(&library) == library;
        let is_said =
            |text: &str| text.split(|it: char| !it.is_alphanumeric() && it != '_').any(|it| it == library || it == service);
        ensure!(
            is_free && !files.into_iter().any(is_said),
            "`{package}` means something else in Rust, or in what is made: use another name"
        );
        Ok(Self { package: package.clone(), library, service })
    }

    /// A template with these names.
    pub(super) fn said_in(&self, template: &str) -> String {
        template.replace(SERVICE, &self.service).replace(LIBRARY, &self.library).replace(PACKAGE, self.package.as_str())
    }
}
