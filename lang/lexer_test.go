package lang_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/firn-lang/firn/lang"
)

// tokens writes the tokens of src as name:text, shorter where the text is all.
func tokens(src string) string {
	var out []string
	for _, t := range lang.Tokens(src) {
		switch t.Name {
		case "Ident", "Int", "Float", "Path", "URI", "String", "IndString", "SearchPath", "HomePath", "LambdaIdent", "Formals",
			"PathStart", "PathPart", "StringPart", "IndPart", "HomeStart", "LegacyLet", "Invalid":
			out = append(out, fmt.Sprintf("%s:%s", t.Name, t.Text))
		case "PathEnd":
			out = append(out, "PathEnd")
		default:
			out = append(out, t.Text)
		}
	}
	return strings.Join(out, " ")
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"", ""},
		// Numbers.
		{"1 007 1.5 .5 5. 1.5e3 1.e-2", "Int:1 Int:007 Float:1.5 Float:.5 Float:5. Float:1.5e3 Float:1.e-2"},
		{"05.5 1e3 1..5 0.5", "Int:05 Float:.5 Int:1 Ident:e3 Float:1. Float:.5 Float:0.5"},
		{"1.5e", "Float:1.5 Ident:e"},
		// Names.
		{"a a' a-b a_ _ or if iff", "Ident:a Ident:a' Ident:a-b Ident:a_ Ident:_ or if Ident:iff"},
		{"a->b", "Ident:a- > Ident:b"},
		// Paths.
		{"a/b ./a ../a /a ~/a a/b/c -/a", "Path:a/b Path:./a Path:../a Path:/a HomePath:~/a Path:a/b/c Path:-/a"},
		{"1/2 1 / 2 a.b/c a.b", "Path:1/2 Int:1 / Int:2 Path:a.b/c Ident:a . Ident:b"},
		{"a //b a+b/c", "Ident:a // Ident:b Path:a+b/c"},
		{"./a/${b}c d", "PathStart:./a/ ${ Ident:b } PathPart:c PathEnd Ident:d"},
		{"~/${b}", "HomeStart:~/ ${ Ident:b } PathEnd"},
		{"./a/ b", "PathStart:./a/ Invalid:  Ident:b"},
		{"./a//b", "PathStart:./a/ PathPart:/b PathEnd"},
		{"a/", "Ident:a /"},
		// Search paths, URLs.
		{"<a> <a/b> < a> <a/>", "SearchPath:<a> SearchPath:<a/b> < Ident:a > < Ident:a / >"},
		{"x:x x: x http://a?b=c; a_b:c", "URI:x:x LambdaIdent:x : Ident:x URI:http://a?b=c ; LambdaIdent:a_b : Ident:c"},
		// Strings.
		{`"a" "" "a\"b" "$a $${b} \${c}"`, `String:"a" String:"" String:"a\"b" String:"$a $${b} \${c}"`},
		{`"a${b}c"`, `" StringPart:a ${ Ident:b } StringPart:c "`},
		{`"${"${a}"}"`, `" ${ " ${ Ident:a } " } "`},
		{`"a`, `" StringPart:a`},
		{`"a$`, `" StringPart:a`},
		{"''a'' ''a''${b}'' ''a'''b''", "IndString:''a'' IndString:''a''${b}'' IndString:''a'''b''"},
		{"''a${b}c''", "'' IndPart:a ${ Ident:b } IndPart:c ''"},
		{"''  \n a''", "IndString:''  \n a''"},
		{"''$''${a}''", "IndString:''$''${a}''"},
		// Comments.
		{"1 # 2\n3 /* 4 */ 5 /* * / **/ 6", "Int:1 Int:3 Int:5 Int:6"},
		{"1 # 2\r3", "Int:1 Int:3"},
		{"1 /* 2", "Int:1 / * Int:2"},
		// What one token of look-ahead could not decide.
		{"{ a, b }: c", "Formals:{ Ident:a , Ident:b } : Ident:c"},
		{"{ a }: { }@b: { ... }", "Formals:{ Ident:a } : Formals:{ } @ LambdaIdent:b : Formals:{ ... }"},
		{"{ a ? 1 } { a = 1; } { }", "Formals:{ Ident:a ? Int:1 } { Ident:a = Int:1 ; } { }"},
		{"let { let a", "LegacyLet:let { let Ident:a"},
		// What is no token.
		{"$ ~ ' ` | &", "Invalid:$ Invalid:~ Invalid:' Invalid:` Invalid:| Invalid:&"},
		{"1\x002\xff", "Int:1 Invalid:\x00 Int:2 Invalid:\xff"},
	} {
		assert.Equal(t, c.want, tokens(c.src), "%q", c.src)
	}
}

// A window ends between any two tokens at some length.
func TestWindows(t *testing.T) {
	for n := 1000; n < 1060; n++ {
		src := "[" + strings.Repeat(" 1", n) + " ({ a, b }: { }@c: let { body = d: 1; }) ]"
		tree, err := parse("a.nix", src)
		if assert.NoError(t, err, "%d", n) {
			assert.Contains(t, tree.Print(lang.PrintOptions{}), "({ a, b }: ({  } @ c: (rec { body = (d: 1); }).body))")
		}
	}
}
