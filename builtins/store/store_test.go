package store

// This file tests the store by itself.

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/world"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A memHost is a world of files, each in an existing directory.
type memHost map[string]string

func (m memHost) Lstat(ctx context.Context, p string) (world.FileInfo, error) {
	if text, ok := m[p]; ok {
		return world.FileInfo{Type: world.Regular, Size: int64(len(text))}, nil
	}
	for f := range m {
		if path.Dir(f) == p {
			return world.FileInfo{Type: world.Directory}, nil
		}
	}
	return world.FileInfo{}, &fs.PathError{Op: "lstat", Path: p, Err: fs.ErrNotExist}
}

func (m memHost) Open(ctx context.Context, p string) (world.File, error) {
	if text, ok := m[p]; ok {
		return world.NewFile(strings.NewReader(text), world.FileInfo{Type: world.Regular, Size: int64(len(text))}), nil
	}
	return nil, &fs.PathError{Op: "open", Path: p, Err: fs.ErrNotExist}
}

func (m memHost) ReadDir(ctx context.Context, p string) ([]world.DirEntry, error) {
	var out []world.DirEntry
	for f := range m {
		if path.Dir(f) == p {
			out = append(out, world.DirEntry{Name: path.Base(f), Type: world.Regular})
		}
	}
	return out, nil
}

func (m memHost) ReadLink(ctx context.Context, p string) (string, error) { return "", fs.ErrInvalid }
func (m memHost) Getenv(ctx context.Context, name string) string         { return name }

func TestTexts(t *testing.T) {
	s := New("", memHost{})
	x, err := s.In(context.Background()).AddText("x", "y", nil)
	require.NoError(t, err)
	assert.Equal(t, "/nix/store/lfngsssysp6h1v4ccqg23c52s9sjl779-x", x)
	z, err := s.In(context.Background()).AddText("z", x, []string{x})
	require.NoError(t, err)
	assert.True(t, s.In(context.Background()).Valid(z))
	refs, err := s.In(context.Background()).References(z)
	require.NoError(t, err)
	assert.Equal(t, []string{x}, refs)
	closure, err := s.In(context.Background()).Closure(z)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{x, z}, closure)
	b, err := world.ReadFile(context.Background(), s.Host(), x, world.NoLimit)
	require.NoError(t, err)
	assert.Equal(t, "y", string(b))
	info, err := s.Host().Lstat(context.Background(), x)
	require.NoError(t, err)
	assert.Equal(t, world.FileInfo{Type: world.Regular, Size: 1}, info)
	_, err = world.ReadFile(context.Background(), s.Host(), x+"/below", world.NoLimit)
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = s.Host().ReadDir(context.Background(), x)
	assert.Error(t, err)
	_, err = s.In(context.Background()).AddText("a b", "", nil)
	assert.ErrorContains(t, err, "name 'a b' contains illegal character ' '")
}

func TestSources(t *testing.T) {
	s := New("", memHost{"/d/f": "hi\n"})
	d, err := s.CopyPath(context.Background(), "/d", "d")
	require.NoError(t, err)
	b, err := world.ReadFile(context.Background(), s.Host(), d+"/f", world.NoLimit)
	require.NoError(t, err)
	assert.Equal(t, "hi\n", string(b))
	// A copy of a copy is found, too.
	dd, err := s.CopyPath(context.Background(), d, "again")
	require.NoError(t, err)
	again, err := s.CopyPath(context.Background(), "/d", "again")
	require.NoError(t, err)
	assert.Equal(t, again, dd)
	list, err := s.Host().ReadDir(context.Background(), dd)
	require.NoError(t, err)
	assert.Equal(t, []world.DirEntry{{Name: "f", Type: world.Regular}}, list)
	f, err := s.In(context.Background()).AddPath("/d/f", "f", Import{Method: storepath.Flat})
	require.NoError(t, err)
	assert.True(t, s.In(context.Background()).Valid(f))
	_, err = s.CopyPath(context.Background(), "/none", "x")
	assert.EqualError(t, err, "path '/none' does not exist")
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

func TestFilteredSources(t *testing.T) {
	s := New("", memHost{"/d/f": "f", "/d/g": "g"})
	d, err := s.In(context.Background()).AddPath("/d", "d", Import{Method: storepath.NAR, Filter: func(p string, _ nar.Kind) (bool, error) { return p != "/d/g", nil }})
	require.NoError(t, err)
	list, err := s.Host().ReadDir(context.Background(), d)
	require.NoError(t, err)
	assert.Equal(t, []world.DirEntry{{Name: "f", Type: world.Regular}}, list)
	_, err = world.ReadFile(context.Background(), s.Host(), d+"/f", world.NoLimit)
	assert.NoError(t, err)
	_, err = s.Host().Lstat(context.Background(), d+"/g")
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

func TestReadOnly(t *testing.T) {
	files := memHost{"/d/f": "f"}
	s := NewReadOnly("", files)
	d, err := s.CopyPath(context.Background(), "/d", "d")
	require.NoError(t, err)
	want, err := New("", files).CopyPath(context.Background(), "/d", "d")
	require.NoError(t, err)
	assert.Equal(t, want, d)
	assert.False(t, s.In(context.Background()).Valid(d))
	x, err := s.In(context.Background()).AddText("x", "y", nil)
	require.NoError(t, err)
	assert.False(t, s.In(context.Background()).Valid(x))
	p, err := s.In(context.Background()).AddDerivation(example(1))
	require.NoError(t, err)
	_, err = s.In(context.Background()).Modulo(p)
	assert.NoError(t, err)
	_, err = s.In(context.Background()).Derivation(p)
	assert.EqualError(t, err, "derivation '"+p+"' is not valid")
	_, err = s.In(context.Background()).Closure(p)
	assert.EqualError(t, err, "path '"+p+"' is not valid")
}

func TestTree(t *testing.T) {
	tree := NewTree()
	require.NoError(t, tree.Add("top/a/../b/f", File{Type: world.Regular, Contents: []byte("hi\n")}))
	require.NoError(t, tree.Add("top/l", File{Type: world.Symlink, Target: "b"}))
	assert.Error(t, tree.Add("top/l/below", File{Type: world.Regular}))
	assert.Error(t, tree.Add("top/b", File{Type: world.Regular}))
	s := New("", memHost{})
	out, _, err := s.AddTree(tree.Only(), "source")
	require.NoError(t, err)
	assert.True(t, s.In(context.Background()).Valid(out))
	list, err := s.Host().ReadDir(context.Background(), out)
	require.NoError(t, err)
	assert.Equal(t, []world.DirEntry{{Name: "b", Type: world.Directory}, {Name: "l", Type: world.Symlink}}, list)
	b, err := world.ReadFile(context.Background(), s.Host(), out+"/b/f", world.NoLimit)
	require.NoError(t, err)
	assert.Equal(t, "hi\n", string(b))
	target, err := s.Host().ReadLink(context.Background(), out+"/l")
	require.NoError(t, err)
	assert.Equal(t, "b", target)
	// A copy of it has the same path.
	again, err := s.CopyPath(context.Background(), out, "source")
	require.NoError(t, err)
	assert.Equal(t, out, again)
	_, err = world.ReadFile(context.Background(), s.Host(), out+"/b", world.NoLimit)
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
	s := New("", memHost{})
	dep, err := s.In(context.Background()).AddDerivation(example(1))
	require.NoError(t, err)
	d := example(2)
	d.AddInput(dep, "out")
	top, err := s.In(context.Background()).AddDerivation(d)
	require.NoError(t, err)

	got, err := s.In(context.Background()).Derivation(top)
	require.NoError(t, err)
	assert.Equal(t, d, got)
	closure, err := s.In(context.Background()).Closure(top)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{dep, top}, closure)
	assert.ElementsMatch(t, []string{dep, top}, s.Derivations())

	// Another store that has only the files knows as much.
	files := memHost{}
	for _, p := range s.Derivations() {
		text, err := s.In(context.Background()).Text(p)
		require.NoError(t, err)
		files[p] = text
	}
	other := New("", files)
	want, err := s.In(context.Background()).Modulo(top)
	require.NoError(t, err)
	m, err := other.In(context.Background()).Modulo(top)
	require.NoError(t, err)
	assert.Equal(t, want, m)

	var invalid *InvalidPathError
	_, err = New("", memHost{}).In(context.Background()).Modulo(top)
	require.ErrorAs(t, err, &invalid)
	assert.Equal(t, top, invalid.Path)
}

func TestConcurrent(t *testing.T) {
	s := New("/elsewhere", memHost{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 50 {
				p, err := s.In(context.Background()).AddDerivation(example(i))
				assert.NoError(t, err)
				_, err = s.In(context.Background()).Modulo(p)
				assert.NoError(t, err)
				_, err = s.In(context.Background()).AddText("x", fmt.Sprint(i), nil)
				assert.NoError(t, err)
			}
		})
	}
	wg.Wait()
	assert.Len(t, s.Derivations(), 50)
}

func TestPathError(t *testing.T) {
	for _, test := range []struct {
		op   string
		err  error
		want string
	}{
		{"open", fs.ErrNotExist, "path '/x' does not exist"},
		{"read", syscall.EISDIR, "read of 4096 bytes: Is a directory"},
		{"readdir", syscall.ENOTDIR, `cannot read directory "/x": Not a directory`},
		{"open", syscall.EACCES, `opening file "/x": Permission denied`},
	} {
		err := PathError(&fs.PathError{Op: test.op, Path: "/x", Err: test.err}, "/x")
		assert.EqualError(t, err, test.want)
	}
	other := fmt.Errorf("other")
	assert.Equal(t, other, PathError(other, "/x"))
	assert.NoError(t, PathError(nil, "/x"))
}

func BenchmarkAddDerivation(b *testing.B) {
	s := New("", memHost{})
	dep, err := s.In(context.Background()).AddDerivation(example(0))
	require.NoError(b, err)
	i := 0
	for b.Loop() {
		i++
		d := example(i)
		d.AddInput(dep, "out")
		for k := range 50 {
			d.SetEnv(fmt.Sprintf("z%02d", k), "a value of some length, as they have")
		}
		if _, err := s.In(context.Background()).AddDerivation(d); err != nil {
			b.Fatal(err)
		}
	}
}
