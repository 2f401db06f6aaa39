package memory_test

// This file tests the store in memory, and a view of it.

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/storetest"
	"github.com/firn-lang/firn/eval/budget/budgettest"
	"github.com/firn-lang/firn/eval/world"
)

var ctx = context.Background()

func TestStore(t *testing.T) {
	storetest.Test(t, func(*testing.T) store.Store { return memory.New(store.Dummy("")) })
}

// TestOnTop has a store on top of another one that is not empty.
func TestOnTop(t *testing.T) {
	lower := memory.New(store.Dummy(""))
	x, err := lower.AddText(ctx, store.Text{Name: "below", Contents: "y"})
	require.NoError(t, err)
	storetest.Test(t, func(*testing.T) store.Store { return memory.New(lower) })

	s := memory.New(lower)
	z, err := s.AddText(ctx, store.Text{Name: "above", Contents: x, References: []string{x}})
	require.NoError(t, err)
	closure, err := store.Closure(ctx, nil, s, z)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{x, z}, closure)
	refs, err := s.Referrers(ctx, x)
	require.NoError(t, err)
	assert.Equal(t, []string{z}, refs)
	var a, b bytes.Buffer
	require.NoError(t, lower.WriteNAR(ctx, x, &a))
	require.NoError(t, s.WriteNAR(ctx, x, &b))
	assert.Equal(t, a.Bytes(), b.Bytes())
	valid, err := lower.IsValid(ctx, z)
	require.NoError(t, err)
	assert.False(t, valid, "nothing is added below")
}

// files returns a world with texts.
func files(texts map[string]string) *memory.Tree {
	t := memory.NewTree()
	for name, text := range texts {
		if err := t.Add(name, memory.File{Type: world.Regular, Contents: []byte(text)}); err != nil {
			panic(err)
		}
	}
	return t
}

// TestSourcesStay shows that files are not copied into memory: the store shows
// what is where they came from.
func TestSourcesStay(t *testing.T) {
	host := files(map[string]string{"/d/f": "hi\n"})
	v := memory.View("", host)
	d, err := v.CopyPath(ctx, "/d", "d")
	require.NoError(t, err)
	host.File("d/f").Contents = []byte("ho\n")
	text, err := world.ReadFile(ctx, v.Host(), d+"/f", world.NoLimit)
	require.NoError(t, err)
	assert.Equal(t, "ho\n", string(text))
	assert.Equal(t, map[string]string{d: "/d"}, v.Sources())
}

func TestCopies(t *testing.T) {
	v := memory.View("", files(map[string]string{"/d/f": "hi\n"}))
	d, err := v.CopyPath(ctx, "/d", "d")
	require.NoError(t, err)
	// A copy of a copy is found, too.
	dd, err := v.CopyPath(ctx, d, "again")
	require.NoError(t, err)
	again, err := v.CopyPath(ctx, "/d", "again")
	require.NoError(t, err)
	assert.Equal(t, again, dd)
	list, err := v.Host().ReadDir(ctx, dd)
	require.NoError(t, err)
	assert.Equal(t, []world.DirEntry{{Name: "f", Type: world.Regular}}, list)
	f, _, err := v.Copy(ctx, nil, "/d/f", "f", store.Import{Method: storepath.Flat})
	require.NoError(t, err)
	assert.True(t, v.Valid(ctx, f))
	_, err = v.CopyPath(ctx, "/none", "x")
	assert.EqualError(t, err, "path '/none' does not exist")
	assert.ErrorIs(t, err, fs.ErrNotExist)

	// Copies of copies of copies end somewhere.
	last := d
	for i := 0; err != nil || i < 150; i++ {
		if last, err = v.CopyPath(ctx, last, fmt.Sprint("copy", i)); err != nil {
			assert.ErrorContains(t, err, "is a copy of a copy, and so on")
			return
		}
	}
	t.Error("150 copies of copies")
}

// TestRoot copies the root of a world, without a part of it.
func TestRoot(t *testing.T) {
	v := memory.View("", files(map[string]string{"/a/x": "x", "/b": "b"}))
	out, _, err := v.Copy(ctx, nil, "/", "root", store.Import{
		Method: storepath.NAR, Filter: func(p string, _ nar.Kind) (bool, error) { return p != "/a", nil },
	})
	require.NoError(t, err)
	text, err := world.ReadFile(ctx, v.Host(), out+"/b", world.NoLimit)
	require.NoError(t, err)
	assert.Equal(t, "b", string(text))
	_, err = v.Host().Lstat(ctx, out+"/a/x")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	list, err := v.Host().ReadDir(ctx, out)
	require.NoError(t, err)
	assert.Len(t, list, 1)
}

// TestTold shows that each object is told of once, and that an error ends what
// adds it.
func TestTold(t *testing.T) {
	var told []memory.Object
	mem := memory.New(store.Dummy(""))
	full := false
	mem.OnAdd(func(o memory.Object) error {
		if full {
			return budgettest.ErrFull
		}
		told = append(told, o)
		return nil
	})
	v := store.NewView(mem, files(map[string]string{"/f": "f"}))
	for range 2 {
		x, err := v.AddText(ctx, nil, "x", "y", nil)
		require.NoError(t, err)
		_, err = v.AddText(ctx, nil, "z", x, []string{x})
		require.NoError(t, err)
		_, err = v.CopyPath(ctx, "/f", "f")
		require.NoError(t, err)
		_, err = v.AddDerivation(ctx, nil, example(1))
		require.NoError(t, err)
		_, err = v.AddForeign(ctx, nil, store.Foreign{Files: storetest.Tree(), Name: "tree", Method: storepath.NAR})
		require.NoError(t, err)
	}
	require.Len(t, told, 5)
	assert.Equal(t, memory.Object{Path: storetest.TextPath, Text: "y"}, told[0])
	assert.Equal(t, []string{storetest.TextPath}, told[1].References)
	assert.Equal(t, "/f", told[2].Source)
	assert.True(t, strings.HasPrefix(told[3].Text, "Derive("))
	assert.Equal(t, memory.Object{Path: storetest.Fixture()[1].Path}, told[4])
	full = true
	_, err := v.AddText(ctx, nil, "full", "", nil)
	assert.Equal(t, budgettest.ErrFull, err)
}

func TestTree(t *testing.T) {
	tree := memory.NewTree()
	require.NoError(t, tree.Add("top/a/../b/f", memory.File{Type: world.Regular, Contents: []byte("hi\n")}))
	require.NoError(t, tree.Add("top/l", memory.File{Type: world.Symlink, Target: "b"}))
	assert.Error(t, tree.Add("top/l/below", memory.File{Type: world.Regular}))
	assert.Error(t, tree.Add("top/b", memory.File{Type: world.Regular}))
	v := memory.View("", world.None())
	out, err := v.AddForeign(ctx, nil, store.Foreign{Files: tree.Only(), Name: "source", Method: storepath.NAR})
	require.NoError(t, err)
	assert.True(t, v.Valid(ctx, out))
	list, err := v.Host().ReadDir(ctx, out)
	require.NoError(t, err)
	assert.Equal(t, []world.DirEntry{{Name: "b", Type: world.Directory}, {Name: "l", Type: world.Symlink}}, list)
	text, err := world.ReadFile(ctx, v.Host(), out+"/b/f", world.NoLimit)
	require.NoError(t, err)
	assert.Equal(t, "hi\n", string(text))
	target, err := v.Host().ReadLink(ctx, out+"/l")
	require.NoError(t, err)
	assert.Equal(t, "b", target)
	again, err := v.CopyPath(ctx, out, "source")
	require.NoError(t, err)
	assert.Equal(t, out, again, "a copy of it has the same path")
	_, err = v.Host().Open(ctx, out+"/b")
	assert.Error(t, err)
}

func example(i int) *drv.Derivation {
	name := fmt.Sprint("pkg", i)
	d := &drv.Derivation{Name: name, System: "x", Builder: "b"}
	d.SetEnv("name", name)
	d.SetEnv("builder", "b")
	d.SetEnv("system", "x")
	d.SetEnv("out", "")
	d.SetOutput(drv.Output{Name: "out"})
	return d
}

func TestDerivations(t *testing.T) {
	v := memory.View("", world.None())
	dep, err := v.AddDerivation(ctx, nil, example(1))
	require.NoError(t, err)
	d := example(2)
	d.AddInput(dep, "out")
	top, err := v.AddDerivation(ctx, nil, d)
	require.NoError(t, err)

	got, err := v.Derivation(ctx, nil, top)
	require.NoError(t, err)
	assert.Equal(t, d, got)
	closure, err := v.Closure(ctx, nil, top)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{dep, top}, closure)

	// Another store that has only the files knows as much, and so does a view
	// that has forgotten everything.
	texts := map[string]string{}
	for _, p := range closure {
		text, err := world.ReadFile(ctx, v.Host(), p, world.NoLimit)
		require.NoError(t, err)
		texts[p] = string(text)
	}
	disk := files(texts)
	want, err := v.Modulo(ctx, nil, top)
	require.NoError(t, err)
	m, err := store.ReadOnlyView("", disk).Modulo(ctx, nil, top)
	require.NoError(t, err)
	assert.Equal(t, want, m)
	v.Retain(func(string) bool { return false })
	m, err = v.Modulo(ctx, nil, top)
	require.NoError(t, err)
	assert.Equal(t, want, m)
	refs, err := store.Disk("", disk).Referrers(ctx, dep)
	require.NoError(t, err)
	assert.Equal(t, []string{top}, refs)

	var invalid *store.InvalidPathError
	_, err = memory.View("", world.None()).Modulo(ctx, nil, top)
	require.ErrorAs(t, err, &invalid)
	assert.Equal(t, store.InvalidPathError{Path: top, Derivation: true}, *invalid)
}

func TestConcurrent(t *testing.T) {
	v := memory.View("/elsewhere", world.None())
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 50 {
				p, err := v.AddDerivation(ctx, nil, example(i))
				assert.NoError(t, err)
				_, err = v.Modulo(ctx, nil, p)
				assert.NoError(t, err)
				_, err = v.AddText(ctx, nil, "x", fmt.Sprint(i), nil)
				assert.NoError(t, err)
			}
		})
	}
	wg.Wait()
}

func BenchmarkAddDerivation(b *testing.B) {
	for name, v := range map[string]*store.View{
		"memory": memory.View("", world.None()), "read only": store.ReadOnlyView("", world.None()),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			dep, err := v.AddDerivation(ctx, nil, example(0))
			require.NoError(b, err)
			i := 0
			for b.Loop() {
				i++
				d := example(i)
				d.AddInput(dep, "out")
				for k := range 50 {
					d.SetEnv(fmt.Sprintf("z%02d", k), "a value of some length, as they have")
				}
				if _, err := v.AddDerivation(ctx, nil, d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
