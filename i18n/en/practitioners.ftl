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
practitioners-gender-other = Another answer

## The practitioner's profile

practitioners-profile-title = My profile
practitioners-profile-lead = What people read before they choose you.
practitioners-profile-lead-hidden = What people will read before they choose you, once your profile has been verified.
practitioners-profile-words = Introduction
practitioners-profile-bio = Who are you?
practitioners-profile-bio-hint = How you work, what to expect of a first session. An empty line parts paragraphs.
practitioners-profile-bio-long = That is too long: { $count } characters at most.
practitioners-profile-languages = Languages of consultation
practitioners-profile-languages-error = Choose at least one language.
practitioners-profile-experience = Years of experience
practitioners-profile-experience-error = Enter a number between 0 and 70.
practitioners-profile-gender = You are
practitioners-profile-gender-hint = Some people would rather talk to a woman or to a man. Nothing obliges you to say.
practitioners-profile-gender-none = I would rather not say
practitioners-profile-gender-error = Choose from the list.
practitioners-profile-video = Presentation video
practitioners-profile-video-hint = The address of a video online. It opens elsewhere, never in this page.
practitioners-profile-video-error = Enter a complete address that begins with https://
practitioners-profile-saved = Your profile is up to date.
practitioners-portrait-title = Portrait
practitioners-portrait-alt = Portrait of { $name }
practitioners-portrait-file = Choose a picture
practitioners-portrait-hint = PNG, JPEG or WebP, 5 MB at most. We crop it to a square and remove everything else it says: place, date, device.
practitioners-portrait-action = Use this portrait
practitioners-portrait-remove = Remove my portrait
practitioners-portrait-missing = Choose a picture.
practitioners-portrait-too-large = This picture is too heavy: 5 MB at most.
practitioners-portrait-unreadable = This file is not a PNG, JPEG or WebP picture that we can read.
practitioners-portrait-saved = Your portrait is in place.
practitioners-portrait-removed = Your portrait is removed. Your initials stand for it.
