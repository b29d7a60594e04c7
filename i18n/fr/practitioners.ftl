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
