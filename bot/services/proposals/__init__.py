"""What counsellors propose to the content team: phrases and answers, with personal data masked. No web, no SQL."""
