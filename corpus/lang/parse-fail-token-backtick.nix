# L51: a backtick
`a`
