# Les praticiens : professions et langues.

practitioners-specialty-clinical-psychologist = Psychologie clinique
practitioners-specialty-work-psychologist = Psychologie du travail
practitioners-specialty-psychiatrist = Psychiatrie
practitioners-specialty-psychotherapist = Psychothérapie
practitioners-specialty-neuropsychologist = Neuropsychologie
practitioners-specialty-mental-coach = Accompagnement mental
practitioners-specialty-sexologist = Sexologie
practitioners-specialty-psychoanalyst = Psychanalyse

practitioners-language-fr = Français
practitioners-language-en = Anglais
practitioners-language-ar = Arabe
practitioners-language-de = Allemand
practitioners-language-es = Espagnol
practitioners-language-it = Italien
practitioners-language-nl = Néerlandais
practitioners-language-pl = Polonais
practitioners-language-pt = Portugais
practitioners-language-ru = Russe
practitioners-language-tr = Turc
practitioners-language-zh = Chinois
practitioners-language-br = Breton
practitioners-language-eu = Basque
practitioners-language-vi = Vietnamien
practitioners-language-wo = Wolof
practitioners-gender-female = Une femme
practitioners-gender-male = Un homme
practitioners-gender-other = Une autre réponse

## Le profil du praticien

practitioners-profile-title = Mon profil
practitioners-profile-lead = Ce que les personnes lisent avant de vous choisir.
practitioners-profile-lead-hidden = Ce que les personnes liront avant de vous choisir, dès que votre profil aura été vérifié.
practitioners-profile-words = Présentation
practitioners-profile-bio = Qui êtes-vous ?
practitioners-profile-bio-hint = Votre manière de travailler, ce qu’on peut attendre d’une première séance. Une ligne vide sépare les paragraphes.
practitioners-profile-bio-long = C’est trop long : { $count } caractères au plus.
practitioners-profile-languages = Langues de consultation
practitioners-profile-languages-error = Choisissez au moins une langue.
practitioners-profile-experience = Années d’expérience
practitioners-profile-experience-error = Indiquez un nombre entre 0 et 70.
practitioners-profile-gender = Vous êtes
practitioners-profile-gender-hint = Certaines personnes préfèrent parler à une femme ou à un homme. Rien ne vous oblige à le dire.
practitioners-profile-gender-none = Je préfère ne pas le dire
practitioners-profile-gender-error = Choisissez dans la liste.
practitioners-profile-video = Vidéo de présentation
practitioners-profile-video-hint = L’adresse d’une vidéo en ligne. Elle s’ouvre ailleurs, jamais dans cette page.
practitioners-profile-video-error = Indiquez une adresse complète qui commence par https://
practitioners-profile-saved = Votre profil est à jour.
practitioners-portrait-title = Portrait
practitioners-portrait-alt = Portrait de { $name }
practitioners-portrait-file = Choisir une image
practitioners-portrait-hint = PNG, JPEG ou WebP, 5 Mo au plus. Nous la recadrons en carré et retirons tout ce qu’elle dit d’autre : lieu, date, appareil.
practitioners-portrait-action = Mettre ce portrait
practitioners-portrait-remove = Retirer mon portrait
practitioners-portrait-missing = Choisissez une image.
practitioners-portrait-too-large = Cette image est trop lourde : 5 Mo au plus.
practitioners-portrait-unreadable = Ce fichier n’est pas une image PNG, JPEG ou WebP que nous pouvons lire.
practitioners-portrait-saved = Votre portrait est en place.
practitioners-portrait-removed = Votre portrait est retiré. Vos initiales le remplacent.
