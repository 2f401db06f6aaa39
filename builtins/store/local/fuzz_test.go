//go:build linux || darwin || freebsd

package local

// This file defines the tests of what others wrote: rows of the database, files
// of temporary roots, and texts of the database, that are nonsense.

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
)

func openFuzzed(t testing.TB) *Store {
	s, err := Open(context.Background(), Options{Root: t.TempDir(), NoSync: true})
	require.NoError(t, err)
	return s
}

// FuzzRow shows that no row of the database makes a query panic.
func FuzzRow(f *testing.F) {
	path := "/nix/store/" + strings.Repeat("0", 32) + "-x"
	f.Add(path, "sha256:"+strings.Repeat("0", 64), int64(1), path+".drv", int64(120), "a:YQ== b:YQ==", "text:sha256:"+strings.Repeat("0", 52))
	f.Add(path, "", int64(-1), "\x00", int64(-1), " ", "fixed:")
	f.Add("", "sha256:zz", int64(1)<<62, "x", int64(0), "\n", "fixed:git:sha1:")
	f.Add("/nix/store", "md5:", int64(0), "", int64(0), "", ":")
	s := openFuzzed(f)
	f.Cleanup(func() { require.NoError(f, s.Close()) })
	ctx := context.Background()
	f.Fuzz(func(t *testing.T, path, hash string, registered int64, deriver string, size int64, sigs, ca string) {
		undo := errors.New("undo")
		err := s.writer.do(ctx, func(db *database) error {
			err := db.exec("insert into ValidPaths (path, hash, registrationTime, deriver, narSize, ultimate, sigs, ca) values (?, ?, ?, ?, ?, ?, ?, ?)",
				path, hash, registered, deriver, size, size, sigs, ca)
			if err != nil {
				return err
			}
			id := db.lastID()
			require.NoError(t, db.exec("insert into Refs values (?, ?)", id, id))
			if info, err := infoOf(db, path); err == nil {
				_ = info.Fingerprint()
				_ = info.IsContentAddressed(s.dir)
			}
			g := &graph{byPath: map[string]*node{}, byHash: map[string]*node{}}
			n := &node{path: path}
			g.nodes, g.byPath[path], g.byHash[n.hash()] = []*node{n}, n, n
			g.revive(path)
			g.dead()
			return undo
		})
		if err != nil && !errors.Is(err, undo) {
			require.ErrorContains(t, err, "constraint")
		}
	})
}

// FuzzTempRoots shows that no file of temporary roots does more than keep store
// paths.
func FuzzTempRoots(f *testing.F) {
	f.Add([]byte("/nix/store/" + strings.Repeat("0", 32) + "-x\x00/nix/store/../x\x00x"))
	f.Add([]byte("\x00\x00"))
	s := &Store{dir: "/nix/store"}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, root := range decodeTempRoots(s, "1", text) {
			_, err := s.dir.Parse(root.Path)
			require.NoError(t, err)
			require.Contains(t, string(text), "\x00")
		}
	})
}

// FuzzRegistrations shows that what is read of a text can be written, and read
// again.
func FuzzRegistrations(f *testing.F) {
	path := "/nix/store/" + strings.Repeat("0", 32) + "-x\n"
	f.Add([]byte(path + strings.Repeat("0", 64) + "\n120\n\n1\n" + path))
	f.Add([]byte(path + "zz\n-1\n"))
	f.Add([]byte(path + strings.Repeat("0", 64) + "\n1\n\n999999999\n"))
	s := &Store{dir: "/nix/store"}
	write := func(infos []*store.PathInfo) []byte {
		var out bytes.Buffer
		for _, info := range infos {
			_ = WriteRegistration(&out, info, true)
		}
		return out.Bytes()
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		infos, err := s.ReadRegistrations(bytes.NewReader(text), true)
		if err != nil {
			return
		}
		first := write(infos)
		infos, err = s.ReadRegistrations(bytes.NewReader(first), true)
		require.NoError(t, err)
		require.Equal(t, first, write(infos))
	})
}
