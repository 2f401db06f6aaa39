package world

// This file tests which contexts see mounts.

import (
	"io/fs"
	"runtime"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMounts(t *testing.T) {
	m := NewMounts(FromFS(fstest.MapFS{"f": {}}, nil))
	fsA, fsB := fstest.MapFS{"a": {Data: []byte("A")}}, fstest.MapFS{"b": {Data: []byte("B")}}
	a, isNew := m.Mount(fsA)
	assert.True(t, isNew)
	again, isNew := m.Mount(fsA)
	assert.False(t, isNew)
	assert.Same(t, a, again)
	b, _ := m.Mount(fsB)
	assert.Equal(t, "/«fs»/1", a.Dir())
	assert.Equal(t, "/«fs»/2", b.Dir())
	onlyA := a.Scope().In(ctx)
	both := b.Scope().In(onlyA)
	assert.Equal(t, both, a.Scope().In(both), "nothing to add")

	for _, test := range []struct {
		path  string
		mount *Mount
	}{{"/«fs»/1/a", a}, {"/«fs»/2/b", b}} {
		for scope, visible := range map[*Scope]bool{nil: false, a.Scope(): test.mount == a, b.Scope(): test.mount == b, ScopeOf(both): true} {
			_, err := ReadFile(scope.In(ctx), m, test.path, NoLimit)
			assert.Equal(t, visible, err == nil, test.path)
			assert.Equal(t, visible, m.Visible(scope.In(ctx), test.path))
			if !visible {
				assert.ErrorIs(t, err, fs.ErrNotExist)
			}
		}
	}
	entries, err := m.ReadDir(both, MountDir)
	require.NoError(t, err)
	assert.Equal(t, []DirEntry{{"1", Directory}, {"2", Directory}}, entries)
	_, err = m.ReadDir(ctx, MountDir)
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = m.Lstat(ctx, MountDir)
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = m.Lstat(onlyA, MountDir)
	assert.NoError(t, err)
	_, err = m.Lstat(ctx, "/f")
	assert.NoError(t, err)

	// Mounts of another world have the same names, and are not seen.
	other := NewMounts(None())
	other.Mount(fstest.MapFS{"a": {}})
	_, err = other.Lstat(onlyA, "/«fs»/1/a")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	assert.False(t, other.Visible(onlyA, "/«fs»/1/a"))
	assert.True(t, other.Visible(ctx, "/f"))

	a.End()
	_, err = m.Lstat(both, "/«fs»/1/a")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	c, isNew := m.Mount(fsA)
	assert.True(t, isNew)
	assert.Equal(t, "/«fs»/3", c.Dir())
}

func TestMountsAreNotKept(t *testing.T) {
	m := NewMounts(None())
	func() {
		_, _ = m.Mount(fstest.MapFS{"a": {}})
	}()
	require.Eventually(t, func() bool { runtime.GC(); return m.All() == nil }, time.Minute, time.Millisecond)
}
