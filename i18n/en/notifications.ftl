# What people learn of their appointments: in the application, by e-mail, in their calendar.

## Titles, for the person

notifications-booked = Your appointment is booked
notifications-confirmed = Your appointment is confirmed
notifications-rescheduled = Your appointment has moved
notifications-cancelled = Your appointment is cancelled
notifications-released = Your appointment was not confirmed
notifications-no-show = An absence was recorded
notifications-no-show-contested = You contested an absence
notifications-practitioner-absent = You reported an absence
notifications-absence-contested = An absence is contested
notifications-absence-withdrawn = An absence has been withdrawn
notifications-times-declared = The times of an appointment were entered
notifications-offered = A time has become free
notifications-company-suspended = An appointment to keep or to cancel
notifications-closed = Your appointment was closed automatically
notifications-duration-corrected = The duration of your appointment is corrected
notifications-duration-contested = You contested a duration
notifications-reminder = Your appointment is coming up

## Titles, for the practitioner

notifications-practice-booked = New appointment to confirm
notifications-practice-booked-confirmed = New appointment
notifications-practice-confirmed = Appointment confirmed
notifications-practice-rescheduled = Appointment moved
notifications-practice-cancelled = Appointment cancelled
notifications-practice-released = Request expired
notifications-practice-no-show = You recorded an absence
notifications-practice-no-show-contested = An absence is contested
notifications-practice-absent = An absence of yours was reported
notifications-practice-end-reminder = Is a consultation over?
notifications-practice-company-suspended = A company is suspended: appointment to keep or to cancel
notifications-practice-closed = A consultation was closed automatically
notifications-practice-duration-corrected = You corrected a duration
notifications-practice-duration-contested = A duration is contested
notifications-practice-absence-contested = You contested an absence
notifications-practice-reminder = Appointment coming up

## E-mails: discreet, without profession or reason

notifications-mail-sender = Appointments
notifications-mail-subject = Your appointment
notifications-mail-subject-dated = { $heading }: { $when }
notifications-mail-hello = Hello { $name },
notifications-mail-when = Date
notifications-mail-when-nth = Date { $number }
notifications-mail-booked-series = Your { $count } appointments are kept for you. Each still has to be confirmed on the other side, unless it is already: you will be told.
notifications-mail-practice-booked-series = Somebody has just booked { $count } sessions. Confirm those that still wait for it.
notifications-mail-confirmed-series = It is confirmed: your { $count } appointments take place on the dates below.
notifications-mail-practice-confirmed-series = You have confirmed { $count } sessions. The person is told.
notifications-mail-before = Previously
notifications-mail-with = With
notifications-mail-format = Format
notifications-mail-where = Address
notifications-mail-line = { $term }: { $value }
notifications-mail-booked = The time is kept for you. It still has to be confirmed on the other side: you will then receive an e-mail.
notifications-mail-confirmed = It is confirmed: see you at the date below.
notifications-mail-rescheduled = Your appointment had to be moved. Here is the new date; if it does not suit you, you can cancel from your space.
notifications-mail-rescheduled-own = As you asked, your appointment has been moved. Here is the new date.
notifications-mail-cancelled = We are sorry: this appointment cannot take place. You can choose another one right away.
notifications-mail-cancelled-own = As you asked, this appointment is cancelled. You can book another whenever you like.
notifications-mail-released = We are sorry: this appointment was not confirmed in time, and the slot has been released. You can choose another one right away.
notifications-mail-no-show = It was recorded that this appointment could not take place because you were absent. If that is a mistake, you can say so from your space.
notifications-mail-absence-contested = The absence that you had recorded for this appointment is contested. You can read the answer in your space, and withdraw the absence if it was a mistake.
notifications-mail-absence-withdrawn = The absence recorded for this appointment has been withdrawn: it counts for nobody.
notifications-mail-times-declared = The times of this appointment were entered afterwards. You can read them in your space.
notifications-mail-offered = A time that matches your request has just become free. It is kept for you for a few minutes: answer as soon as you can.
notifications-mail-company-suspended = The company’s access is suspended, but this appointment still stands. Keep it or cancel it from your space.
notifications-mail-closed = This appointment had not been closed, so it was closed automatically. Its duration is in your space, where you can say if it is not right.
notifications-mail-duration-corrected = The duration recorded for this appointment has just been corrected. It is in your space, where you can say if it is not right.
notifications-mail-reminder = Just a reminder of your appointment, so that you can plan for it.
notifications-mail-action-see = See my appointment
notifications-mail-action-rebook = Choose another time
notifications-mail-action-answer = See this time
notifications-mail-note = If you cannot come, please cancel as soon as possible from your space: somebody else will be glad of the time.
notifications-mail-practice-booked = Somebody has just booked this time. Confirm it so that they are told.
notifications-mail-practice-booked-confirmed = Somebody has just booked this time. It is confirmed: there is nothing to do.
notifications-mail-practice-confirmed = You confirmed this appointment. The person has been told.
notifications-mail-practice-rescheduled = The person moved this appointment. Here is the new date.
notifications-mail-practice-rescheduled-own = You moved this appointment. The person has been told.
notifications-mail-practice-cancelled = The person cancelled this appointment. The time is free again.
notifications-mail-practice-cancelled-own = You cancelled this appointment. The person has been told and the time is free again.
notifications-mail-practice-released = This appointment was not confirmed in time. The person has been told and the time is free again.
notifications-mail-practice-contested = The person says that they were present at this appointment. You can read it in your space.
notifications-mail-practice-absent = The person says that you were not present at this appointment. You can answer in your space.
notifications-mail-practice-end-reminder = The planned time is over and this consultation is still going on. If it has ended, end it in your space: otherwise it will be closed automatically.
notifications-mail-practice-closed = This consultation had not been ended, so it was closed automatically, at the last known presence. You can correct its duration for seven days.
notifications-mail-practice-duration-contested = The person says that this consultation lasted otherwise. You can read and correct it in your space.
notifications-mail-practice-absence-withdrawn = The absence that the person had recorded for this appointment has been withdrawn. If you met, you can enter the times in your space.
notifications-mail-practice-reminder = This appointment is coming up.
notifications-mail-practice-action = Open the consultation
notifications-mail-practice-note = For confidentiality, the person’s name is read in your space and never in an e-mail.

## Calendars

notifications-ics-title = Appointment
notifications-ics-with = Appointment with { $name }
notifications-ics-practice-title = Consultation
notifications-ics-details = The details are in your space:
notifications-ics-name = Appointments
notifications-ics-file = appointment.ics

## The list

notifications-title = Notifications
notifications-tab-all = All
notifications-tab-unread = Unread
notifications-unread = Unread
notifications-told = Received { $date } at { $time }
notifications-read = Mark as read
notifications-read-all = Mark all as read
notifications-see-all = See all notifications
notifications-none-title = Nothing new
notifications-none = Appointments booked, confirmed, moved or cancelled will show here, with their reminders.
notifications-none-unread-title = All read
notifications-none-unread = You are up to date.

## The preferences

notifications-preferences = Preferences
notifications-preferences-title = Notification preferences
notifications-preferences-lead = Choose what we tell you, where and when. Your employer sees nothing of these settings.
notifications-preferences-practice-lead = Choose what we tell you, where and when.
notifications-preferences-kept = Your preferences are saved.
notifications-topics = What we tell you
notifications-topics-lead = Untick what you do not want to receive.
notifications-topic = Topic
notifications-in-app = Application
notifications-by-mail = E-mail
notifications-in-app-for = { $topic }: in the application
notifications-by-mail-for = { $topic }: by e-mail
notifications-always = Always
notifications-topic-booked = New appointments
notifications-topic-booked-hint = When your appointment is booked
notifications-topic-practice-booked-hint = When somebody books a time
notifications-topic-confirmed = Confirmations
notifications-topic-confirmed-hint = When your appointment is confirmed
notifications-topic-practice-confirmed-hint = When you confirm an appointment
notifications-topic-changed = Changes and cancellations
notifications-topic-changed-hint = New date, cancellation, absence
notifications-topic-reminder-48h = Reminder 48 hours before
notifications-topic-reminder-24h = Reminder 24 hours before
notifications-topic-reminder-1h = Reminder 1 hour before
notifications-topic-reminder-hint = For a confirmed appointment
notifications-quiet = Quiet hours
notifications-quiet-lead = During these hours no e-mail leaves: it waits for their end. Only what concerns an appointment very soon leaves anyway.
notifications-quiet-on = Keep quiet hours
notifications-quiet-from = From
notifications-quiet-until = Until
notifications-quiet-malformed = Give a time, for example 22:00.
notifications-quiet-empty = Choose two different times.
notifications-discreet = Discreet mode
notifications-discreet-lead = For a mailbox that others might see.
notifications-discreet-on = Receive discreet e-mails
notifications-discreet-hint = Neutral sender, subject “Your appointment”, neither title nor specialty. In your calendar, just “Appointment”.
notifications-address = Personal address
notifications-address-lead = Receive these e-mails at an address of your own rather than at work. How you sign in does not change; if you leave the company, this address is your way back to your journal.
notifications-address-none = Your e-mails currently arrive at { $address }.
notifications-address-now = Your e-mails arrive at your personal address, { $address }.
notifications-address-pending = An e-mail waits for your confirmation at { $address }
notifications-address-pending-text = Open it and follow its link within 48 hours. Nothing changes until then.
notifications-address-field = Your personal address
notifications-address-action = Send the confirmation link
notifications-address-remove = Remove my personal address
notifications-address-malformed = This address is not valid. Example: camille@example.org
notifications-address-same = This is already your account’s address.
notifications-address-too-many = You have asked for several links today. Try again tomorrow.
notifications-address-asked = A confirmation link is on its way. Follow it from your personal mailbox.
notifications-address-removed = Your personal address is removed. E-mails arrive at your account’s address.
notifications-address-mail-subject = Confirm your address
notifications-address-mail-text = This address was given to receive the messages of an account. Confirm it to receive them here.
notifications-address-mail-action = Confirm this address
notifications-address-mail-note = The link works for 48 hours. If you asked for nothing, ignore this message: nothing will be sent to you.
notifications-calendar = Your calendar
notifications-calendar-lead = Show your appointments in the calendar of your phone or computer, at a secret address. It sees times only: no name, no place, no reason.
notifications-calendar-make = Create my calendar address
notifications-calendar-since = An address has existed since { $date }.
notifications-calendar-again = Create a new address
notifications-calendar-again-hint = An address is shown only once. Creating a new one ends the one before.
notifications-calendar-revoke = Delete the address
notifications-calendar-revoked = Your calendar’s address is deleted: it shows nothing any more.
notifications-calendar-made = Here is your calendar address
notifications-calendar-made-text = Copy it now into your calendar application (“Subscribe” or “Add from URL”): it will not be shown again. Keep it to yourself.
notifications-calendar-address = Calendar address

## The confirmation link

notifications-link-title = Confirm this address
notifications-link-text = Your account’s messages will arrive at the address where you received this link.
notifications-link-action = Confirm
notifications-link-proved-title = Address confirmed
notifications-link-proved = Your next messages will arrive at this address. You can close this page.
notifications-link-closed-title = This link no longer works
notifications-link-closed = It has been used, replaced, or is more than 48 hours old. Ask for another one in your notification preferences.

notifications-company-news = Something your company published
notifications-topic-company-news = Company news
notifications-topic-company-news-hint = When your company publishes something for you.
