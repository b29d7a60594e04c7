# L’agenda du praticien : horaires, exceptions, lieux, réglages.

agenda-nav = Agenda
agenda-title = Mon agenda
agenda-tab-calendar = Calendrier
agenda-tab-hours = Horaires
agenda-tab-places = Lieux
agenda-tab-settings = Réglages
agenda-back = Revenir à l’agenda

## Calendrier

agenda-add-window = Ajouter des horaires
agenda-add-exception = Ajouter une exception
agenda-add-on = Ajouter une exception le { $day }
agenda-new-title = Ouvrez votre agenda
agenda-new-text = Indiquez vos heures de consultation de la semaine : les créneaux s’en déduisent et deviennent réservables aussitôt.
agenda-today = Aujourd’hui
agenda-previous-week = Semaine précédente
agenda-next-week = Semaine suivante
agenda-previous-month = Mois précédent
agenda-next-month = Mois suivant
agenda-go-to = Aller à la date
agenda-go = Afficher
agenda-view = Vue
agenda-view-week = Semaine
agenda-view-month = Mois
agenda-zone-note = Ce calendrier est à l’heure de { $city }, celle de votre agenda.
agenda-no-hours = Pas de consultation
agenda-month-count = { $count ->
    [one] { $count } rendez-vous
   *[other] { $count } rendez-vous
}
agenda-month-waiting = dont { $count } à confirmer
agenda-legend = Légende
agenda-legend-consultation = Rendez-vous
agenda-legend-keys = Les flèches du clavier parcourent le calendrier.
agenda-block-window = Horaires habituels
agenda-block-alternate = Une semaine sur deux
agenda-block-outside = Hors de vos horaires.

## Horaires habituels

agenda-regular = Horaires habituels
agenda-regular-lead = Chaque semaine, à l’heure de votre agenda.
agenda-slots = { $count ->
    [0] trop court pour une consultation
    [one] { $count } créneau
   *[other] { $count } créneaux
}
agenda-begins = à partir du { $day }
agenda-ends = jusqu’au { $day }
agenda-window-new = Ajouter des horaires
agenda-window-change = Modifier ces horaires
agenda-window-change-hint = Le changement vaut à partir de la date choisie. Les semaines d’avant et les rendez-vous déjà pris ne bougent pas.
agenda-weekday = Jour
agenda-weekday-missing = Choisissez un jour de la semaine.
agenda-from = De
agenda-until = À
agenda-recurrence = Fréquence
agenda-recurrence-hint = Une semaine sur deux se compte à partir de la semaine de début.
agenda-recurrence-missing = Choisissez une fréquence.
agenda-every-week = Toutes les semaines
agenda-every-other-week = Une semaine sur deux
agenda-valid-from = À partir du
agenda-valid-until = Jusqu’au
agenda-place = Lieu des consultations au cabinet
agenda-place-hint = Les rendez-vous en vidéo et en audio sont possibles partout.
agenda-place-main-option = { $name } (lieu principal)
agenda-window-once = Seulement le { $day } :
agenda-window-once-open = Changer les heures
agenda-window-once-close = Fermer ce jour
agenda-window-remove = Supprimer ces horaires
agenda-window-remove-from = À partir du
agenda-window-remove-hint = Les rendez-vous déjà pris sont conservés : nous vous les montrerons.
agenda-window-added = Vos horaires sont ajoutés.
agenda-window-changed = Vos horaires sont modifiés.
agenda-window-removed = Ces horaires sont supprimés. Aucun rendez-vous n’a été annulé.
agenda-window-overlaps = Vous consultez déjà le { $day } ({ $hours }). Modifiez ces heures, ou choisissez-en d’autres.
agenda-window-too-short = C’est moins qu’une consultation de { $minutes } minutes : aucun créneau n’y tiendrait.

## Exceptions

agenda-exceptions = Exceptions à venir
agenda-exceptions-lead = Congés, jours fériés, heures en plus.
agenda-exceptions-none-title = Aucune exception
agenda-exceptions-none = Fermez un jour, annoncez vos congés ou ouvrez des heures en plus : vos horaires habituels ne changent pas.
agenda-exception-new = Ajouter une exception
agenda-exception-change-open = Heures exceptionnelles
agenda-exception-change-closed = Fermeture
agenda-exception-open = Heures exceptionnelles
agenda-exception-closed = Fermé
agenda-exception-unreadable = Nom illisible
agenda-days-between = du { $first } au { $last }
agenda-kind = Que se passe-t-il ?
agenda-kind-missing = Choisissez si vous fermez ou si vous ouvrez.
agenda-kind-closed = Je ne consulte pas
agenda-kind-closed-detail = Congés, formation, quelques heures
agenda-kind-open = Je consulte à d’autres heures
agenda-kind-open-detail = Elles remplacent les horaires de ce jour
agenda-day = Le
agenda-first-day = Le, ou à partir du
agenda-last-day = Jusqu’au
agenda-closed-hint = Sans heures, toute la journée est fermée.
agenda-open-hint = Ces heures remplacent les horaires habituels de la date. Ajoutez-en une deuxième fois pour une autre partie de la journée.
agenda-label = Nom
agenda-label-hint = Pour vous seul : « Congés », « Formation »… Personne d’autre ne le voit.
agenda-exception-regular = Plutôt des horaires qui reviennent chaque semaine, ou les jours fériés ?
agenda-exception-opened = { $count ->
    [one] Ces heures sont ouvertes à la réservation.
   *[other] Ces heures sont ouvertes à la réservation sur { $count } jours.
}
agenda-exception-shut = { $count ->
    [one] C’est fermé. Aucun rendez-vous n’a été annulé.
   *[other] { $count } jours sont fermés. Aucun rendez-vous n’a été annulé.
}
agenda-exception-changed = L’exception est modifiée.
agenda-exception-removed = { $count ->
    [one] L’exception est retirée.
   *[other] { $count } jours ont retrouvé leurs horaires habituels.
}
agenda-exception-remove-open = Retirer ces heures
agenda-exception-remove-closed = Rouvrir
agenda-exception-remove-all = Rouvrir toute la période ({ $count } jours)
agenda-exception-overlaps = Le { $day }, une exception couvre déjà { $hours }.
agenda-day-closed = Le { $day } est déjà fermé toute la journée. Rouvrez-le d’abord.
agenda-leave-too-long = Une période dure un an au plus.

## Dates, heures et nombres d’un formulaire

agenda-time-unreadable = Indiquez une heure, par exemple 09:00.
agenda-time-order = La fin doit venir après le début, le même jour.
agenda-date-unreadable = Indiquez une date.
agenda-date-past = Cette date est passée.
agenda-date-far = Cette date est trop lointaine.
agenda-date-order = La fin doit venir après le début.
agenda-text-too-long = { $most } caractères au plus.
agenda-figure-between = Indiquez un nombre entre { $least } et { $most }.

## Jours fériés

agenda-holidays-title = Jours fériés
agenda-holidays-offer = Fermez en une fois ceux des douze prochains mois.
agenda-holidays-link = Fermer les jours fériés
agenda-holidays-lead = Les douze prochains mois en France. Décochez ceux où vous consultez.
agenda-holidays-note = Les rendez-vous déjà pris sont conservés : nous vous les montrerons.
agenda-holidays-close = Fermer les jours cochés
agenda-holidays-all = Tous les jours fériés à venir sont fermés.
agenda-holidays-none = Cochez au moins un jour.
agenda-holidays-unknown = Cette date n’est pas un jour férié à venir.
agenda-holidays-closed = { $count ->
    [0] Ces jours étaient déjà fermés.
    [one] Un jour férié est fermé.
   *[other] { $count } jours fériés sont fermés.
}
agenda-holiday-is-closed = Déjà fermé
agenda-holiday-regional = Alsace-Moselle
agenda-holiday-new-year = Jour de l’an
agenda-holiday-good-friday = Vendredi saint
agenda-holiday-easter-monday = Lundi de Pâques
agenda-holiday-labour-day = Fête du Travail
agenda-holiday-victory-day = Victoire de 1945
agenda-holiday-ascension = Ascension
agenda-holiday-whit-monday = Lundi de Pentecôte
agenda-holiday-national-day = Fête nationale
agenda-holiday-assumption = Assomption
agenda-holiday-all-saints = Toussaint
agenda-holiday-armistice = Armistice de 1918
agenda-holiday-christmas = Noël
agenda-holiday-saint-stephen = Saint-Étienne

## Rendez-vous hors des horaires

agenda-outside-alert = { $count ->
    [one] Un rendez-vous est hors de vos horaires
   *[other] { $count } rendez-vous sont hors de vos horaires
}
agenda-outside-alert-text = Rien n’a été déplacé ni annulé. Décidez pour chacun.
agenda-outside-decide = Décider
agenda-outside-title = Rendez-vous hors de vos horaires
agenda-outside-lead = Ils ont été pris avant un changement de votre agenda. Rien n’a été déplacé ni annulé : gardez-les, ou proposez une autre date.
agenda-outside-keep = Garder
agenda-outside-move = Déplacer
agenda-outside-kept = Ce rendez-vous est gardé à son heure.
agenda-outside-kept-title = Gardés à leur heure
agenda-outside-none-title = Tout est dans vos horaires
agenda-outside-none = Aucun rendez-vous n’attend de décision.

## Lieux

agenda-places-none-title = Aucun lieu pour le moment
agenda-places-none = Ajoutez l’adresse où vous recevez pour proposer des consultations au cabinet.
agenda-place-new = Ajouter un lieu
agenda-place-new-lead = Son adresse est donnée aux personnes qui prennent rendez-vous au cabinet.
agenda-place-about = Le lieu
agenda-place-name = Nom
agenda-place-name-hint = Comme vous l’appelez : « Cabinet Gambetta », « Centre médical »…
agenda-place-name-missing = Donnez un nom à ce lieu.
agenda-place-address = Adresse
agenda-place-address-missing = Indiquez l’adresse complète.
agenda-place-directions = Accès
agenda-place-directions-hint = Code, étage, interphone, accès sans marche… Communiqué avec le rendez-vous.
agenda-place-main = Lieu principal
agenda-place-make-main = En faire le lieu principal
agenda-place-colleague = Partagé avec vous
agenda-place-added = Le lieu est ajouté.
agenda-place-changed = Le lieu est modifié.
agenda-place-is-main = C’est désormais votre lieu principal.
agenda-place-removed = Le lieu est retiré. Les rendez-vous qui y étaient prévus y restent.
agenda-place-is-last = C’est votre seul lieu. Pour le retirer, décochez d’abord « Au cabinet » dans les réglages.
agenda-place-is-shared = Des collègues utilisent encore ce lieu. Ils doivent d’abord le quitter.
agenda-place-remove = Retirer ce lieu
agenda-place-leave = Quitter ce lieu
agenda-place-remove-lead = Vos horaires qui s’y tenaient passent au lieu principal. Les rendez-vous déjà pris y restent.
agenda-place-unknown = Choisissez un de vos lieux.
agenda-place-missing = Ajoutez d’abord un lieu où vous recevez.
agenda-place-joined = Ce lieu est maintenant aussi le vôtre.
agenda-rooms = Salles
agenda-rooms-lead = Une salle libre est attribuée à chaque rendez-vous au cabinet. Une salle n’est jamais prise deux fois, même par un collègue.
agenda-rooms-none = Ce lieu n’a pas de salles : chacun y reçoit comme il le souhaite.
agenda-rooms-count = { $count ->
    [one] { $count } salle
   *[other] { $count } salles
}
agenda-room-name = Nom de la salle
agenda-room-add = Ajouter
agenda-room-remove = Retirer
agenda-room-upcoming = { $count ->
    [one] { $count } rendez-vous à venir
   *[other] { $count } rendez-vous à venir
}
agenda-room-missing = Donnez un nom à la salle.
agenda-room-exists = Une salle porte déjà ce nom.
agenda-room-added = La salle est ajoutée.
agenda-room-removed = La salle est retirée. Les rendez-vous qui y étaient prévus y restent.
agenda-people = Qui reçoit ici
agenda-people-lead = Les collègues qui partagent le lieu partagent ses salles, et rien d’autre : chacun garde son agenda pour soi.
agenda-people-owner = Responsable
agenda-share-start = Partager avec un collègue
agenda-share-renew = Changer de code
agenda-share-stop = Ne plus partager
agenda-share-code = Code à donner
agenda-share-hint = Votre collègue le saisit dans son propre agenda, sous « Lieux ». En changer n’exclut personne.
agenda-share-renewed = Donnez le nouveau code à votre collègue.
agenda-share-stopped = Le code ne fonctionne plus. Les collègues déjà là restent.
agenda-share-unknown = Ce code n’ouvre aucun lieu. Vérifiez-le avec votre collègue.
agenda-join-title = Recevoir chez un collègue
agenda-join-lead = Un collègue partage son cabinet avec vous ? Saisissez le code qu’il vous a donné.
agenda-join-code = Code
agenda-join-hint = Douze lettres et chiffres.
agenda-join-action = Rejoindre ce lieu

## Réglages

agenda-settings-slots = Vos consultations
agenda-settings-slots-lead = Comment vos horaires deviennent des créneaux.
agenda-settings-example = Aujourd’hui, une matinée de 9 h à 12 h donne ces débuts : { $starts }.
agenda-slot-minutes = Durée d’une consultation (minutes)
agenda-slot-minutes-hint = De 10 à 240. Les rendez-vous déjà pris gardent leur durée.
agenda-buffer-minutes = Pause après chacune (minutes)
agenda-buffer-minutes-hint = Pour souffler, écrire vos notes, accueillir. De 0 à 120.
agenda-daily-maximum = Consultations par jour, au plus
agenda-daily-maximum-hint = Laissez vide pour ne pas limiter.
agenda-timezone = Fuseau horaire de l’agenda
agenda-timezone-hint = Vos horaires sont à cette heure-là, été comme hiver. Chaque personne voit les siens.
agenda-zone-paris = Paris (France métropolitaine)
agenda-zone-reunion = La Réunion
agenda-zone-unknown = Choisissez un fuseau de la liste.
agenda-settings-booking = La réservation
agenda-settings-booking-lead = Qui peut réserver, et jusqu’à quand.
agenda-notice = Délai avant un rendez-vous (heures)
agenda-notice-hint = Plus près, on ne peut plus réserver. 12 heures par défaut.
agenda-horizon = Agenda ouvert sur (jours)
agenda-horizon-hint = Au-delà, les créneaux n’apparaissent pas encore. 60 jours par défaut.
agenda-new-clients = J’accueille de nouvelles personnes
agenda-new-clients-hint = Sinon, seules les personnes déjà suivies peuvent réserver.
agenda-auto-confirm = Confirmer sans me demander
agenda-auto-confirm-hint = Le rendez-vous est confirmé dès la réservation. Sinon vous avez 24 heures pour répondre, moins si le rendez-vous est plus proche.
agenda-settings-formats = Comment vous rencontrer
agenda-settings-formats-lead = Au moins un format.
agenda-in-person-hint = Il faut un lieu : voyez l’onglet « Lieux ».
agenda-format-missing = Choisissez au moins un format.
agenda-settings-saved = Vos réglages sont enregistrés.
