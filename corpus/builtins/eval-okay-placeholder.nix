# placeholder gives a string without context that stands for an output path.
[
  (placeholder "out")
  (placeholder "dev")
  (placeholder "")
  (builtins.hasContext (placeholder "out"))
]
