//! The delimiter, and which column is which.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::{Field, FileError};
use crate::auth::email_address::EmailAddress;

/// Delimiters tried, the French spreadsheets' one first: it wins a tie.
const DELIMITERS: [u8; 3] = [b';', b',', b'\t'];
/// Longest column name repeated in a message, in characters.
const NAME_SHOWN_CHARS: usize = 60;

/// Names of the columns, [folded](fold). Left out on purpose: "titre" and "title" (often the
/// civility), "nom complet" and "name" (both names in one cell).
fn field_named(folded: &str) -> Option<Field> {
    let field = match folded {
        "email"
        | "emailaddress"
        | "emailpro"
        | "emailprofessionnel"
        | "emailentreprise"
        | "emailsalarie"
        | "mail"
        | "mailpro"
        | "mailprofessionnel"
        | "mailaddress"
        | "mel"
        | "adressemail"
        | "adressemailpro"
        | "adressemailprofessionnelle"
        | "adresseemail"
        | "adresseemailpro"
        | "adresseemailprofessionnelle"
        | "adressemel"
        | "adressecourriel"
        | "adresseelectronique"
        | "adresseelectroniqueprofessionnelle"
        | "courriel"
        | "courrielprofessionnel"
        | "courrierelectronique"
        | "workemail"
        | "workemailaddress"
        | "businessemail"
        | "companyemail"
        | "professionalemail"
        | "useremail"
        | "employeeemail" => Field::Email,
        "prenom" | "prenoms" | "prenomusuel" | "prenomsalarie" | "prenomdusalarie"
        | "prenomemploye" | "firstname" | "first" | "givenname" | "givennames" | "forename"
        | "preferredfirstname" => Field::FirstName,
        "nom" | "nomdefamille" | "nomusuel" | "nomusage" | "nomdusage" | "nomsalarie"
        | "nomdusalarie" | "nomemploye" | "patronyme" | "lastname" | "last" | "surname"
        | "familyname" => Field::LastName,
        "departement" | "department" | "departmentname" | "dept" | "service" | "nomduservice"
        | "direction" | "equipe" | "team" | "teamname" | "division" | "pole" | "unite"
        | "businessunit" => Field::Department,
        "poste" | "posteoccupe" | "fonction" | "fonctionoccupee" | "position" | "job"
        | "jobtitle" | "jobposition" | "intituleduposte" | "intituleposte" | "intitule"
        | "libelleduposte" | "libelleposte" | "libelleemploi" | "titreduposte" | "metier"
        | "emploi" => Field::Position,
        _ => return None,
    };
    Some(field)
}

/// Where the columns are. Columns we do not know are ignored.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) delimiter: u8,
    /// Columns up to the last named one; rows may have empty cells beyond.
    pub(super) width: usize,
    pub(super) email: usize,
    pub(super) first_name: usize,
    pub(super) last_name: usize,
    pub(super) department: Option<usize>,
    pub(super) position: Option<usize>,
    /// Where the rows start in the text: offset in bytes, line.
    pub(super) body: (usize, u32),
}

impl Header {
    /// Reads the first row that is not blank, with the delimiter that makes most sense of it: the
    /// one that yields the most columns we know, then the most columns.
    pub(super) fn find(text: &str) -> Result<Self, FileError> {
        let (start, hinted) = separator_line(text);
        let first_line = if start == 0 { 1 } else { 2 };
        let mut best: Option<((usize, usize), u8, Records<'_>)> = None;
        for delimiter in DELIMITERS {
            if hinted.is_some_and(|hinted| hinted != delimiter) {
                continue;
            }
            let mut records = Records::new(&text[start..], delimiter, first_line);
            if records.advance().is_none() {
                continue;
            }
            let known = names(records.current()).flatten().count();
            let sense = (known, records.current().len());
            if best.as_ref().is_none_or(|(most, ..)| sense > *most) {
                best = Some((sense, delimiter, records));
            }
        }
        let (_, delimiter, records) = best.ok_or(FileError::Empty)?;
        let (offset, line) = records.position();
        Self::map(records.current(), delimiter, (start + offset, line))
    }

    fn map(names_row: &StringRecord, delimiter: u8, body: (usize, u32)) -> Result<Self, FileError> {
        let mut columns = [None; Field::ALL.len()];
        for (index, field) in names(names_row).enumerate() {
            let Some(field) = field else { continue };
            if let Some(first) = columns[field as usize].replace(index) {
                return Err(FileError::DuplicateColumn {
                    first: shown(&names_row[first]),
                    second: shown(&names_row[index]),
                });
            }
        }
        let [email, first_name, last_name, department, position] = columns;
        if email.is_none()
            && names_row
                .iter()
                .any(|cell| EmailAddress::parse(cell).is_ok())
        {
            return Err(FileError::NoHeader);
        }
        let width = names_row
            .iter()
            .enumerate()
            .filter(|(_, name)| !is_blank(name))
            .last()
            .map_or(0, |(last, _)| last + 1);
        Ok(Self {
            delimiter,
            width,
            email: email.ok_or(FileError::NoEmailColumn)?,
            first_name: first_name.ok_or(FileError::NoNameColumns)?,
            last_name: last_name.ok_or(FileError::NoNameColumns)?,
            department,
            position,
            body,
        })
    }
}

/// Excel's own hint, a first line such as `sep=;`: the offset after it and the delimiter.
fn separator_line(text: &str) -> (usize, Option<u8>) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    match line.trim_end_matches('\r').as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter]
            if DELIMITERS.contains(delimiter) =>
        {
            (text.len() - rest.len(), Some(*delimiter))
        }
        _ => (0, None),
    }
}

fn names(row: &StringRecord) -> impl Iterator<Item = Option<Field>> {
    row.iter().map(|name| field_named(&fold(name)))
}

/// A column name as written, short enough for a message.
fn shown(name: &str) -> String {
    let printable = name.trim().chars().filter(|letter| !letter.is_control());
    printable.take(NAME_SHOWN_CHARS).collect()
}

/// Lower case, without accents, spaces or punctuation. Accents may be separate characters: that is
/// how macOS writes them.
fn fold(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|letter| match letter {
            'à' | 'â' | 'ä' | 'á' | 'ã' => Some('a'),
            'ç' => Some('c'),
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'î' | 'ï' | 'í' => Some('i'),
            'ô' | 'ö' | 'ó' | 'õ' => Some('o'),
            'ù' | 'û' | 'ü' | 'ú' => Some('u'),
            'ÿ' => Some('y'),
            letter if letter.is_alphanumeric() => Some(letter),
            _ => None,
        })
        .collect()
}

/// The records of the text, blank ones skipped, each with the line it starts on.
#[derive(Debug)]
pub(super) struct Records<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    first_line: u32,
    record: StringRecord,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a str, delimiter: u8, first_line: u32) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        Self {
            text,
            reader,
            first_line,
            record: StringRecord::new(),
        }
    }

    /// Reads the next record that is not blank and returns its line, or `None` at the end.
    pub(super) fn advance(&mut self) -> Option<u32> {
        loop {
            let (offset, line) = self.position();
            // Text is valid UTF-8 and lengths are flexible: reading cannot fail, only end.
            if !self.reader.read_record(&mut self.record).unwrap_or(false) {
                return None;
            }
            if self.record.iter().any(|cell| !is_blank(cell)) {
                return Some(line + self.blank_lines_at(offset));
            }
        }
    }

    pub(super) fn current(&self) -> &StringRecord {
        &self.record
    }

    /// Where the next record is looked for: offset in bytes, line.
    pub(super) fn position(&self) -> (usize, u32) {
        let position = self.reader.position();
        let as_u32 = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let offset = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let line = as_u32(position.line() - 1).saturating_add(self.first_line);
        (offset, line)
    }

    /// The reader swallows empty lines before a record but reports the line of the first of them.
    fn blank_lines_at(&self, offset: usize) -> u32 {
        let rest = self.text.as_bytes().get(offset..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let lines = blanks.filter(|byte| **byte == b'\n').count();
        u32::try_from(lines).unwrap_or(u32::MAX)
    }
}

/// Nothing to see: white space, no-break and zero-width characters.
pub(super) fn is_blank(cell: &str) -> bool {
    cell.chars().all(is_space)
}

/// White space (U+00A0 and U+202F included) and the zero-width characters that copying from web
/// pages leaves at the ends of cells.
pub(super) fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_recognised_whatever_their_spelling() {
        for (name, field) in [
            ("email", Field::Email),
            ("E-mail", Field::Email),
            ("E_MAIL", Field::Email),
            ("Courriel", Field::Email),
            ("Adresse e-mail", Field::Email),
            ("ADRESSE ÉLECTRONIQUE", Field::Email),
            ("Adresse e\u{2011}mail\u{a0}", Field::Email),
            ("firstName", Field::FirstName),
            ("first_name", Field::FirstName),
            ("Pre\u{301}nom", Field::FirstName),
            ("PRÉNOM", Field::FirstName),
            ("Given name", Field::FirstName),
            ("Nom", Field::LastName),
            ("nom de famille", Field::LastName),
            ("Nom d’usage", Field::LastName),
            ("Surname", Field::LastName),
            ("Département", Field::Department),
            ("Équipe", Field::Department),
            ("Service", Field::Department),
            ("Intitulé du poste", Field::Position),
            ("Job Title", Field::Position),
            ("Fonction", Field::Position),
        ] {
            assert_eq!(field_named(&fold(name)), Some(field), "{name}");
        }
        for name in [
            "",
            "Nom complet",
            "Titre",
            "Matricule",
            "Prénom Nom",
            "email2",
        ] {
            assert_eq!(field_named(&fold(name)), None, "{name}");
        }
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_sense_of_the_header() {
        for (text, delimiter) in [
            ("email;nom;prénom\n", b';'),
            ("email,nom,prénom\n", b','),
            ("email\tnom\tprénom\n", b'\t'),
            ("\"Matricule, interne\";email;nom;prénom\n", b';'),
            ("email,nom,prénom,\"site; étage; bureau; aile\"\n", b','),
            ("sep=,\r\nemail,nom,prénom\n", b','),
            ("\n ; ;\nemail;nom;prénom\n", b';'),
        ] {
            assert_eq!(
                Header::find(text).expect(text).delimiter,
                delimiter,
                "{text}"
            );
        }
    }

    #[test]
    fn a_header_that_cannot_work_is_explained() {
        let error = |text: &str| Header::find(text).expect_err(text);
        assert_eq!(error("nom;prénom\n"), FileError::NoEmailColumn);
        assert_eq!(
            error("a@techcorp.com;Durand;Camille\n"),
            FileError::NoHeader
        );
        assert_eq!(error("email;nom\n"), FileError::NoNameColumns);
        assert_eq!(error("email;prénom\n"), FileError::NoNameColumns);
        assert_eq!(error("email\n"), FileError::NoNameColumns);
        assert_eq!(
            error("Courriel;nom;prénom;E-mail\n"),
            FileError::DuplicateColumn {
                first: "Courriel".into(),
                second: "E-mail".into()
            }
        );
    }
}
