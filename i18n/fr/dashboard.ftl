# Les pages d’accueil des cinq rôles.

dashboard-home = Tableau de bord
dashboard-nav = Accueil
dashboard-trend = Consultations par mois
dashboard-trend-empty = La courbe se dessinera avec les premières consultations terminées.
dashboard-consultations = Consultations
dashboard-before = { $count } en { $month }
dashboard-duration = Durée totale

## Administration

dashboard-admin-lead = L’activité de la plateforme en { $month }, et ce qu’il y a à suivre.
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
dashboard-reviews-pending = { $count ->
    [0] Aucun avis à relire
    [one] { $count } avis à relire
   *[other] { $count } avis à relire
}
dashboard-reports-open = { $count ->
    [0] Aucun signalement
    [one] { $count } signalement
   *[other] { $count } signalements
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
dashboard-jobs-over = plus de { $most }
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
dashboard-cron-key-ledger = Registre des clés détruites
dashboard-cron-journal-shares = Fin des pages de journal partagées
dashboard-cron-imports = Ménage des fichiers de salariés non confirmés
dashboard-cron-openings = Calcul des prochaines disponibilités
dashboard-cron-deadlines = Délais de confirmation et créneaux gardés trop longtemps
dashboard-cron-waiting-list = Propositions de la liste d’attente
dashboard-cron-reminders = Rappels de rendez-vous
dashboard-cron-notices = Ménage des anciennes notifications
dashboard-cron-chats = Destruction des messageries arrivées à leur terme
dashboard-cron-requests = Oubli des demandes d’accès sans suite
dashboard-cron-durations = Séances oubliées en cours
dashboard-cron-readers = Compte des lecteurs des actualités
dashboard-cron-news = Parution des actualités programmées
dashboard-cron-notes = Destruction des dossiers arrivés à leur terme
dashboard-cron-retention = Effacement des données arrivées à leur terme
dashboard-cron-tickets = Destruction des demandes d’aide arrivées à leur terme
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
dashboard-event-tampered = Texte chiffré altéré
dashboard-event-invitation = Invitation acceptée
dashboard-severity = Gravité
dashboard-severity-low = Normale
dashboard-severity-medium = À surveiller
dashboard-severity-high = À examiner

## L’espace du salarié

dashboard-hello = Bonjour { $name }
dashboard-employee-lead = Cet espace est à vous : un endroit calme pour parler à quelqu’un, à votre rythme.
dashboard-next = Prochain rendez-vous
dashboard-next-waiting = Votre praticien doit encore confirmer. Vous recevrez un e-mail ; il n’y a rien d’autre à faire.
dashboard-next-ready = Tout est prêt. Prévoyez d’arriver quelques minutes avant, dans un endroit où vous pouvez parler librement.
dashboard-next-place = Tout est prêt. Prévoyez d’arriver quelques minutes avant.
dashboard-next-now = C’est le moment : installez-vous, votre praticien va démarrer la consultation.
dashboard-next-now-place = C’est le moment : votre praticien vous attend à son cabinet.
dashboard-next-running = Votre consultation est en cours.
dashboard-next-see = Voir le rendez-vous
dashboard-invite-eyebrow = Quand vous le souhaitez
dashboard-invite-title = Parler à quelqu’un fait du bien
dashboard-invite-text = Choisissez un praticien et un moment qui vous convient. Vous n’avez pas à expliquer pourquoi.
dashboard-suspended-title = Les réservations sont en pause
dashboard-suspended-text = L’accès de { $company } à HuntZen Care est suspendu pour le moment : vous ne pouvez pas prendre de nouveau rendez-vous. Vous n’y êtes pour rien, et rien n’est effacé. Votre journal, vos consultations passées, vos messages et vos droits sur vos données restent à vous, ici.
dashboard-suspended-planned = Vos rendez-vous à venir restent prévus. À vous de choisir : les garder, ou les annuler.
dashboard-suspended-help = Besoin de parler à quelqu’un maintenant ? Le 3114 répond jour et nuit, le 15 et le 112 en cas d’urgence : le bouton d’aide est en haut de chaque page.
dashboard-following = Mes rendez-vous
dashboard-following-only = Pas d’autre rendez-vous pour le moment.
dashboard-following-none = Vos rendez-vous apparaîtront ici.
dashboard-past = { $count ->
    [one] { $count } rendez-vous passé
   *[other] { $count } rendez-vous passés
}
dashboard-yours = Ce qui reste entre vous et votre praticien
dashboard-yours-journal = Écrire dans mon journal
dashboard-yours-journal-text = Quelques mots, ou juste une humeur. Personne d’autre ne le lit.
dashboard-yours-secret = Le secret professionnel
dashboard-yours-secret-text = Ce que vous dites en consultation reste en consultation.
dashboard-yours-employer = Ce que voit votre employeur
dashboard-yours-employer-text = Au plus un nombre et une durée par mois. Jamais avec qui, quel jour, ni pourquoi.

## L’espace du praticien

dashboard-practitioner-lead = Votre activité en { $month }.
dashboard-export = Exporter l’activité (CSV)
dashboard-compared-count = { $count } à la même date en { $month }
dashboard-compared = { $figure } à la même date en { $month }
dashboard-to-confirm = À confirmer
dashboard-upcoming = Prochains rendez-vous
dashboard-open = C’est l’heure

## L’espace des RH

dashboard-hr-lead = Comment vos équipes utilisent leur accès, en { $month }.
dashboard-mean = Durée moyenne
dashboard-accounts = Salariés
dashboard-accounts-active = Comptes actifs
dashboard-accounts-pending = Invitations en attente
dashboard-accounts-expired = Invitations expirées
dashboard-accounts-suspended = Comptes suspendus
dashboard-accounts-all = En tout
dashboard-accounts-none = Vos salariés n’ont pas encore d’accès. Importez votre liste : chacun recevra une invitation.
dashboard-accounts-import = Importer des salariés
dashboard-hr-promise = Vous ne voyez que des nombres et des durées. Le contenu, le praticien et les dates des consultations ne vous sont jamais montrés.
dashboard-hr-suspended-title = L’accès de votre entreprise est suspendu
dashboard-hr-suspended-text = L’accès de { $company } à HuntZen Care est suspendu. Son motif vous a été envoyé par e-mail. La gestion des salariés, les chiffres et la fiche de l’entreprise sont fermés jusqu’à son rétablissement.
dashboard-hr-suspended-people = Rien n’est effacé. Vos salariés ne peuvent plus réserver ; ils gardent l’accès à ce qui leur appartient, et décident eux-mêmes de leurs rendez-vous déjà pris.
dashboard-hr-suspended-next = Pour rétablir l’accès, écrivez à l’équipe de HuntZen Care par le support, qui reste ouvert.
dashboard-hr-suspended-open = Ce qui reste ouvert
dashboard-hr-suspended-account = Votre mot de passe, vos sessions et vos données personnelles.
dashboard-hr-suspended-promise = Ce que les RH ne voient jamais
dashboard-hr-lead-none = Vos équipes, et bientôt l’utilisation de leur accès.
dashboard-hr-first = Le premier mois n’est pas encore publié
dashboard-hr-first-text = Les chiffres d’un mois sont figés le 3 du mois suivant.
dashboard-hr-bands = Le détail par tranches est sur la page
dashboard-adoption = Adoption
dashboard-adoption-median = Médiane de { $companies } entreprises : { $percent } %
dashboard-adoption-of = { $count ->
    [one] { $users } sur { $count } compte actif
   *[other] { $users } sur { $count } comptes actifs
}
dashboard-consultations-of = { $count ->
    [one] pour une personne
   *[other] pour { $count } personnes
}
dashboard-mean-median = Médiane de la plateforme : { $minutes } min
dashboard-trends = Mois après mois
dashboard-trend-adoption = Part des comptes actifs qui ont consulté
dashboard-disclosure-title = Ce que voit votre entreprise change dès { $from }
dashboard-disclosure-past = Les mois d’avant restent comme vous les avez vécus.
dashboard-disclosure-read = J’ai compris
dashboard-disclosure-more = Voir ce que les RH voient
dashboard-cron-freeze = Publication des chiffres du mois

# Les droits des personnes.
dashboard-event-copy = Copie de données téléchargée
dashboard-cron-exports = Destruction des copies de données

# Les droits des personnes : l'effacement.
dashboard-event-erasure-asked = Effacement de compte demandé
dashboard-event-erasure-cancelled = Effacement de compte annulé
dashboard-cron-erasures = Effacement des comptes

dashboard-news = Les nouvelles de votre entreprise
dashboard-news-published = Publiées
dashboard-news-scheduled = Programmées
dashboard-news-drafts = Brouillons

dashboard-tickets-open = { $count ->
    [0] Aucun ticket à traiter
    [one] { $count } ticket à traiter
   *[other] { $count } tickets à traiter
}
dashboard-tickets-answered = { $count ->
    [0] Aucun n’attend l’entreprise
    [one] { $count } attend l’entreprise
   *[other] { $count } attendent l’entreprise
}
dashboard-tickets-yours = { $count ->
    [0] Aucune réponse à lire
    [one] { $count } réponse à lire
   *[other] { $count } réponses à lire
}
dashboard-tickets-running = { $count ->
    [0] Aucun ticket en cours
    [one] { $count } ticket en cours
   *[other] { $count } tickets en cours
}
