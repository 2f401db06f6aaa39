//go:build linux || darwin || freebsd

package local_test

// This file defines the tests of a store as a store.Store.

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/storetest"
)

var ctx = context.Background()

// open opens a chroot store in a folder.
func open(t testing.TB, root string) *local.Store {
	t.Helper()
	s, err := local.Open(ctx, local.Options{Root: root, Log: func(text string) { t.Log(text) }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func TestStore(t *testing.T) {
	storetest.Test(t, func(t *testing.T) store.Store { return open(t, t.TempDir()) })
}
