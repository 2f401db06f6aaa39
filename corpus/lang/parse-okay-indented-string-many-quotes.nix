# L9: runs of single quotes
[
  ''''
  '''''''
  ''a'''''
  '' ' '''''
  '''a''
  ''''''''''
]
