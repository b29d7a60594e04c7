# Ce que chacun apprend de ses rendez-vous : dans l’application, par e-mail, dans son agenda.

## Titres, pour la personne

notifications-booked = Votre rendez-vous est enregistré
notifications-confirmed = Votre rendez-vous est confirmé
notifications-rescheduled = Votre rendez-vous change de date
notifications-cancelled = Votre rendez-vous est annulé
notifications-released = Votre rendez-vous n’a pas été confirmé
notifications-no-show = Une absence est indiquée
notifications-no-show-contested = Vous avez contesté une absence
notifications-practitioner-absent = Vous avez signalé une absence
notifications-absence-contested = Une absence est contestée
notifications-absence-withdrawn = Une absence est retirée
notifications-times-declared = Les heures d’un rendez-vous sont indiquées
notifications-offered = Un créneau s’est libéré
notifications-company-suspended = Un rendez-vous est à garder ou à annuler
notifications-closed = Votre rendez-vous a été clos automatiquement
notifications-duration-corrected = La durée de votre rendez-vous est corrigée
notifications-duration-contested = Vous avez contesté une durée
notifications-reminder = Votre rendez-vous approche

## Titres, pour le praticien

notifications-practice-booked = Nouveau rendez-vous à confirmer
notifications-practice-booked-confirmed = Nouveau rendez-vous
notifications-practice-confirmed = Rendez-vous confirmé
notifications-practice-rescheduled = Rendez-vous déplacé
notifications-practice-cancelled = Rendez-vous annulé
notifications-practice-released = Demande expirée
notifications-practice-no-show = Vous avez signalé une absence
notifications-practice-no-show-contested = Une absence est contestée
notifications-practice-absent = Une absence vous est signalée
notifications-practice-end-reminder = Une consultation est-elle terminée ?
notifications-practice-company-suspended = Une entreprise est suspendue : rendez-vous à garder ou à annuler
notifications-practice-closed = Une consultation a été close automatiquement
notifications-practice-duration-corrected = Vous avez corrigé une durée
notifications-practice-duration-contested = Une durée est contestée
notifications-practice-absence-contested = Vous avez contesté une absence
notifications-practice-reminder = Rendez-vous à venir

## E-mails : discrets, sans profession ni motif

notifications-mail-sender = Rendez-vous
notifications-mail-subject = Votre rendez-vous
notifications-mail-subject-dated = { $heading } : { $when }
notifications-mail-hello = Bonjour { $name },
notifications-mail-when = Date
notifications-mail-when-nth = Date { $number }
notifications-mail-booked-series = Vos { $count } rendez-vous vous sont réservés. Chacun reste à confirmer de l’autre côté, s’il ne l’est pas déjà : vous en serez prévenu.
notifications-mail-practice-booked-series = Une personne vient de réserver { $count } séances. Confirmez celles qui l’attendent encore.
notifications-mail-confirmed-series = C’est confirmé : vos { $count } rendez-vous auront lieu aux dates ci-dessous.
notifications-mail-practice-confirmed-series = Vous avez confirmé { $count } séances. La personne est prévenue.
notifications-mail-before = Auparavant
notifications-mail-with = Avec
notifications-mail-format = Format
notifications-mail-where = Adresse
notifications-mail-line = { $term } : { $value }
notifications-mail-booked = Le créneau vous est réservé. Il reste à le confirmer de l’autre côté : vous recevrez alors un e-mail.
notifications-mail-confirmed = C’est confirmé : rendez-vous à la date ci-dessous.
notifications-mail-rescheduled = Votre rendez-vous a dû être déplacé. Voici la nouvelle date ; si elle ne vous convient pas, vous pouvez annuler depuis votre espace.
notifications-mail-rescheduled-own = Comme vous l’avez demandé, votre rendez-vous est déplacé. Voici la nouvelle date.
notifications-mail-cancelled = Nous sommes désolés : ce rendez-vous ne peut pas avoir lieu. Vous pouvez en choisir un autre dès maintenant.
notifications-mail-cancelled-own = Comme vous l’avez demandé, ce rendez-vous est annulé. Vous pourrez en reprendre un quand vous le souhaitez.
notifications-mail-released = Nous sommes désolés : ce rendez-vous n’a pas été confirmé à temps, et le créneau est libéré. Vous pouvez en choisir un autre dès maintenant.
notifications-mail-no-show = Il est indiqué que ce rendez-vous n’a pas pu avoir lieu en votre absence. Si c’est une erreur, vous pouvez le dire depuis votre espace.
notifications-mail-absence-contested = L’absence que vous aviez indiquée pour ce rendez-vous est contestée. Vous pouvez lire la réponse dans votre espace, et retirer l’absence si c’était une erreur.
notifications-mail-absence-withdrawn = L’absence qui avait été indiquée pour ce rendez-vous est retirée : elle ne compte pour personne.
notifications-mail-times-declared = Les heures de ce rendez-vous ont été indiquées après coup. Vous pouvez les lire dans votre espace.
notifications-mail-offered = Un créneau qui correspond à votre demande vient de se libérer. Il vous est réservé pour quelques minutes : répondez dès que vous pouvez.
notifications-mail-company-suspended = L’accès de l’entreprise est suspendu, mais ce rendez-vous reste prévu. Gardez-le ou annulez-le depuis votre espace.
notifications-mail-closed = Ce rendez-vous n’avait pas été clos : il l’a été automatiquement. Sa durée se lit dans votre espace, où vous pouvez dire si elle n’est pas juste.
notifications-mail-duration-corrected = La durée enregistrée pour ce rendez-vous vient d’être corrigée. Elle se lit dans votre espace, où vous pouvez dire si elle n’est pas juste.
notifications-mail-reminder = Un simple rappel de votre rendez-vous, pour que vous puissiez vous organiser.
notifications-mail-action-see = Voir mon rendez-vous
notifications-mail-action-rebook = Choisir un autre créneau
notifications-mail-action-answer = Voir ce créneau
notifications-mail-note = Si vous ne pouvez pas venir, annulez dès que possible depuis votre espace : le créneau servira à quelqu’un d’autre.
notifications-mail-practice-booked = Une personne vient de réserver ce créneau. Confirmez-le pour qu’elle soit prévenue.
notifications-mail-practice-booked-confirmed = Une personne vient de réserver ce créneau. Il est confirmé : vous n’avez rien à faire.
notifications-mail-practice-confirmed = Vous avez confirmé ce rendez-vous. La personne est prévenue.
notifications-mail-practice-rescheduled = La personne a déplacé ce rendez-vous. Voici la nouvelle date.
notifications-mail-practice-rescheduled-own = Vous avez déplacé ce rendez-vous. La personne est prévenue.
notifications-mail-practice-cancelled = La personne a annulé ce rendez-vous. Le créneau est de nouveau libre.
notifications-mail-practice-cancelled-own = Vous avez annulé ce rendez-vous. La personne est prévenue et le créneau est de nouveau libre.
notifications-mail-practice-released = Ce rendez-vous n’a pas été confirmé à temps. La personne est prévenue et le créneau est de nouveau libre.
notifications-mail-practice-contested = La personne indique qu’elle était présente à ce rendez-vous. Vous pouvez le lire dans votre espace.
notifications-mail-practice-absent = La personne indique que vous n’étiez pas présent à ce rendez-vous. Vous pouvez répondre dans votre espace.
notifications-mail-practice-end-reminder = L’heure prévue est passée et cette consultation est toujours en cours. Si elle est terminée, terminez-la dans votre espace : sans cela, elle sera close automatiquement.
notifications-mail-practice-closed = Cette consultation n’avait pas été terminée : elle a été close automatiquement, à la dernière présence connue. Vous pouvez corriger sa durée pendant sept jours.
notifications-mail-practice-duration-contested = La personne indique une autre durée pour cette consultation. Vous pouvez la lire et corriger dans votre espace.
notifications-mail-practice-absence-withdrawn = L’absence que la personne avait indiquée pour ce rendez-vous est retirée. Si vous vous êtes vus, vous pouvez en indiquer les heures dans votre espace.
notifications-mail-practice-reminder = Ce rendez-vous approche.
notifications-mail-practice-action = Ouvrir la consultation
notifications-mail-practice-note = Par confidentialité, le nom de la personne se lit dans votre espace et jamais dans un e-mail.

## Agendas

notifications-ics-title = Rendez-vous
notifications-ics-with = Rendez-vous avec { $name }
notifications-ics-practice-title = Consultation
notifications-ics-details = Les détails se lisent dans votre espace :
notifications-ics-name = Rendez-vous
notifications-ics-file = rendez-vous.ics

## La liste

notifications-title = Notifications
notifications-tab-all = Toutes
notifications-tab-unread = Non lues
notifications-unread = Non lue
notifications-told = Reçue le { $date } à { $time }
notifications-read = Marquer comme lue
notifications-read-all = Tout marquer comme lu
notifications-see-all = Voir toutes les notifications
notifications-none-title = Rien de nouveau
notifications-none = Vos rendez-vous pris, confirmés, déplacés ou annulés apparaîtront ici, avec leurs rappels.
notifications-none-unread-title = Tout est lu
notifications-none-unread = Vous êtes à jour.

## Les préférences

notifications-preferences = Préférences
notifications-preferences-title = Préférences de notification
notifications-preferences-lead = Choisissez ce que nous vous disons, où, et quand. Votre employeur ne voit rien de ces réglages.
notifications-preferences-practice-lead = Choisissez ce que nous vous disons, où, et quand.
notifications-preferences-kept = Vos préférences sont enregistrées.
notifications-topics = Ce que nous vous disons
notifications-topics-lead = Décochez ce que vous ne souhaitez pas recevoir.
notifications-topic = Sujet
notifications-in-app = Application
notifications-by-mail = E-mail
notifications-in-app-for = { $topic } : dans l’application
notifications-by-mail-for = { $topic } : par e-mail
notifications-always = Toujours
notifications-topic-booked = Nouveaux rendez-vous
notifications-topic-booked-hint = Quand votre rendez-vous est enregistré
notifications-topic-practice-booked-hint = Quand une personne réserve un créneau
notifications-topic-confirmed = Confirmations
notifications-topic-confirmed-hint = Quand votre rendez-vous est confirmé
notifications-topic-practice-confirmed-hint = Quand vous confirmez un rendez-vous
notifications-topic-changed = Changements et annulations
notifications-topic-changed-hint = Nouvelle date, annulation, absence
notifications-topic-reminder-48h = Rappel 48 heures avant
notifications-topic-reminder-24h = Rappel 24 heures avant
notifications-topic-reminder-1h = Rappel 1 heure avant
notifications-topic-reminder-hint = Pour un rendez-vous confirmé
notifications-quiet = Heures calmes
notifications-quiet-lead = Pendant ces heures, aucun e-mail ne part : il attend la fin. Seul ce qui concerne un rendez-vous tout proche part quand même.
notifications-quiet-on = Respecter des heures calmes
notifications-quiet-from = De
notifications-quiet-until = À
notifications-quiet-malformed = Indiquez une heure, par exemple 22:00.
notifications-quiet-empty = Choisissez deux heures différentes.
notifications-discreet = Mode discret
notifications-discreet-lead = Pour une messagerie que d’autres pourraient voir.
notifications-discreet-on = Recevoir des e-mails discrets
notifications-discreet-hint = Expéditeur neutre, objet « Votre rendez-vous », ni titre ni spécialité. Dans votre agenda, seulement « Rendez-vous ».
notifications-address = Adresse personnelle
notifications-address-lead = Recevez ces e-mails sur une adresse à vous plutôt que sur celle du travail. Votre connexion ne change pas ; si vous quittez l’entreprise, cette adresse sera votre chemin vers votre journal.
notifications-address-none = Vos e-mails arrivent aujourd’hui à { $address }.
notifications-address-now = Vos e-mails arrivent à votre adresse personnelle, { $address }.
notifications-address-pending = Un e-mail attend votre confirmation à { $address }
notifications-address-pending-text = Ouvrez-le et suivez son lien dans les 48 heures. D’ici là, rien ne change.
notifications-address-field = Votre adresse personnelle
notifications-address-action = Envoyer le lien de confirmation
notifications-address-remove = Retirer mon adresse personnelle
notifications-address-malformed = Cette adresse n’est pas valide. Exemple : camille@exemple.fr
notifications-address-same = C’est déjà l’adresse de votre compte.
notifications-address-too-many = Vous avez demandé plusieurs liens aujourd’hui. Réessayez demain.
notifications-address-asked = Un lien de confirmation est envoyé. Suivez-le depuis votre messagerie personnelle.
notifications-address-removed = Votre adresse personnelle est retirée. Les e-mails arrivent à l’adresse de votre compte.
notifications-address-mail-subject = Confirmez votre adresse
notifications-address-mail-text = Cette adresse a été indiquée pour recevoir les messages d’un compte. Confirmez-la pour les recevoir ici.
notifications-address-mail-action = Confirmer cette adresse
notifications-address-mail-note = Le lien fonctionne 48 heures. Si vous n’avez rien demandé, ignorez ce message : rien ne vous sera envoyé.
notifications-calendar = Votre agenda
notifications-calendar-lead = Affichez vos rendez-vous dans l’agenda de votre téléphone ou de votre ordinateur, à une adresse secrète. Il n’y voit que des heures : ni nom, ni lieu, ni motif.
notifications-calendar-make = Créer mon adresse d’agenda
notifications-calendar-since = Une adresse existe depuis le { $date }.
notifications-calendar-again = Créer une nouvelle adresse
notifications-calendar-again-hint = Une adresse ne se montre qu’une fois. En créer une nouvelle met fin à la précédente.
notifications-calendar-revoke = Supprimer l’adresse
notifications-calendar-revoked = L’adresse de votre agenda est supprimée : elle ne montre plus rien.
notifications-calendar-made = Voici votre adresse d’agenda
notifications-calendar-made-text = Copiez-la maintenant dans votre application d’agenda (« S’abonner » ou « Ajouter à partir d’une URL ») : elle ne sera plus affichée. Gardez-la pour vous.
notifications-calendar-address = Adresse de l’agenda

## Le lien de confirmation

notifications-link-title = Confirmer cette adresse
notifications-link-text = Les messages de votre compte arriveront à l’adresse où vous avez reçu ce lien.
notifications-link-action = Confirmer
notifications-link-proved-title = Adresse confirmée
notifications-link-proved = Vos prochains messages arriveront à cette adresse. Vous pouvez fermer cette page.
notifications-link-closed-title = Ce lien ne fonctionne plus
notifications-link-closed = Il a déjà servi, a été remplacé ou a plus de 48 heures. Demandez-en un autre dans vos préférences de notification.

notifications-company-news = Ce que votre entreprise publie
notifications-topic-company-news = Actualités de l’entreprise
notifications-topic-company-news-hint = Quand votre entreprise publie une actualité qui vous concerne.
