# The common indentation of the lines is taken away: spaces only, blank lines do not count. (L7)
[
  ''
    two
      four
    two
  ''
  ''one line''
  ''   one line, spaces first''
  ''

    blank first

    and between
  ''
  ''
    last line shorter
   ''
  ''
	tab
	  tab and two spaces
  ''
  ''a
    b
      c''
  ''''
  ''
  ''
]
