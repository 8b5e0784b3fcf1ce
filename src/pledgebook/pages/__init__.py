"""One context per page: everything that a page shows, computed once, whatever draws it."""
