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
