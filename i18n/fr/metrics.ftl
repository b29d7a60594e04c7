# Activité, utilisation, rapports : les chiffres.

metrics-consultations = Consultations
metrics-duration = Durée totale
metrics-mean = Durée moyenne
metrics-total = Total
metrics-month = Mois
metrics-name = Nom
metrics-department = Service
metrics-company = Entreprise
metrics-practitioner = Praticien
metrics-status = Statut
metrics-created = Depuis
metrics-employees = Salariés
metrics-specialty = Spécialité
metrics-verification = Vérification
metrics-by-company = Par entreprise
metrics-by-month = Par mois
metrics-by-practitioner = Par praticien
metrics-download = Télécharger (CSV)
metrics-rounding = Les durées sont affichées à la minute inférieure ; les totaux additionnent les secondes, comme les fichiers.

## Périodes

metrics-period = Période
metrics-period-kind = Type de période
metrics-period-month = Mois
metrics-period-quarter = Trimestre
metrics-period-year = Année
metrics-period-free = Dates au choix
metrics-period-from = Du
metrics-period-to = Au (inclus)
metrics-period-show = Afficher
metrics-period-quarter-1 = 1er trimestre { $year }
metrics-period-quarter-2 = 2e trimestre { $year }
metrics-period-quarter-3 = 3e trimestre { $year }
metrics-period-quarter-4 = 4e trimestre { $year }
metrics-period-dates = du { $first } au { $last }
metrics-period-unreadable = Cette période n’existe pas. Voici les chiffres du mois en cours.
metrics-period-bad-date = Indiquez deux dates complètes. En attendant, voici les chiffres du mois en cours.
metrics-period-reversed = La date de fin est avant la date de début. En attendant, voici les chiffres du mois en cours.
metrics-period-too-long = La période dépasse deux ans. En attendant, voici les chiffres du mois en cours.
metrics-period-out-of-range = Cette période est trop lointaine. En attendant, voici les chiffres du mois en cours.

## Relevé d’un praticien

metrics-activity = Activité
metrics-activity-lead = Vos consultations terminées, pour établir vos factures.
metrics-statement-chart = Consultations par mois
metrics-statement-empty = Aucune consultation terminée sur cette période
metrics-statement-empty-text = Une consultation compte dès que vous la terminez.
metrics-statement-note = Seules les consultations terminées comptent, le jour où elles se terminent (heure de Paris). La durée va du démarrage à la fin, à la seconde près ; à l’écran, elle est arrondie à la minute inférieure.
metrics-statement-file = activite

## Utilisation, pour les RH

metrics-usage = Utilisation par personne
metrics-usage-lead = Le nombre de consultations et leur durée totale, mois par mois.
metrics-usage-promise = Vous voyez, pour chaque personne, combien de consultations se sont terminées dans le mois et leur durée totale. Vous ne voyez jamais avec qui, quel jour, pour quelle raison, ni rien de ce qui s’y dit.
metrics-usage-people = Personnes accompagnées
metrics-usage-people-of = { $count ->
    [one] sur { $count } salarié
   *[other] sur { $count } salariés
}
metrics-usage-total = { $count ->
    [one] Total pour { $count } salarié
   *[other] Total pour { $count } salariés
}
metrics-usage-none = Personne ne correspond
metrics-usage-none-text = Essayez un autre nom ou un autre service.
metrics-usage-all = Voir tout le monde
metrics-usage-empty = Pas encore de salariés
metrics-usage-empty-text = Importez votre liste pour ouvrir l’accès à vos équipes.
metrics-usage-import = Importer des salariés
metrics-usage-file = utilisation
metrics-search-person = Rechercher une personne
metrics-department-all = Tous les services

## Plateforme

metrics-companies = Entreprises
metrics-companies-lead = Toutes les entreprises clientes et leur activité.
metrics-companies-total = { $count ->
    [one] { $count } entreprise
   *[other] { $count } entreprises
}
metrics-companies-see = Toutes les entreprises
metrics-companies-empty = Aucune entreprise
metrics-companies-empty-text = Les entreprises clientes apparaîtront ici.
metrics-companies-file = entreprises
metrics-company-active = Active
metrics-company-pending = En attente
metrics-company-suspended = Suspendue
metrics-company-refused = Refusée
metrics-practitioners = Praticiens
metrics-practitioners-lead = Tous les praticiens et leur activité. Le fichier détaille chaque praticien par entreprise.
metrics-practitioners-total = { $count ->
    [one] { $count } praticien
   *[other] { $count } praticiens
}
metrics-practitioners-see = Tous les praticiens
metrics-practitioners-empty = Aucun praticien
metrics-practitioners-empty-text = Les praticiens inscrits apparaîtront ici.
metrics-practitioners-file = praticiens
metrics-practitioner-verified = Vérifié
metrics-practitioner-pending = À vérifier
metrics-practitioner-rejected = Refusé
metrics-search-name = Rechercher un nom
metrics-status-all = Tous les statuts
metrics-list-none = Aucun résultat
metrics-list-none-text = Essayez un autre nom ou un autre statut.
metrics-list-all = Tout afficher
metrics-report = Rapport mensuel
metrics-report-lead = L’activité de toute la plateforme, mois par mois.
metrics-report-before = { $count } en { $month }
metrics-report-companies = Entreprises servies
metrics-report-practitioners = Praticiens en activité
metrics-report-empty = Aucune consultation terminée ce mois-là
metrics-report-empty-text = Le rapport se remplit à mesure que les consultations se terminent.

## Fichiers

metrics-csv-consultations = Consultations
metrics-csv-seconds = Durée (secondes)
metrics-csv-clock = Durée (h:min)
metrics-csv-hours = Durée (heures)
metrics-csv-day = Jour
metrics-csv-month = Mois
metrics-csv-period = Période
metrics-csv-company = Entreprise
metrics-csv-practitioner = Praticien
metrics-csv-status = Statut
metrics-csv-employees = Salariés
metrics-csv-last-name = Nom
metrics-csv-first-name = Prénom
metrics-csv-department = Service

## Chiffres publiés, pour les RH

metrics-usage-nav = Utilisation
metrics-figures = Utilisation
metrics-figures-lead = Des chiffres de groupe, publiés une fois par mois. Personne n’y est reconnaissable.
metrics-figures-hidden = Les chiffres de ce mois ne sont pas publiés
metrics-figures-rounded = À la demi-heure près
metrics-figures-accounts = { $count ->
    [one] sur { $count } compte actif à la fin du mois
   *[other] sur { $count } comptes actifs à la fin du mois
}
metrics-figures-of = { $users } sur { $count }
metrics-figures-waiting = { $count ->
    [one] Une personne arrivée récemment n’est pas encore comptée : elle le sera avec les prochaines arrivées, dès qu’elles seront cinq.
   *[other] { $count } personnes arrivées récemment ne sont pas encore comptées : elles le seront dès que les arrivées seront au moins cinq.
}
metrics-figures-frozen = Chiffres figés le { $date }. Une correction faite depuis, par exemple d’une durée, ne les change pas.
metrics-figures-open = Pas encore de chiffres pour { $month }
metrics-figures-open-text = Chaque mois est figé le 3 du mois suivant, puis ne change plus.
metrics-figures-open-on = Publication prévue le { $date }.
metrics-satisfaction = Satisfaction
metrics-satisfaction-of = Moyenne sur 5 des avis publiés
metrics-satisfaction-none = Il faut les avis d’au moins cinq personnes
metrics-by-department = Par service
metrics-bands = Nombre de consultations
metrics-bands-lead = Chaque tranche réunit au moins cinq personnes.
metrics-band = { $from } à { $to } consultations
metrics-band-from = { $from } consultations ou plus
metrics-band-any = 1 consultation ou plus
metrics-pseudonyms = Liste sous pseudonyme
metrics-pseudonyms-lead = Les pseudonymes changent chaque mois et ne sont rattachés à personne : seule la tranche est vraie.
metrics-pseudonym = Pseudonyme
metrics-group-company = Toute l’entreprise
metrics-hidden = Masqué
metrics-hidden-count = { $count ->
    [one] { $count } chiffre masqué
   *[other] { $count } chiffres masqués
}
metrics-hidden-cells = { $count ->
    [one] { $count } groupe
   *[other] { $count } groupes
}
metrics-hidden-lead = Un chiffre n’est publié que s’il ne dit rien de moins de cinq personnes, même rapproché des autres.
metrics-hidden-headcount = Masqué : le groupe compte moins de dix personnes.
metrics-hidden-people = Masqué : moins de cinq personnes d’un côté ou de l’autre, dans ce groupe ou dans le reste de l’entreprise.
metrics-hidden-complement = Masqué : par soustraction, on en déduirait le chiffre de quelques personnes.
metrics-hidden-neighbours = Masqué : comparé à d’autres mois, il parlerait de moins de cinq personnes arrivées, parties ou déplacées.
metrics-hidden-company = Masqué : le chiffre de l’entreprise l’est aussi.

## Ce que l’entreprise voit

metrics-setting-aggregate = Chiffres de groupe
metrics-setting-aggregate-text = Les RH voient les chiffres de l’entreprise et de ses services, seulement s’ils concernent assez de monde. Jamais ceux d’une personne.
metrics-setting-banded = Par tranches
metrics-setting-banded-text = Les RH voient combien de personnes ont eu combien de consultations, par tranches d’au moins cinq personnes, sans nom ni service.
metrics-setting-named = Par personne
metrics-setting-named-text = Les RH voient, pour chaque personne, le nombre de consultations du mois et leur durée totale. Jamais avec qui, quel jour, ni pourquoi.
metrics-setting-error = Choisissez l’un des trois réglages.
metrics-setting-agreed = Accord de l’entreprise
metrics-setting-agreed-hint = Qui, dans l’entreprise, a donné son accord : nom et fonction.
metrics-setting-agreed-error = Indiquez qui a donné son accord, en 200 caractères au plus.
metrics-setting-saved = Le réglage est enregistré. Les salariés en sont informés.
metrics-disclosure-title = Ce que voient les RH
metrics-disclosure-lead = À décider avec { $company } : ses RH ne peuvent pas le changer.
metrics-disclosure-choose = Choisir
metrics-disclosure-from = En vigueur dès { $month }, ou dès maintenant si aucun compte n’est encore activé. Les mois déjà vécus gardent leur réglage.
metrics-disclosure-setting = Réglage
metrics-disclosure-past = Réglages choisis
metrics-disclosure-now = Aujourd’hui :
metrics-disclosure-never = Rien n’a été choisi : le réglage le plus discret s’applique.
metrics-disclosure-agreed = accord de { $who }
metrics-csv-group = Groupe
metrics-csv-accounts = Comptes actifs
metrics-csv-people = Personnes
metrics-csv-users = Accompagnées
metrics-csv-hidden = Pourquoi masqué

# The figures as JSON.
metrics-api-bad-date = Donnez deux dates complètes, « from » et « to » (2026-10-01), ou aucune.
metrics-api-reversed = La date de fin est avant la date de début.
metrics-api-too-long = La période dépasse deux ans.
metrics-api-out-of-range = Cette période est trop lointaine.
metrics-api-whole-months = Seuls des mois entiers sont donnés ici : du premier au dernier jour d’un mois.
