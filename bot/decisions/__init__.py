"""Questions put to the Councils, positions and decisions, in Slack, by e-mail and on the web."""
