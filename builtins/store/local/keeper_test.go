//go:build linux || darwin || freebsd

package local_test

// This file defines the tests of a store's Keeper.

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/storetest"
)

// text adds a text to a store.
func text(t *testing.T, s store.Store, name, contents string, refs ...string) string {
	t.Helper()
	slices.Sort(refs)
	path, err := s.AddText(ctx, store.Text{Name: name, Contents: contents, References: refs})
	require.NoError(t, err)
	return path
}

// reopen closes a store, and with it its temporary roots.
func reopen(t *testing.T, root string, s *local.Store) *local.Store {
	t.Helper()
	require.NoError(t, s.Close())
	return open(t, root)
}

// paths returns all valid paths.
func paths(t *testing.T, s store.Store) (list []string) {
	t.Helper()
	for path, err := range s.Paths(ctx) {
		require.NoError(t, err)
		list = append(list, path)
	}
	return list
}

func TestCollect(t *testing.T) {
	root := t.TempDir()
	s := open(t, root)
	a := text(t, s, "a", "A")
	b := text(t, s, "b", "B", a)
	c := text(t, s, "c", "C", b)
	d := text(t, s, "d", "D", a)
	link := filepath.Join(t.TempDir(), "result")
	require.NoError(t, s.Keeper().AddRoot(ctx, link, b))

	// Everything is used by this process.
	got, err := s.Keeper().Collect(ctx, store.Collection{Action: store.Garbage})
	require.NoError(t, err)
	assert.Empty(t, got.Paths)

	s = reopen(t, root, s)
	roots, err := s.Keeper().Roots(ctx)
	require.NoError(t, err)
	assert.Equal(t, []store.Root{{Link: link, Path: b}}, roots)
	list := func(action store.Action) []string {
		got, err := s.Keeper().Collect(ctx, store.Collection{Action: action})
		require.NoError(t, err)
		return got.Paths
	}
	assert.ElementsMatch(t, []string{a, b}, list(store.Live))
	assert.ElementsMatch(t, []string{c, d}, list(store.Dead))

	_, err = s.Keeper().Collect(ctx, store.Collection{Action: store.Specific, Paths: []string{a}})
	assert.ErrorContains(t, err, "Cannot delete path '"+a+"' since it is still alive.")
	_, err = s.Keeper().Collect(ctx, store.Collection{Action: store.Specific, Paths: []string{b}, IgnoreLiveness: true})
	assert.ErrorContains(t, err, "Cannot delete path '"+b+"'", "c refers to it")

	// Other names in the directory go, too; but not those in use.
	require.NoError(t, os.MkdirAll(filepath.Join(s.RealDir(), "junk", "sub"), 0o755))
	require.NoError(t, os.Chmod(filepath.Join(s.RealDir(), "junk"), 0o555))
	require.NoError(t, os.WriteFile(s.RealPath(c)+".lock", nil, 0o600))
	var log []string
	got, err = s.Keeper().Collect(ctx, store.Collection{Action: store.Garbage, Log: func(text string) { log = append(log, text) }})
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{c, d, c + ".lock", "/nix/store/junk"}, got.Paths)
	assert.EqualValues(t, 2, got.Freed)
	assert.Equal(t, "finding garbage collector roots...", log[0])
	assert.Equal(t, "deleting garbage...", log[1])
	assert.Contains(t, log, "deleting '"+c+"'")
	assert.Less(t, slices.Index(log, "deleting '"+c+"'"), slices.Index(log, "deleting unused links..."))
	entries, err := os.ReadDir(s.RealDir())
	require.NoError(t, err)
	assert.Len(t, entries, 3, ".links, a and b: %v", entries)
	assert.ElementsMatch(t, []string{a, b}, paths(t, s))

	require.NoError(t, os.Remove(link))
	got, err = s.Keeper().Collect(ctx, store.Collection{Action: store.Garbage})
	require.NoError(t, err)
	assert.Len(t, got.Paths, 2)
	assert.Less(t, slices.Index(got.Paths, b), slices.Index(got.Paths, a), "what refers goes first")
	auto, err := os.ReadDir(filepath.Join(s.StateDir(), "gcroots", "auto"))
	require.NoError(t, err)
	assert.Empty(t, auto, "a stale link is removed")
	info, err := os.Stat(filepath.Join(s.StateDir(), "db", "reserved"))
	require.NoError(t, err)
	assert.EqualValues(t, 8<<20, info.Size(), "the reserve is there again")
}

// TestCollectHashPart collects paths that have the hash part of a root, which is not theirs
// alone: only the root itself stays.
func TestCollectHashPart(t *testing.T) {
	s := open(t, t.TempDir())
	a := text(t, s, "a", "A")
	var dump bytes.Buffer
	require.NoError(t, local.DumpDB(ctx, s, &dump))
	lines := strings.Split(dump.String(), "\n") // path, hash, size, deriver, number of references

	root := t.TempDir()
	other := open(t, root)
	name := func(n string) string { return strings.TrimSuffix(a, "a") + n }
	var list strings.Builder
	for _, path := range []string{name("keep"), name("y"), name("z")} {
		require.NoError(t, os.Link(s.RealPath(a), other.RealPath(path)))
		refs := []string{"1", name("keep")}
		if path == name("keep") {
			refs = []string{"0"}
		}
		list.WriteString(strings.Join(slices.Concat([]string{path}, lines[1:4], refs, []string{""}), "\n"))
	}
	require.NoError(t, other.LoadDB(ctx, strings.NewReader(list.String())))
	require.NoError(t, other.Keeper().AddRoot(ctx, filepath.Join(t.TempDir(), "result"), name("keep")))
	other = reopen(t, root, other)
	got, err := other.Keeper().Collect(ctx, store.Collection{Action: store.Garbage})
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{name("y"), name("z")}, got.Paths)
	assert.Equal(t, []string{name("keep")}, paths(t, other))
}

// TestAddRootBesideCollector adds a root of a path that is a temporary root of the process
// already, while a collector runs that may have read the lasting roots: it is told again, for
// the process can end before it reads the temporary ones.
func TestAddRootBesideCollector(t *testing.T) {
	s := open(t, t.TempDir())
	a := text(t, s, "a", "A")
	lock, err := os.OpenFile(filepath.Join(s.StateDir(), "gc.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	require.NoError(t, err)
	defer lock.Close()
	require.NoError(t, syscall.Flock(int(lock.Fd()), syscall.LOCK_EX))
	dir := filepath.Join(s.StateDir(), "gc-socket")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	listener, err := net.Listen("unix", filepath.Join(dir, "socket"))
	require.NoError(t, err)
	defer listener.Close()
	told := make(chan string, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		line, _ := bufio.NewReader(conn).ReadString('\n')
		told <- line
		_, _ = conn.Write([]byte("1"))
	}()
	link := filepath.Join(t.TempDir(), "result")
	require.NoError(t, s.Keeper().AddRoot(ctx, link, a))
	select {
	case line := <-told:
		assert.Equal(t, a+"\n", line)
	default:
		assert.Fail(t, "the collector was not told")
	}
	target, err := os.Readlink(link)
	require.NoError(t, err)
	assert.Equal(t, a, target)
}

func TestMaxFreed(t *testing.T) {
	root := t.TempDir()
	s := open(t, root)
	for i := range 200 {
		text(t, s, "x", strings.Repeat("x", 1000+i))
	}
	s = reopen(t, root, s)
	got, err := s.Keeper().Collect(ctx, store.Collection{Action: store.Garbage, MaxFreed: 10_000})
	require.NoError(t, err)
	assert.Greater(t, got.Freed, int64(10_000))
	assert.Less(t, got.Freed, int64(12_000))
	assert.Len(t, paths(t, s), 200-len(got.Paths), "what was forgotten is deleted")
	names, err := os.ReadDir(s.RealDir())
	require.NoError(t, err)
	assert.Len(t, names, 201-len(got.Paths))
}

func TestVerify(t *testing.T) {
	root := t.TempDir()
	s := open(t, root)
	a := text(t, s, "a", "A")
	b := text(t, s, "b", "B", a)
	c := text(t, s, "c", "C")
	verify := func(v store.Verification) []string {
		faults, err := s.Keeper().Verify(ctx, v)
		require.NoError(t, err)
		var out []string
		for _, f := range faults {
			out = append(out, f.Path)
		}
		return out
	}
	assert.Empty(t, verify(store.Verification{Contents: true}))
	damage := func(path, contents string) {
		require.NoError(t, os.Remove(s.RealPath(path)))
		if contents != "" {
			require.NoError(t, os.WriteFile(s.RealPath(path), []byte(contents), 0o644))
		}
	}
	damage(a, "")
	damage(c, "other")
	assert.Equal(t, []string{a}, verify(store.Verification{}))
	assert.ElementsMatch(t, []string{a, c}, verify(store.Verification{Contents: true}))
	assert.ElementsMatch(t, []string{a, c}, verify(store.Verification{Contents: true, Repair: true}), "nothing has them")

	// Another store has them.
	other := open(t, t.TempDir())
	text(t, other, "a", "A")
	text(t, other, "c", "C")
	fetch := func(ctx context.Context, info *store.PathInfo) (io.ReadCloser, error) {
		return store.OpenNAR(ctx, other, info.Path), nil
	}
	assert.Empty(t, verify(store.Verification{Contents: true, Repair: true, Fetch: fetch}))
	assert.Empty(t, verify(store.Verification{Contents: true}))
	canonical(t, s.RealDir())

	// What is gone with all that refers to it is forgotten.
	damage(a, "")
	damage(b, "")
	assert.Empty(t, verify(store.Verification{}))
	assert.Equal(t, []string{c}, paths(t, s))
}

// canonical checks the metadata of everything in a store directory.
func canonical(t *testing.T, dir string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := e.Info()
		require.NoError(t, err)
		if path == dir || e.Name() == ".links" {
			return nil
		}
		assert.EqualValues(t, 1, info.ModTime().Unix(), path)
		if e.Type()&fs.ModeSymlink == 0 {
			assert.Zero(t, info.Mode().Perm()&0o222, path)
		}
		return nil
	}))
}

func TestOptimise(t *testing.T) {
	s := open(t, t.TempDir())
	first := text(t, s, "first", "same")
	second := text(t, s, "second", "same")
	src := storetest.Fixture()[1].Source
	_, _, err := s.Add(ctx, src)
	require.NoError(t, err)
	src.Name = "two"
	_, _, err = s.Add(ctx, src)
	require.NoError(t, err)
	saved, err := s.Keeper().Optimise(ctx, nil)
	require.NoError(t, err)
	assert.EqualValues(t, 4, saved.Files, "a text, and hello, sub/run and link of the tree")
	again, err := s.Keeper().Optimise(ctx, nil)
	require.NoError(t, err)
	assert.Zero(t, again)
	assert.True(t, same(t, s.RealPath(first), s.RealPath(second)))
	canonical(t, s.RealDir())
	faults, err := s.Keeper().Verify(ctx, store.Verification{Contents: true})
	require.NoError(t, err)
	assert.Empty(t, faults)

	// One that is damaged is made again of the other.
	require.NoError(t, os.Remove(s.RealPath(first)))
	require.NoError(t, os.WriteFile(s.RealPath(first), []byte("evil"), 0o644))
	faults, err = s.Keeper().Verify(ctx, store.Verification{Contents: true, Repair: true})
	require.NoError(t, err)
	assert.Empty(t, faults)
	assert.True(t, same(t, s.RealPath(first), s.RealPath(second)))
}

func same(t *testing.T, a, b string) bool {
	t.Helper()
	x, err := os.Stat(a)
	require.NoError(t, err)
	y, err := os.Stat(b)
	require.NoError(t, err)
	return os.SameFile(x, y)
}

// TestRegister carries a database to another folder, as a text.
func TestRegister(t *testing.T) {
	s := open(t, t.TempDir())
	a := text(t, s, "a", "A")
	text(t, s, "b", "B", a)
	var dump, again bytes.Buffer
	require.NoError(t, local.DumpDB(ctx, s, &dump))
	assert.Equal(t, 2, strings.Count(dump.String(), "-a\n"))

	other := open(t, t.TempDir())
	assert.Error(t, other.LoadDB(ctx, bytes.NewReader(dump.Bytes())), "the files are not there")
	for _, path := range paths(t, s) {
		require.NoError(t, os.Link(s.RealPath(path), other.RealPath(path)))
	}
	require.NoError(t, other.LoadDB(ctx, bytes.NewReader(dump.Bytes())))
	require.NoError(t, local.DumpDB(ctx, other, &again))
	assert.Equal(t, dump.String(), again.String())
	for _, bad := range []string{"x\n", a + "\n", a + "\nzz\n1\n\n0\n", strings.Replace(dump.String(), "\n1\n", "\n-1\n", 1)} {
		assert.Error(t, other.LoadDB(ctx, strings.NewReader(bad)), bad)
	}
}

// TestAddTexts adds a chain of texts that are in the wrong order.
func TestAddTexts(t *testing.T) {
	s := open(t, t.TempDir())
	var texts []store.Text
	last := ""
	for i := range 200 {
		text := store.Text{Name: "t", Contents: strings.Repeat("x", i)}
		if last != "" && i%3 == 0 {
			text.References = []string{last}
		}
		path, _, err := text.Resolve(storepath.DefaultDir)
		require.NoError(t, err)
		last = path
		texts = append(texts, text)
	}
	slices.Reverse(texts)
	added, err := store.AddTexts(ctx, nil, s, texts)
	require.NoError(t, err)
	assert.ElementsMatch(t, added, paths(t, s))
	canonical(t, s.RealDir())
}
