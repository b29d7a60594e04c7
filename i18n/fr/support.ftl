# Les tickets : ce que les RH demandent à la plateforme, et ses réponses.

support-nav = Support
support-secrecy = Vos échanges sont chiffrés. Les RH de l’entreprise et l’équipe de HuntZen Care les lisent, personne d’autre.
support-platform = HuntZen Care
support-company = L’entreprise
support-unreadable = Ce texte ne peut pas être lu.
support-reference = n° { $reference }
support-opened = ouvert le { $date }
support-changed = dernier échange le { $date }
support-file-size = { $count } ko
support-choose = Choisissez

support-category = Catégorie
support-category-missing = Choisissez de quoi il s’agit.
support-category-accounts = Comptes et invitations
support-category-import = Import de salariés
support-category-figures = Chiffres et anonymat
support-category-technical = Quelque chose ne fonctionne pas
support-category-privacy = Protection des données
support-category-other = Autre chose
support-category-all = Toutes les catégories

support-priority = Priorité
support-priority-hint = Urgente : des salariés ne peuvent plus utiliser le service.
support-priority-missing = Choisissez une priorité.
support-priority-low = Basse
support-priority-normal = Normale
support-priority-high = Haute
support-priority-urgent = Urgente
support-priority-all = Toutes les priorités

support-status-all = Tous
support-status-open = En cours
support-status-answered = Réponse reçue
support-status-resolved = Résolu
support-status-closed = Fermé

## Les RH

support-hr-title = Support
support-hr-lead = Une question, un blocage : écrivez à l’équipe de HuntZen Care et suivez ses réponses.
support-hr-none-title = Aucun ticket pour l’instant
support-hr-none = Quand quelque chose vous bloque, ouvrez un ticket. Nous vous répondons ici, et un e-mail vous prévient.
support-none-here = Aucun ticket ici
support-none-here-text = Vos autres tickets sont dans les onglets voisins.
support-new = Ouvrir un ticket
support-warning-title = N’écrivez rien sur la santé d’une personne
support-warning = Ni diagnostic, ni arrêt, ni suivi, même sans nom. Pour une urgence, appelez le 3114, le 15 ou le 112.
support-warning-short = N’écrivez rien sur la santé d’une personne.
support-subject = Objet
support-subject-missing = Dites en une ligne de quoi il s’agit.
support-text = Votre message
support-text-hint = Ce que vous faisiez, ce que vous attendiez, ce qui s’est passé.
support-text-missing = Écrivez votre message.
support-too-long = C’est trop long : { $count } caractères au plus.
support-file = Pièce jointe
support-file-hint = JPEG, PNG, WebP ou PDF, 10 Mo au plus. Masquez les noms qui ne sont pas utiles.
support-file-large = Ce fichier dépasse 10 Mo.
support-file-unreadable = Ce fichier n’est ni une image ni un PDF que nous pouvons lire.
support-open = Ouvrir le ticket
support-reply = Ajouter un message
support-send = Envoyer
support-close = Fermer le ticket
support-reopen = Rouvrir le ticket
support-closed-text = Ce ticket est fermé. Si le problème revient, rouvrez-le.
support-resolved-title = Ce ticket est résolu
support-resolved-text = Si ce n’est pas le cas, répondez : il s’ouvrira de nouveau.
support-ended = Ce ticket est terminé. Il se rouvre du côté de l’entreprise.
support-ended-reopen = Ce ticket est terminé : votre message n’est pas parti. Rouvrez le ticket, puis renvoyez-le.
support-unsent = Votre message, qui n’est pas parti
support-too-many = Vous avez beaucoup écrit en peu de temps. Réessayez un peu plus tard.
support-step-refused = Ce ticket a changé d’état entre-temps. Regardez où il en est.
support-done-opened = Votre ticket est ouvert. Nous vous répondons ici.
support-done-replied = Votre message est envoyé.
support-done-closed = Le ticket est fermé.
support-done-reopened = Le ticket est rouvert.

## La plateforme

support-admin-title = Tickets
support-admin-lead = Ce que les entreprises demandent : ce qui presse et attend d’abord.
support-admin-none = Les demandes des entreprises apparaîtront ici.
support-whose = À qui
support-whose-all = À tout le monde
support-whose-mine = À moi
support-whose-nobody = À personne
support-whose-escalated = Escaladés
support-escalated = Escaladé
support-answer = Répondre
support-answer-hint = L’entreprise le lira tel quel. Un e-mail la prévient, sans le texte.
support-owner = Suivi
support-assignee = Confié à
support-assignee-none = Personne en particulier
support-assignee-unknown = Choisissez un administrateur actif.
support-transfer = Confier
support-escalate = Escalader
support-calm = Retirer l’escalade
support-resolve = Marquer comme résolu
support-notes = Notes internes
support-notes-lead = Entre administrateurs. L’entreprise ne les voit jamais.
support-note = Votre note
support-note-keep = Ajouter la note
support-note-missing = Écrivez votre note.
support-done-answered = La réponse est envoyée.
support-done-noted = La note est ajoutée.
support-done-transferred = Le ticket est confié.
support-done-escalated = Le ticket est escaladé.
support-done-calmed = Le ticket n’est plus escaladé.
support-done-resolved = Le ticket est résolu.
support-figures = Délais de première réponse
support-figures-lead = Sur les tickets ouverts depuis { $days } jours.
support-figures-tickets = Tickets
support-figures-answered = Avec une réponse
support-figures-median = Délai médian
support-answers = Réponses types
support-answers-lead = Des textes pour ce qu’on demande souvent. Ils ne parlent de personne.
support-answers-choose = Commencer par une réponse type
support-answers-use = Insérer
support-answers-none-title = Aucune réponse type
support-answers-none = Écrivez la première : elle sera proposée sous chaque ticket.
support-answers-new = Nouvelle réponse type
support-answer-title = Nom
support-answer-body = Texte de la réponse
support-answer-title-missing = Donnez-lui un nom.
support-answer-edit = Modifier la réponse type
support-answer-delete = Supprimer
support-answer-kept = La réponse type est enregistrée.
support-answer-deleted = La réponse type est supprimée.

## L’e-mail

support-mail-subject = Une réponse à votre demande
support-mail-text = L’équipe de HuntZen Care a répondu à votre ticket. Sa réponse se lit dans votre espace.
support-mail-action = Lire la réponse
support-mail-note = Cet e-mail ne contient rien de vos échanges.
