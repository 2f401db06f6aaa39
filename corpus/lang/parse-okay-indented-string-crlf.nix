# L8: CRLF stays in an indented string and stops the stripping
''
    a
      b
  ''
