package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const header = "package p\n\nimport \"github.com/alecthomas/participle/v2/lexer\"\n\n"

func TestGenerate(t *testing.T) {
	code, err := generate("g.go", []byte(header+
		"type pair struct {\n\tA lexer.Token `parser:\"@Ident\"`\n\tB []item `parser:\"( Comma @@ )*\"`\n\tC lexer.Token `parser:\"@Semicolon\"`\n}\n\n"+
		"type item struct {\n\tT lexer.Token `parser:\"@( Int | Float | String )\"`\n}\n"))
	require.NoError(t, err)
	text := string(code)
	assert.Contains(t, text, "func (x *pair) parse(p *parser)")
	assert.Contains(t, text, "for p.kind == tokComma {")
	assert.Contains(t, text, "p.unexpected(tokComma, tokSemicolon)", "what could have gone on is expected, too")
	assert.Contains(t, text, "p.unexpected(tokInt, tokFloat, tokString)")
}

func TestGenerateErrors(t *testing.T) {
	for tag, want := range map[string]string{
		"@Ident | @Ident @Int": "two alternatives start with Ident",
		"( @Ident? )*":         "may be empty",
		"( @Ident":             "unexpected end of tags",
		"@Ident )":             `unexpected ")"`,
		"@Ident | @Int?":       "an alternative may be empty",
	} {
		_, err := generate("g.go", []byte(header+"type bad struct {\n\tA lexer.Token `parser:\""+tag+"\"`\n}\n"))
		assert.ErrorContains(t, err, want, tag)
	}
}
