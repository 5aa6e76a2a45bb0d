"""What every area stands on: database, clock, languages, dates, changes, errors."""
