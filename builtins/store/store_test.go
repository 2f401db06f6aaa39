package store_test

// This file tests stores that keep nothing, and what all stores share.

import (
	"context"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"io/fs"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/storetest"
	"github.com/firn-lang/firn/eval/world"
)

var ctx = context.Background()

func TestDummy(t *testing.T) {
	storetest.Test(t, func(*testing.T) store.Store { return store.Dummy("") })
}

func TestDisk(t *testing.T) {
	storetest.Test(t, func(*testing.T) store.Store { return store.Disk("", storetest.Tree()) })

	// Anything in the directory that has the name of a store path is valid.
	tree := memory.NewTree()
	path := "/nix/store/" + strings.Repeat("0", 32) + "-x"
	for _, name := range []string{path + "/f", "/nix/store/.links/g", "/nix/store/junk"} {
		require.NoError(t, tree.Add(name, memory.File{Type: world.Regular, Contents: []byte("f")}))
	}
	s := store.Disk("", tree)
	info, err := s.Info(ctx, path)
	require.NoError(t, err)
	assert.Positive(t, info.NARSize)
	refs, err := s.Referrers(ctx, path)
	require.NoError(t, err)
	assert.Empty(t, refs)
	valid, err := s.IsValid(ctx, "/nix/store/junk")
	require.NoError(t, err)
	assert.False(t, valid)
	_, err = s.Info(ctx, path+"/f")
	assert.ErrorIs(t, err, store.ErrInvalid)
}

func TestReadOnlyView(t *testing.T) {
	v := store.ReadOnlyView("", storetest.Tree())
	d, err := v.CopyPath(ctx, "/sub", "d")
	require.NoError(t, err)
	want, err := memory.View("", storetest.Tree()).CopyPath(ctx, "/sub", "d")
	require.NoError(t, err)
	assert.Equal(t, want, d)
	assert.False(t, v.Valid(ctx, d))
	assert.Empty(t, v.Sources())
	x, err := v.AddText(ctx, nil, "x", "y", nil)
	require.NoError(t, err)
	assert.Equal(t, storetest.TextPath, x)
	assert.False(t, v.Valid(ctx, x))
}

// TestWorld shows that a store hides what the world has in its directory, and
// nothing else.
func TestWorld(t *testing.T) {
	host := storetest.Tree()
	require.NoError(t, host.Add(storetest.TextPath, memory.File{Type: world.Regular, Contents: []byte("of the world")}))
	s := memory.New(store.Dummy(""))
	w := store.World(host, s)
	_, err := w.Lstat(ctx, storetest.TextPath)
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = s.AddText(ctx, store.Text{Name: "x", Contents: "y"})
	require.NoError(t, err)
	for path, want := range map[string]string{storetest.TextPath: "y", "/hello": "hello\n"} {
		text, err := world.ReadFile(ctx, w, path, world.NoLimit)
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
	}
	info, err := w.Lstat(ctx, "/nix/store")
	require.NoError(t, err)
	assert.Equal(t, world.Directory, info.Type)
	target, err := w.ReadLink(ctx, "/link")
	require.NoError(t, err)
	assert.Equal(t, "sub/run", target)
}

func TestContentAddress(t *testing.T) {
	assert.Empty(t, store.ContentAddress{}.String())
	for _, o := range storetest.Fixture() {
		src := o.Source
		_, h, err := src.Resolve(ctx, storepath.DefaultDir)
		require.NoError(t, err)
		assert.Equal(t, o.CA, store.ContentAddress{Method: src.Method, Hash: h}.String())
	}
}

func TestPathError(t *testing.T) {
	for _, test := range []struct {
		op, path string
		err      error
		want     string
	}{
		{"open", "/x", fs.ErrNotExist, "path '/x' does not exist"},
		{"open", world.InternalDir + "x", fs.ErrNotExist, "file '<nix/x>' does not exist"},
		{"lstat", world.InternalDir + "x", fs.ErrNotExist, "path '<nix/x>' does not exist"},
		{"read", "/x", syscall.EISDIR, "read of 4096 bytes: Is a directory"},
		{"readdir", "/x", syscall.ENOTDIR, `cannot read directory "/x": Not a directory`},
		{"open", "/x", syscall.EACCES, `opening file "/x": Permission denied`},
	} {
		err := store.PathError(&fs.PathError{Op: test.op, Path: "/x", Err: test.err}, test.path)
		assert.EqualError(t, err, test.want)
		assert.ErrorIs(t, err, test.err)
	}
	forbidden := &world.ForbiddenError{Path: "/x", Mode: "here"}
	assert.Equal(t, forbidden, store.PathError(fmt.Errorf("wrapped: %w", forbidden), "/y"))
	other := fmt.Errorf("other")
	assert.Equal(t, other, store.PathError(other, "/x"))
	assert.NoError(t, store.PathError(nil, "/x"))
}
