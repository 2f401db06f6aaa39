package manifest_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/builtins/flake/manifest"
	"github.com/firn-lang/firn/lang"
)

// read reads a flake.nix called F.
func read(t testing.TB, text string) (*manifest.Manifest, error) {
	cfg := lang.NewConfig()
	tree, err := cfg.Parse("F", text)
	if err == nil {
		err = tree.Resolve(lang.NewScope(cfg.Symbols, "true", "false", "null", "builtins", "map"))
	}
	if err != nil {
		t.Skip(err)
	}
	return manifest.Read(tree, manifest.Options{URL: "U", Name: cfg.Symbols.Name, Parser: &flakeref.Parser{}})
}

// show returns inputs as text, an input on a line.
func show(inputs lock.Inputs, indent string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		in := inputs[name]
		b.WriteString(indent + name)
		if in.Ref != nil {
			b.WriteString(" " + in.Ref.All().String())
		}
		if in.Follows != nil {
			fmt.Fprintf(&b, " follows %q", []string(in.Follows))
		}
		if in.IsTree {
			b.WriteString(" tree")
		}
		b.WriteString("\n" + show(in.Overrides, indent+"  "))
	}
	return b.String()
}

func TestInputs(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{ outputs = _: { }; }`, ""},
		{`{ inputs.a.url = "github:o/r?dir=x"; outputs = { self, a, b ? 1, ... }: { }; }`, `
a {"dir":"x","owner":"o","repo":"r","type":"github"}
b {"id":"b","type":"indirect"}`},
		{`{ inputs = { a = { type = "git"; url = "https://x/y"; submodules = true; revCount = 7; }; b = { }; }; outputs = x: x; }`, `
a {"revCount":7,"submodules":true,"type":"git","url":"https://x/y"}
b`},
		{`{ inputs.a = { follows = "b/c"; }; inputs.d.follows = ""; inputs.b.inputs = { c.inputs.d.follows = "d"; e.url = "e"; }; outputs = x: x; }`, `
a follows ["b" "c"]
b
  c
    d follows ["d"]
  e {"id":"e","type":"indirect"}
d follows []`},
		{`{ inputs.a.url = "./sub?dir=x"; inputs.b.url = ../up/./y; inputs.c.url = "path:./."; inputs.d.url = ./.; outputs = x: x; }`, `
a {"dir":"x","path":"./sub","type":"path"}
b {"path":"../up/y","type":"path"}
c {"path":"./.","type":"path"}
d {"path":".","type":"path"}`},
		{`{ inputs.a = { url = "https://x/f.txt"; flake = false; }; inputs.b = { flake = false; url = "https://x/f.zip"; }; inputs.c = { url = "https://x/f.txt"; }; outputs = x: x; }`, `
a {"type":"file","url":"https://x/f.txt"} tree
b {"type":"tarball","url":"https://x/f.zip"} tree
c {"type":"tarball","url":"https://x/f.txt"}`},
		{`rec { b = "path:/x"; description = b; inputs.a.url = description; outputs = x: x; }`, "error: expected a string but got a thunk at F:1:22"},
		{`rec { description = "path:/x"; inputs = { inherit inputs; }; outputs = x: x; }`, "error: overrides of inputs are nested too deeply, at F:1:51"},
		{`rec { description = "path:/x"; inputs.a.url = description; outputs = x: x; }`, `
a {"path":"/x","type":"path"}`},
	} {
		m, err := read(t, c.text)
		got := ""
		if err != nil {
			got = "error: " + err.Error()
		} else {
			got = strings.TrimSpace(show(m.Inputs, ""))
		}
		assert.Equal(t, strings.TrimSpace(c.want), got, c.text)
	}
}

func TestRest(t *testing.T) {
	m, err := read(t, `{
  description = "d";
  inputs.self = { submodules = true; lfs = false; };
  nixConfig = { a = "s"; b = 7; c = true; d = [ "x" "y" ]; e = ./f/../g; };
  outputs = _: { };
}`)
	require.NoError(t, err)
	assert.Equal(t, "d", m.Description)
	assert.Equal(t, flakeref.Attrs{"submodules": true, "lfs": false}, m.Self)
	values := map[string]any{}
	for _, s := range m.Config {
		values[s.Name] = s.Value
	}
	assert.Equal(t, map[string]any{"a": "s", "b": int64(7), "c": true, "d": []string{"x", "y"}, "e": manifest.Path("/g")}, values)
}

// TestErrors is for messages of C++ Nix 2.34.8, with the frames around them.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{ }: { }`, "file 'F' must be an attribute set|while evaluating the file 'F':"},
		{`{ ${"a"} = 1; ${map "x"} = 2; }`, "the name of an attribute of a flake is computed, at F:1:15"},
		{`{ description = "d"; }`, "flake 'U' lacks attribute 'outputs'"},
		{`{ description = 1; }`, "expected a string but got an integer at F:1:3"},
		{`{ description = "a" + "b"; }`, "expected a string but got a thunk at F:1:3"},
		{`{ description = "a${"b"}"; }`, "expected a string but got a thunk at F:1:3"},
		{`{ outputs = { }; }`, "expected a function but got a set at F:1:3"},
		{`{ outputs = null; }`, "expected a function but got null at F:1:3"},
		{`{ output = 1; outputs = x: x; }`, "flake 'U' has an unsupported attribute 'output', at F:1:3"},
		{`{ inputs = [ ]; outputs = x: x; }`, "expected a set but got a list at F:1:3"},
		{`{ inputs.a = 1.5; outputs = x: x; }`, "expected a set but got a float at F:1:3"},
		{`{ inputs.a.urls = "x"; outputs = x: x; }`, "unexpected flake input attribute 'urls', at F:1:3"},
		{`{ inputs.a.url = 1; outputs = x: x; }`, "expected a string or a path but got an integer at F:1:3|while evaluating flake attribute 'url'"},
		{`{ inputs.a.url = "x" + "y"; outputs = x: x; }`, "expected a string or a path but got a thunk at F:1:3|while evaluating flake attribute 'url'"},
		{`{ inputs.a.url = /x; outputs = x: x; }`, "input attribute path '/x' at F:1:3 must be in the same source tree as '.'|while evaluating flake attribute 'url'"},
		{`{ inputs.a.flake = "no"; outputs = x: x; }`, "expected a Boolean but got a string at F:1:3|while evaluating flake attribute 'flake'"},
		{`{ inputs.a.follows = "b c"; outputs = x: x; }`, "invalid flake input attribute path element 'b c'|while evaluating flake attribute 'follows'"},
		{`{ inputs.a = { follows = "b"; url = "c"; }; outputs = x: x; }`, "flake input has both a flake reference and a follows attribute, at F:1:3"},
		{`{ inputs.a = { type = "path"; url = "c"; }; outputs = x: x; }`, "input attribute 'url' not supported by scheme 'path'|while evaluating flake input"},
		{`{ inputs.a = { x = { }; }; outputs = x: x; }`, "flake input attribute 'x' is a thunk while a string, Boolean, or integer is expected|while evaluating flake attribute 'x'"},
		{`{ inputs.a.inputs.self.url = "x"; outputs = x: x; }`, "'self' input attribute not allowed at F:1:3|while evaluating flake attribute 'inputs'"},
		{`{ inputs.a.url = "github:a/b#f"; outputs = x: x; }`, "unexpected fragment 'f' in flake reference 'github:a/b#f'"},
		{`{ nixConfig = 1; outputs = x: x; }`, "expected a set but got an integer at F:1:3"},
		{`{ nixConfig.x = { }; outputs = x: x; }`, "flake configuration setting 'x' is a set"},
		{`{ nixConfig.x = [ 1 ]; outputs = x: x; }`, "list element in flake configuration setting 'x' is a list while a string is expected"},
	} {
		_, err := read(t, c.text)
		require.Error(t, err, c.text)
		got := err.Error()
		var e *manifest.Error
		if errors.As(err, &e) {
			for _, f := range e.Frames {
				got += "|" + f.Msg
			}
		}
		assert.Equal(t, c.want, got, c.text)
	}
}

// FuzzRead checks that no flake.nix, however odd, ends in anything but a Manifest or an error.
func FuzzRead(f *testing.F) {
	f.Add(`rec { description = "path:/x"; inputs.a.url = description; inputs.b.inputs.c.follows = ""; outputs = { self, ... }: { }; nixConfig.x = [ "y" ]; }`)
	f.Add(`{ inputs.self.submodules = true; inputs.a = { type = "git"; publicKeys = [ { type = "x"; } ]; url = "x"; }; outputs = x: x; }`)
	f.Fuzz(func(t *testing.T, text string) { _, _ = read(t, text) })
}
