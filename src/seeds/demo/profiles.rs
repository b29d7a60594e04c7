//! The practitioners of the demo.

/// Weekday (ISO, 1 = Monday), first and last hour of the local clock, every how many weeks.
pub(super) type Window = (i16, u32, u32, i16);

/// A practitioner.
pub(super) struct Profile {
    pub(super) title: &'static str,
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    /// What they chose to say.
    pub(super) gender: Option<&'static str>,
    pub(super) email: &'static str,
    pub(super) professional_id: &'static str,
    pub(super) specialty: &'static str,
    pub(super) sub_specialties: &'static [&'static str],
    pub(super) languages: &'static [&'static str],
    pub(super) bio: &'static str,
    pub(super) experience_years: i32,
    pub(super) diplomas: &'static [&'static str],
    pub(super) city: &'static str,
    /// Offers the telephone besides video.
    pub(super) audio: bool,
    /// The consulting room of those who receive.
    pub(super) room: Option<&'static str>,
    pub(super) zone: &'static str,
    pub(super) slot_minutes: i32,
    pub(super) buffer_minutes: i32,
    pub(super) windows: &'static [Window],
    pub(super) verified: bool,
    pub(super) accepting: bool,
}

const PARIS: &str = "Europe/Paris";

/// What most profiles share, so that each one states only what is its own.
const USUAL: Profile = Profile {
    title: "",
    first_name: "",
    gender: None,
    last_name: "",
    email: "",
    professional_id: "",
    specialty: "clinical_psychologist",
    sub_specialties: &[],
    languages: &["fr"],
    bio: "",
    experience_years: 10,
    diplomas: &[],
    city: "Paris",
    audio: true,
    room: None,
    zone: PARIS,
    slot_minutes: 50,
    buffer_minutes: 10,
    windows: &[],
    verified: true,
    accepting: true,
};

pub(super) const PROFILES: [Profile; 12] = [
    Profile {
        title: "Dr",
        first_name: "Sophie",
        gender: Some("female"),
        last_name: "Martin",
        email: super::cast::SOPHIE,
        professional_id: "ADELI123456789",
        sub_specialties: &["TCC", "EMDR", "Gestion du stress"],
        languages: &["fr", "en"],
        bio: "Psychologue clinicienne spécialisée en santé mentale au travail. J’accompagne le stress, \
              l’épuisement et les périodes de transition, à votre rythme, avec des outils concrets entre les séances.",
        experience_years: 12,
        diplomas: &[
            "Master 2 Psychologie clinique, Université Paris-Descartes",
            "DU Psychotraumatologie",
        ],
        // Specification: Mon, Tue, Thu 9-17, Wed 9-12, Fri 9-15.
        windows: &[
            (1, 9, 17, 1),
            (2, 9, 17, 1),
            (3, 9, 12, 1),
            (4, 9, 17, 1),
            (5, 9, 15, 1),
        ],
        ..USUAL
    },
    Profile {
        title: "Dr",
        first_name: "Karim",
        gender: Some("male"),
        last_name: "Benhaddou",
        email: "karim.benhaddou@praticiens.example",
        professional_id: "10101234567",
        specialty: "psychiatrist",
        sub_specialties: &["Troubles anxieux", "Dépression", "Sommeil"],
        languages: &["fr", "ar"],
        bio: "Psychiatre, ancien chef de clinique. Je prends le temps d’un premier bilan, puis nous décidons \
              ensemble d’un suivi, avec ou sans traitement, en lien avec votre médecin si vous le souhaitez.",
        experience_years: 21,
        diplomas: &[
            "Doctorat en médecine, Université Lyon 1",
            "DES de psychiatrie",
        ],
        city: "Lyon",
        room: Some("27 cours Gambetta, 69003 Lyon"),
        slot_minutes: 45,
        buffer_minutes: 15,
        windows: &[(1, 8, 12, 1), (2, 14, 19, 1), (4, 8, 12, 1), (5, 14, 18, 1)],
        ..USUAL
    },
    Profile {
        title: "Mme",
        first_name: "Élise",
        gender: Some("female"),
        last_name: "Delacroix-Fontaine",
        email: "elise.delacroix-fontaine@praticiens.example",
        professional_id: "ADELI670011223",
        specialty: "work_psychologist",
        sub_specialties: &[
            "Conflits au travail",
            "Reprise après un arrêt",
            "Charge de travail",
        ],
        languages: &["fr", "de", "en"],
        bio: "Psychologue du travail. Nous regardons ce que le travail vous demande, ce qu’il vous coûte, \
              et ce qui peut bouger : dans l’organisation, dans les relations, ou dans votre projet.",
        experience_years: 15,
        diplomas: &["Master 2 Psychologie du travail, Université de Strasbourg"],
        city: "Strasbourg",
        room: Some("5 rue des Hallebardes, 67000 Strasbourg"),
        windows: &[(1, 9, 13, 1), (2, 9, 18, 1), (3, 13, 18, 1), (5, 9, 13, 1)],
        ..USUAL
    },
    Profile {
        title: "M.",
        first_name: "Jean-Baptiste",
        gender: Some("male"),
        last_name: "Hoarau",
        email: "jean-baptiste.hoarau@praticiens.example",
        professional_id: "ADELI974004455",
        specialty: "psychotherapist",
        sub_specialties: &["Thérapie brève", "Deuil", "Parentalité"],
        languages: &["fr", "en"],
        bio: "Psychothérapeute à La Réunion. Le décalage horaire permet des rendez-vous tôt le matin pour la \
              métropole : un moment calme, avant que la journée ne commence.",
        experience_years: 9,
        diplomas: &[
            "Master 2 Psychologie, Université de La Réunion",
            "Titre de psychothérapeute (ARS)",
        ],
        city: "Saint-Denis (La Réunion)",
        zone: "Indian/Reunion",
        windows: &[
            (1, 8, 16, 1),
            (2, 8, 16, 1),
            (3, 8, 12, 1),
            (4, 8, 16, 1),
            (6, 8, 11, 1),
        ],
        ..USUAL
    },
    Profile {
        title: "Mme",
        first_name: "Maëlys",
        gender: Some("female"),
        last_name: "Saint-Prix",
        email: "maelys.saintprix@praticiens.example",
        professional_id: "COACH-EMCC-20417",
        specialty: "mental_coach",
        sub_specialties: &[
            "Prise de parole",
            "Confiance en soi",
            "Équilibre des temps de vie",
        ],
        languages: &["fr", "en", "es"],
        bio: "Coach mentale, ancienne sportive de haut niveau. Des séances courtes et orientées vers l’action, \
              en soirée pour la métropole.",
        experience_years: 7,
        diplomas: &["Certification EMCC praticien", "DU Préparation mentale"],
        city: "Fort-de-France",
        zone: "America/Martinique",
        slot_minutes: 45,
        buffer_minutes: 15,
        windows: &[(1, 8, 14, 1), (2, 8, 14, 1), (4, 8, 14, 1)],
        ..USUAL
    },
    Profile {
        title: "Dr",
        first_name: "Anna",
        gender: Some("female"),
        last_name: "Kowalska-Lemoine",
        email: "anna.kowalska@praticiens.example",
        professional_id: "ADELI590067788",
        specialty: "neuropsychologist",
        sub_specialties: &["Attention et TDAH de l’adulte", "Mémoire", "Haut potentiel"],
        languages: &["fr", "pl", "en"],
        bio: "Neuropsychologue. Concentration, mémoire, fatigue mentale : je vous aide à comprendre comment \
              fonctionne votre attention et à organiser votre quotidien avec elle.",
        experience_years: 14,
        diplomas: &["Doctorat en neuropsychologie, Université de Lille"],
        city: "Lille",
        audio: false,
        room: Some("14 rue Esquermoise, 59800 Lille"),
        windows: &[(2, 9, 17, 1), (3, 9, 12, 1), (4, 9, 17, 1)],
        ..USUAL
    },
    Profile {
        title: "M.",
        first_name: "Thanh",
        gender: Some("male"),
        last_name: "Nguyễn",
        email: "thanh.nguyen@praticiens.example",
        professional_id: "ADELI330089900",
        specialty: "sexologist",
        sub_specialties: &["Intimité et stress", "Couple"],
        languages: &["fr", "vi", "en"],
        bio: "Psychologue et sexologue. Un espace sans jugement pour parler de désir, de couple et de ce que \
              le stress fait au corps.",
        experience_years: 11,
        diplomas: &[
            "Master 2 Psychologie clinique, Université de Bordeaux",
            "DIU de sexologie",
        ],
        city: "Bordeaux",
        windows: &[(1, 13, 19, 1), (3, 9, 13, 1), (5, 9, 17, 1)],
        ..USUAL
    },
    Profile {
        title: "Mme",
        first_name: "Pilar",
        gender: Some("female"),
        last_name: "Etcheverry",
        email: "pilar.etcheverry@praticiens.example",
        professional_id: "ADELI640012121",
        specialty: "psychoanalyst",
        sub_specialties: &["Travail de fond", "Liens familiaux"],
        languages: &["fr", "es", "eu"],
        bio: "Psychanalyste. Un travail au long cours, une parole libre, une fois par semaine à heure fixe.",
        experience_years: 28,
        diplomas: &[
            "DESS de psychologie clinique",
            "Membre d’une société psychanalytique",
        ],
        city: "Bayonne",
        room: Some("3 rue des Faures, 64100 Bayonne"),
        slot_minutes: 45,
        buffer_minutes: 15,
        windows: &[(1, 10, 18, 1), (2, 10, 18, 1), (4, 10, 18, 1)],
        accepting: false,
        ..USUAL
    },
    Profile {
        title: "Mme",
        first_name: "Giulia",
        gender: Some("female"),
        last_name: "Ferrero",
        email: "giulia.ferrero@praticiens.example",
        professional_id: "ADELI060034343",
        sub_specialties: &["Pleine conscience", "Douleur chronique", "Périnatalité"],
        languages: &["fr", "it", "en"],
        bio: "Psychologue clinicienne formée à la pleine conscience (MBSR). Des exercices simples, quelques \
              minutes par jour, pour retrouver de l’espace.",
        experience_years: 8,
        diplomas: &[
            "Master 2 Psychologie clinique, Université Côte d’Azur",
            "Instructrice MBSR",
        ],
        city: "Nice",
        room: Some("22 avenue Jean-Médecin, 06000 Nice"),
        windows: &[
            (1, 9, 12, 1),
            (1, 14, 18, 1),
            (3, 9, 12, 1),
            (3, 14, 18, 1),
            (4, 14, 20, 1),
        ],
        ..USUAL
    },
    Profile {
        title: "Mme",
        first_name: "Aïssatou",
        gender: Some("female"),
        last_name: "Diallo",
        email: "aissatou.diallo@praticiens.example",
        professional_id: "ADELI130056565",
        specialty: "psychotherapist",
        sub_specialties: &[
            "Approche interculturelle",
            "Discriminations",
            "Estime de soi",
        ],
        languages: &["fr", "wo", "en"],
        bio: "Psychothérapeute, approche interculturelle. Tenir compte d’où l’on vient pour avancer vers où \
              l’on veut aller.",
        experience_years: 13,
        diplomas: &[
            "Master 2 Psychologie interculturelle, Université Toulouse 2",
            "Titre de psychothérapeute (ARS)",
        ],
        city: "Marseille",
        windows: &[(2, 10, 19, 1), (4, 10, 19, 1), (6, 9, 12, 1)],
        ..USUAL
    },
    Profile {
        title: "M.",
        first_name: "Loïc",
        gender: Some("male"),
        last_name: "Le Goff",
        email: "loic.legoff@praticiens.example",
        professional_id: "ADELI350078787",
        specialty: "work_psychologist",
        sub_specialties: &["Épuisement professionnel", "Management", "Télétravail"],
        languages: &["fr", "br"],
        bio: "Psychologue du travail. Dix ans en entreprise avant le cabinet : je connais les réunions de 18 h, \
              les réorganisations et les open spaces.",
        experience_years: 6,
        diplomas: &["Master 2 Psychologie sociale et du travail, Université Rennes 2"],
        city: "Rennes",
        windows: &[(1, 9, 17, 2), (3, 9, 17, 1), (5, 9, 17, 2)],
        ..USUAL
    },
    Profile {
        title: "Mme",
        first_name: "Hélène",
        last_name: "Vasseur",
        email: "helene.vasseur@praticiens.example",
        professional_id: "ADELI310090909",
        sub_specialties: &["Thérapie d’acceptation et d’engagement"],
        bio: "Psychologue clinicienne, installée récemment. Thérapie d’acceptation et d’engagement (ACT).",
        experience_years: 3,
        diplomas: &["Master 2 Psychologie clinique, Université Toulouse 2"],
        city: "Toulouse",
        windows: &[(1, 9, 17, 1), (4, 9, 17, 1)],
        verified: false,
        ..USUAL
    },
];
