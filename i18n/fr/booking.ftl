# Prendre rendez-vous.

booking-nav = Réserver
booking-action = Prendre rendez-vous

## Statuts et formats

booking-status-held = En attente de validation
booking-status-scheduled = En attente de confirmation
booking-status-confirmed = Confirmé
booking-status-in-progress = En cours
booking-status-completed = Terminé
booking-status-cancelled = Annulé
booking-status-no-show = Absence
booking-format-video = Vidéo
booking-format-video-detail = Depuis votre ordinateur ou votre téléphone, caméra allumée
booking-format-audio = Audio
booking-format-audio-detail = Au même endroit en ligne, sans la caméra
booking-format-in-person = Au cabinet
booking-format-in-person-detail = Dans le cabinet du praticien

## Recherche

booking-search-title = Trouver un praticien
booking-search-lead = Choisissez un créneau : le rendez-vous est pris en deux clics. Votre employeur ne saura pas qui vous consultez.
booking-search-text = Nom, approche, ville…
booking-search-specialty = Spécialité
booking-search-any-specialty = Spécialité
booking-search-availability = Disponibilité
booking-search-any-time = Quand
booking-search-within = Sous { $days } jours
booking-search-format = Format
booking-search-any-format = Format
booking-search-language = Langue
booking-search-any-language = Langue
booking-search-count = { $count ->
    [0] Aucun praticien
    [one] Un praticien, disponible au plus tôt
   *[other] { $count } praticiens, les plus tôt disponibles d’abord
}
booking-search-reset = Effacer les filtres
booking-search-none-title = Personne ne correspond à ces critères
booking-search-none = Retirez un filtre ou élargissez le délai : d’autres praticiens sont là pour vous.
booking-search-next = Premiers créneaux :
booking-search-all-slots = Tous les créneaux
booking-search-no-slot = Aucun créneau libre dans les prochains jours.
booking-search-no-new-clients = N’accueille pas de nouvelles personnes pour le moment.
booking-search-see-profile = Voir le profil
booking-fact-languages = Langues :
booking-fact-topics = Approches et sujets

## Profil et créneaux

booking-profile-slots = Choisissez un créneau
booking-profile-period = Du { $first } au { $last }
booking-profile-length = séance de { $minutes } minutes
booking-profile-paging = Autres dates
booking-profile-earlier = Dates précédentes
booking-profile-later = Dates suivantes
booking-profile-zone = Les heures sont celles de votre fuseau ({ $own }). Ce praticien consulte à l’heure de { $other }.
booking-profile-none-title = Aucun créneau libre sur ces dates
booking-profile-none = Tout est réservé ou fermé pour le moment.
booking-profile-next = Prochain créneau : { $date }
booking-profile-about = À propos
booking-profile-experience = { $years ->
    [one] { $years } an d’expérience
   *[other] { $years } ans d’expérience
}
booking-profile-training = Formation

## Confirmation

booking-confirmation-title = Confirmer le rendez-vous
booking-confirmation-summary = Votre rendez-vous
booking-confirmation-with = Avec { $name }, { $minutes } minutes
booking-confirmation-zone = Pour votre praticien ({ $city }) : { $when }
booking-confirmation-format = Comment souhaitez-vous échanger ?
booking-confirmation-format-missing = Choisissez comment vous souhaitez échanger.
booking-cancellation-rule = Vous pouvez annuler à tout moment depuis « Mes rendez-vous ». Si possible, prévenez au moins 24 heures avant.
booking-confirmation-secrecy = Votre employeur voit seulement, chaque mois, un nombre et une durée : jamais avec qui, ni pourquoi.
booking-confirmation-action = Confirmer le rendez-vous
booking-confirmation-other = Choisir un autre créneau
booking-done = Votre rendez-vous est enregistré. Un e-mail vous est envoyé.

## Créneau refusé

booking-refused-title = Ce créneau n’est plus disponible
booking-refused-own-title = Vous avez déjà un rendez-vous à cette heure
booking-refused-company-title = La prise de rendez-vous est suspendue
booking-refused-clients-title = Ce praticien n’accueille pas de nouvelles personnes
booking-refused-unreadable = Cette date n’a pas pu être lue. Choisissez un créneau ci-dessous.
booking-refused-company = L’accès de votre entreprise est suspendu pour le moment. Vos rendez-vous déjà pris ne changent pas. Parlez-en à votre service RH.
booking-refused-clients = Son agenda reste ouvert aux personnes déjà suivies. D’autres praticiens peuvent vous recevoir rapidement.
booking-refused-others = Voir d’autres praticiens
booking-refused-own-link = Voir mes rendez-vous
booking-refused-full-title = Aucun créneau proche
booking-refused-full = Il n’y a pas d’autre créneau libre autour de cette date.
booking-refused-calendar = Voir tous ses créneaux
booking-refused-alternatives = Les créneaux les plus proches
booking-refused-alternatives-lead = Avec { $name }. Un clic suffit pour choisir.
booking-refusal-past = Cette heure est déjà passée.
booking-refusal-too-soon = Ce créneau est trop proche pour être encore réservé.
booking-refusal-beyond-horizon = L’agenda n’est pas encore ouvert à cette date.
booking-refusal-outside-hours = Ce praticien ne propose pas de rendez-vous à cette heure.
booking-refusal-own-conflict = Un de vos rendez-vous a lieu en même temps. Choisissez une autre heure, ou annulez l’autre rendez-vous d’abord.
booking-refusal-taken = Quelqu’un vient de réserver ce créneau. Aucun rendez-vous n’a été pris.
booking-refusal-day-full = Ce praticien ne prend plus de rendez-vous ce jour-là.
