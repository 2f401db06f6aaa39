# L7: text or spaces on the line of the opening quotes
[
  ''one
    two''
  ''   one
    two''
  ''   
    two''
  '' a ''
  ''   ''
]
