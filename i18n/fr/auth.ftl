# Se connecter, retrouver un mot de passe, son compte.

auth-email = Adresse e-mail
auth-password = Mot de passe
auth-new-password = Nouveau mot de passe
auth-current-password = Mot de passe actuel
auth-password-again = Le même, encore une fois
auth-password-hint = 12 caractères au moins. Trois ou quatre mots sans rapport entre eux font un bon mot de passe.

auth-sign-in-title = Se connecter
auth-sign-in-lead = Retrouvez votre espace, en toute confidentialité.
auth-sign-in-action = Se connecter
auth-sign-in-invited = Première visite ? Ouvrez le lien de l’invitation reçue par e-mail.
auth-sign-in-email-missing = Indiquez votre adresse e-mail.
auth-sign-in-password-missing = Indiquez votre mot de passe.
auth-sign-in-wrong = Adresse e-mail ou mot de passe incorrect.
auth-sign-in-wait = { $minutes ->
    [one] Trop de tentatives. Pour protéger les comptes, réessayez dans une minute.
   *[other] Trop de tentatives. Pour protéger les comptes, réessayez dans { $minutes } minutes.
}
auth-signed-out = Vous êtes déconnecté. À bientôt.

auth-forgotten-link = Mot de passe oublié ?
auth-forgotten-title = Mot de passe oublié
auth-forgotten-lead = Indiquez votre adresse : nous vous enverrons un lien pour en choisir un nouveau.
auth-forgotten-action = Recevoir le lien
auth-forgotten-email-bad = Cette adresse e-mail n’est pas complète. Exemple : prenom.nom@entreprise.fr
auth-forgotten-wait = Beaucoup de liens ont été demandés depuis cet endroit. Pour protéger les comptes, réessayez dans un quart d’heure.
auth-forgotten-sent-title = Regardez vos e-mails
auth-forgotten-sent = Si un compte existe pour { $email }, un lien vient d’y être envoyé. Il est valable une heure.
auth-forgotten-sent-next = Rien reçu dans quelques minutes ? Vérifiez les indésirables, puis l’orthographe de l’adresse.
auth-back-to-sign-in = Revenir à la connexion

auth-reset-title = Choisir un nouveau mot de passe
auth-reset-lead = Vous serez déconnecté de tous vos appareils.
auth-reset-action = Enregistrer le mot de passe
auth-reset-invalid-title = Ce lien n’est plus valable
auth-reset-invalid-lead = Il a déjà servi, il date de plus d’une heure, ou il a été coupé en le copiant. Demandez-en un nouveau, cela prend un instant.
auth-reset-again = Demander un nouveau lien

auth-password-too-short = Il faut au moins 12 caractères.
auth-password-too-long = Il faut au plus 128 caractères.
auth-password-personal = Ce mot de passe contient votre nom, votre adresse ou votre entreprise : c’est la première chose que quelqu’un essaierait.
auth-password-pattern = Ce mot de passe suit un motif facile à deviner (suite, répétition, date).
auth-password-guessable = Ce mot de passe est trop facile à deviner. Ajoutez un ou deux mots sans rapport.
auth-password-differs = Les deux mots de passe ne sont pas identiques.
auth-password-changed = Votre mot de passe est changé. Vous pouvez vous connecter.

auth-account-identity = Identité
auth-account-name = Nom
auth-account-company = Entreprise
auth-account-password = Mot de passe
auth-account-password-lead = Vos autres appareils seront déconnectés.
auth-account-password-action = Changer le mot de passe
auth-account-current-password-wrong = Ce n’est pas votre mot de passe actuel.
auth-account-password-changed = Votre mot de passe est changé. Vos autres appareils sont déconnectés.

auth-mail-reset-subject = Choisir un nouveau mot de passe
auth-mail-reset-preview = Le lien est valable une heure.
auth-mail-reset-text = Bonjour { $name }, quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte. Ce lien est valable une heure et sert une seule fois.
auth-mail-reset-action = Choisir un nouveau mot de passe
auth-mail-reset-note = Vous n’avez rien demandé ? Ignorez cet e-mail : votre mot de passe ne change pas.
