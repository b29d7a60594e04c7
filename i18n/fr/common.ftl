# Ce que toutes les pages partagent.

common-product = HuntZen Care
common-skip = Aller au contenu
common-navigation = Navigation
common-shortcuts = Accès rapides
common-more = Plus
common-breadcrumbs = Fil d’Ariane
common-loading = Chargement…
common-close = Fermer
common-optional = (facultatif)
common-save = Enregistrer
common-delete = Supprimer
common-cancel = Annuler
common-export = Exporter
common-edit = Modifier
common-search = Rechercher
common-details = Détails
common-continue = Continuer
common-back = Retour
common-see-all = Tout voir
common-filter = Filtrer
common-sign-in = Se connecter
common-sign-out = Se déconnecter
common-account = Mon compte
common-my-space = Mon espace

## Espaces et rôles

common-space-public = Accueil
common-space-account = Mon compte
common-space-employee = Mon espace
common-space-practitioner = Espace praticien
common-space-hr = Espace RH
common-space-admin = Administration
common-space-super-admin = Supervision
common-role-visitor = Visiteur
common-role-employee = Salarié
common-role-practitioner = Praticien
common-role-hr = Ressources humaines
common-role-admin = Administration
common-role-super-admin = Supervision

## Préférences

common-language = Langue
common-theme = Apparence
common-theme-system = Comme mon appareil
common-theme-light = Clair
common-theme-dark = Sombre

## Aide d’urgence

common-help = Besoin d’aide ?
common-help-title = De l’aide, tout de suite
common-help-lead = En cas de détresse ou de danger, appelez maintenant. C’est gratuit, jour et nuit.
common-help-company = Votre entreprise vous dit aussi
common-help-3114 = Prévention du suicide
common-help-3114-detail = Des soignants vous écoutent, en toute confidentialité
common-help-15 = SAMU
common-help-15-detail = Urgence médicale
common-help-112 = Numéro d’urgence européen
common-help-112-detail = Partout en Europe
common-emergency-line = En danger immédiat : appelez le 15 ou le 112. Prévention du suicide : le 3114, gratuit, jour et nuit.

## Formulaires et listes

common-form-errors = { $count ->
    [one] Un champ est à corriger
   *[other] { $count } champs sont à corriger
}
common-password-show = Afficher le mot de passe
common-pagination = Pages
common-pagination-range = { $first } à { $last } sur { $total }
common-pagination-previous = Précédente
common-pagination-next = Suivante
common-pagination-page = Page { $number }
common-chart-data = Voir les chiffres

## Erreurs

common-error-home = Revenir à l’accueil
common-error-back = Revenir en arrière
common-error-retry = Réessayer
common-error-reference = Référence à communiquer au support :
common-error-401-text = Connectez-vous d’abord : cette adresse répond à la session ouverte dans votre navigateur.
common-error-403-title = Cette page ne vous est pas ouverte
common-error-403-text = Votre compte n’a pas le droit d’y accéder. Si vous pensez que c’est une erreur, parlez-en à la personne qui gère les comptes de votre organisation.
common-error-404-title = Page introuvable
common-error-404-text = Cette page n’existe pas, ou n’existe plus. Vérifiez l’adresse, ou repartez de l’accueil.
common-error-409-title = La situation a changé
common-error-422-title = Nous n’avons pas compris cette demande
common-error-500-title = Quelque chose n’a pas fonctionné
common-error-500-text = Le problème vient de nous, et il est enregistré. Rien de ce que vous aviez enregistré n’est perdu. Réessayez dans un instant.
common-error-maintenance-title = Nous revenons très vite
common-error-maintenance-text = Le service est en maintenance pour quelques minutes. Vos rendez-vous et vos données ne changent pas.

common-notifications = Notifications
common-bell = { $count ->
    [0] Notifications
    [one] Notifications : { $count } non lue
   *[other] Notifications : { $count } non lues
}

## E-mails

common-mail-footer = Ce message vous est envoyé par HuntZen Care
common-mail-neutral = Rendez-vous
common-mail-footer-neutral = Ce message est automatique
common-mail-link = Si le bouton ne s’ouvre pas, copiez cette adresse dans votre navigateur :

common-error-409-text = Quelqu’un a modifié ces informations avant vous. Revenez en arrière pour voir où en sont les choses.
common-error-422-text = Cette demande n’a pas la forme attendue. Rien n’a été modifié. Revenez en arrière et réessayez.
common-error-stale-form = Cette page était ouverte depuis trop longtemps, ou dans une autre session. Rien n’a été modifié : revenez en arrière, rechargez la page et envoyez à nouveau.
common-error-too-large = Cet envoi est trop volumineux. Rien n’a été modifié.
common-waiting = { $count ->
    [one] 1 élément à voir
   *[other] { $count } éléments à voir
}

# Des réponses.
common-yes = oui
common-no = non

## Textes mis en forme

common-rich-tools = Mise en forme
common-rich-bold = Gras
common-rich-italic = Italique
common-rich-strike = Barré
common-rich-link = Lien
common-rich-heading = Intertitre
common-rich-quote = Citation
common-rich-list = Liste à puces
common-rich-numbers = Liste numérotée
common-rich-outdent = Diminuer le retrait
common-rich-indent = Augmenter le retrait
common-rich-undo = Annuler
common-rich-redo = Rétablir
common-rich-address = Adresse du lien
common-rich-link-set = Ajouter le lien
common-rich-link-remove = Retirer le lien
