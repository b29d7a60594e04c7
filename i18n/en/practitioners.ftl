# Practitioners: professions and languages.

practitioners-specialty-clinical-psychologist = Clinical psychology
practitioners-specialty-work-psychologist = Work psychology
practitioners-specialty-psychiatrist = Psychiatry
practitioners-specialty-psychotherapist = Psychotherapy
practitioners-specialty-neuropsychologist = Neuropsychology
practitioners-specialty-mental-coach = Mental coaching
practitioners-specialty-sexologist = Sexology
practitioners-specialty-psychoanalyst = Psychoanalysis

practitioners-language-fr = French
practitioners-language-en = English
practitioners-language-ar = Arabic
practitioners-language-de = German
practitioners-language-es = Spanish
practitioners-language-it = Italian
practitioners-language-nl = Dutch
practitioners-language-pl = Polish
practitioners-language-pt = Portuguese
practitioners-language-ru = Russian
practitioners-language-tr = Turkish
practitioners-language-zh = Chinese
practitioners-language-br = Breton
practitioners-language-eu = Basque
practitioners-language-vi = Vietnamese
practitioners-language-wo = Wolof
practitioners-gender-female = A woman
practitioners-gender-male = A man
