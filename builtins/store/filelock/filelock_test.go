//go:build linux || darwin || freebsd

package filelock_test

// This file defines the tests of locks.

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/filelock"
)

var ctx = context.Background()

// TestAcquire lets several goroutines count in turn. Each deletes the file of the lock that
// others wait for.
func TestAcquire(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	var wg sync.WaitGroup
	var inside, sum atomic.Int32 // a lock of the file system is no synchronisation that Go knows of
	for range 8 {
		wg.Go(func() {
			for range 5 {
				lock, err := filelock.Acquire(ctx, path, nil)
				if !assert.NoError(t, err) {
					return
				}
				assert.Equal(t, int32(1), inside.Add(1))
				sum.Add(1)
				inside.Add(-1)
				lock.Release()
			}
		})
	}
	wg.Wait()
	assert.Equal(t, int32(40), sum.Load())
	_, err := os.Lstat(path + ".lock")
	assert.ErrorIs(t, err, os.ErrNotExist)
}

// TestWait ends a wait, which is told of once.
func TestWait(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	lock, err := filelock.Acquire(ctx, path, nil)
	require.NoError(t, err)
	defer lock.Release()
	ended, cancel := context.WithCancelCause(ctx)
	time.AfterFunc(20*time.Millisecond, func() { cancel(errors.New("enough")) })
	told := 0
	_, err = filelock.Acquire(ended, path, func() { told++ })
	assert.EqualError(t, err, "enough")
	assert.Equal(t, 1, told)
	none := filepath.Join(t.TempDir(), "none", "x")
	_, err = filelock.Acquire(ctx, none, nil)
	assert.ErrorIs(t, err, os.ErrNotExist)
	assert.EqualError(t, err, `opening lock file "`+none+`.lock": No such file or directory`)
}

// TestKinds has shared locks beside each other, and an exclusive one alone.
func TestKinds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	open := func() *os.File {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		require.NoError(t, err)
		t.Cleanup(func() { _ = f.Close() })
		return f
	}
	a, b := open(), open()
	for _, step := range []struct {
		f    *os.File
		kind filelock.Kind
		want bool
	}{{a, filelock.Shared, true}, {b, filelock.Shared, true}, {b, filelock.Exclusive, false}, {a, filelock.Exclusive, true}} {
		ok, err := filelock.Try(step.f, step.kind)
		require.NoError(t, err)
		assert.Equal(t, step.want, ok)
	}
	require.NoError(t, filelock.Unlock(a))
	ok, err := filelock.Try(b, filelock.Exclusive)
	require.NoError(t, err)
	assert.True(t, ok)
}
