//! The commands shown in README and docs are run, and print what is shown.

#[test]
fn what_the_docs_show_is_what_the_program_prints() {
    trycmd::TestCases::new().case("README.md").case("docs/*.md").run();
}
