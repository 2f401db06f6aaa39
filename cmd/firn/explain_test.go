package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval/report"
	"github.com/firn-lang/firn/eval/world"
)

// TestExamples runs the example of each code through firn eval, which must fail with
// that code.
func TestExamples(t *testing.T) {
	t.Setenv("NIX_PATH", "")
	t.Setenv("NIX_CONFIG", "")
	for _, code := range report.Codes() {
		if code.Example == "" || code.Name == "limit" { // which the command does not have
			continue
		}
		t.Run(code.Name, func(t *testing.T) {
			dir := t.TempDir()
			files := map[string]string{"main.nix": code.Example}
			for name, text := range code.Files {
				files[name] = text
			}
			for name, text := range files {
				require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
			}
			var out, errs bytes.Buffer
			args := append([]string{"eval", "--strict", "--errors=json"}, code.Args...)
			status := run(append(args, "main.nix"), &streams{
				in: strings.NewReader(""), out: &out, err: &errs, host: world.OS(), dir: setup.Absolute(dir), home: "/home/alice",
			})
			require.Equal(t, 1, status, out.String()+errs.String())
			var o report.Object
			require.NoError(t, json.Unmarshal(errs.Bytes(), &o), errs.String())
			require.Equal(t, code.Name, o.Code, errs.String())
		})
	}
}
