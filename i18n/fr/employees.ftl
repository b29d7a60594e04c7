# Les salariés : à plusieurs, un par un, et ce que l’entreprise voit de leur usage.

## Plusieurs personnes à la fois

employees-selection-title = Actions groupées
employees-selection-with = Pour les personnes cochées
employees-selection-all = { $count ->
    [one] La personne trouvée
   *[other] Les { $count } personnes trouvées
}
employees-selection-continue = Continuer
employees-select = Cocher { $name }
employees-action-invite = Inviter ou relancer
employees-action-move = Changer de service
employees-action-suspend = Suspendre l’accès
employees-action-reactivate = Rétablir l’accès
employees-selection-which = Cochez au moins une personne, puis choisissez ce qu’il faut faire.
employees-selection-nobody = Personne n’est coché.
employees-selection-nothing-yet = Rien n’est encore fait. Vérifiez, puis confirmez.
employees-selection-invite = { $count ->
    [0] Personne n’attend d’invitation
    [one] Une invitation va partir
   *[other] { $count } invitations vont partir
}
employees-selection-invite-text = Chaque personne reçoit un nouveau lien par e-mail, valable 7 jours. Les liens déjà envoyés ne fonctionneront plus.
employees-selection-move = { $count ->
    [one] Une personne va changer de service
   *[other] { $count } personnes vont changer de service
}
employees-selection-move-text = Seul le service change. Les comptes, les accès et les rendez-vous restent tels qu’ils sont.
employees-selection-suspend = { $count ->
    [0] Ces accès sont déjà suspendus
    [one] Un accès va être suspendu
   *[other] { $count } accès vont être suspendus
}
employees-selection-suspend-text = L’accès se ferme en quelques secondes : plus de connexion, plus de réservation. Les données sont conservées et rien n’est annulé à la place des personnes. Vous pourrez rétablir l’accès à tout moment.
employees-selection-reactivate = { $count ->
    [0] Aucun de ces accès n’est suspendu
    [one] Un accès va être rétabli
   *[other] { $count } accès vont être rétablis
}
employees-selection-reactivate-text = Chaque personne retrouve son compte tel qu’il était. Si le compte n’avait jamais été activé, l’invitation reprend là où elle en était.
employees-selection-more = { $count ->
    [one] et une autre personne.
   *[other] et { $count } autres personnes.
}
employees-selection-others = { $count ->
    [one] Pour une autre personne cochée, rien ne change : elle n’est pas concernée.
   *[other] Pour { $count } autres personnes cochées, rien ne change : elles ne sont pas concernées.
}
employees-selection-department = Nouveau service
employees-selection-department-hint = Laissez vide pour retirer le service.
employees-selection-departments = Services existants :
employees-selection-confirm = Confirmer
employees-selection-back = Revenir à la liste
employees-selection-full = { $count ->
    [one] Il manque une place dans votre contrat ({ $limit } comptes). Rien n’a été changé : cochez moins de personnes, ou contactez HuntZen Care.
   *[other] Il manque { $count } places dans votre contrat ({ $limit } comptes). Rien n’a été changé : cochez moins de personnes, ou contactez HuntZen Care.
}
employees-selection-unchanged = Rien n’avait besoin de changer.
employees-selection-invited = { $count ->
    [one] Une invitation est en route.
   *[other] { $count } invitations sont en route.
}
employees-selection-moved = { $count ->
    [one] Une personne a changé de service.
   *[other] { $count } personnes ont changé de service.
}
employees-selection-suspended = { $count ->
    [one] Un accès est suspendu.
   *[other] { $count } accès sont suspendus.
}
employees-selection-reactivated = { $count ->
    [one] Un accès est rétabli.
   *[other] { $count } accès sont rétablis.
}

## Les invitations qui n’arrivent pas

employees-bounced-title = { $count ->
    [one] Une invitation n’est pas arrivée
   *[other] { $count } invitations ne sont pas arrivées
}
employees-bounced-text = Nous avons essayé pendant plus d’une journée. Cela arrive quand une adresse contient une faute de frappe, ou que la messagerie n’est pas encore ouverte.
employees-bounced-action = Voir les adresses à vérifier
employees-bounced-detail = L’e-mail n’a pas pu être remis
employees-bounced-one = L’invitation n’est pas arrivée
employees-bounced-one-text = La messagerie de cette adresse n’a pas accepté notre e-mail, malgré plusieurs essais. Vérifiez l’adresse ci-dessous : si elle est juste, renvoyez simplement l’invitation.
employees-address-title = Corriger l’adresse
employees-address-lead = Possible tant que le compte n’est pas activé. L’invitation repart à la nouvelle adresse, et les liens déjà envoyés ne fonctionnent plus.
employees-address-action = Corriger et inviter
employees-address-corrected = L’adresse est corrigée. L’invitation part à { $email }.
employees-address-too-late = Ce compte est déjà activé ou suspendu : son adresse ne change plus.

## L’usage d’une personne

employees-usage-title = Usage
employees-usage-by-group = Votre entreprise ne voit pas l’usage personne par personne. Les chiffres sont publiés par groupes, une fois le mois terminé.
employees-usage-figures = Voir les chiffres
employees-usage-total = En tout
employees-usage-nothing-else = C’est tout ce que votre entreprise peut savoir : ni le praticien, ni la date, ni la spécialité, ni le motif.

## Un import : progression, bilan, retour en arrière

employees-progress-title = Import en cours
employees-progress-lead = { $file }
employees-progress-rows = Lignes traitées
employees-progress-text = Vous pouvez fermer cette page : l’import continue, et son bilan vous attendra ici. Les invitations partent au fur et à mesure.
employees-progress-reload = Actualiser
employees-progress-done = L’import est terminé
employees-progress-result = Voir le bilan
employees-left-out-title = { $count ->
    [one] Une ligne n’a pas été traitée
   *[other] { $count } lignes n’ont pas été traitées
}
employees-left-out-text = Un accès a été retiré avant la fin : celui de la personne qui avait confirmé cet import, ou celui de l’entreprise. Importez de nouveau le fichier : ce qui est déjà fait ne sera pas refait.
employees-absent-count = { $count ->
    [one] Une personne ne figure pas dans ce fichier
   *[other] { $count } personnes ne figurent pas dans ce fichier
}
employees-absent-hint = Elles gardent leur accès. Si le fichier est la liste complète de vos salariés, vous pouvez suspendre l’accès de celles qui sont parties.
employees-absent-see = Voir qui
employees-absent-title = Absents du fichier
employees-absent-lead = Ces personnes ont un accès et ne figurent pas dans { $file }. Rien n’est fait sans vous.
employees-absent-text = Cochez les personnes parties, vérifiez, puis confirmez.
employees-absent-action = Suspendre les personnes cochées
employees-absent-none-title = Personne
employees-absent-none-text = Toutes les personnes qui ont un accès figurent dans ce fichier, ou cette liste a été supprimée après 24 heures.
employees-absent-back = Revenir au bilan
employees-undo-title = Annuler cet import
employees-undo-hint = Possible jusqu’au { $date }. Les comptes créés que personne n’a encore ouverts sont supprimés, les fiches modifiées retrouvent leurs valeurs.
employees-undo-action = Annuler cet import
employees-undo-lead = { $file } · annulation possible jusqu’au { $date }
employees-undo-removed = { $count ->
    [0] Aucun compte n’est supprimé.
    [one] Un compte que personne n’a ouvert est supprimé, et son invitation cesse de fonctionner.
   *[other] { $count } comptes que personne n’a ouverts sont supprimés, et leurs invitations cessent de fonctionner.
}
employees-undo-kept = { $count ->
    [one] Un compte déjà activé est conservé.
   *[other] { $count } comptes déjà activés sont conservés.
}
employees-undo-changed = { $count ->
    [one] Une fiche retrouve ses valeurs d’avant, si personne ne l’a modifiée depuis.
   *[other] { $count } fiches retrouvent leurs valeurs d’avant, si personne ne les a modifiées depuis.
}
employees-undo-confirm = Annuler l’import
employees-undo-keep = Garder l’import
employees-undo-too-late = Cet import ne peut plus être annulé.
employees-undone = L’import est annulé.
employees-undone-title = Import annulé le { $date }
employees-undone-removed = { $count ->
    [0] Aucun compte n’a été supprimé.
    [one] Un compte a été supprimé.
   *[other] { $count } comptes ont été supprimés.
}
employees-undone-kept = { $count ->
    [one] Un compte déjà activé a été conservé.
   *[other] { $count } comptes déjà activés ont été conservés.
}
employees-past-title = Derniers imports
employees-past-counts = { $created } créés, { $updated } modifiés, { $refused } refusés
employees-past-undone = Annulé
employees-past-running = En cours
employees-past-waiting = À vérifier et à confirmer

## S’inscrire soi-même

employees-register-link = Votre entreprise permet l’inscription ? Demandez votre accès
employees-register-title = Demander mon accès
employees-register-lead = Si votre entreprise le permet, vous pouvez ouvrir votre accès à HuntZen Care avec votre adresse professionnelle.
employees-register-email = Adresse e-mail professionnelle
employees-register-email-hint = Celle de votre entreprise, pas une adresse personnelle.
employees-register-submit = Recevoir le lien
employees-register-privacy = Nous vérifions votre adresse, rien de plus. Votre employeur ne voit jamais qui vous consultez, quand, ni ce que vous dites.
employees-register-sent = Si l’adresse { $email } peut s’inscrire, un e-mail vient d’y partir.
employees-register-sent-hint = Le lien est valable { $hours } heures. Rien n’arrive ? Regardez dans les indésirables. Il se peut aussi que votre entreprise ne propose pas l’inscription : demandez une invitation à vos ressources humaines.
employees-register-too-many = Trop de demandes sont parties d’ici aujourd’hui. Réessayez demain, ou demandez une invitation à vos ressources humaines.
employees-register-open-title = Confirmer mon adresse
employees-register-open-text = Vous demandez un accès à HuntZen Care avec { $company }, à l’adresse { $email }.
employees-register-open-action = Confirmer mon adresse
employees-register-waiting-title = Adresse confirmée
employees-register-waiting-text = Votre demande est arrivée aux ressources humaines de { $company }.
employees-register-waiting-next = Dès qu’elles l’acceptent, vous recevez par e-mail le lien pour choisir votre mot de passe.
employees-register-known-title = Vous avez déjà un accès
employees-register-known-text = Cette adresse a déjà un compte ou une demande en cours. Connectez-vous, ou ouvrez l’e-mail d’invitation que vous avez reçu.
employees-register-closed-title = Ce lien ne fonctionne plus
employees-register-closed-text = Il a déjà servi, il a expiré, ou il est incomplet. Si vous venez de confirmer votre adresse, ouvrez l’e-mail d’invitation que nous vous avons envoyé.
employees-register-again = Recommencer

employees-mail-register-subject = Confirmez votre adresse pour ouvrir votre accès
employees-mail-register-lead = Vous avez demandé un accès à HuntZen Care avec { $company }.
employees-mail-register-next = Confirmez votre adresse pour continuer.
employees-mail-register-action = Confirmer mon adresse
employees-mail-register-note = Le lien est valable jusqu’au { $date }. Vous n’avez rien demandé ? Ignorez ce message : rien ne sera ouvert à votre nom.
employees-mail-known-subject = Vous avez déjà un compte HuntZen Care
employees-mail-known-lead = Quelqu’un, sans doute vous, vient de demander un accès à HuntZen Care avec cette adresse. Elle a déjà un compte.
employees-mail-known-next = Connectez-vous avec votre mot de passe. Si vous ne l’avez pas encore choisi, ouvrez l’e-mail d’invitation que vous avez reçu, ou demandez à vos ressources humaines de le renvoyer.
employees-mail-refused-subject = Votre demande d’accès à HuntZen Care
employees-mail-refused-lead = Les ressources humaines de { $company } n’ont pas accepté votre demande d’accès à HuntZen Care.
employees-mail-refused-next = Si vous pensez que c’est une erreur, parlez-en avec elles : une invitation peut vous être envoyée à tout moment. En cas de détresse, le 3114 répond jour et nuit.

## Inscriptions, côté RH

employees-registrations-title = Inscriptions
employees-registrations-lead = Les salariés peuvent demander leur accès eux-mêmes, avec une adresse d’un de vos domaines confirmés.
employees-registrations-waiting = { $count ->
    [0] Personne n’attend
    [one] Une personne attend votre accord
   *[other] { $count } personnes attendent votre accord
}
employees-registrations-none = Les demandes confirmées apparaîtront ici.
employees-registrations-closed = Les inscriptions sont fermées. Vous ajoutez les salariés vous-même, un par un ou avec un fichier.
employees-registrations-since = Adresse confirmée le { $date }
employees-registrations-approve = Accepter
employees-registrations-approve-of = Accepter { $name }
employees-registrations-refuse = Refuser
employees-registrations-refuse-of = Refuser { $name }
employees-registrations-see = Voir les demandes
employees-registration-approved = L’accès est accordé. L’invitation part à { $email }.
employees-registration-refused = La demande de { $email } est refusée. La personne en est informée par e-mail.
employees-registration-impossible = { $email } ne peut pas recevoir d’accès : l’adresse a déjà un compte, ou son domaine n’est plus le vôtre. Vous pouvez refuser la demande.
employees-rule-title = Qui peut s’inscrire
employees-rule-legend = Inscription par les salariés
employees-rule-off = Fermée
employees-rule-off-text = Seules les personnes que vous ajoutez reçoivent un accès.
employees-rule-approval = Avec votre accord
employees-rule-approval-text = La personne confirme son adresse, puis vous acceptez ou refusez.
employees-rule-automatic = Automatique
employees-rule-automatic-text = La personne confirme son adresse et ouvre son accès, tant que votre contrat a de la place. Ensuite, elle attend votre accord.
employees-rule-address = À partager avec vos équipes :
employees-rule-saved = C’est enregistré.
employees-rule-which = Choisissez une des possibilités.
