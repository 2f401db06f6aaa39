# nothing here
  # nor here
