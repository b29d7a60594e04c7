//! Who lives in the demo. The accounts of the specification's seed section (schema-de-donnees,
//! « Seeds ») keep its addresses and passwords; everybody else has a reserved `.example` address.

/// A client company.
pub(super) struct Client {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) legal_name: &'static str,
    pub(super) siret: &'static str,
    pub(super) sector: &'static str,
    pub(super) size: &'static str,
    /// Street, postal code, town.
    pub(super) address: [&'static str; 3],
    /// Address, telephone, web site.
    pub(super) contact: [&'static str; 3],
    pub(super) domains: &'static [&'static str],
    pub(super) hr: Staff,
    pub(super) employees: &'static [Colleague],
}

/// An account outside the directory and the employees: HR and the platform.
pub(super) struct Staff {
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    pub(super) email: &'static str,
    pub(super) password: &'static str,
}

/// Where an employee's account stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Active,
    /// Invited; the link still works or is past its date.
    Invited {
        expired: bool,
    },
    Suspended,
}

use Standing::{Active, Invited, Suspended};

/// An employee.
pub(super) struct Colleague {
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    pub(super) email: &'static str,
    pub(super) department: &'static str,
    pub(super) position: &'static str,
    pub(super) standing: Standing,
    pub(super) locale: &'static str,
}

const fn of(
    name: [&'static str; 2],
    email: &'static str,
    place: [&'static str; 2],
    standing: Standing,
) -> Colleague {
    Colleague {
        first_name: name[0],
        last_name: name[1],
        email,
        department: place[0],
        position: place[1],
        standing,
        locale: "fr",
    }
}

const fn english(colleague: Colleague) -> Colleague {
    Colleague {
        locale: "en",
        ..colleague
    }
}

/// Shared by every employee of the demo (specification).
pub(super) const EMPLOYEE_PASSWORD: &str = "Employee2025!";
/// Shared by every practitioner of the demo (specification).
pub(super) const PRACTITIONER_PASSWORD: &str = "Praticien2025!";

pub(super) const SUPER_ADMIN: Staff = Staff {
    first_name: "Alix",
    last_name: "Moreau",
    email: "admin@primesynergy.com",
    password: "SuperAdmin2025!",
};

pub(super) const ADMIN: Staff = Staff {
    first_name: "Inès",
    last_name: "Garnier",
    email: "admin@huntzen.care",
    password: "HuntZen2025!",
};

const DEV: &str = "Développement";
const SALES: &str = "Commercial";
const SUPPORT: &str = "Support client";
const MARKETING: &str = "Marketing";
const FINANCE: &str = "Finance";
const DATA: &str = "Données et IA";

pub(super) const TECHCORP: Client = Client {
    slug: "techcorp-france",
    name: "TechCorp France",
    legal_name: "TechCorp France SAS",
    siret: "12345678200010",
    sector: "Technologies",
    size: "medium",
    address: ["123 Avenue de la Grande Armée", "75017", "Paris"],
    contact: [
        "rh@techcorp.com",
        "+33 1 23 45 67 89",
        "https://techcorp.com",
    ],
    domains: &["techcorp.com", "techcorp.fr", "techcorp.example"],
    hr: Staff {
        first_name: "Claire",
        last_name: "Rousseau",
        email: "claire.rousseau@techcorp.com",
        password: "AdminRH2025!",
    },
    employees: &[
        of(
            ["Marc", "Dupont"],
            "marc.dupont@techcorp.com",
            [DEV, "Chef de projet"],
            Active,
        ),
        of(
            ["Éloïse", "Lefèvre"],
            "eloise.lefevre@techcorp.example",
            [DEV, "Développeuse senior"],
            Active,
        ),
        of(
            ["Mamadou", "Traoré"],
            "mamadou.traore@techcorp.example",
            [DEV, "Architecte logiciel"],
            Active,
        ),
        of(
            ["Anne-Laure", "Bézier-Quentin"],
            "anne-laure.bezier@techcorp.example",
            [DEV, "Responsable qualité"],
            Active,
        ),
        of(
            ["Thị Minh Châu", "Nguyễn"],
            "chau.nguyen@techcorp.example",
            [DEV, "Développeuse"],
            Active,
        ),
        english(of(
            ["Oliver", "Whitcombe"],
            "oliver.whitcombe@techcorp.example",
            [DEV, "Ingénieur fiabilité"],
            Active,
        )),
        of(
            ["Yasmine", "El Amrani"],
            "yasmine.elamrani@techcorp.example",
            [DATA, "Data scientist"],
            Active,
        ),
        of(
            ["Grégoire", "Lœwenstein"],
            "gregoire.loewenstein@techcorp.example",
            [DATA, "Ingénieur données"],
            Active,
        ),
        of(
            [
                "Marie-Charlotte-Élisabeth",
                "de La Rochefoucauld-Montmorency d’Aubigné-Saint-Hilaire",
            ],
            "marie-charlotte.delarochefoucauld@techcorp.example",
            [
                DATA,
                "Directrice adjointe de la gouvernance des données et de la conformité",
            ],
            Active,
        ),
        of(
            ["João", "Pereira da Silva"],
            "joao.pereira@techcorp.example",
            [SALES, "Ingénieur commercial"],
            Active,
        ),
        of(
            ["Fatoumata", "Koné"],
            "fatoumata.kone@techcorp.example",
            [SALES, "Responsable grands comptes"],
            Active,
        ),
        of(
            ["Ève", "Ott"],
            "eve.ott@techcorp.example",
            [SALES, "Assistante commerciale"],
            Active,
        ),
        of(
            ["Samuel", "Zerbib"],
            "samuel.zerbib@techcorp.example",
            [SALES, "Commercial"],
            Suspended,
        ),
        of(
            ["Priya", "Raman"],
            "priya.raman@techcorp.example",
            [SUPPORT, "Responsable du support"],
            Active,
        ),
        of(
            ["Killian", "Le Bihan"],
            "killian.lebihan@techcorp.example",
            [SUPPORT, "Conseiller client"],
            Active,
        ),
        of(
            ["Noémie", "Faucher"],
            "noemie.faucher@techcorp.example",
            [SUPPORT, "Conseillère client"],
            Active,
        ),
        of(
            ["Aurélien", "Castaing"],
            "aurelien.castaing@techcorp.example",
            [MARKETING, "Chef de produit"],
            Active,
        ),
        of(
            ["Leïla", "Haddad"],
            "leila.haddad@techcorp.example",
            [MARKETING, "Graphiste"],
            Active,
        ),
        of(
            ["Bénédicte", "Roux"],
            "benedicte.roux@techcorp.example",
            [FINANCE, "Contrôleuse de gestion"],
            Active,
        ),
        of(
            ["Stéphane", "Îlot"],
            "stephane.ilot@techcorp.example",
            [FINANCE, "Comptable"],
            Active,
        ),
        of(
            ["Maëva", "Tetuanui"],
            "maeva.tetuanui@techcorp.example",
            [DEV, "Développeuse en alternance"],
            Invited { expired: false },
        ),
        of(
            ["Zoé", "Abitbol"],
            "zoe.abitbol@techcorp.example",
            [MARKETING, "Chargée de communication"],
            Invited { expired: false },
        ),
        of(
            ["Hugo", "N’Diaye"],
            "hugo.ndiaye@techcorp.example",
            [SUPPORT, "Conseiller client"],
            Invited { expired: true },
        ),
    ],
};

pub(super) const ATELIER: Client = Client {
    slug: "atelier-lumiere",
    name: "Atelier Lumière",
    legal_name: "Atelier Lumière SCOP",
    siret: "98765432400027",
    sector: "Artisanat et design",
    size: "small",
    address: ["8 quai Rambaud", "69002", "Lyon"],
    contact: [
        "contact@atelier-lumiere.example",
        "+33 4 72 00 00 00",
        "https://atelier-lumiere.example",
    ],
    domains: &["atelier-lumiere.example"],
    hr: Staff {
        first_name: "Nadia",
        last_name: "Benali",
        email: "nadia.benali@atelier-lumiere.example",
        password: "AdminRH2025!",
    },
    employees: &[
        of(
            ["Camille", "Perrin"],
            "camille.perrin@atelier-lumiere.example",
            ["Atelier", "Verrière"],
            Active,
        ),
        of(
            ["Théo", "Gagneux"],
            "theo.gagneux@atelier-lumiere.example",
            ["Atelier", "Souffleur de verre"],
            Active,
        ),
        of(
            ["Aminata", "Sow"],
            "aminata.sow@atelier-lumiere.example",
            ["Atelier", "Cheffe d’atelier"],
            Active,
        ),
        of(
            ["Jean-Loup", "Vacherot"],
            "jean-loup.vacherot@atelier-lumiere.example",
            ["Boutique", "Responsable de boutique"],
            Active,
        ),
        of(
            ["Mélissandre", "Ong"],
            "melissandre.ong@atelier-lumiere.example",
            ["Boutique", "Conseillère de vente"],
            Active,
        ),
        english(of(
            ["Siobhán", "O’Carroll"],
            "siobhan.ocarroll@atelier-lumiere.example",
            ["Création", "Designer"],
            Active,
        )),
        of(
            ["Léonard", "Straßer"],
            "leonard.strasser@atelier-lumiere.example",
            ["Création", "Designer"],
            Active,
        ),
        of(
            ["Ondine", "Marquet"],
            "ondine.marquet@atelier-lumiere.example",
            ["Création", "Styliste"],
            Invited { expired: false },
        ),
    ],
};

pub(super) const CLIENTS: [&Client; 2] = [&TECHCORP, &ATELIER];

/// The specification's practitioner.
pub(super) const SOPHIE: &str = "dr.sophie.martin@huntzen.care";
/// The specification's employee.
pub(super) const MARC: &str = "marc.dupont@techcorp.com";
