# Signing in, finding a password again, one's account.

auth-email = E-mail address
auth-password = Password
auth-new-password = New password
auth-current-password = Current password
auth-password-again = The same, once more
auth-password-hint = At least 12 characters. Three or four unrelated words make a good password.

auth-sign-in-title = Sign in
auth-sign-in-lead = Back to your space, in full confidence.
auth-sign-in-action = Sign in
auth-sign-in-invited = First visit? Open the link in the invitation you received by e-mail.
auth-sign-in-email-missing = Enter your e-mail address.
auth-sign-in-password-missing = Enter your password.
auth-sign-in-wrong = Wrong e-mail address or password.
auth-sign-in-wait = { $minutes ->
    [one] Too many attempts. To protect accounts, please try again in a minute.
   *[other] Too many attempts. To protect accounts, please try again in { $minutes } minutes.
}
auth-signed-out = You are signed out. See you soon.

auth-forgotten-link = Forgotten your password?
auth-forgotten-title = Forgotten password
auth-forgotten-lead = Enter your address: we will send you a link to choose a new one.
auth-forgotten-action = Send me the link
auth-forgotten-email-bad = This e-mail address is not complete. Example: first.last@company.com
auth-forgotten-wait = Many links were asked for from this place. To protect the accounts, try again in a quarter of an hour.
auth-forgotten-sent-title = Check your e-mail
auth-forgotten-sent = If there is an account for { $email }, a link has just been sent to it. It is valid for one hour.
auth-forgotten-sent-next = Nothing after a few minutes? Check your spam folder, then the spelling of the address.
auth-back-to-sign-in = Back to sign in

auth-reset-title = Choose a new password
auth-reset-lead = You will be signed out of all your devices.
auth-reset-action = Save the password
auth-reset-invalid-title = This link no longer works
auth-reset-invalid-lead = It was used already, it is more than an hour old, or it was cut when it was copied. Ask for a new one: it takes a moment.
auth-reset-again = Ask for a new link

auth-password-too-short = Use at least 12 characters.
auth-password-too-long = Use at most 128 characters.
auth-password-personal = This password contains your name, address or company: the first thing someone would try.
auth-password-pattern = This password follows a pattern that is easy to guess (sequence, repetition, date).
auth-password-guessable = This password is too easy to guess. Add one or two unrelated words.
auth-password-differs = The two passwords are not the same.
auth-password-changed = Your password is changed. You can sign in.

auth-account-identity = Identity
auth-account-name = Name
auth-account-company = Company
auth-account-password = Password
auth-account-password-lead = Your other devices will be signed out.
auth-account-password-action = Change the password
auth-account-current-password-wrong = This is not your current password.
auth-account-password-changed = Your password is changed. Your other devices are signed out.

auth-mail-reset-subject = Choose a new password
auth-mail-reset-preview = The link is valid for one hour.
auth-mail-reset-text = Hello { $name }, someone, most likely you, asked for a new password for your account. This link is valid for one hour and works once.
auth-mail-reset-action = Choose a new password
auth-mail-reset-note = You did not ask for this? Ignore this e-mail: your password does not change.
