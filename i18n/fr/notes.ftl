# Les notes cliniques du praticien.

notes-nav = Notes cliniques
notes-title = Notes cliniques
notes-lead = Ce que vous écrivez sur vos patients, pour vous. Personne d’autre ne peut le lire.
notes-secret = Personne d’autre que vous ne lit vos notes. Elles sont chiffrées par nos serveurs ; ni l’employeur, ni nos équipes d’administration, ni la personne concernée n’y ont accès sur la plateforme. Elles sont conservées { $years } ans après le dernier acte, puis détruites.
notes-secret-short = Personne d’autre que vous ne lit cette page. Vos notes sont chiffrées par nos serveurs.
notes-about = { $name } · séance du { $date }
notes-pseudonym = Dossier { $code }
notes-write = Écrire
notes-continue = Continuer
notes-open = Ouvrir
notes-print = Imprimer
notes-consultation = La consultation
notes-timeline = Chronologie
notes-timeline-of = Dossier de { $name }
notes-nothing-yet = Rien n’est encore écrit.
notes-unreadable = Cette note ne peut pas être lue
notes-unreadable-text = Son contenu a été abîmé ou n’est plus accessible. S’il a été abîmé, notre équipe technique en est avertie, sans rien savoir de ce que vous aviez écrit. Vos autres notes sont intactes.
notes-unreadable-edit = Cette note ne peut pas être lue : elle ne peut donc pas être modifiée.

## La liste

notes-empty-title = Aucune note pour l’instant
notes-empty-text = Pendant une consultation ou après, ajoutez une note depuis sa page. Vous la retrouverez ici.
notes-empty-action = Voir mes consultations passées
notes-waiting = Séances récentes sans note
notes-waiting-patient = Séances sans note
notes-filter-patient = Patient
notes-filter-any-patient = Tous les patients
notes-filter-state = État
notes-filter-any-state = Brouillons et notes signées
notes-filter-drafts = Brouillons
notes-filter-signed = Notes signées
notes-filter-from = Du
notes-filter-until = Au
notes-found = { $count ->
    [0] Aucune note trouvée.
    [one] { $count } note trouvée.
   *[other] { $count } notes trouvées.
}
notes-all = Voir toutes les notes
notes-none-title = Aucune note ne correspond
notes-none-text = Essayez d’autres dates, ou moins de filtres.

## Une sorte de note

notes-kind-session = Note de séance
notes-kind-session-detail = Ce qui s’est dit et fait
notes-kind-assessment = Bilan initial
notes-kind-assessment-detail = Motif, antécédents, premières hypothèses
notes-kind-follow-up = Note de suivi
notes-kind-follow-up-detail = L’évolution depuis la dernière fois
notes-kind-prescription = Prescription
notes-kind-prescription-detail = Ce que vous avez prescrit, et pourquoi
notes-kind-referral = Orientation
notes-kind-referral-detail = Vers qui, et pour quelle raison
notes-kind-begun = Déjà commencée : vous la reprendrez
notes-kind-signed = Déjà signée : vous pourrez la compléter
notes-kind-missing = Choisissez une sorte de note.
notes-state-draft = Brouillon
notes-state-signed = Signée le { $date }

## Commencer

notes-add = Ajouter une note clinique
notes-add-window = Ajouter une note clinique (nouvel onglet)
notes-of-consultation = Mes notes
notes-none-yet = Aucune note sur cette consultation. Personne d’autre que vous ne pourra lire ce que vous écrivez.
notes-new-title = Nouvelle note clinique
notes-new-kind = Quelle sorte de note ?
notes-new-action = Écrire la note
notes-nothing-to-note = Une note s’écrit une fois la consultation commencée, ou quand la personne n’est pas venue. Celle-ci est au statut « { $status } ».

## Écrire

notes-form-text = Votre note
notes-form-hint = Enregistrée au fil de l’écriture, chiffrée. Personne d’autre ne la lit.
notes-form-noscript = Sans JavaScript, la note est un texte simple : si vous modifiez un texte mis en forme, sa mise en forme disparaît. Enregistrez avant de quitter la page.
notes-form-sign = Relire et signer
notes-form-close = Enregistrer et fermer
notes-form-too-long = Cette note compte { $length } caractères ; une note en accueille { $most } au plus. Rien n’est perdu : raccourcissez-la, ou poursuivez dans une note d’une autre sorte.
notes-form-too-much-markup = Ce texte a trop de mise en forme pour être enregistré. Rien n’est perdu : collez-le de nouveau sans sa mise en forme.
notes-saved = Votre note est enregistrée.
notes-saved-at = Enregistré à { $time }
notes-saved-on = Enregistré le { $date }
notes-saving = Enregistrement…
notes-not-saved = Non enregistré
notes-offline = Non enregistré : la connexion est perdue. Votre texte reste sur cette page, nous réessayons.
notes-session = Non enregistré : votre session est terminée. Votre texte reste sur cette page.
notes-session-action = Se reconnecter (nouvel onglet)
notes-other-account = Non enregistré : un autre compte est connecté dans ce navigateur. Votre texte reste sur cette page.
notes-too-large = Non enregistré : ce texte est beaucoup trop long. Il reste sur cette page.
notes-draft-found = Nous avons retrouvé ce que vous aviez écrit sans l’enregistrer.
notes-draft-drop = Revenir à la version enregistrée
notes-conflict-title = Cette note a été enregistrée ailleurs à { $time }
notes-conflict-text = Une autre page, ou un autre appareil, l’a modifiée pendant que vous écriviez ici. Rien n’est perdu : votre version est dans l’éditeur, l’autre est ci-dessous. Choisissez celle que vous gardez.
notes-conflict-there = L’autre version (révision { $revision })
notes-conflict-mine = Garder ma version
notes-conflict-theirs = Prendre l’autre version
notes-conflict-again = Pour garder votre version, enregistrez de nouveau.
notes-too-late-title = Cette note a été signée entre-temps
notes-too-late-text = Ce que vous venez d’écrire n’y est pas : une note signée ne change plus. Vous pouvez l’ajouter comme complément.
notes-too-late-action = L’ajouter comme complément
notes-too-late-offer = Ce que vous veniez d’écrire n’y est pas. Gardez-en ici ce qui complète la note, puis signez.

## Signer, compléter

notes-signed-already = Cette note est signée : elle ne change plus. Vous pouvez la compléter.
notes-changed-at = enregistrée le { $date }
notes-signed-kept = Une note signée ne s’efface pas.
notes-sign-title = Relire et signer
notes-sign-text = En signant, vous, { $author }, figez cette note : ni vous ni personne ne pourra la modifier ni l’effacer. Ce qui viendra ensuite s’y ajoutera, daté et signé.
notes-sign-action = Signer la note
notes-sign-back = Reprendre l’écriture
notes-sign-done = La note est signée.
notes-sign-changed = La note a changé depuis que vous l’avez relue. La voici : relisez-la avant de signer.
notes-sign-empty = Il n’y a encore rien à signer dans cette note.
notes-addendum-title = Compléter la note
notes-addendum-lead = Une correction, une précision, un résultat reçu ensuite : le complément est daté et signé, et la note reste comme elle est.
notes-addendum-text = Votre complément
notes-addendum-hint = Il ne pourra plus être modifié une fois signé.
notes-addendum-action = Ajouter et signer
notes-addendum-of = Complément du { $date }
notes-addendum-done = Le complément est ajouté et signé.
notes-addendum-empty = Écrivez votre complément.
notes-addendum-draft = Cette note n’est pas encore signée : modifiez-la directement.
notes-delete = Effacer le brouillon
notes-delete-title = Effacer ce brouillon ?
notes-delete-text = Il disparaîtra pour toujours. Rien n’en sera gardé.
notes-delete-action = Effacer le brouillon
notes-delete-keep = Le garder
notes-deleted = Le brouillon est effacé.

## Le dossier d’une personne

notes-patient-empty-title = Aucune note dans ce dossier
notes-patient-empty-text = Ce que vous écrirez après vos séances apparaîtra ici, dans l’ordre du temps.
notes-met = { $count ->
    [0] Aucune séance terminée
    [one] { $count } séance
   *[other] { $count } séances
}
notes-met-between = du { $first } au { $last }
notes-shared = Partagé avec vous
notes-shared-lead = Des pages de son journal, tant que cette personne le souhaite.

## Imprimer

notes-print-back = Retour à la note
notes-print-patient = Personne suivie
notes-print-consultation = Consultation
notes-print-state = État
notes-print-signed = Signée par { $author } le { $date }
notes-print-draft = Brouillon, non signé
notes-print-foot = Imprimé depuis HuntZen Care le { $date }. Document couvert par le secret professionnel.
