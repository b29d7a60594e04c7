# Companies, their employees, the import and the invitations.

## The list

companies-employees-title = Employees
companies-seats = { $used } accounts used of { $limit }
companies-employees-by-status = Employees by status
companies-employees-search = Name or address
companies-departments-all = All departments
companies-employees-empty-title = Nobody is registered yet
companies-employees-empty-text = Import the list of your employees: each of them will receive a personal invitation to activate their account.
companies-employees-none-title = No result
companies-employees-none-text = Nobody matches this search. Try another name, or remove the filters.
companies-employees-clear = Remove the filters
companies-new-action = Add a person
companies-import-action = Import a file

companies-column-name = Name
companies-column-email = E-mail address
companies-column-first-name = First name
companies-column-last-name = Last name
companies-column-department = Department
companies-column-position = Position
companies-column-status = Status
companies-column-actions = Actions
companies-column-row = Person
companies-column-line = Line
companies-column-outcome = Result
companies-column-reason = Reason

companies-status-all = All
companies-status-pending = Pending
companies-status-expired = Invitation expired
companies-status-bounced = Address to check
companies-status-active = Active
companies-status-suspended = Suspended

## Invitations, for HR

companies-invitation-ends = Link valid until { $date }
companies-invitation-ended = Link expired on { $date }
companies-resend = Resend
companies-resend-to = Resend the invitation to { $name }
companies-resend-long = Resend the invitation
companies-resend-text = A new link is sent by e-mail, valid for 7 days. The links sent before will stop working.
companies-invitation-resent = The invitation is on its way again to { $email }. The new link is valid for 7 days.
companies-invitation-not-needed = This account no longer waits for an invitation.
companies-expired-title = { $count ->
    [one] One invitation expired unused
   *[other] { $count } invitations expired unused
}
companies-expired-text = { $count ->
    [one] This person can no longer activate the account with the link received. A new one will be sent, valid for 7 days.
   *[other] These people can no longer activate their account with the link they received. A new one will be sent to them, valid for 7 days.
}
companies-expired-action = Resend all expired invitations
companies-invitations-resent = { $count ->
    [one] One invitation is on its way again. The new link is valid for 7 days.
   *[other] { $count } invitations are on their way again. The new links are valid for 7 days.
}
companies-invitations-none-expired = No invitation has expired: nothing was sent.

## One person

companies-new-title = Add a person
companies-new-lead = They will receive an invitation by e-mail and choose their own password.
companies-new-email-hint = A work address: { $domains }
companies-new-locale = Language of the invitation
companies-new-locale-hint = The person can change it when activating the account.
companies-new-submit = Create the account and invite
companies-created = The account is created. The invitation is on its way to { $email }.
companies-already-here = This person already has an account in your company.
companies-seats-full = All the accounts of your contract ({ $limit }) are used. Suspend an unused account, or contact HuntZen Care to add some.

companies-profile-title = Profile
companies-profile-lead = What your company knows about this person. The e-mail address is the login: it no longer changes once the account is activated.
companies-corrected = The profile is up to date.
companies-account-title = Account
companies-account-created = Created on
companies-account-invited = Last invitation
companies-account-link = Link valid until
companies-suspend-title = Suspend access
companies-suspend-text = { $name } will be signed out within seconds and will no longer be able to sign in or book. Their data is kept, and nothing is cancelled on their behalf: any appointment stays planned. Their journal stays theirs, out of your sight. You can restore access at any time.
companies-suspend-text-pending = { $name } will no longer be able to activate the account: the invitation link stops working. You can restore access at any time.
companies-suspend-action = Suspend access
companies-suspended = { $name }’s access is suspended.
companies-reactivate-title = Restore access
companies-reactivate-text = { $name } will find the account as it was, with the same password. If it was never activated, the invitation goes on where it stopped.
companies-reactivate-action = Restore access
companies-reactivated = { $name }’s access is restored.

## Importing a file

companies-import-title = Import employees
companies-import-lead = A CSV file, one row per person. You check everything before anything is saved.
companies-import-file = CSV file
companies-import-file-hint = At most 5 MB and 20,000 rows. Comma, semicolon or tab; headers in French or English, in any order.
companies-import-submit = Check the file
companies-import-steps-title = How it works
companies-import-step-1 = You send the file.
companies-import-step-1-text = It is read; nothing is saved and nobody is notified.
companies-import-step-2 = You check every row.
companies-import-step-2-text = New, changed, unchanged or refused: the reason is always written.
companies-import-step-3 = You confirm.
companies-import-step-3-text = The accounts are created and the invitations are sent, once.
companies-import-columns-title = Columns of the file
companies-import-columns-lead = Other columns are ignored.
companies-import-required = Required
companies-import-optional = Optional
companies-import-email-text = Work address: { $domains }
companies-import-blank-text = A blank cell keeps what is already known.
companies-import-template = Download a template to fill in
companies-import-template-file = employees-template.csv
companies-import-refused-file = refused-rows.csv
companies-import-untouched = An import never changes the password, address, role or access of an existing account, and deletes nobody.
companies-import-no-domain-title = No e-mail domain is allowed
companies-import-no-domain-text = Your company has no e-mail domain yet: no address could be accepted. Contact HuntZen Care to add one.
companies-import-discarded = The import is discarded. Nothing was saved.

companies-file-missing = Choose a file.
companies-file-too-large = This file is over 5 MB. Remove the columns you do not need, or split it into several files.
companies-file-empty = This file is empty. Check that you chose the right one.
companies-file-not-text = This is not a CSV file. In your spreadsheet, choose “Save as”, then the CSV format.
companies-file-spreadsheet = This is a workbook (Excel or LibreOffice), not a CSV. Open it, choose “Save as”, then “CSV UTF-8 (comma delimited)”.
companies-file-no-header = The first row must name the columns (e-mail address, first name, last name…). Here it already holds a person.
companies-file-no-email-column = No column is recognised as the e-mail address. Name it “Email” in the first row.
companies-file-no-name-columns = Separate “First name” and “Last name” columns are needed. Name them so in the first row.
companies-file-duplicate-column = The columns “{ $first }” and “{ $second }” mean the same thing. Keep only one.
companies-file-no-rows = The file only has a header row. Add one row per person.
companies-file-too-many-rows = This file is over { $maximum } rows. Split it into several files.
companies-file-unclosed-quote = A quotation mark opened on line { $line } is never closed: the rest of the file cannot be read. Correct that line, then send the file again.

## The preview

companies-preview-title = Check before importing
companies-preview-lead = { $file } · { $rows ->
    [one] 1 row read
   *[other] { $rows } rows read
}
companies-import-unnamed = Your file
companies-preview-if-confirmed = If you confirm
companies-preview-nothing = There is nothing to import
companies-preview-nothing-yet = So far nothing is saved and nobody has been notified.
companies-preview-new = { $count ->
    [one] One account is created, and one invitation is sent by e-mail.
   *[other] { $count } accounts are created, and { $count } invitations are sent by e-mail.
}
companies-preview-changed = { $count ->
    [one] One profile is updated (name, department or position).
   *[other] { $count } profiles are updated (name, department or position).
}
companies-preview-unchanged = { $count ->
    [one] One person is already up to date: nothing changes.
   *[other] { $count } people are already up to date: nothing changes.
}
companies-preview-refused = { $count ->
    [one] One row is refused and left aside.
   *[other] { $count } rows are refused and left aside.
}
companies-refused-download = Download the refused rows
companies-preview-full-title = { $count ->
    [one] Your contract is one seat short
   *[other] Your contract is { $count } seats short
}
companies-preview-full-text = Your contract covers { $limit } accounts, of which { $used } are used. Remove rows from the file, suspend unused accounts, or contact HuntZen Care. Nothing was imported.
companies-preview-confirm = Confirm the import
companies-preview-discard = Discard
companies-preview-by-kind = Rows by result
companies-preview-kept = Unless confirmed, this preview is deleted automatically after { $date }.
companies-rows-caption = Rows of the file
companies-rows-none-title = No row of this kind
companies-rows-none-text = The file has none.
companies-rows-all = See all rows
companies-kind-all = All
companies-kind-new = New accounts
companies-kind-changed = Changed
companies-kind-unchanged = Unchanged
companies-kind-refused = Refused
companies-row-new = New account
companies-row-changed = Changed
companies-row-unchanged = Unchanged
companies-row-refused = Refused
companies-change-before = Before:
companies-change-after = After:
companies-change-nothing = blank

companies-refusal-missing-email = The e-mail address is missing.
companies-fix-missing-email = Add it: it identifies the person.
companies-refusal-bad-email = This e-mail address is not valid.
companies-fix-bad-email = Expected: first.last@company.com, without accents or spaces.
companies-refusal-domain = The domain of this address is not allowed for your company.
companies-fix-domain = Accepted domains: { $domains }
companies-refusal-duplicate = The same address is already on line { $line }.
companies-fix-duplicate = Only the first one is kept. Remove this one, or correct its address.
companies-refusal-other-company = This address already belongs to an account outside your company.
companies-fix-other-company = Use another address, or contact HuntZen Care.
companies-refusal-other-role = This address belongs to an HR account of your company.
companies-fix-other-role = An HR account cannot be an employee’s account too. Use another address.
companies-refusal-contract-full = Your contract has no place left for this person.
companies-fix-contract-full = Suspend an unused account, or contact HuntZen Care, then import this row again.
companies-refusal-missing-first-name = The first name is missing.
companies-refusal-missing-last-name = The last name is missing.
companies-fix-missing-name = Fill in the cell, then send the file again.
companies-refusal-too-long-email = This e-mail address is too long.
companies-refusal-too-long-first-name = The first name is over 100 characters.
companies-refusal-too-long-last-name = The last name is over 100 characters.
companies-refusal-too-long-department = The department is over 120 characters.
companies-refusal-too-long-position = The position is over 120 characters.
companies-fix-too-long = Shorten it, or check that the columns have not shifted.
companies-refusal-characters-email = The e-mail address holds unreadable characters.
companies-refusal-characters-first-name = The first name holds unreadable characters.
companies-refusal-characters-last-name = The last name holds unreadable characters.
companies-refusal-characters-department = The department holds unreadable characters.
companies-refusal-characters-position = The position holds unreadable characters.
companies-fix-characters = Type the cell again in your spreadsheet, then save as CSV UTF-8.
companies-refusal-ragged = This row does not have as many cells as the header.
companies-fix-ragged = A cell probably holds a separator: put it between quotation marks, or remove it.

## The result

companies-result-title = Import done
companies-result-lead = { $file } · confirmed on { $date }
companies-result-again = Import another file
companies-result-employees = See the employees
companies-result-new-hint = created and invited
companies-result-changed-hint = updated
companies-result-unchanged-hint = already up to date
companies-result-refused-hint = left aside
companies-result-invited = { $count ->
    [one] One invitation is on its way
   *[other] { $count } invitations are on their way
}
companies-result-invited-text = Each person has 7 days to activate the account. The list of employees shows who did, and you can resend an invitation at any time.
companies-result-refused-title = Refused rows
companies-result-refused-text = Correct them in the downloaded file, then import it. They stay here until { $date }.
companies-result-refused-gone = The details of the refused rows were deleted after 24 hours.

## The invitation

companies-invitation-title = Activate my account
companies-invitation-heading = Welcome { $name }
companies-invitation-lead = { $company } offers you access to HuntZen Care: mental health consultations, in full confidentiality. Choose your password to activate your account.
companies-invitation-login = Your login
companies-invitation-password = Choose a password
companies-invitation-submit = Activate my account
companies-consent-missing = Your agreement is needed to open your space. Nothing is saved without it.

companies-link-unknown-title = This link is incomplete
companies-link-unknown-text = We do not recognise this invitation. The link may have been cut when it was copied.
companies-link-unknown-next = Open it from the invitation e-mail. If it still does not work, ask your HR department to send you another invitation.
companies-link-replaced-title = A newer invitation awaits you
companies-link-replaced-text = This link was replaced by a new one.
companies-link-replaced-next = Open the most recent invitation e-mail. Cannot find it? Look among the unwanted mail, or ask your HR department to send it again.
companies-link-expired-title = This invitation has expired
companies-link-expired-text = For your security, an invitation link is valid for 7 days only.
companies-link-expired-next = Ask your HR department to send you another invitation: it takes them a moment.
companies-link-used-title = Your account is already active
companies-link-used-text = This link was used: it works only once.
companies-link-used-next = Sign in with your e-mail address and your password.
companies-link-closed-title = This access is closed
companies-link-closed-text = Your company has suspended this account.
companies-link-closed-next = If you think this is a mistake, talk to your HR department.
companies-link-sign-in = Already activated your account? Sign in

## The invitation e-mail

companies-mail-subject = { $company } invites you to HuntZen Care
companies-mail-preview = Activate your account: the link is valid until { $date }.
companies-mail-heading = Hello { $name },
companies-mail-lead = { $company } offers you access to HuntZen Care: consultations with psychologists and verified practitioners, by video, by audio or in person.
companies-mail-confidential = It is confidential. Your employer sees, per month, at most a number of consultations and a total duration. It never sees who you consult, when, or what you say.
companies-mail-action = Activate my account
companies-mail-expiry = This link is personal and works once. It is valid until { $date }.
companies-mail-unexpected = Were you not expecting this message? Ignore it: without you, no account is activated.

## The rules of appointments

companies-rules-title = Appointment rules
companies-rules-lead = Until how many hours before the start employees may reschedule their appointment. Later they can still cancel: it is marked as late, and only they and their practitioner see it.
companies-rules-platform = For every company
companies-rules-company = For one company
companies-rules-which = Company
companies-rules-choose = Choose a company
companies-rules-hours = Notice, in hours
companies-rules-hours-hint = From 0 to 168 hours (one week).
companies-rules-none-hint = Leave empty to follow the general rule.
companies-rules-hours-error = Give a whole number of hours, from 0 to 168.
companies-rules-company-error = Choose a company.
companies-rules-own = Companies with their own notice
companies-rules-value = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
companies-rules-saved = The rule is saved. It applies from now on.
