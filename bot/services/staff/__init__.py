"""Staff of the centre: accounts with roles, passwords, sign-in with throttling, sessions. No web, no SQL."""
