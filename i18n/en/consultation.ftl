# Consultations, on both sides.

consultation-nav = My appointments
consultation-nav-practice = Consultations
consultation-list-title = My appointments
consultation-practice-title = Consultations
consultation-title = Appointment
consultation-tab-to-confirm = To confirm
consultation-tab-upcoming = Upcoming
consultation-tab-past = Past
consultation-status-lapsed = Time passed
consultation-practitioner-gone = Practitioner
consultation-minutes = { $minutes } minutes

## Empty lists

consultation-none-title = No upcoming appointment
consultation-none = Whenever you feel the need, choose a practitioner and a time: it takes less than a minute.
consultation-none-past-title = Nothing here yet
consultation-none-past = Past or cancelled appointments will appear here.
consultation-none-to-confirm-title = Everything is confirmed
consultation-none-to-confirm = New requests will appear here. You are also told by e-mail.
consultation-none-upcoming-title = No upcoming consultation
consultation-none-upcoming = Confirmed consultations will appear here.

## One appointment

consultation-what-next = What happens next
consultation-what-was = This appointment
consultation-details = Details
consultation-history = History
consultation-address = Address
consultation-person = Person seen
consultation-company = Company
consultation-format = Format
consultation-started = Started
consultation-ended = Ended
consultation-duration = Duration
consultation-elapsed = Time elapsed
consultation-book-again = Book again
consultation-cancel = Cancel
consultation-confirm = Confirm
consultation-start = Start
consultation-end = End

consultation-employee-scheduled = Your request is registered and the time is kept for you. Your practitioner still has to confirm: you will receive an e-mail.
consultation-employee-confirmed = Your practitioner is expecting you. Settle in a few minutes before, somewhere you can talk freely.
consultation-employee-in-progress = The consultation is in progress.
consultation-employee-completed = This consultation lasted { $duration }.
consultation-employee-cancelled = This appointment is cancelled. You can book another whenever you like.
consultation-employee-no-show = Your practitioner reported that this appointment did not take place.
consultation-employee-lapsed = The time of this appointment passed without it starting.
consultation-cancellation-note = You can cancel at any time. If possible, give at least 24 hours’ notice.

consultation-practitioner-scheduled = This person is waiting for your confirmation. The time is kept for them.
consultation-practitioner-waits = You can start from { $time }.
consultation-practitioner-ready = Start when you are ready: the duration counts until you end.
consultation-practitioner-running = The consultation is in progress. End it when you part: the duration is then recorded.
consultation-practitioner-lapsed = The time passed without the consultation starting. If it did not take place, you can cancel it.
consultation-practitioner-cancelled = This appointment is cancelled and the time is free.

## History

consultation-event-scheduled = Booked
consultation-event-confirmed = Confirmed
consultation-event-started = Started
consultation-event-ended = Ended
consultation-event-cancelled = Cancelled
consultation-event-no-show = No-show reported
consultation-by-you = you
consultation-by-system = HuntZen Care

## Cancelling, ending

consultation-cancellation-title = Cancel this appointment?
consultation-cancellation-lead = The time will be freed and { $name } will be told by e-mail.
consultation-cancellation-practitioner = The time becomes free again and { $name } receives an e-mail.
consultation-cancellation-late-title = It is in less than 24 hours
consultation-cancellation-late = You can still cancel: letting them know is better than not coming.
consultation-cancellation-action = Cancel the appointment
consultation-cancellation-keep = Keep the appointment
consultation-end-title = End the consultation?
consultation-end-lead = The duration stops now and the consultation is counted. This cannot be undone.
consultation-end-action = End the consultation
consultation-end-keep = Continue the consultation

## After an action

consultation-done-confirm = The appointment is confirmed. The person has been told.
consultation-done-start = The consultation has started.
consultation-done-end = The consultation has ended and its duration is recorded.
consultation-done-cancel = The appointment is cancelled. The other person has been told.
consultation-now-scheduled = This appointment must be confirmed first. Nothing has changed.
consultation-now-confirmed = This appointment is confirmed and has not started yet. Nothing has changed.
consultation-now-in-progress = This consultation has already started. Nothing has changed.
consultation-now-completed = This consultation has already ended. Nothing has changed.
consultation-now-cancelled = This appointment was cancelled in the meantime. Nothing has changed.
consultation-now-no-show = A no-show was already reported for this appointment. Nothing has changed.
consultation-too-early = You can start from { $time }.
consultation-too-late = This has not been possible since { $time }. Nothing has changed.
