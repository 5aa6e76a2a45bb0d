"""Groups in Slack: a card each, on which the secretariat and those who lead keep it in order."""
