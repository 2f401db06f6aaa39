# L47: a place has file, line and column.
__curPos.offset
