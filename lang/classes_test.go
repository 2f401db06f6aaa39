package lang

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// classes returns the pieces of src, a letter for the class of each.
func classes(src string) string {
	var out []string
	for _, p := range Pieces(src) {
		if p.Class != ClassSpace {
			out = append(out, string([]rune(" #kn0\"/ob!")[p.Class])+src[p.Start:p.End])
		}
	}
	return strings.Join(out, " ")
}

func TestPieces(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"let x = 1; in x + 2.5", "klet nx o= 01 o; kin nx o+ 02.5"},
		{`"a${b}c" # end`, `"" "a b${ nb b} "c "" ## end`},
		{"''a${b}''", `"'' "a b${ nb b} "''`},
		{"/* c */ ./a/${x}/b <nixpkgs> http://x.y", "#/* c */ /./a/ b${ nx b} //b /<nixpkgs> /http://x.y"},
		{"{ a, ... }: a.b or c", "b{ na o, o... b} o: na o. nb kor nc"},
		{`"never ends`, `"" "never ends`},
		{"/* never ends", "o/ o* nnever nends"},
		{"a ^", "na !^"},
		{"", ""},
	} {
		assert.Equal(t, test.want, classes(test.src), test.src)
	}
}

func FuzzPieces(f *testing.F) {
	f.Add(`{ a = "x${y}"; } # z`)
	f.Add("/0/")
	f.Fuzz(func(t *testing.T, src string) {
		at := 0
		for _, p := range Pieces(src) {
			if p.Start != at || p.End <= p.Start {
				t.Fatalf("%q: piece %v at %d", src, p, at)
			}
			at = p.End
		}
		if at != len(src) {
			t.Fatalf("%q: ends at %d", src, at)
		}
	})
}
