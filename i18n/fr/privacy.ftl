# Ce que chacun accepte. Un changement de sens ici change aussi la version (privacy::consents).

privacy-data-title = Vos données de santé
privacy-data-stored = Ce qui est conservé.
privacy-data-stored-text = Vos rendez-vous (praticien, date, durée) et, si vous les utilisez, vos échanges, votre journal et les notes de suivi de votre praticien.
privacy-data-seen = Qui les voit.
privacy-data-seen-text = Vous, et le praticien que vous consultez. Votre journal : vous seul, et pour une page que vous partagez, le praticien que vous choisissez.
privacy-data-employer = Ce que voit { $company }.
privacy-data-employer-text = Votre compte et, par mois, un nombre de consultations et une durée totale. Jamais avec qui, quand, ni pourquoi.
privacy-data-encryption = Comment elles sont protégées.
privacy-data-encryption-text = Leur contenu est chiffré par nos serveurs. Ce n’est pas un chiffrement de bout en bout.
privacy-data-withdraw = Changer d’avis.
privacy-data-withdraw-text = Vous pouvez retirer votre accord à tout moment dans « Mes données ». Vos rendez-vous à venir sont alors annulés, et rien de nouveau n’est enregistré.
privacy-data-withdraw-text-2026-11 = Vous pouvez retirer votre accord à tout moment en répondant à l’e-mail d’invitation. Nous ne pourrons alors plus vous proposer de consultations.
privacy-consent-health-data = J’accepte que HuntZen Care conserve mes données de santé comme décrit ci-dessus.
privacy-terms-title = Les conditions d’utilisation
privacy-terms-service = HuntZen Care vous met en relation avec des praticiens indépendants, tenus au secret professionnel.
privacy-terms-emergency = Ce n’est pas un service d’urgence : en cas de danger, appelez le 15, le 112 ou le 3114.
privacy-terms-account = Votre compte est personnel : ne partagez pas votre mot de passe, pas même avec votre employeur.
privacy-consent-terms = J’accepte les conditions d’utilisation.
privacy-version = Version { $version } de ces textes
privacy-more = Qui voit quoi, en détail

# « Mes données » : ce que l’employeur voit, et ce qu’il ne peut pas voir.
privacy-page-title = Mes données
privacy-page-lead = Ce que votre employeur voit de vous, et ce qui lui reste fermé.
privacy-seen-title = Ce que { $company } voit de vous
privacy-seen-lead = Lu à l’instant dans la base, avec les droits exacts des RH : ni plus, ni moins que leurs pages.
privacy-seen-all = C’est tout. Les RH n’ont pas d’autre page à votre sujet.
privacy-months = Ce que les RH voient, mois par mois
privacy-secret-title = Ce que { $company } ne peut pas voir
privacy-secret-proof = Vérifié à l’instant : la base de données refuse ces informations aux RH, quoi qu’ils demandent.
privacy-secret-broken = La vérification a échoué. Une alerte est inscrite au journal du système.
privacy-secret-sealed = Fermé
privacy-secret-open = À vérifier
privacy-secret-appointments = Vos rendez-vous
privacy-secret-appointments-text = Avec qui, quel jour, à quelle heure, où, et ce que vous en avez dit.
privacy-secret-messages = Vos messages
privacy-secret-messages-text = Ce que vous écrivez à un praticien, et les fichiers que vous lui envoyez.
privacy-secret-journal = Votre journal
privacy-secret-journal-text = Vos pages, vos humeurs, vos mots-clés, et ce que vous partagez avec un praticien.
privacy-secret-waiting = Vos demandes d’horaires
privacy-secret-waiting-text = Les praticiens et les spécialités dont vous attendez une place.
privacy-secret-opinions = Vos avis et signalements
privacy-secret-opinions-text = Ce que vous pensez d’une consultation, et les problèmes que vous signalez.
privacy-secret-notices = Vos notifications
privacy-secret-notices-text = Ce qui vous est rappelé, votre adresse personnelle et votre calendrier.
privacy-secret-days = Les jours
privacy-secret-days-text = Les RH voient un total par mois, jamais les jours qui le composent.
privacy-secret-consents = Vos accords
privacy-secret-consents-text = Ce que vous avez accepté, et quand.
privacy-secret-keys = Les clés
privacy-secret-keys-text = Ce qui déchiffre vos messages ne leur est pas accessible non plus.
privacy-given-title = Ce que vous avez accepté
privacy-given-none = Aucun accord enregistré.
privacy-given-on = Le { $date }
privacy-account-lead = Ce que votre employeur voit de vous, ce qu’il ne peut pas voir, et ce que vous avez accepté.
privacy-account-action = Voir mes données

# « Qui a consulté mes données » : une phrase par personne, par jour et par sorte de page.
privacy-access-title = Qui a consulté mes données
privacy-access-lead = Chaque fois qu’un autre compte lit ou modifie ce qui vous concerne, c’est inscrit ici, par l’opération même qui lit. Vous seul pouvez voir cette liste.
privacy-access-none-title = Personne, pour l’instant
privacy-access-none = Dès qu’un autre compte consultera ou modifiera vos données, vous le verrez ici.
privacy-access-practitioner = praticien
privacy-access-hr = ressources humaines
privacy-access-admin = Administration HuntZen Care
privacy-access-service = HuntZen Care, automatiquement
privacy-access-at = { $time }
privacy-access-between = { $first } – { $last }, { $times } fois
privacy-access-something = a consulté vos données
privacy-access-employee-list = a consulté la liste des employés
privacy-access-employee-account = a consulté votre fiche d’employé
privacy-access-employee-usage = a consulté le suivi d’utilisation de l’entreprise, où figure votre nom
privacy-access-employee-usage-file = a exporté le suivi d’utilisation de l’entreprise, où figure votre nom
privacy-access-employee-import = a comparé un fichier d’employés avec votre fiche
privacy-access-account-created = a créé votre compte et vous a envoyé une invitation
privacy-access-account-corrected = a modifié votre fiche d’employé
privacy-access-account-imported = a modifié votre fiche d’employé à partir d’un fichier
privacy-access-invitation-sent = vous a renvoyé une invitation
privacy-access-account-suspended = a suspendu votre compte
privacy-access-account-reactivated = a réactivé votre compte
privacy-access-consultation-list = a consulté une liste où figure votre rendez-vous
privacy-access-consultation = a ouvert la page d’un rendez-vous avec vous
privacy-access-consultation-changed = a modifié un rendez-vous avec vous
privacy-access-conversations = a consulté la liste de ses conversations, dont la vôtre
privacy-access-messages = a lu vos messages
privacy-access-attachment = a ouvert un fichier de votre conversation
privacy-access-shared-journal = a lu ce que vous partagez de votre journal
privacy-access-clinical-notes = a ouvert les notes de suivi à votre sujet
privacy-access-notices = a consulté ses notifications, où figure votre nom
privacy-access-admin-page = a consulté une page d’administration où figure votre nom
privacy-access-admin-file = a exporté un relevé d’activité où figure votre nom
privacy-access-review-published = a publié un avis à votre sujet
privacy-access-not-title = Ce qui n’est pas inscrit ici
privacy-access-not-self = Ce que vous consultez vous-même.
privacy-access-not-sums = Les totaux où personne n’est nommé, comme le nombre de consultations de toute l’entreprise.
privacy-access-not-directory = Ce que vous publiez dans l’annuaire, et vos rendez-vous tels que les voient les personnes qui vous consultent.
privacy-access-not-machine = Ce que le service fait seul pour fonctionner : rappels, compteurs, renouvellement des clés. Personne n’y regarde vos données.
privacy-access-kept = Chaque ligne est conservée { $years } ans, puis effacée. Les consultations répétées d’une même page sont regroupées par jour.
privacy-access-action = Voir qui a consulté mes données
privacy-access-card = Chaque lecture et chaque modification de vos données par un autre compte, avec l’heure.

# Ce qui est conservé : une ligne par règle de privacy::retention.
privacy-keep-title = Combien de temps nous gardons quoi
privacy-keep-lead = Ces durées sont appliquées chaque nuit par le programme lui-même : ce tableau est tiré de ses règles.
privacy-keep-column-what = Quoi
privacy-keep-column-long = Combien de temps
privacy-keep-column-why = Pourquoi
privacy-keep-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
privacy-keep-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
privacy-keep-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
privacy-keep-years = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}
privacy-keep-account-long = Tant que le compte existe
privacy-keep-journal-long = Jusqu’à ce que vous l’effaciez, ou votre compte
privacy-keep-practice-long = Tant que le praticien exerce ici
privacy-keep-counters-long = Sans limite, car sans identité une fois le compte supprimé
privacy-keep-contracts-long = Tant que dure le contrat
privacy-keep-keys-long = Tant que dure ce qu’elles ouvrent
privacy-keep-account = Votre compte : nom, adresse, service, réglages
privacy-keep-account-why = Exécution du service ; effacé ou rendu anonyme quand le compte est supprimé.
privacy-keep-consents = Vos accords, avec leur version et leur date
privacy-keep-consents-why = Preuve du consentement (RGPD, article 7) ; effacés avec le compte.
privacy-keep-appointments = Vos rendez-vous et leur historique
privacy-keep-appointments-why = Suivi des soins, avec votre accord (RGPD, article 9) ; sans identité après la suppression du compte.
privacy-keep-presence = Qui était dans la salle vidéo, et quand
privacy-keep-presence-why = Pour régler une contestation de durée ou d’absence.
privacy-keep-signals = Ce qui met deux navigateurs en relation pour un appel
privacy-keep-signals-why = Nécessaire à l’appel, et à rien d’autre.
privacy-keep-chat = Les messages et leurs fichiers, après la fin du rendez-vous
privacy-keep-chat-why = Suivi entre deux rendez-vous, avec votre accord ; effacés pour les deux à la fois.
privacy-keep-notes = Les notes de suivi d’un praticien, après la dernière
privacy-keep-notes-why = Dossier du patient, que le praticien doit conserver ; sans identité une fois le compte supprimé.
privacy-keep-journal = Votre journal
privacy-keep-journal-why = Pour vous seul, avec votre accord.
privacy-keep-shares = La trace d’un partage du journal qui a pris fin
privacy-keep-shares-why = Pour que vous retrouviez ce que vous aviez partagé ; le texte, lui, est détruit dès la fin du partage.
privacy-keep-waiting = Les demandes de la liste d’attente qui sont closes
privacy-keep-waiting-why = Pour expliquer une proposition reçue ; une demande en cours est conservée jusqu’à sa fin.
privacy-keep-freed = Les créneaux libérés
privacy-keep-freed-why = Pour les proposer à ceux qui attendent.
privacy-keep-reviews = Les avis refusés
privacy-keep-reviews-why = Pour traiter un recours ; un avis publié reste tant que le praticien est dans l’annuaire.
privacy-keep-reports = Les signalements traités
privacy-keep-reports-why = Sécurité des personnes ; ce qui y était écrit est détruit dès qu’ils sont traités.
privacy-keep-notices = Les notifications
privacy-keep-notices-why = Pour les retrouver.
privacy-keep-staged = Le contenu des fichiers d’employés
privacy-keep-staged-why = Le temps de le vérifier et de le confirmer.
privacy-keep-imports = La liste des imports : date, nom du fichier, nombre de lignes
privacy-keep-imports-why = Suivi de la gestion des comptes par l’entreprise.
privacy-keep-sessions = Les connexions ouvertes
privacy-keep-sessions-why = Sécurité du compte.
privacy-keep-attempts = Les essais de connexion, sous forme d’empreintes
privacy-keep-attempts-why = Pour arrêter ceux qui essaient des mots de passe.
privacy-keep-resets = Les demandes de nouveau mot de passe
privacy-keep-resets-why = Sécurité du compte.
privacy-keep-accesses = Qui a consulté vos données
privacy-keep-accesses-why = Votre droit de le savoir, et la recherche d’abus de l’intérieur : trois ans au plus, comme le recommande la CNIL pour des données sensibles.
privacy-keep-security = Les événements de sécurité
privacy-keep-security-why = Intérêt légitime : détecter et comprendre une attaque (recommandation de la CNIL : six mois à un an).
privacy-keep-audit = Les actes d’administration, sans contenu
privacy-keep-audit-why = Pouvoir rendre compte de qui a fait quoi : trois ans au plus, comme le recommande la CNIL pour des données sensibles.
privacy-keep-jobs = Les tâches terminées, comme un e-mail envoyé
privacy-keep-jobs-why = Pour ne rien envoyer deux fois, et comprendre une panne.
privacy-keep-practice = Le profil, les lieux et les horaires d’un praticien
privacy-keep-practice-why = Exécution du contrat avec le praticien.
privacy-keep-counters = Les compteurs de consultations et de durées
privacy-keep-counters-why = Base de la facturation entre entreprises et praticiens ; sans identité après la suppression du compte.
privacy-keep-contracts = Les entreprises clientes et leurs réglages
privacy-keep-contracts-why = Exécution du contrat avec l’entreprise.
privacy-keep-keys = Les clés de chiffrement, et la liste de celles qui sont détruites
privacy-keep-keys-why = Une clé est détruite avec ce qu’elle ouvre ; la liste empêche qu’une sauvegarde la fasse revenir.

# « Mes accords » : les textes, ce qui a été accepté et retiré, et ce qu’un retrait arrête.
privacy-consents-title = Mes accords
privacy-consents-lead = Ce que vous avez accepté, dans la version que vous avez lue. Vous pouvez changer d’avis à tout moment.
privacy-consents-renewed-title = Nos textes ont changé
privacy-consents-renewed = Merci de lire la nouvelle version et de dire si vous l’acceptez. D’ici là, votre accord précédent reste valable.
privacy-consents-later = Continuer sans répondre
privacy-consents-given = Accordé
privacy-consents-older = Une nouvelle version attend votre réponse
privacy-consents-withdrawn = Retiré
privacy-consents-open = En attente de votre réponse
privacy-consents-answer = Lire et répondre
privacy-consents-read = Lire le texte
privacy-consents-history = Historique
privacy-consents-history-lead = Chaque accord, avec le texte tel que vous l’avez lu.
privacy-consents-given-at = Donné le { $when }
privacy-consents-withdrawn-at = Retiré le { $when }
privacy-consents-in-french = lu en français
privacy-consents-in-english = lu en anglais
privacy-consents-past-title = Une version précédente de ce texte
privacy-consents-past = Lire la version actuelle
privacy-consents-give = Donner mon accord
privacy-consents-change = Changer d’avis
privacy-consents-change-lead = Avant de retirer votre accord, vous verrez exactement ce qui s’arrête.
privacy-consents-withdraw = Retirer mon accord…
privacy-consents-terms-change = Ne plus utiliser le service
privacy-consents-terms-change-lead = Ces conditions sont le contrat d’utilisation. Y mettre fin, c’est supprimer votre compte.
privacy-consents-done-given = Votre accord est enregistré.
privacy-consents-done-withdrawn = Votre accord est retiré. Vous pouvez le redonner quand vous voulez.
privacy-consent-needed = Vous avez retiré votre accord pour vos données de santé : rien de nouveau n’est enregistré. Vous pouvez le redonner dans « Mon compte », « Mes accords ».
privacy-withdrawal-title = Retirer mon accord pour mes données de santé
privacy-withdrawal-lead = Voici ce que cela change. Rien n’est fait tant que vous n’avez pas confirmé.
privacy-withdrawal-now = Tout de suite
privacy-withdrawal-appointments = { $count ->
    [0] Aucun rendez-vous à venir n’est concerné.
    [one] Votre rendez-vous à venir est annulé, et le praticien prévenu.
   *[other] Vos { $count } rendez-vous à venir sont annulés, et les praticiens prévenus.
}
privacy-withdrawal-requests = { $count ->
    [0] Aucune demande n’attend dans la liste d’attente.
    [one] Votre demande dans la liste d’attente est retirée.
   *[other] Vos { $count } demandes dans la liste d’attente sont retirées.
}
privacy-withdrawal-shares = { $count ->
    [0] Rien de votre journal n’est partagé en ce moment.
    [one] Le partage de votre journal prend fin : le praticien ne peut plus le lire.
   *[other] Les { $count } partages de votre journal prennent fin : les praticiens ne peuvent plus les lire.
}
privacy-withdrawal-then = Ensuite
privacy-withdrawal-booking = Vous ne pourrez plus réserver de rendez-vous, ni en déplacer un, ni vous inscrire sur une liste d’attente.
privacy-withdrawal-chat = Vous ne pourrez plus écrire de message à un praticien. Ceux qui existent restent lisibles, pour la durée prévue.
privacy-withdrawal-journal = Votre journal reste à vous, lisible, exportable et effaçable, mais vous ne pourrez plus y écrire ni le partager.
privacy-withdrawal-stays = Ce qui ne change pas
privacy-withdrawal-past = Ce qui a eu lieu reste inscrit : le retrait ne vaut que pour l’avenir. Tout effacer, c’est supprimer votre compte.
privacy-withdrawal-again = Vous pourrez redonner votre accord quand vous voudrez, et tout redeviendra possible.
privacy-withdrawal-employer = Votre employeur n’en est pas informé.
privacy-withdrawal-action = Retirer mon accord
privacy-withdrawal-keep = Garder mon accord
