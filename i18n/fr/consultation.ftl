# Les consultations, des deux côtés.

consultation-nav = Mes rendez-vous
consultation-nav-practice = Consultations
consultation-list-title = Mes rendez-vous
consultation-practice-title = Consultations
consultation-title = Rendez-vous
consultation-tab-to-confirm = À confirmer
consultation-tab-upcoming = À venir
consultation-tab-past = Passés
consultation-status-lapsed = Horaire passé
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
consultation-confirm = Confirmer
consultation-start = Démarrer
consultation-end = Terminer

consultation-employee-scheduled = Votre demande est bien enregistrée et le créneau vous est réservé. Votre praticien doit encore confirmer : vous recevrez un e-mail.
consultation-employee-confirmed = Votre praticien vous attend. Installez-vous quelques minutes avant, dans un endroit où vous pouvez parler librement.
consultation-employee-in-progress = La consultation est en cours.
consultation-employee-completed = Cette consultation a duré { $duration }.
consultation-employee-cancelled = Ce rendez-vous est annulé. Vous pouvez en prendre un autre quand vous le souhaitez.
consultation-employee-no-show = Votre praticien a indiqué que ce rendez-vous n’a pas eu lieu.
consultation-employee-lapsed = L’heure de ce rendez-vous est passée sans qu’il ait commencé.
consultation-cancellation-note = Vous pouvez annuler à tout moment. Si possible, prévenez au moins 24 heures avant.

consultation-practitioner-scheduled = Cette personne attend votre confirmation. Le créneau lui est réservé.
consultation-practitioner-waits = Vous pourrez démarrer à partir du { $time }.
consultation-practitioner-ready = Démarrez quand vous êtes prêt : la durée est comptée jusqu’à ce que vous terminiez.
consultation-practitioner-running = La consultation est en cours. Terminez-la quand vous vous quittez : la durée est alors enregistrée.
consultation-practitioner-lapsed = L’heure est passée sans que la consultation ait commencé. Si elle n’a pas eu lieu, vous pouvez l’annuler.
consultation-practitioner-cancelled = Ce rendez-vous est annulé et le créneau est libre.

## Historique

consultation-event-scheduled = Rendez-vous pris
consultation-event-confirmed = Confirmé
consultation-event-started = Démarré
consultation-event-ended = Terminé
consultation-event-cancelled = Annulé
consultation-event-no-show = Absence signalée
consultation-by-you = vous
consultation-by-system = HuntZen Care

## Annuler, terminer

consultation-cancellation-title = Annuler ce rendez-vous ?
consultation-cancellation-lead = Le créneau sera libéré et { $name } sera prévenu par e-mail.
consultation-cancellation-practitioner = Le créneau redevient libre et { $name } reçoit un e-mail.
consultation-cancellation-late-title = C’est dans moins de 24 heures
consultation-cancellation-late = Vous pouvez annuler quand même : mieux vaut prévenir que ne pas venir.
consultation-cancellation-action = Annuler le rendez-vous
consultation-cancellation-keep = Garder le rendez-vous
consultation-end-title = Terminer la consultation ?
consultation-end-lead = La durée s’arrête maintenant et la consultation est comptée. Cela ne peut pas être défait.
consultation-end-action = Terminer la consultation
consultation-end-keep = Continuer la consultation

## Après une action

consultation-done-confirm = Le rendez-vous est confirmé. La personne est prévenue.
consultation-done-start = La consultation a démarré.
consultation-done-end = La consultation est terminée et sa durée est enregistrée.
consultation-done-cancel = Le rendez-vous est annulé. L’autre personne est prévenue.
consultation-now-scheduled = Ce rendez-vous attend d’abord d’être confirmé. Rien n’a changé.
consultation-now-confirmed = Ce rendez-vous est confirmé et n’a pas encore démarré. Rien n’a changé.
consultation-now-in-progress = Cette consultation a déjà démarré. Rien n’a changé.
consultation-now-completed = Cette consultation est déjà terminée. Rien n’a changé.
consultation-now-cancelled = Ce rendez-vous a été annulé entre-temps. Rien n’a changé.
consultation-now-no-show = Une absence a déjà été signalée pour ce rendez-vous. Rien n’a changé.
consultation-too-early = Vous pourrez démarrer à partir du { $time }.
consultation-too-late = Ce n’est plus possible depuis le { $time }. Rien n’a changé.
