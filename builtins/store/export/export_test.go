//go:build linux || darwin || freebsd

package export_test

// This file defines the tests of both directions.

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/export"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/storetest"
)

var ctx = context.Background()

func newStore() store.Store { return memory.New(store.Dummy(storepath.DefaultDir)) }

// temp returns a file for Read.
func temp(t testing.TB) *os.File {
	f, err := os.Create(filepath.Join(t.TempDir(), "nar"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	return f
}

// exported returns a stream with two objects, the second of which refers to the
// first, and their paths.
func exported(t testing.TB, s store.Store) ([]byte, []string) {
	tree, _, err := s.Add(ctx, storetest.Fixture()[1].Source)
	require.NoError(t, err)
	top, err := s.AddText(ctx, store.Text{Name: "top", Contents: tree, References: []string{tree}})
	require.NoError(t, err)
	var stream bytes.Buffer
	require.NoError(t, export.Write(ctx, &stream, s, []string{top, tree}))
	return stream.Bytes(), []string{tree, top}
}

func TestRoundTrip(t *testing.T) {
	from, to := newStore(), newStore()
	stream, paths := exported(t, from)
	got, err := export.Read(ctx, bytes.NewReader(stream), to, temp(t))
	require.NoError(t, err)
	assert.Equal(t, paths, got)
	for _, path := range paths {
		want, err := from.Info(ctx, path)
		require.NoError(t, err)
		info, err := to.Info(ctx, path)
		require.NoError(t, err)
		assert.Equal(t, want.NARHash, info.NARHash)
		assert.Equal(t, want.References, info.References)
	}
	var again bytes.Buffer
	require.NoError(t, export.Write(ctx, &again, to, paths))
	assert.True(t, bytes.Equal(stream, again.Bytes()))
}

func TestBadStreams(t *testing.T) {
	stream, paths := exported(t, newStore())
	// The second object alone refers to what is not there.
	at := bytes.LastIndex(stream, []byte("nix-archive-1")) - 16
	_, err := export.Read(ctx, bytes.NewReader(stream[at:]), newStore(), temp(t))
	assert.ErrorContains(t, err, "path '"+paths[0]+"' is not valid")
	for n := 0; n < len(stream); n += 40 {
		_, err := export.Read(ctx, bytes.NewReader(stream[:n]), newStore(), temp(t))
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF, n)
	}
	_, err = export.Read(ctx, bytes.NewReader(binary.LittleEndian.AppendUint64(nil, 2)), newStore(), temp(t))
	assert.EqualError(t, err, "input doesn't look like something created by 'nix-store --export'")
}

// FuzzRead shows that no stream makes Read fail otherwise than with an error.
func FuzzRead(f *testing.F) {
	stream, _ := exported(f, newStore())
	f.Add(stream)
	f.Add(stream[:100])
	f.Fuzz(func(t *testing.T, stream []byte) {
		s := newStore()
		paths, _ := export.Read(ctx, bytes.NewReader(stream), s, temp(t))
		for _, path := range paths {
			valid, err := s.IsValid(ctx, path)
			require.NoError(t, err)
			assert.True(t, valid)
		}
	})
}
