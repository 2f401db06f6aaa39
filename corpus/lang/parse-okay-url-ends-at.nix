# L12: characters that end a URL
[ x:a"b" x:a(1) [x:a] x:a#comment
]
