# What everybody agrees to. A change of meaning here changes the version too (privacy::consents).

privacy-data-title = Your health data
privacy-data-stored = What is kept.
privacy-data-stored-text = Your appointments (practitioner, date, duration) and, if you use them, your messages, your journal and your practitioner’s follow-up notes.
privacy-data-seen = Who sees it.
privacy-data-seen-text = You, and the practitioner you consult. Your journal: you alone, and for a page you share, the practitioner you choose.
privacy-data-employer = What { $company } sees.
privacy-data-employer-text = Your account and, per month, a number of consultations and a total duration. Never with whom, when, or why.
privacy-data-encryption = How it is protected.
privacy-data-encryption-text = Its content is encrypted by our servers. This is not end-to-end encryption.
privacy-data-withdraw = Changing your mind.
privacy-data-withdraw-text = You can withdraw your agreement at any time by answering the invitation e-mail. We will then no longer be able to offer you consultations.
privacy-consent-health-data = I agree that HuntZen Care keeps my health data as described above.
privacy-terms-title = The terms of use
privacy-terms-service = HuntZen Care puts you in touch with independent practitioners, bound by professional secrecy.
privacy-terms-emergency = It is not an emergency service: in danger, call 15, 112 or 3114.
privacy-terms-account = Your account is personal: do not share your password, not even with your employer.
privacy-consent-terms = I agree to the terms of use.
privacy-version = Version { $version } of these texts
privacy-more = Who sees what, in detail
