"""The places and programs outside: each adapter speaks to one of them."""
