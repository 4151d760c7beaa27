"""The shared copy: a spreadsheet at Google, or at a service that speaks as Google does."""
