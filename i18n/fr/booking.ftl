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
booking-status-practitioner-absent = Praticien absent
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
    [one] Un praticien
   *[other] { $count } praticiens
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
booking-profile-day = Le { $day }
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
booking-confirmation-deadline = Votre praticien a 24 heures pour confirmer, moins si le rendez-vous est plus proche. Sans réponse de sa part, le créneau est libéré et vous êtes prévenu.
booking-message-label = Un mot pour votre praticien
booking-message-hint = Ce qui vous amène, une question, un besoin d’accessibilité… Il est conservé chiffré, pour vous et votre praticien seulement.
booking-message-too-long = Votre message est trop long : { $length } caractères, pour { $most } au plus.
booking-cancellation-rule = Vous pouvez annuler à tout moment depuis « Mes rendez-vous ». Si possible, prévenez au moins 24 heures avant.
booking-confirmation-secrecy = Votre employeur voit, chaque mois, au plus un nombre et une durée : jamais avec qui, ni pourquoi.
booking-confirmation-action = Confirmer le rendez-vous
booking-confirmation-other = Choisir un autre créneau
booking-done = Votre rendez-vous est enregistré. Un e-mail vous est envoyé.

## Créneau gardé

booking-hold-until = Gardé pour vous jusqu’à { $time }
booking-hold-last-minutes = Il vous reste deux minutes pour confirmer ce rendez-vous.
booking-hold-over-title = Ce créneau n’est plus gardé pour vous
booking-hold-over = Les dix minutes sont écoulées et rien n’a été réservé. Prenez votre temps : vous pouvez le choisir de nouveau s’il est encore libre.
booking-hold-gone = Le temps est écoulé, ou vous avez choisi un autre créneau entre-temps. Rien n’a été réservé ici.
booking-hold-again = Garder ce créneau de nouveau
booking-hold-released = Le créneau est rendu. Choisissez celui qui vous convient.
booking-already = Ce rendez-vous est déjà le vôtre.

## Plusieurs séances

booking-series-tabs = Une ou plusieurs séances
booking-series-tab-one = Un rendez-vous
booking-series-tab-many = Plusieurs séances
booking-series-title = Réserver plusieurs séances
booking-series-every = Rythme
booking-series-weekly = Chaque semaine
booking-series-fortnightly = Toutes les deux semaines
booking-series-count = Nombre
booking-series-sessions = { $count } séances
booking-series-show = Voir les dates
booking-series-dates = Vos séances
booking-series-all-free = Toutes ces dates sont libres. Décochez celles qui ne vous conviennent pas.
booking-series-to-choose = { $count ->
    [one] Une date n’est pas libre : choisissez ce qui vous convient à la place.
   *[other] { $count } dates ne sont pas libres : choisissez ce qui vous convient à la place.
}
booking-series-held = Gardé
booking-series-free = Libre
booking-series-skip = Pas de séance
booking-series-nothing-near = Rien d’autre n’est libre autour de cette date.
booking-series-taken = Ce créneau est déjà pris.
booking-series-own-conflict = Vous avez un autre rendez-vous à cette heure.
booking-series-day-full = Votre praticien ne prend plus de rendez-vous ce jour-là.
booking-series-outside-hours = Votre praticien ne consulte pas à cette heure ce jour-là.
booking-series-action = Réserver ces séances
booking-series-conflicts = Certaines dates restent à choisir. Rien n’a encore été réservé.
booking-series-done = Vos séances sont enregistrées. Un e-mail vous est envoyé.

## Créneau refusé

booking-refused-title = Ce créneau n’est plus disponible
booking-refused-own-title = Vous avez déjà un rendez-vous à cette heure
booking-refused-company-title = La prise de rendez-vous est suspendue
booking-refused-clients-title = Ce praticien n’accueille pas de nouvelles personnes
booking-refused-unreadable = Cette date n’a pas pu être lue. Choisissez un créneau ci-dessous.
booking-refused-company = L’accès de votre entreprise est suspendu pour le moment. Vos rendez-vous déjà pris ne changent pas. Parlez-en à votre service RH.
booking-refused-limit-title = Vos consultations de l’année sont toutes réservées
booking-refused-limit = Votre entreprise prévoit un nombre de consultations par personne et par an, et vous l’avez atteint. Annuler à temps un rendez-vous à venir vous en rend un. En cas d’urgence, le 15, le 112 et le 3114 restent là pour vous.
booking-share = { $left ->
    [0] Vous avez réservé vos { $most } consultations de l’année.
    [one] Il vous reste une consultation cette année, sur { $most }.
   *[other] Il vous reste { $left } consultations cette année, sur { $most }.
}
booking-refused-clients = Son agenda reste ouvert aux personnes déjà suivies. D’autres praticiens peuvent vous recevoir rapidement.
booking-refused-room = Toutes les salles sont prises à cette heure. Choisissez la vidéo ou l’audio pour garder ce créneau, ou un autre créneau.
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
booking-search-gender = Genre
booking-search-any-gender = Genre
booking-search-sort = Trier par
booking-sort-soonest = Au plus tôt
booking-sort-rating = Mieux notés
booking-sort-experience = Plus expérimentés
booking-search-next-free = Prochaine disponibilité :
booking-profile-video = Voir la vidéo de présentation
booking-reviews-title = Avis
booking-reviews-wordless = Les personnes qui ont donné une note n’ont pas laissé de commentaire.
booking-reviews-note = Chaque avis vient d’une personne qui a consulté ce praticien. Il est relu avant sa publication et ne porte aucun nom.
booking-reviews-mean = { $average } sur 5 · { $count } avis
booking-reviews-stars = { $stars ->
    [one] { $stars } étoile sur 5
   *[other] { $stars } étoiles sur 5
}

## Liste d’attente

booking-waitlist-title = Liste d’attente
booking-waitlist-lead = Quand quelqu’un rend un créneau qui vous convient, nous vous le proposons en premier.
booking-waitlist-new = Demander un créneau plus tôt
booking-waitlist-new-title = Être prévenu d’un créneau plus tôt
booking-waitlist-new-lead = Dites-nous ce qui vous conviendrait. Dès qu’un créneau se libère, il vous est gardé le temps de répondre.
booking-waitlist-offer = Un créneau s’est libéré pour vous
booking-waitlist-accept = Prendre ce créneau
booking-waitlist-decline = Non merci
booking-waitlist-declined = C’est noté. Vous gardez votre place dans la liste d’attente.
booking-waitlist-over = Cette proposition n’est plus en attente.
booking-waitlist-requests = Vos demandes
booking-waitlist-requests-lead = Elles restent actives jusqu’à ce que vous preniez un créneau proposé ou que vous les retiriez.
booking-waitlist-since = Depuis le { $date }
booking-waitlist-withdraw = Retirer
booking-waitlist-withdrawn = La demande est retirée.
booking-waitlist-added = C’est noté : nous vous préviendrons dès qu’un créneau se libère.
booking-waitlist-twice = Vous attendez déjà un créneau de ce praticien.
booking-waitlist-too-many = Vous avez déjà cinq demandes en attente. Retirez-en une pour en ajouter une autre.
booking-waitlist-full = Cinq demandes peuvent attendre en même temps. Retirez-en une pour en ajouter une autre.
booking-waitlist-none-title = Vous n’attendez aucun créneau
booking-waitlist-none = Aucune date assez proche ? Faites une demande : vous serez prévenu dès que quelqu’un rend un créneau.
booking-waitlist-search = Voir les créneaux libres
booking-waitlist-secrecy = Ni votre employeur, ni le praticien ne voient vos demandes.
booking-waitlist-rule = Un créneau proposé vous est gardé 30 minutes. Ensuite, il passe à la personne suivante.
booking-waitlist-with = Avec { $name }
booking-waitlist-with-anybody = Chercher plus largement
booking-waitlist-anybody = Tous les praticiens
booking-waitlist-gone = Ce praticien ne consulte plus ici
booking-waitlist-any-specialty = Toutes les spécialités
booking-waitlist-any-language = Toutes les langues
booking-waitlist-days = Quels jours vous conviennent ?
booking-waitlist-no-day = Choisissez au moins un jour.
booking-waitlist-from = À partir de
booking-waitlist-until = Jusqu’à
booking-waitlist-bad-time = Indiquez une heure, par exemple 14:30.
booking-waitlist-bad-hours = L’heure de fin doit venir après l’heure de début.
booking-waitlist-last-day = Au plus tard le
booking-waitlist-last-day-hint = Par exemple la veille d’un rendez-vous que vous avez déjà.
booking-waitlist-bad-date = Indiquez une date, par exemple le 15/12/2026.
booking-waitlist-bad-range = Choisissez une date à partir d’aujourd’hui et d’ici un an.
booking-waitlist-bad-choice = Choisissez une réponse de la liste.
booking-waitlist-ask = Me prévenir
booking-waitlist-every-day = Tous les jours
booking-waitlist-working-days = Du lundi au vendredi
booking-waitlist-between = de { $from } à { $until }
booking-waitlist-after = à partir de { $from }
booking-waitlist-before = jusqu’à { $until }
booking-waitlist-until-day = au plus tard le { $date }
booking-waitlist-monday = Lundi
booking-waitlist-tuesday = Mardi
booking-waitlist-wednesday = Mercredi
booking-waitlist-thursday = Jeudi
booking-waitlist-friday = Vendredi
booking-waitlist-saturday = Samedi
booking-waitlist-sunday = Dimanche
booking-waitlist-mon = lun.
booking-waitlist-tue = mar.
booking-waitlist-wed = mer.
booking-waitlist-thu = jeu.
booking-waitlist-fri = ven.
booking-waitlist-sat = sam.
booking-waitlist-sun = dim.
booking-waitlist-link = Me prévenir si un créneau plus tôt se libère
booking-agreement-title = Il manque votre accord pour réserver
booking-agreement-text = Un rendez-vous est une donnée sur votre santé : sans votre accord, nous n’enregistrons ni réservation, ni demande en liste d’attente. Vous pouvez regarder les créneaux librement, et donner votre accord quand vous le souhaitez.
booking-agreement-action = Lire et donner mon accord
