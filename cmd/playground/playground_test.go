//go:build !js

package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// builtSite returns the page with firn, which is compiled once for all tests.
func builtSite(t *testing.T) site {
	t.Helper()
	if testing.Short() {
		t.Skip("compiles for WebAssembly")
	}
	s, err := built()
	require.NoError(t, err)
	return s
}

var built = sync.OnceValues(func() (site, error) { return (&cli{}).files(context.Background()) })

func get(t *testing.T, h http.Handler, method, target string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r io.Reader) string {
	t.Helper()
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	return string(text)
}

func TestServe(t *testing.T) {
	wasm := strings.Repeat("wasm", 1000)
	s, err := newSite(t.Context(), []byte(wasm))
	require.NoError(t, err)

	for _, tt := range []struct{ name, kind, has string }{
		{"/", "text/html; charset=utf-8", "<!DOCTYPE html>"},
		{"/index.html", "text/html; charset=utf-8", "<!DOCTYPE html>"},
		{"/worker.js", "text/javascript; charset=utf-8", "importScripts"},
		{"/wasm_exec.js", "text/javascript; charset=utf-8", "class"},
		{"/firn.wasm", "application/wasm", wasm},
	} {
		r := get(t, s, "GET", tt.name)
		assert.Equal(t, 200, r.StatusCode, tt.name)
		assert.Equal(t, tt.kind, r.Header.Get("Content-Type"), tt.name)
		assert.Contains(t, body(t, r.Body), tt.has, tt.name)
		again := get(t, s, "GET", tt.name, "If-None-Match", r.Header.Get("ETag"))
		assert.Equal(t, 304, again.StatusCode, tt.name)
	}
	for _, name := range []string{"/nope", "/page/index.html", "/../site.go", "//", "/index.html/"} {
		assert.Equal(t, 404, get(t, s, "GET", "http://localhost"+name).StatusCode, name)
	}
	assert.Equal(t, 405, get(t, s, "POST", "/").StatusCode)
	assert.Empty(t, body(t, get(t, s, "HEAD", "/").Body))

	for coding, want := range map[string]bool{
		"": false, "gzip": true, "br, gzip": true, "deflate,GZIP;q=0.5": true, "gzip; q=0": false, "gzip;q=0.0": false, "br": false,
	} {
		r := get(t, s, "GET", "/firn.wasm", "Accept-Encoding", coding)
		assert.Equal(t, want, r.Header.Get("Content-Encoding") == "gzip", coding)
		assert.Equal(t, "Accept-Encoding", r.Header.Get("Vary"))
		if want {
			z, err := gzip.NewReader(r.Body)
			require.NoError(t, err)
			assert.Equal(t, wasm, body(t, z))
		}
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	wasm := filepath.Join(dir, "x.wasm")
	require.NoError(t, os.WriteFile(wasm, []byte("wasm"), 0o666))
	out := filepath.Join(dir, "a", "b")
	require.NoError(t, (&cli{Wasm: wasm, Out: out}).run(t.Context()))
	entries, err := os.ReadDir(out)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	assert.Equal(t, []string{"firn.wasm", "index.html", "wasm_exec.js", "worker.js"}, names)

	assert.Error(t, (&cli{Wasm: filepath.Join(dir, "none")}).run(t.Context()))
	assert.Error(t, (&cli{Wasm: wasm, Addr: "localhost:none"}).run(t.Context()))
}

// node runs a script of testdata.
func node(t *testing.T, args ...string) (stdout string) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("needs node, of version 20 or later: apt-get install nodejs")
	}
	cmd := exec.CommandContext(t.Context(), "node", args...)
	out, err := cmd.Output()
	require.NoError(t, commandError(err), "%s", out)
	return string(out)
}

// TestEvaluate calls firn.evaluate as the worker of the page does, in node.
func TestEvaluate(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, builtSite(t).write(dir))
	tests := []struct {
		source, form string
		ok           bool
		text, notes  string // what they contain; all of text, if ok
	}{
		{"let x = 20; in map (n: n + x) [ 1 2 ]", "nix", true, "[ 21 22 ]", ""},
		{`{ a = 9223372036854775807; b = [ ]; c = "é"; }`, "json", true, "{\n  \"a\": 9223372036854775807,\n  \"b\": [],\n  \"c\": \"é\"\n}", ""},
		{"x: x", "", true, "«lambda @ «string»:1:1»", ""},
		{"{ a.b = [ 1 ]; c = \"on\"; }", "yaml", true, "a:\n  b:\n    - 1\nc: \"on\"", ""},
		{"{ a.b = [ 1 ]; c = true; }", "toml", true, "c = true\n\n[a]\nb = [1]", ""},
		{"[ 1 ]", "toml", false, "a TOML document is a set", ""},
		{"1", "csv", false, "\"csv\" is not a form of output", ""},
		{"x: x", "json", false, "cannot convert a function to JSON", ""},
		{`builtins.trace "first" (builtins.warn "second" 3)`, "nix", true, "3", "trace: first\nwarning: second"},
		{"builtins.currentSystem", "nix", true, `"x86_64-linux"`, ""},
		{"{ a = 1;\n  b = c; }", "nix", false, "error[undefined-variable]: undefined variable 'c'\n  --> «string»:2:7", ""},
		{"1 +", "nix", false, "syntax error, unexpected end of file", ""},
		{"builtins.readFile /etc/passwd", "nix", false, "does not exist", ""},
		{"import ./x.nix", "nix", false, "does not exist", ""},
		{"builtins.genList (n: n) 5000000", "nix", false, "memory", ""},
		{`let f = n: builtins.trace "again" (if n == 0 then 0 else builtins.seq n (f (n - 1))); in f 500`, "nix", true, "0", "again"},
		{"builtins.genList (n: n) 300000", "nix", true, "(only the start is shown)", ""},
		{"1 + 1", "nix", true, "2", ""}, // after all of this
	}
	var sources [][2]string
	for _, tt := range tests {
		sources = append(sources, [2]string{tt.source, tt.form})
	}
	input, err := json.Marshal(sources)
	require.NoError(t, err)
	var results []struct {
		OK          bool
		Text, Notes string
	}
	require.NoError(t, json.Unmarshal([]byte(node(t, "testdata/evaluate.js", dir, string(input))), &results))
	require.Len(t, results, len(tests))
	for i, tt := range tests {
		r := results[i]
		assert.Equal(t, tt.ok, r.OK, "%s: %s", tt.source, r.Text)
		if tt.ok && len(r.Text) < 1000 {
			assert.Equal(t, tt.text, r.Text, tt.source)
		} else {
			assert.Contains(t, r.Text, tt.text, tt.source)
		}
		assert.Contains(t, r.Notes, tt.notes, tt.source)
		assert.Less(t, len(r.Text), maxSent, tt.source)
	}
}

// maxSent is more than the longest result there can be.
const maxSent = 1<<20 + 100
