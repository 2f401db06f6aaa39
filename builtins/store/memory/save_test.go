package memory_test

// This file tests how what a store in memory keeps gets to another one.

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/storetest"
)

// A counting is a store that counts how often objects are added to it.
type counting struct {
	store.Store
	calls   int
	objects int
}

func (c *counting) AddAll(ctx context.Context, objects []store.Object) ([]string, error) {
	c.calls++
	c.objects += len(objects)
	return c.Store.AddAll(ctx, objects)
}

// have returns the paths that a store has, sorted.
func have(t *testing.T, s store.Store) (paths []string) {
	t.Helper()
	for path, err := range s.Paths(ctx) {
		require.NoError(t, err)
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// TestSave saves what is needed of a store, and later the rest.
func TestSave(t *testing.T) {
	to := &counting{Store: memory.New(store.Dummy(""))}
	s := memory.New(to)
	add := func(name string, refs ...string) string {
		path, err := s.AddText(ctx, store.Text{Name: name, Contents: name, References: refs})
		require.NoError(t, err)
		return path
	}
	var sources []string
	for _, o := range storetest.Fixture() {
		path, _, err := s.Add(ctx, o.Source)
		require.NoError(t, err)
		sources = append(sources, path)
	}
	a := add("a", sources[2])
	b := add("b", a)
	c := add("c", a, sources[0])
	unused := add("unused")
	require.NoError(t, s.Save(ctx, to, []string{b}))
	want := []string{sources[2], a, b}
	slices.Sort(want)
	assert.Equal(t, want, have(t, to))
	assert.Equal(t, counting{to.Store, 1, 3}, *to)

	require.NoError(t, s.Save(ctx, to, []string{b, c, c}))
	assert.Equal(t, counting{to.Store, 2, 5}, *to, "what was saved is not saved again")
	require.NoError(t, s.Save(ctx, to, append(sources, unused, a)))
	assert.Equal(t, have(t, s), have(t, to))
	for _, path := range have(t, s) {
		mine, err := s.Info(ctx, path)
		require.NoError(t, err)
		other, err := to.Info(ctx, path)
		require.NoError(t, err)
		assert.Equal(t, mine, other)
	}
	require.NoError(t, s.Save(ctx, to, []string{"/nix/store/00000000000000000000000000000000-x"}), "it is not in memory")
}

// TestSaveArchive saves what came as an archive, with what is known of it, between what
// it refers to and what refers to it.
func TestSaveArchive(t *testing.T) {
	from, to := memory.New(store.Dummy("")), memory.New(store.Dummy(""))
	a, err := from.AddText(ctx, store.Text{Name: "a"})
	require.NoError(t, err)
	s := memory.New(store.Dummy(""))
	_, err = s.AddText(ctx, store.Text{Name: "a"})
	require.NoError(t, err)
	p, _, err := from.Add(ctx, store.Source{Name: "p", Method: storepath.NAR, Host: storetest.Tree(), Path: "/", References: []string{a}})
	require.NoError(t, err)
	info, err := from.Info(ctx, p)
	require.NoError(t, err)
	info.Signatures, info.Deriver = []string{"key:c2ln"}, a
	r := store.OpenNAR(ctx, from, p)
	defer r.Close()
	require.NoError(t, s.AddNAR(ctx, info, r))
	b, err := s.AddText(ctx, store.Text{Name: "b", References: []string{p}})
	require.NoError(t, err)
	require.NoError(t, s.Save(ctx, to, []string{b}))
	got, err := to.Info(ctx, p)
	require.NoError(t, err)
	assert.Equal(t, info, got)
	assert.Len(t, have(t, to), 3)
}

// TestSaveChanged saves a tree that has changed since it was added.
func TestSaveChanged(t *testing.T) {
	tree := storetest.Tree()
	to := memory.New(store.Dummy(""))
	s := memory.New(to)
	path, _, err := s.Add(ctx, store.Source{Name: "p", Method: storepath.NAR, Host: tree, Path: "/"})
	require.NoError(t, err)
	tree.File("hello").Contents = []byte("other")
	err = s.Save(ctx, to, []string{path})
	var changed *store.ChangedError
	require.ErrorAs(t, err, &changed)
	assert.NotContains(t, have(t, to), path)
}
