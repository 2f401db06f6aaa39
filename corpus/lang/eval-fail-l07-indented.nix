# L7: an indented string loses its indentation before it is used.
throw ''
    a
      b
  ''
