# La vie d’une entreprise cliente : demande, décision, contrat, équipe RH.

## La demande, sur le site public

clients-request-title = Rejoindre HuntZen Care
clients-request-lead = Offrez à vos équipes des consultations confidentielles avec des psychologues et des praticiens vérifiés. Dites-nous qui vous êtes, nous vous répondons.
clients-request-company = Votre entreprise
clients-request-contact = Vous
clients-request-submit = Envoyer la demande
clients-request-privacy = Ces informations servent uniquement à traiter votre demande. Une demande que personne ne confirme est effacée au bout de trois jours, une demande refusée au bout d’un an.
clients-request-steps = Et ensuite
clients-request-step-1 = Vous confirmez votre adresse.
clients-request-step-1-text = Un lien part aussitôt à votre adresse professionnelle.
clients-request-step-2 = Nous étudions votre demande.
clients-request-step-2-text = Vous recevez la réponse par e-mail, avec son motif si nous ne pouvons pas l’accepter.
clients-request-step-3 = Votre équipe RH est invitée.
clients-request-step-3-text = Elle importe ses salariés, et chacun reçoit une invitation personnelle.
clients-request-sent = Consultez votre messagerie
clients-request-sent-text = Si { $email } peut recevoir notre message, un lien vient d’y partir. Suivez-le pour que votre demande nous parvienne.
clients-request-sent-hint = Le lien est valable { $hours } heures. Pensez à regarder dans les courriers indésirables.
clients-request-home = Revenir à l’accueil
clients-request-too-many = Trop de demandes sont parties d’ici aujourd’hui. Réessayez demain.

clients-name = Nom de l’entreprise
clients-legal-name = Raison sociale
clients-legal-name-hint = Telle qu’elle figure au registre du commerce.
clients-siret = Numéro SIRET
clients-siret-hint = Les 14 chiffres de l’établissement, avec ou sans espaces.
clients-siret-digits = Un numéro SIRET compte 14 chiffres.
clients-siret-key = Ce numéro n’existe pas : sa clé de contrôle est fausse. Vérifiez chaque chiffre.
clients-sector = Secteur d’activité
clients-size = Effectif
clients-size-choose = Choisir
clients-size-missing = Choisissez un effectif.
clients-size-small = Moins de 50 personnes
clients-size-medium = De 50 à 249 personnes
clients-size-large = De 250 à 4 999 personnes
clients-size-enterprise = 5 000 personnes et plus
clients-address = Adresse e-mail professionnelle
clients-address-hint = Au domaine de votre entreprise.
clients-address-unreadable = Cette adresse n’est pas valable.
clients-address-public = Donnez une adresse de votre entreprise : une adresse personnelle (Gmail, Orange…) ne suffit pas.
clients-address-elsewhere = Cette adresse n’est pas au domaine indiqué ci-dessous.
clients-domain = Domaine des adresses de vos salariés
clients-domain-hint = Ce qui suit le @. Vous pourrez en ajouter d’autres ensuite.
clients-domain-unreadable = Ce n’est pas un nom de domaine : par exemple « entreprise.fr ».
clients-domain-public = Tout le monde peut avoir une adresse à ce domaine. Donnez celui de votre entreprise.
clients-message = Votre message
clients-message-hint = Ce que vous attendez, vos questions, quand vous rappeler.
clients-field-missing = Ce champ est nécessaire.
clients-field-long = { $count } caractères au plus.
clients-field-characters = Ce texte contient des caractères qui ne se tapent pas.

clients-link-open = Confirmer votre demande
clients-link-open-text = Vous demandez à rejoindre HuntZen Care au nom de { $company }, avec l’adresse { $email }.
clients-link-open-action = Confirmer la demande
clients-link-confirmed = Demande confirmée
clients-link-confirmed-text = Votre demande nous est parvenue.
clients-link-confirmed-next = Nous l’étudions et vous répondons par e-mail.
clients-link-closed = Ce lien ne fonctionne plus
clients-link-expired-text = Le lien n’a pas été suivi à temps, et la demande est close. Vous pouvez en envoyer une autre.
clients-link-unknown-text = Ce lien est incomplet, ou la demande a été effacée. Vous pouvez en envoyer une autre.
clients-link-again = Envoyer une demande

## Les e-mails

clients-mail-code = Code
clients-mail-request-subject = Confirmez votre demande
clients-mail-request-lead = Vous avez demandé à rejoindre HuntZen Care au nom de { $company }.
clients-mail-request-next = Pour que votre demande nous parvienne, confirmez-la en suivant ce lien.
clients-mail-request-action = Confirmer la demande
clients-mail-request-note = Le lien est valable jusqu’au { $date } et sert une seule fois. Si vous n’avez rien demandé, ignorez ce message : sans confirmation, la demande est effacée.
clients-mail-validated-subject = Bienvenue à { $company }
clients-mail-validated-lead = Votre demande est acceptée : { $company } rejoint HuntZen Care.
clients-mail-validated-next = Le premier compte RH va recevoir son invitation. Il permettra d’importer vos salariés et de les inviter.
clients-mail-refused-subject = Votre demande pour { $company }
clients-mail-refused-lead = Nous avons étudié la demande de { $company } et ne pouvons pas l’accepter.
clients-mail-refused-next = Le motif figure ci-dessous. Si votre situation change, vous pouvez envoyer une nouvelle demande.
clients-mail-suspended-subject = L’accès de { $company } est suspendu
clients-mail-suspended-lead = L’accès de { $company } à HuntZen Care est suspendu.
clients-mail-suspended-next = Vos salariés ne peuvent plus réserver de consultation. Leurs données sont conservées et restent les leurs. Le motif figure ci-dessous.
clients-mail-reactivated-subject = L’accès de { $company } est rétabli
clients-mail-reactivated-lead = L’accès de { $company } à HuntZen Care est rétabli.
clients-mail-reactivated-next = Vos salariés peuvent de nouveau réserver des consultations.
clients-mail-hr-subject = Votre espace RH pour { $company }
clients-mail-hr-lead = Un compte RH est prêt pour vous : il permet de gérer les comptes des salariés de { $company } sur HuntZen Care.
clients-mail-hr-limits = Vous verrez les comptes et des chiffres d’utilisation. Vous ne verrez jamais qui consulte qui, ni quand, ni pourquoi.
clients-invitation-lead = { $company } vous confie son espace RH. Choisissez votre mot de passe pour l’ouvrir.

## La fiche, côté plateforme

clients-decide = Une décision est attendue
clients-decide-text = L’adresse du demandeur et son domaine sont confirmés par le lien qu’il a suivi.
clients-validate = Valider l’entreprise
clients-refuse = Refuser la demande
clients-refuse-hint = Le demandeur le lira dans l’e-mail de réponse.
clients-refuse-action = Refuser
clients-reason = Motif
clients-reason-missing = Donnez le motif : il sera lu par les personnes concernées.
clients-validated = L’entreprise est validée. Invitez maintenant son premier compte RH.
clients-refused = La demande est refusée. La réponse part par e-mail.
clients-suspended = L’entreprise est suspendue. Son équipe RH est prévenue.
clients-reactivated = L’entreprise est de nouveau active. Son équipe RH est prévenue.
clients-decided-already = Une décision avait déjà été prise : rien n’a changé.
clients-twin-title = Une autre entreprise lui ressemble
clients-twin-text = Elle a le même SIRET ou le même domaine :
clients-twin-refused = { $company } a déjà ce SIRET ou ce domaine : deux entreprises ne peuvent pas les partager.
clients-twin-now = Une autre entreprise vient d’être validée avec ce SIRET ou ce domaine.
clients-identity = Identité
clients-contact = Contact
clients-domains = Domaines e-mail
clients-known-since = Connue depuis le
clients-requester = Demande
clients-requester-address = Adresse confirmée
clients-requester-asked = Envoyée le
clients-usage-employees = Comptes salariés
clients-usage-month = Consultations ce mois-ci
clients-usage-year = Depuis janvier
clients-usage-ever = Depuis le début
clients-contract = Contrat
clients-contract-employees = Nombre maximal de salariés
clients-contract-employees-hint = Comptes en attente et actifs. Vide : sans limite. En dessous du nombre actuel, personne ne perd son compte, mais aucun nouveau n’est accepté.
clients-contract-consultations = Consultations par salarié et par an
clients-contract-consultations-hint = Consultations terminées et à venir de l’année civile, manquées ou annulées trop tard par le salarié comprises. Vide : sans limite.
clients-contract-saved = Le contrat est à jour.
clients-limit-error = Un nombre entier de 1 à { $most }, ou rien.
clients-team = Équipe RH
clients-team-lead = Les comptes qui gèrent les salariés de cette entreprise.
clients-team-first = Inviter le premier compte RH
clients-team-invite = Inviter une autre personne
clients-team-submit = Inviter
clients-member-invited = L’invitation part à { $email }.
clients-member-resent = Un nouveau lien est parti, valable 7 jours. Les liens précédents ne fonctionnent plus.
clients-member-closed = L’entreprise n’est pas active : personne ne peut y être invité.
clients-member-taken = Cette adresse ne peut pas être invitée : elle a déjà un compte.
clients-address-not-allowed = Cette adresse n’est à aucun des domaines confirmés de l’entreprise.
clients-suspend = Suspendre l’entreprise
clients-suspend-text = Plus aucune réservation ne sera possible. Rien n’est annulé et rien n’est effacé.
clients-suspend-hint = L’équipe RH le lira dans l’e-mail qui la prévient.
clients-suspend-action = Suspendre
clients-reactivate = Rétablir l’entreprise
clients-reactivate-text = Ses salariés pourront de nouveau réserver, avec les mêmes comptes.
clients-reactivate-action = Rétablir
clients-history = Historique
clients-history-none = Rien n’a encore été fait sur cette entreprise.
clients-actor-link = Le demandeur, par le lien reçu
clients-actor-gone = Compte supprimé
clients-event-requested = Demande confirmée
clients-event-validated = Entreprise validée
clients-event-refused = Demande refusée
clients-event-suspended = Entreprise suspendue
clients-event-reactivated = Entreprise rétablie
clients-event-contract = Contrat modifié
clients-event-notice = Délai d’annulation modifié
clients-event-hr-invited = Compte RH invité
clients-event-other = Modification

## La page de l’entreprise, côté RH

clients-company = Mon entreprise
clients-company-profile = Fiche
clients-company-lead = Ce que vos salariés lisent de votre entreprise, et ce que HuntZen Care doit savoir d’elle.
clients-company-saved = La fiche est à jour.
clients-siret-taken = Ce SIRET est déjà celui d’une autre entreprise cliente. Contactez HuntZen Care.
clients-places = Adresse
clients-street = Numéro et rue
clients-postal-code = Code postal
clients-city = Ville
clients-country = Pays
clients-zone = Fuseau horaire
clients-zone-hint = Celui des nouveaux comptes. Chaque personne peut ensuite choisir le sien.
clients-zone-missing = Choisissez un fuseau horaire de la liste.
clients-contacts = Contacts
clients-contact-email = Adresse e-mail de contact
clients-phone = Téléphone
clients-site = Site web
clients-site-unreadable = Donnez une adresse complète qui commence par https://.
clients-hours = Horaires des ressources humaines
clients-hours-hint = Affichés en haut de l’accueil de vos salariés.
clients-emergency = Message d’urgence
clients-emergency-hint = Affiché à vos salariés avec le 3114, le 15 et le 112 : un numéro interne, une personne de confiance.
clients-colours = Couleurs
clients-colours-hint = Celles du bandeau de vos salariés. Le texte doit rester lisible : un contraste d’au moins 4,5 est demandé. Vides : celles de HuntZen Care.
clients-colour-back = Fond
clients-colour-ink = Texte
clients-colour-unreadable = Une couleur s’écrit avec six chiffres ou lettres de a à f : par exemple #135e54.
clients-colour-both = Donnez les deux couleurs, ou aucune.
clients-contrast = Ces deux couleurs ont un contraste de { $ratio } : il en faut 4,5 pour que tout le monde puisse lire.
clients-pictures = Images
clients-pictures-lead = Chaque image est redessinée par le serveur : ses données cachées (lieu, appareil) disparaissent.
clients-logo = Logo
clients-logo-hint = Carré de préférence. PNG, JPEG ou WebP, 5 Mo au plus.
clients-logo-alt = Votre logo actuel
clients-logo-remove = Retirer le logo
clients-cover = Image de couverture
clients-cover-hint = Paysage : elle est coupée au format 4:1. PNG, JPEG ou WebP, 5 Mo au plus.
clients-cover-alt = Votre image de couverture actuelle
clients-cover-remove = Retirer la couverture
clients-picture-send = Envoyer l’image
clients-picture-saved = L’image est enregistrée.
clients-picture-removed = L’image est retirée.
clients-picture-missing = Choisissez une image.
clients-picture-large = Cette image dépasse 5 Mo.
clients-picture-unreadable = Ce fichier n’est pas une image PNG, JPEG ou WebP que nous pouvons lire.

## Les domaines

clients-domains-lead = Seules les adresses de ces domaines peuvent être invitées ou importées.
clients-domain-is-confirmed = Confirmé
clients-domain-waits = Code attendu
clients-domain-add = Ajouter un domaine
clients-domain-add-text = Un code part à une adresse de ce domaine : le saisir ici prouve qu’il est à vous.
clients-domain-address = Une adresse de ce domaine
clients-domain-address-hint = Par exemple la vôtre : le domaine est ce qui suit le @.
clients-domain-send = Envoyer le code
clients-domain-own = Ce domaine est déjà confirmé pour votre entreprise.
clients-domain-elsewhere = Ce domaine est déjà celui d’une autre entreprise. Contactez HuntZen Care.
clients-domain-confirmed = Le domaine { $domain } est confirmé.
clients-domain-remove = Retirer
clients-domain-remove-of = Retirer le domaine { $domain }
clients-domain-removed = Le domaine { $domain } est retiré. Les comptes existants restent.
clients-domain-kept = Rien n’a été retiré : il faut au moins un domaine.
clients-code = Code reçu
clients-code-hint = Envoyé à { $email }, valable jusqu’à { $date }.
clients-code-action = Confirmer
clients-code-sent = Un code part à { $email }.
clients-code-too-many = Trop de codes ont été demandés aujourd’hui. Réessayez demain.
clients-code-wrong = { $count ->
    [one] Ce n’est pas le code. Il reste un essai.
   *[other] Ce n’est pas le code. Il reste { $count } essais.
}
clients-code-over = Ce code ne fonctionne plus : demandez-en un autre.
clients-mail-hello = Bonjour,
clients-mail-code-subject = Votre code pour { $domain }
clients-mail-code-lead = { $name } ajoute le domaine { $domain } à l’espace de { $company } sur HuntZen Care. Voici le code à saisir.
clients-mail-code-note = Il est valable { $minutes } minutes. Si vous ne connaissez pas cette personne, ne le transmettez à personne et ignorez ce message.

## L’équipe RH, côté RH

clients-team-own = Les personnes qui partagent cet espace. Chacune a son compte : ne partagez pas un mot de passe.
clients-team-me = Vous
clients-team-invite-text = Une adresse d’un domaine confirmé, qui n’a pas encore de compte : un compte de salarié ne devient jamais un compte RH.
clients-team-last = Un compte RH actif doit rester : le dernier ne peut pas être suspendu.
clients-team-suspend = Suspendre
clients-team-suspend-of = Suspendre l’accès de { $name }
clients-team-reactivate = Rétablir
clients-team-reactivate-of = Rétablir l’accès de { $name }
clients-member-suspended = L’accès de { $name } est suspendu.
clients-member-reactivated = L’accès de { $name } est rétabli.
clients-member-last = Rien n’a changé : c’est le dernier compte RH actif, il faut qu’il en reste un.
clients-event-hr-suspended = Compte RH suspendu
clients-event-hr-reactivated = Compte RH rétabli
clients-event-domain-confirmed = Domaine confirmé
clients-event-domain-dropped = Domaine retiré
clients-event-corrected = Fiche modifiée
clients-event-picture = Image modifiée
clients-mail-concerned-subject = Vos rendez-vous à venir
clients-mail-concerned-employee = { $count ->
    [one] Un de vos rendez-vous à venir attend votre décision. Il reste prévu tant que vous ne l’annulez pas.
   *[other] { $count } de vos rendez-vous à venir attendent votre décision. Ils restent prévus tant que vous ne les annulez pas.
}
clients-mail-concerned-practitioner = { $count ->
    [one] Une entreprise cliente est suspendue. Un de vos rendez-vous à venir est concerné : il reste prévu tant que personne ne l’annule.
   *[other] Une entreprise cliente est suspendue. { $count } de vos rendez-vous à venir sont concernés : ils restent prévus tant que personne ne les annule.
}
clients-mail-concerned-action = Voir ces rendez-vous
clients-upcoming = Consultations à venir
clients-upcoming-hint = À garder ou annuler par chaque salarié et praticien

## Les réglages d’un membre des RH

clients-settings = Réglages
clients-settings-lead = Ce que vous recevez par e-mail, et dans quelle langue.
clients-settings-mails = Vos e-mails
clients-settings-mails-lead = Envoyés à { $email }.
clients-settings-team = L’équipe RH
clients-settings-team-hint = Quand une autre personne invite, suspend ou rétablit un compte RH.
clients-settings-domains = Les domaines e-mail
clients-settings-domains-hint = Quand une autre personne confirme ou retire un domaine.
clients-settings-always = Les décisions de HuntZen Care sur votre entreprise et la sécurité de votre compte vous sont toujours envoyées.
clients-settings-saved = Vos réglages sont enregistrés.
clients-settings-language-lead = Celle de votre espace et de vos e-mails.
clients-settings-language-action = Changer de langue
clients-settings-elsewhere = Réglé ailleurs
clients-settings-team-text = Inviter une personne, suspendre un accès.
clients-settings-domains-text = Les domaines que peuvent avoir les adresses de vos salariés.
clients-mail-team-subject = Du nouveau dans l’espace RH de { $company }
clients-mail-team-invited = { $name } a invité une personne dans l’équipe RH de { $company }.
clients-mail-team-suspended = { $name } a suspendu un compte de l’équipe RH de { $company }.
clients-mail-team-reactivated = { $name } a rétabli un compte de l’équipe RH de { $company }.
clients-mail-domain-confirmed = { $name } a confirmé un domaine e-mail pour { $company } : ses adresses peuvent maintenant être invitées.
clients-mail-domain-dropped = { $name } a retiré un domaine e-mail de { $company }.
clients-mail-team-next = Si vous ne vous y attendiez pas, parlez-en à votre collègue ou à HuntZen Care.
clients-mail-team-action = Voir ce qui a changé
clients-mail-team-note = Vous pouvez choisir ces e-mails dans les réglages de votre espace RH.
