"""The tests of Cadre; they mirror its packages."""
