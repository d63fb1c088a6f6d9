use super::*;

/// `P s1|SELECT 1| ,S` → the messages, with `|` for the zeros that end texts.
fn messages(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for message in text.split(',') {
        let (kind, body) = message.split_once(' ').unwrap_or((message, ""));
        let body: Vec<u8> = body
            .bytes()
            .map(|byte| if byte == b'|' { 0 } else { byte })
            .collect();
        write(kind.as_bytes()[0], &[&body], &mut bytes);
    }
    bytes
}

/// A description of one column, by its type.
fn described(ty: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let facts = [[0; 6].as_slice(), &[0, 0, 0, ty], &[0; 8]].concat();
    write(b'T', &[&[0, 1], b"a\0", &facts], &mut bytes);
    bytes
}

/// Says something, and what leaves for it.
#[track_caller]
fn say(line: &mut Nameless, said: &str, expect: &str) {
    line.say(&messages(said));
    let sent = line.sending.rest().to_vec();
    assert_eq!(
        String::from_utf8_lossy(&sent),
        String::from_utf8_lossy(&messages(expect))
    );
    line.sending.took(sent.len());
}

/// Answers something, and what the driver hears of it.
#[track_caller]
fn hear(line: &mut Nameless, answer: &[&[u8]], expect: &[&[u8]]) {
    line.hear(&answer.concat());
    let heard = line.heard.rest().to_vec();
    assert_eq!(
        String::from_utf8_lossy(&heard),
        String::from_utf8_lossy(&expect.concat())
    );
    line.heard.took(heard.len());
}

fn prepared() -> Nameless {
    let mut line = Nameless::default();
    say(
        &mut line,
        "P s1|SELECT a WHERE b = $1|00,D Ss1|,S",
        "P |SELECT a WHERE b = $1|00,D S|,S",
    );
    let answer = [&*messages("1,t 11"), &described(7), &messages("Z I")];
    hear(&mut line, &answer, &answer);
    line
}

#[test]
fn a_text_goes_before_each_run() {
    let mut line = prepared();
    for _ in 0..2 {
        // With the types that the server has said.
        say(
            &mut line,
            "B |s1|values,E |max,S",
            "P |SELECT a WHERE b = $1|11,B ||values,D P|,E |max,S",
        );
        hear(
            &mut line,
            &[
                &messages("1,2"),
                &described(7),
                &messages("D row,C SELECT 1|,Z I"),
            ],
            &[&messages("2,D row,C SELECT 1|,Z I")],
        );
    }
    say(&mut line, "C Ss1|,S", "C S|,S");
    hear(&mut line, &[&messages("3,Z I")], &[&messages("3,Z I")]);
    assert!(line.statements.is_empty());
}

#[test]
fn columns_of_other_types_are_a_stale_plan() {
    let mut line = prepared();
    line.say(&messages("B |s1|values,E |max,S"));
    let mut stale = Vec::new();
    write(b'E', &[STALE], &mut stale);
    hear(
        &mut line,
        &[&messages("1,2"), &described(8), &messages("D row,Z I")],
        &[&messages("2"), &stale, &messages("D row,Z I")],
    );
}

#[test]
fn what_fails_leaves_no_answer_owing() {
    let mut line = prepared();
    line.say(&messages(
        "Q BEGIN|,B |s1|values,E |max,S,Q COMMIT|,B |s1|values,E |max,S",
    ));
    hear(
        &mut line,
        &[
            &messages("C BEGIN|,Z T,E broken,Z E,C ROLLBACK|,Z I,1,2"),
            &described(7),
            &messages("C SELECT 0|,Z I"),
        ],
        &[&messages(
            "C BEGIN|,Z T,E broken,Z E,C ROLLBACK|,Z I,2,C SELECT 0|,Z I",
        )],
    );
}

#[test]
fn questions_without_parts_and_without_names_pass() {
    let mut line = Nameless::default();
    let said = "Q SELECT 1|,P |SELECT 1|,B ||values,D P|,E |max,S";
    say(&mut line, said, said);
    let answer = [
        &*described(1),
        &messages("D row,C SELECT 1|,Z I,1,2"),
        &described(1),
        &messages("D row,C SELECT 1|,Z I"),
    ];
    hear(&mut line, &answer, &answer);
}
