//go:build !js

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCommand runs cmd/firn itself as WebAssembly: for WASI, and for node as go
// test does there.
func TestCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles for WebAssembly")
	}
	root, err := goCommand(t.Context(), "env", "GOROOT").Output()
	require.NoError(t, err)
	for system, run := range map[string][]string{
		// Without the flag node crashes now and then, whatever it runs: its issues
		// 46777 and 53087.
		"wasip1": {"--no-turbo-fast-api-calls", "testdata/wasi.js"},
		// The machine's stack that browsers and node have by default is too small
		// for much that nests.
		"js": {"--stack-size=8192", filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec_node.js")},
	} {
		t.Run(system, func(t *testing.T) {
			dir := t.TempDir()
			program := filepath.Join(dir, "firn.wasm")
			cmd := goCommand(t.Context(), "build", "-o", program, "github.com/firn-lang/firn/cmd/firn")
			cmd.Env = append(cmd.Environ(), "GOOS="+system, "GOARCH=wasm")
			_, err := cmd.Output()
			require.NoError(t, commandError(err))

			file := filepath.Join(dir, "add.nix")
			require.NoError(t, os.WriteFile(file, []byte("n: n + 1"), 0o666))
			for expr, want := range map[string]string{
				"1 + 1":                  "2\n",
				"import " + file + " 41": "42\n",
			} {
				assert.Equal(t, want, node(t, append(run, program, "eval", "-E", expr)...), expr)
			}
		})
	}
}
