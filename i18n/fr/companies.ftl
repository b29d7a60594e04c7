# Les entreprises, leurs salariés, l’import et les invitations.

## La liste

companies-employees-title = Salariés
companies-seats = { $used } comptes utilisés sur { $limit }
companies-employees-by-status = Salariés par statut
companies-employees-search = Nom ou adresse
companies-departments-all = Tous les services
companies-employees-empty-title = Personne n’est encore inscrit
companies-employees-empty-text = Importez la liste de vos salariés : chacun recevra une invitation personnelle pour activer son compte.
companies-employees-none-title = Aucun résultat
companies-employees-none-text = Personne ne correspond à cette recherche. Essayez un autre nom, ou retirez les filtres.
companies-employees-clear = Retirer les filtres
companies-new-action = Ajouter une personne
companies-import-action = Importer un fichier

companies-column-name = Nom
companies-column-email = Adresse e-mail
companies-column-first-name = Prénom
companies-column-last-name = Nom de famille
companies-column-department = Service
companies-column-position = Fonction
companies-column-status = Statut
companies-column-actions = Actions
companies-column-row = Personne
companies-column-line = Ligne
companies-column-outcome = Résultat
companies-column-reason = Motif

companies-status-all = Tous
companies-status-pending = En attente
companies-status-expired = Invitation expirée
companies-status-bounced = Adresse à vérifier
companies-status-active = Actif
companies-status-suspended = Suspendu

## Les invitations, côté RH

companies-invitation-ends = Lien valable jusqu’au { $date }
companies-invitation-ended = Lien expiré depuis le { $date }
companies-resend = Renvoyer
companies-resend-to = Renvoyer l’invitation à { $name }
companies-resend-long = Renvoyer l’invitation
companies-resend-text = Un nouveau lien part par e-mail, valable 7 jours. Les liens déjà envoyés ne fonctionneront plus.
companies-invitation-resent = L’invitation est renvoyée à { $email }. Le nouveau lien est valable 7 jours.
companies-invitation-not-needed = Ce compte n’attend plus d’invitation.
companies-expired-title = { $count ->
    [one] Une invitation a expiré sans être utilisée
   *[other] { $count } invitations ont expiré sans être utilisées
}
companies-expired-text = { $count ->
    [one] Cette personne ne peut plus activer son compte avec le lien reçu. Un nouveau lien lui sera envoyé, valable 7 jours.
   *[other] Ces personnes ne peuvent plus activer leur compte avec le lien reçu. Un nouveau lien leur sera envoyé, valable 7 jours.
}
companies-expired-action = Renvoyer toutes les invitations expirées
companies-invitations-resent = { $count ->
    [one] Une invitation est renvoyée. Le nouveau lien est valable 7 jours.
   *[other] { $count } invitations sont renvoyées. Les nouveaux liens sont valables 7 jours.
}
companies-invitations-none-expired = Aucune invitation n’a expiré : rien n’a été renvoyé.

## Une personne

companies-new-title = Ajouter une personne
companies-new-lead = Elle recevra une invitation par e-mail et choisira elle-même son mot de passe.
companies-new-email-hint = Une adresse professionnelle : { $domains }
companies-new-locale = Langue de l’invitation
companies-new-locale-hint = La personne pourra en changer en activant son compte.
companies-new-submit = Créer le compte et inviter
companies-created = Le compte est créé. L’invitation part à { $email }.
companies-already-here = Cette personne a déjà un compte dans votre entreprise.
companies-seats-full = Tous les comptes de votre contrat ({ $limit }) sont utilisés. Suspendez un compte inutilisé, ou contactez HuntZen Care pour en ajouter.

companies-profile-title = Fiche
companies-profile-lead = Ce que votre entreprise sait de cette personne. L’adresse e-mail sert d’identifiant : elle ne change plus une fois le compte activé.
companies-corrected = La fiche est à jour.
companies-account-title = Compte
companies-account-created = Créé le
companies-account-invited = Dernière invitation
companies-account-link = Lien valable jusqu’au
companies-suspend-title = Suspendre l’accès
companies-suspend-text = { $name } perdra l’accès en quelques secondes : plus de connexion, plus de réservation. Ses données sont conservées et rien n’est annulé à sa place : ses éventuels rendez-vous restent prévus. Son journal lui reste, sans que vous en voyiez rien. Vous pourrez rétablir l’accès à tout moment.
companies-suspend-text-pending = { $name } ne pourra plus activer son compte : le lien d’invitation cesse de fonctionner. Vous pourrez rétablir l’accès à tout moment.
companies-suspend-action = Suspendre l’accès
companies-suspended = L’accès de { $name } est suspendu.
companies-reactivate-title = Rétablir l’accès
companies-reactivate-text = { $name } retrouvera son compte tel qu’il était, avec le même mot de passe. Si le compte n’avait jamais été activé, l’invitation reprend là où elle en était.
companies-reactivate-action = Rétablir l’accès
companies-reactivated = L’accès de { $name } est rétabli.

## Importer un fichier

companies-import-title = Importer des salariés
companies-import-lead = Un fichier CSV, une ligne par personne. Vous vérifiez tout avant que quoi que ce soit ne soit enregistré.
companies-import-file = Fichier CSV
companies-import-file-hint = 5 Mo et 20 000 lignes au plus. Virgule, point-virgule ou tabulation ; en-têtes en français ou en anglais, dans n’importe quel ordre.
companies-import-submit = Vérifier le fichier
companies-import-steps-title = Comment ça se passe
companies-import-step-1 = Vous envoyez le fichier.
companies-import-step-1-text = Il est lu, rien n’est enregistré et personne n’est prévenu.
companies-import-step-2 = Vous vérifiez chaque ligne.
companies-import-step-2-text = Nouvelle, modifiée, inchangée ou refusée : le motif est toujours écrit.
companies-import-step-3 = Vous confirmez.
companies-import-step-3-text = Les comptes sont créés et les invitations partent, une seule fois.
companies-import-columns-title = Colonnes du fichier
companies-import-columns-lead = Les autres colonnes sont ignorées.
companies-import-required = Obligatoire
companies-import-optional = Facultatif
companies-import-email-text = Adresse professionnelle : { $domains }
companies-import-blank-text = Une case vide garde la valeur déjà connue.
companies-import-template = Télécharger un modèle à remplir
companies-import-template-file = modele-salaries.csv
companies-import-refused-file = lignes-refusees.csv
companies-import-untouched = Un import ne change jamais le mot de passe, l’adresse, le rôle ni l’accès d’un compte existant, et ne supprime personne.
companies-import-no-domain-title = Aucun domaine e-mail n’est autorisé
companies-import-no-domain-text = Votre entreprise n’a pas encore de domaine e-mail enregistré : aucune adresse ne pourrait être acceptée. Contactez HuntZen Care pour l’ajouter.
companies-import-discarded = L’import est abandonné. Rien n’a été enregistré.

companies-file-missing = Choisissez un fichier.
companies-file-too-large = Ce fichier dépasse 5 Mo. Retirez les colonnes inutiles, ou coupez-le en plusieurs fichiers.
companies-file-empty = Ce fichier est vide. Vérifiez que vous avez choisi le bon.
companies-file-not-text = Ce n’est pas un fichier CSV. Dans votre tableur, choisissez « Enregistrer sous », puis le format CSV.
companies-file-spreadsheet = C’est un classeur (Excel ou LibreOffice), pas un CSV. Ouvrez-le, choisissez « Enregistrer sous », puis « CSV UTF-8 (délimité par des virgules) ».
companies-file-no-header = La première ligne doit nommer les colonnes (adresse e-mail, prénom, nom de famille…). Ici, elle contient déjà une personne.
companies-file-no-email-column = Aucune colonne n’est reconnue comme l’adresse e-mail. Nommez-la « Adresse e-mail » ou « Email » dans la première ligne.
companies-file-no-name-columns = Il faut une colonne « Prénom » et une colonne « Nom » séparées. Nommez-les ainsi dans la première ligne.
companies-file-duplicate-column = Les colonnes « { $first } » et « { $second } » désignent la même chose. Gardez-en une seule.
companies-file-no-rows = Le fichier n’a qu’une ligne d’en-têtes. Ajoutez une ligne par personne.
companies-file-too-many-rows = Ce fichier dépasse { $maximum } lignes. Coupez-le en plusieurs fichiers.
companies-file-unclosed-quote = Un guillemet ouvert à la ligne { $line } n’est jamais refermé : la suite du fichier est illisible. Corrigez cette ligne, puis renvoyez le fichier.

## L’aperçu

companies-preview-title = Vérifier avant d’importer
companies-preview-lead = { $file } · { $rows ->
    [one] 1 ligne lue
   *[other] { $rows } lignes lues
}
companies-import-unnamed = Votre fichier
companies-preview-if-confirmed = Si vous confirmez
companies-preview-nothing = Il n’y a rien à importer
companies-preview-nothing-yet = Pour l’instant, rien n’est enregistré et personne n’est prévenu.
companies-preview-new = { $count ->
    [one] Un compte est créé, et une invitation part par e-mail.
   *[other] { $count } comptes sont créés, et { $count } invitations partent par e-mail.
}
companies-preview-changed = { $count ->
    [one] Une fiche est mise à jour (nom, service ou fonction).
   *[other] { $count } fiches sont mises à jour (nom, service ou fonction).
}
companies-preview-unchanged = { $count ->
    [one] Une personne est déjà à jour : rien ne change.
   *[other] { $count } personnes sont déjà à jour : rien ne change.
}
companies-preview-refused = { $count ->
    [one] Une ligne est refusée et laissée de côté.
   *[other] { $count } lignes sont refusées et laissées de côté.
}
companies-refused-download = Télécharger les lignes refusées
companies-preview-full-title = { $count ->
    [one] Il manque une place dans votre contrat
   *[other] Il manque { $count } places dans votre contrat
}
companies-preview-full-text = Votre contrat couvre { $limit } comptes, dont { $used } sont utilisés. Retirez des lignes du fichier, suspendez des comptes inutilisés, ou contactez HuntZen Care. Rien n’a été importé.
companies-preview-confirm = Confirmer l’import
companies-preview-discard = Abandonner
companies-preview-by-kind = Lignes par résultat
companies-preview-kept = Sans confirmation, cet aperçu est supprimé automatiquement après le { $date }.
companies-rows-caption = Lignes du fichier
companies-rows-none-title = Aucune ligne de ce type
companies-rows-none-text = Le fichier n’en contient pas.
companies-rows-all = Voir toutes les lignes
companies-kind-all = Toutes
companies-kind-new = Nouveaux comptes
companies-kind-changed = Modifiés
companies-kind-unchanged = Inchangés
companies-kind-refused = Refusées
companies-row-new = Nouveau compte
companies-row-changed = Modifié
companies-row-unchanged = Inchangé
companies-row-refused = Refusée
companies-change-before = Avant :
companies-change-after = Après :
companies-change-nothing = vide

companies-refusal-missing-email = L’adresse e-mail manque.
companies-fix-missing-email = Ajoutez-la : c’est l’identifiant de la personne.
companies-refusal-bad-email = Cette adresse e-mail n’est pas valable.
companies-fix-bad-email = Forme attendue : prenom.nom@entreprise.fr, sans accent ni espace.
companies-refusal-domain = Le domaine de cette adresse n’est pas autorisé pour votre entreprise.
companies-fix-domain = Domaines acceptés : { $domains }
companies-refusal-duplicate = La même adresse figure déjà à la ligne { $line }.
companies-fix-duplicate = Seule la première est gardée. Retirez celle-ci, ou corrigez son adresse.
companies-refusal-other-company = Cette adresse appartient déjà à un compte hors de votre entreprise.
companies-fix-other-company = Utilisez une autre adresse, ou contactez HuntZen Care.
companies-refusal-other-role = Cette adresse est celle d’un compte RH de votre entreprise.
companies-fix-other-role = Un compte RH ne peut pas être aussi un compte de salarié. Utilisez une autre adresse.
companies-refusal-contract-full = Votre contrat n’a plus de place pour cette personne.
companies-fix-contract-full = Suspendez un compte inutilisé, ou contactez HuntZen Care, puis importez de nouveau cette ligne.
companies-refusal-missing-first-name = Le prénom manque.
companies-refusal-missing-last-name = Le nom de famille manque.
companies-fix-missing-name = Remplissez la case, puis renvoyez le fichier.
companies-refusal-too-long-email = Cette adresse e-mail est trop longue.
companies-refusal-too-long-first-name = Le prénom dépasse 100 caractères.
companies-refusal-too-long-last-name = Le nom de famille dépasse 100 caractères.
companies-refusal-too-long-department = Le service dépasse 120 caractères.
companies-refusal-too-long-position = La fonction dépasse 120 caractères.
companies-fix-too-long = Raccourcissez-la, ou vérifiez que les colonnes ne sont pas décalées.
companies-refusal-characters-email = L’adresse e-mail contient des caractères illisibles.
companies-refusal-characters-first-name = Le prénom contient des caractères illisibles.
companies-refusal-characters-last-name = Le nom de famille contient des caractères illisibles.
companies-refusal-characters-department = Le service contient des caractères illisibles.
companies-refusal-characters-position = La fonction contient des caractères illisibles.
companies-fix-characters = Retapez la case dans votre tableur, puis enregistrez en CSV UTF-8.
companies-refusal-ragged = Cette ligne n’a pas autant de cases que l’en-tête.
companies-fix-ragged = Une case contient sans doute un séparateur : entourez-la de guillemets, ou retirez-le.

## Le résultat

companies-result-title = Import terminé
companies-result-lead = { $file } · confirmé le { $date }
companies-result-again = Importer un autre fichier
companies-result-employees = Voir les salariés
companies-result-new-hint = créés et invités
companies-result-changed-hint = mis à jour
companies-result-unchanged-hint = déjà à jour
companies-result-refused-hint = laissées de côté
companies-result-invited = { $count ->
    [one] Une invitation est en route
   *[other] { $count } invitations sont en route
}
companies-result-invited-text = Chaque personne a 7 jours pour activer son compte. Vous voyez qui l’a fait dans la liste des salariés, et vous pouvez renvoyer une invitation à tout moment.
companies-result-refused-title = Lignes refusées
companies-result-refused-text = Corrigez-les dans le fichier téléchargé, puis importez-le. Elles restent affichées ici jusqu’au { $date }.
companies-result-refused-gone = Le détail des lignes refusées a été supprimé après 24 heures.

## L’invitation

companies-invitation-title = Activer mon compte
companies-invitation-heading = Bienvenue { $name }
companies-invitation-lead = { $company } vous offre un accès à HuntZen Care : des consultations de santé mentale, en toute confidentialité. Choisissez votre mot de passe pour activer votre compte.
companies-invitation-login = Votre identifiant
companies-invitation-password = Choisissez un mot de passe
companies-invitation-submit = Activer mon compte
companies-consent-missing = Votre accord est nécessaire pour ouvrir votre espace. Rien n’est enregistré sans lui.

companies-link-unknown-title = Ce lien n’est pas complet
companies-link-unknown-text = Nous ne reconnaissons pas cette invitation. Le lien a peut-être été coupé en le copiant.
companies-link-unknown-next = Ouvrez-le depuis l’e-mail d’invitation. S’il ne fonctionne toujours pas, demandez à vos ressources humaines de vous renvoyer une invitation.
companies-link-replaced-title = Une invitation plus récente vous attend
companies-link-replaced-text = Ce lien a été remplacé par un nouveau.
companies-link-replaced-next = Ouvrez l’e-mail d’invitation le plus récent. Vous ne le trouvez pas ? Regardez dans les indésirables, ou demandez à vos ressources humaines de vous le renvoyer.
companies-link-expired-title = Cette invitation a expiré
companies-link-expired-text = Pour votre sécurité, un lien d’invitation n’est valable que 7 jours.
companies-link-expired-next = Demandez à vos ressources humaines de vous renvoyer une invitation : cela leur prend un instant.
companies-link-used-title = Votre compte est déjà activé
companies-link-used-text = Ce lien a servi : il ne fonctionne qu’une fois.
companies-link-used-next = Connectez-vous avec votre adresse e-mail et votre mot de passe.
companies-link-closed-title = Cet accès est fermé
companies-link-closed-text = Votre entreprise a suspendu ce compte.
companies-link-closed-next = Si vous pensez que c’est une erreur, parlez-en à vos ressources humaines.
companies-link-sign-in = Vous avez déjà activé votre compte ? Connectez-vous

## L’e-mail d’invitation

companies-mail-subject = { $company } vous invite sur HuntZen Care
companies-mail-preview = Activez votre compte : le lien est valable jusqu’au { $date }.
companies-mail-heading = Bonjour { $name },
companies-mail-lead = { $company } vous offre un accès à HuntZen Care : des consultations avec des psychologues et des praticiens vérifiés, en vidéo, en audio ou en cabinet.
companies-mail-confidential = C’est confidentiel. Votre employeur voit, par mois, au plus un nombre de consultations et une durée totale. Il ne voit jamais qui vous consultez, quand, ni ce que vous dites.
companies-mail-action = Activer mon compte
companies-mail-expiry = Ce lien est personnel et sert une seule fois. Il est valable jusqu’au { $date }.
companies-mail-unexpected = Vous n’attendiez pas ce message ? Ignorez-le : sans vous, aucun compte n’est activé.

## Les règles des rendez-vous

companies-rules-title = Règles des rendez-vous
companies-rules-lead = Jusqu’à combien d’heures avant le début un salarié peut déplacer son rendez-vous. Plus tard, il peut encore annuler : c’est marqué comme tardif, et seuls lui et son praticien le voient.
companies-rules-platform = Pour toutes les entreprises
companies-rules-company = Pour une entreprise
companies-rules-which = Entreprise
companies-rules-choose = Choisissez une entreprise
companies-rules-hours = Délai, en heures
companies-rules-hours-hint = De 0 à 168 heures (une semaine).
companies-rules-none-hint = Laissez vide pour suivre la règle générale.
companies-rules-hours-error = Indiquez un nombre entier d’heures, de 0 à 168.
companies-rules-company-error = Choisissez une entreprise.
companies-rules-own = Entreprises qui ont leur propre délai
companies-rules-value = { $hours ->
    [one] { $hours } heure
   *[other] { $hours } heures
}
companies-rules-saved = La règle est enregistrée. Elle vaut dès maintenant.
