# L12: URL literals are strings
[
  http://example.org/a/b.tar.gz?x=1&y=%20
  mailto:someone@example.org
  a:b
  git+ssh://host:22/~user/repo
  x:'quoted'
  x:!~*$,=+
  h323.a-b+c:0
]
