# The life of a client company: request, decision, contract, HR team.

## The request, on the public site

clients-request-title = Join HuntZen Care
clients-request-lead = Offer your teams confidential consultations with verified psychologists and practitioners. Tell us who you are and we will answer.
clients-request-company = Your company
clients-request-contact = You
clients-request-submit = Send the request
clients-request-privacy = We use this information only to handle your request. A request that nobody confirms is erased after three days, a refused one after a year.
clients-request-steps = What happens next
clients-request-step-1 = You confirm your address.
clients-request-step-1-text = A link leaves at once for your work address.
clients-request-step-2 = We study your request.
clients-request-step-2-text = You get the answer by e-mail, with the reason if we cannot accept it.
clients-request-step-3 = Your HR team is invited.
clients-request-step-3-text = It imports its employees, and each of them gets a personal invitation.
clients-request-sent = Check your mailbox
clients-request-sent-text = If { $email } can receive our message, a link has just left for it. Follow it so that your request reaches us.
clients-request-sent-hint = The link works for { $hours } hours. It may have landed in your spam folder.
clients-request-home = Back to the home page
clients-request-too-many = Too many requests left from here today. Please try again tomorrow.

clients-name = Company name
clients-legal-name = Legal name
clients-legal-name-hint = As it stands in the trade register.
clients-siret = SIRET number
clients-siret-hint = The 14 digits of the establishment, with or without spaces.
clients-siret-digits = A SIRET number has 14 digits.
clients-siret-key = This number does not exist: its check digit is wrong. Please check every digit.
clients-sector = Sector
clients-size = Headcount
clients-size-choose = Choose
clients-size-missing = Choose a headcount.
clients-size-small = Fewer than 50 people
clients-size-medium = 50 to 249 people
clients-size-large = 250 to 4,999 people
clients-size-enterprise = 5,000 people and more
clients-address = Work e-mail address
clients-address-hint = At your company’s domain.
clients-address-unreadable = This address is not valid.
clients-address-public = Give an address of your company: a personal one (Gmail, Orange…) is not enough.
clients-address-elsewhere = This address is not at the domain given below.
clients-domain = Domain of your employees’ addresses
clients-domain-hint = What follows the @. You can add others later.
clients-domain-unreadable = This is not a domain name: for example “company.com”.
clients-domain-public = Anybody can have an address at this domain. Give your company’s own.
clients-message = Your message
clients-message-hint = What you expect, your questions, when to call you back.
clients-field-missing = This field is needed.
clients-field-long = { $count } characters at most.
clients-field-characters = This text holds characters that cannot be typed.

clients-link-open = Confirm your request
clients-link-open-text = You ask to join HuntZen Care in the name of { $company }, with the address { $email }.
clients-link-open-action = Confirm the request
clients-link-confirmed = Request confirmed
clients-link-confirmed-text = Your request has reached us.
clients-link-confirmed-next = We are studying it and will answer by e-mail.
clients-link-closed = This link no longer works
clients-link-expired-text = The link was not followed in time, and the request is closed. You can send another one.
clients-link-unknown-text = This link is incomplete, or the request was erased. You can send another one.
clients-link-again = Send a request

## The e-mails

clients-mail-code = Code
clients-mail-request-subject = Confirm your request
clients-mail-request-lead = You asked to join HuntZen Care in the name of { $company }.
clients-mail-request-next = Confirm your request by following this link, so that it reaches us.
clients-mail-request-action = Confirm the request
clients-mail-request-note = The link works until { $date }, once. If you asked for nothing, ignore this message: without confirmation the request is erased.
clients-mail-validated-subject = Welcome to { $company }
clients-mail-validated-lead = Your request is accepted: { $company } joins HuntZen Care.
clients-mail-validated-next = The first HR account is about to receive its invitation. It will let you import and invite your employees.
clients-mail-refused-subject = Your request for { $company }
clients-mail-refused-lead = We studied the request of { $company } and cannot accept it.
clients-mail-refused-next = The reason is below. If your situation changes, you can send another request.
clients-mail-suspended-subject = { $company } is suspended
clients-mail-suspended-lead = The access of { $company } to HuntZen Care is suspended.
clients-mail-suspended-next = Your employees can no longer book consultations. Their data is kept and stays theirs. The reason is below.
clients-mail-reactivated-subject = { $company } is active again
clients-mail-reactivated-lead = The access of { $company } to HuntZen Care is restored.
clients-mail-reactivated-next = Your employees can book consultations again.
clients-mail-hr-subject = Your HR space for { $company }
clients-mail-hr-lead = An HR account is ready for you: it manages the accounts of the employees of { $company } on HuntZen Care.
clients-mail-hr-limits = You will see accounts and figures of use. You will never see who consults whom, when or why.
clients-invitation-lead = { $company } entrusts its HR space to you. Choose your password to open it.

## The page of a company, on the platform’s side

clients-decide = A decision is expected
clients-decide-text = The requester’s address and its domain are confirmed by the link that was followed.
clients-validate = Validate the company
clients-refuse = Refuse the request
clients-refuse-hint = The requester will read it in the answer.
clients-refuse-action = Refuse
clients-reason = Reason
clients-reason-missing = Give the reason: those concerned will read it.
clients-validated = The company is validated. Now invite its first HR account.
clients-refused = The request is refused. The answer leaves by e-mail.
clients-suspended = The company is suspended. Its HR team is told.
clients-reactivated = The company is active again. Its HR team is told.
clients-decided-already = A decision had been taken already: nothing has changed.
clients-twin-title = Another company resembles it
clients-twin-text = It has the same SIRET or the same domain:
clients-twin-refused = { $company } already has this SIRET or domain: two companies cannot share them.
clients-twin-now = Another company was just validated with this SIRET or domain.
clients-identity = Identity
clients-contact = Contact
clients-domains = E-mail domains
clients-known-since = Known since
clients-requester = Request
clients-requester-address = Confirmed address
clients-requester-asked = Sent on
clients-usage-employees = Employee accounts
clients-usage-month = Consultations this month
clients-usage-year = Since January
clients-usage-ever = Since the beginning
clients-contract = Contract
clients-contract-employees = Maximum number of employees
clients-contract-employees-hint = Pending and active accounts. Empty: no limit. Below the present number nobody loses an account, but no new one is accepted.
clients-contract-consultations = Consultations per employee and year
clients-contract-consultations-hint = Completed and upcoming consultations of the calendar year, including those the employee missed or cancelled late. Empty: no limit.
clients-contract-saved = The contract is up to date.
clients-limit-error = A whole number from 1 to { $most }, or nothing.
clients-team = HR team
clients-team-lead = The accounts that manage this company’s employees.
clients-team-first = Invite the first HR account
clients-team-invite = Invite somebody else
clients-team-submit = Invite
clients-member-invited = The invitation leaves for { $email }.
clients-member-resent = A new link has left, valid for 7 days. The links before it no longer work.
clients-member-closed = The company is not active: nobody can be invited to it.
clients-member-taken = This address cannot be invited: it already has an account.
clients-address-not-allowed = This address is at none of the company’s confirmed domains.
clients-suspend = Suspend the company
clients-suspend-text = Nothing more can be booked. Nothing is cancelled and nothing is erased.
clients-suspend-hint = The HR team will read it in the mail that tells it.
clients-suspend-action = Suspend
clients-reactivate = Restore the company
clients-reactivate-text = Its employees will be able to book again, with the same accounts.
clients-reactivate-action = Restore
clients-history = History
clients-history-none = Nothing has been done to this company yet.
clients-actor-link = The requester, through the link
clients-actor-gone = Deleted account
clients-event-requested = Request confirmed
clients-event-validated = Company validated
clients-event-refused = Request refused
clients-event-suspended = Company suspended
clients-event-reactivated = Company restored
clients-event-contract = Contract changed
clients-event-notice = Cancellation notice changed
clients-event-hr-invited = HR account invited
clients-event-other = Change

## The company’s page, on HR’s side

clients-company = My company
clients-company-profile = Profile
clients-company-lead = What your employees read of your company, and what HuntZen Care has to know of it.
clients-company-saved = The profile is up to date.
clients-siret-taken = This SIRET is already another client’s. Contact HuntZen Care.
clients-places = Address
clients-street = Number and street
clients-postal-code = Postal code
clients-city = Town
clients-country = Country
clients-zone = Time zone
clients-zone-hint = That of new accounts. Everybody can choose their own afterwards.
clients-zone-missing = Choose a time zone from the list.
clients-contacts = Contacts
clients-contact-email = Contact e-mail address
clients-phone = Telephone
clients-site = Web site
clients-site-unreadable = Give a whole address that begins with https://.
clients-hours = Hours of human resources
clients-hours-hint = Shown at the top of your employees’ home page.
clients-emergency = Emergency message
clients-emergency-hint = Shown to your employees with 3114, 15 and 112: an internal number, a trusted person.
clients-colours = Colours
clients-colours-hint = Those of your employees’ banner. Text has to stay readable: a contrast of at least 4.5 is asked for. Empty: those of HuntZen Care.
clients-colour-back = Background
clients-colour-ink = Text
clients-colour-unreadable = A colour is written with six digits or letters from a to f: for example #135e54.
clients-colour-both = Give both colours, or none.
clients-contrast = These two colours have a contrast of { $ratio }: it takes 4.5 for everybody to read them.
clients-pictures = Pictures
clients-pictures-lead = Every picture is drawn again by the server: its hidden data (place, device) disappears.
clients-logo = Logo
clients-logo-hint = Square if possible. PNG, JPEG or WebP, 5 MB at most.
clients-logo-alt = Your present logo
clients-logo-remove = Remove the logo
clients-cover = Cover picture
clients-cover-hint = Landscape: it is cut to a shape of 4:1. PNG, JPEG or WebP, 5 MB at most.
clients-cover-alt = Your present cover picture
clients-cover-remove = Remove the cover
clients-picture-send = Send the picture
clients-picture-saved = The picture is saved.
clients-picture-removed = The picture is removed.
clients-picture-missing = Choose a picture.
clients-picture-large = This picture is larger than 5 MB.
clients-picture-unreadable = This file is no PNG, JPEG or WebP picture that we can read.

## The domains

clients-domains-lead = Only addresses of these domains can be invited or imported.
clients-domain-is-confirmed = Confirmed
clients-domain-waits = Code expected
clients-domain-add = Add a domain
clients-domain-add-text = A code leaves for an address at this domain: typing it here proves that the domain is yours.
clients-domain-address = An address at this domain
clients-domain-address-hint = Yours for example: the domain is what follows the @.
clients-domain-send = Send the code
clients-domain-own = This domain is confirmed for your company already.
clients-domain-elsewhere = This domain is already another company’s. Contact HuntZen Care.
clients-domain-confirmed = The domain { $domain } is confirmed.
clients-domain-remove = Remove
clients-domain-remove-of = Remove the domain { $domain }
clients-domain-removed = The domain { $domain } is removed. Existing accounts stay.
clients-domain-kept = Nothing was removed: it takes at least one domain.
clients-code = Code received
clients-code-hint = Sent to { $email }, valid until { $date }.
clients-code-action = Confirm
clients-code-sent = A code leaves for { $email }.
clients-code-too-many = Too many codes were asked for today. Please try again tomorrow.
clients-code-wrong = { $count ->
    [one] That is not the code. One try is left.
   *[other] That is not the code. { $count } tries are left.
}
clients-code-over = This code no longer works: ask for another one.
clients-mail-hello = Hello,
clients-mail-code-subject = Your code for { $domain }
clients-mail-code-lead = { $name } is adding the domain { $domain } to the space of { $company } on HuntZen Care. Here is the code to type.
clients-mail-code-note = It works for { $minutes } minutes. If you do not know this person, give it to nobody and ignore this message.

## HR’s team, on HR’s side

clients-team-own = The people who share this space. Each has an account: do not share a password.
clients-team-me = You
clients-team-invite-text = An address at a confirmed domain that has no account yet: an employee’s account never becomes an HR account.
clients-team-last = One active HR account has to stay: the last one cannot be suspended.
clients-team-suspend = Suspend
clients-team-suspend-of = Suspend the access of { $name }
clients-team-reactivate = Restore
clients-team-reactivate-of = Restore the access of { $name }
clients-member-suspended = The access of { $name } is suspended.
clients-member-reactivated = The access of { $name } is restored.
clients-member-last = Nothing has changed: this is the last active HR account, and one has to stay.
clients-event-hr-suspended = HR account suspended
clients-event-hr-reactivated = HR account restored
clients-event-domain-confirmed = Domain confirmed
clients-event-domain-dropped = Domain removed
clients-event-corrected = Profile changed
clients-event-picture = Picture changed
clients-mail-concerned-subject = Your upcoming appointments
clients-mail-concerned-employee = { $count ->
    [one] One of your upcoming appointments waits for your decision. It stays planned unless you cancel it.
   *[other] { $count } of your upcoming appointments wait for your decision. They stay planned unless you cancel them.
}
clients-mail-concerned-practitioner = { $count ->
    [one] A client company is suspended. It concerns one of your upcoming appointments, which stays planned unless somebody cancels it.
   *[other] A client company is suspended. It concerns { $count } of your upcoming appointments, which stay planned unless somebody cancels them.
}
clients-mail-concerned-action = See these appointments
clients-upcoming = Upcoming consultations
clients-upcoming-hint = To be kept or cancelled by each employee and practitioner

## The settings of a member of HR

clients-settings = Settings
clients-settings-lead = What you receive by e-mail, and in which language.
clients-settings-mails = Your e-mails
clients-settings-mails-lead = Sent to { $email }.
clients-settings-team = The HR team
clients-settings-team-hint = When somebody else invites, suspends or restores an HR account.
clients-settings-domains = E-mail domains
clients-settings-domains-hint = When somebody else confirms or removes a domain.
clients-settings-always = The decisions of HuntZen Care about your company and the security of your account are always sent to you.
clients-settings-saved = Your settings are saved.
clients-settings-language-lead = That of your space and of your e-mails.
clients-settings-language-action = Change language
clients-settings-elsewhere = Set elsewhere
clients-settings-team-text = Invite somebody, suspend an access.
clients-settings-domains-text = The domains that your employees’ addresses may have.
clients-mail-team-subject = News of the HR space of { $company }
clients-mail-team-invited = { $name } invited somebody to the HR team of { $company }.
clients-mail-team-suspended = { $name } suspended an account of the HR team of { $company }.
clients-mail-team-reactivated = { $name } restored an account of the HR team of { $company }.
clients-mail-domain-confirmed = { $name } confirmed an e-mail domain for { $company }: its addresses can now be invited.
clients-mail-domain-dropped = { $name } removed an e-mail domain of { $company }.
clients-mail-team-next = If you did not expect this, speak to your colleague or to HuntZen Care.
clients-mail-team-action = See what changed
clients-mail-team-note = You can choose these e-mails in the settings of your HR space.
