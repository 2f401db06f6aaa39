package world

// This file tests how symbolic links are followed.

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// linked returns a world of files and links, which are written "-> target".
func linked(files map[string]string) (Host, fstest.MapFS) {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
		if target, ok := strings.CutPrefix(text, "-> "); ok {
			m[name] = &fstest.MapFile{Data: []byte(target), Mode: fs.ModeSymlink}
		}
	}
	return FromFS(m, nil), m
}

func TestResolve(t *testing.T) {
	host, _ := linked(map[string]string{
		"d/e/f": "text", "up": "-> d/e/../e", "d/abs": "-> /up/f", "d/dangling": "-> none/x", "d/self": "-> self", "root": "-> /",
		"a": "-> b", "b": "-> a/x", "d/back": "-> ../../d",
	})
	for _, test := range []struct{ path, all, keepLast string }{
		{"/", "/", "/"},
		{"/d/e/f", "/d/e/f", "/d/e/f"},
		{"/up", "/d/e", "/up"},
		{"/up/f", "/d/e/f", "/d/e/f"},
		{"/up/f/below", "/d/e/f/below", "/d/e/f/below"},
		{"/d/abs", "/d/e/f", "/d/abs"},
		{"/d/dangling", "/d/none/x", "/d/dangling"},
		{"/none/x/y", "/none/x/y", "/none/x/y"},
		{"/root", "/", "/root"},
		{"/root/root/up/f", "/d/e/f", "/d/e/f"},
		{"/d/back/abs", "/d/e/f", "/d/abs"},
		{"/d/self", "", "/d/self"},
		{"/d/self/x", "", ""},
		{"/a", "", "/a"},
	} {
		links := NewLinks(host)
		for range 2 { // the second time with what is remembered
			for keepLast, want := range map[bool]string{false: test.all, true: test.keepLast} {
				got, err := links.Resolve(ctx, nil, test.path, keepLast)
				if want == "" {
					var loop *LoopError
					assert.ErrorAs(t, err, &loop, test.path)
					continue
				}
				assert.NoError(t, err, test.path)
				assert.Equal(t, want, got, test.path)
			}
			got, err := links.Parent(ctx, nil, test.path)
			if test.keepLast == "" {
				assert.Error(t, err)
				continue
			}
			assert.NoError(t, err)
			assert.Equal(t, test.keepLast, got, test.path)
		}
	}
}

func TestFollow(t *testing.T) {
	host, _ := linked(map[string]string{
		"d/f": "", "l": "-> d/f", "m": "-> l", "e": "-> d", "e2/x": "-> ../e/f", "s": "-> s", "gone": "-> none",
	})
	links := NewLinks(host)
	for p, want := range map[string]string{"/m": "/d/f", "/e/f": "/e/f", "/e": "/d", "/e2/x": "/e/f"} {
		got, info, err := links.Follow(ctx, nil, p)
		require.NoError(t, err)
		assert.Equal(t, want, got)
		assert.NotEqual(t, Symlink, info.Type)
	}
	_, _, err := links.Follow(ctx, nil, "/s")
	assert.EqualError(t, err, "too many symbolic links encountered while traversing the path '/s'")
	_, _, err = links.Follow(ctx, nil, "/gone")
	var e *LinkError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "/none", e.Path)
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// A link that leads elsewhere is noticed by Resolve at once, and by Parent after Forget.
func TestLinksChange(t *testing.T) {
	host, files := linked(map[string]string{"old/f": "", "new/f": "", "l": "-> old"})
	links := NewLinks(host)
	resolve := func() string { p, _ := links.Resolve(ctx, nil, "/l/f", false); return p }
	parent := func() string { p, _ := links.Parent(ctx, nil, "/l/f"); return p }
	assert.Equal(t, "/old/f", resolve())
	assert.Equal(t, "/old/f", parent())
	files["l"] = &fstest.MapFile{Data: []byte("new"), Mode: fs.ModeSymlink}
	assert.Equal(t, "/new/f", resolve())
	assert.Equal(t, "/old/f", parent())
	links.Forget()
	assert.Equal(t, "/new/f", parent())
}

// Links lead out of an allowed tree, and what is there stays forbidden.
func TestLinksAreRestricted(t *testing.T) {
	host, _ := linked(map[string]string{"in/f": "", "in/out": "-> ../secret", "secret/f": "", "alias": "-> in"})
	links := NewLinks(Restrict(host, "in a test", "/in"))
	p, err := links.Resolve(ctx, nil, "/in/out/f", false)
	require.NoError(t, err)
	assert.Equal(t, "/secret/f", p)
	p, err = links.Resolve(ctx, nil, "/alias/f", false)
	require.NoError(t, err)
	assert.Equal(t, "/alias/f", p, "where a forbidden link leads is not told")
}

type stopAfter struct{ n int }

var errStop = errors.New("stop")

func (s *stopAfter) Tick(int) error {
	if s.n--; s.n < 0 {
		return errStop
	}
	return nil
}

func TestLinksEnd(t *testing.T) {
	host, _ := linked(map[string]string{"a": "-> a"})
	for n := range 5 {
		_, err := NewLinks(host).Resolve(ctx, &stopAfter{n}, "/a/b/c", false)
		assert.Equal(t, errStop, err)
	}
	_, err := NewLinks(host).Parent(ctx, &stopAfter{0}, "/x/y")
	assert.Equal(t, errStop, err)
}
