"""Parts of patterns that are looked for in more than one place: of names, days, counts, files."""

from __future__ import annotations

#: The last signs of bodies' names.
BODIES = "局委厅室府处会心院校镇乡道队署馆"
#: The last signs of names of places that have bodies of their own; towns are such bodies.
PLACES = "省市县区州盟旗"
#: 〇 is typed in many ways, a Latin O and a figure 0 among them.
ZERO = "[〇○Oo零0]"
#: A day in figures: 2024-01-15, 2024年1月15日.
DAY = r"20\d{2}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?"
#: What pages count, 阅读次数.
READINGS = ("阅读", "浏览", "访问", "点击")
READ = f"(?:{'|'.join(READINGS)})"
#: The end of a file's name.
FILE_TYPE = r"\.(?:docx?|pdf|wps|ofd|xlsx?|et|rtf|zip|rar)\b"
