package lock_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/flake/lock"
)

// TestDedupe is for a flake whose inputs have inputs that are written alike: some are pinned to
// different trees, since their flakes were locked at other times, and some are only called alike.
func TestDedupe(t *testing.T) {
	f := &files{text: map[string]string{
		"/a/flake.nix":   flake(`inputs.b.url = "path:/b"; inputs.c.url = "path:/c"; inputs.z.url = "path:/z";`),
		"/b/flake.nix":   flake(`inputs.lib.url = "path:/lib"; inputs.z.url = "path:/z"; inputs.same.url = "path:/c";`),
		"/c/flake.nix":   flake(`inputs.lib.url = "path:/lib"; inputs.z.url = "path:/other"; inputs.f.follows = "lib";`),
		"/lib/flake.nix": flake(``), "/z/flake.nix": flake(``), "/other/flake.nix": flake(``),
	}}
	step(t, f, lock.Options{}, `
b /b
b/lib /lib
b/same /c
b/same/f -> b/same/lib
b/same/lib /lib
b/same/z /other
b/z /z
c /c
c/f -> c/lib
c/lib /lib
c/z /other
z /z`, "/b /c /z /lib /other")
	plain, err := parse(f.text["/a/flake.lock"])
	require.NoError(t, err)
	assert.Len(t, plain.Keys(), 11)

	// What follows may have changed, so that c is fetched. b/same follows paths of its own, and so is another node than c.
	step(t, f, lock.Options{Dedupe: true}, `
b /b
b/lib /lib
b/same /c
b/same/f -> b/same/lib
b/same/lib /lib
b/same/z /other
b/z /z
c /c
c/f -> c/lib
c/lib /lib
c/z /other
z /z`, "/c")
	deduped := f.text["/a/flake.lock"]
	g, err := parse(deduped)
	require.NoError(t, err)
	assert.Len(t, g.Keys(), 7)
	text, err := g.Text()
	require.NoError(t, err)
	assert.Equal(t, deduped, text)

	// It stays so, and what changes is what is asked for.
	compute(t, f, lock.Options{})
	assert.Equal(t, deduped, f.text["/a/flake.lock"])
	compute(t, f, lock.Options{Updates: paths(t, "z")})
	assert.Equal(t, deduped, f.text["/a/flake.lock"])

	uses, err := g.Uses(lock.Path{"c", "f"})
	require.NoError(t, err)
	var list []string
	for _, u := range uses {
		list = append(list, u.Path.String()+" "+u.Follows.String())
	}
	assert.Equal(t, []string{"b/lib ", "b/same/f b/same/lib", "b/same/lib ", "c/f c/lib", "c/lib "}, list)
	_, err = g.Uses(lock.Path{"nothing"})
	assert.EqualError(t, err, "there is no input 'nothing'")
}

// TestDedupePinned is for inputs that are written alike and pinned to different trees: the one
// with the shorter path is left.
func TestDedupePinned(t *testing.T) {
	f := &files{text: map[string]string{
		"/a/flake.nix":   flake(`inputs.b.url = "path:/b";`),
		"/b/flake.nix":   flake(`inputs.lib.url = "path:/lib";`),
		"/lib/flake.nix": flake(``),
	}}
	compute(t, f, lock.Options{})
	f.text["/lib/flake.nix"] = flake(`description = "new";`)
	f.text["/a/flake.nix"] = flake(`inputs.b.url = "path:/b"; inputs.lib.url = "path:/lib";`)
	compute(t, f, lock.Options{})
	before, err := parse(f.text["/a/flake.lock"])
	require.NoError(t, err)
	pin := func(g *lock.Graph, path ...string) any {
		n, err := g.Find(path)
		require.NoError(t, err)
		return n.Locked.Attrs["narHash"]
	}
	require.NotEqual(t, pin(before, "lib"), pin(before, "b", "lib"))
	compute(t, f, lock.Options{Dedupe: true})
	after, err := parse(f.text["/a/flake.lock"])
	require.NoError(t, err)
	assert.Equal(t, pin(before, "lib"), pin(after, "lib"))
	assert.Equal(t, pin(before, "lib"), pin(after, "b", "lib"))
}
