package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
)

// FuzzParseRealisation writes what it read, and reads that again.
func FuzzParseRealisation(f *testing.F) {
	const id = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef!out"
	f.Add(`{"dependentRealisations":{},"id":"` + id + `","outPath":"0123456789abcdfghijklmnpqrsvwxyz-a","signatures":["k:c2ln"]}`)
	f.Add(`{"outPath":"0123456789abcdfghijklmnpqrsvwxyz-a"}`)
	f.Add(`{"id":"` + id + `","outPath":"../a"}`)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := store.ParseRealisation("/nix/store", text)
		if err != nil || r.ID.IsZero() {
			return
		}
		again, err := store.ParseRealisation("/nix/store", r.JSON())
		require.NoError(t, err)
		require.Equal(t, r, again)
	})
}
