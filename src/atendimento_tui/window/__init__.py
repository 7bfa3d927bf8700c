"""What one window is besides its screens: the session, requests to services, the refresh, drafts."""
