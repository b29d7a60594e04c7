# /dev/mailbox : les courriels du développement.

mailbox-title = Courriels
mailbox-lead = En développement, aucun courriel ne part : ils sont gardés dans { $folder }.
mailbox-list = Courriels, du plus récent au plus ancien
mailbox-empty-title = Aucun courriel pour l’instant
mailbox-empty-text = Invitez une personne ou réservez un rendez-vous : le courriel arrivera ici.
mailbox-to = Destinataire
mailbox-html = Le courriel tel qu’il s’affiche
mailbox-alone = Ouvrir le courriel seul
mailbox-text = Version texte
