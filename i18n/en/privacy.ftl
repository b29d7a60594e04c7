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
privacy-data-withdraw-text = You can withdraw your agreement at any time in “My data”. Your appointments ahead are then cancelled, and nothing new is recorded.
privacy-data-withdraw-text-2026-11 = You can withdraw your agreement at any time by answering the invitation e-mail. We will then no longer be able to offer you consultations.
privacy-consent-health-data = I agree that HuntZen Care keeps my health data as described above.
privacy-terms-title = The terms of use
privacy-terms-service = HuntZen Care puts you in touch with independent practitioners, bound by professional secrecy.
privacy-terms-emergency = It is not an emergency service: in danger, call 15, 112 or 3114.
privacy-terms-account = Your account is personal: do not share your password, not even with your employer.
privacy-consent-terms = I agree to the terms of use.
privacy-version = Version { $version } of these texts
privacy-more = Who sees what, in detail

# "My data": what the employer sees, and what it cannot see.
privacy-page-title = My data
privacy-page-lead = What your employer sees of you, and what stays closed to them.
privacy-seen-title = What { $company } sees of you
privacy-seen-lead = Read just now from the database with the exact rights of HR: no more and no less than their pages.
privacy-seen-all = That is all. HR has no other page about you.
privacy-months = What HR sees, month by month
privacy-secret-title = What { $company } cannot see
privacy-secret-proof = Checked just now: the database refuses these to HR, whatever they ask for.
privacy-secret-broken = The check failed. An alert is in the system’s log.
privacy-secret-sealed = Closed
privacy-secret-open = To be checked
privacy-secret-appointments = Your appointments
privacy-secret-appointments-text = With whom, on which day, at what time, where, and what you said about it.
privacy-secret-messages = Your messages
privacy-secret-messages-text = What you write to a practitioner, and the files you send.
privacy-secret-journal = Your journal
privacy-secret-journal-text = Your pages, moods and tags, and what you share with a practitioner.
privacy-secret-waiting = The times you ask for
privacy-secret-waiting-text = The practitioners and specialities you are waiting for.
privacy-secret-opinions = Your reviews and reports
privacy-secret-opinions-text = What you think of a consultation, and the problems you report.
privacy-secret-notices = Your notifications
privacy-secret-notices-text = What you are reminded of, your personal address and your calendar.
privacy-secret-days = The days
privacy-secret-days-text = HR sees a total by month, never the days it is made of.
privacy-secret-consents = What you agreed to
privacy-secret-consents-text = What you accepted, and when.
privacy-secret-keys = The keys
privacy-secret-keys-text = What decrypts your messages is out of their reach as well.
privacy-given-title = What you have agreed to
privacy-given-none = No agreement on record.
privacy-given-on = On { $date }
privacy-account-lead = What your employer sees of you, what they cannot see, and what you have agreed to.
privacy-account-action = See my data

# "Who looked at my data": a sentence per person, per day and per kind of page.
privacy-access-title = Who looked at my data
privacy-access-lead = Whenever another account reads or changes something about you, it is recorded here, by the very operation that reads it. Only you can see this list.
privacy-access-none-title = Nobody, so far
privacy-access-none = As soon as another account looks at your data or changes it, you will see it here.
privacy-access-practitioner = practitioner
privacy-access-hr = human resources
privacy-access-admin = HuntZen Care administration
privacy-access-service = HuntZen Care, automatically
privacy-access-at = { $time }
privacy-access-between = { $first } – { $last }, { $times } times
privacy-access-something = looked at your data
privacy-access-employee-list = looked at the list of employees
privacy-access-employee-account = looked at your employee record
privacy-access-employee-usage = looked at the company’s usage page, where your name appears
privacy-access-employee-usage-file = exported the company’s usage figures, where your name appears
privacy-access-employee-import = compared a file of employees with your record
privacy-access-account-created = created your account and sent you an invitation
privacy-access-account-corrected = changed your employee record
privacy-access-account-imported = changed your employee record from a file
privacy-access-invitation-sent = sent you an invitation again
privacy-access-account-suspended = suspended your account
privacy-access-account-reactivated = reactivated your account
privacy-access-consultation-list = looked at a list with your appointment in it
privacy-access-consultation = opened the page of an appointment with you
privacy-access-consultation-changed = changed an appointment with you
privacy-access-conversations = looked at their list of conversations, yours among them
privacy-access-messages = read your messages
privacy-access-attachment = opened a file of your conversation
privacy-access-shared-journal = read what you share of your journal
privacy-access-clinical-notes = opened the clinical notes about you
privacy-access-notices = looked at their notifications, where your name appears
privacy-access-admin-page = looked at an administration page where your name appears
privacy-access-admin-file = exported an activity statement where your name appears
privacy-access-review-published = published a review about you
privacy-access-not-title = What is not recorded here
privacy-access-not-self = What you look at yourself.
privacy-access-not-sums = Totals in which nobody is named, such as the number of consultations of the whole company.
privacy-access-not-directory = What you publish in the directory, and your appointments as the people who consult you see them.
privacy-access-not-machine = What the service does by itself to run: reminders, counters, renewed keys. Nobody looks at your data there.
privacy-access-kept = Each line is kept for { $years } years, then deleted. Repeated views of the same page are grouped by day.
privacy-access-action = See who looked at my data
privacy-access-card = Every time another account read or changed your data, with the time.

# What is kept: a line per rule of privacy::retention.
privacy-keep-title = How long we keep what
privacy-keep-lead = These times are applied every night by the program itself: this table is drawn from its rules.
privacy-keep-column-what = What
privacy-keep-column-long = How long
privacy-keep-column-why = Why
privacy-keep-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
privacy-keep-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
privacy-keep-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
privacy-keep-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
privacy-keep-account-long = As long as the account exists
privacy-keep-journal-long = Until you delete it, or your account
privacy-keep-practice-long = As long as the practitioner works here
privacy-keep-counters-long = Without limit, as without identity once the account is deleted
privacy-keep-contracts-long = As long as the contract lasts
privacy-keep-keys-long = As long as what they open
privacy-keep-account = Your account: name, address, department, settings
privacy-keep-account-why = To provide the service; deleted or made anonymous when the account is deleted.
privacy-keep-consents = What you agreed to, with version and date
privacy-keep-consents-why = Proof of consent (GDPR, article 7); deleted with the account.
privacy-keep-appointments = Your appointments and their history
privacy-keep-appointments-why = Follow-up of care, with your consent (GDPR, article 9); without identity once the account is deleted.
privacy-keep-presence = Who was in the video room, and when
privacy-keep-presence-why = To settle a contested duration or absence.
privacy-keep-signals = What connects two browsers for a call
privacy-keep-signals-why = Needed for the call, and for nothing else.
privacy-keep-chat = Messages and their files, after the end of the appointment
privacy-keep-chat-why = Follow-up between two appointments, with your consent; deleted for both at once.
privacy-keep-notes = A practitioner’s clinical notes, after the last one
privacy-keep-notes-why = The patient’s record, which the practitioner has to keep; without identity once the account is deleted.
privacy-keep-journal = Your journal
privacy-keep-journal-why = For you alone, with your consent.
privacy-keep-shares = The trace of a journal sharing that has ended
privacy-keep-shares-why = So that you find again what you had shared; the text itself is destroyed as soon as the sharing ends.
privacy-keep-waiting = Requests of the waiting list that are closed
privacy-keep-waiting-why = To explain an offer you received; a request that lasts is kept until it ends.
privacy-keep-freed = Freed time slots
privacy-keep-freed-why = To offer them to those who wait.
privacy-keep-reviews = Refused reviews
privacy-keep-reviews-why = To deal with an objection; a published review stays as long as the practitioner is in the directory.
privacy-keep-reports = Reports that were dealt with
privacy-keep-reports-why = Safety of people; what was written in them is destroyed as soon as they are dealt with.
privacy-keep-notices = Notifications
privacy-keep-notices-why = To find them again.
privacy-keep-staged = The content of files of employees
privacy-keep-staged-why = As long as it takes to check and confirm it.
privacy-keep-imports = The list of imports: date, file name, number of rows
privacy-keep-imports-why = Follow-up of account management by the company.
privacy-keep-sessions = Open sign-ins
privacy-keep-sessions-why = Security of the account.
privacy-keep-attempts = Attempts to sign in, as fingerprints
privacy-keep-attempts-why = To stop those who try passwords.
privacy-keep-resets = Requests for a new password
privacy-keep-resets-why = Security of the account.
privacy-keep-accesses = Who looked at your data
privacy-keep-accesses-why = Your right to know, and finding misuse from inside: three years at most, as the CNIL recommends for sensitive data.
privacy-keep-security = Security events
privacy-keep-security-why = Legitimate interest: noticing and understanding an attack (the CNIL recommends six months to a year).
privacy-keep-audit = Acts of administration, without content
privacy-keep-audit-why = To be able to account for who did what: three years at most, as the CNIL recommends for sensitive data.
privacy-keep-jobs = Finished tasks, such as an e-mail that was sent
privacy-keep-jobs-why = To send nothing twice, and to understand a failure.
privacy-keep-practice = A practitioner’s profile, places and hours
privacy-keep-practice-why = Performance of the contract with the practitioner.
privacy-keep-counters = Counters of consultations and durations
privacy-keep-counters-why = Basis of invoicing between companies and practitioners; without identity once the account is deleted.
privacy-keep-contracts = Client companies and their settings
privacy-keep-contracts-why = Performance of the contract with the company.
privacy-keep-keys = Encryption keys, and the list of those destroyed
privacy-keep-keys-why = A key is destroyed with what it opens; the list keeps a backup from bringing it back.

# "What I agreed to": the texts, what was given and withdrawn, and what a withdrawal stops.
privacy-consents-title = What I agreed to
privacy-consents-lead = What you agreed to, in the version that you read. You can change your mind at any time.
privacy-consents-renewed-title = Our texts have changed
privacy-consents-renewed = Please read the new version and say whether you agree. Until then, your earlier agreement stands.
privacy-consents-later = Go on without answering
privacy-consents-given = Agreed
privacy-consents-older = A new version waits for your answer
privacy-consents-withdrawn = Withdrawn
privacy-consents-open = Waiting for your answer
privacy-consents-answer = Read and answer
privacy-consents-read = Read the text
privacy-consents-history = History
privacy-consents-history-lead = Every agreement, with the text as you read it.
privacy-consents-given-at = Given on { $when }
privacy-consents-withdrawn-at = Withdrawn on { $when }
privacy-consents-in-french = read in French
privacy-consents-in-english = read in English
privacy-consents-past-title = An earlier version of this text
privacy-consents-past = Read the current version
privacy-consents-give = Give my agreement
privacy-consents-change = Change my mind
privacy-consents-change-lead = Before you withdraw your agreement, you will see exactly what stops.
privacy-consents-withdraw = Withdraw my agreement…
privacy-consents-terms-change = No longer use the service
privacy-consents-terms-change-lead = These terms are the contract of use. To end it is to delete your account.
privacy-consents-done-given = Your agreement is recorded.
privacy-consents-done-withdrawn = Your agreement is withdrawn. You can give it again whenever you like.
privacy-consent-needed = You have withdrawn your agreement for your health data: nothing new is recorded. You can give it again in “My account”, “What I agreed to”.
privacy-withdrawal-title = Withdraw my agreement for my health data
privacy-withdrawal-lead = This is what it changes. Nothing happens until you confirm.
privacy-withdrawal-now = At once
privacy-withdrawal-appointments = { $count ->
    [0] No appointment ahead is concerned.
    [one] Your appointment ahead is cancelled, and the practitioner told.
   *[other] Your { $count } appointments ahead are cancelled, and the practitioners told.
}
privacy-withdrawal-requests = { $count ->
    [0] No request waits in the waiting list.
    [one] Your request in the waiting list is withdrawn.
   *[other] Your { $count } requests in the waiting list are withdrawn.
}
privacy-withdrawal-shares = { $count ->
    [0] Nothing of your journal is shared at the moment.
    [one] The sharing of your journal ends: the practitioner can no longer read it.
   *[other] The { $count } sharings of your journal end: the practitioners can no longer read them.
}
privacy-withdrawal-then = From then on
privacy-withdrawal-booking = You will no longer be able to book an appointment, move one, or join a waiting list.
privacy-withdrawal-chat = You will no longer be able to write to a practitioner. Messages that exist stay readable, for the time foreseen.
privacy-withdrawal-journal = Your journal stays yours to read, export and delete, but you will no longer be able to write in it or share it.
privacy-withdrawal-stays = What does not change
privacy-withdrawal-past = What took place stays on record: a withdrawal is for the future only. To erase everything is to delete your account.
privacy-withdrawal-again = You can give your agreement again whenever you like, and everything becomes possible again.
privacy-withdrawal-employer = Your employer is not told.
privacy-withdrawal-action = Withdraw my agreement
privacy-withdrawal-keep = Keep my agreement
