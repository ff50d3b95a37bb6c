"""Kibana side: data views, dashboards, roles, and what installs them.

Panels are data (``panels``). From them come the saved objects (``bundle``), the same numbers as a
plain search (``aggregations``) and a page for people without Kibana (``preview``).
"""
