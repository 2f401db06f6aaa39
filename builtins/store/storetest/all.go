package storetest

// This file defines the tests of AddAll.

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/world"
)

// testAll checks that objects can be added in any order, with what others of them refer
// to, twice, and that nothing is added that refers to what is not there.
func testAll(t *testing.T, s store.Store) {
	objects, want := someObjects(t, s.Dir())
	slices.Reverse(objects)
	slices.Reverse(want)
	objects = append(objects, objects[0])
	want = append(want, want[0])
	for range 2 {
		paths, err := s.AddAll(ctx, objects)
		require.NoError(t, err)
		assert.Equal(t, want, paths)
	}
	for i, o := range objects {
		archive(t, s, want[i])
		refs, err := s.References(ctx, want[i])
		require.NoError(t, err)
		assert.ElementsMatch(t, o.References(), refs, want[i])
	}
	for _, o := range Fixture() {
		info, err := s.Info(ctx, o.Path)
		require.NoError(t, err)
		assert.Equal(t, o.CA, info.CA.String())
		assert.Equal(t, o.NARHash, info.NARHash.Text(nixhash.Base16))
	}
	none, err := s.AddAll(ctx, nil)
	require.NoError(t, err)
	assert.Empty(t, none)

	_, err = s.AddAll(ctx, []store.Object{{Text: &store.Text{Name: "a b"}}})
	assert.ErrorContains(t, err, "illegal character")
	_, err = s.AddAll(ctx, []store.Object{{Source: &store.Source{Name: "x", Method: storepath.NAR, Host: world.None(), Path: "/none"}}})
	assert.Error(t, err)
	changed := Fixture()[1].Source
	changed.Name, changed.Hash = "changed", nixhash.Sum(nixhash.SHA256, nil)
	path, err := changed.ResolveAs(s.Dir(), changed.Hash)
	require.NoError(t, err)
	_, err = s.AddAll(ctx, []store.Object{{Source: &changed}})
	var other *store.ChangedError
	require.ErrorAs(t, err, &other)
	assert.Equal(t, "'/' changed while it was added to the store", err.Error())
	isInvalid(t, s, path)
}

// someObjects returns the sources of the fixture, and texts that refer to them and to each
// other, each behind what it refers to; and their paths.
func someObjects(t *testing.T, dir storepath.Dir) (objects []store.Object, paths []string) {
	t.Helper()
	add := func(o store.Object) {
		path, err := o.Resolve(ctx, dir)
		require.NoError(t, err)
		objects, paths = append(objects, o), append(paths, path)
	}
	for i, o := range Fixture() {
		src := o.Source
		if i%2 == 0 {
			algo := src.Algo
			if algo == 0 {
				algo = nixhash.SHA256
			}
			h, err := nixhash.Parse(o.Hash, algo)
			require.NoError(t, err)
			src.Hash = h
		}
		add(store.Object{Source: &src})
	}
	for i := range 20 {
		refs := []string{paths[len(paths)-1]}
		if i == 10 {
			refs = append(refs, paths[0], paths[len(paths)-3])
		}
		slices.Sort(refs)
		add(store.Object{Text: &store.Text{Name: "text", Contents: refs[0], References: refs}})
	}
	tree := memory.NewTree()
	require.NoError(t, tree.Add("f", memory.File{Type: world.Regular, Contents: []byte(paths[5])}))
	add(store.Object{Source: &store.Source{Name: "tree", Method: storepath.NAR, Host: tree, Path: "/", References: []string{paths[5]}}})
	return objects, paths
}
