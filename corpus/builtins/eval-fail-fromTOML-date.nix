# Without the experimental feature dates are errors.
fromTOML "date = 1979-05-27"
