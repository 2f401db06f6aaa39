package registry_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/registry"
)

var parser = &flakeref.Parser{}

func ref(t testing.TB, text string) *flakeref.Ref {
	r, err := parser.Parse(text)
	require.NoError(t, err)
	return r
}

// TestText is for the file as C++ Nix 2.34.8 writes it.
func TestText(t *testing.T) {
	r := &registry.Registry{}
	r.Add(ref(t, "x"), ref(t, "github:o/r?dir=d"))
	r.Add(ref(t, "y/b"), ref(t, "path:/p"))
	r.Add(ref(t, "x"), ref(t, "github:o/s"))
	r.Entries[0].Exact = true
	const want = `{
  "flakes": [
    {
      "exact": true,
      "from": {
        "id": "y",
        "ref": "b",
        "type": "indirect"
      },
      "to": {
        "path": "/p",
        "type": "path"
      }
    },
    {
      "from": {
        "id": "x",
        "type": "indirect"
      },
      "to": {
        "owner": "o",
        "repo": "s",
        "type": "github"
      }
    }
  ],
  "version": 2
}`
	text, err := r.Text()
	require.NoError(t, err)
	assert.Equal(t, want, text)
	again, err := registry.Parse("F", text, parser)
	require.NoError(t, err)
	text, err = again.Text()
	require.NoError(t, err)
	assert.Equal(t, want, text)

	r.Remove(ref(t, "x"))
	r.Remove(ref(t, "y/b"))
	text, err = r.Text()
	require.NoError(t, err)
	assert.Equal(t, "{\n  \"flakes\": null,\n  \"version\": 2\n}", text)
	_, err = registry.Parse("F", text, parser)
	require.NoError(t, err)
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{`, "cannot parse flake registry 'F': [json.exception.parse_error.101] parse error at line 1, column 2: syntax error while parsing object key - unexpected end of input; expected string literal"},
		{`[]`, "cannot read flake registry 'F': it is no object"},
		{`{}`, "cannot read flake registry 'F': flake registry 'F' has unsupported version 0"},
		{`{"version":2,"flakes":1}`, "cannot read flake registry 'F': 'flakes' is no list"},
		{`{"version":2,"flakes":[1]}`, "cannot read flake registry 'F': entry 1 is no object"},
		{`{"version":2,"flakes":[{}]}`, "cannot read flake registry 'F': 'from' of entry 1: it is no object"},
		{`{"version":2,"flakes":[{"from":{"type":"indirect","id":"x"},"to":{"type":"path"}}]}`, "cannot read flake registry 'F': 'to' of entry 1: input attribute 'path' is missing"},
		{`{"version":2,"flakes":[{"from":{"type":null}}]}`, "cannot read flake registry 'F': 'from' of entry 1: 'type' is no string, integer or Boolean"},
	} {
		_, err := registry.Parse("F", c.text, parser)
		assert.EqualError(t, err, c.want)
	}
}

func TestLookup(t *testing.T) {
	const rev = "7c3df468258a93b4b02772590563f65cace27f0f"
	make := func(pairs ...string) *registry.Registry {
		r := &registry.Registry{}
		for i := 0; i < len(pairs); i += 2 {
			r.Add(ref(t, pairs[i]), ref(t, pairs[i+1]))
		}
		return r
	}
	l := registry.List{
		registry.Flag: make("f", "github:flag/f"),
		registry.User: make("f", "github:user/f", "g", "github:user/g/main", "loop", "pool", "pool", "loop", "p", "path:/p", "github:a/b", "path:/local"),
		registry.Global: make("g", "git+https://global/g?dir=sub", "h", "g", "b", "git+https://global/b?ref=main",
			"e/exact", "path:/exact", "n/"+rev, "path:/rev"),
	}
	l[registry.Global].Entries[3].Exact = true
	for _, c := range []struct{ text, want, limited string }{
		{"f", "github:flag/f", "github:flag/f"},
		{"g", "github:user/g/main", "git+https://global/g?dir=sub"},
		{"h", "github:user/g/main", "git+https://global/g?dir=sub"},
		{"g/br", "github:user/g/br", "git+https://global/g?dir=sub&ref=br"},
		{"g/" + rev, "github:user/g/" + rev, "error: Git input 'git+https://global/g?rev=" + rev + "' has a commit hash but no branch/tag name"},
		{"f/br/" + rev, "error: cannot apply both a commit hash (" + rev + ") and a branch/tag name ('br') to input 'github:flag/f'", ""},
		{"b/" + rev, "git+https://global/b?ref=main&rev=" + rev, ""},
		{"p/br", "error: don't know how to set branch/tag name of input 'path:/p' to 'br'", "error: cannot find flake 'flake:p/br' in the flake registries"},
		{"p/" + rev, "error: don't know how to set revision of input 'path:/p' to '" + rev + "'", ""},
		{"e/exact", "path:/exact", ""},
		{"e", "error: cannot find flake 'flake:e' in the flake registries", ""},
		{"n/" + rev, "path:/rev", ""},
		{"loop", "error: cycle detected in flake registry for 'flake:loop'", ""},
		{"github:a/b", "path:/local", "github:a/b"},
		{"github:a/b?dir=x", "path:/local?dir=x", "github:a/b?dir=x"},
		{"path:/q", "path:/q", "path:/q"},
	} {
		for i, want := range []string{c.want, c.limited} {
			if want == "" {
				continue
			}
			r, err := l.Lookup(ref(t, c.text), i == 1, parser)
			got := ""
			if err != nil {
				got = "error: " + err.Error()
			} else if got, err = r.Text(parser); err != nil {
				t.Fatal(err)
			}
			assert.Equal(t, want, got, c.text)
		}
	}
}

// FuzzParse writes what it read, and reads that again.
func FuzzParse(f *testing.F) {
	f.Add(`{"version":2,"flakes":[{"exact":true,"from":{"type":"indirect","id":"x"},"to":{"type":"github","owner":"o","repo":"r","dir":"d"}}]}`)
	f.Add(`{"version":2,"flakes":[{"from":{"type":"indirect","id":"y","ref":"b"},"to":{"type":"path","path":"/p"}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := registry.Parse("file", text, parser)
		if err != nil {
			return
		}
		written, err := r.Text()
		require.NoError(t, err)
		again, err := registry.Parse("file", written, parser)
		require.NoError(t, err)
		rewritten, err := again.Text()
		require.NoError(t, err)
		require.Equal(t, written, rewritten)
	})
}
