package world_test

// This file tests that every world can be put on top of every other one, and that reading stays
// streamed in all of them.

import (
	"context"
	"crypto/sha256"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/world"
)

// fileSize is larger than anything that may be read ahead.
const fileSize = 8 << 20

var large = &fstest.MapFile{Data: make([]byte, fileSize)}

// A bottom is a world that reads dir/large, and counts the bytes that it was asked for.
type bottom struct {
	name string
	make func(t *testing.T) (host world.Host, dir string, read func() int64)
}

// A layer puts something on top of a world; what is at dir stays as it is.
type layer struct {
	name string
	wrap func(host world.Host, dir string) world.Host
}

var layers = []layer{
	{"restrict", func(h world.Host, dir string) world.Host { return world.Restrict(h, "in a test", dir) }},
	{"record", func(h world.Host, _ string) world.Host { return world.NewRecorder(h) }},
	{"mounts", func(h world.Host, _ string) world.Host { return world.NewMounts(h) }},
	{"scope", func(h world.Host, _ string) world.Host {
		mount, _ := world.NewMounts(world.None()).Mount(fstest.MapFS{})
		return world.WithScope(h, mount.Scope())
	}},
	{"texts", func(h world.Host, _ string) world.Host {
		return world.Texts(h, "/texts/", map[string]string{"a": "text"})
	}},
	{"store", func(h world.Host, _ string) world.Host { return memory.View("", h).Host() }},
}

// counted counts what is read of the file that it opens.
type counted struct {
	fs.FS
	read *int64
}

func (c counted) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if _, isDir := f.(fs.ReadDirFile); isDir {
		return f, nil
	}
	return countedFile{f, c.read}, nil
}

func (c counted) ReadFile(string) ([]byte, error) { panic("a file is read at once") }

type countedFile struct {
	fs.File
	read *int64
}

func (f countedFile) Read(b []byte) (int, error) {
	n, err := f.File.Read(b)
	*f.read += int64(n)
	return n, err
}

// countedHost counts what is read of the machine.
type countedHost struct {
	world.Host
	read *int64
}

func (c countedHost) Open(ctx context.Context, path string) (world.File, error) {
	f, err := c.Host.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return countedWorldFile{f, c.read}, nil
}

type countedWorldFile struct {
	world.File
	read *int64
}

func (f countedWorldFile) Read(b []byte) (int, error) {
	n, err := f.File.Read(b)
	*f.read += int64(n)
	return n, err
}

var bottoms = []bottom{
	{"machine", func(t *testing.T) (world.Host, string, func() int64) {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, "large"), []byte("start"), 0o666))
		require.NoError(t, os.Truncate(filepath.Join(dir, "large"), fileSize))
		n := new(int64)
		return countedHost{world.OS(), n}, world.FromOSPath(dir), func() int64 { return *n }
	}},
	{"fs", func(t *testing.T) (world.Host, string, func() int64) {
		n := new(int64)
		files := counted{fstest.MapFS{"in/large": large}, n}
		return world.FromFS(files, nil), "/in", func() int64 { return *n }
	}},
	{"overlay", func(t *testing.T) (world.Host, string, func() int64) {
		n := new(int64)
		files := counted{fstest.MapFS{"in/large": large}, n}
		return world.FromFS(world.Overlay(fstest.MapFS{"in/other": {}}, files), nil), "/in", func() int64 { return *n }
	}},
	{"mounted", func(t *testing.T) (world.Host, string, func() int64) {
		n := new(int64)
		m := world.NewMounts(world.None())
		mount, _ := m.Mount(counted{fstest.MapFS{"in/large": large}, n})
		return world.WithScope(m, mount.Scope()), mount.Dir() + "/in", func() int64 { return *n }
	}},
}

func TestLayers(t *testing.T) {
	var stacks [][]layer
	stacks = append(stacks, nil, layers)
	for _, a := range layers {
		stacks = append(stacks, []layer{a})
		for _, b := range layers {
			stacks = append(stacks, []layer{a, b})
		}
	}
	for _, b := range bottoms {
		for _, stack := range stacks {
			names := []string{b.name}
			for _, l := range stack {
				names = append(names, l.name)
			}
			t.Run(strings.Join(names, "+"), func(t *testing.T) {
				host, dir, read := b.make(t)
				for _, l := range stack {
					host = l.wrap(host, dir)
				}
				checkStreamed(t, host, dir, read)
			})
		}
	}
}

// checkStreamed reads a part of dir/large, and nothing else.
func checkStreamed(t *testing.T, host world.Host, dir string, read func() int64) {
	ctx := context.Background()
	info, err := host.Lstat(ctx, dir+"/large")
	require.NoError(t, err)
	assert.EqualValues(t, fileSize, info.Size)
	entries, err := host.ReadDir(ctx, dir)
	require.NoError(t, err)
	assert.Contains(t, entries, world.DirEntry{Name: "large", Type: world.Regular})
	_, err = host.ReadLink(ctx, dir+"/large")
	assert.Error(t, err)
	_, err = host.Open(ctx, dir+"/none")
	assert.ErrorIs(t, err, fs.ErrNotExist)

	f, err := host.Open(ctx, dir+"/large")
	require.NoError(t, err)
	defer f.Close()
	opened, err := f.Stat()
	require.NoError(t, err)
	assert.Equal(t, info, opened)
	assert.Zero(t, read(), "opening a file reads it")
	part := make([]byte, 4096)
	_, err = io.ReadFull(f, part)
	require.NoError(t, err)
	assert.EqualValues(t, len(part), read(), "more is read than is asked for")
}

// Every layer hashes, through all others, what the bottom has.
func TestLayersAgree(t *testing.T) {
	text := strings.Repeat("some text\n", 1000)
	want := sha256.Sum256([]byte(text))
	ctx := context.Background()
	for _, a := range layers {
		for _, b := range layers {
			host := world.FromFS(fstest.MapFS{"in/f": {Data: []byte(text)}}, func(name string) string { return "value of " + name })
			host = b.wrap(a.wrap(host, "/in"), "/in")
			got, err := world.ReadFile(ctx, host, "/in/f", world.NoLimit)
			require.NoError(t, err)
			assert.Equal(t, want, sha256.Sum256(got), "%s+%s", a.name, b.name)
			assert.Equal(t, "value of X", host.Getenv(ctx, "X"))
			stopped, stop := context.WithCancel(ctx)
			stop()
			_, err = world.ReadFile(stopped, host, "/in/f", world.NoLimit)
			assert.ErrorIs(t, err, context.Canceled)
		}
	}
}
