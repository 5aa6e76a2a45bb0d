"""Slack's side of a workspace: what it holds, its Web API, what it delivers. It knows nothing of the registry or of the page."""
