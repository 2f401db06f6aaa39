package store_test

// This file tests the copying of closures.

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/storetest"
)

func empty() *memory.Store { return memory.New(store.Dummy("")) }

// graph fills a store with texts, of which each refers to some before it.
func graph(t *testing.T, n int) (*memory.Store, []string) {
	s := empty()
	var paths []string
	for i := range n {
		var refs []string
		for _, j := range []int{i - 1, i / 2, i - 7} {
			if j >= 0 && j < i {
				refs = append(refs, paths[j])
			}
		}
		slices.Sort(refs)
		refs = slices.Compact(refs)
		path, err := s.AddText(ctx, store.Text{Name: fmt.Sprint("t", i), Contents: strings.Join(refs, " "), References: refs})
		require.NoError(t, err)
		paths = append(paths, path)
	}
	return s, paths
}

func TestCopy(t *testing.T) {
	from, paths := graph(t, 60)
	for _, workers := range []int{0, 1, 9} {
		to := empty()
		var last store.Progress
		var began []string
		var all int
		copied, err := store.Copy(ctx, to, from, paths[59:], store.Copying{
			Workers: workers, Keys: signature.Keys{},
			Start:    func(infos []*store.PathInfo) { all = len(infos) },
			Path:     func(path, _ string) { began = append(began, path) },
			Progress: func(p store.Progress) { last = p },
		})
		require.NoError(t, err)
		assert.ElementsMatch(t, paths, copied)
		assert.ElementsMatch(t, paths, began)
		assert.Equal(t, 60, all)
		assert.Equal(t, 60, last.Paths)
		assert.Equal(t, last.AllBytes, last.Bytes)
		for _, path := range paths {
			valid, err := to.IsValid(ctx, path)
			require.NoError(t, err)
			assert.True(t, valid)
		}
		copied, err = store.Copy(ctx, to, from, paths, store.Copying{})
		require.NoError(t, err)
		assert.Empty(t, copied, "what is valid already")
	}
	_, err := store.Copy(ctx, empty(), from, []string{"/nix/store/" + strings.Repeat("0", 32) + "-x"}, store.Copying{})
	assert.ErrorIs(t, err, store.ErrInvalid)
	_, err = store.Copy(ctx, empty(), from, paths[59:], store.Copying{Alone: true})
	assert.ErrorIs(t, err, store.ErrInvalid, "its references are missing")
	copied, err := store.Copy(ctx, empty(), from, paths[:1], store.Copying{Alone: true})
	require.NoError(t, err)
	assert.Equal(t, paths[:1], copied)
	done, cancel := context.WithCancel(ctx)
	cancel()
	_, err = store.Copy(done, empty(), from, paths, store.Copying{})
	assert.ErrorIs(t, err, context.Canceled)
}

// TestCopyTrust shows which paths need a signature, and that one that follows from
// its contents does so.
func TestCopyTrust(t *testing.T) {
	key, err := signature.GenerateKey("k", bytes.NewReader(make([]byte, 32)))
	require.NoError(t, err)
	keys, err := signature.ParseKeys(key.Public().String())
	require.NoError(t, err)
	source := empty()
	text, err := source.AddText(ctx, store.Text{Name: "x", Contents: "y"})
	require.NoError(t, err)
	file, _, err := source.Add(ctx, storetest.Fixture()[0].Source)
	require.NoError(t, err)
	tree, _, err := source.Add(ctx, storetest.Fixture()[1].Source)
	require.NoError(t, err)
	for _, path := range []string{text, file, tree} {
		_, err := store.Copy(ctx, empty(), source, []string{path}, store.Copying{Keys: keys})
		require.NoError(t, err, "it follows from its contents")
		var data bytes.Buffer
		require.NoError(t, source.WriteNAR(ctx, path, &data))
		info, err := source.Info(ctx, path)
		require.NoError(t, err)
		// The store lies: path and content address belong together, the archive is another.
		var bad []byte
		if path == text {
			bad = bytes.Replace(data.Bytes(), []byte("y\x00"), []byte("z\x00"), 1)
		} else {
			bad = bytes.Replace(data.Bytes(), []byte("hello\n"), []byte("HELLO\n"), 1)
		}
		require.NotEqual(t, data.Bytes(), bad)
		liar := empty()
		info.NARHash = nixhash.Sum(nixhash.SHA256, bad)
		require.NoError(t, liar.AddNAR(ctx, info, bytes.NewReader(bad)))
		_, err = store.Copy(ctx, empty(), lying{liar, info}, []string{path}, store.Copying{Keys: keys})
		assert.ErrorContains(t, err, "ca hash mismatch importing path")
	}

	info, err := source.Info(ctx, tree)
	require.NoError(t, err)
	info.Path, info.CA = "/nix/store/"+strings.Repeat("1", 32)+"-out", store.ContentAddress{}
	var data bytes.Buffer
	require.NoError(t, source.WriteNAR(ctx, tree, &data))
	require.NoError(t, source.AddNAR(ctx, info, &data))
	_, err = store.Copy(ctx, empty(), source, []string{info.Path}, store.Copying{Keys: keys})
	assert.EqualError(t, err, "cannot add path '"+info.Path+"' because it lacks a signature by a trusted key")
	require.NoError(t, source.AddSignatures(ctx, info.Path, []string{"k:AAAA", key.Sign(info.Fingerprint())}))
	to := empty()
	_, err = store.Copy(ctx, to, source, []string{info.Path}, store.Copying{Keys: keys})
	require.NoError(t, err)
	got, err := to.Info(ctx, info.Path)
	require.NoError(t, err)
	assert.Len(t, got.Signatures, 2)
}

// A lying store says something else of one path than it should.
type lying struct {
	store.Store
	info *store.PathInfo
}

func (l lying) Info(context.Context, string) (*store.PathInfo, error) {
	own := *l.info
	return &own, nil
}

// TestCopyCycle copies from a store whose paths refer to each other.
func TestCopyCycle(t *testing.T) {
	a, b := "/nix/store/"+strings.Repeat("1", 32)+"-a", "/nix/store/"+strings.Repeat("2", 32)+"-b"
	s := circle{empty(), map[string][]string{a: {a, b}, b: {a}}}
	_, err := store.Copy(ctx, empty(), s, []string{a}, store.Copying{})
	assert.EqualError(t, err, "the references of the paths to be copied form a cycle")
}

type circle struct {
	store.Store
	refs map[string][]string
}

func (c circle) Info(_ context.Context, path string) (*store.PathInfo, error) {
	return &store.PathInfo{Path: path, References: c.refs[path]}, nil
}

// TestCopyFails ends with the first error, and leaves a store whole.
func TestCopyFails(t *testing.T) {
	from, paths := graph(t, 40)
	to := &failingStore{Store: empty(), left: 20}
	_, err := store.Copy(ctx, to, from, paths, store.Copying{})
	assert.ErrorIs(t, err, io.ErrShortWrite)
	for _, path := range paths {
		if valid, _ := to.IsValid(ctx, path); valid {
			_, err := store.Closure(ctx, nil, to, path)
			assert.NoError(t, err)
		}
	}
}

type failingStore struct {
	store.Store
	mu   sync.Mutex
	left int
}

func (f *failingStore) AddNAR(ctx context.Context, info *store.PathInfo, r io.Reader) error {
	f.mu.Lock()
	f.left--
	failed := f.left < 0
	f.mu.Unlock()
	if failed {
		return io.ErrShortWrite
	}
	return f.Store.AddNAR(ctx, info, r)
}
