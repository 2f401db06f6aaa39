//go:build linux

package local_test

// This file defines the tests of what ends at a bad moment: a process that is
// killed, and a disk that is full.

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/world"
)

// victimRoot names the folder of the store that this process, started again by a
// test, works on until it is killed.
const victimRoot = "FIRN_TEST_VICTIM_ROOT"

func TestMain(m *testing.M) {
	if root := os.Getenv(victimRoot); root != "" {
		fmt.Fprintln(os.Stderr, work(root))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// work adds texts and trees to a store, and collects garbage, without an end.
func work(root string) error {
	s, err := local.Open(ctx, local.Options{Root: root})
	if err != nil {
		return err
	}
	var added []string // since the store was opened: temporary roots keep it
	for i := 0; ; i++ {
		a, err := s.AddText(ctx, store.Text{Name: "a", Contents: fmt.Sprint(i, " ", os.Getpid())})
		if err != nil {
			return err
		}
		var texts []store.Text
		for j := range 10 {
			texts = append(texts, store.Text{Name: "b", Contents: fmt.Sprint(a, j), References: []string{a}})
		}
		if _, err := store.AddTexts(ctx, nil, s, texts); err != nil {
			return err
		}
		added = append(added, a)
		src := store.Source{Name: "tree", Method: storepath.NAR, Host: world.OS(), Path: filepath.Join(root, "tree"), References: []string{a}}
		if _, _, err := s.Add(ctx, src); err != nil {
			return err
		}
		for _, path := range added {
			valid, err := s.IsValid(ctx, path)
			if err == nil && !valid {
				err = fmt.Errorf("'%s' was lost", path)
			}
			if err != nil {
				return err
			}
			if _, err := os.Lstat(s.RealPath(path)); err != nil {
				return err
			}
		}
		if i%3 == 2 {
			added = nil
			if err := s.Close(); err != nil {
				return err
			}
			if s, err = local.Open(ctx, local.Options{Root: root}); err != nil {
				return err
			}
			if _, err := s.Keeper().Collect(ctx, store.Collection{Action: store.Garbage}); err != nil {
				return err
			}
		}
	}
}

// TestKilled kills a process that adds and collects, at random moments:
// FIRN_KILLS says how often. The database is then whole, what is registered is
// as it was, and the next process goes on.
func TestKilled(t *testing.T) {
	kills := 8
	if text := os.Getenv("FIRN_KILLS"); text != "" {
		var err error
		kills, err = strconv.Atoi(text)
		require.NoError(t, err)
	}
	root := t.TempDir()
	for i := range 20 {
		dir := filepath.Join(root, "tree", fmt.Sprint(i))
		require.NoError(t, os.MkdirAll(dir, 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "file"), bytes.Repeat([]byte{byte(i)}, 10_000), 0o644))
	}
	most := 0
	for range kills {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), victimRoot+"="+root)
		var errs strings.Builder
		cmd.Stderr = &errs
		require.NoError(t, cmd.Start())
		time.Sleep(time.Duration(10+rand.IntN(300)) * time.Millisecond)
		require.NoError(t, cmd.Process.Kill())
		_ = cmd.Wait()
		require.Empty(t, errs.String(), "it did not end by itself")

		s, err := local.Open(ctx, local.Options{Root: root})
		require.NoError(t, err)
		faults, err := s.Keeper().Verify(ctx, store.Verification{Contents: true})
		require.NoError(t, err)
		require.Empty(t, faults)
		most = max(most, len(paths(t, s)))
		require.NoError(t, s.Close())
	}
	assert.Positive(t, most, "something was added before the kill")
	s := open(t, root)
	_, err := s.Keeper().Collect(ctx, store.Collection{Action: store.Garbage})
	require.NoError(t, err)
	assert.Empty(t, paths(t, s))
	names, err := os.ReadDir(s.RealDir())
	require.NoError(t, err)
	assert.Len(t, names, 1, "nothing is left but .links: %v", names)
}

// TestTogether lets two processes add, check that they lose nothing, and collect,
// while this one collects and the reference, if FIRN_ORACLE is set, adds and
// collects. FIRN_TOGETHER says for how long:
//
//	FIRN_TOGETHER=5m go test ./builtins/store/local -run Together
func TestTogether(t *testing.T) {
	length := 2 * time.Second
	if text := os.Getenv("FIRN_TOGETHER"); text != "" {
		var err error
		length, err = time.ParseDuration(text)
		require.NoError(t, err)
	}
	root, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(root, "tree", "sub"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(root, "tree", "sub", "file"), bytes.Repeat([]byte("x"), 10_000), 0o644))
	cmds := make([]*exec.Cmd, 2)
	errs := make([]bytes.Buffer, len(cmds))
	for i := range cmds {
		cmds[i] = exec.Command(os.Args[0])
		cmds[i].Env = append(os.Environ(), victimRoot+"="+root)
		cmds[i].Stderr = &errs[i]
		require.NoError(t, cmds[i].Start())
	}
	oracle := strings.Fields(os.Getenv("FIRN_ORACLE"))
	most := 0
	for end := time.Now().Add(length); time.Now().Before(end); {
		s, err := local.Open(ctx, local.Options{Root: root})
		require.NoError(t, err)
		_, err = s.Keeper().Collect(ctx, store.Collection{Action: store.Garbage})
		require.NoError(t, err)
		most = max(most, len(paths(t, s)))
		require.NoError(t, s.Close())
		if len(oracle) == 0 {
			continue
		}
		for _, args := range [][]string{{"--add", filepath.Join(root, "tree")}, {"--gc"}} {
			words := append(append(append([]string{}, oracle[:len(oracle)-1]...), "nix-store", "--store", root), args...)
			out, err := exec.Command(words[0], words[1:]...).CombinedOutput()
			require.NoError(t, err, string(out))
		}
	}
	for i, cmd := range cmds {
		require.NoError(t, cmd.Process.Kill())
		_ = cmd.Wait()
		assert.Empty(t, errs[i].String(), "it did not end by itself")
	}
	assert.Positive(t, most, "the others added something")
	s := open(t, root)
	faults, err := s.Keeper().Verify(ctx, store.Verification{Contents: true})
	require.NoError(t, err)
	assert.Empty(t, faults)
}

// TestFullDisk fills a small disk. That is an error, no path is damaged, and
// collecting makes room.
func TestFullDisk(t *testing.T) {
	root := t.TempDir()
	if err := syscall.Mount("tmpfs", root, "tmpfs", 0, "size=64m"); err != nil {
		t.Skipf("needs the right to mount a small disk (%v): sudo go test ./builtins/store/local -run TestFullDisk", err)
	}
	defer func() { require.NoError(t, syscall.Unmount(root, syscall.MNT_DETACH)) }()
	s, err := local.Open(ctx, local.Options{Root: root})
	require.NoError(t, err)
	add := func() (err error) {
		for i := 0; err == nil && i < 200; i++ {
			size := 1 << 20
			if i >= 40 {
				size = 1 << 12 // and then the last gaps
			}
			_, err = s.AddText(ctx, store.Text{Name: "x", Contents: fmt.Sprint(i) + strings.Repeat("x", size)})
		}
		for i := 0; err == nil; i++ {
			_, err = s.AddText(ctx, store.Text{Name: "y", Contents: fmt.Sprint(i) + strings.Repeat("y", 1<<17)})
		}
		return err
	}
	err = add()
	require.ErrorIs(t, err, syscall.ENOSPC)
	for i := 0; err != nil && i < 1000; i++ { // what is left
		if _, err = s.AddText(ctx, store.Text{Name: "z", Contents: strings.Repeat("z", i)}); err != nil {
			break
		}
	}
	require.NoError(t, s.Close())
	s, err = local.Open(ctx, local.Options{Root: root})
	require.NoError(t, err)
	faults, err := s.Keeper().Verify(ctx, store.Verification{Contents: true})
	require.NoError(t, err)
	assert.Empty(t, faults)
	before := len(paths(t, s))
	assert.Greater(t, before, 100)
	got, err := s.Keeper().Collect(ctx, store.Collection{Action: store.Garbage})
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(got.Paths), before)
	assert.Empty(t, paths(t, s))
	_, err = s.AddText(ctx, store.Text{Name: "x", Contents: strings.Repeat("x", 10<<20)})
	assert.NoError(t, err, "there is room again")
	require.NoError(t, s.Close())
	assert.False(t, errors.Is(err, syscall.ENOSPC))
}
