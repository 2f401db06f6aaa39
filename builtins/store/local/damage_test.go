//go:build linux || darwin || freebsd

package local

// This file defines tests of what a store says when its files are not as they should be.

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// Errors about a damaged database name its file and what can be done, without words of the engine's library.
func TestDamagedDatabase(t *testing.T) {
	for name, test := range map[string]struct {
		damage func(t *testing.T, db string)
		want   string
	}{
		"other contents": {
			func(t *testing.T, db string) {
				require.NoError(t, os.WriteFile(db, bytes.Repeat([]byte("junk"), 300), 0o644))
			},
			"is damaged: file is not a database\nPut a copy of it back;",
		},
		"empty": {
			func(t *testing.T, db string) { require.NoError(t, os.WriteFile(db, nil, 0o644)) },
			"is not the database of a store: no such table: ValidPaths",
		},
		"gone": {
			func(t *testing.T, db string) { require.NoError(t, os.Remove(db)) },
			"of the store is gone, although the file schema beside it is there",
		},
		"a page": {
			func(t *testing.T, db string) {
				data, err := os.ReadFile(db)
				require.NoError(t, err)
				for i := 4096; i < len(data); i++ {
					data[i] ^= 0x55
				}
				require.NoError(t, os.WriteFile(db, data, 0o644))
			},
			"is damaged: database disk image is malformed",
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, root := context.Background(), t.TempDir()
			opts := Options{Dir: storepath.DefaultDir, Root: root}
			s, err := Open(ctx, opts)
			require.NoError(t, err)
			_, err = s.AddText(ctx, store.Text{Name: "x", Contents: "x"})
			require.NoError(t, err)
			require.NoError(t, s.Close())
			db := filepath.Join(root, "nix/var/nix/db/db.sqlite")
			for _, suffix := range []string{"-wal", "-shm"} {
				_ = os.Remove(db + suffix)
			}
			test.damage(t, db)
			s, err = Open(ctx, opts)
			if err == nil {
				_, err = s.AddText(ctx, store.Text{Name: "y", Contents: "y"})
				_ = s.Close()
			}
			assert.ErrorContains(t, err, test.want)
			assert.ErrorContains(t, err, db)
			assert.NotContains(t, err.Error(), "sqlite:")
		})
	}
}

// A store that is read and not there is an error that says so.
func TestReadOnlyMissing(t *testing.T) {
	_, err := Open(context.Background(), Options{Root: t.TempDir(), ReadOnly: true})
	assert.EqualError(t, err, "database does not exist, and cannot be created in read-only mode")
}
