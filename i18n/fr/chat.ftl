# Les messages entre les deux participants d’une consultation.

chat-nav = Messages
chat-title = Messages
chat-consultations = Consultations
chat-list-lead = Vos échanges écrits, consultation par consultation.
chat-about = Consultation du { $when }
chat-unread = non lus
chat-none-title = Aucun message pour le moment
chat-none = Vous pouvez écrire dès qu’un rendez-vous est pris : ouvrez-le, la messagerie vous y attend.
chat-none-action = Voir les rendez-vous

## La conversation

chat-empty = Écrivez le premier message. Prenez le temps qu’il vous faut.
chat-empty-closed = Aucun message n’a été échangé.
chat-older = Afficher les messages précédents
chat-newest = Revenir aux derniers messages
chat-from-you = Vous :
chat-from-other = Message reçu :
chat-deleted = Message supprimé
chat-unreadable = Ce message ne peut plus être lu.
chat-edited = Modifié
chat-seen = Vu
chat-sending = Envoi…
chat-change = Modifier ou supprimer
chat-changing = Modification d’un message
chat-delete = Supprimer
chat-delete-lead = Le texte et la pièce jointe disparaissent pour vous deux. Il restera écrit qu’un message a été supprimé.
chat-unchangeable = Le texte d’un message peut être modifié pendant 24 heures. Ce délai est passé, mais vous pouvez encore le supprimer.
chat-typing = { $name } écrit…
chat-away = Connexion interrompue, reprise en cours…
chat-mark-read = { $count ->
    [one] Marquer comme lu
   *[other] Tout marquer comme lu
}
chat-label = Votre message
chat-placeholder = Votre message
chat-attach = Joindre une image ou un PDF
chat-unattach = Retirer la pièce jointe
chat-send = Envoyer
chat-hint = Chiffré sur nos serveurs, jamais montré à l’employeur. Images et PDF jusqu’à 10 Mo.
chat-size-kb = { $size } Ko
chat-size-mb = { $size } Mo
chat-closed-cancelled = Ce rendez-vous est annulé : les messages restent lisibles, on ne peut plus en écrire.
chat-closed-over = L’échange s’est refermé une semaine après la consultation. Les messages restent lisibles.

## Ce qui n’a pas pu être fait

chat-error-empty = Écrivez un message ou joignez un fichier.
chat-error-long = Un message compte { $most } caractères au plus.
chat-error-too-long = Ce message est trop long. Coupez-le en deux.
chat-error-closed = On ne peut plus écrire ici.
chat-error-unchanged = Ce message ne peut plus être modifié.
chat-error-file-large = Ce fichier dépasse 10 Mo.
chat-error-file-kind = Seuls les images (JPEG, PNG, WebP) et les PDF peuvent être joints.
chat-error-file-broken = Ce fichier est abîmé ou trop grand : nous n’avons pas pu l’ouvrir.

## Ce qui a été fait

chat-done-edit = Message modifié.
chat-done-delete = Message supprimé.

## L’e-mail

chat-mail-subject = Un message vous attend
chat-mail-text = Vous avez reçu un message. Pour votre tranquillité, cet e-mail n’en montre rien : connectez-vous pour le lire.
chat-mail-action = Lire le message
chat-mail-note = Vous recevez cet e-mail parce qu’un message n’a pas été lu depuis dix minutes.
