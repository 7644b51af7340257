//! Who made the promise.

use super::period::FiscalYear;

super::words::words! {
    /// What sort of body an organisation is.
    OrganisationKind {
        Company = "company",
        Country = "country",
        Union = "union",
        Region = "region",
        City = "city",
        University = "university",
        Ngo = "ngo",
        Other = "other",
    }
}

/// A company, country, city or other body that makes promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The file's stem: `tencent`.
    pub id: String,
    /// Name as people know it.
    pub name: String,
    /// Sort of body; `None` where not given.
    pub kind: Option<OrganisationKind>,
    /// ISO 3166-1 alpha-2, or `EU`.
    pub country: Option<String>,
    /// Legal entity identifier (ISO 17442).
    pub lei: Option<String>,
    /// Line of business.
    pub sector: Option<String>,
    /// Home page.
    pub url: Option<String>,
    /// Fiscal year; `None` is the calendar year, and `FY…` periods are errors.
    pub fiscal_year: Option<FiscalYear>,
    /// Remark.
    pub note: Option<String>,
    /// Line of the `[organisation]` table, from 1.
    pub line: u32,
}
