# Ce que chacun accepte. Un changement de sens ici change aussi la version (privacy::consents).

privacy-data-title = Vos données de santé
privacy-data-stored = Ce qui est conservé.
privacy-data-stored-text = Vos rendez-vous (praticien, date, durée) et, si vous les utilisez, vos échanges, votre journal et les notes de suivi de votre praticien.
privacy-data-seen = Qui les voit.
privacy-data-seen-text = Vous, et le praticien que vous consultez. Votre journal : vous seul, et pour une page que vous partagez, le praticien que vous choisissez.
privacy-data-employer = Ce que voit { $company }.
privacy-data-employer-text = Votre compte et, par mois, un nombre de consultations et une durée totale. Jamais avec qui, quand, ni pourquoi.
privacy-data-encryption = Comment elles sont protégées.
privacy-data-encryption-text = Leur contenu est chiffré par nos serveurs. Ce n’est pas un chiffrement de bout en bout.
privacy-data-withdraw = Changer d’avis.
privacy-data-withdraw-text = Vous pouvez retirer votre accord à tout moment en répondant à l’e-mail d’invitation. Nous ne pourrons alors plus vous proposer de consultations.
privacy-consent-health-data = J’accepte que HuntZen Care conserve mes données de santé comme décrit ci-dessus.
privacy-terms-title = Les conditions d’utilisation
privacy-terms-service = HuntZen Care vous met en relation avec des praticiens indépendants, tenus au secret professionnel.
privacy-terms-emergency = Ce n’est pas un service d’urgence : en cas de danger, appelez le 15, le 112 ou le 3114.
privacy-terms-account = Votre compte est personnel : ne partagez pas votre mot de passe, pas même avec votre employeur.
privacy-consent-terms = J’accepte les conditions d’utilisation.
privacy-version = Version { $version } de ces textes
privacy-more = Qui voit quoi, en détail
