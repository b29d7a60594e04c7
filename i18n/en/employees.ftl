# Employees: several at a time, one by one, and what the company sees of their use.

## Several people at a time

employees-selection-title = Group actions
employees-selection-with = For the people ticked
employees-selection-all = { $count ->
    [one] The person found
   *[other] All { $count } people found
}
employees-selection-continue = Continue
employees-select = Tick { $name }
employees-action-invite = Invite or remind
employees-action-move = Change department
employees-action-suspend = Suspend access
employees-action-reactivate = Restore access
employees-selection-which = Tick at least one person, then choose what to do.
employees-selection-nobody = Nobody is ticked.
employees-selection-nothing-yet = Nothing is done yet. Check, then confirm.
employees-selection-invite = { $count ->
    [0] Nobody is waiting for an invitation
    [one] One invitation will be sent
   *[other] { $count } invitations will be sent
}
employees-selection-invite-text = Each person gets a new link by e-mail, valid for 7 days. Links sent before will stop working.
employees-selection-move = { $count ->
    [one] One person will change department
   *[other] { $count } people will change department
}
employees-selection-move-text = Only the department changes. Accounts, access and appointments stay as they are.
employees-selection-suspend = { $count ->
    [0] This access is suspended already
    [one] The access of one person will be suspended
   *[other] The access of { $count } people will be suspended
}
employees-selection-suspend-text = Access closes within seconds: no signing in, no booking. Data is kept and nothing is cancelled on anyone’s behalf. You can restore access at any time.
employees-selection-reactivate = { $count ->
    [0] None of these people is suspended
    [one] The access of one person will be restored
   *[other] The access of { $count } people will be restored
}
employees-selection-reactivate-text = Everybody finds their account as it was. Where the account was never activated, the invitation goes on where it stopped.
employees-selection-more = { $count ->
    [one] and one more person.
   *[other] and { $count } more people.
}
employees-selection-others = { $count ->
    [one] Nothing changes for one more person who is ticked: it does not concern them.
   *[other] Nothing changes for { $count } more people who are ticked: it does not concern them.
}
employees-selection-department = New department
employees-selection-department-hint = Leave it empty to remove the department.
employees-selection-departments = Existing departments:
employees-selection-confirm = Confirm
employees-selection-back = Back to the list
employees-selection-full = { $count ->
    [one] Your contract ({ $limit } accounts) is one place short. Nothing was changed: tick fewer people, or contact HuntZen Care.
   *[other] Your contract ({ $limit } accounts) is { $count } places short. Nothing was changed: tick fewer people, or contact HuntZen Care.
}
employees-selection-unchanged = Nothing needed to change.
employees-selection-invited = { $count ->
    [one] One invitation is on its way.
   *[other] { $count } invitations are on their way.
}
employees-selection-moved = { $count ->
    [one] One person has changed department.
   *[other] { $count } people have changed department.
}
employees-selection-suspended = { $count ->
    [one] The access of one person is suspended.
   *[other] The access of { $count } people is suspended.
}
employees-selection-reactivated = { $count ->
    [one] The access of one person is restored.
   *[other] The access of { $count } people is restored.
}

## Invitations that do not arrive

employees-bounced-title = { $count ->
    [one] One invitation did not arrive
   *[other] { $count } invitations did not arrive
}
employees-bounced-text = We tried for more than a day. It happens when there is a typo in an address, or the mailbox is not open yet.
employees-bounced-action = See the addresses to check
employees-bounced-detail = The e-mail could not be delivered
employees-bounced-one = The invitation did not arrive
employees-bounced-one-text = The mail server of this address did not accept our e-mail, after several tries. Check the address below: if it is right, simply send the invitation again.
employees-address-title = Correct the address
employees-address-lead = Possible until the account is activated. The invitation is sent again to the new address, and links sent before stop working.
employees-address-action = Correct and invite
employees-address-corrected = The address is corrected. The invitation goes to { $email }.
employees-address-too-late = This account is activated or suspended: its address does not change any more.

## One person’s use

employees-usage-title = Usage
employees-usage-by-group = Your company does not see use person by person. Figures are published by groups, once the month is over.
employees-usage-figures = See the figures
employees-usage-total = In all
employees-usage-nothing-else = This is all your company can know: neither the practitioner, nor the date, the specialty or the reason.

## An import: progress, report, and back

employees-progress-title = Import in progress
employees-progress-lead = { $file }
employees-progress-rows = Rows done
employees-progress-text = You may close this page: the import goes on, and its report will be waiting here. Invitations leave as it goes.
employees-progress-reload = Refresh
employees-progress-done = The import is done
employees-progress-result = See the report
employees-left-out-title = { $count ->
    [one] One row was not dealt with
   *[other] { $count } rows were not dealt with
}
employees-left-out-text = Access was taken away before the end: that of the person who confirmed this import, or the company’s. Import the file again: what is done will not be done twice.
employees-absent-count = { $count ->
    [one] One person is not in this file
   *[other] { $count } people are not in this file
}
employees-absent-hint = They keep their access. If the file is the complete list of your employees, you can suspend the access of those who left.
employees-absent-see = See who
employees-absent-title = Not in the file
employees-absent-lead = These people have access and are not in { $file }. Nothing is done without you.
employees-absent-text = Tick the people who left, check, then confirm.
employees-absent-action = Suspend the people ticked
employees-absent-none-title = Nobody
employees-absent-none-text = Everybody who has access is in this file, or this list was deleted after 24 hours.
employees-absent-back = Back to the report
employees-undo-title = Undo this import
employees-undo-hint = Possible until { $date }. Accounts it created that nobody has opened are deleted, profiles it changed get their values back.
employees-undo-action = Undo this import
employees-undo-lead = { $file } · can be undone until { $date }
employees-undo-removed = { $count ->
    [0] No account is deleted.
    [one] One account that nobody has opened is deleted, and its invitation stops working.
   *[other] { $count } accounts that nobody has opened are deleted, and their invitations stop working.
}
employees-undo-kept = { $count ->
    [one] One account that is already active is kept.
   *[other] { $count } accounts that are already active are kept.
}
employees-undo-changed = { $count ->
    [one] One profile gets its values back, unless somebody changed it since.
   *[other] { $count } profiles get their values back, unless somebody changed them since.
}
employees-undo-confirm = Undo the import
employees-undo-keep = Keep the import
employees-undo-too-late = This import cannot be undone any more.
employees-undone = The import is undone.
employees-undone-title = Import undone on { $date }
employees-undone-removed = { $count ->
    [0] No account was deleted.
    [one] One account was deleted.
   *[other] { $count } accounts were deleted.
}
employees-undone-kept = { $count ->
    [one] One account that was already active was kept.
   *[other] { $count } accounts that were already active were kept.
}
employees-past-title = Last imports
employees-past-counts = { $created } created, { $updated } changed, { $refused } refused
employees-past-undone = Undone
employees-past-running = In progress
employees-past-waiting = To check and confirm

## Registering by oneself

employees-register-link = Does your company allow registration? Request your access
employees-register-title = Request my access
employees-register-lead = If your company allows it, you can open your access to HuntZen Care with your work address.
employees-register-email = Work e-mail address
employees-register-email-hint = Your company’s, not a personal address.
employees-register-submit = Get the link
employees-register-privacy = We check your address, nothing more. Your employer never sees whom you consult, when, or what you say.
employees-register-sent = If the address { $email } can register, an e-mail has just left for it.
employees-register-sent-hint = The link is valid for { $hours } hours. Nothing arrives? Look in your spam folder. Your company may also not offer registration: ask your human resources for an invitation.
employees-register-too-many = Too many requests left from here today. Try again tomorrow, or ask your human resources for an invitation.
employees-register-open-title = Confirm my address
employees-register-open-text = You are requesting access to HuntZen Care with { $company }, at the address { $email }.
employees-register-open-action = Confirm my address
employees-register-waiting-title = Address confirmed
employees-register-waiting-text = Your request has reached the human resources of { $company }.
employees-register-waiting-next = As soon as they accept, you get an e-mail with the link to choose your password.
employees-register-known-title = You have access already
employees-register-known-text = This address has an account or a pending request. Sign in, or open the invitation e-mail you received.
employees-register-closed-title = This link does not work any more
employees-register-closed-text = It was used, has expired, or is incomplete. If you have just confirmed your address, open the invitation e-mail we sent you.
employees-register-again = Start again

employees-mail-register-subject = Confirm your address to open your access
employees-mail-register-lead = You requested access to HuntZen Care with { $company }.
employees-mail-register-next = Confirm your address to go on.
employees-mail-register-action = Confirm my address
employees-mail-register-note = The link is valid until { $date }. You requested nothing? Ignore this message: nothing will be opened in your name.
employees-mail-known-subject = You have a HuntZen Care account already
employees-mail-known-lead = Somebody, probably you, has just requested access to HuntZen Care with this address. It has an account already.
employees-mail-known-next = Sign in with your password. If you have not chosen it yet, open the invitation e-mail you received, or ask your human resources to send it again.
employees-mail-refused-subject = Your request for access to HuntZen Care
employees-mail-refused-lead = The human resources of { $company } did not accept your request for access to HuntZen Care.
employees-mail-refused-next = If you think this is a mistake, talk to them: an invitation can be sent to you at any time. In distress, 3114 answers day and night.

## Registrations, for HR

employees-registrations-title = Registrations
employees-registrations-lead = Employees can request their access themselves, with an address at one of your confirmed domains.
employees-registrations-waiting = { $count ->
    [0] Nobody is waiting
    [one] One person is waiting for your approval
   *[other] { $count } people are waiting for your approval
}
employees-registrations-none = Confirmed requests will appear here.
employees-registrations-closed = Registration is closed. You add employees yourself, one by one or with a file.
employees-registrations-since = Address confirmed on { $date }
employees-registrations-approve = Accept
employees-registrations-approve-of = Accept { $name }
employees-registrations-refuse = Refuse
employees-registrations-refuse-of = Refuse { $name }
employees-registrations-see = See the requests
employees-registration-approved = Access is granted. The invitation goes to { $email }.
employees-registration-refused = The request of { $email } is refused. The person is told by e-mail.
employees-registration-impossible = { $email } cannot get access: the address has an account already, or its domain is not yours any more. You can refuse the request.
employees-rule-title = Who can register
employees-rule-legend = Registration by employees
employees-rule-off = Closed
employees-rule-off-text = Only people you add get access.
employees-rule-approval = With your approval
employees-rule-approval-text = The person confirms the address, then you accept or refuse.
employees-rule-automatic = Automatic
employees-rule-automatic-text = The person confirms the address and opens the access, as long as your contract has places. After that, they wait for your approval.
employees-rule-address = To share with your teams:
employees-rule-saved = Saved.
employees-rule-which = Choose one of the options.
