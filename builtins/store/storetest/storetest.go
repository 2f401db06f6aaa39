// Package storetest has the tests that every store passes.
//
//	Test       checks a store, whether it keeps things or not
//	Fixture    objects that tests put into a store, and what is known of them
//
// A new implementation calls Test with a function that opens an empty store.
package storetest

// This file defines Test.

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget/budgettest"
	"github.com/firn-lang/firn/eval/world"
)

// Test checks the contract of store.Store. open returns an empty store whose
// directory is /nix/store; it is called for each part of the test.
func Test(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("paths", func(t *testing.T) { testPaths(t, open(t)) })
	t.Run("invalid", func(t *testing.T) { testInvalid(t, open(t)) })
	if open(t).ReadOnly() {
		t.Run("keeps nothing", func(t *testing.T) { testKeepsNothing(t, open(t)) })
		return
	}
	t.Run("texts", func(t *testing.T) { testTexts(t, open(t)) })
	t.Run("files", func(t *testing.T) { testFiles(t, open(t)) })
	t.Run("readers", func(t *testing.T) { testReaders(t, open(t)) })
	t.Run("archives", func(t *testing.T) { testArchives(t, open(t), open(t)) })
	t.Run("bad archives", func(t *testing.T) { testBadArchives(t, open(t)) })
	t.Run("references", func(t *testing.T) { testReferences(t, open(t)) })
	t.Run("queries", func(t *testing.T) { testQueries(t, open(t)) })
	t.Run("signatures", func(t *testing.T) { testSignatures(t, open(t)) })
	t.Run("budgets", func(t *testing.T) { testBudgets(t, open(t)) })
	t.Run("all", func(t *testing.T) { testAll(t, open(t)) })
	t.Run("at once", func(t *testing.T) { testAtOnce(t, open(t)) })
	t.Run("read only", func(t *testing.T) { testReadOnly(t, open(t)) })
}

var ctx = context.Background()

// testPaths checks that paths follow from contents, and from nothing else.
func testPaths(t *testing.T, s store.Store) {
	assert.Equal(t, storepath.DefaultDir, s.Dir())
	path, err := s.AddText(ctx, store.Text{Name: "x", Contents: "y"})
	require.NoError(t, err)
	assert.Equal(t, TextPath, path)
	_, err = s.AddText(ctx, store.Text{Name: "a b"})
	assert.ErrorContains(t, err, "name 'a b' contains illegal character ' '")
	for _, o := range Fixture() {
		path, h, err := s.Add(ctx, o.Source)
		require.NoError(t, err)
		assert.Equal(t, o.Path, path, o.Source.Name)
		assert.Equal(t, o.Hash, h.Text(nixhash.Base16), o.Source.Name)
	}
	_, _, err = s.Add(ctx, store.Source{Name: "x", Method: storepath.NAR, Host: world.None(), Path: "/none"})
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, _, err = s.Add(ctx, store.Source{Name: "x", Method: storepath.Method(99), Host: world.None(), Path: "/none"})
	assert.Error(t, err)
}

// isInvalid checks that a path is not valid, whatever asks.
func isInvalid(t *testing.T, s store.Store, path string) {
	t.Helper()
	valid, err := s.IsValid(ctx, path)
	require.NoError(t, err)
	assert.False(t, valid)
	_, err = s.Info(ctx, path)
	assert.ErrorIs(t, err, store.ErrInvalid)
	_, err = s.References(ctx, path)
	assert.ErrorIs(t, err, store.ErrInvalid)
	_, err = s.Referrers(ctx, path)
	assert.ErrorIs(t, err, store.ErrInvalid)
	if p, err := s.Dir().Parse(path); err == nil {
		found, err := s.Complete(ctx, p.Hash())
		require.NoError(t, err)
		assert.Empty(t, found)
	}
	assert.Error(t, s.AddSignatures(ctx, path, []string{"key:c2ln"}))
	assert.ErrorIs(t, s.WriteNAR(ctx, path, io.Discard), store.ErrInvalid)
	r := store.OpenNAR(ctx, s, path)
	_, err = io.ReadAll(r)
	assert.ErrorIs(t, err, store.ErrInvalid)
	require.NoError(t, r.Close())
	if files := s.Files(); files != nil {
		_, err = files.Lstat(ctx, path)
		assert.ErrorIs(t, err, fs.ErrNotExist)
		_, err = files.Open(ctx, path)
		assert.ErrorIs(t, err, fs.ErrNotExist)
	}
}

func testInvalid(t *testing.T, s store.Store) {
	isInvalid(t, s, "/nix/store/"+strings.Repeat("0", 32)+"-nothing")
	isInvalid(t, s, "/nix/store/"+strings.Repeat("0", 32)+"-nothing.drv")
	for _, path := range []string{"", "/", "/nix/store", "/nix/store/.links", "/nix/store/../x", "/elsewhere/x", "x"} {
		valid, err := s.IsValid(ctx, path)
		assert.NoError(t, err, path)
		assert.False(t, valid, path)
	}
	require.NoError(t, s.AddTempRoot(ctx, "/nix/store/"+strings.Repeat("0", 32)+"-nothing"), "before it is there")
}

func testKeepsNothing(t *testing.T, s store.Store) {
	testPaths(t, s)
	isInvalid(t, s, TextPath)
	for _, o := range Fixture() {
		isInvalid(t, s, o.Path)
	}
	info := &store.PathInfo{Path: TextPath}
	assert.ErrorIs(t, s.AddNAR(ctx, info, strings.NewReader("")), store.ErrReadOnly)
	paths, err := s.AddAll(ctx, []store.Object{{Text: &store.Text{Name: "x", Contents: "y"}}})
	require.NoError(t, err)
	assert.Equal(t, []string{TextPath}, paths)
	isInvalid(t, s, TextPath)
	assert.Nil(t, s.Builder())
}

// archive returns the archive of a valid path, and checks that all ways to it
// give the same.
func archive(t *testing.T, s store.Store, path string) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, s.WriteNAR(ctx, path, &out))
	r := store.OpenNAR(ctx, s, path)
	again, err := io.ReadAll(r)
	require.NoError(t, err)
	require.NoError(t, r.Close())
	assert.True(t, bytes.Equal(out.Bytes(), again))
	if files := s.Files(); files != nil {
		var files2 bytes.Buffer
		require.NoError(t, nar.Write(&files2, store.Files(ctx, files), path, nil))
		assert.True(t, bytes.Equal(out.Bytes(), files2.Bytes()))
	}
	info, err := s.Info(ctx, path)
	require.NoError(t, err)
	assert.Equal(t, path, info.Path)
	assert.Equal(t, nixhash.Sum(nixhash.SHA256, out.Bytes()), info.NARHash)
	assert.EqualValues(t, out.Len(), info.NARSize)
	refs, err := s.References(ctx, path)
	require.NoError(t, err)
	assert.ElementsMatch(t, refs, info.References)
	valid, err := s.IsValid(ctx, path)
	require.NoError(t, err)
	assert.True(t, valid)
	return out.Bytes()
}

func testTexts(t *testing.T, s store.Store) {
	path, err := s.AddText(ctx, store.Text{Name: "x", Contents: "y"})
	require.NoError(t, err)
	assert.Contains(t, string(archive(t, s, path)), "y")
	info, err := s.Info(ctx, path)
	require.NoError(t, err)
	assert.Empty(t, info.References)
	assert.Equal(t, "text:sha256:"+TextHash, info.CA.String())

	// A text is a file: nothing is below it.
	if files := s.Files(); files != nil {
		text, err := world.ReadFile(ctx, files, path, world.NoLimit)
		require.NoError(t, err)
		assert.Equal(t, "y", string(text))
		is, err := files.Lstat(ctx, path)
		require.NoError(t, err)
		assert.Equal(t, world.Regular, is.Type)
		assert.False(t, is.Executable)
		assert.EqualValues(t, 1, is.Size)
		_, err = files.Lstat(ctx, path+"/below")
		assert.ErrorIs(t, err, fs.ErrNotExist)
		_, err = files.Open(ctx, path+"/below")
		assert.ErrorIs(t, err, fs.ErrNotExist)
		_, err = files.ReadDir(ctx, path)
		assert.Error(t, err)
		_, err = files.ReadLink(ctx, path)
		assert.Error(t, err)
	}
	again, err := s.AddText(ctx, store.Text{Name: "x", Contents: "y"})
	require.NoError(t, err)
	assert.Equal(t, path, again)
	text := store.Text{Name: "x", Contents: "z"}
	text.Path, _, err = text.Resolve(s.Dir())
	require.NoError(t, err)
	known, err := s.AddText(ctx, text)
	require.NoError(t, err)
	assert.Equal(t, text.Path, known, "the caller knows the path")
}

func testFiles(t *testing.T, s store.Store) {
	for _, o := range Fixture() {
		path, _, err := s.Add(ctx, o.Source)
		require.NoError(t, err)
		sum := nixhash.Sum(nixhash.SHA256, archive(t, s, path))
		assert.Equal(t, o.NARHash, sum.Text(nixhash.Base16), o.Source.Name)
		info, err := s.Info(ctx, path)
		require.NoError(t, err)
		assert.Equal(t, o.CA, info.CA.String(), o.Source.Name)
		again, _, err := s.Add(ctx, o.Source)
		require.NoError(t, err)
		assert.Equal(t, path, again)
	}
	if s.Files() == nil {
		return
	}
	// What the filter kept out is not there.
	filtered := Fixture()[2].Path
	entries, err := s.Files().ReadDir(ctx, filtered)
	require.NoError(t, err)
	assert.NotContains(t, names(entries), "sub")
	assert.Contains(t, names(entries), "link")
	_, err = s.Files().Lstat(ctx, filtered+"/sub/run")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	target, err := s.Files().ReadLink(ctx, filtered+"/link")
	require.NoError(t, err)
	assert.Equal(t, "sub/run", target)

	// A copy of what is in the store, or of a part of it.
	host := store.World(world.None(), s)
	whole := Fixture()[1]
	copied, _, err := s.Add(ctx, store.Source{Name: whole.Source.Name, Method: storepath.NAR, Host: host, Path: whole.Path})
	require.NoError(t, err)
	assert.Equal(t, whole.Path, copied)
	part, _, err := s.Add(ctx, store.Source{Name: "part", Method: storepath.NAR, Host: host, Path: whole.Path + "/sub"})
	require.NoError(t, err)
	entries, err = s.Files().ReadDir(ctx, part)
	require.NoError(t, err)
	assert.Equal(t, []string{"run"}, names(entries))
	again, _, err := s.Add(ctx, store.Source{Name: "again", Method: storepath.NAR, Host: host, Path: filtered})
	require.NoError(t, err)
	_, err = s.Files().Lstat(ctx, again+"/sub")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	archive(t, s, again)
}

func names(entries []world.DirEntry) (list []string) {
	for _, e := range entries {
		list = append(list, e.Name)
	}
	return list
}

// testReaders adds what comes from readers.
func testReaders(t *testing.T, s store.Store) {
	for _, o := range Fixture() {
		src := o.Source
		var data bytes.Buffer
		files := store.Files(ctx, src.Host)
		if src.Method == storepath.Flat {
			f, err := files.Open(src.Path)
			require.NoError(t, err)
			_, err = data.ReadFrom(f)
			require.NoError(t, err)
			require.NoError(t, f.Close())
		} else {
			require.NoError(t, nar.Write(&data, files, src.Path, src.Filter))
		}
		src.Host, src.Path, src.Filter, src.Reader = nil, "", nil, &data
		path, _, err := s.Add(ctx, src)
		require.NoError(t, err)
		assert.Equal(t, o.Path, path)
		sum := nixhash.Sum(nixhash.SHA256, archive(t, s, path))
		assert.Equal(t, o.NARHash, sum.Text(nixhash.Base16), o.Source.Name)
	}
	_, _, err := s.Add(ctx, store.Source{Name: "x", Method: storepath.NAR, Reader: strings.NewReader("nonsense")})
	assert.Error(t, err)
}

// testArchives carries objects from one store to another.
func testArchives(t *testing.T, from, to store.Store) {
	var paths []string
	for _, o := range Fixture() {
		path, _, err := from.Add(ctx, o.Source)
		require.NoError(t, err)
		paths = append(paths, path)
	}
	refs := slices.Clone(paths)
	slices.Sort(refs)
	top, err := from.AddText(ctx, store.Text{Name: "top", Contents: strings.Join(paths, " "), References: refs})
	require.NoError(t, err)
	for _, path := range append(paths, top) {
		info, err := from.Info(ctx, path)
		require.NoError(t, err)
		info.Deriver, info.Signatures = "/nix/store/"+strings.Repeat("1", 32)+"-x.drv", []string{"key:c2ln"}
		r := store.OpenNAR(ctx, from, path)
		require.NoError(t, to.AddNAR(ctx, info, r))
		require.NoError(t, r.Close())
		assert.True(t, bytes.Equal(archive(t, from, path), archive(t, to, path)))
		got, err := to.Info(ctx, path)
		require.NoError(t, err)
		got.Registered, got.References = info.Registered, append(got.References[:0:0], got.References...)
		info.References = append(info.References[:0:0], info.References...)
		assert.Equal(t, info, got)

		// What is valid stays as it is.
		require.NoError(t, to.AddNAR(ctx, info, strings.NewReader("nonsense")))
	}
	closure, err := store.Closure(ctx, nil, to, top)
	require.NoError(t, err)
	assert.Len(t, closure, len(paths)+1)
}

func testBadArchives(t *testing.T, s store.Store) {
	var data bytes.Buffer
	o := Fixture()[1]
	require.NoError(t, nar.Write(&data, store.Files(ctx, o.Source.Host), o.Source.Path, nil))
	good := store.PathInfo{Path: o.Path, NARHash: nixhash.Sum(nixhash.SHA256, data.Bytes()), NARSize: int64(data.Len())}
	garbage := slices.Concat(data.Bytes(), []byte("more"))
	lost := errors.New("lost")
	for name, c := range map[string]struct {
		r    io.Reader
		edit func(info *store.PathInfo)
	}{
		"hash":      {bytes.NewReader(data.Bytes()), func(info *store.PathInfo) { info.NARHash.Digest[3] ^= 1 }},
		"small":     {bytes.NewReader(data.Bytes()), func(info *store.PathInfo) { info.NARSize++ }},
		"large":     {bytes.NewReader(data.Bytes()), func(info *store.PathInfo) { info.NARSize-- }},
		"short":     {bytes.NewReader(data.Bytes()[:data.Len()-8]), nil},
		"broken":    {io.MultiReader(bytes.NewReader(data.Bytes()[:100]), &failing{lost}), nil},
		"no path":   {bytes.NewReader(data.Bytes()), func(info *store.PathInfo) { info.Path = "/nix/store/x" }},
		"elsewhere": {bytes.NewReader(data.Bytes()), func(info *store.PathInfo) { info.Path = "/tmp" + info.Path }},
		"references": {bytes.NewReader(data.Bytes()), func(info *store.PathInfo) {
			info.References = []string{"/nix/store/" + strings.Repeat("0", 32) + "-nothing"}
		}},
		"behind the end": {bytes.NewReader(garbage), func(info *store.PathInfo) {
			info.NARHash, info.NARSize = nixhash.Sum(nixhash.SHA256, garbage), int64(len(garbage))
		}},
		"no archive": {strings.NewReader("nonsense"), func(info *store.PathInfo) {
			info.NARHash, info.NARSize = nixhash.Sum(nixhash.SHA256, []byte("nonsense")), 8
		}},
	} {
		t.Run(name, func(t *testing.T) {
			info := good
			if c.edit != nil {
				c.edit(&info)
			}
			assert.Error(t, s.AddNAR(ctx, &info, c.r))
			isInvalid(t, s, o.Path)
		})
	}
	done, cancel := context.WithCancel(ctx)
	cancel()
	assert.ErrorIs(t, s.AddNAR(done, &good, bytes.NewReader(data.Bytes())), context.Canceled)
	isInvalid(t, s, o.Path)
	require.NoError(t, s.AddNAR(ctx, &good, bytes.NewReader(data.Bytes())), "and nothing is left that is in its way")
	archive(t, s, o.Path)

	// An object may refer to itself.
	self := good
	self.Path = "/nix/store/" + strings.Repeat("2", 32) + "-self"
	self.References = []string{self.Path}
	require.NoError(t, s.AddNAR(ctx, &self, bytes.NewReader(data.Bytes())))
	refs, err := s.References(ctx, self.Path)
	require.NoError(t, err)
	assert.Equal(t, []string{self.Path}, refs)
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

func testReferences(t *testing.T, s store.Store) {
	x, err := s.AddText(ctx, store.Text{Name: "x", Contents: "y"})
	require.NoError(t, err)
	z, err := s.AddText(ctx, store.Text{Name: "z", Contents: x, References: []string{x}})
	require.NoError(t, err)
	o := Fixture()[1].Source
	o.Name, o.References = "tree", []string{z}
	tree, _, err := s.Add(ctx, o)
	require.NoError(t, err)
	for path, want := range map[string][]string{x: nil, z: {x}, tree: {z}} {
		refs, err := s.References(ctx, path)
		require.NoError(t, err)
		assert.ElementsMatch(t, want, refs)
	}
	for path, want := range map[string][]string{x: {z}, z: {tree}, tree: nil} {
		if !lists(s) {
			break
		}
		refs, err := s.Referrers(ctx, path)
		require.NoError(t, err)
		assert.ElementsMatch(t, want, refs)
	}
	want := []string{x, z, tree}
	slices.Sort(want)
	closure, err := store.Closure(ctx, nil, s, tree)
	require.NoError(t, err)
	assert.Equal(t, want, closure)
	_, err = store.Closure(ctx, &budgettest.Budget{MaxTicks: 2}, s, tree)
	assert.Equal(t, budgettest.ErrStop, err)
}

// lists reports whether a store knows all that it has.
func lists(s store.Store) bool {
	for _, err := range s.Paths(ctx) {
		return !errors.Is(err, store.ErrNoList)
	}
	return true
}

// testQueries checks what a store says of all that it has.
func testQueries(t *testing.T, s store.Store) {
	x, err := s.AddText(ctx, store.Text{Name: "x", Contents: "y"})
	require.NoError(t, err)
	out := "/nix/store/" + strings.Repeat("0", 32) + "-d"
	d := drv.Derivation{Name: "d", Builder: "/bin/sh", System: "x86_64-linux", InputSrcs: []string{x}}
	d.SetOutput(drv.Output{Name: "out"})
	d.SetEnv("out", "")
	drvPath, _, err := d.Instantiate(s.Dir(), nil)
	require.NoError(t, err)
	text, err := d.Text()
	require.NoError(t, err)
	added, err := s.AddText(ctx, store.Text{Name: "d.drv", Contents: text, References: d.References()})
	require.NoError(t, err)
	assert.Equal(t, drvPath, added)

	if !lists(s) {
		_, err := s.Referrers(ctx, x)
		assert.ErrorIs(t, err, store.ErrNoList)
		_, err = s.Derivers(ctx, out)
		assert.ErrorIs(t, err, store.ErrNoList)
		return
	}
	var paths []string
	for path, err := range s.Paths(ctx) {
		require.NoError(t, err)
		paths = append(paths, path)
	}
	assert.Subset(t, paths, []string{x, drvPath})
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(paths))), len(paths), "each once")
	for range s.Paths(ctx) {
		break // which ends it
	}

	for _, path := range paths {
		p, err := s.Dir().Parse(path)
		require.NoError(t, err)
		found, err := s.Complete(ctx, p.Hash())
		require.NoError(t, err)
		assert.Equal(t, path, found)
	}
	found, err := s.Complete(ctx, strings.Repeat("0", 32))
	require.NoError(t, err)
	assert.Empty(t, found)

	derivers, err := s.Derivers(ctx, d.Outputs[0].Path)
	require.NoError(t, err)
	assert.Equal(t, []string{drvPath}, derivers, "the output need not be valid")
	derivers, err = s.Derivers(ctx, out)
	require.NoError(t, err)
	assert.Empty(t, derivers)
}

// testSignatures checks that signatures are added, sorted, and kept once.
func testSignatures(t *testing.T, s store.Store) {
	x, err := s.AddText(ctx, store.Text{Name: "x", Contents: "y"})
	require.NoError(t, err)
	for _, list := range [][]string{{"k2:YQ=="}, {"k1:YQ==", "k2:YQ=="}, nil} {
		require.NoError(t, s.AddSignatures(ctx, x, list))
	}
	info, err := s.Info(ctx, x)
	require.NoError(t, err)
	assert.Equal(t, []string{"k1:YQ==", "k2:YQ=="}, info.Signatures)
}

// testBudgets checks that adding ends with the error of the budget, and leaves
// nothing then.
func testBudgets(t *testing.T, s store.Store) {
	o := Fixture()[1]
	var all budgettest.Budget
	src := o.Source
	src.Budget = &all
	src.Name = "counted"
	_, _, err := s.Add(ctx, src)
	require.NoError(t, err)
	require.Greater(t, all.Ticks, 3)
	src.Name = o.Source.Name
	for _, n := range []int{1, 2, all.Ticks / 2} {
		src.Budget = &budgettest.Budget{MaxTicks: n}
		_, _, err := s.Add(ctx, src)
		assert.Equal(t, budgettest.ErrStop, err)
		isInvalid(t, s, o.Path)
	}
	text := store.Text{Name: "long", Contents: strings.Repeat("x", 1<<20), Budget: &budgettest.Budget{MaxTicks: 2}}
	_, err = s.AddText(ctx, text)
	assert.Equal(t, budgettest.ErrStop, err)
	done, cancel := context.WithCancel(ctx)
	cancel()
	src.Budget = nil
	_, _, err = s.Add(done, src)
	assert.ErrorIs(t, err, context.Canceled)
	isInvalid(t, s, o.Path)
}

// testAtOnce adds the same from several goroutines.
func testAtOnce(t *testing.T, s store.Store) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 20 {
				x, err := s.AddText(ctx, store.Text{Name: "x", Contents: strings.Repeat("x", i)})
				assert.NoError(t, err)
				_, _, err = s.Add(ctx, Fixture()[i%3].Source)
				assert.NoError(t, err)
				valid, err := s.IsValid(ctx, x)
				assert.NoError(t, err)
				assert.True(t, valid)
				_, err = s.Info(ctx, x)
				assert.NoError(t, err)
			}
		})
	}
	wg.Wait()
}

// testReadOnly checks that a store can be looked at through store.ReadOnly, and
// is not changed.
func testReadOnly(t *testing.T, s store.Store) {
	x, err := s.AddText(ctx, store.Text{Name: "x", Contents: "only"})
	require.NoError(t, err)
	r := store.ReadOnly(s)
	assert.True(t, r.ReadOnly())
	assert.Equal(t, r, store.ReadOnly(r))
	archive(t, r, x)
	if lists(s) {
		refs, err := r.Referrers(ctx, x)
		require.NoError(t, err)
		assert.Empty(t, refs)
	}
	testKeepsNothing(t, r)
	isInvalid(t, s, TextPath)
}
