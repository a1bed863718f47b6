"""Identity: which record of a box a performer or studio is; its conflicts and decisions are stored here."""
