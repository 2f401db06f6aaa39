package lang

// Token is a token for tests.
type Token struct {
	Name   string
	Offset int
	Text   string
}

// Tokens returns the tokens of src, up to and without EOF.
func Tokens(src string) []Token {
	list, _ := definition{pipes: true}.LexString("", src)
	var out []Token
	for {
		tok, _ := list.Next()
		if tok.Type == tokEOF {
			return out
		}
		out = append(out, Token{tokens[tok.Type].name, tok.Pos.Offset, tok.Value})
	}
}
