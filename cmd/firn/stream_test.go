package main

// This file tests that commands read large files piece by piece.

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval/world"
)

func TestLargeFilesAreStreamed(t *testing.T) {
	const size, mayTake = 1200 << 20, 64 << 20
	dir := t.TempDir()
	file := filepath.Join(dir, "large")
	require.NoError(t, os.WriteFile(file, nil, 0o666))
	if err := os.Truncate(file, size); err != nil {
		t.Skipf("there are no sparse files: %v", err)
	}
	at := setup.Absolute(file)
	expr := `builtins.path { path = ` + at + `; recursive = false; name = "x"; }`
	for name, test := range map[string]struct {
		args []string
		in   string
	}{
		"eval":          {args: []string{"eval", "-E", expr}},
		"restrict-eval": {args: []string{"eval", "--option", "restrict-eval", "true", "-I", setup.Absolute(dir), "-E", expr}},
		"watch":         {args: []string{"eval", "--watch", "-E", expr}},
		"repl":          {args: []string{"repl"}, in: expr + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			status := run(test.args, &streams{
				in: strings.NewReader(test.in), out: &out, err: &errs, host: world.OS(), dir: setup.Absolute(dir), home: "/home/alice",
				wait: func(context.Context) bool { return false },
			})
			runtime.ReadMemStats(&after)
			require.Equal(t, 0, status, errs.String())
			assert.Contains(t, out.String(), "/nix/store/36kka3n1npdhwx4za1d7l0yrkaaxvgnn-x")
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(mayTake), "bytes")
		})
	}
}
