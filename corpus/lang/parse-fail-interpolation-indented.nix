# L10: an error inside an indented string
''
  ${1 +}
''
