"""The embedded Sheets and Drive service: it alone stands in for Google, over HTTP only."""
