"""A test bed: random but consistent reports, the page styles they are printed in, and damages.

* :mod:`tests.testbed.reports` makes reports whose numbers obey every identity;
* :mod:`tests.testbed.content` turns one into what a page prints: lines, headings, tables;
* :mod:`tests.testbed.styles` prints that as a page, in the ways that portals do;
* :mod:`tests.testbed.damages` damages a page and says which printed cells changed;
* :mod:`tests.testbed.reader` asks gongkai to read a page;
* :mod:`tests.testbed.scoring` compares what it read with what the page prints.

Everything is a function of a seed, so that each page can be made again from its name.
"""
