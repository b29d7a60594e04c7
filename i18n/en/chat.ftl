# Messages between the two participants of a consultation.

chat-nav = Messages
chat-title = Messages
chat-consultations = Consultations
chat-list-lead = What you have written to each other, consultation by consultation.
chat-about = Consultation of { $when }
chat-unread = unread
chat-none-title = No messages yet
chat-none = You can write as soon as an appointment is booked: open it, and the messages are there.
chat-none-action = See appointments

## The conversation

chat-empty = Write the first message. Take the time you need.
chat-empty-closed = No messages were exchanged.
chat-older = Show earlier messages
chat-newest = Back to the latest messages
chat-from-you = You:
chat-from-other = Message received:
chat-deleted = Message deleted
chat-unreadable = This message can no longer be read.
chat-edited = Edited
chat-seen = Seen
chat-sending = Sending…
chat-change = Edit or delete
chat-changing = Editing a message
chat-delete = Delete
chat-delete-lead = The text and the attachment disappear for both of you. It will still say that a message was deleted.
chat-unchangeable = The text of a message can be edited for 24 hours. That time is over, but you can still delete it.
chat-typing = { $name } is typing…
chat-away = Connection lost, reconnecting…
chat-mark-read = { $count ->
    [one] Mark as read
   *[other] Mark all as read
}
chat-label = Your message
chat-placeholder = Your message
chat-attach = Attach an image or a PDF
chat-unattach = Remove the attachment
chat-send = Send
chat-hint = Encrypted on our servers, never shown to the employer. Images and PDFs up to 10 MB.
chat-size-kb = { $size } KB
chat-size-mb = { $size } MB
chat-closed-cancelled = This appointment is cancelled: messages can still be read, but no longer written.
chat-closed-over = The exchange closed a week after the consultation. Messages can still be read.

## What could not be done

chat-error-empty = Write a message or attach a file.
chat-error-long = A message has { $most } characters at most.
chat-error-too-long = This message is too long. Cut it in two.
chat-error-closed = Nothing more can be written here.
chat-error-unchanged = This message can no longer be changed.
chat-error-file-large = This file is larger than 10 MB.
chat-error-file-kind = Only images (JPEG, PNG, WebP) and PDFs can be attached.
chat-error-file-broken = This file is damaged or too large: we could not open it.

## What was done

chat-done-edit = Message edited.
chat-done-delete = Message deleted.

## The e-mail

chat-mail-subject = A message is waiting for you
chat-mail-text = You have received a message. For your peace of mind this e-mail shows nothing of it: sign in to read it.
chat-mail-action = Read the message
chat-mail-note = You receive this e-mail because a message has not been read for ten minutes.
