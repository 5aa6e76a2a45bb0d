"""Meetings: teleconferences and in-person meetings, across six time zones."""
