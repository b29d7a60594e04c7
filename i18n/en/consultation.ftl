# Consultations, on both sides.

consultation-nav = Appointments
consultation-nav-practice = Consultations
consultation-list-title = My appointments
consultation-practice-title = Consultations
consultation-title = Appointment
consultation-tab-to-confirm = To confirm
consultation-tab-upcoming = Upcoming
consultation-tab-past = Past
consultation-practice-tab-past = Past
consultation-status-lapsed = Time passed
consultation-status-cancelled-late = Cancelled late
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
consultation-message = Message sent with the request
consultation-message-unreadable = This message can no longer be read.
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
consultation-reschedule = Reschedule
consultation-absence = My practitioner did not come
consultation-no-show = The person did not come
consultation-contest = That is not what happened
consultation-confirm = Confirm
consultation-confirm-series = { $count ->
    [one] Confirm the session
   *[other] Confirm the { $count } sessions of the series
}
consultation-answer-by = Answer expected before { $time }
consultation-withdraw = Withdraw the absence
consultation-declare = Enter the times
consultation-start = Start
consultation-end = End

consultation-employee-scheduled = Your request is registered and the time is kept for you. Your practitioner still has to confirm: you will receive an e-mail.
consultation-employee-answer-by = Your practitioner has until { $time } to answer. Without an answer the slot is given back, and we tell you at once.
consultation-employee-confirmed = Your appointment is confirmed. When the time comes, settle in a few minutes before, somewhere you can talk freely.
consultation-employee-in-progress = The consultation is in progress.
consultation-employee-completed = This consultation lasted { $duration }.
consultation-employee-cancelled = This appointment is cancelled. You can book another whenever you like.
consultation-employee-withdrawn = The absence recorded for this appointment has been withdrawn: it counts for nobody. The appointment is noted as cancelled, and nobody is at fault.
consultation-employee-no-show = Your practitioner reported that you were not at this appointment. If that is not what happened, you can say so for seven days. Your employer knows nothing of it.
consultation-employee-no-show-contested = Your practitioner reported that you were not at this appointment. You answered that this is not what happened: your answer is in the history. They can still withdraw the absence; otherwise it stays contested.
consultation-employee-practitioner-absent = You reported that your practitioner was not at this appointment. We are sorry: it never counts against you.
consultation-employee-absence-contested = Your practitioner answered that this is not what happened. The answer is in the history. If it was a mistake, you can withdraw the absence; otherwise it stays contested.
consultation-employee-lapsed = The time of this appointment passed without it starting.

consultation-practitioner-scheduled = This person is waiting for your confirmation. The time is kept for them.
consultation-practitioner-answer-by = Answer before { $time }: after that, the slot is given back and the person is told.
consultation-practitioner-waits = You can start from { $time }.
consultation-practitioner-ready = Start when you are ready: the duration counts until you end.
consultation-practitioner-running = The consultation is in progress. End it when you part: the duration is then recorded.
consultation-practitioner-lapsed = The time passed without the consultation starting. Say what happened: the person did not come, or you cancel the appointment.
consultation-practitioner-cancelled = This appointment is cancelled and the time is free.
consultation-practitioner-withdrawn = The absence recorded for this appointment has been withdrawn: it counts for nobody. The appointment is noted as cancelled, and nobody is at fault.
consultation-practitioner-declarable = If you met after all, enter the times until { $time }: the consultation will be counted.
consultation-practitioner-no-show = You reported that the person did not come. They can answer for seven days. This consultation is not counted.
consultation-practitioner-no-show-contested = You reported that the person did not come. They answered that this is not what happened: the answer is in the history. If it was a mistake, withdraw the absence; otherwise it stays contested.
consultation-practitioner-absent = The person reported that you were not at this appointment. If that is not what happened, you can say so for seven days.
consultation-practitioner-absent-contested = The person reported that you were not at this appointment. Your answer is in the history. They can still withdraw the absence; otherwise it stays contested.

## History

consultation-event-scheduled = Booked
consultation-event-confirmed = Confirmed
consultation-event-started = Started
consultation-event-ended = Ended
consultation-event-cancelled = Cancelled
consultation-event-no-show = No-show reported
consultation-event-practitioner-absent = Practitioner’s absence reported
consultation-event-rescheduled = Rescheduled
consultation-event-contested = Absence contested
consultation-event-closed = Closed automatically
consultation-event-corrected = Duration corrected
consultation-event-duration-contested = Duration contested
consultation-event-lasted = Duration before: { $duration }
consultation-event-absence-withdrawn = Absence withdrawn
consultation-event-times-declared = Times entered afterwards
consultation-event-left = Before: { $time }
consultation-by-you = you
consultation-by-system = HuntZen Care

## Cancelling, ending

consultation-cancellation-title = Cancel this appointment?
consultation-cancellation-lead = The time will be freed and { $name } will be told by e-mail.
consultation-cancellation-practitioner = The time becomes free again and { $name } is told, with your message.
consultation-cancellation-late-title = { $hours ->
    [0] The time of this appointment has passed
    [one] The one-hour notice has passed
   *[other] The { $hours }-hour notice has passed
}
consultation-cancellation-late = You can still cancel: letting them know is better than not coming. The appointment will be marked “cancelled late” in the history, which only you and your practitioner see. Nothing else changes for you, and your employer knows nothing of it.
consultation-cancellation-instead = Would another date suit you better?
consultation-cancellation-instead-link = Reschedule the appointment rather than cancelling it.
consultation-cancellation-instead-practice = Would another date suit you?
consultation-reason = A word for your practitioner
consultation-reason-hint = Encrypted. Only { $name } and you can read it.
consultation-reason-practice = Your message to the person
consultation-reason-practice-hint = A few words are enough. Encrypted: only they and you can read it.
consultation-reason-missing = Write a few words.
consultation-reason-too-long = This is too long: 400 characters at most.
consultation-reason-unreadable = This message cannot be read.
consultation-moves-until = You can reschedule or cancel this appointment until { $time }. After that you can still cancel it: it will be marked as late.
consultation-moves-no-more = Since { $time } this appointment can no longer be rescheduled. You can still cancel it: it will be marked as late, and your employer will know nothing of it.
consultation-cancellation-action = Cancel the appointment
consultation-cancellation-keep = Keep the appointment
consultation-end-title = End the consultation?
consultation-end-lead = The duration stops now and the consultation is counted. This cannot be undone.
consultation-end-action = End the consultation
consultation-end-keep = Continue the consultation

## Rescheduling

consultation-reschedule-title = Reschedule the appointment
consultation-reschedule-question = Move it to this date?
consultation-reschedule-lead = Your present appointment stays yours until you confirm the new date.
consultation-reschedule-practice-lead = Choose another time of your agenda. The person is told and can cancel if it does not suit them.
consultation-reschedule-now = Present date
consultation-reschedule-then = New date
consultation-reschedule-instead = Instead of { $time }.
consultation-reschedule-zone = This is your own time. Your practitioner works on the time of { $city }.
consultation-reschedule-action = Reschedule the appointment
consultation-reschedule-other = Choose another time
consultation-reschedule-keep = Keep the present date
consultation-reschedule-refused = This time is no longer available
consultation-reschedule-kept = Your appointment has not changed.
consultation-reschedule-taken = This time is not free.
consultation-reschedule-taken-practice = This time is not free. If it has just become free, it is offered for thirty minutes to somebody on the waiting list: try again later.
consultation-reschedule-outside-hours = This time is not in your agenda. Open it first with an exception.
consultation-reschedule-gone = This practitioner no longer offers times. You can cancel this appointment and book another.
consultation-reschedule-suspended = Your company’s access is suspended for now: this appointment cannot be rescheduled, but it does take place.

## Absences

consultation-absence-title = Your practitioner did not come?
consultation-absence-lead = We tell { $name }, who can answer for seven days. This appointment never counts against you and you can book another right away.
consultation-absence-action = Report the absence
consultation-no-show-title = The person did not come?
consultation-no-show-lead = This consultation will not be counted. { $name } is told and can answer for seven days. Their employer knows nothing of it.
consultation-no-show-action = Report the no-show
consultation-contest-title = That is not what happened?
consultation-contest-lead = Your answer is added to the history of this appointment, which only { $name } and you see. One can answer once.
consultation-contest-reason = What happened?
consultation-contest-action = Contest the absence
consultation-withdrawal-title = Withdraw this absence?
consultation-withdrawal-lead = The appointment will be noted as cancelled, with nobody at fault. { $name } is told and, if you met after all, can enter the times for seven days.
consultation-withdrawal-practice-lead = The appointment will be noted as cancelled, with nobody at fault, and { $name } is told. If you met after all, you enter the times on the next page.
consultation-declaration-title = Did you meet after all?
consultation-declaration-lead = Say when the consultation really took place. Its duration will be counted, and { $name } will see it.
consultation-declaration-times = Times of the consultation
consultation-declaration-range = Between { $from } and { $until }.
consultation-declaration-no-time = Enter a time.
consultation-declaration-wrong-start = The consultation can only have begun between { $from } and { $until }.
consultation-declaration-wrong-end = Enter an end after the beginning, at { $until } at the latest.
consultation-declaration-action = Save the times
consultation-declaration-none = We did not meet

## After an action

consultation-done-confirm = The appointment is confirmed. The person has been told.
consultation-done-series = { $count ->
    [one] The session is confirmed. The person is told.
   *[other] The { $count } sessions are confirmed. The person is told.
}
consultation-done-series-already = No session of this series was waiting for your answer.
consultation-done-start = The consultation has started.
consultation-done-end = The consultation has ended and its duration is recorded.
consultation-done-cancel = The appointment is cancelled. The other person has been told.
consultation-done-reschedule = The appointment is rescheduled.
consultation-done-no-show = The no-show is reported. The person can answer for seven days.
consultation-done-absence = It is reported, and it never counts against you. We are sorry about this.
consultation-done-claim = Noted. Your practitioner can correct the duration, and your employer knows nothing of it.
consultation-done-correct = The duration is corrected. The person has been told.
consultation-done-contest = Your answer is in the history.
consultation-done-withdrawal = The absence is withdrawn. The other person is told.
consultation-done-declaration = The times are saved and the consultation is counted.
consultation-now-done = This is already done.
consultation-now-scheduled = This appointment must be confirmed first. Nothing has changed.
consultation-now-confirmed = This appointment is confirmed and has not started yet. Nothing has changed.
consultation-now-in-progress = This consultation has already started. Nothing has changed.
consultation-now-completed = This consultation has already ended. Nothing has changed.
consultation-now-cancelled = This appointment was cancelled in the meantime. Nothing has changed.
consultation-now-absence = A no-show was already reported for this appointment. Nothing has changed.
consultation-too-early = You can start from { $time }.
consultation-too-early-absence = Please wait a little longer: you can report an absence from { $time }.
consultation-too-late = This has not been possible since { $time }. Nothing has changed.

## The room

consultation-room = The consultation room
consultation-room-waiting = It opens a quarter of an hour before: { $time }. Nothing to install; choose a quiet place.
consultation-room-opens-in = Opens in
consultation-room-over = The room is closed: the planned end was more than a quarter of an hour ago.
consultation-room-early = The room is not open yet.
consultation-room-video = Come in when you are ready. Nothing is recorded.
consultation-room-audio = A consultation without images: only your microphone is used. Nothing is recorded.
consultation-room-join = Join
consultation-room-problem = The room does not open. Check your connection, then try again.
consultation-room-noscript = Video needs JavaScript: turn it on to enter the room.
consultation-call-preview = Your image
consultation-call-no-camera = No camera: you will be heard.
consultation-call-microphone = Microphone
consultation-call-camera = Camera
consultation-call-share = Share
consultation-call-hang-up = Leave
consultation-call-controls = In the room
consultation-call-prepare = Check my camera and microphone
consultation-call-prepare-audio = Check my microphone
consultation-call-refused = The browser has no access to your microphone or camera. Allow them in the address bar, then try again.
consultation-call-missing = No microphone is available. Plug one in, or close the application that uses it, then try again.
consultation-call-waiting = You are in the room. { $name } is not there yet.
consultation-call-connecting = Connecting
consultation-call-connected = With { $name }
consultation-call-interrupted = The connection is interrupted and comes back by itself.
consultation-call-taken = You are already in the room with another window or device. Leave it first, then reload this page.
consultation-call-shut = The room is closed. Reload this page.
consultation-presences = Who was in the room
consultation-presences-lead = Something to go by beside the duration you declare. You alone see it.
consultation-presence-you = You
consultation-presence-now = present

## Corrected and contested durations

consultation-employee-closed = It had not been ended, so we closed it automatically. Your practitioner can correct the duration for seven days.
consultation-employee-corrected = Your practitioner has corrected this duration: the history keeps the one before.
consultation-employee-claimed = You said that it lasted { $duration }. Your practitioner has been told.
consultation-practitioner-closed = You had not ended it, so we closed it automatically, at the last known presence.
consultation-practitioner-claimed = The person says that it lasted { $duration }.
consultation-practitioner-claim-answered = The person had said that it lasted { $duration }; you answered with a correction.
consultation-practitioner-claim-reason = Reason: { $reason }.
consultation-corrects-until = You can correct the duration until { $time }.
consultation-correct = Correct the duration
consultation-correct-title = Correct the duration
consultation-correct-lead = Give the real times, in your own time zone. You can correct them until { $time }. The person is told, and the history keeps the times before.
consultation-correct-claimed = The person says that it lasted { $duration }.
consultation-correct-started = Actual start
consultation-correct-ended = Actual end
consultation-correct-declared = Recorded: { $time }
consultation-correct-why = Why this correction?
consultation-correct-choose = Choose
consultation-correct-action = Save the duration
consultation-correct-malformed = Give a time, for example 14:05.
consultation-correct-backwards = The end is before the start.
consultation-correct-early = The consultation could not begin before { $time }.
consultation-correct-late = The consultation cannot have ended after { $time }.
consultation-correct-no-reason = Choose a reason.
consultation-correct-forgot-to-end = I forgot to end it
consultation-correct-forgot-to-start = I forgot to start it
consultation-correct-interrupted = The consultation was interrupted
consultation-correct-agreed = The person is right
consultation-correct-other = Another reason
consultation-claim = The duration is not right
consultation-claim-title = Is the duration not right?
consultation-claim-lead = Say how long the consultation lasted, until { $time }. This can be said once. Your practitioner is told and can correct it.
consultation-claim-secrecy = The platform’s team sees both durations and the reason you choose, never who you are. Your employer knows nothing of it.
consultation-claim-minutes = How long it lasted, in minutes
consultation-claim-minutes-hint = For example 40. Enter 0 if it did not take place.
consultation-claim-why = What happened
consultation-claim-action = Contest the duration
consultation-claim-malformed = Give a number of minutes from 0 to 480.
consultation-claim-no-reason = Choose what happened.
consultation-contest-ended-earlier = The consultation ended earlier
consultation-contest-started-later = The consultation began later
consultation-contest-interrupted = The consultation was interrupted
consultation-contest-longer = The consultation lasted longer
consultation-contest-other = Another reason

## The platform’s team

consultation-admin-durations = Contested durations
consultation-admin-lead = When a person and their practitioner do not agree on how long it lasted.
consultation-admin-open = Unanswered
consultation-admin-all = All
consultation-admin-none-open = Nothing is waiting
consultation-admin-none-open-text = Every contested duration has been corrected.
consultation-admin-none = No contested duration
consultation-admin-none-text = Durations that people contest will appear here.
consultation-admin-which = Consultation
consultation-admin-when = Contested on
consultation-admin-declared = Declared
consultation-admin-claimed = Says the person
consultation-admin-reason = Reason
consultation-admin-corrected = Corrected
consultation-admin-correction = Reason for the correction
consultation-admin-secrecy = No name, no company, no practitioner: your role has no access to consultations.

## The live exchange

consultation-socket-cancelled = This appointment is cancelled: there is no live exchange any more.
consultation-socket-full = This page is open too many times. Close a few tabs, then try again.

consultation-suspended-title = A company is suspended
consultation-suspended-employee = Your company has no access to HuntZen Care for now. These appointments stay planned: decide with your practitioner to keep or to cancel them.
consultation-suspended-practitioner = These appointments are of employees whose company is suspended. They stay planned: decide with each person to keep or to cancel them.
