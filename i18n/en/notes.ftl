# The practitioner's clinical notes.

notes-nav = Clinical notes
notes-title = Clinical notes
notes-lead = What you write about your patients, for yourself. Nobody else can read it.
notes-secret = You alone read your notes. They are encrypted by our servers; neither the employer, nor our administration teams, nor the person concerned has access to them on the platform. They are kept for { $years } years after the last act, then destroyed.
notes-secret-short = You alone read this page. Your notes are encrypted by our servers.
notes-about = { $name } · session of { $date }
notes-pseudonym = Patient { $code }
notes-write = Write
notes-continue = Continue
notes-open = Open
notes-print = Print
notes-consultation = The consultation
notes-timeline = Timeline
notes-timeline-of = { $name }’s record
notes-nothing-yet = Nothing is written yet.
notes-unreadable = This note cannot be read
notes-unreadable-text = Its content was damaged or is no longer accessible. If it was damaged, our technical team is told, without knowing anything of what you had written. Your other notes are intact.
notes-unreadable-edit = This note cannot be read, so it cannot be changed either.

## The list

notes-empty-title = No notes yet
notes-empty-text = During a consultation or after it, add a note from its page. You will find it here.
notes-empty-action = See my past consultations
notes-waiting = Recent sessions without a note
notes-waiting-patient = Sessions without a note
notes-filter-patient = Patient
notes-filter-any-patient = All patients
notes-filter-state = State
notes-filter-any-state = Drafts and signed notes
notes-filter-drafts = Drafts
notes-filter-signed = Signed notes
notes-filter-from = From
notes-filter-until = Until
notes-found = { $count ->
    [0] No note found.
    [one] { $count } note found.
   *[other] { $count } notes found.
}
notes-all = See all notes
notes-none-title = No note matches
notes-none-text = Try other dates, or fewer filters.

## A kind of note

notes-kind-session = Session note
notes-kind-session-detail = What was said and done
notes-kind-assessment = First assessment
notes-kind-assessment-detail = Reason, history, first hypotheses
notes-kind-follow-up = Follow-up note
notes-kind-follow-up-detail = What has changed since the last time
notes-kind-prescription = Prescription
notes-kind-prescription-detail = What you prescribed, and why
notes-kind-referral = Referral
notes-kind-referral-detail = To whom, and for what reason
notes-kind-begun = Begun already: you will go on with it
notes-kind-signed = Signed already: you can add to it
notes-kind-missing = Choose a kind of note.
notes-state-draft = Draft
notes-state-signed = Signed on { $date }

## Begin

notes-add = Add a clinical note
notes-add-window = Add a clinical note (new tab)
notes-of-consultation = My notes
notes-none-yet = No note about this consultation. You alone will be able to read what you write.
notes-new-title = New clinical note
notes-new-kind = What kind of note?
notes-new-action = Write the note
notes-nothing-to-note = A note is written once the consultation has begun, or when the person did not come. This one is “{ $status }”.

## Write

notes-form-text = Your note
notes-form-hint = Saved as you write, encrypted. Nobody else reads it.
notes-form-noscript = Without JavaScript, the note is plain text: if you change a formatted text, its formatting is lost. Save before you leave the page.
notes-form-sign = Read again and sign
notes-form-close = Save and close
notes-form-too-long = This note has { $length } characters; a note takes { $most } at most. Nothing is lost: shorten it, or go on in a note of another kind.
notes-form-too-much-markup = This text has too much formatting to be saved. Nothing is lost: paste it again without its formatting.
notes-saved = Your note is saved.
notes-saved-at = Saved at { $time }
notes-saved-on = Saved on { $date }
notes-saving = Saving…
notes-not-saved = Not saved
notes-offline = Not saved: the connection is lost. Your text stays on this page, and we keep trying.
notes-session = Not saved: your session has ended. Your text stays on this page.
notes-session-action = Sign in again (new tab)
notes-other-account = Not saved: another account is signed in in this browser. Your text stays on this page.
notes-too-large = Not saved: this text is far too long. It stays on this page.
notes-draft-found = We found what you had written without saving it.
notes-draft-drop = Go back to the saved version
notes-conflict-title = This note was saved elsewhere at { $time }
notes-conflict-text = Another page, or another device, changed it while you were writing here. Nothing is lost: your version is in the editor, the other one is below. Choose which one to keep.
notes-conflict-there = The other version (revision { $revision })
notes-conflict-mine = Keep my version
notes-conflict-theirs = Take the other version
notes-conflict-again = To keep your version, save again.
notes-too-late-title = This note was signed meanwhile
notes-too-late-text = What you just wrote is not in it: a signed note no longer changes. You can add it as an addendum.
notes-too-late-action = Add it as an addendum
notes-too-late-offer = What you were writing is not in it. Keep here what adds to the note, then sign.

## Sign, add

notes-signed-already = This note is signed: it no longer changes. You can add to it.
notes-changed-at = saved on { $date }
notes-signed-kept = A signed note is not deleted.
notes-sign-title = Read again and sign
notes-sign-text = By signing, you, { $author }, lock this note: neither you nor anybody else will be able to change or delete it. What comes later is added to it, dated and signed.
notes-sign-action = Sign the note
notes-sign-back = Go on writing
notes-sign-done = The note is signed.
notes-sign-changed = The note has changed since you read it. Here it is: read it again before you sign.
notes-sign-empty = There is nothing to sign in this note yet.
notes-addendum-title = Add to the note
notes-addendum-lead = A correction, a detail, a result that came later: the addendum is dated and signed, and the note stays as it is.
notes-addendum-text = Your addendum
notes-addendum-hint = Once signed it can no longer be changed.
notes-addendum-action = Add and sign
notes-addendum-of = Addendum of { $date }
notes-addendum-done = The addendum is added and signed.
notes-addendum-empty = Write your addendum.
notes-addendum-draft = This note is not signed yet: change it directly.
notes-delete = Delete the draft
notes-delete-title = Delete this draft?
notes-delete-text = It will be gone for good. Nothing of it is kept.
notes-delete-action = Delete the draft
notes-delete-keep = Keep it
notes-deleted = The draft is deleted.

## A person's record

notes-patient-empty-title = No notes in this record
notes-patient-empty-text = What you write after your sessions will appear here, in the order of time.
notes-met = { $count ->
    [0] No completed session
    [one] { $count } session
   *[other] { $count } sessions
}
notes-met-between = from { $first } to { $last }
notes-shared = Shared with you
notes-shared-lead = Pages of their journal, for as long as this person wishes.

## Print

notes-print-back = Back to the note
notes-print-patient = Patient
notes-print-consultation = Consultation
notes-print-state = State
notes-print-signed = Signed by { $author } on { $date }
notes-print-draft = Draft, not signed
notes-print-foot = Printed from HuntZen Care on { $date }. Covered by professional secrecy.
