"""The web server: Slack's way in, the pages, and whether all is well."""
