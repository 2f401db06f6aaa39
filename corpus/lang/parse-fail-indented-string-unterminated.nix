# L7: no closing quotes
''
  abc
