"""Decides what is said when signing in to Google fails, or signing out."""

from cjm_sheets.words.mark import N_

SENTENCES = {
    "NoClientError": N_(
        "There is no OAuth client in {looked_in}. Make one of the kind Desktop app in the Google"
        " Cloud console, and name its file with --client."
    ),
    "NoKeyError": N_("{file} holds no key of a service account. Nothing was kept."),
    "NotSignedInError": N_(
        "Not signed in, or not any more. Looked in: {looked_in}. Sign in with: cjm-sheets auth"
        " login. Or name a key file with --credentials."
    ),
    "SignInFailedError": N_("Signing in did not work ({reason}). Nothing was kept; try again."),
    "NotRevokedError": N_(
        "{file} is deleted, but Google could not be told. Take the access back yourself at"
        " myaccount.google.com/permissions."
    ),
}

IN_EXCEL = {
    "NotSignedInError": N_(
        "Not signed in, or not any more. Looked in: {looked_in}. Type in a terminal: cjm-sheets"
        " auth login; then sync again."
    ),
}
"""What is said otherwise to somebody who sits before Excel and has no command to type."""
