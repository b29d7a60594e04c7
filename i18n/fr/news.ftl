# Les actualités de l’entreprise : écrites par les RH, lues par les salariés.

news-nav = Actualités

## Les salariés

news-title = Actualités
news-lead = Ce que votre entreprise vous raconte.
news-none-title = Rien de neuf pour l’instant
news-none = Quand votre entreprise publiera une actualité, vous la lirez ici.
news-home = Revenir à l’accueil
news-new = Nouveau
news-by = { $company }, le { $date }
news-mark = J’ai lu
news-read = Vous avez lu cette actualité.
news-secrecy = Votre employeur ne sait pas qui lit ses actualités. Il en connaît au plus un nombre arrondi, et seulement quand au moins cinq personnes l’ont lue et cinq ne l’ont pas lue.

## Les RH : la liste

news-hr-title = Actualités internes
news-hr-lead = Ce que vous racontez à vos salariés, dans leur espace.
news-hr-none-title = Votre première actualité
news-hr-none = Une nouvelle salle, un atelier, un changement d’équipe : écrivez-la, choisissez pour qui, publiez-la maintenant ou plus tard.
news-hr-none-here = Aucune actualité ici
news-hr-none-here-text = Vos autres actualités sont dans les onglets voisins.
news-write = Écrire une actualité
news-status-all = Toutes
news-status-draft = Brouillon
news-status-scheduled = Programmée
news-status-published = Publiée
news-status-archived = Archivée
news-when-changed = Modifiée le { $date }
news-when-scheduled = Paraîtra le { $date }
news-when-published = Publiée le { $date }
news-for-all = Toute l’entreprise
news-for-some = Pour : { $departments }
news-reach-short = lue par au moins { $count } personnes

## Les RH : écrire

news-form-new = Écrire une actualité
news-form-edit = Modifier l’actualité
news-form-title = Titre
news-form-title-missing = Donnez un titre.
news-form-title-long = Le titre est trop long : { $count } caractères au plus.
news-form-text = Texte
news-form-text-hint = Vos salariés le liront tel quel. N’y écrivez rien sur la santé d’une personne.
news-form-text-missing = Ce qui est programmé ou publié ne peut pas être vide.
news-form-text-long = Ce texte compte { $length } caractères ; une actualité en accueille { $most } au plus. Rien n’est perdu : raccourcissez-la.
news-form-text-markup = Ce texte a trop de mise en forme pour être enregistré. Collez-le de nouveau sans sa mise en forme.
news-form-audience = Pour qui ?
news-form-audience-missing = Choisissez pour qui.
news-form-all = Toute l’entreprise
news-form-all-detail = Chaque salarié la lira.
news-form-some = Certains services
news-form-some-detail = Eux seuls la verront.
news-form-departments = Services
news-form-departments-missing = Cochez au moins un service.
news-form-departments-unknown = L’un de ces services n’existe plus. Choisissez de nouveau.
news-form-mail = Prévenir aussi par e-mail
news-form-mail-hint = L’e-mail donne le titre et un lien, rien d’autre. Il ne part pas chez ceux qui n’en veulent pas.
news-form-keep = Enregistrer
news-form-published = Cette actualité est publiée
news-form-published-text = Vous pouvez corriger le titre et le texte. Son adresse et ses destinataires ne changent plus.
news-conflict-title = Quelqu’un a modifié cette actualité entre-temps
news-conflict-text = Ce que vous avez écrit est ci-dessous. L’enregistrer remplacera ce que l’autre a écrit.
news-conflict-there = Lire ce qui est enregistré
news-draft-kept = Votre brouillon est enregistré. Relisez-le, puis publiez-le.
news-saved = Vos changements sont enregistrés.

## Les RH : une actualité

news-edit = Modifier
news-preview = Ce que vos salariés liront
news-preview-empty = Le texte est encore vide.
news-life = Publication
news-for = Pour qui
news-told = Annonce
news-told-app = Dans l’application
news-told-mail = Dans l’application et par e-mail
news-publish = Publier maintenant
news-schedule-or = Ou plus tard, à l’heure que vous choisissez :
news-schedule-day = Jour
news-schedule-hour = Heure
news-schedule = Programmer
news-hour-none = Cette heure n’existe pas. Choisissez-en une autre.
news-hour-past = Cette heure est passée.
news-hour-far = Choisissez un jour dans l’année qui vient.
news-withdraw = Revenir au brouillon
news-archive = Archiver
news-archive-hint = Une actualité archivée n’est plus visible des salariés. Vous pourrez la publier de nouveau.
news-restore = Publier de nouveau
news-delete = Supprimer
news-delete-title = Supprimer cette actualité ?
news-delete-text = « { $title } » et son image seront supprimées. C’est définitif.
news-delete-confirm = Supprimer définitivement
news-step-refused = Cette actualité a changé d’état entre-temps. Regardez où elle en est.
news-step-empty = Écrivez un texte avant de publier.
news-done-published = C’est publié. Les salariés concernés sont prévenus.
news-done-scheduled = C’est programmé. L’actualité paraîtra à l’heure dite.
news-done-withdrawn = L’actualité est de nouveau un brouillon.
news-done-archived = L’actualité est archivée : les salariés ne la voient plus.
news-done-restored = L’actualité est de nouveau visible.
news-done-deleted = L’actualité est supprimée.

news-reach = Lectures
news-reach-later = Le premier décompte se fait la nuit, au moins douze heures après la publication.
news-reach-shown = Au moins { $count } personnes sur { $audience }
news-reach-hidden = Pas de nombre pour l’instant : trop peu de personnes l’ont lue, ou trop peu ne l’ont pas lue.
news-reach-why = Compté une fois par nuit et arrondi à la cinquaine inférieure, à partir de cinq lectures. Personne ne peut savoir qui a lu.

news-picture = Image
news-picture-file = Votre image
news-picture-hint = JPEG, PNG ou WebP, 5 Mo au plus. Le lieu et la date de prise de vue sont retirés.
news-picture-alt = Ce que montre l’image
news-picture-alt-hint = Lu à voix haute à qui ne la voit pas. Laissez vide si elle ne fait que décorer.
news-picture-alt-long = La description est trop longue : { $count } caractères au plus.
news-picture-add = Ajouter l’image
news-picture-replace = Remplacer l’image
news-picture-remove = Retirer l’image
news-picture-missing = Choisissez une image.
news-picture-large = Cette image dépasse 5 Mo.
news-picture-unreadable = Ce fichier n’est pas une image JPEG, PNG ou WebP que nous pouvons lire.
news-picture-kept = L’image est enregistrée.
news-picture-removed = L’image est retirée.

## L’e-mail

news-mail-text = { $company } vient de publier une actualité. Elle se lit dans votre espace.
news-mail-action = Lire l’actualité
news-mail-note = Vous choisissez dans vos préférences si ces e-mails vous parviennent.
