"""Cadre: the registry of Canada's Joint Councils, and the Councils' rules."""

import zoneinfo

# The operating system's zone files are often a year old, and `zoneinfo` reads them first: with them, Winnipeg, Edmonton,
# Vancouver and Inuvik are an hour wrong since 2026. Only the pinned `tzdata` package counts. Zones that were looked up
# before this line keep their old rules until the cache is cleared.
zoneinfo.reset_tzpath(to=())
zoneinfo.ZoneInfo.clear_cache()
