use proptest::prelude::*;

use super::*;
use crate::auth::email_address::EmailAddress;
use crate::companies::email_domains::EmailDomains;

const HEADER: &str = "email;prénom;nom;service;poste\n";

fn domains() -> EmailDomains {
    EmailDomains::new(["@techcorp.com", "techcorp.fr"])
}

fn open(bytes: impl Into<Vec<u8>>) -> EmployeeCsv {
    EmployeeCsv::open(bytes.into()).expect("a readable file")
}

fn file_error(bytes: impl Into<Vec<u8>>) -> FileError {
    match EmployeeCsv::open(bytes.into()) {
        Ok(_) => panic!("the file was accepted"),
        Err(error) => error,
    }
}

fn rows(bytes: impl Into<Vec<u8>>) -> Vec<ParsedRow> {
    open(bytes).rows(&domains()).collect()
}

/// Lines and what became of them: the address, or the code of the refusal.
fn outcomes(bytes: impl Into<Vec<u8>>) -> Vec<(u32, String)> {
    let outcome = |row: ParsedRow| match row.entry {
        Ok(entry) => (row.line, entry.email.to_string()),
        Err(refused) => (row.line, refused.reason.code().to_owned()),
    };
    rows(bytes).into_iter().map(outcome).collect()
}

/// The reason of the only row under [`HEADER`].
fn refusal(row: &str) -> Option<Refusal> {
    let mut rows = rows(format!("{HEADER}{row}\n"));
    assert_eq!(rows.len(), 1, "{row}");
    rows.remove(0).entry.err().map(|refused| refused.reason)
}

fn camille() -> EmployeeEntry {
    EmployeeEntry {
        email: EmailAddress::parse("camille.durand@techcorp.com").expect("valid"),
        first_name: "Camille".into(),
        last_name: "Dùrand".into(),
        department: Some("R&D, \"innovation\"".into()),
        position: None,
    }
}

#[test]
fn real_files_all_give_the_same_employee() {
    let files: [&[u8]; 9] = [
        // Excel, French, "CSV UTF-8".
        "\u{feff}Email;Prénom;Nom;Service;Poste\r\ncamille.durand@techcorp.com;Camille;Dùrand;\"R&D, \"\"innovation\"\"\";\r\n".as_bytes(),
        // Excel, French, "CSV (séparateur : point-virgule)".
        b"Adresse e-mail;Pr\xe9nom;Nom de famille;D\xe9partement;Fonction\r\ncamille.durand@techcorp.com;Camille;D\xf9rand;\"R&D, \"\"innovation\"\"\";\r\n",
        // Google Sheets, English, other order and an unknown column.
        "Employee ID,Last Name,First Name,Department,Job Title,Work Email\n42,Dùrand,Camille,\"R&D, \"\"innovation\"\"\",,camille.durand@techcorp.com".as_bytes(),
        // LibreOffice, every cell quoted.
        "\"courriel\",\"prénom\",\"nom\",\"équipe\"\n\"camille.durand@techcorp.com\",\"Camille\",\"Dùrand\",\"R&D, \"\"innovation\"\"\"\n".as_bytes(),
        // Copied from a sheet.
        "e-mail\tprenom\tnom\tdirection\ncamille.durand@techcorp.com\tCamille\tDùrand\t\"R&D, \"\"innovation\"\"\"\n".as_bytes(),
        // Trailing empty columns, blank lines, spaces and no-break spaces.
        "\r\nemail ; prénom;nom;service;;\r\n;;;;;\r\n\u{a0}Camille.Durand@TechCorp.com ;\u{a0}Camille\u{202f}; Dùrand;\"R&D,  \"\"innovation\"\"\";;\r\n\r\n \r\n".as_bytes(),
        // Excel's hint, and classic Mac line ends.
        "sep=;\remail;prénom;nom;service\rcamille.durand@techcorp.com;Camille;Dùrand;\"R&D, \"\"innovation\"\"\"\r".as_bytes(),
        // The property names of the documentation.
        "email,firstName,lastName,department,position\ncamille.durand@techcorp.com,Camille,Dùrand,\"R&D, \"\"innovation\"\"\",\n".as_bytes(),
        // Accents as separate characters, as macOS writes them; only in the header.
        "email;pre\u{301}nom;nom;e\u{301}quipe\ncamille.durand@techcorp.com;Camille;Dùrand;\"R&D, \"\"innovation\"\"\"\n".as_bytes(),
    ];
    for file in files {
        let parsed = rows(file);
        assert_eq!(parsed.len(), 1, "{}", String::from_utf8_lossy(file));
        assert_eq!(
            parsed[0].entry,
            Ok(camille()),
            "{}",
            String::from_utf8_lossy(file)
        );
    }
}

#[test]
fn utf_16_with_a_bom_is_read() {
    let text = "\u{feff}email\tprénom\tnom\r\na@techcorp.com\tÉlodie\tŒuvrard\r\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(outcomes(bytes), [(2, "a@techcorp.com".to_owned())]);
}

#[test]
fn a_file_that_cannot_be_read_is_explained() {
    for (bytes, code) in [
        (&b""[..], "empty"),
        (b"\r\n\r\n", "empty"),
        (b"PK\x03\x04xlsx", "spreadsheet"),
        (b"%PDF-1.7", "not-text"),
        (b"\0\0\0", "not-text"),
        (b"nom;prenom\nDurand;Camille\n", "no-email-column"),
        (b"a@techcorp.com;Camille;Durand\n", "no-header"),
        (b"email;nom\na@techcorp.com;Durand\n", "no-name-columns"),
        (b"email;mail;nom;prenom\n", "duplicate-column"),
        (b"email;nom;prenom\n\n;;\n", "no-rows"),
        (b"just a sentence", "no-email-column"),
        (
            b"email;nom;prenom\na@techcorp.com;\"Durand;Camille\nb@techcorp.com;B;B\n",
            "unclosed-quote",
        ),
    ] {
        assert_eq!(
            file_error(bytes).code(),
            code,
            "{}",
            String::from_utf8_lossy(bytes)
        );
        assert!(FileError::CODES.contains(&code));
    }
}

#[test]
fn an_unclosed_quotation_mark_names_its_line() {
    let file =
        format!("{HEADER}\na@techcorp.com;A;A;;\n\nb@techcorp.com;\"B;B;;\nc@techcorp.com;C;C;;\n");
    assert_eq!(file_error(file), FileError::UnclosedQuote { line: 5 });
}

#[test]
fn size_limits_are_exact() {
    let row = "a@techcorp.com;A;A;;\n";
    let full = format!("{HEADER}{}", row.repeat(ROWS_MAX));
    assert_eq!(open(full.clone()).row_count(), ROWS_MAX);
    assert_eq!(file_error(full + row), FileError::TooManyRows);

    let mut large = format!("{HEADER}{row}").into_bytes();
    large.resize(FILE_MAX_BYTES, b'\n');
    assert_eq!(open(large.clone()).row_count(), 1);
    large.push(b'\n');
    assert_eq!(file_error(large), FileError::TooLarge);
}

#[test]
fn rows_keep_the_line_numbers_of_the_file() {
    let file = "\n\nemail;prénom;nom;service;poste\r\n\
        a@techcorp.com;A;A;;\r\n\
        \r\n\
        ;;;;\r\n\
        not an address;B;B;;\r\n\
        c@techcorp.com;C;C;;\"first line\nsecond line\"\r\n\
        \n\
        d@techcorp.com;D;D;;\r\n";
    let expected = [
        (4, "a@techcorp.com"),
        (7, "bad-email"),
        (8, "bad-characters-position"),
        (11, "d@techcorp.com"),
    ];
    let expected = expected.map(|(line, outcome)| (line, outcome.to_owned()));
    assert_eq!(outcomes(file), expected);
    let with_hint = format!("sep=;\r\n{HEADER}\r\na@techcorp.com;A;A;;\r\n");
    assert_eq!(outcomes(with_hint), [(4, "a@techcorp.com".to_owned())]);
}

#[test]
fn the_reason_of_a_refused_row_is_named() {
    let long = |chars| "é".repeat(chars);
    let long_local = format!("{}@techcorp.com", "a".repeat(300));
    for (row, reason) in [
        (";Camille;Durand;;", Some(Refusal::MissingEmail)),
        (" \u{200b};Camille;Durand;;", Some(Refusal::MissingEmail)),
        ("camille;Camille;Durand;;", Some(Refusal::BadEmail)),
        ("a@b@techcorp.com;Camille;Durand;;", Some(Refusal::BadEmail)),
        (
            "a@gmail.com;Camille;Durand;;",
            Some(Refusal::DomainNotAllowed),
        ),
        (
            "a@sub.techcorp.com;Camille;Durand;;",
            Some(Refusal::DomainNotAllowed),
        ),
        ("A@TechCorp.FR;Camille;Durand;;", None),
        ("a@techcorp.com;;Durand;;", Some(Refusal::MissingFirstName)),
        (
            "a@techcorp.com;Camille;\u{a0};;",
            Some(Refusal::MissingLastName),
        ),
        ("a@techcorp.com;Camille;Durand", Some(Refusal::Ragged)),
        ("a@techcorp.com;Camille;Durand;;;", None),
        ("a@techcorp.com;Camille;Durand;;;x", Some(Refusal::Ragged)),
        (
            "a@techcorp.com;Ca\u{7}mille;Durand;;",
            Some(Refusal::BadCharacters(Field::FirstName)),
        ),
        (
            "a@techcorp.com;Camille;Du\trand;;",
            Some(Refusal::BadCharacters(Field::LastName)),
        ),
        (
            "a@techcorp.com;Camille;Dur\u{fffd}nd;;",
            Some(Refusal::BadCharacters(Field::LastName)),
        ),
        (
            "a@techcorp.com;Camille;Durand;x\u{202e}y;",
            Some(Refusal::BadCharacters(Field::Department)),
        ),
        (
            &format!("{long_local};Camille;Durand;;"),
            Some(Refusal::TooLong(Field::Email)),
        ),
        (&format!("a@techcorp.com;{};Durand;;", long(100)), None),
        (
            &format!("a@techcorp.com;{};Durand;;", long(101)),
            Some(Refusal::TooLong(Field::FirstName)),
        ),
        (
            &format!("a@techcorp.com;Camille;Durand;;{}", long(120)),
            None,
        ),
        (
            &format!("a@techcorp.com;Camille;Durand;;{}", long(121)),
            Some(Refusal::TooLong(Field::Position)),
        ),
    ] {
        assert_eq!(refusal(row), reason, "{row}");
        assert!(reason.is_none_or(|reason| Refusal::CODES.contains(&reason.code())));
    }
}

#[test]
fn a_repeated_address_names_the_row_it_repeats() {
    let file = format!(
        "{HEADER}a@techcorp.com;;A;;\na@techcorp.com;A;A;;\nb@techcorp.com;B;B;;\nA@TECHCORP.COM;A;A;;\n"
    );
    let rows = rows(file);
    assert_eq!(
        rows[0].entry.as_ref().map_err(|refused| refused.reason),
        Err(Refusal::MissingFirstName)
    );
    assert!(
        rows[1].entry.is_ok(),
        "the row refused before it does not count"
    );
    let refused = rows[3].entry.as_ref().expect_err("a duplicate");
    assert_eq!(refused.reason, Refusal::DuplicateInFile { first_line: 3 });
    assert_eq!(refused.reason.first_line(), Some(3));
}

#[test]
fn a_refused_row_shows_cleaned_text() {
    let file = format!(
        "{HEADER}not an address ; Ca\u{7}mille;{};;\n",
        "x".repeat(300)
    );
    let refused = rows(file).remove(0).entry.expect_err("refused");
    assert_eq!(refused.email, "not an address");
    assert_eq!(refused.first_name, "Camille");
    assert_eq!(refused.last_name.len(), Field::LastName.max_chars());
}

#[test]
fn formulas_and_markup_are_ordinary_data() {
    let file = format!("{HEADER}a@techcorp.com;=1+1;@SUM(A1);-2;<script>alert(1)</script>\n");
    let entry = rows(file).remove(0).entry.expect("accepted");
    assert_eq!(entry.first_name, "=1+1");
    assert_eq!(entry.last_name, "@SUM(A1)");
    assert_eq!(entry.department.as_deref(), Some("-2"));
    assert_eq!(entry.position.as_deref(), Some("<script>alert(1)</script>"));
}

#[test]
fn ten_thousand_rows_are_walked_one_by_one() {
    let mut file = HEADER.to_owned();
    for number in 0..10_000 {
        file += &format!(
            "person{number}@techcorp.com;Prénom{number};Nom;Service {};Poste\n",
            number % 12
        );
    }
    let file = open(file);
    assert_eq!(file.row_count(), 10_000);
    let domains = domains();
    let accepted = file.rows(&domains).filter(|row| row.entry.is_ok()).count();
    assert_eq!(accepted, 10_000);
    assert_eq!(file.rows(&domains).last().map(|row| row.line), Some(10_001));
}

/// Letters that survive cleaning, and the ones CSV has to quote.
fn cell() -> impl Strategy<Value = String> {
    "[a-zA-Zéèïœ';,\"=+@-]([a-zA-Z éèïœ';,\"=+@-]{0,20}[a-zA-Zéè\"])?"
        .prop_map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "))
}

proptest! {
    #[test]
    fn what_a_csv_writer_writes_is_read_back(
        people in prop::collection::vec((cell(), cell(), prop::option::of(cell())), 1..20),
        delimiter in prop::sample::select(&[b';', b',', b'\t'][..]),
        windows_1252 in any::<bool>(),
        bom in any::<bool>(),
    ) {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        writer.write_record(["Prénom", "Nom", "Courriel", "Service"]).expect("writes");
        for (number, (first, last, department)) in people.iter().enumerate() {
            let email = format!("p{number}@techcorp.com");
            let department = department.as_deref().unwrap_or_default();
            writer.write_record([first, last, &email, department]).expect("writes");
        }
        let text = String::from_utf8(writer.into_inner().expect("flushes")).expect("UTF-8");
        let bytes = match (windows_1252, bom) {
            (true, _) => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
            (false, true) => format!("\u{feff}{text}").into_bytes(),
            (false, false) => text.into_bytes(),
        };
        let parsed = rows(bytes);
        prop_assert_eq!(parsed.len(), people.len());
        for (number, (row, (first, last, department))) in parsed.into_iter().zip(people).enumerate() {
            let entry = EmployeeEntry {
                email: EmailAddress::parse(&format!("p{number}@techcorp.com")).expect("valid"),
                first_name: first,
                last_name: last,
                department,
                position: None,
            };
            prop_assert_eq!(row.entry, Ok(entry));
            prop_assert_eq!(row.line as usize, number + 2);
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(file) = EmployeeCsv::open(bytes) {
            prop_assert_eq!(file.rows(&domains()).count(), file.row_count());
        }
    }

    #[test]
    fn arbitrary_rows_never_panic_and_lines_increase(body in "[a@.;,\"\t\r\n é\u{0}\u{a0}]{0,200}") {
        if let Ok(file) = EmployeeCsv::open(format!("{HEADER}{body}").into_bytes()) {
            let domains = domains();
            let lines: Vec<u32> = file.rows(&domains).map(|row| row.line).collect();
            prop_assert_eq!(lines.len(), file.row_count());
            prop_assert!(lines.is_sorted_by(|a, b| a < b), "{:?}", lines);
        }
    }
}
