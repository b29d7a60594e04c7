# Les pages d’accueil des cinq rôles.

dashboard-home = Tableau de bord
dashboard-trend = Consultations des douze derniers mois
dashboard-trend-empty = La courbe se dessinera avec les premières consultations terminées.
dashboard-consultations = Consultations
dashboard-before = { $count } en { $month }
dashboard-duration = Durée totale

## Administration

dashboard-admin-lead = L’activité de la plateforme en { $month }, et ce qui attend une décision.
dashboard-report = Rapport mensuel
dashboard-active-companies = Entreprises actives
dashboard-verified-practitioners = Praticiens vérifiés
dashboard-todo = À suivre
dashboard-companies-pending = { $count ->
    [0] Aucune entreprise en attente
    [one] { $count } entreprise en attente
   *[other] { $count } entreprises en attente
}
dashboard-companies-suspended = { $count ->
    [0] Aucune suspendue
    [one] { $count } suspendue
   *[other] { $count } suspendues
}
dashboard-practitioners-pending = { $count ->
    [0] Aucun praticien à vérifier
    [one] { $count } praticien à vérifier
   *[other] { $count } praticiens à vérifier
}
dashboard-practitioners-rejected = { $count ->
    [0] Aucun refusé
    [one] { $count } refusé
   *[other] { $count } refusés
}

## Supervision

dashboard-system = État du système
dashboard-system-lead = Le processus, la base, les tâches de fond et la sécurité. Aucun nom, aucun contenu.
dashboard-version = Version
dashboard-uptime = En marche depuis { $duration }
dashboard-database = PostgreSQL
dashboard-schema-current = Schéma à jour
dashboard-schema-old = Migrations en attente
dashboard-jobs = Tâches à faire
dashboard-jobs-well = Tout avance
dashboard-jobs-late = En retard
dashboard-jobs-dead = Des tâches ont été abandonnées
dashboard-jobs-due = À faire maintenant
dashboard-jobs-scheduled = Plus tard
dashboard-jobs-given-up = Abandonnées
dashboard-jobs-oldest = Attente la plus longue
dashboard-memory = Mémoire du processus
dashboard-memory-of = Machine : { $used } Gio sur { $total }
dashboard-disk = Disque occupé
dashboard-disk-of = sur { $total } Gio, volume { $mount }
dashboard-gib = { $size } Gio
dashboard-mib = { $size } Mio
dashboard-background = Tâches de fond
dashboard-connections = Connexions à la base
dashboard-pool = Accès « { $login } »
dashboard-cron = Tâches récurrentes
dashboard-cron-empty = Aucun passage pour le moment
dashboard-cron-empty-text = Les tâches récurrentes passent la nuit ; leur résultat s’affichera ici.
dashboard-cron-work = Tâche
dashboard-cron-outcome = Résultat
dashboard-cron-when = Dernier passage
dashboard-cron-drift = Compteurs corrigés
dashboard-cron-rollup = Recompte des compteurs d’activité
dashboard-cron-jobs = Ménage des tâches terminées
dashboard-cron-accounts = Ménage des sessions et liens expirés
dashboard-run-done = Réussie
dashboard-run-failed = Échouée
dashboard-run-waiting = En cours
dashboard-security = Sécurité, dernières 24 heures
dashboard-security-lead = Combien de fois, sans personne ni adresse.
dashboard-security-empty = Rien à signaler
dashboard-security-empty-text = Aucun événement de sécurité depuis 24 heures.
dashboard-event = Événement
dashboard-event-count = Nombre
dashboard-event-signed-in = Connexion
dashboard-event-failed = Connexion refusée
dashboard-event-locked = Compte ou origine bloqués un moment
dashboard-event-password = Mot de passe changé
dashboard-event-reuse = Jeton de session réutilisé
dashboard-event-invitation = Invitation acceptée
dashboard-severity = Gravité
dashboard-severity-low = Normale
dashboard-severity-medium = À surveiller
dashboard-severity-high = À examiner
