"""All dashboards and saved searches, as data: the one source of bundle, searches and preview."""

from gongkai.kibana.panels.agency import AGENCY
from gongkai.kibana.panels.finding import CELLS, SEARCH
from gongkai.kibana.panels.overview import OVERVIEW
from gongkai.kibana.panels.quality import QUALITY
from gongkai.kibana.panels.searches import SEARCHES

#: In the order of the links above every dashboard.
DASHBOARDS = (OVERVIEW, SEARCH, CELLS, AGENCY, QUALITY)

__all__ = ["DASHBOARDS", "SEARCHES"]
