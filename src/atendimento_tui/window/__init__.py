"""A window without its screens: session, notices, requests to services, refresh, drafts."""
