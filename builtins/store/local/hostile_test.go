//go:build linux || darwin || freebsd

package local_test

// This file defines the tests of databases that nothing of ours has written.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/local"
)

// use opens the store below root and asks it for all that it has.
func use(root string) error {
	s, err := local.Open(ctx, local.Options{Root: root})
	if err != nil {
		return err
	}
	defer s.Close()
	for path, err := range s.Paths(ctx) {
		if err != nil {
			return err
		}
		if _, err := s.Info(ctx, path); err != nil {
			return err
		}
	}
	_, err = s.Keeper().Collect(ctx, store.Collection{Action: store.Dead})
	return err
}

// TestHostileDatabase damages databases. Each is an error, or is overlooked where
// nothing depends on it; none ends the process.
func TestHostileDatabase(t *testing.T) {
	for _, test := range []struct {
		name, sql string
		fails     bool
	}{
		{"no table of paths", "drop table Refs; drop table DerivationOutputs; drop table ValidPaths", true},
		{"no table of references", "drop table Refs", true},
		{"a missing column", "alter table ValidPaths drop column narSize", true},
		{"a view in place of a table", "drop table Refs; create view Refs as select 1 as x", true},
		{"a hash that is none", "update ValidPaths set hash = 'sha256:zz'", true},
		{"a content address that is none", "update ValidPaths set ca = 'nonsense'", true},
		{"references that lead nowhere", "insert into Refs values (1, 4711); insert into Refs values (4712, 1)", false},
		{"a deriver that is none", "update ValidPaths set deriver = '../../etc/passwd'", false},
		{"texts for numbers", "update ValidPaths set narSize = 'many', registrationTime = 'once'", false},
		{"paths from elsewhere", "insert into ValidPaths (path, hash, registrationTime) values ('/etc/passwd', 'sha256:" + strings.Repeat("0", 64) + "', 1), ('', 'sha256:" + strings.Repeat("0", 64) + "', 1)", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			s := open(t, root)
			text(t, s, "b", "B", text(t, s, "a", "A"))
			db := filepath.Join(s.StateDir(), "db", "db.sqlite")
			require.NoError(t, s.Close())
			c, err := sqlite.OpenConn(db, sqlite.OpenReadWrite)
			require.NoError(t, err)
			require.NoError(t, sqlitex.ExecuteScript(c, test.sql, nil))
			require.NoError(t, c.Close())
			if err := use(root); test.fails {
				assert.Error(t, err)
			} else {
				assert.NoError(t, err)
			}
		})
	}
	t.Run("no database", func(t *testing.T) {
		root := t.TempDir()
		s := open(t, root)
		db := filepath.Join(s.StateDir(), "db", "db.sqlite")
		require.NoError(t, s.Close())
		require.NoError(t, os.WriteFile(db, []byte(strings.Repeat("no database ", 1000)), 0o644))
		assert.ErrorContains(t, use(root), db)
	})
	t.Run("a file that is gone", func(t *testing.T) {
		root := t.TempDir()
		s := open(t, root)
		db := filepath.Join(s.StateDir(), "db", "db.sqlite")
		require.NoError(t, s.Close())
		require.NoError(t, os.Remove(db))
		assert.ErrorContains(t, use(root), db)
		assert.NoFileExists(t, db, "an empty one would hide the loss")
	})
}
