package profile_test

// This file defines the tests of manifests.

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/profile"
)

// TestManifest reads what it writes.
func TestManifest(t *testing.T) {
	m := &profile.Manifest{}
	m.Add("hello", &profile.Element{StorePaths: []string{"/nix/store/a-hello-2.12", "/nix/store/b-hello-2.12-man"}, Active: true, Priority: 5,
		Source: &profile.Source{OriginalURL: "flake:nixpkgs", URL: "github:a/b/c?x=1&y", AttrPath: "packages.hello"}})
	m.Add("foo", &profile.Element{StorePaths: []string{"/nix/store/c-foo-1.0"}, Priority: 3})
	m.Add("foo", &profile.Element{StorePaths: []string{"/nix/store/d-foo"}, Active: true, Priority: 3})
	text, err := m.Text()
	require.NoError(t, err)
	assert.Equal(t, `{"elements":{"foo":{"active":false,"priority":3,"storePaths":["/nix/store/c-foo-1.0"]},`+
		`"foo-1":{"active":true,"priority":3,"storePaths":["/nix/store/d-foo"]},`+
		`"hello":{"active":true,"attrPath":"packages.hello","originalUrl":"flake:nixpkgs","outputs":null,"priority":5,`+
		`"storePaths":["/nix/store/a-hello-2.12","/nix/store/b-hello-2.12-man"],"url":"github:a/b/c?x=1&y"}},"version":3}`, text)
	back, err := profile.ParseManifest("m", []byte(text), nil)
	require.NoError(t, err)
	assert.Equal(t, m, back)
	assert.Equal(t, []string{"foo", "foo-1", "hello"}, back.Names())
	assert.Equal(t, "flake:nixpkgs#packages.hello", back.Elements["hello"].Identifier())
	assert.Equal(t, []string{"2.12", "2.12-man"}, back.Elements["hello"].Versions())
	assert.Equal(t, []string{""}, back.Elements["foo-1"].Versions())
	assert.Equal(t, "foo", back.Elements["foo"].Identifier())

	empty := &profile.Manifest{}
	text, err = empty.Text()
	require.NoError(t, err)
	assert.Equal(t, `{"elements":{},"version":3}`, text)
}

// TestOldManifests reads manifests in which packages have no names.
func TestOldManifests(t *testing.T) {
	const one = `{"version":1,"elements":[{"active":true,"attrPath":"x.y","originalUri":"flake:n","uri":"github:n","storePaths":["/s/a-y-1"]},{"active":false,"storePaths":["/s/b-z-2","/s/a-w-1"]}]}`
	m, err := profile.ParseManifest("m", []byte(one), func(e *profile.Element) string {
		if e.Source != nil {
			return "y"
		}
		return ""
	})
	require.NoError(t, err)
	assert.Equal(t, map[string]*profile.Element{
		"y":    {StorePaths: []string{"/s/a-y-1"}, Active: true, Priority: 5, Source: &profile.Source{OriginalURL: "flake:n", URL: "github:n", AttrPath: "x.y"}},
		"w, z": {StorePaths: []string{"/s/a-w-1", "/s/b-z-2"}, Priority: 5},
	}, m.Elements)
	for text, want := range map[string]string{
		`{"version":4,"elements":{}}`: `profile manifest "m" has unsupported version 4`,
		`{"elements":{}}`:             `profile manifest "m" has unsupported version 0`,
		`{`:                           `profile manifest "m" is no JSON: `,
		`[]`:                          `profile manifest "m" has to be an object, and is of type 'array'`,
	} {
		_, err := profile.ParseManifest("m", []byte(text), nil)
		assert.ErrorContains(t, err, want, text)
	}
}

// TestManifestShapes reads manifests whose values have other types than they should; those that the
// reference accepts are read.
func TestManifestShapes(t *testing.T) {
	for _, text := range []string{`{"version":3}`, `{"version":3,"elements":[]}`, `{"version":3,"elements":null}`, `{"version":2.5,"elements":{}}`} {
		m, err := profile.ParseManifest("m", []byte(text), nil)
		require.NoError(t, err, text)
		assert.Empty(t, m.Elements, text)
	}
	m, err := profile.ParseManifest("m", []byte(`{"version":3,"elements":{"a":{"active":true,"priority":1.5,"url":""}}}`), nil)
	require.NoError(t, err)
	assert.Equal(t, map[string]*profile.Element{"a": {Active: true, Priority: 1}}, m.Elements)

	for text, want := range map[string]string{
		`null`:                         `profile manifest "m" has to be an object, and is of type 'null'`,
		`5`:                            `profile manifest "m" has to be an object, and is of type 'number'`,
		`{"version":"x"}`:              `profile manifest "m" is wrong: version has to be a number, and is of type 'string'`,
		`{"version":-1}`:               `profile manifest "m" has unsupported version -1`,
		`{"version":3,"elements":"x"}`: `profile manifest "m" is wrong: elements has to be an object, and is of type 'string'`,
	} {
		_, err := profile.ParseManifest("m", []byte(text), nil)
		assert.EqualError(t, err, want, text)
	}
	for element, want := range map[string]string{
		`5`:                                     "it has to be an object, and is of type 'number'",
		`{}`:                                    "active has to be a boolean, and is of type 'null'",
		`{"active":"x"}`:                        "active has to be a boolean, and is of type 'string'",
		`{"active":true,"storePaths":"x"}`:      "storePaths has to be an array, and is of type 'string'",
		`{"active":true,"storePaths":[1]}`:      "an element of storePaths has to be a string, and is of type 'number'",
		`{"active":true,"storePaths":["x"]}`:    `not an absolute path: "x"`,
		`{"active":true,"priority":null}`:       "priority has to be a number, and is of type 'null'",
		`{"active":true,"url":5,"attrPath":""}`: "",
		`{"active":true,"url":"u","originalUrl":"u","attrPath":"a","outputs":"x"}`: "outputs has to be an array, and is of type 'string'",
	} {
		_, err := profile.ParseManifest("m", []byte(`{"version":3,"elements":{"a":`+element+`}}`), nil)
		assert.ErrorContains(t, err, `profile manifest "m" has an element 'a' that is wrong: `+want, element)
	}
}

// FuzzParseManifest writes what it read, and reads that again.
func FuzzParseManifest(f *testing.F) {
	f.Add([]byte(`{"version":3,"elements":{"a":{"active":true,"priority":5,"storePaths":["/s/a-x-1"],"attrPath":"x","originalUrl":"flake:n","url":"github:n","outputs":["out"]}}}`))
	f.Add([]byte(`{"version":1,"elements":[{"active":false,"originalUri":"flake:n","uri":"github:n","storePaths":["/s/b-z-2","/s/a-w-1"]}]}`))
	for _, text := range []string{`[]`, `null`, `{"version":3,"elements":[]}`, `{"version":3,"elements":{"a":{"active":"x"}}}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := profile.ParseManifest("m", text, nil)
		if err != nil {
			return
		}
		written, err := m.Text()
		if err != nil {
			return // not UTF-8
		}
		again, err := profile.ParseManifest("m", []byte(written), nil)
		require.NoError(t, err)
		rewritten, err := again.Text()
		require.NoError(t, err)
		require.Equal(t, written, rewritten)
	})
}
