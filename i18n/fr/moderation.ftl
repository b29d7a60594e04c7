# Après la consultation : les avis, les signalements, et ceux qui les lisent en premier.

## La page du rendez-vous

moderation-after-title = Comment s’est passée cette consultation ?
moderation-after-lead = Votre avis aide d’autres personnes à choisir. Il paraît sans votre nom.
moderation-after-action = Donner mon avis
moderation-after-yours = Votre avis
moderation-after-pending = Merci ! Il sera relu avant d’être publié, sans votre nom.
moderation-after-published = Il est publié sur le profil du praticien, sans votre nom.
moderation-after-refused = Il n’a pas été publié : { $reason }. Ce que vous aviez écrit a été effacé.
moderation-report-question = Un problème pendant ce rendez-vous ?
moderation-report-link = Le signaler
moderation-report-open = Vous avez signalé un problème le { $date }. Nous nous en occupons :
moderation-report-closed = Le problème que vous aviez signalé le { $date } a été traité :

## Donner son avis

moderation-review-title = Votre avis
moderation-review-lead = Sur votre consultation avec { $name }.
moderation-review-rating = Votre note
moderation-review-rating-missing = Choisissez de une à cinq étoiles.
moderation-review-comment = Quelques mots
moderation-review-comment-hint = Dites ce qui vous a aidé ou manqué. N’écrivez rien qui permette de vous reconnaître.
moderation-review-secrecy = Chiffré jusqu’à sa publication. Une personne de HuntZen Care le relit sans savoir qui l’a écrit. Seuls le mois, la note et vos mots paraîtront. Votre employeur n’en sait rien.
moderation-review-action = Envoyer mon avis
moderation-review-later = Plus tard
moderation-review-done = Merci ! Votre avis sera publié, sans votre nom, dès qu’il aura été relu.
moderation-review-already = Vous avez déjà donné votre avis sur cette consultation.
moderation-review-not-yet = Vous pourrez donner votre avis une fois la consultation terminée.

## Signaler un problème

moderation-report-title = Signaler un problème
moderation-report-lead = L’équipe de HuntZen Care reçoit la nature du problème et le nom du praticien, rien d’autre. L’autre personne n’en est pas informée.
moderation-report-category = Que s’est-il passé ?
moderation-report-choose = Choisissez
moderation-report-category-missing = Choisissez ce qui s’est passé.
moderation-report-details = Ce que vous souhaitez ajouter
moderation-report-details-hint = Ce que vous écrivez ici sera lu par l’équipe, puis effacé une fois le problème traité.
moderation-report-action = Envoyer le signalement
moderation-report-done = Merci de nous l’avoir dit. Nous nous en occupons.
moderation-report-already = Vous avez déjà signalé un problème sur ce rendez-vous.
moderation-category-technical = Technique : son, image, connexion
moderation-category-punctuality = Retard ou fin avant l’heure
moderation-category-conduct = Comportement ou propos déplacés
moderation-category-safety = Quelqu’un est peut-être en danger
moderation-category-other = Autre chose
moderation-too-long = C’est trop long : { $count } caractères au plus.

## Administration

moderation-title = Modération
moderation-lead = Ce qui attend une décision : les avis avant leur publication, et les problèmes signalés.
moderation-tab-reviews = Avis
moderation-tab-reports = Signalements
moderation-no-review-title = Aucun avis à relire
moderation-no-review = Les nouveaux avis apparaîtront ici avant d’être publiés.
moderation-no-report-title = Aucun signalement
moderation-no-report = Les problèmes signalés par une personne ou par un praticien apparaîtront ici.
moderation-no-comment = Une note, sans commentaire.
moderation-no-details = Rien n’est joint à ce signalement.
moderation-unreadable = Ce texte ne peut pas être lu.
moderation-by-practitioner = Signalé par le praticien
moderation-by-employee = Signalé par une personne suivie
moderation-publish = Publier sans nom
moderation-refusal = Motif du refus
moderation-refusal-missing = Choisissez pourquoi.
moderation-refusal-insult = propos injurieux
moderation-refusal-privacy = une personne pourrait être reconnue
moderation-refusal-off-topic = sans rapport avec la consultation
moderation-refusal-advertising = publicité
moderation-refuse = Refuser
moderation-close = Marquer comme traité
moderation-done-published = L’avis est publié.
moderation-done-refused = L’avis est refusé, et ce qui avait été écrit est effacé.
moderation-done-closed = Le signalement est traité, et ce qui y était joint est effacé.
moderation-secrecy = Vous ne voyez ni qui a écrit, ni après quelle consultation : cela n’est accessible à aucun administrateur.
