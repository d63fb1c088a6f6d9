//! What the compiler says of a query that cannot be: it names the table and the column.
//!
//! `TRYBUILD=overwrite` takes what it says as what it is to say.

#[test]
#[ignore = "it builds the runtime once more: tests/run --all"]
fn a_wrong_query_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/compile/cases/*.rs");
}
