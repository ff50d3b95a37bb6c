"""Elasticsearch side: documents, mappings, index generations, bulk sink, queries."""
