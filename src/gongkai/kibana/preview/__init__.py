"""A page that shows the dashboards without Kibana: the same panels, the same numbers.

It needs nothing at viewing time: charts are inline SVG, drawn by Vega through ``vl-convert``
(the extra ``gongkai[preview]``).
"""

from gongkai.kibana.preview.page import write_page

__all__ = ["write_page"]
