# L7: a tab on the last line makes it count
''
    a
  	''
