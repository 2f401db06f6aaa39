# L7: the smallest indentation is removed
''
  one
    two
   three
''
