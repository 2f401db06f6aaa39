# With the experimental feature dates and times are sets.
fromTOML ''
  offset = 1979-05-27T07:32:00Z
  offsetHours = 1979-05-27T00:32:00-07:00
  fraction = 1979-05-27T00:32:00.5-07:00
  micro = 1979-05-27T00:32:00.999999-07:00
  nano = 1979-05-27T00:32:00.123456789Z
  blank = 1979-05-27 07:32:00Z
  lower = 1979-05-27t07:32:00z
  local = 1979-05-27T07:32:00
  localFraction = 1979-05-27T00:32:00.999
  date = 1979-05-27
  time = 07:32:00
  timeFraction = 00:32:00.999999
  list = [ 1979-05-27, 07:32:00 ]
''
