"""The page on which people edit a shared map in the browser."""
