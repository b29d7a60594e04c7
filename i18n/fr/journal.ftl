# Le journal de la personne salariée, et ce qu’elle choisit d’en partager.

journal-nav = Journal
journal-title = Mon journal
journal-lead = Un endroit à vous, pour déposer ce qui pèse et garder ce qui fait du bien.
journal-write = Écrire
journal-secret = Personne d’autre que vous ne le lit, sauf ce que vous choisissez de partager. Vos pages, vos humeurs et vos mots-clés sont chiffrés par nos serveurs. Ni votre employeur, ni nos équipes d’administration n’y ont accès.
journal-stays = Il reste à vous si vous quittez l’entreprise
journal-empty-title = Votre première page vous attend
journal-empty-text = Quelques mots suffisent, ou simplement une humeur. Sans bien écrire, sans faire long.
journal-empty-action = Écrire ma première page

## Retrouver

journal-search = Rechercher dans mon journal
journal-filter-mood = Humeur
journal-filter-any-mood = Toutes les humeurs
journal-filter-tag = Mot-clé
journal-filter-any-tag = Tous les mots-clés
journal-filter-month = Mois
journal-filter-any-month = Tous les mois
journal-found = { $count ->
    [0] Aucune page trouvée.
    [one] { $count } page trouvée.
   *[other] { $count } pages trouvées.
}
journal-all = Voir tout le journal
journal-searched-since = Votre journal est très fourni : nous avons regardé les pages écrites depuis le { $date }. Choisissez un mois pour remonter plus loin.
journal-none-title = Rien de tel dans votre journal
journal-none-text = Essayez un autre mot, ou moins de filtres.
journal-untitled = Page du { $date }
journal-unreadable = Cette page ne peut pas être lue
journal-unreadable-text = Son contenu a été abîmé ou n’est plus accessible. S’il a été abîmé, notre équipe technique en est avertie, sans rien savoir de ce que vous aviez écrit. Vos autres pages sont intactes.
journal-unreadable-edit = Cette page ne peut pas être lue : elle ne peut donc pas être modifiée.

## Une page

journal-entry-title = Page du { $date }
journal-changed-at = modifiée le { $date }
journal-edit = Modifier
journal-written = Votre page est enregistrée.
journal-changed = Votre page est modifiée.
journal-deleted = La page est effacée.
journal-delete-title = Effacer cette page ?
journal-delete-lead = Écrite le { $date }.
journal-delete-text = Elle disparaîtra pour toujours, y compris pour le praticien avec qui vous l’auriez partagée. Rien n’en sera gardé.
journal-delete-action = Effacer la page
journal-delete-keep = La garder

## Écrire

journal-new-title = Une nouvelle page
journal-new-lead = Prenez le temps qu’il vous faut. Quelques mots ou une humeur suffisent.
journal-edit-title = Modifier la page
journal-form-mood = Comment vous sentez-vous ?
journal-form-mood-none = Ne pas noter d’humeur
journal-form-title = Titre
journal-form-text = Ce que vous avez envie de déposer
journal-form-text-hint = Personne ne corrige, personne ne juge.
journal-form-tags-own = Vos mots-clés
journal-form-tags = Ajouter des mots-clés
journal-form-tags-hint = Séparez-les par une virgule : sommeil, travail, famille.
journal-form-save = Enregistrer
journal-form-empty = Écrivez quelques mots, ou choisissez une humeur.
journal-form-title-too-long = Ce titre compte { $length } caractères ; { $most } au plus.
journal-form-text-too-long = Votre texte compte { $length } caractères, et une page en accueille { $most }. Rien n’est perdu : gardez-en une partie ici, et le reste sur une autre page.
journal-form-tag-too-long = Un mot-clé compte { $most } caractères au plus.
journal-form-too-many-tags = Gardez { $most } mots-clés au plus.
journal-form-no-mood = Choisissez l’une des cinq humeurs, ou aucune.
journal-conflict-title = Cette page a changé entre-temps
journal-conflict-text = Elle a été modifiée ailleurs, peut-être dans un autre onglet. Vos mots sont toujours là, ci-dessous : les enregistrer remplacera l’autre version.
journal-conflict-there = Lire l’autre version
journal-conflict-leave = Garder l’autre version et laisser celle-ci
journal-draft-found = Nous avons retrouvé ce que vous étiez en train d’écrire.
journal-draft-drop = Repartir sans

## De quoi commencer

journal-prompts-title = De quoi commencer
journal-prompts-other = Une autre façon de commencer
journal-prompt-good-things = Trois bonnes choses
journal-prompt-good-things-text = Notez trois choses qui se sont bien passées aujourd’hui, même minuscules, et ce qui les a rendues possibles.
journal-prompt-weight = Ce qui pèse
journal-prompt-weight-text = Qu’est-ce qui prend le plus de place en ce moment ? Qu’est-ce qui dépend de vous, et qu’est-ce qui n’en dépend pas ?
journal-prompt-body = Ce que dit mon corps
journal-prompt-body-text = Où y a-t-il de la tension, où y a-t-il du repos ? Décrivez sans chercher à changer quoi que ce soit.
journal-prompt-friend = Comme à un ami
journal-prompt-friend-text = Si un ami vivait ce que vous vivez, que lui diriez-vous ? Écrivez-le-vous.
journal-prompt-evening = Déposer la journée
journal-prompt-evening-text = Qu’avez-vous fait de suffisant aujourd’hui ? Qu’est-ce qui peut attendre demain ?

## De l’aide, tout de suite

journal-help-title = Ce que vous traversez compte, et vous n’avez pas à le porter sans soutien.
journal-help-text = Si la douleur devient trop lourde, ou si vous pensez à mourir, parlez à quelqu’un maintenant. C’est gratuit, jour et nuit, et l’on vous écoutera sans vous juger.
journal-help-secret = Ce message s’affiche à partir de mots ou d’humeurs, sans diagnostic. Personne n’en est averti et rien n’en est gardé.

## Les humeurs

journal-mood-1 = Très difficile
journal-mood-2 = Difficile
journal-mood-3 = Entre les deux
journal-mood-4 = Plutôt bien
journal-mood-5 = Très bien

## Les humeurs dans le temps

journal-moods-title = Mes humeurs
journal-moods-lead = Jour après jour, sans note ni jugement.
journal-moods-months = Changer de mois
journal-moods-caption = Vos humeurs de { $month }
journal-moods-page = une page, sans humeur
journal-moods-noted = { $count ->
    [0] Aucune humeur notée ce mois-ci.
    [one] { $count } humeur notée ce mois-ci.
   *[other] { $count } humeurs notées ce mois-ci.
}
journal-trend-title = Ces douze dernières semaines
journal-trend-few = La courbe se dessinera quand vous aurez noté des humeurs sur deux semaines.
journal-trend-now = cette semaine
journal-trend-week = Semaine du
journal-trend-mean = Humeur moyenne
journal-trend-count = Humeurs notées
journal-trend-note = De 1 (très difficile) à 5 (très bien), en moyenne sur la semaine. Une courbe qui baisse ne dit rien de vous : elle dit que la période est lourde.
journal-moods-secret = Ces humeurs sont déchiffrées pour vous, le temps d’afficher cette page. Aucune statistique n’en est gardée.

## Emporter

journal-export-md = Exporter en Markdown
journal-export-pdf = Exporter en PDF
journal-export-file = journal
journal-export-on = Exporté le { $date }.
journal-export-mood = Humeur :
journal-export-tags = Mots-clés :
journal-export-cut = Ce document s’arrête ici : votre journal est plus long que ce qu’un PDF peut raisonnablement contenir. L’export en Markdown le contient en entier.
journal-export-replaced = Certains signes (émojis, autres alphabets) n’ont pas pu être dessinés et sont remplacés par un point d’interrogation. L’export en Markdown les contient tous.

## Partager

journal-share = Partager
journal-share-title = Partager cette page
journal-share-lead = Un praticien que vous avez choisi lira cette page telle qu’elle est aujourd’hui, et rien d’autre de votre journal.
journal-share-summary = Écrire une synthèse à partager
journal-share-summary-lead = Quelques mots pour préparer une séance : ce qui s’est passé depuis la dernière fois, ce dont vous aimeriez parler.
journal-share-text = Votre synthèse
journal-share-text-hint = Elle n’apparaît pas parmi vos pages : elle est écrite pour la personne que vous choisissez.
journal-share-empty = Écrivez quelques mots à partager.
journal-share-practitioner = Avec qui
journal-share-practitioner-hint = Les praticiens avec qui vous avez, ou avez eu, un rendez-vous.
journal-share-practitioner-choose = Choisir un praticien
journal-share-practitioner-missing = Choisissez l’un de vos praticiens.
journal-share-last-day = Jusqu’au
journal-share-last-day-hint = Ce jour compris. Vous pouvez arrêter plus tôt, à tout moment.
journal-share-until-wrong = Choisissez un jour, d’aujourd’hui à dans { $days } jours.
journal-share-action = Partager
journal-share-done = C’est partagé.
journal-share-revoke = Arrêter le partage
journal-share-revoked = Le partage est arrêté. Ce qui était partagé n’est plus lisible.
journal-share-with = Partagé avec { $name }
journal-share-until = Jusqu’au { $date } inclus.
journal-share-copy = C’est la page telle qu’elle était au moment du partage : vos modifications restent à vous.
journal-share-span = Du { $from } au { $until }
journal-share-a-page = Une page
journal-share-a-summary = Une synthèse
journal-share-somebody = un praticien
journal-share-nobody-title = Personne avec qui partager pour l’instant
journal-share-nobody-text = Vous pourrez partager une page avec un praticien dès que vous aurez pris rendez-vous avec lui.
journal-share-secret = Seule la personne choisie peut lire ce que vous partagez. Au dernier jour, ou quand vous arrêtez, la copie et sa clé sont détruites.
journal-shares-title = Mes partages
journal-shares-lead = Ce que vous laissez lire de votre journal, à qui, et jusqu’à quand.
journal-shares-empty-title = Vous ne partagez rien
journal-shares-empty-text = Votre journal n’est lu que par vous. Depuis une page, vous pouvez la partager avec votre praticien.
journal-shares-over = Partages terminés

## Ce qu’un praticien peut lire

journal-shared-nav = Pages partagées
journal-shared-title = Pages partagées avec vous
journal-shared-lead = Ce que des patients ont choisi de vous laisser lire de leur journal.
journal-shared-empty-title = Rien n’est partagé avec vous
journal-shared-empty-text = Quand un patient partagera une page de son journal, vous la trouverez ici, jusqu’au jour qu’il aura choisi.
journal-shared-on = Partagé le { $date }, jusqu’au { $until }
journal-shared-by = Partagé par { $name }
journal-shared-mark = Partagé par votre patient
journal-shared-mark-text = Cette page vient de son journal personnel. Elle vous est confiée jusqu’à la date choisie et peut vous être retirée à tout moment.
journal-shared-unreadable = Son contenu a été abîmé ou n’est plus accessible. S’il a été abîmé, notre équipe technique en est avertie.
journal-shared-somebody = Une personne que vous suivez
