package drv

// This file defines the parser's tests, and what must hold for any text.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	depA = "/nix/store/00000000000000000000000000000000-a"
	depB = "/nix/store/11111111111111111111111111111111-b.drv"
)

func TestParse(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		// What is forgiven: order, repetition, missing commas, slashes, anything behind the end.
		{`Derive([("out","","",""),("dev","","","")("out","` + depA + `","","")],[],[],"s","b",[,"x""y"],[("b","1"),("a","2"),("b","3")])junk`,
			`Derive([("dev","","",""),("out","","","")],[],[],"s","b",["x","y"],[("a","2"),("b","3")])`},
		{`Derive([],[("/nix/store//11111111111111111111111111111111-b.drv/",["out","a","out"])],["/nix/../nix/store/00000000000000000000000000000000-a"],"","",[],[])`,
			`Derive([],[("` + depB + `",["a","out"])],["` + depA + `"],"","",[],[])`},
		{`Derive([],[],[],"","a\n\r\t\"\\\x\a",["\\"],[])`, `Derive([],[],[],"","a\n\r\t\"\\xa",["\\"],[])`},
		{`DrvWithVersion("xp-dyn-drv",[],[("` + depB + `",["x"])],[],"","",[],[])`, `Derive([],[("` + depB + `",["x"])],[],"","",[],[])`},
		{`DrvWithVersion("xp-dyn-drv",[],[("` + depB + `",([],[("o",["x"])]))],[],"","",[],[])`,
			`DrvWithVersion("xp-dyn-drv",[],[("` + depB + `",([],[("o",["x"])]))],[],"","",[],[])`},
	} {
		d, err := Parse(dir, "n", test.text)
		if assert.NoError(t, err, test.text) {
			assert.Equal(t, test.want, string(d.AppendATerm(nil)))
		}
	}

	const sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
	for _, test := range []struct{ text, want string }{
		{``, `expected string 'D'`},
		{`X`, `expected string 'D'`},
		{`D`, `derivation does not start with 'Derive' or 'DrvWithVersion'`},
		{`De`, `expected string 'erive('`},
		{`DrvWithVersion("x",`, `Unknown derivation ATerm format version 'x'`},
		{`Derive(`, `expected string '['`},
		{`Derive([`, `expected string '('`},
		{`Derive([("a`, `unterminated string in derivation`},
		{`Derive([("a\`, `unterminated string in derivation`},
		{`Derive([("a\"`, `unterminated string in derivation`},
		{`Derive([("out","x","","")`, `bad path 'x' in derivation`},
		{`Derive([("out","/x","","")`, `path "/x" is not in the Nix store`},
		{`Derive([("out","/nix/store/x","","")`, `'x' is too short to be a valid store path`},
		{`Derive([("out","","sha3","")`, `unknown hash algorithm 'sha3', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'`},
		{`Derive([("out","/x","sha256","impure")`, `impure derivation output should not specify output path`},
		{`Derive([("out","/x","sha256","")`, `content-addressing derivation output should not specify output path`},
		{`Derive([("out","","sha256","` + sha256 + `")`, `bad path '' in derivation`},
		{`Derive([("out","/x","sha256","12")`, `hash '12' has wrong length for hash algorithm 'sha256'`},
		{`Derive([],[("x",`, `bad path 'x' in derivation`},
		{`Derive([],[("` + depB + `",(`, `expected string '['`},
		{`DrvWithVersion("xp-dyn-drv",[],[("` + depB + `","`, `invalid inputDrvs entry in derivation`},
		{`Derive([],[],["x"]`, `bad path 'x' in derivation`},
		{`Derive([],[],[],"","",[],[("__json","{")])`, `cannot process __json attribute: `},
		{`Derive([],[],[],"","",[],[]`, `expected string ')'`},
	} {
		_, err := Parse(dir, "n", test.text)
		assert.ErrorContains(t, err, test.want, test.text)
	}
}

// plain reports whether d can be read again: Nix does not escape the system and the names of outputs.
func plain(d *Derivation) bool {
	names := []string{d.System}
	for _, o := range d.Outputs {
		names = append(names, o.Name)
	}
	var add func(InputDrv)
	add = func(in InputDrv) {
		names = append(append(names, in.Drv), in.Outputs...)
		for _, sub := range in.Dynamic {
			add(sub)
		}
	}
	for _, in := range d.InputDrvs {
		add(in)
	}
	return !strings.ContainsAny(strings.Join(names, ""), `"\\`)
}

func TestParseFile(t *testing.T) {
	d, err := ParseFile(dir, depB, `Derive([],[],[],"","",[],[])`)
	require.NoError(t, err)
	assert.Equal(t, "b", d.Name)
	_, err = ParseFile(dir, depB, `Derive([`)
	assert.EqualError(t, err, "error parsing derivation '"+depB+"': expected string '('")
	_, err = ParseFile(dir, depB, `Derive([("out","/x","","")`)
	assert.EqualError(t, err, `path "/x" is not in the Nix store`)
	_, err = ParseFile(dir, depA, "")
	assert.EqualError(t, err, "store path '00000000000000000000000000000000-a' is not a valid derivation path")
}

func FuzzParse(f *testing.F) {
	list, _ := readRecorded(f)
	for _, rec := range list {
		f.Add(rec.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse(dir, "n", text)
		if err != nil {
			return
		}
		if !plain(d) {
			return
		}
		once := string(d.AppendATerm(nil))
		d, err = Parse(dir, "n", once)
		require.NoError(t, err)
		require.Equal(t, once, string(d.AppendATerm(nil)))
		_, _ = d.Path(dir)
		_, _ = d.Modulo(func(string) (*Modulo, error) { return &Modulo{}, nil })
	})
}

// Every byte, at every place in a word, behind every other byte.
func TestScan(t *testing.T) {
	for c := range 256 {
		for before := range 256 {
			if special := before < ' ' || before == '"' || before == '\\'; special {
				continue
			}
			for at := range 9 {
				s := []byte("aaaaaaaaaaaaaaaaaaa")
				s[at], s[at+1] = byte(before), byte(c)
				want := len(s)
				if c < ' ' || c == '"' || c == '\\' {
					want = at + 1
				}
				if got := scan(string(s), 0); got != want {
					t.Fatalf("scan(%q) = %d, want %d", s, got, want)
				}
			}
		}
	}
}
