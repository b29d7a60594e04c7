//! The set-based statements of the scale seed. Only numbers and names of ours are interpolated.
//!
//! # Why nobody is ever in two places
//! A consultation `i` belongs to practitioner `i mod P`, as that practitioner's `k`-th one. Its cell
//! (a working day and one of eight hours) is `(k * stride + offset) mod cells`: with a stride
//! coprime to the number of cells, no cell comes twice. A practitioner's patients are the employees
//! with the same remainder, so that an employee's agenda is part of one practitioner's.

use super::{Calendar, Size};

/// Appointments of one working day.
pub(super) const HOURS_A_DAY: u64 = 8;

/// A stable identifier in SQL: of the `number`-th row of a kind.
pub(super) fn id(kind: &str, number: &str) -> String {
    format!("md5('scale {kind} ' || ({number}))::uuid")
}

/// A draw in `0..n` in SQL that depends on `number` and `salt`: Knuth's multiplicative hash.
fn draw(number: &str, salt: u32, n: &str) -> String {
    format!("((({number})::bigint + {salt}) * 2654435761 % 4294967296 / 1024 % ({n}))")
}

/// The company of employee `e`: 100 in the first one, one in each other, and the rest spread so
/// that a few companies are large and most are small.
fn company_of(size: &Size, e: &str) -> String {
    let Size { companies, .. } = *size;
    let first = size.first_company();
    if companies == 1 {
        return "1".to_owned();
    }
    let spread = format!("({} / 4194304.0)", draw(e, 17, "4194304"));
    format!(
        "(CASE WHEN {e} <= {first} THEN 1
               WHEN {e} < {first} + {companies} THEN {e} - {first} + 1
               ELSE 2 + floor(({companies} - 1) * {spread} * {spread})::int END)"
    )
}

/// The address of the `number`-th account of a kind in its company: the first company has the
/// short domain, where the benchmark signs in.
fn address(kind: &str, number: &str, company: &str) -> String {
    format!(
        "'{kind}-' || {number} || '@' || CASE WHEN {company} = 1 THEN 'scale.example'
            ELSE 'c' || {company} || '.scale.example' END"
    )
}

/// `$1` first names, `$2` last names.
fn name(number: &str) -> String {
    let [first, last] = [3, 5].map(|salt| draw(number, salt, "1000000"));
    format!(
        "($1::text[])[1 + {first} % cardinality($1::text[])], ($2::text[])[1 + {last} % cardinality($2::text[])]"
    )
}

pub(super) fn companies(size: &Size) -> String {
    format!(
        "INSERT INTO companies (id, name, slug, sector, size, city, email_domains, status, created_at)
         SELECT {id}, 'Entreprise ' || c, 'scale-' || c,
                (ARRAY['Technologies', 'Santé', 'Industrie', 'Services', 'Transport'])[1 + c % 5],
                CASE WHEN c % 10 = 0 THEN 'large' WHEN c % 3 = 0 THEN 'small' ELSE 'medium' END,
                (ARRAY['Paris', 'Lyon', 'Lille', 'Nantes', 'Toulouse'])[1 + c % 5],
                ARRAY[CASE WHEN c = 1 THEN 'scale.example' ELSE 'c' || c || '.scale.example' END],
                'active', $1
         FROM generate_series(1, {companies}) c",
        id = id("company", "c"),
        companies = size.companies,
    )
}

/// Everybody who signs in; `$1`, `$2` names, `$3` when the accounts were made.
pub(super) fn users(size: &Size) -> String {
    let Size {
        companies,
        employees,
        practitioners,
        ..
    } = *size;
    let company_id = id("company", "company");
    let rows = [
        ("employee", employees, company_of(size, "n")),
        ("hr", companies, "n".to_owned()),
        ("practitioner", practitioners, "1".to_owned()),
        ("admin", 1, "1".to_owned()),
        ("super_admin", 1, "1".to_owned()),
    ]
    .map(|(role, count, company)| {
        format!(
            "SELECT '{role}' AS role, n, {company} AS company, {id} AS id FROM generate_series(1, {count}) n",
            id = id(role, "n")
        )
    })
    .join(" UNION ALL ");
    format!(
        "INSERT INTO users (id, email, role, company_id, first_name, last_name, status, email_verified_at, created_at)
         SELECT id, {email}, role, CASE WHEN role IN ('employee', 'hr') THEN {company_id} END,
                {name}, CASE WHEN role = 'employee' AND company > 1 AND n % 20 = 7 THEN 'pending' ELSE 'active' END,
                $3, $3
         FROM ({rows}) people",
        email = address("' || replace(role, '_', '-') || '", "n", "company"),
        name = name("n"),
    )
}

/// `$1` one hash for all, `$2` when.
pub(super) const CREDENTIALS: &str = "INSERT INTO credentials (user_id, password_hash, changed_at)
     SELECT id, $1, $2 FROM users WHERE email LIKE '%scale.example' AND status = 'active'";

/// The employees of the accounts; invitations and consents follow from them. `$1` when.
pub(super) const EMPLOYEES: &str =
    "INSERT INTO employees (user_id, company_id, department, position, created_at)
     SELECT id, company_id,
            (ARRAY['Développement', 'Commercial', 'Support', 'Finance', 'Production', 'Logistique'])
                [1 + abs(hashtext(email) % 6)],
            (ARRAY['Cheffe de projet', 'Technicien', 'Analyste', 'Responsable', 'Assistante'])
                [1 + abs(hashtext(last_name) % 5)], $1
     FROM users WHERE role = 'employee' AND email LIKE '%scale.example'";

pub(super) const INVITATIONS: &str =
    "INSERT INTO invitations (id, user_id, company_id, nonce, expires_at, sent_count, last_sent_at, accepted_at, created_at)
     SELECT md5('invitation' || id)::uuid, id, company_id, md5('nonce' || id)::uuid, $1 + interval '7 days', 1, $1,
            CASE WHEN status = 'active' THEN $1 + interval '1 day' END, $1
     FROM users WHERE role = 'employee' AND email LIKE '%scale.example'";

/// `$2` the version of the texts.
pub(super) const CONSENTS: &str =
    "INSERT INTO consents (id, user_id, kind, version, locale, given_at)
     SELECT md5(kind || id)::uuid, id, kind, $2, 'fr', $1 + interval '1 day'
     FROM users, unnest(ARRAY['terms', 'health_data']) kind
     WHERE role = 'employee' AND status = 'active' AND email LIKE '%scale.example'";

pub(super) fn practitioners(size: &Size) -> String {
    format!(
        "INSERT INTO practitioners (user_id, title, professional_id, specialty, sub_specialties, languages, bio,
             experience_years, education, city, offers_in_person, in_person_address, verification, created_at)
         SELECT {id}, CASE WHEN p % 3 = 0 THEN 'Dr' ELSE '' END, 'SCALE' || p,
                (ARRAY['clinical_psychologist', 'work_psychologist', 'psychiatrist', 'psychotherapist',
                       'neuropsychologist', 'mental_coach', 'sexologist', 'psychoanalyst'])[1 + p % 8],
                ARRAY['TCC', 'Stress'], CASE WHEN p % 4 = 0 THEN ARRAY['fr', 'en'] ELSE ARRAY['fr'] END,
                'Un accompagnement à votre rythme, avec des outils concrets entre les séances.',
                3 + p % 30, 'Master 2 Psychologie',
                (ARRAY['Paris', 'Lyon', 'Lille', 'Nantes', 'Toulouse', 'Marseille', 'Rennes'])[1 + p % 7],
                p % 2 = 0, CASE WHEN p % 2 = 0 THEN '1 place de la République' END, 'verified', $1
         FROM generate_series(1, {practitioners}) p",
        id = id("practitioner", "p"),
        practitioners = size.practitioners,
    )
}

/// Monday to Friday, eight hours from 8, 9 or 10 o'clock; `$1` the first day.
pub(super) fn windows(size: &Size) -> String {
    format!(
        "INSERT INTO availability_windows (id, practitioner_id, weekday, start_time, end_time, valid_from)
         SELECT {id}, {practitioner}, weekday, make_time(8 + p % 3, 0, 0), make_time(16 + p % 3, 0, 0), $1
         FROM generate_series(1, {practitioners}) p, generate_series(1, 5) weekday",
        id = id("window", "p || ' ' || weekday"),
        practitioner = id("practitioner", "p"),
        practitioners = size.practitioners,
    )
}

/// A day off in the coming weeks, and a Saturday morning; `$1` the Monday of this week.
pub(super) fn exceptions(size: &Size) -> String {
    format!(
        "INSERT INTO availability_exceptions (id, practitioner_id, day, kind, start_time, end_time)
         SELECT {id}, {practitioner}, $1 + 7 * weeks + CASE WHEN open THEN 5 ELSE p % 5 END,
                CASE WHEN open THEN 'open' ELSE 'closed' END,
                CASE WHEN open THEN time '09:00' END, CASE WHEN open THEN time '12:00' END
         FROM generate_series(1, {practitioners}) p,
              (VALUES (2, false), (3, true)) days (weeks, open)",
        id = id("exception", "p || ' ' || weeks"),
        practitioner = id("practitioner", "p"),
        practitioners = size.practitioners,
    )
}

/// `$1` the first Monday, `$2` now.
pub(super) fn consultations(size: &Size, calendar: &Calendar) -> String {
    let practices = size.practices();
    let employees = size.employees;
    let cells = calendar.cells();
    let stride = calendar.stride();
    format!(
        "INSERT INTO consultations (id, company_id, employee_id, practitioner_id, format, status, starts_at, ends_at,
             blocked_until, started_at, ended_at, duration_seconds, activity_day, cancelled_at, cancelled_by,
             created_at, updated_at)
         WITH places AS (
             SELECT i, 1 + i % {practices} AS p,
                    ((i / {practices})::bigint * {stride} + (1 + i % {practices}) * 7919) % {cells} AS cell,
                    1 + i % {practices} + {practices} * {patient} AS e,
                    {fate} AS fate
             FROM generate_series(0, {consultations} - 1) i
         ), moments AS (
             SELECT i, p, e, fate, {company} AS company, {id} AS id, {employee_id} AS employee_id, {practitioner_id} AS practitioner_id,
                    (($1 + (cell / {day} / 5 * 7 + cell / {day} % 5)::int)
                        + make_interval(hours => (8 + p % 3 + cell % {day})::int)) AT TIME ZONE 'Europe/Paris' AS starts_at
             FROM places
         ), outcomes AS (
             SELECT *, starts_at + interval '50 minutes' AS ends_at, starts_at + interval '1 hour' AS blocked_until,
                    CASE WHEN starts_at + interval '75 minutes' < $2 THEN
                             CASE WHEN fate < 84 THEN 'completed' WHEN fate < 94 THEN 'cancelled' ELSE 'no_show' END
                         WHEN starts_at > $2 THEN
                             CASE WHEN fate < 60 THEN 'confirmed' WHEN fate < 92 THEN 'scheduled' ELSE 'cancelled' END
                         ELSE 'confirmed' END AS status,
                    starts_at + {late} * interval '1 second' AS began
             FROM moments
         ), facts AS (
             SELECT *, CASE WHEN status = 'completed' THEN began END AS started_at,
                    CASE WHEN status = 'completed'
                        THEN least(began + (2100 + {lasted}) * interval '1 second', blocked_until) END AS ended_at,
                    CASE WHEN status = 'cancelled'
                        THEN least(starts_at - (24 + i % 48) * interval '1 hour', $2) END AS cancelled_at
             FROM outcomes
         )
         SELECT id, {company_id}, employee_id, practitioner_id,
                CASE WHEN i % 5 < 3 OR p % 2 = 1 AND i % 5 = 4 THEN 'video' WHEN i % 5 = 3 THEN 'audio' ELSE 'in_person' END,
                status, starts_at, ends_at, blocked_until, started_at, ended_at,
                -- The expressions of the trigger hz.consultation_transition, which is off.
                floor(extract(epoch FROM ended_at - started_at)),
                (ended_at AT TIME ZONE (SELECT hz.accounting_zone()))::date,
                cancelled_at, CASE WHEN status = 'cancelled' THEN employee_id END,
                least(starts_at - (72 + i % 200) * interval '1 hour', $2), least(blocked_until, $2)
         FROM facts",
        consultations = size.consultations,
        day = HOURS_A_DAY,
        patient = draw("i", 11, &format!("({employees} - 1 - i % {practices}) / {practices} + 1")),
        fate = draw("i", 23, "100"),
        late = draw("i", 29, "240"),
        lasted = draw("i", 31, "1501"),
        company = company_of(size, "e"),
        company_id = id("company", "company"),
        id = id("consultation", "i"),
        employee_id = id("employee", "e"),
        practitioner_id = id("practitioner", "p"),
    )
}

/// What happened to each consultation.
pub(super) const EVENTS: &str =
    "INSERT INTO consultation_events (id, consultation_id, company_id, kind, actor_id, occurred_at)
     SELECT md5(kind || c.id)::uuid, c.id, c.company_id, kind, actor, at
     FROM consultations c
     JOIN users u ON u.id = c.practitioner_id AND u.email LIKE '%scale.example',
     LATERAL (VALUES
         ('scheduled', c.employee_id, c.created_at),
         ('confirmed', c.practitioner_id, CASE WHEN c.status NOT IN ('scheduled', 'cancelled') THEN c.created_at END),
         ('started', c.practitioner_id, c.started_at),
         ('ended', c.practitioner_id, c.ended_at),
         ('cancelled', c.cancelled_by, c.cancelled_at),
         ('no_show', c.practitioner_id, CASE WHEN c.status = 'no_show' THEN c.starts_at END)
     ) steps (kind, actor, at)
     WHERE at IS NOT NULL";
