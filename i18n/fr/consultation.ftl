# Les consultations, des deux côtés.

consultation-nav = Rendez-vous
consultation-nav-practice = Consultations
consultation-list-title = Mes rendez-vous
consultation-practice-title = Consultations
consultation-title = Rendez-vous
consultation-tab-to-confirm = À confirmer
consultation-tab-upcoming = À venir
consultation-tab-past = Passés
consultation-practice-tab-past = Passées
consultation-status-lapsed = Horaire passé
consultation-status-cancelled-late = Annulé tardivement
consultation-practitioner-gone = Praticien
consultation-minutes = { $minutes } minutes

## Listes vides

consultation-none-title = Aucun rendez-vous à venir
consultation-none = Quand vous en ressentez le besoin, choisissez un praticien et un créneau : cela prend moins d’une minute.
consultation-none-past-title = Rien ici pour le moment
consultation-none-past = Les rendez-vous passés ou annulés apparaîtront ici.
consultation-none-to-confirm-title = Tout est confirmé
consultation-none-to-confirm = Les nouvelles demandes apparaîtront ici. Vous en êtes aussi prévenu par e-mail.
consultation-none-upcoming-title = Aucune consultation à venir
consultation-none-upcoming = Les consultations confirmées apparaîtront ici.

## La page d’un rendez-vous

consultation-what-next = La suite
consultation-what-was = Ce rendez-vous
consultation-details = Détails
consultation-message = Message joint à la demande
consultation-message-unreadable = Ce message ne peut plus être lu.
consultation-history = Historique
consultation-address = Adresse
consultation-person = Personne reçue
consultation-company = Entreprise
consultation-format = Format
consultation-started = Début réel
consultation-ended = Fin réelle
consultation-duration = Durée
consultation-elapsed = Temps écoulé
consultation-book-again = Reprendre rendez-vous
consultation-cancel = Annuler
consultation-reschedule = Déplacer
consultation-absence = Mon praticien n’est pas venu
consultation-no-show = La personne n’est pas venue
consultation-contest = Ce n’est pas ce qui s’est passé
consultation-confirm = Confirmer
consultation-confirm-series = { $count ->
    [one] Confirmer la séance
   *[other] Confirmer les { $count } séances de la série
}
consultation-answer-by = Réponse attendue avant le { $time }
consultation-withdraw = Retirer l’absence
consultation-declare = Indiquer les heures
consultation-start = Démarrer
consultation-end = Terminer

consultation-employee-scheduled = Votre demande est bien enregistrée et le créneau vous est réservé. Votre praticien doit encore confirmer : vous recevrez un e-mail.
consultation-employee-answer-by = Votre praticien a jusqu’au { $time } pour répondre. Sans réponse, le créneau est libéré et nous vous prévenons aussitôt.
consultation-employee-confirmed = Votre rendez-vous est confirmé. Le moment venu, installez-vous quelques minutes avant, dans un endroit où vous pouvez parler librement.
consultation-employee-in-progress = La consultation est en cours.
consultation-employee-completed = Cette consultation a duré { $duration }.
consultation-employee-cancelled = Ce rendez-vous est annulé. Vous pouvez en prendre un autre quand vous le souhaitez.
consultation-employee-withdrawn = L’absence indiquée pour ce rendez-vous a été retirée : elle ne compte pour personne. Le rendez-vous est noté comme annulé, sans que quiconque soit en faute.
consultation-employee-no-show = Votre praticien a indiqué que vous n’étiez pas à ce rendez-vous. Si ce n’est pas ce qui s’est passé, vous pouvez le dire pendant sept jours. Votre employeur n’en sait rien.
consultation-employee-no-show-contested = Votre praticien a indiqué que vous n’étiez pas à ce rendez-vous. Vous avez répondu que ce n’est pas ce qui s’est passé : votre réponse est inscrite à l’historique. Il peut encore retirer l’absence ; sinon, elle reste contestée.
consultation-employee-practitioner-absent = Vous avez indiqué que votre praticien n’était pas à ce rendez-vous. Nous en sommes désolés : cela ne compte jamais contre vous.
consultation-employee-absence-contested = Votre praticien a répondu que ce n’est pas ce qui s’est passé. Sa réponse est inscrite à l’historique. Si c’était une erreur, vous pouvez retirer l’absence ; sinon, elle reste contestée.
consultation-employee-lapsed = L’heure de ce rendez-vous est passée sans qu’il ait commencé.

consultation-practitioner-scheduled = Cette personne attend votre confirmation. Le créneau lui est réservé.
consultation-practitioner-answer-by = Répondez avant le { $time } : ensuite, le créneau est libéré et la personne en est prévenue.
consultation-practitioner-waits = Vous pourrez démarrer à partir du { $time }.
consultation-practitioner-ready = Démarrez quand vous êtes prêt : la durée est comptée jusqu’à ce que vous terminiez.
consultation-practitioner-running = La consultation est en cours. Terminez-la quand vous vous quittez : la durée est alors enregistrée.
consultation-practitioner-lapsed = L’heure est passée sans que la consultation ait commencé. Dites ce qui s’est passé : la personne n’est pas venue, ou vous annulez le rendez-vous.
consultation-practitioner-cancelled = Ce rendez-vous est annulé et le créneau est libre.
consultation-practitioner-withdrawn = L’absence indiquée pour ce rendez-vous a été retirée : elle ne compte pour personne. Le rendez-vous est noté comme annulé, sans que quiconque soit en faute.
consultation-practitioner-declarable = Si vous vous êtes vus malgré tout, indiquez les heures jusqu’au { $time } : la consultation sera comptée.
consultation-practitioner-no-show = Vous avez indiqué que la personne n’est pas venue. Elle peut répondre pendant sept jours. Cette consultation n’est pas comptée.
consultation-practitioner-no-show-contested = Vous avez indiqué que la personne n’est pas venue. Elle a répondu que ce n’est pas ce qui s’est passé : sa réponse est inscrite à l’historique. Si c’était une erreur, retirez l’absence ; sinon, elle reste contestée.
consultation-practitioner-absent = La personne a indiqué que vous n’étiez pas à ce rendez-vous. Si ce n’est pas ce qui s’est passé, vous pouvez le dire pendant sept jours.
consultation-practitioner-absent-contested = La personne a indiqué que vous n’étiez pas à ce rendez-vous. Votre réponse est inscrite à l’historique. Elle peut encore retirer l’absence ; sinon, elle reste contestée.

## Historique

consultation-event-scheduled = Rendez-vous pris
consultation-event-confirmed = Confirmé
consultation-event-started = Démarré
consultation-event-ended = Terminé
consultation-event-cancelled = Annulé
consultation-event-no-show = Absence signalée
consultation-event-practitioner-absent = Absence du praticien signalée
consultation-event-rescheduled = Déplacé
consultation-event-contested = Absence contestée
consultation-event-closed = Close automatiquement
consultation-event-corrected = Durée corrigée
consultation-event-duration-contested = Durée contestée
consultation-event-lasted = Durée avant : { $duration }
consultation-event-absence-withdrawn = Absence retirée
consultation-event-times-declared = Heures indiquées après coup
consultation-event-left = Avant : { $time }
consultation-by-you = vous
consultation-by-system = HuntZen Care

## Annuler, terminer

consultation-cancellation-title = Annuler ce rendez-vous ?
consultation-cancellation-lead = Le créneau sera libéré et { $name } recevra un e-mail.
consultation-cancellation-practitioner = Le créneau redevient libre et { $name } reçoit la nouvelle, avec votre message.
consultation-cancellation-late-title = { $hours ->
    [0] L’heure de ce rendez-vous est passée
    [one] Le délai d’une heure est passé
   *[other] Le délai de { $hours } heures est passé
}
consultation-cancellation-late = Vous pouvez annuler quand même : mieux vaut prévenir que ne pas venir. Le rendez-vous sera marqué « annulé tardivement » dans l’historique, que vous et votre praticien êtes seuls à voir. Rien d’autre ne change pour vous, et votre employeur n’en sait rien.
consultation-cancellation-instead = Une autre date vous conviendrait mieux ?
consultation-cancellation-instead-link = Déplacez le rendez-vous plutôt que de l’annuler.
consultation-cancellation-instead-practice = Une autre date vous arrangerait ?
consultation-reason = Un mot pour votre praticien
consultation-reason-hint = Chiffré. Seuls { $name } et vous pouvez le lire.
consultation-reason-practice = Votre message à la personne
consultation-reason-practice-hint = Quelques mots suffisent. Chiffré : seuls elle et vous pouvez le lire.
consultation-reason-missing = Écrivez quelques mots.
consultation-reason-too-long = C’est trop long : 400 caractères au plus.
consultation-reason-unreadable = Ce message ne peut pas être lu.
consultation-moves-until = Vous pouvez déplacer ou annuler ce rendez-vous jusqu’au { $time }. Après, vous pourrez encore l’annuler : ce sera marqué comme tardif.
consultation-moves-no-more = Depuis le { $time }, ce rendez-vous ne peut plus être déplacé. Vous pouvez encore l’annuler : ce sera marqué comme tardif, et votre employeur n’en saura rien.
consultation-cancellation-action = Annuler le rendez-vous
consultation-cancellation-keep = Garder le rendez-vous
consultation-end-title = Terminer la consultation ?
consultation-end-lead = La durée s’arrête maintenant et la consultation est comptée. Cela ne peut pas être défait.
consultation-end-action = Terminer la consultation
consultation-end-keep = Continuer la consultation

## Déplacer

consultation-reschedule-title = Déplacer le rendez-vous
consultation-reschedule-question = Déplacer à cette date ?
consultation-reschedule-lead = Votre rendez-vous actuel reste à vous tant que vous n’avez pas confirmé la nouvelle date.
consultation-reschedule-practice-lead = Choisissez une autre heure de votre agenda. La personne est prévenue et peut annuler si elle ne lui convient pas.
consultation-reschedule-now = Date actuelle
consultation-reschedule-then = Nouvelle date
consultation-reschedule-instead = À la place du { $time }.
consultation-reschedule-zone = Cette heure est celle de votre fuseau. Votre praticien consulte à l’heure de { $city }.
consultation-reschedule-action = Déplacer le rendez-vous
consultation-reschedule-other = Choisir une autre heure
consultation-reschedule-keep = Garder la date actuelle
consultation-reschedule-refused = Cette heure n’est plus disponible
consultation-reschedule-kept = Votre rendez-vous n’a pas changé.
consultation-reschedule-taken = Ce créneau n’est pas libre.
consultation-reschedule-taken-practice = Ce créneau n’est pas libre. S’il vient de se libérer, il est proposé pendant trente minutes à une personne de la liste d’attente : réessayez ensuite.
consultation-reschedule-outside-hours = Cette heure n’est pas dans votre agenda. Ouvrez-la d’abord par une exception.
consultation-reschedule-gone = Ce praticien ne propose plus de créneaux. Vous pouvez annuler ce rendez-vous et en prendre un autre.
consultation-reschedule-suspended = L’accès de votre entreprise est suspendu pour le moment : ce rendez-vous ne peut pas être déplacé, mais il a bien lieu.

## Absences

consultation-absence-title = Votre praticien n’est pas venu ?
consultation-absence-lead = Nous prévenons { $name }, qui pourra répondre pendant sept jours. Ce rendez-vous ne compte jamais contre vous et vous pourrez en reprendre un aussitôt.
consultation-absence-action = Signaler son absence
consultation-no-show-title = La personne n’est pas venue ?
consultation-no-show-lead = Cette consultation ne sera pas comptée. { $name } reçoit la nouvelle et peut répondre pendant sept jours. Son employeur n’en sait rien.
consultation-no-show-action = Signaler l’absence
consultation-contest-title = Ce n’est pas ce qui s’est passé ?
consultation-contest-lead = Votre réponse est inscrite à l’historique de ce rendez-vous, que { $name } et vous êtes seuls à voir. On ne répond qu’une fois.
consultation-contest-reason = Que s’est-il passé ?
consultation-contest-action = Contester l’absence
consultation-withdrawal-title = Retirer cette absence ?
consultation-withdrawal-lead = Le rendez-vous sera noté comme annulé, sans que personne soit en faute. { $name } l’apprendra et, si vous vous êtes vus malgré tout, pourra indiquer les heures pendant sept jours.
consultation-withdrawal-practice-lead = Le rendez-vous sera noté comme annulé, sans que personne soit en faute, et { $name } reçoit la nouvelle. Si vous vous êtes vus malgré tout, vous indiquerez les heures à la page suivante.
consultation-declaration-title = Vous êtes-vous vus malgré tout ?
consultation-declaration-lead = Indiquez quand la consultation a vraiment eu lieu. Sa durée sera comptée, et { $name } la verra.
consultation-declaration-times = Heures de la consultation
consultation-declaration-range = Entre { $from } et { $until }.
consultation-declaration-no-time = Indiquez une heure.
consultation-declaration-wrong-start = La consultation n’a pu commencer qu’entre { $from } et { $until }.
consultation-declaration-wrong-end = Indiquez une fin après le début, et au plus tard à { $until }.
consultation-declaration-action = Enregistrer les heures
consultation-declaration-none = Nous ne nous sommes pas vus

## Après une action

consultation-done-confirm = Le rendez-vous est confirmé. La personne est prévenue.
consultation-done-series = { $count ->
    [one] La séance est confirmée. La personne est prévenue.
   *[other] Les { $count } séances sont confirmées. La personne est prévenue.
}
consultation-done-series-already = Aucune séance de cette série n’attendait votre réponse.
consultation-done-start = La consultation a démarré.
consultation-done-end = La consultation est terminée et sa durée est enregistrée.
consultation-done-cancel = Le rendez-vous est annulé. L’autre personne est prévenue.
consultation-done-reschedule = Le rendez-vous est déplacé.
consultation-done-no-show = L’absence est signalée. La personne peut y répondre pendant sept jours.
consultation-done-absence = C’est signalé, et cela ne compte jamais contre vous. Nous sommes désolés de ce contretemps.
consultation-done-claim = C’est noté. Votre praticien peut corriger la durée, et votre employeur n’en sait rien.
consultation-done-correct = La durée est corrigée. La personne est prévenue.
consultation-done-contest = Votre réponse est inscrite à l’historique.
consultation-done-withdrawal = L’absence est retirée. L’autre personne est prévenue.
consultation-done-declaration = Les heures sont enregistrées et la consultation est comptée.
consultation-now-done = C’est déjà fait.
consultation-now-scheduled = Ce rendez-vous attend d’abord d’être confirmé. Rien n’a changé.
consultation-now-confirmed = Ce rendez-vous est confirmé et n’a pas encore démarré. Rien n’a changé.
consultation-now-in-progress = Cette consultation a déjà démarré. Rien n’a changé.
consultation-now-completed = Cette consultation est déjà terminée. Rien n’a changé.
consultation-now-cancelled = Ce rendez-vous a été annulé entre-temps. Rien n’a changé.
consultation-now-absence = Une absence a déjà été signalée pour ce rendez-vous. Rien n’a changé.
consultation-too-early = Vous pourrez démarrer à partir du { $time }.
consultation-too-early-absence = Attendez encore un peu : vous pourrez signaler une absence à partir du { $time }.
consultation-too-late = Ce n’est plus possible depuis le { $time }. Rien n’a changé.

## La salle

consultation-room = La salle de consultation
consultation-room-waiting = Elle ouvre un quart d’heure avant : le { $time }. Rien à installer ; choisissez un endroit calme.
consultation-room-opens-in = Ouverture dans
consultation-room-over = La salle est fermée : l’heure prévue est passée depuis plus d’un quart d’heure.
consultation-room-early = La salle n’est pas encore ouverte.
consultation-room-video = Entrez quand vous êtes prêt. Rien n’est enregistré.
consultation-room-audio = Une consultation sans image : seul votre micro est utilisé. Rien n’est enregistré.
consultation-room-join = Rejoindre
consultation-room-problem = La salle ne s’ouvre pas. Vérifiez votre connexion, puis essayez de nouveau.
consultation-room-noscript = La vidéo demande JavaScript : activez-le pour entrer dans la salle.
consultation-call-preview = Votre image
consultation-call-no-camera = Pas de caméra : on vous entendra.
consultation-call-microphone = Micro
consultation-call-camera = Caméra
consultation-call-share = Partager
consultation-call-hang-up = Quitter
consultation-call-controls = Dans la salle
consultation-call-prepare = Vérifier ma caméra et mon micro
consultation-call-prepare-audio = Vérifier mon micro
consultation-call-refused = Le navigateur n’a pas accès à votre micro ou à votre caméra. Autorisez-les dans la barre d’adresse, puis essayez de nouveau.
consultation-call-missing = Aucun micro n’est disponible. Branchez-en un, ou fermez l’application qui l’utilise, puis essayez de nouveau.
consultation-call-waiting = Vous êtes dans la salle. { $name } n’est pas encore là.
consultation-call-connecting = Connexion en cours
consultation-call-connected = Avec { $name }
consultation-call-interrupted = La connexion est interrompue, elle revient toute seule.
consultation-call-taken = Vous êtes déjà dans la salle avec une autre fenêtre ou un autre appareil. Quittez-la d’abord, puis rechargez cette page.
consultation-call-shut = La salle est fermée. Rechargez cette page.
consultation-presences = Présences dans la salle
consultation-presences-lead = Un repère à côté de la durée que vous déclarez. Vous êtes seul à le voir.
consultation-presence-you = Vous
consultation-presence-now = présent

## Durées corrigées et contestées

consultation-employee-closed = Elle n’avait pas été terminée : nous l’avons close automatiquement. Votre praticien peut corriger la durée pendant sept jours.
consultation-employee-corrected = Votre praticien a corrigé cette durée : l’historique garde la précédente.
consultation-employee-claimed = Vous avez indiqué une durée de { $duration }. Votre praticien en est prévenu.
consultation-practitioner-closed = Vous ne l’aviez pas terminée : nous l’avons close automatiquement, à la dernière présence connue.
consultation-practitioner-claimed = La personne indique une durée de { $duration }.
consultation-practitioner-claim-answered = La personne avait indiqué une durée de { $duration } ; vous y avez répondu par une correction.
consultation-practitioner-claim-reason = Motif : { $reason }.
consultation-corrects-until = Vous pouvez corriger la durée jusqu’au { $time }.
consultation-correct = Corriger la durée
consultation-correct-title = Corriger la durée
consultation-correct-lead = Indiquez les heures réelles, à l’heure de votre fuseau. Vous pouvez les corriger jusqu’au { $time }. La personne est prévenue et l’historique garde les heures d’avant.
consultation-correct-claimed = La personne indique une durée de { $duration }.
consultation-correct-started = Début réel
consultation-correct-ended = Fin réelle
consultation-correct-declared = Enregistré : { $time }
consultation-correct-why = Pourquoi cette correction ?
consultation-correct-choose = Choisir
consultation-correct-action = Enregistrer la durée
consultation-correct-malformed = Indiquez une heure, par exemple 14:05.
consultation-correct-backwards = La fin est avant le début.
consultation-correct-early = La consultation ne pouvait pas commencer avant le { $time }.
consultation-correct-late = La consultation ne peut pas s’être terminée après le { $time }.
consultation-correct-no-reason = Choisissez un motif.
consultation-correct-forgot-to-end = J’ai oublié de terminer
consultation-correct-forgot-to-start = J’ai oublié de démarrer
consultation-correct-interrupted = La consultation a été interrompue
consultation-correct-agreed = La personne a raison
consultation-correct-other = Autre raison
consultation-claim = La durée n’est pas juste
consultation-claim-title = La durée n’est pas juste ?
consultation-claim-lead = Dites combien de temps la consultation a duré selon vous, jusqu’au { $time }. Cela se dit une seule fois. Votre praticien en est prévenu et peut corriger.
consultation-claim-secrecy = L’équipe de la plateforme voit les deux durées et le motif choisi, jamais qui vous êtes. Votre employeur n’en sait rien.
consultation-claim-minutes = Durée selon vous, en minutes
consultation-claim-minutes-hint = Par exemple 40. Indiquez 0 si elle n’a pas eu lieu.
consultation-claim-why = Ce qui s’est passé
consultation-claim-action = Contester la durée
consultation-claim-malformed = Indiquez un nombre de minutes entre 0 et 480.
consultation-claim-no-reason = Choisissez ce qui s’est passé.
consultation-contest-ended-earlier = La consultation s’est terminée plus tôt
consultation-contest-started-later = La consultation a commencé plus tard
consultation-contest-interrupted = La consultation a été interrompue
consultation-contest-longer = La consultation a duré plus longtemps
consultation-contest-other = Autre raison

## L’équipe de la plateforme

consultation-admin-durations = Durées contestées
consultation-admin-lead = Quand une personne et son praticien ne s’accordent pas sur une durée.
consultation-admin-open = Sans réponse
consultation-admin-all = Toutes
consultation-admin-none-open = Rien en attente
consultation-admin-none-open-text = Chaque durée contestée a reçu une correction.
consultation-admin-none = Aucune durée contestée
consultation-admin-none-text = Les durées que des personnes contestent apparaîtront ici.
consultation-admin-which = Consultation
consultation-admin-when = Contestée le
consultation-admin-declared = Déclarée
consultation-admin-claimed = Selon la personne
consultation-admin-reason = Motif
consultation-admin-corrected = Corrigée
consultation-admin-correction = Motif de la correction
consultation-admin-secrecy = Ni nom, ni entreprise, ni praticien : votre rôle n’a pas accès aux consultations.

## L’échange en direct

consultation-socket-cancelled = Ce rendez-vous est annulé : il n’y a plus d’échange en direct.
consultation-socket-full = Cette page est ouverte trop de fois. Fermez quelques onglets, puis réessayez.

consultation-suspended-title = Une entreprise est suspendue
consultation-suspended-employee = Votre entreprise n’a plus accès à HuntZen Care pour le moment. Ces rendez-vous restent prévus : décidez, avec votre praticien, de les garder ou de les annuler.
consultation-suspended-practitioner = Ces rendez-vous sont pris par des salariés dont l’entreprise est suspendue. Ils restent prévus : décidez, avec chaque personne, de les garder ou de les annuler.
